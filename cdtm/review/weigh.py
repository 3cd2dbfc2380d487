"""A review book against the memory: what is applied, what was applied before, what conflicts.

Pure work, one record at a time; `cdtm.review.apply` reads and writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cdtm.memory.journal import Decision, in_force, standing, withdrawn
from cdtm.memory.redraw import UnplacedError
from cdtm.memory.replay import next_place, place_of, replay, work_in
from cdtm.memory.rows import in_place, rows_of_beads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from cdtm.memory.rows import UnitRow
    from tmx_out.review.reader import Filled


CHANGING: Final = ("edit", "merge with next", "split", "realign")
"""Decisions after which the unit is no longer there as the reviewer saw it."""

SETTLE: Final = ": settle it, and apply the book that is right with --settle."
"""How the reason of a conflict between two reviewers ends."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that was not applied.

    Attributes:
        filled: what the reviewer wrote.
        reason: why not, a sentence.
    """

    filled: Filled
    reason: str


@dataclass(slots=True)
class Applied:
    """What became of the rows of one record.

    Attributes:
        new: decisions to write into the journal, in the order in which they are worked in.
        unchanged: rows that the journal has already.
        conflicts: rows that are not applied.
        rows: of the record with all decisions that are in force worked in, in order.
        unplaced: why a former decision is not in them, by its id.
    """

    new: list[Decision] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    rows: list[UnitRow] = field(default_factory=list)
    unplaced: dict[int, str] = field(default_factory=dict)


def apply_to_record(
    filled: Sequence[Filled],
    beads: pl.DataFrame,
    former: Sequence[Decision],
    *,
    token: str,
    time: str,
    settle: bool,
) -> Applied:
    """Say what the rows of a book do to one record.

    Args:
        filled: rows of the record; each has its reviewer.
        beads: of the record.
        former: its decisions in the journal, the oldest first.
        token: of the book.
        time: of applying, UTC.
        settle: whether what differs from another reviewer's decision takes its place.
    """
    desk, back = _Desk(beads, former), withdrawn(former)
    of_unit = {row.tuid: row for row in filled}
    # From the last to the first, so that a unit is merged with what its successor has become.
    for row in sorted(filled, key=lambda row: in_place(row.number), reverse=True):
        same = [d for d in former if d.unit == (row.record, row.tuid, *row.hashes)]
        told = [d for d in same if d.book == token and d.reviewer == row.reviewer]
        told = [d for d in told if d.effect != "withdraws" and d.id not in back]
        # A book may be handed in twice; what a page sends was seen as it stands now.
        again = row.row == 0 and row.decision in CHANGING
        if told and told[-1].content == _content(row) and not again:
            waiting = told[-1].effect == "held" and told[-1] in standing(former)
            if not waiting:
                desk.applied.unchanged += 1
                continue
            if not settle:
                desk.refuse(row, _differs(standing(same), row))
                continue
        decision = _weighed(decision_of(row, token, time), standing(same), settle=settle)
        if decision.effect == "held":
            desk.refuse(row, _differs(standing(same), row))
        if decision.effect != "worked in":
            decision = replace(decision, confidence=same[-1].confidence, kind=same[-1].kind)
            desk.applied.new.append(decision)
            continue
        try:
            if row.decision == "merge with next" and not decision.superseded:
                desk.ask_beside(decision, of_unit)
            desk.take(decision)
        except UnplacedError as reason:
            desk.refuse(row, str(reason))
    return desk.applied


class _Desk:
    """The rows of one record while a book is worked in, decision by decision."""

    def __init__(self, beads: pl.DataFrame, former: Sequence[Decision]) -> None:
        self.applied = Applied()
        self._beads = beads
        self._force = in_force(former)
        self.applied.rows, self.applied.unplaced = replay(rows_of_beads(beads), self._force)

    def refuse(self, row: Filled, reason: str) -> None:
        """Note a row that is not applied."""
        self.applied.conflicts.append(Conflict(row, reason))

    def ask_beside(self, decision: Decision, of_unit: Mapping[str, Filled]) -> None:
        """Look whether a merger takes in a unit that the same book judges as it stands.

        Raises:
            UnplacedError: so it does; new text for the unit would go into the merger.
        """
        rows = self.applied.rows
        after = place_of(rows, decision) + 1
        beside = of_unit.get(rows[after].tuid) if after < len(rows) else None
        if beside is not None and beside.decision in ("accept", "reject", "free translation"):
            raise UnplacedError(
                f"row {beside.row} says {beside.decision} of the next unit, which this would take "
                "in: leave one of the two empty."
            )

    def take(self, decision: Decision) -> None:
        """Work a decision in, in the place of those that it supersedes.

        Raises:
            UnplacedError: it does not fit, or a later decision rests on what it would supersede;
                then all is as it was.
        """
        decision, force, rows, unplaced = self._without(decision)
        decision = _placed(rows, decision)
        work_in(rows, decision)
        self._force = [*force, decision]
        self.applied.rows, self.applied.unplaced = rows, unplaced
        self.applied.new.append(decision)

    def _without(
        self, decision: Decision
    ) -> tuple[Decision, list[Decision], list[UnitRow], dict[int, str]]:
        """Take away what a decision supersedes, and give what is left.

        One's own former decision stays where a later one rests on it: the text has come back to
        what it was then, and this is decided on top.
        """
        own = sorted(d.id for d in self._force if d.reviewer == decision.reviewer)
        gone = decision.superseded
        while True:
            force = [d for d in self._force if d.id not in gone]
            if len(force) == len(self._force):
                return _superseding(decision, gone), force, self.applied.rows, self.applied.unplaced
            rows, unplaced = replay(rows_of_beads(self._beads), force)
            lost = unplaced.keys() - self.applied.unplaced.keys()
            rests = [d.reviewer for d in force if d.id in lost]
            if not rests:
                return _superseding(decision, gone), force, rows, unplaced
            kept = next((number for number in own if number in gone), None)
            if kept is None:
                raise UnplacedError(f"the text was changed since the book was made, by {rests[0]}.")
            gone = gone - {kept}


def _superseding(decision: Decision, gone: set[int]) -> Decision:
    return replace(decision, supersedes=",".join(map(str, sorted(gone))))


def _weighed(decision: Decision, same: Sequence[Decision], *, settle: bool) -> Decision:
    """Set a decision beside those that stand on the same unit: whether it counts, and what goes."""
    mine = [d for d in same if d.reviewer == decision.reviewer]
    others = [d for d in same if d.reviewer != decision.reviewer and d.effect != "held"]
    effect = decision.effect
    gone = mine
    if any(other.verdict != decision.verdict for other in others):
        if settle:
            gone = list(same)
        else:
            effect, gone = "held", [d for d in mine if d.effect == "held"]
    elif others and not any(d.effect == "worked in" for d in mine):
        effect = "seconded"
    return replace(decision, effect=effect, supersedes=",".join(str(d.id) for d in gone))


def _placed(rows: list[UnitRow], decision: Decision) -> Decision:
    """Note which unit a merged one takes in, and what its confidence and kind are."""
    at = place_of(rows, decision)
    decision = replace(decision, confidence=rows[at].confidence, kind=rows[at].kind)
    if decision.decision != "merge with next":
        return decision
    zh, en = rows[next_place(rows, at)].hashes
    return replace(decision, next_zh_hash=zh, next_en_hash=en)


def decision_of(row: Filled, token: str, time: str) -> Decision:
    """Give the decision that a row asks for, as it is before it is weighed."""
    return Decision(
        time=time,
        reviewer=row.reviewer,
        record=row.record,
        tuid=row.tuid,
        number=row.number,
        zh_hash=row.hashes[0],
        en_hash=row.hashes[1],
        zh=row.zh,
        en=row.en,
        decision=row.decision,
        new_zh=row.new_zh,
        new_en=row.new_en,
        labels=row.label,
        comment=row.comment,
        book=token,
        sheet_row=row.row,
        confidence=0.0,
        kind="",
        stratum=row.stratum,
        drawn=row.drawn,
    )


def _content(row: Filled) -> tuple[str, ...]:
    return (row.reviewer, row.decision, row.new_zh, row.new_en, row.label, row.comment)


def _differs(same: Sequence[Decision], row: Filled) -> str:
    others = [d for d in same if d.reviewer != row.reviewer and d.effect != "held"]
    told = "; ".join(
        f"{d.reviewer} decided {d.decision}"
        + (" with other text" if d.decision == row.decision else "")
        for d in others
    )
    return f"{told or 'another reviewer decided'}, {row.reviewer} {row.decision}{SETTLE}"
