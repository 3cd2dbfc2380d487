"""Units or beads as Parquet, for programs: the columns of the table, with their types."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from corpora.atomic import Target, atomic_write
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.report import WriteReport
from tmx_out.write.columns import BEAD_TABLE, UNIT_TABLE, Cell, Column, unit_row
from tmx_out.write.tsv import bead_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import polars as pl

    from align import Alignment
    from corpora import Language
    from tmx_out.units import Unit
    from tmx_out.write.sinks import Options

ROWS_AT_ONCE: Final = 50_000
"""Rows that are gathered in memory, and that a row group holds: about 20 MB of text."""


def write_parquet(
    target: Target,
    alignments: Alignment | Iterable[Alignment],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
) -> WriteReport:
    """Write every bead of the alignments as a row: the table of `write_tsv` with types.

    The other arguments are those of every writer and change nothing here.

    Raises:
        UserError: the file cannot be written.
    """
    from align import Alignment

    alignments = [alignments] if isinstance(alignments, Alignment) else alignments
    written = removed = 0
    with atomic_write(target) as stream:
        file = _File(stream, BEAD_TABLE)
        try:
            for cells, count in bead_rows(alignments):
                file.add(cells)
                removed += count
                written += 1
            file.close()
        finally:
            file.discard()
    return WriteReport(written=written, removed_characters=removed)


class ParquetSink:
    """An open Parquet file that takes clean units one by one."""

    def __init__(
        self, streams: Sequence[IO[bytes]], _options: Options, _max_bytes: int | None = None
    ) -> None:
        """Begin; the file is packed at its end, so bytes set it no limit."""
        self._file = _File(streams[0], UNIT_TABLE)

    def add(self, unit: Unit) -> bool:
        """Take the unit's row."""
        self._file.add(unit_row(unit))
        return True

    def close(self) -> None:
        """Write the file into its stream."""
        self._file.close()

    def discard(self) -> None:
        """Give up what was not closed; after `close` there is nothing to give up."""
        self._file.discard()


class _File:
    """Gathers rows and lays them aside in a nameless file, for polars writes all at once."""

    def __init__(self, stream: IO[bytes], columns: Sequence[Column]) -> None:
        self._stream = stream
        self._columns = columns
        self._rows: list[Sequence[Cell]] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._aside: list[Path] = []

    def add(self, cells: Sequence[Cell]) -> None:
        self._rows.append(cells)
        if len(self._rows) >= ROWS_AT_ONCE:
            self._lay_aside()

    def close(self) -> None:
        """Write the file, group by group in the order given."""
        import polars as pl

        if not self._aside:
            buffer = io.BytesIO()
            self._frame().write_parquet(buffer, row_group_size=ROWS_AT_ONCE)
            self._stream.write(buffer.getvalue())
            return
        self._lay_aside()
        pl.scan_ipc(self._aside).sink_parquet(
            self._stream, row_group_size=ROWS_AT_ONCE, maintain_order=True
        )
        self.discard()

    def discard(self) -> None:
        """Remove the rows that were laid aside."""
        self._rows = []
        if self._folder is not None:
            self._folder.cleanup()

    def _lay_aside(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="cdtm-")
        path = Path(self._folder.name) / f"{len(self._aside):06d}.arrow"
        self._frame().write_ipc(path)
        self._aside.append(path)

    def _frame(self) -> pl.DataFrame:
        import polars as pl

        kinds = {"text": pl.String, "integer": pl.Int64, "decimal": pl.Float64, "date": pl.Date}
        schema = {column.name: kinds[column.kind] for column in self._columns}
        frame = pl.DataFrame(self._rows, schema=schema, orient="row")
        self._rows = []
        return frame
