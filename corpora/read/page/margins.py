"""Margins, indents and gaps: what the places of lines say of where paragraphs begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import is_han
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Segment
    from corpora.read.page.rows import Row

MARGIN_SHARE: Final = 0.12
"""Share of a column's lines that start at one place for it to be its margin: more than running
heads (.04), less than the lines that continue paragraphs in a record of short turns (.2)."""
FULL: Final = 0.2
"""Share of a column's lines of text that end at one place for it to be their right margin."""
PROSE_LETTERS: Final = 20
"""Characters: a shorter line shows nothing of the right margin."""
EARLY: Final = 1.5
"""Em that stay free after the next line's first word was put on a line that ends a paragraph."""
HEADING: Final = 6.0
"""Em that stay free behind a heading; a date that is kept together leaves 5 at most."""
WIDE_GAP: Final = 0.35
"""Line heights: paragraphs stand apart by .5 and more, leading varies by .2."""
UNMARKED: Final = 0.07
"""Share, of lines ended early, of those without gap or indent after them: .12 and .5 in the two
Universal Declarations, which do not mark their paragraphs, .02 at most in records, which do."""
LEAST_UNMARKED: Final = 2
"""Such lines in all: a single one may be a name that is kept together."""
PROSE: Final = 0.3
"""Of the column's width: a shorter line that ends early (a head, an address) proves nothing."""
INDENTED: Final = 0.4
"""Em: less is jitter, the first line of a paragraph is set in by 1.5 and more."""
BREAK_GAP: Final = 0.5
"""Line heights: what such a line break counts for."""

# Dates and names that are kept together leave lines short too, but no mark at their end.
_CLOSED: Final = lazy_pattern(r"[.,;:!?。，；：！？、][”’」』）)\"']*$")


def find_margins(rows: Sequence[Row]) -> dict[tuple[int, int, int], tuple[float, float]]:
    """Find left and right margin of each column: the outermost place where enough lines agree."""
    columns: dict[tuple[int, int, int], list[Row]] = defaultdict(list)
    for row in rows:
        columns[row.column].append(row)
    # The first and last line of a page may be its head and foot, which have margins of their own.
    outer = {
        id(row)
        for before, row, after in zip((None, *rows), rows, (*rows[1:], None), strict=False)
        if before is None or after is None or before.page != row.page or after.page != row.page
    }
    margins = {}
    for column, whole in columns.items():
        members = [row for row in whole if id(row) not in outer] or whole
        starts = Counter(round(row.left / 2) for row in members)
        least = max(2, MARGIN_SHARE * len(members))
        # Two neighbouring bins count together: a margin may lie on the border of both.
        agreed = [
            place for place in sorted(starts) if starts[place] + starts.get(place + 1, 0) >= least
        ]
        near = [row.left for row in members if agreed and abs(row.left - 2 * agreed[0]) <= 3]
        left = min(near) if near else min(row.left for row in members)
        margins[column] = (left, _find_right_margin(members))
    return margins


def _find_right_margin(rows: Sequence[Row]) -> float:
    """Find where full lines of text end: tables may be wider."""
    text = [row for row in rows if not row.tabular and len(row.text) > PROSE_LETTERS] or rows
    ends = Counter(round(row.right / 2) for row in text)
    place = max(ends, key=lambda place: (ends[place] + ends.get(place + 1, 0), place))
    near = [row.right for row in text if -1 <= row.right / 2 - place <= 2]
    if len(near) >= FULL * len(text):
        return max(near)
    ordered = sorted(row.right for row in text)
    return ordered[int(0.95 * (len(ordered) - 1))]


def measure_gaps(rows: Sequence[Row]) -> list[float]:
    """Empty space above each line in line heights, 0 at the head of a page or column."""
    steps = [
        0.0
        if after.first
        or before.page != after.page
        or before.column != after.column
        or before.kind != after.kind
        else before.y - after.y
        for before, after in pairwise(rows)
    ]
    usual = Counter(round(step * 2) / 2 for step in steps if step > 3).most_common(1)
    leading = usual[0][0] if usual else 12.0
    gaps = [0.0]
    for (_, after), step in zip(pairwise(rows), steps, strict=True):
        height = max(leading, 1.15 * after.size) if after.size > 1.2 * leading else leading
        gaps.append(max(0.0, step / height - 1))
    return gaps[: len(rows)]


def add_unmarked_breaks(
    rows: Sequence[Row],
    gaps: Sequence[float],
    indents: Sequence[float],
    margins: dict[tuple[int, int, int], tuple[float, float]],
) -> list[float]:
    """Give a gap to lines before which the author, not the margin, broke the line.

    Done only for documents that do not mark paragraphs otherwise: there, most lines that end early
    are followed by neither gap nor indent. A line ends early if the next one's first word, or
    Chinese character, would have fitted on it.
    """
    early = [
        number
        for number, (before, after) in enumerate(pairwise(rows), 1)
        if _ends_early(before, after, margins[before.column][1])
    ]
    unmarked = {n for n in early if gaps[n] < WIDE_GAP and indents[n] < INDENTED}
    proof = [n for n in unmarked if _fills(rows[n - 1], margins) or _fills(rows[n], margins)]
    if len(proof) < LEAST_UNMARKED or len(proof) <= UNMARKED * len(early):
        return list(gaps)
    # Where breaks tell, a line that ends without a mark and far from the margin is a heading.
    unmarked |= {
        number
        for number, (before, after) in enumerate(pairwise(rows), 1)
        if _ends_early(before, after, margins[before.column][1], marked=False)
        and gaps[number] < WIDE_GAP
        and indents[number] < INDENTED
    }
    return [max(gap, BREAK_GAP) if n in unmarked else gap for n, gap in enumerate(gaps)]


def _ends_early(before: Row, after: Row, margin: float, *, marked: bool = True) -> bool:
    """Whether the first word of `after` would have fitted behind `before`, and a mark ends that.

    With `marked` false no mark is asked for, but much more room.
    """
    room = EARLY if marked else HEADING
    return (
        before.page == after.page
        and before.column == after.column
        and before.y > after.y
        and (not marked or _CLOSED.search(before.text) is not None)
        and before.right + first_width(after) + room * after.size < margin
    )


def _fills(row: Row, margins: dict[tuple[int, int, int], tuple[float, float]]) -> bool:
    left, right = margins[row.column]
    return row.right - row.left > PROSE * (right - left)


def first_width(row: Row | Segment) -> float:
    """Width in points of a line's first word and the space before it, by its share of the line."""
    first = row.text[0] if is_han(row.text[0]) else row.text.split()[0]
    return (row.right - row.left) * (len(first) + 1) / max(1, len(row.text))
