"""What decisions do to the units of one record: pure work on the rows of its beads.

A memory is always made from the beads and then from the decisions in the order of the journal, so
that a rebuild, or an alignment that has changed, ends where it did before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cdtm.memory.redraw import UnplacedError, redraw
from cdtm.memory.rows import SECOND, in_place
from corpora import Sentence
from tmx_out.review.form import lines_of
from tmx_out.units import join_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cdtm.memory.journal import Decision
    from cdtm.memory.rows import UnitRow
    from corpora import Language


def replay(
    rows: Iterable[UnitRow], decisions: Iterable[Decision]
) -> tuple[list[UnitRow], dict[int, str]]:
    """Work decisions into the rows of a record.

    Args:
        rows: of its beads, in their order; they are changed.
        decisions: that are in force, the oldest first.

    Returns:
        The rows in their order, and why a decision could not be worked in, by its id.
    """
    found, unplaced = list(rows), {}
    for decision in decisions:
        try:
            work_in(found, decision)
        except UnplacedError as reason:
            unplaced[decision.id] = str(reason)
    return found, unplaced


def work_in(rows: list[UnitRow], decision: Decision) -> None:
    """Work one decision into the rows of its record.

    Raises:
        UnplacedError: its unit is not there, or does not allow it; then nothing is changed.
    """
    at = place_of(rows, decision)
    _EFFECTS[decision.decision](rows, at, decision)
    row = rows[at]
    row.by, row.at, row.taken = decision.reviewer, decision.time, row.taken | {decision.tuid}


def place_of(rows: list[UnitRow], decision: Decision) -> int:
    """Find the unit of a decision: by its texts, then by its name, then by its place.

    Raises:
        UnplacedError: no unit has these texts.
    """
    wanted = decision.zh_hash, decision.en_hash
    named = [at for at, row in enumerate(rows) if row.tuid == decision.tuid]
    for at in named:
        if rows[at].hashes == wanted:
            return at
    # The alignment has changed: the same texts under another name, which no other decision means.
    place = in_place(decision.number)
    same = [at for at, row in enumerate(rows) if not row.taken and row.hashes == wanted]
    if same:
        return min(same, key=lambda at: abs(in_place(rows[at].number)[0] - place[0]))
    if not named:
        raise UnplacedError("the unit is no longer in the record.")
    if by := rows[named[0]].by:
        raise UnplacedError(f"the text was changed since the book was made, by {by}.")
    raise UnplacedError("the text is another since the record was built anew.")


def next_place(rows: list[UnitRow], at: int) -> int:
    """Find the row that "merge with next" joins to one.

    Raises:
        UnplacedError: there is none.
    """
    if at + 1 >= len(rows):
        raise UnplacedError("it is the last unit of the record: there is none to merge it with.")
    if rows[at + 1].status == "rejected":
        raise UnplacedError("the next unit was rejected, so it cannot be merged.")
    return at + 1


def _accept(rows: list[UnitRow], at: int, _decision: Decision) -> None:
    rows[at].status = "accepted"


def _reject(rows: list[UnitRow], at: int, _decision: Decision) -> None:
    rows[at].status = "rejected"


def _pin(rows: list[UnitRow], at: int, _decision: Decision) -> None:
    rows[at].status = "pinned"


def _edit(rows: list[UnitRow], at: int, decision: Decision) -> None:
    row = rows[at]
    supplied = not (row.zh and row.en)
    _write(row, decision.new_zh or row.zh, decision.new_en or row.en)
    row.status = "edited"
    if supplied and row.zh and row.en:  # an omission that has become a unit
        row.kind = "-".join("1" if count == "0" else count for count in row.kind.split("-"))
        beside = {
            r.speaker for r in rows[max(0, at - 1) : at + 2] if r is not row and r.zh and r.en
        }
        row.speaker = beside.pop() if len(beside) == 1 else ""


def _complain(rows: list[UnitRow], at: int, decision: Decision) -> None:
    if decision.new_zh or decision.new_en:
        _edit(rows, at, decision)
    else:
        rows[at].status = decision.decision


def _merge(rows: list[UnitRow], at: int, decision: Decision) -> None:
    other = next_place(rows, at)
    row, following = rows[at], rows[other]
    if decision.next_zh_hash is not None and following.hashes != (
        decision.next_zh_hash,
        decision.next_en_hash,
    ):
        raise UnplacedError("the next unit is another than the one it was merged with.")
    if not row.zh:  # a unit is named by its first Chinese sentence
        row.tuid = following.tuid
    merged = replace(
        following,
        id=row.id,
        zh_first=row.zh_first if row.zh else following.zh_first,
        zh_last=following.zh_last if following.zh else row.zh_last,
        en_first=row.en_first if row.en else following.en_first,
        en_last=following.en_last if following.en else row.en_last,
    )
    row.zh_first, row.zh_last = merged.zh_first, merged.zh_last
    row.en_first, row.en_last = merged.en_first, merged.en_last
    zh, en = joined(row.zh, following.zh, "zh"), joined(row.en, following.en, "en")
    row.zh, row.en, row.flags = zh, en, ""
    if decision.new_zh or decision.new_en:
        _write(row, decision.new_zh or zh, decision.new_en or en)
    row.kind = _added(row.kind, following.kind)
    row.confidence = min(row.confidence, following.confidence)
    row.speaker = row.speaker or following.speaker
    row.paragraph = row.paragraph or following.paragraph
    row.page = row.page or following.page
    row.status = "edited"
    row.taken |= following.taken
    del rows[other]


def _split(rows: list[UnitRow], at: int, decision: Decision) -> None:
    row = rows[at]
    if row.id & SECOND:
        raise UnplacedError("it is a half of a split already: edit the whole unit instead.")
    zh, en = (halves(text) for text in (decision.new_zh, decision.new_en))
    second = replace(row, id=row.id | SECOND, tuid=f"{row.tuid}b", kind="")
    row.kind = ""
    for half, of_zh, of_en in ((row, zh[0], en[0]), (second, zh[1], en[1])):
        _write(half, of_zh, of_en)
        half.status = "edited"
    second.by, second.at = decision.reviewer, decision.time
    rows.insert(at + 1, second)


def halves(text: str) -> tuple[str, str]:
    """Part a cell at its one line break.

    Raises:
        UnplacedError: it has none, or several.
    """
    lines = lines_of(text)
    if len(lines) != 2:
        raise UnplacedError(
            "a split needs both halves in new zh and in new en, with one line break between."
        )
    return lines[0], lines[1]


_EFFECTS: dict[str, Callable[[list[UnitRow], int, Decision], None]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "merge with next": _merge,
    "split": _split,
    "realign": redraw,
    "pin": _pin,
    "wrong segmentation": _complain,
    "translation error": _complain,
    "free translation": _complain,
}


def _write(row: UnitRow, zh: str, en: str) -> None:
    """Give a row other texts; what was said of the old ones is no longer said."""
    if zh != row.zh:
        row.zh, row.zh_first, row.zh_last = zh, len(zh), len(zh)
    if en != row.en:
        row.en, row.en_first, row.en_last = en, len(en), len(en)
    row.flags = ""


def joined(one: str, two: str, language: Language) -> str:
    """Join two texts of one side, of which either may be empty."""
    return join_sentences([Sentence(text) for text in (one, two) if text], language)


def _added(one: str, two: str) -> str:
    """Add two kinds: 1-1 and 0-1 give 1-2."""
    counts = [kind.split("-") for kind in (one, two)]
    if any(len(count) != 2 for count in counts):
        return ""
    return "-".join(str(int(a) + int(b)) for a, b in zip(*counts, strict=True))
