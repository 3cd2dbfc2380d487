"""Chinese that runs down the page, its lines following each other from right to left."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from corpora.chinese import is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Glyph

LEAST: Final = 20
"""Letters right below each other: fewer are a name on a sign, or the head of a table's column."""
SHARE: Final = 0.6
"""Share of the steps from a letter to the next that lead down, and of ideographs among these."""
STEP: Final = (0.6, 1.7)
"""Em from a letter to the next below it."""
ASCENT: Final = 0.88
"""Em from an ideograph's base line to its top."""
DOWN: Final = 3
"""What `Glyph.turn` is of such text: its lines run to the right when it is turned so."""


def turn_vertical(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Turn what runs down so that it runs to the right; all as it is where little does.

    Args:
        glyphs: of a page, in the order of its content.
    """
    letters = [glyph for glyph in glyphs if glyph.text.strip()]
    steps = [_leads_down(before, after) for before, after in pairwise(letters)]
    if sum(steps) < LEAST or sum(steps) < SHARE * len(steps):
        return glyphs
    runs: list[list[Glyph]] = [letters[:1]]
    for leads, glyph in zip(steps, letters[1:], strict=True):
        if not leads:
            runs.append([])
        runs[-1].append(glyph)
    lines = [glyph for run in runs if len(run) > 1 for glyph in run]
    if sum(is_han(glyph.text) for glyph in lines) < SHARE * len(lines):
        return glyphs
    return [glyph for run in runs for glyph in (_turn(run) if len(run) > 1 else run)]


def _leads_down(before: Glyph, after: Glyph) -> bool:
    """Whether the second of two letters stands right below the first."""
    size = before.size
    down = STEP[0] * size < before.y - after.y < STEP[1] * size
    return down and after.left < before.right and before.left < after.right


def _turn(run: Sequence[Glyph]) -> list[Glyph]:
    """Turn one line: it lies as high as its ideographs stand to the right; its marks may not."""
    line = median(glyph.left for glyph in run)
    tops = [-(glyph.y + ASCENT * glyph.size) for glyph in run]
    return [
        glyph._replace(left=top, right=top + glyph.size, y=line, turn=DOWN)
        for glyph, top in zip(run, tops, strict=True)
    ]
