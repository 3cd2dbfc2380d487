"""Radicals and private code points are written as the ideographs meant."""

from __future__ import annotations

import unicodedata

import pytest

from corpora.chinese import is_han
from corpora.read.file import read_lines
from corpora.read.ideographs import fold_ideographs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⻓⻅⻄⻔⻛⻘⻢⺠⻚⻋", "长见西门风青马民页车"),
        ("⽂⼈⼀⻰", "文人一龙"),
        ("\uf0b7 各国", "• 各国"),
        ("龴\ue81e", "龴龴"),
        ("A plain text, “quoted”", "A plain text, “quoted”"),
        ("\ue000 未知", "\ue000 未知"),
    ],
)
def test_fold(text, expected):
    assert fold_ideographs([text]) == [expected]


def test_every_radical_becomes_an_ideograph():
    radicals = [
        chr(code)
        for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))
        if unicodedata.name(chr(code), "")
    ]
    assert all(is_han(each) for each in fold_ideographs(radicals))


def test_private_ideographs_of_hong_kong_in_a_traditional_text_only():
    """U+E000 is 𠕇 in Hong Kong's set of 1999."""
    traditional = "會議開始，各國代表討論裁軍問題"
    assert fold_ideographs([traditional, "\ue000"]) == [traditional, "𠕇"]
    simplified = "会议开始，各国代表讨论裁军问题"
    assert fold_ideographs([simplified, "\ue000"]) == [simplified, "\ue000"]
    assert fold_ideographs([traditional, "\uf0b1"]) == [traditional, "\uf0b1"]


def test_files_are_folded(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("会⻓说\n第二行", encoding="utf-8")
    assert [line.text for line in read_lines(path).lines] == ["会长说", "第二行"]
