"""Where a text stands in the memory: full text in both languages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cdtm.memory.rows import NUMBERS
from cdtm.memory.words import phrase_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from cdtm.memory.units import Record
    from corpora import Language

COUNTED = 10_000
"""Units up to which all hits are fetched, counted and sorted, in 15 ms. Of more, the newest records
are asked one by one: to fetch all of a million units that hold "the" would take a second."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is asked of a unit's row, as SQL.

    Attributes:
        where: conditions on the table `unit`; none lets every row pass.
        values: of their question marks.
    """

    where: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()

    @property
    def sql(self) -> str:
        """The conditions, each with an AND before it."""
        return "".join(f" AND {condition}" for condition in self.where)


def search(
    database: Connection,
    text: str,
    language: Language,
    records: Sequence[Record],
    conditions: Conditions,
    *,
    everywhere: bool,
    limit: int,
) -> tuple[list[int], int]:
    """Find the units of some records that hold a text, word for word.

    Args:
        database: of the memory.
        text: anything; signs of the query language mean nothing.
        language: in which to look.
        records: where to look, the newest first.
        conditions: what else is asked of a unit.
        everywhere: whether these are all records.
        limit: how many to give.

    Returns:
        Ids of units, those of the newest record first, and how many there are; `COUNTED`, or
        `limit` if that is more, stands for so many or more.
    """
    phrase = phrase_of(text)
    if not phrase:
        return [], 0
    words = f"words_{language}"
    query = f"SELECT {words}.rowid FROM {words}"
    if conditions.where:
        query += f" CROSS JOIN unit ON unit.id = {words}.rowid"
    query += f" WHERE {words} MATCH ?{conditions.sql}"
    values = (phrase, *conditions.values)
    most = max(COUNTED, limit)
    found = _ids(database, f"{query} LIMIT ?", (*values, most))
    if len(found) < most:
        found = in_order(found, records)
        return found[:limit], len(found)
    found = []
    for record in records:  # each is some 0.3 ms
        within = f"{query} AND {words}.rowid >= ? AND {words}.rowid < ?"
        found += _ids(database, within, (*values, *record.span))
        if everywhere and len(found) >= limit:
            return found[:limit], most
        if len(found) >= most:
            break
    return found[:limit], min(len(found), most)


def frequency(database: Connection, text: str, language: Language, most: int) -> int:
    """Count the units that hold a text, word for word; `most` stands for so many or more."""
    phrase = phrase_of(text)
    if not phrase:
        return 0
    words = f"words_{language}"
    query = f"SELECT count(*) FROM (SELECT 1 FROM {words} WHERE {words} MATCH ? LIMIT ?)"
    [count] = database.execute(query, (phrase, most)).fetchone()
    return int(count)


def in_order(units: Sequence[int], records: Sequence[Record]) -> list[int]:
    """Sort ids of units by the order of the records; those of other records fall out."""
    of_record: dict[int, list[int]] = defaultdict(list)
    for unit in units:
        of_record[unit >> NUMBERS].append(unit)
    return [unit for r in records if r.id in of_record for unit in sorted(of_record[r.id])]


def _ids(database: Connection, query: str, values: Sequence[Any]) -> list[int]:
    return [number for (number,) in database.execute(query, values).fetchall()]
