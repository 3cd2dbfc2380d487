"""What is printed over a page or beside its text: watermarks, shadows, numbers of lines.

A watermark in upright letters lies across lines of text, much larger than they are or in another
ink. Numbers in the margin count lines of running text: they rise by one step, each on the level of
a line, outside the column; in a page of two columns those of the second go on from the first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final

from corpora.read.page.rows import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from corpora.read.page.glyphs import Segment

WATERMARK: Final = "watermark"
DOUBLED: Final = "doubled text"
LINE_NUMBER: Final = "line number"

DOUBLE: Final = 0.6
"""Em: the same text so near to itself is its shadow; lines are 1 em apart and more."""
LEAST_DOUBLE: Final = 4
"""Characters of such a text: a single letter or number may stand twice so near."""
MOST_ALIKE: Final = 100
"""Places of one text on a page that are remembered: a page has some dozens of a cell's text."""
LARGE: Final = 1.5
"""Size of a watermark in the ink of the text, of the text's."""
CROSSED: Final = 0.25
"""Share of a line's height within which two texts must overlap to lie on each other."""
HEIGHT: Final = 0.7
"""Em: height of letters above the base line."""
LEAST_NUMBERS: Final = 4
"""Line numbers on a page: fewer are a table's, or chance."""
STEPS: Final = (1, 2, 5, 10)
"""Lines from one number to the next, as word processors offer it."""
NUMBERED: Final = 0.3
"""Share of the numbered lines that must run to the column's edge: those of a list are short."""
EDGES: Final = 4
"""Lines of head and foot, which are not counted."""
COVERED: Final = 0.8
"""Share of a page's lines that must be counted: a list seldom fills a page."""
FULL: Final = 0.8
"""Width of such a line, of the column's."""
ALIGNED: Final = 1.5
"""Points: numbers of one column end at one place."""


def part_stamps(
    segments: Sequence[Segment], edges: Collection[float] = ()
) -> tuple[list[Segment], list[tuple[Segment, str]]]:
    """Part what is printed over or beside the text of a page from it.

    Args:
        segments: of the page.
        edges: right edges of the numbers of lines on other pages, in points.

    Returns:
        The text in the order given, and the rest with its reason, ``watermark``,
        ``line number`` or ``doubled text``.
    """
    marked = {id(segment): DOUBLED for segment in _find_shadows(segments)}
    for segment in _find_watermarks([s for s in segments if id(s) not in marked]):
        marked[id(segment)] = WATERMARK
    rest = [segment for segment in segments if id(segment) not in marked]
    for segment in _find_line_numbers(rest, edges):
        marked[id(segment)] = LINE_NUMBER
    if not marked:
        return list(segments), []
    text = [segment for segment in segments if id(segment) not in marked]
    return text, [(s, marked[id(s)]) for s in segments if id(s) in marked]


def _find_shadows(segments: Sequence[Segment]) -> list[Segment]:
    """What is printed a second time a little beside itself."""
    seen: dict[str, list[Segment]] = {}
    found = []
    for segment in segments:
        text = segment.text.strip()
        if len(text) < LEAST_DOUBLE:
            continue
        near, others = DOUBLE * segment.size, seen.setdefault(text, [])
        if any(
            abs(other.left - segment.left) < near and abs(other.y - segment.y) < near
            for other in others
        ):
            found.append(segment)
        elif len(others) < MOST_ALIKE:
            others.append(segment)
    return found


def _find_watermarks(segments: Sequence[Segment]) -> list[Segment]:
    """Segments that lie on text and are not of its kind, by ink or by size."""
    inks, sizes = Counter[int](), Counter[int]()
    for segment in segments:
        inks[segment.ink] += len(segment.text)
        sizes[round(segment.size)] += len(segment.text)
    if not inks:
        return []
    usual_ink, usual_size = inks.most_common(1)[0][0], sizes.most_common(1)[0][0]
    strange = [s for s in segments if s.ink != usual_ink or s.size > LARGE * usual_size]
    if not strange:
        return []
    text = [s for s in segments if s.ink == usual_ink and s.size <= LARGE * usual_size]
    text.sort(key=lambda s: s.y)
    found = [s for s in strange if any(_lies_on(s, other) for other in _near(s, text))]
    # Letters that are set apart are one stamp, also those that lie beside the text.
    kinds = {(s.ink, round(s.size), round(s.y)) for s in found}
    return [s for s in strange if (s.ink, round(s.size), round(s.y)) in kinds]


def _near(segment: Segment, ordered: Sequence[Segment]) -> Sequence[Segment]:
    """Those of the segments, ordered by height, that may overlap with `segment`."""
    low = bisect_left(ordered, segment.y - 2 * segment.size, key=lambda s: s.y)
    high = bisect_right(ordered, segment.y + 2 * segment.size, key=lambda s: s.y)
    return ordered[low:high]


def _lies_on(stamp: Segment, text: Segment) -> bool:
    """Whether two segments share a part of the page that letters of both fill."""
    smaller = min(stamp.size, text.size)
    high = min(stamp.y + HEIGHT * stamp.size, text.y + HEIGHT * text.size) - max(stamp.y, text.y)
    wide = min(stamp.right, text.right) - max(stamp.left, text.left)
    return high > CROSSED * smaller and wide > 0.5 * smaller


def _find_line_numbers(segments: Sequence[Segment], edges: Collection[float]) -> list[Segment]:
    """Numbers beside running text that count its lines: at its left, of each column, or its right.

    Those at `edges`, where other pages have theirs, may be few and leave lines uncounted.
    """
    numbers = [s for s in segments if s.text.strip().isdecimal() and len(s.text.strip()) < 5]
    others = [s for s in segments if not s.text.strip().isdecimal()]
    if not numbers or not others:
        return []
    known = [s for s in numbers if any(abs(s.right - edge) < ALIGNED for edge in edges)]
    if known and _count(known) and all(_level(number, others) for number in known):
        return known
    left, right = min(s.left for s in others), max(s.right for s in others)
    beside = [s for s in numbers if s.left > right - 1]
    first = [s for s in numbers if s.right < left + 1]
    for columns in (_continued(first, numbers), [first], [beside]):
        if all(
            len(column) >= LEAST_NUMBERS
            and _count(column)
            and _number_prose(column, _counted(column, after, others))
            for column, after in zip_longest(columns, columns[1:], fillvalue=())
        ):
            return [number for column in columns for number in column]
    return []


def _count(numbers: Sequence[Segment]) -> int:
    """The step by which numbers rise from top to bottom; 0 if they do not, 1 for a single one."""
    counted = [int(s.text) for s in sorted(numbers, key=lambda s: -s.y)]
    steps = {after - before for before, after in pairwise(counted)} or {len(counted)}
    return steps.pop() if len(steps) == 1 and steps <= set(STEPS) else 0


def _continued(first: list[Segment], numbers: Sequence[Segment]) -> list[list[Segment]]:
    """Numbers of the lines of each column: those of one go on where the last ended."""
    columns, step = [first], _count(first)
    while step:
        last = min(columns[-1], key=lambda s: s.y)
        heads = [s for s in numbers if s.left > last.right and int(s.text) == int(last.text) + step]
        if not heads:
            break
        head = min(heads, key=lambda s: s.left)
        columns.append([s for s in numbers if abs(s.right - head.right) < ALIGNED])
        step = _count(columns[-1])
    return columns


def _counted(
    numbers: Sequence[Segment], after: Sequence[Segment], text: Sequence[Segment]
) -> list[Segment]:
    """The text that numbers count: of their own column where another's numbers stand `after` it."""
    if not after:
        edge = max(s.right for s in numbers)
        beside = [s for s in text if s.left > edge - 1]
        return beside or list(text)
    start, end = max(s.right for s in numbers) - 1, min(s.left for s in after) + 1
    return [s for s in text if s.left > start and s.right < end]


def _level(number: Segment, text: Sequence[Segment]) -> list[Segment]:
    return [s for s in text if abs(s.y - number.y) < SAME_LINE * max(s.size, number.size)]


def _number_prose(numbers: Sequence[Segment], text: Sequence[Segment]) -> bool:
    """Whether most lines are counted, each number stands on the level of one, and many are full."""
    if not text or len(numbers) * _count(numbers) < COVERED * (
        len({round(s.y) for s in text}) - EDGES
    ):
        return False
    width = max(s.right for s in text) - min(s.left for s in text)
    full = 0
    for number in numbers:
        level = _level(number, text)
        if not level:
            return False
        full += max(s.right for s in level) - min(s.left for s in level) > FULL * width
    return full >= NUMBERED * len(numbers)
