"""Units or beads as a spreadsheet: a row each, under a header that stays in sight.

Rows are written as they come and not kept, so memory does not grow with them. Texts are written
as texts: nothing that begins with `=` is ever a formula, nothing that looks like a link is one.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any, Final

from corpora.atomic import Target, atomic_write
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.report import WriteReport
from tmx_out.write.columns import BEAD_TABLE, UNIT_TABLE, Cell, Column, unit_row
from tmx_out.write.tsv import bead_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align import Alignment
    from corpora import Language
    from tmx_out.units import Unit
    from tmx_out.write.sinks import Options

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet, the header among them (Excel specifications and limits)."""

MAX_CELL: Final = 32_767
"""Characters of a cell (the same). Longer text is cut by Excel, so it ends in an ellipsis here."""

_UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in a workbook's properties where no date is given: the same rows, the same bytes."""


def write_xlsx(
    target: Target,
    alignments: Alignment | Iterable[Alignment],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
) -> WriteReport:
    """Write every bead of the alignments as a row: the table of `write_tsv` as a workbook.

    The columns are the same for either direction, and no confidence is too low for the table:
    `source`, `languages` and `min_confidence` are those of every writer and change nothing here.
    `created` dates the workbook.

    Raises:
        UserError: there are more rows than a sheet holds, or the file cannot be written.
    """
    from align import Alignment
    from corpora import UserError

    alignments = [alignments] if isinstance(alignments, Alignment) else alignments
    written = removed = 0
    with atomic_write(target) as stream:
        sheet = _Sheet(stream, BEAD_TABLE, created)
        try:
            for cells, count in bead_rows(alignments):
                if not sheet.add(cells):
                    raise UserError(
                        f"A sheet holds {MAX_ROWS - 1:,} rows and there are more: write a .tsv."
                    )
                removed += count
                written += 1
            sheet.close()
        finally:
            sheet.discard()
    return WriteReport(written=written, removed_characters=removed)


class XlsxSink:
    """An open workbook that takes clean units one by one; full when its sheet is."""

    def __init__(
        self, streams: Sequence[IO[bytes]], options: Options, _max_bytes: int | None = None
    ) -> None:
        """Write the header row; a workbook is packed at the end, so bytes set it no limit."""
        self._sheet = _Sheet(streams[0], UNIT_TABLE, options.created)

    def add(self, unit: Unit) -> bool:
        """Write the unit's row, or tell that the sheet is full."""
        return self._sheet.add(unit_row(unit))

    def close(self) -> None:
        """Pack the workbook into its stream."""
        self._sheet.close()

    def discard(self) -> None:
        """Give up what was not closed; after `close` there is nothing to give up."""
        self._sheet.discard()


class _Sheet:
    """One sheet of a new workbook, written from top to bottom."""

    def __init__(
        self, stream: IO[bytes], columns: Sequence[Column], created: datetime | None
    ) -> None:
        import xlsxwriter

        self._folder = tempfile.TemporaryDirectory(prefix="cdtm-")
        settings = {"constant_memory": True, "tmpdir": self._folder.name}
        self._book = xlsxwriter.Workbook(stream, settings)
        moment = (_UNDATED if created is None else created).replace(tzinfo=None)
        self._book.set_properties({"created": moment})
        self._sheet = self._book.add_worksheet("units")
        top = {"valign": "top"}
        texts = self._book.add_format({**top, "text_wrap": True})
        self._formats: dict[str, Any] = {
            "text": texts,
            "integer": self._book.add_format(top),
            "decimal": self._book.add_format({**top, "num_format": "0.00"}),
            "date": self._book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        }
        self._columns = columns
        header = self._book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width, self._formats[column.kind])
            self._sheet.write_string(0, place, column.name, header)
        self._sheet.freeze_panes(1, 0)
        self._row = 1

    def add(self, cells: Sequence[Cell]) -> bool:
        """Write the next row, or tell that there is no more room."""
        if self._row >= MAX_ROWS:
            return False
        row, sheet = self._row, self._sheet
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            look = self._formats[column.kind]
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                # write_string never looks whether it is a formula, a number or a link.
                sheet.write_string(row, place, _fitting(cell), look)
            elif isinstance(cell, date):
                sheet.write_datetime(row, place, cell, look)
            else:
                sheet.write_number(row, place, cell, look)
        self._row += 1
        return True

    def close(self) -> None:
        """Give the header its filter buttons and pack the workbook."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)
        self._book.close()
        self._folder.cleanup()

    def discard(self) -> None:
        """Remove the rows that were laid aside."""
        self._sheet.row_data_fh.close()
        self._folder.cleanup()


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
