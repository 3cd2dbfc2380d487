"""From characters with boxes to lines in reading order: segments, columns, lines, indents, gaps.

Coordinates are points, x to the right and y upwards. The way of a page:

1. characters that follow each other on one baseline without a wide gap make a *segment*;
2. a vertical strip that hardly any segment crosses, between blocks of running text, is a
   *gutter*: what lies left of it is read before what lies right, between the lines that cross it;
3. segments on one baseline within a column make a *line*; raised small ones join it.

Indents are measured against the left margin of the column over the whole document, gaps against
its commonest line distance, for a single page may have hardly a line at its margin.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from corpora.chinese import is_han
from corpora.document import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SPACE: Final = 0.16
"""Em: a wider gap between two boxes is a space. Spaces are .25 em, squeezed ones .18; tracked
New York records have .05 between letters, letter-spaced Chinese .28."""
SEGMENT_GAP: Final = 0.8
"""Em: a wider gap ends a segment. Gutters are 1 em and more; the gaps of justified lines that are
cut too are closed again within the column."""
BASELINE: Final = 0.12
"""Em: baselines that differ by less are one."""
SAME_LINE: Final = 0.3
"""Em: segments whose baselines differ by less stand on one line, big capitals beside small ones."""
SMALL: Final = 0.82
"""Of the size of its neighbours: raised text is not larger (.65 is usual)."""
RAISED: Final = (-0.25, 0.75)
"""Em of the line: how far the baseline of raised or lowered text may lie above it."""
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
MARGIN_SHARE: Final = 0.12
"""Share of a column's lines that start at one place for it to be its margin: more than running
heads (.04), less than the lines that continue paragraphs in a record of short turns (.2)."""
CELL_GAP: Final = 2.0
"""Em: a wider gap within a line parts cells; a paragraph's number stands 1.1 before its text."""
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

_RAISED_DIGITS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Dates and names that are kept together leave lines short too, but no mark at their end.
_CLOSED: Final = re.compile(r"[.,;:!?。，；：！？、][”’」』）)\"']*$")
_NOTE_MARK: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|\*")


class Glyph(NamedTuple):
    """A printed character, turned so that its text runs to the right.

    Attributes:
        text: one character, or the letters of a ligature.
        left, right: edges of its advance, in points.
        y: its baseline, in points upwards.
        size: its em, in points.
        turn: by how many right angles, anticlockwise, it stands on the page.
        order: its place in the page's content.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    turn: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that touch, on one baseline. `size` in points, `note` if raised figures."""

    text: str
    left: float
    right: float
    y: float
    size: float
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its place, before indents and gaps are known.

    Attributes:
        text: as it will stand in `Line.text`.
        left, right, y, size: of the line, in points.
        page: 1-based.
        column: (how many columns the page has here, 0-based number of this one, page's parity):
            lines of one column share their margins.
        kind: ``""``, ``margin text`` or ``footnote``.
        first: no line of the page stands above it in its column.
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


def lay_out(pages: Sequence[Sequence[Glyph]]) -> tuple[tuple[Line, ...], dict[int, str]]:
    """Put the characters of a document's pages into lines in reading order.

    Args:
        pages: for each page its characters in the order of its content.

    Returns:
        The lines, and the reason of those that are no running text (line number → reason):
        ``margin text`` only; footnotes are text, after that of the last page.
    """
    rows = [row for number, page in enumerate(pages, 1) for row in _lay_out_page(page, number)]
    rows = _move_footnotes(rows)
    margins = _find_margins(rows)
    gaps = _measure_gaps(rows)
    indents = [max(0.0, (row.left - margins[row.column][0]) / row.size) for row in rows]
    gaps = _add_unmarked_breaks(rows, gaps, indents, margins)
    lines = tuple(
        Line(row.text, row.page, number, round(indent, 2), round(gap, 2))
        for number, (row, indent, gap) in enumerate(zip(rows, indents, gaps, strict=True), 1)
    )
    furniture = {n: row.kind for n, row in enumerate(rows, 1) if row.kind == "margin text"}
    return lines, furniture


# ------------------------------------------------------------------------------------------- a page


def _lay_out_page(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    if not glyphs:
        return []
    turns = Counter(glyph.turn for glyph in glyphs if glyph.text != " ")
    if not turns:
        return []
    upright = turns.most_common(1)[0][0]
    rows = []
    for turn in sorted(turns, key=lambda turn: turn != upright):
        segments = _make_segments([glyph for glyph in glyphs if glyph.turn == turn])
        if turn == upright:
            rows += _order_columns(segments, page)
        else:
            column = (0, turn, 0)
            rows += [replace(row, kind="margin text") for row in _rows_of(segments, page, column)]
    return rows


def _make_segments(glyphs: Sequence[Glyph]) -> list[Segment]:
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
        min(glyph.left for glyph in printed),
        max(glyph.right for glyph in printed),
        median(glyph.y for glyph in printed),
        median(glyph.size for glyph in printed),
    )


# ------------------------------------------------------------------------------------------ columns


def _order_columns(segments: Sequence[Segment], page: int) -> list[Row]:
    """Order the segments of a page: header, then bands of columns, then footer."""
    head, body, foot = _peel_edges(segments)
    gutter = _find_gutter(body)
    plain = (1, 0, page % 2)
    if gutter is None:
        return _rows_of(segments, page, plain)
    rows = _rows_of(head, page, plain)
    spanning = sorted(
        {segment.y for segment in body if segment.left < gutter < segment.right}, reverse=True
    )
    edges = [float("inf"), *spanning, float("-inf")]
    for top, bottom in pairwise(edges):
        # The line that crosses comes first in its band, whole, with what stands beside it.
        level = [s for s in body if abs(s.y - top) < SAME_LINE * s.size]
        rows += _rows_of(level, page, plain)
        band = [
            s
            for s in body
            if s.y < top and s.y > bottom and s not in level
            if bottom == edges[-1] or abs(s.y - bottom) >= SAME_LINE * s.size
        ]
        rows += _rows_of([s for s in band if s.right <= gutter], page, (2, 0, page % 2))
        rows += _rows_of([s for s in band if s.right > gutter], page, (2, 1, page % 2))
    return rows + _rows_of(foot, page, plain)


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
        for below in ordered[number + 1 :]:
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
    text = [s for s in segments if not _is_leader(s.text)]
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


def _is_leader(text: str) -> bool:
    """Whether dots lead from an entry to its page or person: such rows are read across."""
    return "....." in text.replace(" ", "")


# -------------------------------------------------------------------------------------------- lines


def _rows_of(segments: Iterable[Segment], page: int, column: tuple[int, int, int]) -> list[Row]:
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


# ---------------------------------------------------------------------------------------- footnotes


def _move_footnotes(rows: Sequence[Row]) -> list[Row]:
    """Put footnotes after the text: small lines at a page's foot, from a raised mark on."""
    sizes = Counter[float]()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    text: list[Row] = []
    notes: list[Row] = []
    by_page: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_page[row.page].append(row)
    for page in by_page.values():
        usual = [row.y for row in page if row.size >= 0.95 * body and len(row.text) > 20]
        floor = min(usual, default=float("-inf"))
        inside = False
        for row in page:
            below = row.size < 0.92 * body and row.y < floor and not row.kind
            inside = below and (inside or _NOTE_MARK.match(row.text) is not None)
            (notes if inside else text).append(replace(row, kind="footnote") if inside else row)
    return text + notes


# --------------------------------------------------------------------------------- indents and gaps


def _find_margins(rows: Sequence[Row]) -> dict[tuple[int, int, int], tuple[float, float]]:
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


def _measure_gaps(rows: Sequence[Row]) -> list[float]:
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


def _add_unmarked_breaks(
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
        and before.right + _first_width(after) + room * after.size < margin
    )


def _fills(row: Row, margins: dict[tuple[int, int, int], tuple[float, float]]) -> bool:
    left, right = margins[row.column]
    return row.right - row.left > PROSE * (right - left)


def _first_width(row: Row) -> float:
    """Width in points of a line's first word and the space before it, by its share of the line."""
    first = row.text[0] if is_han(row.text[0]) else row.text.split()[0]
    return (row.right - row.left) * (len(first) + 1) / max(1, len(row.text))
