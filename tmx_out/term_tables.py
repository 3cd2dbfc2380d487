"""Terms as CSV and as a spreadsheet, out and in.

A cell of CSV that begins with one of ``= + - @`` would be run by Excel as a formula: it is written
with an apostrophe before it (OWASP, "CSV Injection"), which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from corpora import RecordError, UserError
from tmx_out.term_columns import COLUMNS, TermFile, cells_of, day_of, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from align.term_types import TermPair

GUARD: Final = "'"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", GUARD)

DELIMITERS: Final = "\t,;"
"""Of the tables that are read: tried by how often the first lines hold them."""


def write_csv(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a table in UTF-8 with a byte order mark, by which Excel knows it."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([column.name for column in COLUMNS])
    rows.writerows([guarded(day_of(cell)) for cell in cells_of(term)] for term in terms)
    text.detach()


def guarded(cell: str) -> str:
    """Write a cell so that no spreadsheet takes it for a formula."""
    return GUARD + cell if cell.startswith(_RISKY) else cell


def unguarded(cell: str) -> str:
    """Take the guard off again."""
    return cell[1:] if cell[:1] == GUARD and cell[1:].startswith(_RISKY) else cell


def read_text_table(path: Path) -> TermFile:
    """Read a table of text: columns parted by tabs, commas or semicolons; ``#`` begins a remark.

    Raises:
        UserError: it is no text.
    """
    from corpora.encoding import decode_text

    try:
        text = decode_text(path.read_bytes(), path.name).text
    except RecordError as error:
        raise UserError(str(error)) from None
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    lines = ["\n" if line.startswith("#") else line for line in lines]
    head = "".join(lines[:5])
    delimiter = max(DELIMITERS, key=head.count)
    dialect = _Tabs if delimiter == "\t" else csv.excel
    try:
        rows = [
            [unguarded(cell) for cell in row]
            for row in csv.reader(lines, dialect, delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UserError(
            f"{path.name} cannot be read as a table ({error}): save it as CSV UTF-8."
        ) from None
    return terms_of(rows, path.name)


class _Tabs(csv.excel_tab):
    """Quotation marks are text in a table of tabs."""

    quoting = csv.QUOTE_NONE


def write_xlsx(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a sheet whose header stays in sight; texts are texts, nothing is a formula."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("terms")
        bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "integer": book.add_format({"valign": "top"}),
            "decimal": book.add_format({"num_format": "0.00", "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        }
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, column.width, formats[column.kind])
            sheet.write_string(0, place, column.name, bold)
        sheet.freeze_panes(1, 2)
        last = 0
        for last, term in enumerate(terms, start=1):
            for place, cell in enumerate(cells_of(term)):
                if isinstance(cell, str):
                    sheet.write_string(last, place, cell[:MAX_CELL])
                elif cell is not None:
                    sheet.write(last, place, cell)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)


MAX_CELL: Final = 32_767
"""Characters of a cell (Excel specifications and limits)."""


def read_xlsx(path: Path) -> TermFile:
    """Read the first sheet of a workbook.

    Raises:
        UserError: it is no workbook.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise UserError(f"{path.name} is no workbook: save it as .xlsx in Excel.") from None
    try:
        return terms_of(_texts(book.worksheets[0].iter_rows(values_only=True)), path.name)
    finally:
        book.close()


def _texts(rows: Iterable[Iterable[Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield ["" if cell is None else str(cell) for cell in row]
