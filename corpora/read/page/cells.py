"""Tables of a page: cells that stand side by side are read one after the other.

Programs write a table cell by cell, so segments that follow each other in a page's content, one
right below the other, make a *block*: a cell, or the paragraphs of running text. Blocks side by
side on the same lines are a *band*, a row of the table if one of them has several lines; so are
its neighbours whose cells stand in the same columns, and rows of single lines in three columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from corpora.lazy import lazy_pattern
from corpora.read.figures import FIGURES, is_figures
from corpora.read.page.blocks import ALIGNED, ENDED, Block, make_blocks
from corpora.read.page.line_tables import join_lines_of_cells, split_lines, written_across
from corpora.read.page.margins import first_width
from corpora.read.page.rows import SAME_LINE, is_leader, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from corpora.read.page.glyphs import Segment
    from corpora.read.page.rows import Row

NEAR_BANDS: Final = 4.0
"""Em between rows of one table."""
MARK_GAP: Final = 6.0
"""Em between a list's mark and its text; hanging indents have 1 to 4."""
MOST_BLOCKS: Final = 300
"""Blocks of a row: a map or a drawing has thousands side by side, and is no table."""
GRID_ROWS: Final = 3
"""Rows of single lines, and below that the columns, that make a table."""
GRID_COLUMNS: Final = 3
PART: Final = 0.35
"""Line heights of space between paragraphs of a cell."""
TEXT, ROWS, TABLE = 0, 1, 2
"""What a stretch of a page is: text, rows that are read across, or rows of cells."""
COLUMN: Final = (4, 0, 0)
"""What `Row.column` is of a cell, whose margins are not those of any text."""

_MARK: Final = lazy_pattern(
    r"[(（]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]{1,2}|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[.)）．、]?"
    r"|[•●▪■–—*\u00b7-]|[¹²³⁰-⁹]+"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page from top to bottom: text, or rows of a table.

    Attributes:
        segments: all of it, in the order of the page's content.
        cells: each cell's segments, in reading order; none if it is text.
        sure: it is a table whatever columns the page's text may have.
    """

    segments: list[Segment]
    cells: list[list[Segment]] = field(default_factory=list)
    sure: bool = False


def part_tables(segments: Sequence[Segment], *, columns: Callable[[], bool]) -> list[Piece]:
    """Part a page, or a strip of it, into text and tables.

    Args:
        segments: in the order of the page's content.
        columns: whether text stands in columns on the page; asked only where it matters.
    """
    blocks = make_blocks(segments)
    bands = [_join_marks(band) for band in _find_bands(blocks)]
    if any(len(band) > 1 for band in bands) and written_across(segments) and not columns():
        lines = split_lines(blocks)
        joined = join_lines_of_cells([_join_marks(band) for band in _find_bands(lines)])
        if joined is not None:
            blocks, bands = lines, joined
    place = {id(block): number for number, block in enumerate(blocks)}
    kinds = [TABLE if is_table else TEXT for is_table in _find_tables(bands)]
    rows = list(_find_grids(bands, least=2))
    if rows and not columns():
        for start, end in rows:
            kinds[start:end] = [max(kind, ROWS) for kind in kinds[start:end]]
    pieces: list[Piece] = []
    for kind, run in groupby(zip(bands, kinds, strict=True), key=itemgetter(1)):
        members = [band for band, _ in run]
        ordered = sorted((block for band in members for block in band), key=lambda b: place[id(b)])
        found = [segment for block in ordered for segment in block.segments]
        if kind == TABLE:
            cells = [cell for band in members for cell in _in_order(band)]
            pieces.append(Piece(found, cells, _is_sure(members, place)))
        elif kind == ROWS:
            pieces.append(Piece(found, [[s for b in band for s in b.segments] for band in members]))
        else:
            pieces.append(Piece(found))
    return pieces


def _is_sure(bands: Sequence[Sequence[Block]], place: Mapping[int, int]) -> bool:
    """Whether rows are a table's and no columns of text: more than two, or row after row.

    Columns are written one after the other; of a table no cell is written before the row above it.
    """
    if any(_count_columns(band) > 2 for band in bands):
        return True
    numbers = [[place[id(block)] for block in band] for band in bands if len(band) > 1]
    return len(numbers) > 1 and all(max(a) < min(b) for a, b in pairwise(numbers))


def _count_columns(band: Sequence[Block]) -> int:
    """The most blocks that stand on one line."""
    heights = {block.top for block in band}
    return max(sum(b.bottom - 1 <= y <= b.top + 1 for b in band) for y in heights)


def read_cells(piece: Piece, page: int) -> list[Row]:
    """Lines of a table, cell by cell."""
    return [row for cell in piece.cells for row in _read_cell(cell, page)]


def _find_bands(blocks: Sequence[Block]) -> list[list[Block]]:
    """Group blocks that share lines, from top to bottom."""
    bands: list[list[Block]] = []
    bottom = float("-inf")
    for block in sorted(blocks, key=lambda block: -block.top):
        size = block.segments[0].size
        if bands and block.top > bottom - SAME_LINE * size:
            bands[-1].append(block)
            bottom = min(bottom, block.bottom)
        else:
            bands.append([block])
            bottom = block.bottom
    return bands


def _find_tables(bands: Sequence[Sequence[Block]]) -> list[bool]:
    """Which bands are rows of tables."""
    tables = [_is_row(band) and any(block.lines > 1 for block in band) for band in bands]
    for start, end in _find_grids(bands):
        tables[start:end] = [True] * (end - start)
    for step in (1, -1):  # a table's other rows are its neighbours, below and above
        places = range(len(bands))[::step]
        for before, place in pairwise(places):
            if tables[before] and not tables[place]:
                tables[place] = _goes_with(bands[place], bands[before])
    return tables


def _find_grids(
    bands: Sequence[Sequence[Block]], *, least: int = GRID_COLUMNS
) -> Iterator[tuple[int, int]]:
    """Begin and end of runs of rows of single lines, whose cells stand in the same columns.

    Two columns may be text that was written across them: these are rows, not cells.
    """
    start = 0
    for place in range(1, len(bands) + 1):
        if place == len(bands) or not _is_below(bands[place], bands[place - 1], least):
            if place - start >= GRID_ROWS:
                yield start, place
            start = place


def _is_below(band: Sequence[Block], above: Sequence[Block], least: int) -> bool:
    """Whether each of `least` cells or more stands right below the same cell of the row above."""
    if not least <= len(band) == len(above) <= MOST_BLOCKS:
        return False
    if not (_is_row_of_cells(band) and _is_row_of_cells(above)):
        return False
    size = max(block.segments[0].size for block in (*band, *above))
    lines = all(block.lines == 1 for block in (*band, *above))
    if not lines or above[0].bottom - band[0].top > NEAR_BANDS * size:
        return False
    upper, lower = (sorted(row, key=lambda block: block.left) for row in (above, band))
    over = all(a.left < b.right and b.left < a.right for a, b in zip(upper, lower, strict=True))
    return over and all(
        a.right < b.left for row in (upper, lower) for a, b in zip(row, lower[1:], strict=False)
    )


def _is_row(band: Sequence[Block]) -> bool:
    """Whether blocks stand beside each other, parted by white."""
    if len(band) > MOST_BLOCKS:
        return False
    ordered = sorted(band, key=lambda block: block.left)
    if any(is_leader(segment.text) for block in band for segment in block.segments):
        return False
    right = ordered[0].right
    apart = 0
    for block in ordered[1:]:
        if block.left > right:
            apart += 1
        elif not _stacked(block, ordered):
            return False
        right = max(right, block.right)
    return apart > 0


def _stacked(block: Block, others: Sequence[Block]) -> bool:
    """Whether a block shares no line with any that it stands above or below of."""
    return all(
        other is block
        or block.right <= other.left
        or other.right <= block.left
        or block.bottom > other.top
        or other.bottom > block.top
        for other in others
    )


def _join_marks(band: list[Block]) -> list[Block]:
    """Put the marks of a list, numbers or bullets, to the blocks that they stand before."""
    if not 1 < len(band) <= MOST_BLOCKS:
        return band
    joined: set[int] = set()
    for block in band:
        owners = [_owner(segment, block, band) for segment in block.segments]
        if all(owners):
            joined.add(id(block))
            for segment, owner in zip(block.segments, owners, strict=True):
                if owner is not None:
                    owner.add(segment)
    return [block for block in band if id(block) not in joined]


def _owner(segment: Segment, block: Block, band: Sequence[Block]) -> Block | None:
    """The block that begins on the line of a list's mark, close behind it; None if it is none."""
    if not _MARK.fullmatch(segment.text.strip()):
        return None
    for other in band:
        if other is block or not 0 < other.left - segment.right < MARK_GAP * segment.size:
            continue
        if any(
            abs(each.y - segment.y) < SAME_LINE * segment.size
            and not _MARK.fullmatch(each.text.strip())
            for each in other.segments
        ):
            return other
    return None


def _goes_with(band: Sequence[Block], table: Sequence[Block]) -> bool:
    """Whether a band has a cell in a further column of the neighbouring row of a table."""
    if not 1 < len(band) <= MOST_BLOCKS or not _is_row_of_cells(band):
        return False
    size = max(block.segments[0].size for block in (*band, *table))
    upper, lower = sorted((band, table), key=lambda b: -max(block.top for block in b))
    distance = min(block.bottom for block in upper) - max(block.top for block in lower)
    if distance > NEAR_BANDS * size:
        return False
    left = min(block.left for block in table)
    return any(
        abs(one.left - other.left) < ALIGNED or abs(one.right - other.right) < ALIGNED
        for one in band
        for other in table
        if one.left > left + size and other.left > left + size
    )


def _is_row_of_cells(band: Sequence[Block]) -> bool:
    ordered = sorted(band, key=lambda block: block.left)
    return not any(is_leader(segment.text) for block in band for segment in block.segments) and all(
        after.left >= before.right for before, after in pairwise(ordered)
    )


def _in_order(band: Sequence[Block]) -> list[list[Segment]]:
    """The cells of a row from left to right, each as its segments."""
    ordered = sorted(band, key=lambda block: block.left)
    return [list(block.segments) for block in _by_columns(ordered)]


def _by_columns(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks of the leftmost column from top to bottom, then those of the next."""
    left = list(blocks)
    while left:
        edge = left[0].right
        column = [block for block in left if block.left < edge]
        yield from sorted(column, key=lambda block: -block.top)
        left = [block for block in left if block.left >= edge]


def _read_cell(segments: Sequence[Segment], page: int) -> list[Row]:
    """Lines of one cell, which say themselves where its paragraphs begin."""
    rows = rows_of(segments, page, COLUMN)
    if all(is_figures(row.text) for row in rows):
        return [replace(row, begins=True, kind=FIGURES, first=False) for row in rows]
    right = max(row.right for row in rows)
    steps = [before.y - after.y for before, after in pairwise(rows)]
    leading = min(steps, default=0.0)
    out = []
    for number, row in enumerate(rows):
        begins = True
        if number:
            before = rows[number - 1]
            room = before.right + first_width(row) + 0.5 * row.size < right
            wide = steps[number - 1] > (1 + PART) * leading
            begins = wide or (room and ENDED.search(before.text) is not None)
        out.append(replace(row, begins=begins, first=False))
    return out
