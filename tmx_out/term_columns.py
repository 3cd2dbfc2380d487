"""The table of terms: a row a concept, the same in a spreadsheet and in CSV.

Forms of one language stand with ``|`` between. Other programs' tables are read as well: their
columns are known by their names, or by the language of what stands in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from align.term_types import Example, TermPair
from corpora.chinese import is_han
from tmx_out.table import Cell, Column
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JOINT: Final = " | "
"""Between the forms of one cell."""

COLUMNS: Final = (
    Column("zh", width=22),
    Column("en", width=34),
    Column("zh variants", width=22),
    Column("en variants", width=34),
    Column("units", "integer", 7),
    Column("units zh", "integer", 8),
    Column("units en", "integer", 8),
    Column("records", "integer", 8),
    Column("first", "date", 11),
    Column("last", "date", 11),
    Column("score", "decimal", 7),
    Column("why", width=30),
    Column("status", width=11),
    Column("domain", width=16),
    Column("competing", width=40),
    Column("note", width=40),
    Column("example zh", width=50),
    Column("example en", width=60),
    Column("symbol", width=13),
    Column("date", "date", 11),
)
"""The names are in the header row."""

_NAMES: Final = {
    "zh": {"zh", "zh-cn", "zh-hans", "chinese", "chinese term", "simplified chinese"}
    | {"中文", "汉语", "简体中文", "中文术语"},
    "en": {"en", "en-us", "en-gb", "english", "english term", "英文", "英语", "英文术语"},
    "one": {"source", "source term", "term", "原文"},
    "other": {"target", "target term", "translation", "equivalent", "译文"},
    "zh variants": {"zh variants", "chinese variants"},
    "en variants": {"en variants", "english variants"},
    "domain": {"domain", "subject", "subject field", "field", "category", "领域"},
    "note": {"note", "notes", "comment", "comments", "definition", "remarks", "备注", "说明"},
    "example zh": {"example zh"},
    "example en": {"example en"},
    "symbol": {"symbol", "document"},
}
"""What a column is, by the names that it may have."""


@dataclass(frozen=True, slots=True)
class TermFile:
    """What a file of terms holds.

    Attributes:
        terms: in its order.
        problems: what could not be taken, a sentence each.
    """

    terms: tuple[TermPair, ...]
    problems: tuple[str, ...] = ()


def cells_of(term: TermPair) -> tuple[Cell, ...]:
    """Give the row of a term in the order of `COLUMNS`."""
    example = term.example or Example("", "")
    rivals = (f"{rival.of} → {rival.text} ({rival.count})" for rival in term.competitors)
    cells: tuple[Cell, ...] = (
        *(term.zh[0], term.en[0], JOINT.join(term.zh[1:]), JOINT.join(term.en[1:])),
        *(term.count, term.zh_count, term.en_count, term.documents, term.first, term.last),
        *(round(term.score, 3), term.why, term.status, term.domain, "; ".join(rivals), term.note),
        *(example.zh, example.en, example.symbol, example.date),
    )
    return tuple(clean_text(cell)[0] if isinstance(cell, str) else cell for cell in cells)


def terms_of(rows: Iterable[Sequence[str]], name: str) -> TermFile:
    """Make terms of a table's rows, with a header or without.

    Args:
        rows: texts; what a row lacks at its end counts as empty.
        name: of the file, for what is told.
    """
    numbered = [
        (number, [" ".join(cell.split()) for cell in row]) for number, row in enumerate(rows, 1)
    ]
    numbered = [(number, row) for number, row in numbered if any(row)]
    if not numbered:
        return TermFile(())
    header = _roles(numbered[0][1])
    body = numbered[1:] if header else numbered
    places = _with_languages(header, [row for _, row in body])
    gathered = _Gathered(name)
    for number, row in body:
        gathered.take(number, row, places)
    return TermFile(tuple(gathered.terms), tuple(gathered.problems))


@dataclass(slots=True)
class _Gathered:
    """Terms and problems so far."""

    name: str
    terms: list[TermPair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take(self, number: int, row: Sequence[str], places: dict[str, int]) -> None:
        """Make a term of a row, or tell why not."""

        def cell(role: str) -> str:
            place = places.get(role, len(row))
            return row[place] if place < len(row) else ""

        zh, en = (
            forms_in(cell(language), cell(f"{language} variants")) for language in ("zh", "en")
        )
        if not zh or not en:
            lacks = "Chinese" if not zh else "English"
            self.problems.append(f"{self.name}, row {number} has no {lacks}: left out.")
            return
        example = Example(cell("example zh"), cell("example en"), cell("symbol"))
        shown = example if example.zh and example.en else None
        self.terms.append(
            TermPair(
                zh,
                en,
                domain=cell("domain"),
                note=cell("note"),
                example=shown,
                status="imported",
            )
        )


def forms_in(*cells: str) -> tuple[str, ...]:
    """Give the forms of some cells, each once, the first one first."""
    forms = (form.strip() for cell in cells for form in cell.split("|"))
    return tuple(dict.fromkeys(form for form in forms if form))


def _roles(row: Sequence[str]) -> dict[str, int]:
    """Tell what the columns are by a header row; nothing if it is none."""
    found: dict[str, int] = {}
    for place, name in enumerate(row):
        for role, names in _NAMES.items():
            if name.casefold() in names:
                found.setdefault(role, place)
    terms = {"zh", "en"} <= found.keys() or {"one", "other"} <= found.keys()
    return found if terms else {}


def _with_languages(header: dict[str, int], body: Sequence[Sequence[str]]) -> dict[str, int]:
    """Tell which columns are Chinese and English, by what stands in them if by no name."""
    if {"zh", "en"} <= header.keys():
        return header
    one, other = header.get("one", 0), header.get("other", 1)
    columns = list(zip_longest(*body, fillvalue=""))
    han = [_share_of_han(columns[place]) if place < len(columns) else 0.0 for place in (one, other)]
    zh, en = (one, other) if han[0] >= han[1] else (other, one)
    return {**header, "zh": zh, "en": en}


def _share_of_han(cells: Iterable[str]) -> float:
    letters = [ch for cell in cells for ch in cell if ch.isalpha()]
    return sum(map(is_han, letters)) / max(1, len(letters))


def day_of(cell: Cell) -> str:
    """Write a cell as text: a day as ISO 8601, nothing as nothing."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
