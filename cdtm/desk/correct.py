"""What is decided at the desk: a row of a review book, worked in at once.

The journal, the rules of conflict and the memory are those of `cdtm audit apply`; the desk is to
them a book with the token `TOKEN` that is handed in row by row.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from cdtm.build.workspace import locked
from cdtm.desk.bitext.sample import NOTE, in_sample, note_redrawn
from cdtm.desk.record import name_of, record_of_key
from cdtm.memory.backup import keep_copy, mend_journal
from cdtm.memory.journal import NAME, Journal, in_force
from cdtm.memory.memory import Memory
from cdtm.review.apply import work_in_book
from cdtm.review.weigh import SETTLE
from cdtm.review.withdraw import last_done, last_undone, take_back
from corpora.errors import UserError
from tmx_out.review.form import DECISIONS, LABELS
from tmx_out.review.reader import Filled, ReadBook, new_text, text_fault
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cdtm.build.workspace import Workspace
    from cdtm.memory.rows import UnitRow

TOKEN: Final = "desk"
"""Names the desk among the books of the journal."""

ABOUT: Final = {"kind": "desk"}
"""How its units were drawn: as people came upon them, so no figure is estimated from them."""

LONGEST: Final = 30_000
"""Characters of a side or a comment; a cell of a book holds as many."""

LONGEST_DRAWN: Final = 1_000_000
"""Characters of a side that the desk itself has drawn up, of many units."""

WAITS: Final = ": yours waits; Mine counts puts it in the other's place."
"""How it ends on a page that one's decision differs from another reviewer's."""

OF_NULL_LINKS: Final = ("accept", "edit", "merge with next", "realign", "pin")
"""What can be decided on a row with an empty side; accepted it has no translation indeed."""

_one_at_a_time = Lock()
"""Two tabs of one desk wait for each other; another program that builds is told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction.

    Attributes:
        conflict: why it was not worked in, a sentence; empty if it was.
        can_settle: whether it differs from another reviewer's decision and may take its place.
        tuid: of the unit that was decided on; empty if there was nothing to do.
    """

    conflict: str = ""
    can_settle: bool = False
    tuid: str = ""


def correct(workspace: Workspace, asked: Mapping[str, Any], reviewer: str) -> Outcome:
    """Work one decision in.

    Args:
        workspace: with a memory.
        asked: ``record``, its key; ``unit``, the `name_of` the row as the page shows it;
            ``decision``; ``new_zh, new_en, label, comment, settle`` where they are wanted;
            ``drawn`` comes from `cdtm.desk.bitext.propose` and from no page.
        reviewer: who decides.

    Raises:
        UserError: something is not what it should be, or a build is at work.
    """
    with writing(workspace) as (memory, journal):
        rows = memory.rows_of(record_of_key(memory, text_of(asked, "record")))
        row = next((row for row in rows if name_of(row) == text_of(asked, "unit")), None)
        if row is None:
            return Outcome("This row was changed meanwhile: look at it as it is now.")
        if asked.get("decision") == "pin" and row.status not in (None, "realigned"):
            return _unpin(workspace, memory, journal, row, text_of(asked, "record"), reviewer)
        drawn = in_sample(workspace, text_of(asked, "record"), row.tuid)
        token, (about, stratum) = (NOTE, drawn) if drawn else (TOKEN, (ABOUT, ""))
        filled = replace(filled_row(asked, row, reviewer), stratum=stratum)
        book = ReadBook(token, about, (filled,), (), 0)
        settle = asked.get("settle") is True
        report = work_in_book(workspace, memory, journal, book, name="the desk", settle=settle)
        note_redrawn(workspace, memory, text_of(asked, "record"))
    if report.conflicts:
        _, _, reason, _ = report.conflicts[0]
        differ = reason.removesuffix(SETTLE)
        return Outcome(differ + WAITS if differ != reason else reason, differ != reason, row.tuid)
    return Outcome(tuid=row.tuid)


def undo(workspace: Workspace, key: str, reviewer: str, *, redo: bool) -> Outcome:
    """Take back this reviewer's last decision on a record, or the last taking back.

    Raises:
        UserError: later decisions rest on it, or a build is at work.
    """
    with writing(workspace) as (memory, journal):
        find = last_undone if redo else last_done
        gone = find(journal.decisions(key), (TOKEN, NOTE), reviewer)
        if gone is None:
            return Outcome()
        take_back(workspace, memory, journal, key, gone)
        note_redrawn(workspace, memory, key)
    return Outcome(tuid=gone.tuid)


def _unpin(
    workspace: Workspace,
    memory: Memory,
    journal: Journal,
    row: UnitRow,
    key: str,
    reviewer: str,
) -> Outcome:
    """Take this reviewer's pin off a row.

    Raises:
        UserError: it is not his, or the row stays in its place for what was decided on it.
    """
    if row.status != "pinned":
        raise UserError("What was decided on this row keeps it in its place already.")
    mine = [
        d
        for d in in_force(journal.decisions(key))
        if (d.decision, d.tuid, d.reviewer) == ("pin", row.tuid, reviewer)
    ]
    if not mine:
        raise UserError(f"This row was pinned by {row.by}: accept or reject it, or leave it.")
    take_back(workspace, memory, journal, key, mine[-1])
    return Outcome(tuid=row.tuid)


@contextmanager
def writing(workspace: Workspace) -> Iterator[tuple[Memory, Journal]]:
    """Hold the memory and the journal open to be changed, as `cdtm audit apply` does.

    Raises:
        UserError: a build is at work, or one of them cannot be used.
    """
    path = workspace.folder / NAME
    with _one_at_a_time, locked(workspace.folder):
        mend_journal(path)
        with (
            Journal.open(path, create=True) as journal,
            Memory.open(workspace.memory, create=True, journal=journal) as memory,
        ):
            yield memory, journal
        keep_copy(path)


def filled_row(asked: Mapping[str, Any], row: UnitRow, reviewer: str) -> Filled:
    """Make a filled row of a book of what a page sends about a unit.

    Raises:
        UserError: something is of another kind, too long, or does not go together.
    """
    decision, label = text_of(asked, "decision"), text_of(asked, "label")
    if decision not in DECISIONS:
        raise UserError(f"There is no decision {decision or 'without a name'}.")
    if not (row.zh and row.en) and decision not in OF_NULL_LINKS:
        raise UserError(
            "A null link holds no pair to decide on: accept it as one, edit it, or merge it."
        )
    if label and label not in LABELS:
        raise UserError(f"There is no label {label}.")
    new_zh = new_text(text_of(asked, "new_zh"), "zh", decision)
    new_en = new_text(text_of(asked, "new_en"), "en", decision)
    fault = text_fault(decision, {"zh": row.zh, "en": row.en}, new_zh, new_en)
    if fault:
        raise UserError(f"{fault[0].upper()}{fault[1:]}")
    return Filled(
        row=0,
        record=text_of(asked, "record"),
        tuid=row.tuid,
        number=row.number,
        hashes=row.hashes,
        stratum="",
        zh=row.zh,
        en=row.en,
        decision=decision,
        new_zh=new_zh,
        new_en=new_en,
        label=label,
        comment=clean_text(text_of(asked, "comment"))[0],
        reviewer=reviewer,
        drawn=text_of(asked, "drawn"),
    )


def text_of(asked: Mapping[str, Any], name: str) -> str:
    """Give a text that a page sends; empty if it sends none.

    Raises:
        UserError: it is no text, or too long.
    """
    value = asked.get(name, "")
    longest = LONGEST if not asked.get("drawn") else LONGEST_DRAWN
    if not isinstance(value, str) or len(value) > longest:
        raise UserError(f"The {name} is no text of at most {longest:,} characters.")
    return value
