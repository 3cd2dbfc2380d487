"""A record at one look: the map of its alignment, and how many doubts there are of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cdtm.desk.record import Turn


@dataclass(frozen=True, slots=True)
class Band:
    """A row in the map of the alignment.

    Attributes:
        unit: name of the row.
        look: see `Line`.
        zh, en: where each side begins and ends, 0 to `MAP` of the whole record.
        speaker: whose turn begins with it; None if none does.
    """

    unit: str
    look: str
    zh: tuple[float, float]
    en: tuple[float, float]
    speaker: str | None


MAP: Final = 1000
"""Height of the map, in its own units."""


def bands_of(turns: Sequence[Turn]) -> list[Band]:
    """Draw a record as bands from the Chinese, on the left, to the English.

    Each side is as high as the other; the share of a text is that of its characters.
    """
    lines = [(line, turn, not n) for turn in turns for n, line in enumerate(turn.lines)]
    sides: list[list[tuple[float, float]]] = []
    for side in ("zh", "en"):
        ends = [0, *accumulate(len(getattr(line.row, side)) for line, _, _ in lines)]
        scale = MAP / max(1, ends[-1])
        sides.append([(round(a * scale, 1), round(b * scale, 1)) for a, b in pairwise(ends)])
    return [
        Band(line.row.tuid, line.look, zh, en, turn.speaker if begins else None)
        for (line, turn, begins), zh, en in zip(lines, *sides, strict=True)
    ]


def kinds_of(turns: Sequence[Turn]) -> list[tuple[str, int]]:
    """Count the flags of the rows on which nobody decided, the commonest first."""
    return Counter(
        flag for turn in turns for line in turn.lines for flag in line.flags
    ).most_common()
