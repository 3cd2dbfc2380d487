"""Terms as CSV and as a spreadsheet, out and in.

A cell of CSV that a spreadsheet would run is guarded (`tmx_out.write.sheet`), and reading takes the
guard off again.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, TYPE_CHECKING, Final

from corpora import RecordError, UserError
from tmx_out.terms.columns import COLUMNS, Table, TermFile, cells_of, terms_of
from tmx_out.terms.header import header_roles
from tmx_out.text_table import parted, said_delimiter, tell_delimiter
from tmx_out.workbook import read_workbook
from tmx_out.write.columns import cell_text
from tmx_out.write.sheet import text_row, write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from align.terms.types import TermPair

OMEGAT_HEAD: Final = "# Terms: source, target, remark -*- coding: utf-8 -*-\n"
"""A remark to OmegaT. The coding is for those versions that look for one in a .txt (as their own
glossaries have it); older ones take .txt for UTF-8, and every one .utf8. All of them pass over
lines with ``#`` (GlossaryReaderTSV, MagicComment). No byte order mark is needed."""


def write_csv(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a table in UTF-8 with a byte order mark, by which Excel knows it."""
    stream.write(codecs.BOM_UTF8 + text_row([column.name for column in COLUMNS], ",", "\r\n"))
    for term in terms:
        cells = (str(c) if isinstance(c, float) else cell_text(c) for c in cells_of(term))
        stream.write(text_row(cells, ",", "\r\n"))


def read_text_table(path: Path) -> TermFile:
    """Read a table of text: columns parted by tabs, commas, semicolons or ``|``.

    ``#`` begins a remark where tabs part the columns, and above the header of CSV; in CSV below
    it, it is a letter like others.

    Raises:
        UserError: it is no text, or its columns cannot be told.
    """
    from corpora.read.encoding import decode_text

    try:
        decoded = decode_text(path.read_bytes(), path.name)
    except RecordError:
        raise UserError(
            f"{path.name} is no text in a coding that is known here: save it as CSV UTF-8."
        ) from None
    text = decoded.text
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=""))
    problems = [_told(note, path.name) for note in decoded.notes]
    said = said_delimiter(lines[0]) if lines else None
    if said:
        lines[0] = "\n"
    remarks = "\t" in text
    above = next((place for place, line in enumerate(lines) if line.strip()[:1] not in "#"), 0)
    body = _without_remarks(lines) if remarks else lines[above:]
    delimiter = said or tell_delimiter(body, lambda row: bool(header_roles(row)))
    if delimiter == "\t":
        lines = _without_remarks(lines)
    elif above:
        first = next(parted(lines[above:], delimiter), [])
        lines[:above] = ["\n"] * above if header_roles(first) else lines[:above]
    own = text.startswith(OMEGAT_HEAD)

    def tell(told: str) -> None:
        problems.append(f"{path.name}, {told}")

    rows = [*parted(lines, delimiter, tell, quoted=not own)]
    return terms_of(Table(rows, own=own, problems=tuple(problems), text=True), path.name)


def _told(note: str, name: str) -> str:
    """Say what decoding remarks in the words of a glossary, which has no option for its coding."""
    read_as = re.search(r"was read as ([^:]+):", note)
    if "--encoding" not in note or read_as is None:
        return note
    return (
        f"{name} is not in UTF-8 and was read as {read_as[1]}: if its characters look wrong, save "
        "it as CSV UTF-8."
    )


def _without_remarks(lines: Sequence[str]) -> list[str]:
    """Leave an empty line for a remark, so that the rows after it keep their numbers."""
    return ["\n" if line.startswith("#") else line for line in lines]


def write_xlsx(stream: IO[bytes], terms: Iterable[TermPair]) -> None:
    """Write a sheet whose header and terms stay in sight.

    Raises:
        UserError: there are more terms than a sheet holds rows.
    """
    write_sheet(stream, "terms", COLUMNS, map(cells_of, terms), frozen=2)


def read_xlsx(path: Path) -> TermFile:
    """Read the sheets of a workbook that hold terms; the others are told.

    Raises:
        UserError: it is no workbook, or no sheet holds terms.
    """
    terms: list[TermPair] = []
    problems: list[str] = []
    refusals: list[UserError] = []
    sheets = 0
    for sheet in read_workbook(path):
        sheets += 1
        if not any(map(any, sheet.rows)):
            continue
        if sheet.hidden:
            problems.append(f"{path.name}, sheet {sheet.name} is hidden: left out.")
            continue
        try:
            found = terms_of(Table(sheet.rows, sheet.continued), path.name)
        except UserError as error:
            refusals.append(error)
            problems.append(f"{path.name}, sheet {sheet.name} holds no terms: left out.")
            continue
        where = f"{path.name}, sheet {sheet.name}, " if sheets > 1 else f"{path.name}, "
        terms += found.terms
        problems += (told.replace(f"{path.name}, ", where, 1) for told in found.problems)
    if not terms and refusals:
        raise refusals[0]
    return TermFile(tuple(terms), tuple(problems))
