"""Terms as CSV and as a spreadsheet, out and in.

A cell of CSV that a spreadsheet would run is guarded (`tmx_out.write.sheet`), and reading takes the
guard off again.
"""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from corpora import RecordError, UserError
from tmx_out.terms.columns import COLUMNS, TermFile, cells_of, terms_of
from tmx_out.terms.header import header_roles
from tmx_out.write.columns import cell_text
from tmx_out.write.sheet import text_row, unguard, write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from align.terms.types import TermPair

DELIMITERS: Final = "\t,;"
"""Of the tables that are read; the first one that parts the first rows best."""


def write_csv(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a table in UTF-8 with a byte order mark, by which Excel knows it."""
    stream.write(codecs.BOM_UTF8 + text_row([column.name for column in COLUMNS], ",", "\r\n"))
    for term in terms:
        cells = (str(c) if isinstance(c, float) else cell_text(c) for c in cells_of(term))
        stream.write(text_row(cells, ",", "\r\n"))


def read_text_table(path: Path) -> TermFile:
    """Read a table of text: columns parted by tabs, commas or semicolons.

    ``#`` begins a remark where tabs part the columns, and above the header of CSV; in CSV below
    it, it is a letter like others.

    Raises:
        UserError: it is no text, or its columns cannot be told.
    """
    from corpora.read.encoding import decode_text

    try:
        text = decode_text(path.read_bytes(), path.name).text
    except RecordError:
        raise UserError(
            f"{path.name} is no text in a coding that is known here: save it as CSV UTF-8."
        ) from None
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    delimiter = max(DELIMITERS, key=lambda sign: _parts(lines, sign))
    try:
        rows = list(_rows(lines, delimiter))
    except csv.Error as error:
        raise UserError(
            f"{path.name} cannot be read as a table ({error}): save it as CSV UTF-8."
        ) from None
    return terms_of(rows, path.name)


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Give the rows, an empty one for a remark so that those after it keep their numbers."""
    if delimiter == "\t":
        lines = ["\n" if line.startswith("#") else line for line in lines]
        yield from csv.reader(lines, _Tabs)
        return
    above = next((place for place, line in enumerate(lines) if line[:1] != "#"), 0)
    first = next(csv.reader(lines[above:], delimiter=delimiter), [])
    above = above if header_roles(first) else 0
    yield from ([] for _ in range(above))
    for row in csv.reader(lines[above:], delimiter=delimiter):
        yield [unguard(cell) for cell in row]


def _parts(lines: Sequence[str], delimiter: str) -> tuple[bool, bool, int]:
    """How well a sign parts the first rows: into a known header, into even rows, how many."""
    try:
        rows = [row for row in islice(_rows(lines, delimiter), _LOOKED_AT) if row]
    except csv.Error:
        return False, False, 0
    widths = {len(row) for row in rows}
    known = bool(rows and header_roles(rows[0]))
    return known, len(widths) == 1 and widths != {1}, max(widths, default=0)


_LOOKED_AT: Final = 20
"""Rows by which the delimiter is told."""


class _Tabs(csv.excel_tab):
    """Quotation marks are text in a table of tabs."""

    quoting = csv.QUOTE_NONE


def write_xlsx(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a sheet whose header and terms stay in sight.

    Raises:
        UserError: there are more terms than a sheet holds rows.
    """
    write_sheet(stream, "terms", COLUMNS, map(cells_of, terms), frozen=2)


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
