"""Neighbouring rows paired anew: others with the same texts come into their place.

What the decision holds is the new pairs, a line each. Which rows they come in the place of is told
by their characters, so that no text can be lost or added, whatever became of the rows.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from cdtm.memory.rows import SECOND, in_place
from tmx_out.review.form import NOTHING, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cdtm.memory.journal import Decision
    from cdtm.memory.rows import UnitRow

Pair = tuple[str, str]
"""Chinese and English; one may be empty."""


class UnplacedError(Exception):
    """A decision does not fit the units; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is known of the units of a "realign" when it is decided.

    Attributes:
        status: ``edited`` by a person, or ``realigned`` by the aligner: then their tier is that of
            their confidence and flags.
        units: confidence (0 to 1), flags with commas between, and kind of each.
    """

    status: str
    units: tuple[tuple[float, str, str], ...]

    def as_text(self) -> str:
        """Write it for the journal."""
        return json.dumps([self.status, *self.units])

    @classmethod
    def of_text(cls, text: str) -> Drawn:
        """Read it from the journal; what was decided in a book says nothing."""
        status, *units = json.loads(text) if text else ["edited"]
        return cls(status, tuple(map(tuple, units)))


def as_lines(pairs: Iterable[Pair]) -> tuple[str, str]:
    """Write pairs as the new texts of a decision."""
    zh, en = zip(*((zh or NOTHING, en or NOTHING) for zh, en in pairs), strict=True)
    return "\n".join(zh), "\n".join(en)


def pairs_of(new_zh: str, new_en: str) -> list[Pair]:
    """Read pairs from the new texts of a decision.

    Raises:
        UnplacedError: the sides have not as many lines, or none.
    """
    sides = [["" if one == NOTHING else one for one in lines_of(new)] for new in (new_zh, new_en)]
    if not sides[0] or len(sides[0]) != len(sides[1]):
        raise UnplacedError("new zh and new en need a line for each new unit.")
    return list(zip(*sides, strict=True))


def redraw(rows: list[UnitRow], at: int, decision: Decision) -> None:
    """Put the pairs of a decision in the place of the rows that hold their texts.

    A row that is among the pairs as it was stays as it was.

    Args:
        rows: of a record.
        at: place of the first row.
        decision: "realign".

    Raises:
        UnplacedError: no rows from `at` on have exactly these texts, one was rejected, or there is
            no room; then nothing is changed.
    """
    pairs, drawn = pairs_of(decision.new_zh, decision.new_en), Drawn.of_text(decision.drawn)
    stop = end_of_run(rows, at, pairs)
    old, left = rows[at:stop], list(rows[at:stop])
    names = {row.tuid for row in (*rows[:at], *rows[stop:])}
    new: list[UnitRow] = []
    shares = _shares(old, pairs)
    for number, pair in enumerate(pairs):
        same = next((row for row in left if _bare_pair((row.zh, row.en)) == _bare_pair(pair)), None)
        if same is not None:
            left.remove(same)
            new.append(same)
            continue
        told = drawn.units[number] if len(drawn.units) == len(pairs) else None
        origin = old[_largest(shares[number][0 if pair[0] else 1])]
        new.append(_made(origin, pair, old, told, drawn.status, decision))
    if any(row.status == "rejected" for row in left):
        raise UnplacedError("a unit among these was rejected, so they cannot be paired anew.")
    ids = _numbers(rows, (at, stop), [_largest(map(sum, zip(*one, strict=True))) for one in shares])
    kept = {id(row) for row in old if row not in left}
    names |= {row.tuid for row in new if id(row) in kept}
    for row, number in zip(new, ids, strict=True):
        row.id = number
        if id(row) not in kept:
            row.tuid = _name(row.tuid, names)
            names.add(row.tuid)
    rows[at:stop] = new


def end_of_run(rows: Sequence[UnitRow], at: int, pairs: Sequence[Pair]) -> int:
    """Find where the rows end that hold the characters of some pairs, white space apart.

    Raises:
        UnplacedError: no rows from `at` on do.
    """
    wanted = [Counter(_bare("".join(pair[side] for pair in pairs))) for side in (0, 1)]
    for stop in range(at, len(rows)):
        for side, text in enumerate((rows[stop].zh, rows[stop].en)):
            wanted[side].subtract(_bare(text))
        if not any(count for signs in wanted for count in signs.values()):
            return stop + 1
        if any(count < 0 for signs in wanted for count in signs.values()):
            break
    raise UnplacedError("the new texts are not those of this unit and the ones after it.")


def _made(
    origin: UnitRow,
    pair: Pair,
    old: Sequence[UnitRow],
    told: tuple[float, str, str] | None,
    status: str,
    decision: Decision,
) -> UnitRow:
    """Make a row of a pair, with the speaker and the page of the row that most of it was in."""
    zh, en = pair
    usual = min(row.confidence for row in old), "", ""
    confidence, flags, kind = told or usual
    return replace(
        origin,
        zh=zh,
        en=en,
        zh_first=origin.zh_first if zh == origin.zh else len(zh),
        zh_last=origin.zh_last if zh == origin.zh else len(zh),
        en_first=origin.en_first if en == origin.en else len(en),
        en_last=origin.en_last if en == origin.en else len(en),
        confidence=confidence,
        flags=flags,
        kind=kind,
        status=status,
        speaker=origin.speaker or next((row.speaker for row in old if row.speaker), ""),
        by=decision.reviewer,
        at=decision.time,
        taken=frozenset({decision.tuid}).union(*(row.taken for row in old)),
    )


def _shares(old: Sequence[UnitRow], pairs: Sequence[Pair]) -> list[list[list[int]]]:
    """Say how much of each pair lies where each row lay, pair by pair, Chinese, then English.

    By places alone: texts that were exchanged are named by where they stand now.
    """
    found: list[list[list[int]]] = [[] for _ in pairs]
    for side in (0, 1):
        begun = _ends((row.zh, row.en)[side] for row in old)
        ends = _ends(pair[side] for pair in pairs)
        for shares, (a, b) in zip(found, pairwise(ends), strict=True):
            shares.append([max(0, min(b, d) - max(a, c)) for c, d in pairwise(begun)])
    return found


def _ends(texts: Iterable[str]) -> list[int]:
    return [0, *accumulate(len(_bare(text)) for text in texts)]


def _largest(shares: Iterable[int]) -> int:
    """Give the place of the first of the largest."""
    shares = list(shares)
    return shares.index(max(shares))


def _numbers(rows: Sequence[UnitRow], run: tuple[int, int], origins: Sequence[int]) -> list[int]:
    """Give ids in rising order for new rows, each as near to its origin's as there is room.

    Args:
        rows: of the record.
        run: half-open range of those that are replaced.
        origins: places in the run, one for each new row.

    Raises:
        UnplacedError: there are fewer ids than new rows.
    """
    at, stop = run
    first = in_place(rows[at].id)
    last = in_place(rows[stop].id) if stop < len(rows) else in_place((rows[-1].id + 1) & ~SECOND)
    free = [
        number | half
        for number in range(first[0], last[0] + 1)
        for half in (0, SECOND)
        if first <= (number, half) < last
    ]
    if len(origins) > len(free):
        raise UnplacedError("these rows have no room for so many: pair fewer of them at once.")
    found, least = [], 0
    for left, origin in zip(range(len(origins), 0, -1), origins, strict=True):
        place = max(least, min(free.index(rows[at + origin].id), len(free) - left))
        found.append(free[place])
        least = place + 1
    return found


def _name(wanted: str, taken: set[str]) -> str:
    """Give the name of a unit, with a letter behind it if another has it: its sentence is cut."""
    letters = iter("bcdefghijklmnopqrstuvwxyz")
    name = wanted
    while name in taken:
        name = wanted + next(letters, f"-{len(taken)}")
    return name


def _bare(text: str) -> str:
    return "".join(text.split())


def _bare_pair(pair: Pair) -> Pair:
    return _bare(pair[0]), _bare(pair[1])
