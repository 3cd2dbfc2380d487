"""Cells of figures are told from cells of words."""

from __future__ import annotations

import pytest

from corpora.read.figures import is_figures


@pytest.mark.parametrize(
    "text", ["12", "1 234.5", "–", "(7)=(4)+(5)", "35 %", "2031年", "2024/25", "1 780 100¹", "-"]
)
def test_figures(text):
    assert is_figures(text)


@pytest.mark.parametrize("text", ["", "年", "12 posts", "P-5", "12个员额", "CD/1", "...", "(a)"])
def test_words(text):
    assert not is_figures(text)
