"""The spreadsheets of the house: one set-up, and what keeps a text a text in them.

In a workbook (`.xlsx`) a text is written as a text, so nothing in it is a formula, a number or a
link. A text table (`.tsv`, `.csv`) cannot say so: there a spreadsheet would run what begins like a
formula (OWASP, "CSV Injection"), and `guard` puts an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any, Final

from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tmx_out.write.columns import Cell, Column

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet, the header among them (Excel specifications and limits)."""

MAX_CELL: Final = 32_767
"""Characters of a cell (the same). Longer text is cut by Excel, so it ends in an ellipsis here."""

UNDATED: Final = datetime(2000, 1, 1)
"""Stands in a workbook's properties where no date is given: the same rows, the same bytes."""

# Excel of East Asia reads the full-width and small forms of the signs like the signs.
_SIGNS = "=+\\-@\t\r\n＝＋－＠﹦﹢﹣﹫"
_FORMULA = re.compile(f"'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Texts that begin with apostrophes and then such a sign get one more, so that `unguard` gives
    every text back.

    >>> guard("=1+1"), guard("－甲"), guard("'-x"), guard("'tis")
    ("'=1+1", "'－甲", "''-x", "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """Take the apostrophe of `guard` away.

    >>> unguard("'=1+1"), unguard("''-x"), unguard("'tis")
    ('=1+1', "'-x", "'tis")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def fitting(text: str) -> str:
    """Give a text as a cell of a workbook holds it, with an ellipsis where it must be cut.

    >>> len(fitting("字" * 40_000)), fitting("字" * 40_000)[-2:]
    (32767, '字…')
    """
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


LINE_HEIGHT: Final = 15.0
"""Points of a line in the font of a sheet."""
HIGHEST: Final = 409.0
"""Points that a row may be high (Excel specifications and limits)."""
WIDE: Final = 0.55
"""Widths of a digit that each byte of UTF-8 beyond the first adds: a Chinese character has 2.1."""


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """Reckon how high a row must be, in points; None if a line is enough.

    Excel fits the rows of a new sheet to wrapped texts by itself, LibreOffice does not.

    Args:
        texts: of cells, each with the width of its column in digits.

    >>> row_height([("short", 60), ("裁军" * 40, 60)]), row_height([("short", 60)])
    (45.0, None)
    """
    lines = 1
    for text, width in texts:
        if len(text) > width / 2.2 or "\n" in text:
            wide = ((len(line.encode(errors="replace")), len(line)) for line in text.split("\n"))
            taken = (len_ + WIDE * (bytes_ - len_) for bytes_, len_ in wide)
            lines = max(lines, sum(1 + int(each / width) for each in taken))
    return min(HIGHEST, LINE_HEIGHT * lines) if lines > 1 else None


def text_row(cells: Iterable[str], delimiter: str = "\t", end: str = "\n") -> bytes:
    r"""Write a row of a text table: guarded, and quoted as in CSV where that is needed.

    >>> text_row(["甲", "=1", 'a "b" c']).decode()
    '甲\t\'=1\t"a ""b"" c"\n'
    """
    row = io.StringIO(newline="")
    csv.writer(row, delimiter=delimiter, lineterminator=end).writerow(map(guard, cells))
    return row.getvalue().encode()


def open_workbook(
    stream: IO[bytes], *, aside: str | None = None, created: datetime | None = None, title: str = ""
) -> Any:
    """Begin a workbook in which every string is a text; its `close` packs it into the stream.

    Args:
        stream: takes the file.
        aside: folder for rows that are laid aside as they come, so that memory does not grow
            with them; each row is then final when the next begins. None keeps all in memory.
        created: dates the workbook; `UNDATED` if None.
        title: in its properties.
    """
    import xlsxwriter

    settings: dict[str, object] = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    settings |= {"in_memory": True} if aside is None else {"constant_memory": True, "tmpdir": aside}
    book = xlsxwriter.Workbook(stream, settings)
    properties = {"created": (created or UNDATED).replace(tzinfo=None)}
    book.set_properties({**properties, "title": title} if title else properties)
    return book


class Sheet:
    """A table in a workbook, from top to bottom, under a header that stays in sight."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column], *, frozen: int = 0) -> None:
        """Write the header.

        Args:
            book: of `open_workbook`.
            name: of the sheet.
            columns: in their order.
            frozen: columns at the left that stay in sight, too.
        """
        self._sheet = book.add_worksheet(name)
        top = {"valign": "top"}
        self._looks: dict[str, Any] = {
            "text": book.add_format({**top, "text_wrap": True}),
            "integer": book.add_format(top),
            "decimal": book.add_format({**top, "num_format": "0.00"}),
            "date": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        }
        self._columns = columns
        header = book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width, self._looks[column.kind])
            self._sheet.write_string(0, place, column.name, header)
        self._sheet.freeze_panes(1, frozen)
        self._row = 1

    def add(self, cells: Sequence[Cell]) -> bool:
        """Write the next row, or tell that there is no more room."""
        if self._row >= MAX_ROWS:
            return False
        row, sheet = self._row, self._sheet
        texts = ((cell, c.width) for cell, c in zip(cells, self._columns, strict=True))
        height = row_height((cell, width) for cell, width in texts if isinstance(cell, str))
        if height is not None:
            sheet.set_row(row, height)
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            look = self._looks[column.kind]
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(row, place, fitting(cell), look)
            elif isinstance(cell, date):
                sheet.write_datetime(row, place, cell, look)
            else:
                sheet.write_number(row, place, cell, look)
        self._row += 1
        return True

    def end(self) -> None:
        """Give the header its filter buttons."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)

    def hide(self, names: Sequence[str]) -> None:
        """Hide columns."""
        for place, column in enumerate(self._columns):
            if column.name in names:
                self._sheet.set_column(place, place, column.width, None, {"hidden": True})

    def discard(self) -> None:
        """Let go of the rows that were laid aside."""
        self._sheet.row_data_fh.close()


def write_sheet(
    stream: IO[bytes],
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    frozen: int = 0,
) -> None:
    """Write a workbook of one table; the arguments are those of `Sheet`.

    Raises:
        UserError: there are more rows than a sheet holds.
    """
    book = open_workbook(stream)
    sheet = Sheet(book, name, columns, frozen=frozen)
    for place, row in enumerate(rows):
        if not sheet.add(row):
            raise UserError(f"A sheet holds {place:,} rows and there are more: write a text table.")
    sheet.end()
    book.close()
