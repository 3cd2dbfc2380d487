"""From characters with boxes to lines in reading order: segments, columns, lines, indents, gaps.

Coordinates are points, x to the right and y upwards. The way of a page:

1. characters that follow each other on one baseline without a wide gap make a *segment*;
2. a vertical strip that hardly any segment crosses, between blocks of running text, is a
   *gutter*: what lies left of it is read before what lies right, between the lines that cross it;
3. elsewhere segments that follow each other in the content make *blocks*; several side by side
   are the cells of a table, read one after the other;
4. segments on one baseline within a column or cell make a *line*; raised small ones join it.

What is not seen, watermarks and line numbers come at the end of their page, each with the reason.

Indents are measured against the left margin of the column over the whole document, gaps against
its commonest line distance, for a single page may have hardly a line at its margin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from corpora.document import Line
from corpora.lazy import lazy_pattern
from corpora.read.page.columns import BESIDE, find_known_gutter, order_columns
from corpora.read.page.glyphs import make_segments
from corpora.read.page.justified import close_justified
from corpora.read.page.margins import add_unmarked_breaks, find_margins, measure_gaps
from corpora.read.page.rows import rows_of
from corpora.read.page.stamps import LINE_NUMBER, part_stamps
from corpora.read.page.vertical import turn_vertical

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from corpora.read.page.glyphs import Glyph, Segment
    from corpora.read.page.rows import Row

MARGIN: Final = "margin text"
FOOTNOTE: Final = "footnote"
OUTSIDE: Final = (0, 0, 0)
"""What `Row.column` is of what is no running text."""
NOTES: Final = 5
"""The first number of `Row.column` of footnotes."""

_WHY: Final = attrgetter("why")
_TURN: Final = attrgetter("turn")
_NOTE_MARK: Final = lazy_pattern(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|\*")


def lay_out(pages: Sequence[Sequence[Glyph]]) -> tuple[tuple[Line, ...], dict[int, str]]:
    """Put the characters of a document's pages into lines in reading order.

    Args:
        pages: for each page its characters in the order of its content.

    Returns:
        The lines, and the reason of those that are no running text (line number → reason):
        ``margin text``, ``hidden text``, ``doubled text``, ``watermark``, ``line number`` or
        ``figures in a table``;
        footnotes are text, after that of the last page.
    """
    rows = _move_footnotes(_lay_out_pages(pages))
    margins = find_margins(rows)
    gaps = measure_gaps(rows)
    indents = [
        max(0.0, (row.left - margins[row.column][0]) / row.size) if row.begins is None else 0.0
        for row in rows
    ]
    gaps = add_unmarked_breaks(rows, gaps, indents, margins)
    lines = tuple(
        Line(row.text, row.page, number, round(indent, 2), round(gap, 2), row.begins)
        for number, (row, indent, gap) in enumerate(zip(rows, indents, gaps, strict=True), 1)
    )
    furniture = {n: row.kind for n, row in enumerate(rows, 1) if row.kind not in ("", FOOTNOTE)}
    return lines, furniture


def _lay_out_pages(pages: Sequence[Sequence[Glyph]]) -> list[Row]:
    """Lay out each page, and once more those that others tell about.

    A last page has too few line numbers, or lines in a column, to show by itself what they are.
    """
    laid_out = [_lay_out_page(page, number) for number, page in enumerate(pages, 1)]
    numbers = {row.right for rows in laid_out for row in rows if row.kind == LINE_NUMBER}
    gutter = find_known_gutter(laid_out)
    for number, (page, rows) in enumerate(zip(pages, laid_out, strict=True), 1):
        uncounted = numbers and not any(row.kind == LINE_NUMBER for row in rows)
        undivided = gutter is not None and not any(row.column[0] == BESIDE for row in rows)
        if uncounted or undivided:
            laid_out[number - 1] = _lay_out_page(page, number, numbers, gutter)
    return [row for rows in laid_out for row in rows]


def _lay_out_page(
    glyphs: Sequence[Glyph],
    page: int,
    numbers: Collection[float] = (),
    gutter: float | None = None,
) -> list[Row]:
    """Lines of a page; `numbers` and `gutter` are where other pages have line numbers, columns."""
    glyphs = turn_vertical(glyphs)
    marked = any(map(_WHY, glyphs))
    seen = [glyph for glyph in glyphs if not glyph.why] if marked else glyphs
    turns = Counter(map(_TURN, seen))
    upright = turns.most_common(1)[0][0] if turns else 0
    straight = [g for g in seen if g.turn == upright] if len(turns) > 1 else seen
    segments = make_segments(straight)
    segments, stamps = part_stamps(segments, numbers)
    rows = order_columns(close_justified(segments), page, gutter) if segments else []
    aside: dict[tuple[str, int], list[Segment]] = defaultdict(list)
    for segment, reason in stamps:
        aside[reason, 0].append(segment)
    others: set[tuple[str, int]] = set()
    if marked or len(turns) > 1:
        others = {(g.why, g.turn) for g in glyphs if g.why or g.turn != upright}
    for reason, turn in sorted(others):
        members = [g for g in glyphs if (g.why, g.turn) == (reason, turn)]
        aside[reason or MARGIN, turn] += make_segments(members)
    for (reason, _), found in aside.items():
        rows += [replace(row, kind=reason) for row in rows_of(found, page, OUTSIDE)]
    return rows


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
            # Notes have margins of their own, on a cover others than on the next page.
            own = replace(row, kind=FOOTNOTE, column=(NOTES, row.page, 0)) if inside else row
            (notes if inside else text).append(own)
    return text + notes
