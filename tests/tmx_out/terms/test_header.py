"""Which column of another program's glossary is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpora import UserError
from tests.tmx_out.terms.glossaries import ONE, TWO, forms, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "header",
    [
        "zh_CN,en_US",
        "ZH-Hans,EN-GB",
        "Chinese (Simplified),English (UN)",
        "中文名称,英文名称",
        "汉语术语,英语术语",
        "Chinese Term,English Term",
        "原文,译文",
        "中文 Chinese,英文 English",
    ],
)
def test_a_header_is_known_and_is_no_term(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, "t.csv", f"{header}\n核查,verification\n")
    assert (forms(found), found.problems) == (ONE, ())


@pytest.mark.parametrize("name", ["French", "Entry", "Enter", "Zone", "English notes", "中文备注"])
def test_a_column_that_only_begins_like_a_language_is_not_one(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, "t.csv", f"{name},zh,en\nx,核查,verification\n")
    assert forms(found) == ONE


def test_without_a_header_numbers_are_passed_over(tmp_path: Path) -> None:
    text = "1,核查,verification,of treaties\n2,裁军,disarmament,of States\n"
    assert forms(read(tmp_path, "t.csv", text)) == TWO


def test_without_a_header_pinyin_and_fields_are_no_english(tmp_path: Path) -> None:
    text = "T01,核查,hé chá jiǎn,verification,arms\nT02,裁军,cái jūn lù,disarmament,arms\n"
    assert forms(read(tmp_path, "t.csv", text)) == TWO


def test_a_header_that_nobody_knows_is_told_and_is_no_term(tmp_path: Path) -> None:
    found = read(tmp_path, "t.csv", "Terme chinois,Terme anglais\n核查,verification\n")
    assert forms(found) == ONE
    assert found.problems == ("t.csv, row 1 has no Chinese: left out.",)


@pytest.mark.parametrize("text", ["traité,treaty\n", "核查,裁军\n", "source,target\nmot,word\n"])
def test_a_table_of_other_languages_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match=r"^t\.csv has no .* name the columns zh and en"):
        read(tmp_path, "t.csv", text)


def test_an_acronym_may_stand_for_chinese_below_the_first_row(tmp_path: Path) -> None:
    found = read(tmp_path, "t.txt", "核查\tverification\nNPT\tNPT\n裁军\t裁军\n")
    assert forms(found) == [*ONE, (("NPT",), ("NPT",))]
    assert found.problems == ("t.txt, row 3 has no English: left out.",)


def test_an_acronym_may_stand_in_a_column_that_is_named_chinese(tmp_path: Path) -> None:
    assert forms(read(tmp_path, "t.csv", "zh,en\nNPT,NPT\n")) == [(("NPT",), ("NPT",))]
