"""Undo and redo of single decisions: an entry of the journal takes the decision back.

Nothing is deleted: an undo is an entry that withdraws a decision, a redo one that withdraws the
undo. What can be undone is read off the journal alone, so it outlives the page and the server.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cdtm.build.decided import catch_up
from cdtm.build.tables import read_beads
from cdtm.memory.journal import in_force, withdrawn
from cdtm.memory.replay import replay
from cdtm.memory.rows import rows_of_beads
from corpora.errors import UserError
from tmx_out.dates import build_time

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cdtm.build.workspace import Workspace
    from cdtm.memory.journal import Decision, Journal
    from cdtm.memory.memory import Memory


def last_done(
    decisions: Sequence[Decision], tokens: Collection[str], reviewer: str
) -> Decision | None:
    """Give the decision that an undo takes back; None if there is none.

    Args:
        decisions: of a record, the oldest first.
        tokens: of the books in which they were made.
        reviewer: who undoes; others' decisions are theirs.
    """
    back = withdrawn(decisions)
    mine = [d for d in decisions if d.book in tokens and d.reviewer == reviewer]
    done = [d for d in mine if d.effect != "withdraws" and d.id not in back]
    return done[-1] if done else None


def last_undone(
    decisions: Sequence[Decision], tokens: Collection[str], reviewer: str
) -> Decision | None:
    """Give the undo that a redo takes back; None if there is none, or more was decided since.

    Args:
        decisions: of a record, the oldest first.
        tokens: of the books in which they were made.
        reviewer: who redoes.
    """
    back = withdrawn(decisions)
    mine = [d for d in decisions if d.book in tokens and d.reviewer == reviewer]
    made = {d.id for d in mine if d.effect != "withdraws"}
    undone = [
        d for d in mine if d.effect == "withdraws" and d.id not in back and d.superseded & made
    ]
    since = max(made, default=0)
    return undone[-1] if undone and undone[-1].id > since else None


def take_back(
    workspace: Workspace, memory: Memory, journal: Journal, key: str, gone: Decision
) -> None:
    """Take back a decision, or an undo, and work the record in anew.

    Args:
        workspace: locked.
        memory: of it, open to be changed.
        journal: of it, open to be added to.
        key: of the record.
        gone: what is taken back.

    Raises:
        UserError: the record is gone, or what somebody decided later rests on it.
    """
    beads = read_beads(workspace.store, key)
    if beads is None:
        raise UserError("The record is no longer in the memory.")
    entry = replace(
        gone, id=0, time=build_time().isoformat(), effect="withdraws", supersedes=str(gone.id)
    )
    former = journal.decisions(key)
    _, before = replay(rows_of_beads(beads), in_force(former))
    _, after = replay(rows_of_beads(beads), in_force([*former, entry]))
    rests = {d.reviewer for d in former if d.id in after.keys() - before.keys()}
    if rests:
        raise UserError(
            f"This cannot be taken back: what {', '.join(sorted(rests))} decided later rests on it."
        )
    name, about = journal.books().get(gone.book, ("", {}))
    journal.add([entry], token=gone.book, name=name, about=about)
    catch_up(memory, workspace.store)
    memory.note_worked_in()
