"""The table of terms: a row a concept, the same in a spreadsheet and in CSV.

Forms of one language stand with ``|`` between. Other people's tables are read as well:
`tmx_out.terms.header` tells their columns, `tmx_out.terms.forms` the forms in their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from align.terms.types import Example, TermPair
from corpora import UserError
from tmx_out.terms.forms import clean_lines, part_forms
from tmx_out.terms.header import Columns, blocks_of, find_columns, header_roles, is_of
from tmx_out.write.columns import Cell, Column
from tmx_out.xml_text import clean_text

JOINT: Final = " | "
"""Between the forms of one cell."""

LONGEST: Final = 60
"""Characters of a Chinese term at most; what is longer is a sentence."""

UNWANTED: Final = ("deprecated", "superseded", "forbidden", "obsolete", "notRecommended")
"""How the status of a form begins that is not to be used."""

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


def terms_of(table: Table, name: str) -> TermFile:
    """Make terms of a table's rows, with a header or without.

    Raises:
        UserError: no column is Chinese, or none English, or the rows are no terms.
    """
    numbered = [(n, [clean_lines(cell) for cell in row]) for n, row in enumerate(table.rows, 1)]
    numbered = [(number, row) for number, row in numbered if any(row)]
    if not numbered:
        return TermFile((), table.problems)
    columns = find_columns([row for _, row in numbered], name)
    head = numbered[columns.header - 1][1] if columns.named else []
    blocks = blocks_of(head)
    if len(blocks) > 1:
        columns = replace(columns, places=header_roles(head[blocks[0]]))
    gathered = _Gathered(name, table, columns)
    for number, row in numbered[: max(0, columns.header - 1)]:
        shown = " ".join(filter(None, row)).replace("\n", " ")[:60]
        gathered.tell(f"row {number} stands above the header: left out ({shown}).")
    for number, row in numbered[columns.header :]:
        if table.text and head and any(row[len(head) :]):
            gathered.tell(
                f"row {number} has more cells than the header: left out; quote its cells."
            )
            continue
        for block in blocks:
            if block.start == 0 or any(row[block]):
                gathered.take(number, row[block])
    rows = len(numbered) - columns.header
    _check(gathered.terms, rows, name, named=columns.named)
    return TermFile(tuple(gathered.terms), (*table.problems, *gathered.problems))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, before anything is known of its columns.

    Attributes:
        rows: texts, with their line breaks; what a row lacks at its end counts as empty.
        continued: (row, column), 1- and 0-based: cells that are merged with the one above.
        own: whether it is a glossary that we wrote.
        problems: what could not be read, a sentence each.
        text: whether marks part the cells, so that one too many moves those behind it.
    """

    rows: Sequence[Sequence[str]]
    continued: AbstractSet[tuple[int, int]] = frozenset()
    own: bool = False
    problems: tuple[str, ...] = ()
    text: bool = False


@dataclass(slots=True)
class _Gathered:
    """Terms and problems so far."""

    name: str
    table: Table
    columns: Columns
    terms: list[TermPair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _last: int = 0
    """Row of the last term: what is merged with it goes to it."""

    def tell(self, sentence: str) -> None:
        """Keep a sentence on the file."""
        self.problems.append(f"{self.name}, {sentence}")

    def take(self, number: int, row: list[str]) -> None:
        """Make a term of a row, or tell why not."""
        if self.terms and header_roles(row).keys() >= {"zh", "en"}:
            self.tell(f"row {number} is the header once more: left out.")
            return
        both = [is_of("zh", form) for form in self._lines(row, "zh").split("\n") if form]
        if not self.columns.named and len(both) > 1 and any(both) and not all(both):
            self.tell(f"row {number} has both languages in one cell: left out.")
            return
        status = self._cell(row, "status").casefold()
        unwanted = next((word for word in UNWANTED if status.startswith(word.casefold())), "")
        if unwanted:
            self.tell(f"row {number} is marked {unwanted}: left out.")
            return
        zh, en, remark = self._forms(number, row)
        if not zh or not en:
            self.tell(f"row {number} has no {'English' if zh else 'Chinese'}: left out.")
            return
        example = Example(
            self._cell(row, "example zh"), self._cell(row, "example en"), self._cell(row, "symbol")
        )
        term = TermPair(
            zh,
            en,
            domain=self._cell(row, "domain"),
            note="; ".join(filter(None, (self._cell(row, "note"), remark))),
            example=example if example.zh and example.en else None,
            status="imported",
        )
        places = (*self.columns.places["zh"], *self.columns.places["en"])
        if self._last == number - 1 and any(
            (number, place) in self.table.continued for place in places
        ):
            term = _joined(self.terms.pop(), term)
        self.terms.append(term)
        self._last = number

    def _cell(self, row: Sequence[str], role: str) -> str:
        """The cells of a role on one line, empty ones left out."""
        places = self.columns.places.get(role, ())
        cells = (row[place].replace("\n", " ") for place in places if place < len(row))
        return "; ".join(filter(None, cells))

    def _lines(self, row: Sequence[str], role: str) -> str:
        places = self.columns.places.get(role, ())
        return "\n".join(row[place] for place in places if place < len(row) and row[place])

    def _forms(self, number: int, row: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Give the forms of a row; none of a language where it is not said."""
        columns = self.columns
        own = columns.own or self.table.own
        if own:
            zh, en = (forms_in(*self._lines(row, side).split("\n")) for side in ("zh", "en"))
            remark = ""
        else:
            zh, en, remark = part_forms(self._lines(row, "zh"), self._lines(row, "en"))
        if _exchanged(zh, en) and not own:
            self.tell(f"row {number} has Chinese and English in each other's column: exchanged.")
            zh, en = en, zh
        # Where no name says it the text does; but NPT is said in Chinese, too, and only a
        # first row without any is likely to be a header that nobody knows.
        first = not self.terms and not self.problems
        if not (columns.named or not first or any(is_of("zh", form) for form in zh)):
            zh = ()
        if not (columns.named or any(is_of("en", form) for form in en)):
            en = ()
        return zh, en, remark


def _exchanged(zh: Sequence[str], en: Sequence[str]) -> bool:
    """Whether the Chinese forms are surely English, and the English ones Chinese."""
    return bool(zh and en) and not any(
        is_of("zh", form) or not is_of("en", form) for form in zh
    ) and all(is_of("zh", form) and not is_of("en", form) for form in en)  # fmt: skip


def _joined(one: TermPair, other: TermPair) -> TermPair:
    """One concept of two rows that share a cell."""
    return replace(
        one,
        zh=tuple(dict.fromkeys((*one.zh, *other.zh))),
        en=tuple(dict.fromkeys((*one.en, *other.en))),
        note="; ".join(dict.fromkeys(filter(None, (one.note, other.note)))),
    )


def _check(terms: Sequence[TermPair], rows: int, name: str, *, named: bool) -> None:
    """Refuse a table that is no glossary.

    Raises:
        UserError: hardly a row is a term, or the terms are sentences.
    """
    if not named and 2 * len(terms) < rows:
        raise UserError(
            f"{name} is no glossary that could be told: of its {rows:,} rows {len(terms):,} have "
            "Chinese and English in two columns; name the columns zh and en."
        )
    sentences = sum(_is_sentence(term) for term in terms)
    if 2 * sentences > len(terms):
        raise UserError(
            f"{name} holds sentences, {sentences:,} of {len(terms):,}, and is no glossary: "
            f"cdtm import --pairs {name} takes it into the memory."
        )


def _is_sentence(term: TermPair) -> bool:
    zh, en = term.zh[0], term.en[0]
    return len(zh) > LONGEST or zh[-1] in "。！？；" or (en[-1] in ".!?" and len(en.split()) > 5)


def forms_in(*cells: str) -> tuple[str, ...]:
    """Give the forms of some cells of ours, each once, the first one first.

    >>> forms_in("无核区 | 无核武器区", "无核区")
    ('无核区', '无核武器区')
    """
    forms = (form.strip() for cell in cells for form in cell.split("|"))
    return tuple(dict.fromkeys(form for form in forms if form))
