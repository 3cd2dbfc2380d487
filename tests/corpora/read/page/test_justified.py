"""Words of a line that is stretched over a column are one line, cells of a table are not."""

from __future__ import annotations

import pytest

from corpora.read.page.glyphs import Segment
from corpora.read.page.justified import close_justified

LEFT, RIGHT, SIZE = 72.0, 258.0, 10.0
COLUMN = [
    Segment(f"a full line of number {n}", LEFT, RIGHT, 700.0 - 14 * n, SIZE) for n in range(5)
]


def line(*words, left=LEFT, right=RIGHT, uneven=0.0, y=620.0):
    """Words of 5 points a letter with equal spaces between them, but for the last one."""
    space = (right - left - 5 * sum(map(len, words))) / (len(words) - 1)
    out = []
    for number, word in enumerate(words):
        left += uneven * (number == len(words) - 2)
        out.append(Segment(word, left, left + 5 * len(word), y, SIZE))
        left += 5 * len(word) + space
    return [*out[:-1], Segment(words[-1], right - 5 * len(words[-1]), right, y, SIZE)]


def texts(segments):
    return [segment.text for segment in close_justified(segments)]


WORDS = ("towards", "achieving", "roads")


@pytest.mark.parametrize("indent", [0, 20])
def test_words_with_equal_spaces_from_edge_to_edge_are_a_line(indent):
    found = close_justified([*COLUMN, *line(*WORDS, left=LEFT + indent), *COLUMN])
    joined = found[len(COLUMN)]
    assert len(found) == 2 * len(COLUMN) + 1
    assert joined.text == " ".join(WORDS)
    assert (joined.left, joined.right) == (LEFT + indent, RIGHT)


@pytest.mark.parametrize(
    "cells",
    [
        line(*WORDS, uneven=4),
        line(*WORDS, right=RIGHT - 20),
        line(*WORDS, left=LEFT + 60),
        line("towards", "roads"),
    ],
)
def test_cells_are_as_wide_as_they_need_and_end_anywhere(cells):
    assert texts([*COLUMN, *cells, *COLUMN])[len(COLUMN) : -len(COLUMN)] == [
        cell.text for cell in cells
    ]


def test_lines_above_each_other_and_pages_without_a_column_stay():
    assert texts([*COLUMN[:3], *line(*WORDS)])[3:] == list(WORDS)
    both = [*line(*WORDS), *line("one", "of", "them", y=606.0)]
    assert texts([*COLUMN, *both])[len(COLUMN) :] == [" ".join(WORDS), "one of them"]
