"""The units of somebody else's memory, as a stream: a TMX file, or a table of pairs."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from corpora.errors import UserError
from tmx_out.dates import read_time
from tmx_out.selection import Skipped
from tmx_out.terms.forms import clean_lines
from tmx_out.terms.header import find_columns, header_roles
from tmx_out.text_table import parted, said_delimiter, tell_delimiter
from tmx_out.tmx_reader import NO_PAIR, read_tmx
from tmx_out.units import Unit
from tmx_out.workbook import read_workbook

LOOKED_AT: Final = 1000
"""Rows of a table by which its columns are told."""

PAIRS: Final = (".tsv", ".txt", ".tab", ".csv", ".xlsx")
"""Suffixes of tables of pairs."""


class SkippedCount(list[Skipped]):
    """Takes what was left out; keeps one for each reason, and how often that was given."""

    def __init__(self) -> None:
        super().__init__()
        self.reasons: dict[str, int] = {}

    def append(self, skipped: Skipped) -> None:
        """Count one."""
        self.reasons[skipped.reason] = self.reasons.get(skipped.reason, 0) + 1
        if self.reasons[skipped.reason] == 1:
            super().append(skipped)


@dataclass(slots=True)
class Source:
    """A file to import.

    Attributes:
        path: of it.
        pairs: whether it is a table of pairs; else it is TMX.
        mend: whether what makes it no XML is mended.
        skipped: what was left out so far.
        told: what was mended so far, and how often.
    """

    path: Path
    pairs: bool = False
    mend: bool = False
    skipped: SkippedCount = field(default_factory=SkippedCount)
    told: dict[str, int] = field(default_factory=dict)

    def units(self) -> Iterator[Unit]:
        """Give the units that have both texts, clean and on one line.

        Raises:
            UserError: the file cannot be read; `NotWellFormedError` if mending may help.
        """
        self.skipped, self.told = SkippedCount(), {}
        try:
            yield from self._clean(self._of_pairs() if self.pairs else self._of_tmx())
        except UserError:
            raise
        except Exception as error:
            # The one door by which other tools' memories come in: what a parser stumbles over is
            # the file's, whatever the parser calls it.
            raise UserError(
                f"{self.path.name} cannot be read ({type(error).__name__}): export it again."
            ) from error

    def _clean(self, units: Iterator[Unit]) -> Iterator[Unit]:
        for number, unit in enumerate(units, start=1):
            zh, en = (clean_lines(text).replace("\n", " ") for text in (unit.zh, unit.en))
            if zh and en:
                # Most texts are clean, and a copy of a unit costs half as much as reading it.
                same = zh == unit.zh and en == unit.en
                yield unit if same else replace(unit, zh=zh, en=en)
            else:
                self.skipped.append(Skipped(unit.tuid or f"unit {number}", NO_PAIR))

    def _of_tmx(self) -> Iterator[Unit]:
        if self.path.suffix.lower() in PAIRS:
            raise UserError(
                f"{self.path.name} is a table and no TMX: cdtm import --pairs {self.path.name} "
                "takes it."
            )
        return read_tmx(self.path, skipped=self.skipped, told=self.told, mend=self.mend)

    def _of_pairs(self) -> Iterator[Unit]:
        suffix = self.path.suffix.lower()
        if suffix not in PAIRS:
            raise UserError(
                f"{self.path.name} is no table of pairs that is known: give one of "
                f"{', '.join(PAIRS)}."
            )
        if suffix != ".xlsx":
            yield from self._of_rows(self._text_rows(), self.path.name)
            return
        found, refusal = 0, None
        for sheet in read_workbook(self.path):
            if sheet.hidden or not any(map(any, sheet.rows)):
                continue
            try:
                for unit in self._of_rows(iter(sheet.rows), f"{self.path.name}, {sheet.name}"):
                    found += 1
                    yield unit
            except UserError as error:
                refusal = refusal or error
                self.told[f"sheet without pairs, {sheet.name}"] = 1
        if not found and refusal is not None:
            raise refusal

    def _text_rows(self) -> Iterator[list[str]]:
        coding = _coding(self.path)
        if not coding.startswith("utf-8"):
            self.told[f"read as {coding.upper()}"] = 1
        with self.path.open(encoding=coding, errors="replace", newline="") as stream:
            head = [*islice(stream, 20)]
            if not head:
                return
            said = said_delimiter(head[0].lstrip("\ufeff"))
            head = head[1:] if said else head
            if self.path.suffix.lower() in (".tsv", ".tab"):
                said = said or "\t"
            delimiter = said or tell_delimiter(head, lambda row: bool(header_roles(row)))

            def lines() -> Iterator[str]:
                yield from head
                yield from stream

            quoted = delimiter != "\t"

            def tell(_sentence: str) -> None:
                what = "quotation mark that nothing closes"
                self.told[what] = self.told.get(what, 0) + 1

            yield from parted(lines(), delimiter, tell, quoted=quoted)

    def _of_rows(self, rows: Iterator[list[str]], name: str) -> Iterator[Unit]:
        """Make units of rows whose first ones say which column is what."""
        first = [row for row in islice(rows, LOOKED_AT) if any(cell.strip() for cell in row)]
        if not first:
            return
        columns = find_columns([[clean_lines(cell) for cell in row] for row in first], name)
        places = {role: cells[0] for role, cells in columns.places.items()}
        for number, row in enumerate(_chained(first[columns.header :], rows), columns.header + 1):
            unit = _unit_of_row(row, places)
            if unit.zh.strip() and unit.en.strip():
                yield unit
            elif any(cell.strip() for cell in row):
                self.skipped.append(Skipped(f"row {number}", NO_PAIR))


def _chained(first: Sequence[list[str]], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield from first
    yield from rows


def _unit_of_row(row: Sequence[str], places: dict[str, int]) -> Unit:
    def cell(role: str) -> str:
        place = places.get(role, len(row))
        return row[place] if place < len(row) else ""

    moment = read_time(cell("date")) if cell("date") else None
    return Unit(
        tuid="",
        zh=cell("zh"),
        en=cell("en"),
        document=cell("symbol").strip(),
        date=None if moment is None else date(moment.year, moment.month, moment.day),
        speaker=cell("speaker").strip(),
    )


def _coding(path: Path) -> str:
    from corpora.read.encoding import guess_encoding

    with path.open("rb") as stream:
        data = stream.read(1 << 20)
    try:
        codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        found = guess_encoding(data)
        if found is None:
            raise UserError(
                f"{path.name} is no text in a coding that is known here: save it as UTF-8."
            ) from None
        marked = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        return "utf-16" if found.startswith("utf-16") and marked else found
    return "utf-8-sig"
