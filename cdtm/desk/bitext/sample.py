"""A sample of the memory that is judged at the desk, and the rate of errors that it tells so far.

It is drawn as `cdtm audit --sample` draws one and noted in the workspace. What is decided on its
units goes into the journal under a book of its own, so that the estimate is that of the books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from align.quality.sampling import Stratum, weighted_estimate
from cdtm.memory.journal import NAME, Journal, standing
from cdtm.memory.rows import NUMBERS
from tmx_out.review.form import is_aligned

if TYPE_CHECKING:
    from cdtm.build.workspace import Workspace
    from cdtm.memory.memory import Memory

NOTE: Final = "desk-sample"
"""Name of the note, and of the book in the journal."""

SEED: Final = 0
"""The first sample of a memory; a second one would be read as a part of the first."""


def draw_sample(workspace: Workspace, memory: Memory) -> None:
    """Draw and note a sample, if there is none yet.

    Raises:
        UserError: the memory is empty.
    """
    from cdtm.review.choose import sampled  # loads the tables

    if workspace.note(NOTE) is not None:
        return
    wanted, about = sampled(memory, None, None, by=None, seed=SEED)
    strata = {one.unit: one.stratum for one in wanted}
    records = {unit >> NUMBERS for unit in strata}
    units = [
        [record.key, row.tuid, strata[row.id], list(row.hashes)]
        for record in memory.records()
        if record.id in records
        for row in memory.rows_of(record)
        if row.id in strata
    ]
    workspace.save_note(NOTE, {"about": about, "units": units, "redrawn": []})


def in_sample(workspace: Workspace, key: str, tuid: str) -> tuple[dict[str, Any], str] | None:
    """Say how the sample was drawn, and of which stratum a unit of it is; None if it is in none."""
    note = workspace.note(NOTE)
    for record, name, stratum, _ in note["units"] if note else ():
        if (record, name) == (key, tuid):
            return note["about"], stratum
    return None


def note_redrawn(workspace: Workspace, memory: Memory, key: str) -> None:
    """Note which units of the sample are no longer as they were drawn, in a record just changed.

    Who moves a border judges the rows on both sides of it, and decides on the first one alone.
    """
    note = workspace.note(NOTE)
    own = [one for one in note["units"] if one[0] == key] if note else []
    if not own:
        return
    record = next(record for record in memory.records() if record.key == key)
    now = {(row.tuid, *row.hashes) for row in memory.rows_of(record)}
    others = [one for one in note["redrawn"] if one[0] != key]
    changed = [[key, name] for _, name, _, hashes in own if (name, *hashes) not in now]
    if [*others, *changed] != note["redrawn"]:
        workspace.save_note(NOTE, note | {"redrawn": [*others, *changed]})


def next_of_sample(workspace: Workspace) -> tuple[str, str] | None:
    """Give record and name of the first unit of the sample that is not judged yet; None if all."""
    note = workspace.note(NOTE)
    done = _judged(workspace, note) if note else {}
    for record, name, *_ in note["units"] if note else ():
        if (record, name) not in done:
            return record, name
    return None


def running_estimate(workspace: Workspace) -> dict[str, Any] | None:
    """Say what share of the memory's units is wrong by what is decided of the sample.

    Returns:
        ``drawn`` and ``decided`` units; once some are, ``wrong, low, high`` (0 to 1, 95 %); None
        if no sample was drawn.
    """
    note = workspace.note(NOTE)
    if note is None:
        return None
    judged = _judged(workspace, note)
    told: dict[str, Any] = {"drawn": len(note["units"]), "decided": len(judged)}
    of: dict[str, list[bool]] = {name: [] for name in note["about"]["population"]}
    for record, name, stratum, _ in note["units"]:
        if (record, name) in judged:
            of[stratum].append(judged[record, name])
    if not all(of.values()):
        return told
    right = weighted_estimate(
        Stratum(units, len(of[name]), sum(of[name]))
        for name, units in note["about"]["population"].items()
    )
    return told | {"wrong": 1 - right.value, "low": 1 - right.high, "high": 1 - right.low}


def _judged(workspace: Workspace, note: dict[str, Any]) -> dict[tuple[str, str], bool]:
    """Say of each unit that was judged whether it pairs the right sentences."""
    with Journal.open(workspace.folder / NAME) as journal:
        stand = standing(journal.decisions())
    told = dict.fromkeys(map(tuple, note["redrawn"]), False)
    return told | {
        (d.record, d.tuid): is_aligned(d.decision, d.labels)
        for d in stand
        if d.book == NOTE and d.effect != "held" and d.judges
    }
