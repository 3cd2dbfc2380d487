"""The table of terms: a row a concept, the same in a spreadsheet and in CSV.

Forms of one language stand with ``|`` between. Other programs' tables are read as well:
`tmx_out.terms.header` tells their columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from align.terms.types import Example, TermPair
from tmx_out.terms.header import Columns, find_columns, is_of
from tmx_out.write.columns import Cell, Column
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpora import Language

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

    Raises:
        UserError: no column is Chinese, or none English.
    """
    numbered = [(number, [_clean(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    numbered = [(number, row) for number, row in numbered if any(row)]
    if not numbered:
        return TermFile(())
    columns = find_columns([row for _, row in numbered], name)
    gathered = _Gathered(name)
    for number, row in numbered[columns.header :]:
        gathered.take(number, row, columns)
    return TermFile(tuple(gathered.terms), tuple(gathered.problems))


@dataclass(slots=True)
class _Gathered:
    """Terms and problems so far."""

    name: str
    terms: list[TermPair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take(self, number: int, row: Sequence[str], columns: Columns) -> None:
        """Make a term of a row, or tell why not."""

        def cell(role: str) -> str:
            place = columns.places.get(role, len(row))
            return row[place] if place < len(row) else ""

        def forms(language: Language) -> tuple[str, ...]:
            found = forms_in(cell(language), cell(f"{language} variants"))
            # Where no name says it the text does; but NPT is said in Chinese, too, and only a
            # first row without any is likely to be a header that nobody knows.
            trusted = columns.named or (language == "zh" and not first)
            return found if trusted or any(is_of(language, form) for form in found) else ()

        first = not self.terms and not self.problems
        zh, en = forms("zh"), forms("en")
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
    """Give the forms of some cells, each once, the first one first.

    >>> forms_in("无核区 | 无核武器区", "无核区")
    ('无核区', '无核武器区')
    """
    forms = (form.strip() for cell in cells for form in cell.split("|"))
    return tuple(dict.fromkeys(form for form in forms if form))


def _clean(cell: str) -> str:
    return " ".join(clean_text(cell)[0].split())
