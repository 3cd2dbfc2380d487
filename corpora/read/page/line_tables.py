"""Tables that were written line by line, across their cells, not cell by cell.

Then the content says nothing of cells, but the page does: lines that are parted at the same places
make a run; where the lines of a run stand wider apart, a row of the table ends; and what shows that
the lines below each other are one cell is that they are full: the next one's first word would not
have fitted on the line before it. Short entries below each other, as in a table of figures, do not
show it: they are cells of a line each if there are three columns, else they are read across.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import is_han
from corpora.read.page.blocks import ALIGNED, LEADING, Block
from corpora.read.page.margins import first_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Segment

WIDER: Final = 1.2
"""Space between rows of a table, of that between the lines of a cell."""
FULL: Final = 0.7
"""Share of the line ends within cells that must be full for the cells to be told."""
LEAST_ENDS: Final = 3
"""Such line ends in a run, in two columns at least."""
LEAST_LETTERS: Final = 6
"""Characters of a line that says whether it is full: short entries always are."""
ROWS_APART: Final = 4.0
"""Em: lines further apart belong to no one table."""


def written_across(segments: Sequence[Segment]) -> bool:
    """Whether nothing on a page was written behind something lower: no cell behind another."""
    return not any(
        after.y > before.y + 0.5 * after.size and after.left > before.right
        for before, after in pairwise(segments)
    )


def split_lines(blocks: Sequence[Block]) -> list[Block]:
    """Part blocks into their lines, each a block of its own."""
    lines: list[Block] = []
    for block in blocks:
        for number, segment in enumerate(block.segments):
            if number and abs(segment.y - lines[-1].segments[0].y) < 0.5 * segment.size:
                lines[-1].add(segment)
            else:
                lines.append(Block(segment))
    return lines


def join_lines_of_cells(bands: Sequence[list[Block]]) -> list[list[Block]] | None:
    """Join the lines of cells to blocks, where runs of lines show that they have cells.

    Args:
        bands: blocks of one line that share it, from top to bottom.

    Returns:
        The bands, those of tables joined; None if nothing shows a table.
    """
    out: list[list[Block]] = []
    found = False
    place = 0
    while place < len(bands):
        end = _run_end(bands, place)
        run = list(bands[place:end])
        rows = _part_rows(run)
        if len(run) > 1 and _shows_cells(rows):
            out += [_join_row(row) for row in rows]
            found = True
        else:
            out += run
        place = end
    return out if found else None


def _run_end(bands: Sequence[list[Block]], start: int) -> int:
    """Where the run of lines ends that begins with the band at `start`, which has two cells."""
    first = bands[start]
    if len(first) < 2 or not _is_line(first):
        return start + 1
    columns = sorted((block.left, block.right) for block in first)
    place = start + 1
    while place < len(bands):
        band = bands[place]
        step = bands[place - 1][0].bottom - band[0].top
        if not _is_line(band) or not 0 < step < ROWS_APART * band[0].segments[0].size:
            break
        if not all(any(abs(b.left - left) < ALIGNED for left, _ in columns) for b in band):
            break
        if any(b.right > left > b.left for b in band for left, _ in columns):
            break  # it runs across the next column
        place += 1
    return place


def _is_line(band: Sequence[Block]) -> bool:
    return all(block.lines == 1 for block in band)


def _part_rows(run: Sequence[list[Block]]) -> list[list[list[Block]]]:
    """Part a run where its lines stand wider apart than the nearest ones do."""
    steps = [before[0].bottom - after[0].top for before, after in pairwise(run)]
    size = run[0][0].segments[0].size
    leading = min(steps, default=0.0)
    rows = [[run[0]]]
    for band, step in zip(run[1:], steps, strict=True):
        if step > WIDER * leading or step > LEADING * size:
            rows.append([])
        rows[-1].append(band)
    return rows


def _shows_cells(rows: Sequence[Sequence[list[Block]]]) -> bool:
    """Whether lines within rows are full in two columns, so that they are cells' lines."""
    edges: dict[int, float] = {}
    for row in rows:
        for band in row:
            for block in band:
                edges[_column(block)] = max(edges.get(_column(block), 0.0), block.right)
    ends: list[tuple[int, bool]] = []
    for row in rows:
        for before, after in pairwise(row):
            below = {_column(block): block.segments[0] for block in after}
            for block in before:
                next_line = below.get(_column(block))
                if next_line is not None:
                    ends.append((_column(block), _is_full(block, next_line, edges)))
    full = [column for column, is_full in ends if is_full]
    return len(ends) >= LEAST_ENDS and len(full) >= FULL * len(ends) and len(set(full)) > 1


def _column(block: Block) -> int:
    return round(block.left / (2 * ALIGNED))


def _is_full(block: Block, below: Segment, edges: dict[int, float]) -> bool:
    """Whether a line of several words has no room for the next one's first; figures say nothing."""
    text = block.segments[0].text.strip()
    if len(text) < LEAST_LETTERS or (" " not in text and not is_han(text[-2])):
        return False
    return block.right + first_width(below) + 0.5 * below.size > edges[_column(block)]


def _join_row(row: Sequence[list[Block]]) -> list[Block]:
    """Join the blocks of a row's lines that stand below each other."""
    joined: dict[int, Block] = {}
    for band in row:
        for block in band:
            owner = joined.setdefault(_column(block), block)
            if owner is not block:
                for segment in block.segments:
                    owner.add(segment)
    return list(joined.values())
