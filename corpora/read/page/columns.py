"""Columns of a page: what lies left of a gutter is read before what lies right of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from corpora.read.page.cells import part_tables, read_cells
from corpora.read.page.rows import SAME_LINE, Row, is_leader, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Segment

BESIDE: Final = 2
"""The first number of `Row.column` of text in columns."""
IN_COLUMNS: Final = 0.5
"""Share of the pages in columns of a document that is printed so; a page of tables may look so."""
GUTTER: Final = 5.0
"""Points: the narrowest strip between columns; 11 in S/PV.4507."""
COLUMN_LINES: Final = 6
"""Lines on either side of a gutter: fewer are an address or a list on a cover."""
COLUMN_WIDTH: Final = 11.0
"""Em: columns of running text are 22 wide in records, names beside dot leaders 10."""
COLUMN_FILL: Final = 0.6
"""Median width of a column's lines, of its width: running text has .95, tables .4."""
CROSSING: Final = 0.4
"""Segments across a gutter for each line beside it; one column has hundreds, titles are a few."""
EDGE_GAP: Final = 1.6
"""Line heights between header or footer and the text; 2.8 and 3.3 in S/PV.4507, paragraphs 1.5."""
EDGE_LINES: Final = 3
"""Lines of a header or footer; S/1996/112 has three."""
LOOKED_AT: Final = 200
"""Segments below one among which the next line is looked for."""


def order_columns(segments: Sequence[Segment], page: int, known: float | None = None) -> list[Row]:
    """Order the segments of a page: header, then text and tables, then footer.

    Text in columns is read column by column, tables cell by cell.

    Args:
        segments: of the page.
        page: its number.
        known: where other pages have their gutter; a last page may have few lines beside it.
    """
    head, body, foot = _peel_edges(segments)
    plain = (1, 0, page % 2)
    pieces = part_tables(body, columns=lambda: _find_gutter(body) is not None)
    text = [s for piece in pieces if not piece.sure for s in piece.segments]
    gutter = _find_gutter(text)
    if gutter is None and known is not None and _is_free(text, known):
        gutter = known
    rows = rows_of(head, page, plain)
    for sure, run in groupby(pieces, key=lambda piece: piece.sure):
        members = list(run)
        if gutter is not None and not sure:
            text = [segment for piece in members for segment in piece.segments]
            rows += _order_beside(text, gutter, page)
            continue
        for piece in members:
            rows += read_cells(piece, page) if piece.cells else rows_of(piece.segments, page, plain)
    rows += rows_of(foot, page, plain)
    if gutter is None:
        return [replace(row, first=number == 0) for number, row in enumerate(rows)]
    return rows


def find_known_gutter(pages: Sequence[Sequence[Row]]) -> float | None:
    """Where the pages have their gutter, in points; None if few are read in columns."""
    rows = [row for page in pages for row in page if row.column[0] == BESIDE]
    if len({row.page for row in rows}) < IN_COLUMNS * len(pages):
        return None
    left = [row.right for row in rows if row.column[1] == 0]
    right = [row.left for row in rows if row.column[1] == 1]
    return (median(left) + median(right)) / 2 if left and right else None


def _is_free(segments: Sequence[Segment], gutter: float) -> bool:
    """Whether text stands on both sides of a gutter and nothing in it."""
    sides = {s.left >= gutter for s in segments if s.right <= gutter or s.left >= gutter}
    return len(sides) > 1 and all(s.right <= gutter or s.left >= gutter for s in segments)


def _order_beside(body: Sequence[Segment], gutter: float, page: int) -> list[Row]:
    """Order text on both sides of a gutter, between the lines that cross it."""
    rows: list[Row] = []
    plain = (1, 0, page % 2)
    spanning = sorted(
        {segment.y for segment in body if segment.left < gutter < segment.right}, reverse=True
    )
    edges = [float("inf"), *spanning, float("-inf")]
    for top, bottom in pairwise(edges):
        # The line that crosses comes first in its band, whole, with what stands beside it.
        level = [s for s in body if abs(s.y - top) < SAME_LINE * s.size]
        rows += rows_of(level, page, plain)
        band = [
            s
            for s in body
            if s.y < top and s.y > bottom and s not in level
            if bottom == edges[-1] or abs(s.y - bottom) >= SAME_LINE * s.size
        ]
        rows += rows_of([s for s in band if s.right <= gutter], page, (BESIDE, 0, page % 2))
        rows += rows_of([s for s in band if s.right > gutter], page, (BESIDE, 1, page % 2))
    return rows


def _peel_edges(
    segments: Sequence[Segment],
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """Part off what stands at the head and foot of a page, apart from the rest."""
    heights = sorted({round(segment.y) for segment in segments}, reverse=True)
    steps = _measure_steps(segments)
    if len(heights) < 2 * EDGE_LINES + 2 or not steps:
        return [], list(segments), []
    wide = EDGE_GAP * median(steps)
    above, below = float("inf"), float("-inf")
    for a, b in pairwise(heights[: EDGE_LINES + 1]):
        if a - b > wide:
            above = (a + b) / 2
    for a, b in pairwise(heights[-EDGE_LINES - 1 :]):
        if a - b > wide:
            below = (a + b) / 2
            break
    return (
        [s for s in segments if s.y > above],
        [s for s in segments if below <= s.y <= above],
        [s for s in segments if s.y < below],
    )


def _measure_steps(segments: Sequence[Segment]) -> list[float]:
    """Distances from lines to the next ones below them: those of two columns may lie between."""
    ordered = sorted(segments, key=lambda s: -s.y)
    steps = []
    for number, segment in enumerate(ordered):
        for below in ordered[number + 1 : number + LOOKED_AT]:
            if (
                segment.y - below.y > 2
                and below.left < segment.right
                and below.right > segment.left
            ):
                steps.append(segment.y - below.y)
                break
    return steps


def _find_gutter(segments: Sequence[Segment]) -> float | None:
    """Find the middle of the strip between two columns of running text; None if there is none."""
    text = [s for s in segments if not is_leader(s.text)]
    if len(text) < 2 * COLUMN_LINES:
        return None
    left, right = min(s.left for s in text), max(s.right for s in text)
    best, fewest = None, float("inf")
    edges = sorted({s.left for s in text if left + 0.2 * (right - left) < s.left < right})
    for edge in edges:
        place = edge - GUTTER / 2
        crossing = sum(
            s.left < place + 1 and s.right > edge - GUTTER for s in text if s.left < edge
        )
        if crossing < fewest and _are_columns(text, place, crossing):
            best, fewest = place, crossing
    return best


def _are_columns(segments: Sequence[Segment], place: float, crossing: int) -> bool:
    size = median(s.size for s in segments)
    for side in (
        [s for s in segments if s.right <= place],
        [s for s in segments if s.left >= place],
    ):
        lines: dict[int, list[Segment]] = defaultdict(list)
        for segment in side:
            lines[round(segment.y / (SAME_LINE * size))].append(segment)
        if len(lines) < COLUMN_LINES or crossing > CROSSING * len(lines):
            return False
        width = max(s.right for s in side) - min(s.left for s in side)
        widths = [max(s.right for s in line) - min(s.left for s in line) for line in lines.values()]
        if width < COLUMN_WIDTH * size or median(widths) < COLUMN_FILL * width:
            return False
    return True
