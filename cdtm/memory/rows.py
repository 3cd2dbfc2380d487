"""The row of a unit: from a record's beads, into the memory and out of it again.

The fields of `UnitRow` are the one list of its columns: the statements that write and read it are
made of them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cdtm.memory.words import hash_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    import polars as pl

NUMBERS = 20
"""Bits of a unit's id that number the bead within its record: a million beads."""

SECOND = 1 << (NUMBERS - 1)
"""Added to a unit's number by the second half of a unit that a reviewer split."""


@dataclass(slots=True)
class UnitRow:
    """A bead of the memory: a unit, or an omission; the columns of the table `unit`, then others.

    Attributes:
        id: the record's number times 2^20, plus the bead's number in it.
        tuid: its name.
        zh, en: the texts; empty for an omission.
        kind: sentences of each side, 1-1, 2-1, 0-1 …; empty for a half of a split.
        confidence: 0 to 1.
        flags: with commas between; empty for none.
        speaker: name; empty outside a turn.
        paragraph, page: 1-based; None if unknown.
        zh_first, zh_last: characters of the first and the last sentence within `zh`.
        en_first, en_last: the same of `en`.
        status: what was decided; None if nothing.
        by, at: who decided, and when (UTC, ISO 8601); empty if nobody did.
        taken: names of the units whose decisions were worked in here.
    """

    id: int
    tuid: str
    zh: str
    en: str
    kind: str
    confidence: float
    flags: str
    speaker: str
    paragraph: int | None
    page: int | None
    zh_first: int
    zh_last: int
    en_first: int
    en_last: int
    status: str | None = None
    by: str = ""
    at: str = ""
    taken: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """Of the bead, with `SECOND` for the second half of a split."""
        return self.id & ((1 << NUMBERS) - 1)

    @property
    def hashes(self) -> tuple[int, int]:
        """Of both texts."""
        return hash_of(self.zh), hash_of(self.en)

    @property
    def is_unit(self) -> bool:
        """Whether it is given to anybody: no omission, and not rejected."""
        return bool(self.zh and self.en) and self.status != "rejected"

    def values(self) -> tuple[Any, ...]:
        """Give what `INSERT` takes."""
        return (*_stored(self), *(self.hashes if self.is_unit else (None, None)))


_FIELDS = [field.name for field in fields(UnitRow)]
_STORED = _FIELDS[: _FIELDS.index("status") + 1]
_stored = attrgetter(*_STORED)

INSERT = (
    f"INSERT INTO unit ({', '.join(_STORED)}, zh_hash, en_hash) VALUES ("
    + ", ".join(
        "(SELECT id FROM speaker WHERE name = ?)" if name == "speaker" else "?" for name in _STORED
    )
    + ", ?, ?)"
)
"""Puts in a row, `UnitRow.values`; its speaker must be there."""

_READ = {
    "speaker": "coalesce(speaker.name, '')",
    "by": "coalesce(decided.by, '')",
    "at": "coalesce(decided.at, '')",
}
SELECT = (
    f"SELECT {', '.join(_READ.get(name, f'unit.{name}') for name in _FIELDS[:-1])} "
    "FROM unit LEFT JOIN decided ON decided.unit = unit.id "
    "LEFT JOIN speaker ON speaker.id = unit.speaker"
)
"""Reads what `UnitRow` takes, in its order."""


def rows_of_beads(beads: pl.DataFrame) -> list[UnitRow]:
    """Give the rows of a record as its alignment made them; their ids are the beads' numbers.

    Args:
        beads: see `cdtm.build.schemas.BEADS`.
    """
    # An imported record has what was decided elsewhere, too.
    columns = {name: beads[name].to_list() for name in _FIELDS[:-1] if name in beads.columns}
    columns["id"] = beads["number"].to_list()
    spans = beads.select("zh_start", "zh_end", "en_start", "en_end").iter_rows()
    columns["kind"] = [f"{b - a}-{d - c}" for a, b, c, d in spans]
    return list(map(UnitRow, *(columns[name] for name in _FIELDS if name in columns)))


def read_rows(database: Connection, span: tuple[int, int]) -> list[UnitRow]:
    """Give the rows whose ids lie in a half-open span, as they stand in their record."""
    # All at once: while a statement is open, no build could begin to write.
    found = database.execute(
        f"{SELECT} WHERE unit.id >= ? AND unit.id < ? ORDER BY unit.id", span
    ).fetchall()
    rows = [UnitRow(*values) for values in found]
    if rows and rows[-1].id & SECOND:
        rows.sort(key=lambda row: in_place(row.id))
    return rows


def read_some(database: Connection, numbers: Sequence[int]) -> list[UnitRow]:
    """Give the rows that have one of these ids, in any order."""
    asked = ",".join(map(str, numbers))
    found = database.execute(f"{SELECT} WHERE unit.id IN ({asked})").fetchall()
    return [UnitRow(*values) for values in found]


def in_place(number: int) -> tuple[int, int]:
    """Give a key that puts the second half of a split unit behind the first."""
    return number & ~SECOND, number & SECOND
