"""The table of units: one row each, the same in a spreadsheet, a text table and Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
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


UNIT_TABLE: Final = (
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
)
"""A row a unit; the names are those of the table of beads (`tmx_out.write.tsv.COLUMNS`)."""

BEAD_TABLE: Final = (
    *UNIT_TABLE[:8],
    Column("speaker_zh", width=18),
    Column("speaker_en", width=26),
    Column("paragraph_zh", "integer"),
    Column("paragraph_en", "integer"),
    Column("page_zh", "integer"),
    Column("page_en", "integer"),
    Column("sentences_zh"),
    Column("sentences_en"),
    Column("flags", width=26),
)
"""A row a bead: what `tmx_out.write.tsv.COLUMNS` names, with the kinds of the cells."""


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


def read_cell(text: str, column: Column) -> Cell:
    """Turn a cell of the text table into what the column holds."""
    if column.kind == "text":
        return text
    if not text:
        return None
    if column.kind == "integer":
        return int(text)
    return float(text) if column.kind == "decimal" else date.fromisoformat(text)


def cell_text(cell: Cell) -> str:
    """Write a cell in the text table."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
