"""Lines that are stretched to the width of a narrow column: their words stand apart as cells do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.read.page.glyphs import BASELINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Segment

LEAST_FULL: Final = 4
"""Lines of the page that fill the column from edge to edge, none of them parted."""
LEAST_WORDS: Final = 3
"""Words of a stretched line: the space between two alone has nothing to be equal to."""
EQUAL: Final = 0.15
"""Em by which the spaces of a stretched line may differ; cells are as wide as they need."""
EDGE: Final = 1.5
"""Points by which lines that fill a column may end at different places."""
INDENT: Final = 4.0
"""Em by which a paragraph's first line is set in."""


def close_justified(segments: Sequence[Segment]) -> list[Segment]:
    """Join the words of stretched lines.

    Args:
        segments: of a page, in the order of its content.

    Returns:
        The same in that order, the words of each stretched line one segment.
    """
    ends = Counter((round(s.left), round(s.right)) for s in segments if " " in s.text.strip())
    columns = [ends_at for ends_at, count in ends.items() if count >= LEAST_FULL]
    if not columns:
        return list(segments)
    out: list[Segment] = []
    line: list[Segment] = []
    for segment in segments:
        if line and not _goes_on(line[-1], segment):
            out += _join(line, columns)
            line = []
        line.append(segment)
    return out + (_join(line, columns) if line else [])


def _goes_on(before: Segment, after: Segment) -> bool:
    size = min(before.size, after.size)
    return abs(before.y - after.y) < BASELINE * size and after.left > before.right


def _join(line: list[Segment], columns: Sequence[tuple[int, int]]) -> list[Segment]:
    """Make one segment of a line's words where equal spaces stretch it over a column."""
    if len(line) < LEAST_WORDS:
        return line
    left, right, size = line[0].left, line[-1].right, line[0].size
    gaps = [after.left - before.right for before, after in pairwise(line)]
    fills = any(
        abs(right - end) < EDGE and -EDGE < left - start < INDENT * size for start, end in columns
    )
    if not fills or max(gaps) - min(gaps) > EQUAL * size:
        return line
    text = " ".join(segment.text.strip() for segment in line)
    return [replace(line[0], text=text, right=right)]
