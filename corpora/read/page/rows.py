"""Lines of a page: segments on one baseline within a column, with what is raised above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from corpora.read.page.glyphs import BASELINE, SMALL, SPACE, Segment

SAME_LINE: Final = 0.3
"""Em: segments whose baselines differ by less stand on one line, big capitals beside small ones."""
RAISED: Final = (-0.25, 0.75)
"""Em of the line: how far the baseline of raised or lowered text may lie above it."""
CELL_GAP: Final = 2.0
"""Em: a wider gap within a line parts cells; a paragraph's number stands 1.1 before its text."""

_RAISED_DIGITS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its place, before indents and gaps are known.

    Attributes:
        text: as it will stand in `Line.text`.
        left, right, y, size: of the line, in points.
        page: 1-based.
        column: (how many columns the page has here, 0-based number of this one, page's parity):
            lines of one column share their margins.
        kind: ``""``, ``footnote``, or why it is no running text.
        first: no line of the page stands above it in its column.
        begins: whether a paragraph begins here, where the page shows it; None where not.
        tabular: wide gaps part it into cells, so that it shows nothing of the margins of text.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    column: tuple[int, int, int]
    kind: str = ""
    first: bool = False
    tabular: bool = False
    begins: bool | None = None


def rows_of(segments: Iterable[Segment], page: int, column: tuple[int, int, int]) -> list[Row]:
    """Join the segments of one column into lines, from top to bottom."""
    lines: list[list[Segment]] = []
    ordered = sorted(segments, key=lambda s: -s.y)
    usual = median(s.size for s in ordered) if ordered else 0.0
    small = []
    for segment in ordered:
        if segment.size < SMALL * usual and len(segment.text.strip()) < 6:
            small.append(segment)
        elif lines and lines[-1][0].y - segment.y < SAME_LINE * max(
            segment.size, lines[-1][0].size
        ):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    for segment in small:
        _attach(segment, lines)
    lines.sort(key=lambda line: -max(s.y for s in line if not s.raised))
    return [_make_row(line, page, column, first=number == 0) for number, line in enumerate(lines)]


def _attach(segment: Segment, lines: list[list[Segment]]) -> None:
    """Put a small segment on the line that it is raised above or lowered from, or on its own."""
    for line in lines:
        head = line[0]
        rise = (segment.y - head.y) / head.size
        left, right = min(s.left for s in line), max(s.right for s in line)
        if (
            RAISED[0] < rise < RAISED[1]
            and left - head.size < segment.right
            and segment.left < right + head.size
            and (segment.size < SMALL * head.size or abs(rise) < SAME_LINE)
        ):
            raised = rise > BASELINE and segment.size < SMALL * head.size
            text = segment.text.translate(_RAISED_DIGITS) if raised else segment.text
            line.append(replace(segment, text=text, raised=raised))
            return
    lines.append([segment])


def _make_row(
    segments: Sequence[Segment], page: int, column: tuple[int, int, int], *, first: bool
) -> Row:
    ordered = sorted(segments, key=lambda s: s.left)
    parts = [ordered[0].text]
    for before, segment in pairwise(ordered):
        if segment.left - before.right > SPACE * min(before.size, segment.size):
            parts.append(" ")
        parts.append(segment.text)
    text = " ".join("".join(parts).split())
    text = re.sub("\u00ad(?!$)|[\ufeff\u200b]", "", text)
    level = [s for s in ordered if not s.raised] or ordered
    longest = max(level, key=lambda s: s.right - s.left)
    return Row(
        text,
        ordered[0].left,
        ordered[-1].right,
        longest.y,
        longest.size,
        page,
        column,
        first=first,
        tabular=any(b.left - a.right > CELL_GAP * a.size for a, b in pairwise(ordered)),
    )


def is_leader(text: str) -> bool:
    """Whether dots lead from an entry to its page or person: such rows are read across."""
    return "....." in text.replace(" ", "")
