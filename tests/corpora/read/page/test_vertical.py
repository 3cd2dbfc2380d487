"""Chinese that runs down the page is read column by column, from right to left."""

from __future__ import annotations

import pytest

from corpora.read.page.glyphs import Glyph
from corpora.read.pdf_layout import lay_out

SIZE, TOP, HEIGHT = 14.0, 700.0, 20
TEXT = (
    "专家们在北方和南方的各个城镇举行了会议，听取了各国代表的意见，"
    "并就道路和车站今后的工作提出了若干项具体建议，供各国审议。"
)
LINES = [TEXT[n : n + HEIGHT] for n in range(0, len(TEXT), HEIGHT)]


def down(texts, step=SIZE, right=500.0):
    """Letters of lines that run down; a mark's box is narrow and lies to the right."""
    glyphs = []
    for column, text in enumerate(texts):
        x = right - 1.5 * SIZE * column
        for row, letter in enumerate(text):
            left = x + 10 if letter in "，。" else x
            glyphs.append(Glyph(letter, left, x + SIZE, TOP - step * row, SIZE, order=len(glyphs)))
    return glyphs


def across(text, x, y):
    return [
        Glyph(letter, x + 7 * n, x + 7 * n + 7, y, SIZE, order=1000 + n)
        for n, letter in enumerate(text)
    ]


@pytest.mark.parametrize("step", [SIZE, 1.4 * SIZE])
def test_lines_from_right_to_left(step):
    lines, furniture = lay_out([down(LINES, step)])
    assert [line.text.replace(" ", "") for line in lines] == LINES
    assert not furniture


def test_what_runs_across_such_a_page_is_told():
    lines, furniture = lay_out([[*down(LINES), *across("page 3", 280, 60)]])
    assert [line.text for line in lines if line.number not in furniture] == LINES
    assert list(furniture.values()) == ["margin text"]


def test_a_page_of_lines_across_with_one_name_down_is_read_across():
    glyphs = [g for n in range(12) for g in across("the work of it went on in", 72, 600 - 16 * n)]
    lines, _ = lay_out([[*glyphs, *down(["裁军谈判会议的工作报告"])]])
    assert [line.text for line in lines].count("the work of it went on in") == 12


def test_letters_below_each_other_without_chinese_stay():
    lines, _ = lay_out([down(["ABCDEFGHIJKLMNOPQRSTUVWXYZ"])])
    assert [line.text for line in lines] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
