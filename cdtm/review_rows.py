"""The rows of a review book, read off the memory: units with what stands around them, in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cdtm.memory.units import NUMBERS, SECOND
from tmx_out.review.book import ReviewRow
from tmx_out.units import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cdtm.memory.memory import Memory
    from cdtm.memory.replay import Row
    from cdtm.memory.units import Record


class Wanted(NamedTuple):
    """A unit that a book is to show.

    Attributes:
        unit: its id in the memory.
        why: reasons to look, beside its flags.
        stratum: of the sample; empty outside one.
    """

    unit: int
    why: tuple[str, ...] = ()
    stratum: str = ""


def review_rows(memory: Memory, wanted: Iterable[Wanted]) -> list[ReviewRow]:
    """Give the rows of a book, in the order that is wanted; what is not there is passed over.

    Args:
        memory: open.
        wanted: units, or omissions.
    """
    wanted = list(wanted)
    of_record: dict[int, list[Wanted]] = defaultdict(list)
    for one in wanted:
        of_record[one.unit >> NUMBERS].append(one)
    records = {record.id: record for record in memory.records()}
    found: dict[int, ReviewRow] = {}
    for number, ones in of_record.items():
        if number not in records:
            continue
        rows = memory.rows_of(records[number])
        places = {row.id: at for at, row in enumerate(rows)}
        for one in ones:
            if one.unit in places:
                found[one.unit] = _row(records[number], rows, places[one.unit], one)
    return [found[one.unit] for one in wanted if one.unit in found]


def _row(record: Record, rows: Sequence[Row], at: int, wanted: Wanted) -> ReviewRow:
    row = rows[at]
    return ReviewRow(
        record=record.key,
        tuid=row.tuid,
        number=row.number,
        hashes=row.hashes,
        symbol=record.name,
        date=record.date,
        speaker=row.speaker or "",
        confidence=percent(row.confidence) / 100,
        why="\n".join(_reasons(row, wanted.why)),
        before=_both(rows[at - 1]) if at else "",
        zh=row.zh,
        en=row.en,
        after=_both(rows[at + 1]) if at + 1 < len(rows) else "",
        stratum=wanted.stratum,
    )


def _reasons(row: Row, doubts: Iterable[str]) -> list[str]:
    """Say why a unit should be looked at, flags and doubts in words, each once."""
    from align.doubt.rules import REASONS

    flags = (REASONS.get(flag, flag) for flag in row.flags.split(",") if flag)
    told = list(dict.fromkeys((*doubts, *flags)))
    if not (row.zh and row.en) and not doubts:
        told.insert(0, "No translation was found for it.")
    if row.status is not None:
        half = ", a half of a split" if row.number & SECOND else ""
        told.insert(0, f"Decided before by {row.by}: {row.status}{half}.")
    return told


def _both(row: Row) -> str:
    """Show both sides of a neighbour; a side that is missing is marked."""
    return f"{row.zh or '—'}\n{row.en or '—'}"


def tally(strata: Iterable[str]) -> Mapping[str, int]:
    """Count how often each stratum occurs, in the order of their names."""
    counts: dict[str, int] = defaultdict(int)
    for stratum in strata:
        counts[stratum] += 1
    return dict(sorted(counts.items()))
