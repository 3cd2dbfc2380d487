"""Characters of a page, and the segments that those that touch make on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Final, NamedTuple

SPACE: Final = 0.16
"""Em: a wider gap between two boxes is a space. Spaces are .25 em, squeezed ones .18; tracked
New York records have .05 between letters, letter-spaced Chinese .28."""
SEGMENT_GAP: Final = 0.8
"""Em: a wider gap ends a segment. Gutters are 1 em and more; the gaps of justified lines that are
cut too are closed again within the column."""
BASELINE: Final = 0.12
"""Em: baselines that differ by less are one."""
SMALL: Final = 0.82
"""Of the size of its neighbours: raised text is not larger (.65 is usual)."""


Box = tuple[float, float, float, float]
"""Left, bottom, right and top edge in points."""


@dataclass(slots=True, eq=False)
class Source:
    """What all characters of one text object share.

    Attributes:
        font_size: before the text's own matrix, in its units.
        ink: colour of the letters: red, green, blue and alpha in one number.
        invisible: drawn without ink.
        why: a reason why it is no text of the page; ``""`` if there is none.
        clip: what its clipping paths leave over; None where nothing is cut.
        cut: a part of it may lie outside the page or the clip.
    """

    font_size: float = 1.0
    ink: int = 0xFF
    invisible: bool = False
    why: str = ""
    clip: Box | None = None
    cut: bool = False


PRINTED: Final = Source()


class Glyph(NamedTuple):
    """A printed character, turned so that its text runs to the right.

    Attributes:
        text: one character, or the letters of a ligature.
        left, right: edges of its advance, in points.
        y: its baseline, in points upwards.
        size: its em, in points.
        turn: by how many right angles, anticlockwise, it stands on the page.
        order: its place in the page's content.
        source: the text object that it belongs to.
        why: a reason why it is no text of the page; ``""`` if there is none.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    turn: int = 0
    order: int = 0
    source: Source = PRINTED
    why: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that touch, on one baseline.

    Attributes:
        text: with the spaces between words.
        left, right, y, size: its edges, baseline and em, in points.
        raised: small figures above the line's baseline.
        ink: colour of its letters.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    raised: bool = False
    ink: int = 0xFF


def make_segments(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Join characters that follow each other on a baseline; those printed twice count once."""
    segments: list[list[Glyph]] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    before: Glyph | None = None
    for glyph in glyphs:
        if glyph.text != " ":
            # The letters of one ligature share a box too, but they follow each other.
            place = (glyph.text, int(glyph.left), int(glyph.y))
            same = seen.get(place) or seen.get((place[0], place[1] - 1, place[2]))
            if same is not None and glyph.order - same.order > 1 and _overprints(glyph, same):
                continue
            seen[place] = glyph
        if before is not None and _touches(before, glyph):
            segments[-1].append(glyph)
        else:
            segments.append([glyph])
        before = glyph
    return [made for made in map(_finish_segment, segments) if made is not None]


def _overprints(glyph: Glyph, same: Glyph) -> bool:
    """Whether the same character is printed again a hair beside: bold for want of a bold font."""
    near = BASELINE * glyph.size
    return abs(glyph.left - same.left) < near and abs(glyph.y - same.y) < near


def _touches(before: Glyph, glyph: Glyph) -> bool:
    small, size = before.size, glyph.size
    if small > size:
        small, size = size, small
    return (
        abs(before.y - glyph.y) < BASELINE * size
        and small > SMALL * size
        and -SEGMENT_GAP * size < glyph.left - before.right < SEGMENT_GAP * size
        and glyph.left > before.left - SEGMENT_GAP * size
    )


_LEFT, _RIGHT, _Y, _SIZE = map(attrgetter, ("left", "right", "y", "size"))


def _finish_segment(glyphs: Sequence[Glyph]) -> Segment | None:
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    if not printed:
        return None
    parts = [glyphs[0].text]
    for before, glyph in pairwise(glyphs):
        if glyph.left - before.right > SPACE * glyph.size:
            parts.append(" ")
        parts.append(glyph.text)
    return Segment(
        "".join(parts),
        min(map(_LEFT, printed)),
        max(map(_RIGHT, printed)),
        median(map(_Y, printed)),
        median(map(_SIZE, printed)),
        ink=printed[0].source.ink,
    )
