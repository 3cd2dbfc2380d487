"""Tables of text that somebody else made: which sign parts the columns, and where a row ends.

A quotation mark that opens a cell and is closed nowhere would, by the rules of CSV, swallow all
rows below it. Here it is a letter, and that is told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from tmx_out.write.sheet import unguard

DELIMITERS: Final = "\t,;|"
"""That part columns; the first one that parts the first rows best."""
LOOKED_AT: Final = 20
"""Rows by which the delimiter is told."""
LONGEST_CELL: Final = 40
"""Lines that a quoted cell may have."""

_SEP: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line of a CSV by which Excel is told the delimiter."""


def parted(
    lines: Iterable[str],
    delimiter: str,
    tell: Callable[[str], None] = lambda _: None,
    *,
    quoted: bool = True,
) -> Iterator[list[str]]:
    """Part lines into rows of cells.

    Args:
        lines: with their ends.
        delimiter: between the cells of a row.
        tell: takes a sentence on what could not be read as it should.
        quoted: whether quotation marks may enclose a cell; else they are letters.
    """
    ahead: list[str] = []
    source = iter(lines)
    number = 0
    while ahead or (ahead := [*islice(source, 1)]):
        number += 1
        if not quoted or '"' not in ahead[0]:
            yield _plain(ahead.pop(0), delimiter)
            continue
        row, used = _quoted(ahead, source, delimiter)
        if row is None:
            row = _plain(ahead[0], delimiter)
            if any(cell.lstrip()[:1] == '"' for cell in row):
                tell(f"row {number} has a quotation mark that nothing closes: read as a letter.")
        del ahead[:used]
        yield row


def _plain(line: str, delimiter: str) -> list[str]:
    line = line.rstrip("\r\n")
    return [_cell(cell, delimiter) for cell in line.split(delimiter)] if line else []


def _cell(cell: str, delimiter: str) -> str:
    return cell if delimiter == "\t" else unguard(cell.lstrip(" "))


def _quoted(
    ahead: list[str], source: Iterator[str], delimiter: str
) -> tuple[list[str] | None, int]:
    """Read a row in which cells are quoted, over as many lines as it has.

    Args:
        ahead: lines that were read and not yet used, one at least; more are put there.
        source: the lines after them.
        delimiter: between the cells of a row.

    Returns:
        the cells, None if the quotation marks do not close; and the lines that were used.
    """
    for used in range(1, LONGEST_CELL + 1):
        if used > len(ahead):
            more = next(source, None)
            if more is None:
                break
            ahead.append(more)
        try:
            # Strict: a quotation mark closes a cell only where the cell ends.
            [row] = csv.reader(
                ["".join(ahead[:used])], delimiter=delimiter, skipinitialspace=delimiter != "\t",
                strict=True,
            )  # fmt: skip
        except csv.Error as error:
            if "unexpected end" not in str(error):
                break
        except ValueError:
            break
        else:
            return [_cell(cell, delimiter) for cell in row], used
    return None, 1


def tell_delimiter(lines: Sequence[str], is_header: Callable[[Sequence[str]], bool]) -> str:
    """Tell what parts the columns: what gives a known header, else even rows, else most cells.

    A tab in every row that is no remark comes before even rows: no text has tabs by chance.
    """
    first = [line for line in lines[:LOOKED_AT] if line.strip() and line[0] != "#"]
    tabs = bool(first) and all("\t" in line for line in first)

    def parts(delimiter: str) -> tuple[bool, bool, bool, int]:
        rows = [row for row in islice(parted(lines, delimiter), LOOKED_AT) if row]
        widths = {len(row) for row in rows}
        known = any(is_header(row) for row in rows)
        even = len(widths) == 1 and widths != {1}
        return known, tabs and delimiter == "\t", even, max(widths, default=0)

    return max(DELIMITERS, key=parts)


def said_delimiter(line: str) -> str | None:
    """Give the delimiter that a line ``sep=;`` says; None if it is none."""
    found = _SEP.fullmatch(line)
    return found[1] if found else None
