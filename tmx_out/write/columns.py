"""The tables of units and of beads: the same rows in a spreadsheet, a text table and Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from align.alignment import percent
from tmx_out.units import bead_id, document_symbol, join_sentences, speaker_name
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from align import Alignment, Bead, Span
    from corpora import Document, Sentence
    from tmx_out.units import Unit

Cell = str | int | float | date | None
"""None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in the header row.
        kind: of its cells.
        width: in a spreadsheet, in characters of its font.
    """

    name: str
    kind: Literal["text", "integer", "decimal", "date"] = "text"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says of an item.

    Attributes:
        columns: in their order.
        row: gives the cells of an item in that order.
    """

    columns: tuple[Column, ...]
    row: Callable[[Any], tuple[Cell, ...]]


class BeadRow(NamedTuple):
    """A bead with what tables say of it.

    Attributes:
        bead: null links are beads, too.
        cells: in the order of `BEAD_TABLE`.
    """

    bead: Bead
    cells: tuple[Cell, ...]


def unit_row(unit: Unit) -> tuple[Cell, ...]:
    """Give the cells of a unit in the order of `UNIT_TABLE`."""
    count_zh, dash, count_en = unit.kind.partition("-")
    return (
        unit.tuid,
        int(count_zh) if dash else None,
        int(count_en) if dash else None,
        unit.confidence,
        unit.zh,
        unit.en,
        unit.document,
        unit.date,
        unit.speaker,
        unit.paragraph,
        unit.page,
        ",".join(unit.flags),
    )


def bead_row(bead: Bead, alignment: Alignment, prefix: str) -> tuple[BeadRow, int]:
    """Give the row of a bead, with clean texts.

    The bead's kind is two numbers, `count_zh` and `count_en`, for a spreadsheet makes a day of
    January of ``1-2``; for the same reason `sentences_*` is a range such as ``41..42``. Numbers of
    sentences, paragraphs and pages are 1-based.

    Args:
        bead: of the alignment.
        alignment: whose documents it links.
        prefix: first half of its id.

    Returns:
        the row, and how many characters were taken out of its texts.
    """
    zh, en = alignment.zh, alignment.en
    first_zh, first_en = _first(zh, bead.zh), _first(en, bead.en)
    speaker_zh, speaker_en = (speaker_name(s.speaker if s else None) for s in (first_zh, first_en))
    first = first_zh or first_en
    paragraph = first.paragraph + 1 if first else None
    page = (first.page or None) if first else None
    cells: tuple[Cell, ...] = (
        bead_id(bead, prefix),
        bead.zh[1] - bead.zh[0],
        bead.en[1] - bead.en[0],
        percent(bead.confidence) / 100,
        join_sentences(zh.sentences[slice(*bead.zh)], "zh"),
        join_sentences(en.sentences[slice(*bead.en)], "en"),
        document_symbol(alignment),
        zh.date or en.date,
        speaker_en or speaker_zh,
        paragraph,
        page,
        ",".join(bead.flags),
        speaker_zh,
        speaker_en,
        first_zh.paragraph + 1 if first_zh else None,
        first_en.paragraph + 1 if first_en else None,
        (first_zh.page or None) if first_zh else None,
        (first_en.page or None) if first_en else None,
        _numbers(bead.zh),
        _numbers(bead.en),
    )
    cleaned = [clean_text(cell) if isinstance(cell, str) else (cell, 0) for cell in cells]
    return BeadRow(bead, tuple(cell for cell, _ in cleaned)), sum(count for _, count in cleaned)


UNIT_TABLE: Final = Table(
    (
        Column("id", width=18),
        Column("count_zh", "integer"),
        Column("count_en", "integer"),
        Column("confidence", "decimal", 11),
        Column("zh", width=60),
        Column("en", width=80),
        Column("document", width=13),
        Column("date", "date", 11),
        Column("speaker", width=26),
        Column("paragraph", "integer"),
        Column("page", "integer"),
        Column("flags", width=26),
    ),
    unit_row,
)
"""A row a unit; the names are those of the table of beads."""

BEAD_TABLE: Final = Table(
    (
        *UNIT_TABLE.columns,
        Column("speaker_zh", width=18),
        Column("speaker_en", width=26),
        Column("paragraph_zh", "integer"),
        Column("paragraph_en", "integer"),
        Column("page_zh", "integer"),
        Column("page_en", "integer"),
        Column("sentences_zh"),
        Column("sentences_en"),
    ),
    attrgetter("cells"),
)
"""A row a bead, null links too: nothing is left out. After the columns of units come what each side
says of itself, and the numbers of the sentences."""


def cell_text(cell: Cell) -> str:
    """Write a cell in the text table.

    >>> cell_text(0.5), cell_text(date(2031, 6, 3)), cell_text(7), cell_text(None)
    ('0.50', '2031-06-03', '7', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.2f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _first(document: Document, span: Span) -> Sentence | None:
    return document.sentences[span[0]] if span[0] < span[1] else None


def _numbers(span: Span) -> str:
    start, end = span[0] + 1, span[1]
    if start > end:
        return ""
    return str(start) if start == end else f"{start}..{end}"
