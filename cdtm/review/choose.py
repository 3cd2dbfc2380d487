"""Which units a review book holds: a sample, the doubtful ones, or whole records."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import polars as pl

from cdtm.build.records import read_beads
from cdtm.memory.units import NUMBERS
from cdtm.review_rows import Wanted, tally
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.doubt.rank import RecordBeads
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import By
    from cdtm.memory.memory import Memory
    from cdtm.memory.units import Record


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
    from align.quality.sampling import Item, draw, sample_size, stratum_of

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
        "population": dict(tally(strata.values())),
        "drawn": dict(tally(one.stratum for one in wanted)),
    }
    return wanted, about


MARGIN = 0.01
"""Half of the interval that a sample is drawn for if nobody says."""

EXPECTED = 0.95
"""Share of right units that sizes are reckoned with: below most memories, so on the safe side."""


def flagged(workspace: Workspace, memory: Memory) -> tuple[list[Wanted], dict[str, Any]]:
    """Give every doubt about the memory, the greatest first, but for what was decided already."""
    from align.doubt.rank import rank_doubts

    ids = {record.key: record.id for record in memory.records()}
    decided = memory.decided()
    wanted = [
        Wanted((ids[doubt.record] << NUMBERS) + doubt.number, doubt.reasons)
        for doubt in rank_doubts(record_tables(workspace, memory.records()))
    ]
    open_ones = [one for one in wanted if one.unit not in decided]
    return open_ones, {"kind": "flagged", "decided before": len(wanted) - len(open_ones)}


def of_records(memory: Memory, symbols: Sequence[str]) -> tuple[list[Wanted], dict[str, Any]]:
    """Give every unit and omission of some records.

    Raises:
        UserError: there is no such record.
    """
    from cdtm.memory.choice import Choice

    choice = Choice(symbols=tuple(symbols))
    records = [r for r in memory.records() if choice.takes_record(r.key, r.symbol, r.date)]
    if not records:
        raise UserError(
            f"The memory has no record {' or '.join(symbols)}: see cdtm status --json for what "
            "is there."
        )
    wanted = [Wanted(row.id) for record in records for row in memory.rows_of(record)]
    return wanted, {"kind": "records", "records": [record.key for record in records]}


def record_tables(workspace: Workspace, records: Iterable[Record]) -> Iterator[RecordBeads]:
    """Read the tables of records one after another; a record without tables is passed over."""
    from align.doubt.rank import RecordBeads

    for record in records:
        beads = read_beads(workspace.store, record.key)
        sentences = read_sentences(workspace, record.key)
        if beads is not None and sentences is not None:
            yield RecordBeads(record.key, sentences, beads)


def read_sentences(workspace: Workspace, key: str) -> pl.DataFrame | None:
    """Read a record's sentences; None if the store does not have them."""
    found = workspace.store.read(f"{key}/sentences.parquet")
    return None if found is None else pl.read_parquet(io.BytesIO(found))
