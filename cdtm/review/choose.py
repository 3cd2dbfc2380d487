"""Which units a review book holds: a sample, the doubtful ones, or whole records; and its rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from align.alignment import percent
from align.doubt.rank import RecordBeads, rank_doubts
from align.doubt.rules import REASONS
from align.quality.sampling import Item, draw, sample_size, stratum_of
from cdtm.build.tables import read_beads, read_sentences
from cdtm.memory.choice import Choice
from cdtm.memory.rows import NUMBERS, SECOND
from corpora.errors import UserError
from tmx_out.review.book import ReviewRow

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from align.doubt.rank import Doubt
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import By
    from cdtm.memory.memory import Memory
    from cdtm.memory.rows import UnitRow
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


def sampled(
    memory: Memory, size: int | None, margin: float | None, *, by: By | None, seed: int
) -> tuple[list[Wanted], dict[str, Any]]:
    """Draw units at random from all that are not rejected.

    Args:
        memory: open.
        size: how many; None takes what the margin needs.
        margin: half of the wanted interval, 0 to 1.
        by: what strata are made by, of which each gets its share; None for no strata.
        seed: the same seed draws the same units of the same memory.

    Returns:
        The units in the order of the memory, and how they were drawn.

    Raises:
        UserError: the memory is empty.
    """
    records = {record.id: record for record in memory.records()}
    units, strata = {}, {}
    items = []
    for unit, tuid, confidence, kind in memory.population():
        record = records[unit >> NUMBERS]
        year = None if record.date is None else record.date.year
        item = Item(f"{record.key}|{tuid}", confidence, kind, year)
        items.append(item)
        units[item.key], strata[item.key] = unit, stratum_of(item, (by,) if by else ())
    if not items:
        raise UserError("The memory holds no unit: run cdtm build first.")
    if size is None:
        size = sample_size(margin or MARGIN, EXPECTED, len(items))
    drawn = draw(items, size, seed, (by,) if by else ())
    # In the order of the records, so that a reviewer reads on where he is.
    wanted = [Wanted(units[key], (), strata[key]) for key in sorted(drawn, key=units.__getitem__)]
    about = {
        "kind": "sample",
        "by": by or "",
        "seed": seed,
        "population": _tally(strata.values()),
        "drawn": _tally(one.stratum for one in wanted),
    }
    return wanted, about


MARGIN = 0.01
"""Half of the interval that a sample is drawn for if nobody says."""

EXPECTED = 0.95
"""Share of right units that sizes are reckoned with: below most memories, so on the safe side."""


def flagged(workspace: Workspace, memory: Memory) -> tuple[list[Wanted], dict[str, Any]]:
    """Give every doubt about the memory, the greatest first, but for what was decided already.

    What the aligner drew anew nobody has judged: it comes last, with what its flags say.
    """
    ids = {record.key: record.id for record in memory.records()}
    decided = memory.decided()
    doubts = rank_doubts(record_tables(workspace, memory.records()))
    told = [(first_open(doubt, ids[doubt.record], decided), doubt.reasons) for doubt in doubts]
    open_ones = [Wanted(unit, reasons) for unit, reasons in told if unit is not None]
    before = len(told) - len(open_ones)
    open_ones += [Wanted(unit) for unit in memory.drawn_anew()]
    return open_ones, {"kind": "flagged", "decided before": before}


def first_open(doubt: Doubt, record: int, decided: Container[int]) -> int | None:
    """Give the first unit of a doubt, or of the stretch that it is about, that nobody decided on.

    Args:
        doubt: about a record.
        record: its number in the memory.
        decided: ids of the units that somebody decided on.

    Returns:
        Its id, or None if all are decided.
    """
    units = ((record << NUMBERS) + number for number in range(doubt.number, doubt.last + 1))
    return next((unit for unit in units if unit not in decided), None)


def of_records(memory: Memory, symbols: Sequence[str]) -> tuple[list[Wanted], dict[str, Any]]:
    """Give every unit and omission of some records.

    Raises:
        UserError: there is no such record.
    """
    records = memory.records(Choice(symbols=tuple(symbols)))
    if not records:
        raise UserError(
            f"The memory has no record {' or '.join(symbols)}: see cdtm status --json for what "
            "is there."
        )
    wanted = [Wanted(row.id) for record in records for row in memory.rows_of(record)]
    return wanted, {"kind": "records", "records": [record.key for record in records]}


def record_tables(workspace: Workspace, records: Iterable[Record]) -> Iterator[RecordBeads]:
    """Read the tables of records one after another; a record without tables is passed over."""
    for record in records:
        beads = read_beads(workspace.store, record.key)
        sentences = read_sentences(workspace.store, record.key)
        if beads is not None and sentences is not None:
            yield RecordBeads(record.key, sentences, beads)


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


def _row(record: Record, rows: Sequence[UnitRow], at: int, wanted: Wanted) -> ReviewRow:
    row = rows[at]
    return ReviewRow(
        record=record.key,
        tuid=row.tuid,
        number=row.number,
        hashes=row.hashes,
        symbol=record.name,
        date=record.date,
        speaker=row.speaker or "",
        confidence=percent(row.confidence) / 100 if row.zh and row.en else None,
        why="\n".join(_reasons(row, wanted.why)),
        before=_both(rows[at - 1]) if at else "",
        zh=row.zh,
        en=row.en,
        after=_both(rows[at + 1]) if at + 1 < len(rows) else "",
        stratum=wanted.stratum,
    )


def _reasons(row: UnitRow, doubts: Iterable[str]) -> list[str]:
    """Say why a unit should be looked at, flags and doubts in words, each once."""
    flags = (REASONS.get(flag, flag) for flag in row.flags.split(",") if flag)
    told = list(dict.fromkeys((*doubts, *flags)))
    if not (row.zh and row.en) and not doubts:
        told.insert(0, "No translation was found for it.")
    if row.status is not None:
        half = ", a half of a split" if row.number & SECOND else ""
        told.insert(0, f"Decided before by {row.by}: {row.status}{half}.")
    return told


def _both(row: UnitRow) -> str:
    """Show both sides of a neighbour; a side that is missing is marked."""
    return f"{row.zh or '—'}\n{row.en or '—'}"


def _tally(strata: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(strata).items()))
