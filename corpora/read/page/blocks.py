"""Blocks of a page: segments that follow each other in its content, one right below the other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from corpora.lazy import lazy_pattern
from corpora.read.page.margins import first_width
from corpora.read.page.rows import CELL_GAP, RAISED, SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Segment

LEADING: Final = 1.7
"""Em between the base lines of a cell; paragraphs and rows are further apart, or may be."""
ALIGNED: Final = 3.0
"""Points by which the edges or middles of a cell's lines may differ."""
ENDED: Final = lazy_pattern(r"[.!?:;。！？：；][”’\"'）)\]》」』]*[⁰¹²³⁴-⁹]*$")
"""A sentence, or an entry of a list, ends so."""
INDENT: Final = 3.0
"""Em by which the first line of a block may be set in or out."""
HEADING: Final = 0.93
"""Size of a row's letters, of those of a heading above it."""
SIZES: Final = 0.75
"""Size of a line in a block, of its neighbour's."""


class Block:
    """Segments that follow each other in a page's content, in one strip of it.

    Attributes:
        segments: in the order of the content.
        left, right, top, bottom: edges in points; top and bottom are base lines.
        last: the longest segment of the last line.
    """

    def __init__(self, first: Segment) -> None:
        self.segments = [first]
        self.left, self.right = first.left, first.right
        self.top = self.bottom = first.y
        self.last = first

    def add(self, segment: Segment) -> None:
        """Take one more segment in."""
        self.segments.append(segment)
        self.left, self.right = min(self.left, segment.left), max(self.right, segment.right)
        self.top, self.bottom = max(self.top, segment.y), min(self.bottom, segment.y)
        level = abs(segment.y - self.last.y) < SAME_LINE * self.last.size
        if not level or segment.right - segment.left > self.last.right - self.last.left:
            self.last = segment

    def takes(self, segment: Segment) -> bool:
        """Whether `segment` stands on the block's last line, or on the one below it."""
        last, before = self.last, self.segments[-1]
        size = max(last.size, segment.size)
        rise = segment.y - last.y
        if RAISED[0] * size < rise < RAISED[1] * size:
            return -size < segment.left - before.right < CELL_GAP * size
        if not 0.5 * size < -rise < LEADING * size or min(last.size, segment.size) < SIZES * size:
            return False
        if segment.left >= self.right or segment.right <= self.left:
            return False
        return (
            abs(segment.left - self.left) < INDENT * size
            or abs(segment.right - self.right) < ALIGNED
            or abs(segment.left + segment.right - self.left - self.right) < 2 * ALIGNED
        )

    @property
    def lines(self) -> int:
        """Number of lines, raised figures not counted."""
        count, y = 1, self.segments[0].y
        for segment in self.segments:
            if y - segment.y > 0.5 * segment.size:
                count, y = count + 1, segment.y
        return count


def make_blocks(segments: Sequence[Segment]) -> list[Block]:
    """Make blocks of the segments of a page, in the order of its content."""
    blocks: list[Block] = []
    for segment, after in zip_longest(segments, segments[1:]):
        if blocks and blocks[-1].takes(segment) and not _opens_row(blocks[-1], segment, after):
            blocks[-1].add(segment)
        else:
            blocks.append(Block(segment))
    return blocks


def _opens_row(block: Block, segment: Segment, after: Segment | None) -> bool:
    """Whether a row of a table begins right below a block: another cell follows on the line.

    Unless the block goes on, in letters of its size: where figures stand beside the last line of an
    entry, the line before it is full and has not ended.
    """
    if (
        after is None
        or abs(after.y - segment.y) > SAME_LINE * segment.size
        or after.left - segment.right < CELL_GAP * segment.size
    ):
        return False
    last = block.last
    room = last.right + first_width(segment) + 0.5 * segment.size < block.right
    heading = segment.size < HEADING * last.size
    return room or heading or ENDED.search(last.text.rstrip()) is not None
