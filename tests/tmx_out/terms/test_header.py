"""Which column of another program's glossary is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpora import UserError
from tests.tmx_out.terms.glossaries import ONE, TWO, forms, read
from tmx_out.terms.header import header_roles

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


def test_two_blocks_side_by_side_are_two_rows_of_terms(tmp_path: Path) -> None:
    text = "English,中文,,English,中文\nverification,核查,,disarmament,裁军\n"
    found = read(tmp_path, "t.csv", text)
    assert (forms(found), found.problems) == (TWO, ())


def test_a_language_may_stand_in_brackets_and_synonyms_beside_it(tmp_path: Path) -> None:
    text = "Preferred term (EN),Synonym 1,首选术语（中文）\nverification,verifying,核查\n"
    assert forms(read(tmp_path, "t.csv", text)) == [(("核查",), ("verification", "verifying"))]


def test_a_row_that_is_not_to_be_used_is_told(tmp_path: Path) -> None:
    text = "zh,en,status\n核查,verification,approved\n检查,inspection,Deprecated term\n"
    found = read(tmp_path, "t.csv", text)
    assert forms(found) == ONE
    assert found.problems == ("t.csv, row 3 is marked deprecated: left out.",)


def test_a_comma_that_parts_a_term_is_told_and_gives_no_wrong_pair(tmp_path: Path) -> None:
    text = "en,zh\nverification,核查\nsafety, security,安全、安保\n"
    found = read(tmp_path, "t.csv", text)
    assert forms(found) == ONE
    assert found.problems == (
        "t.csv, row 3 has more cells than the header: left out; quote its cells.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "English\tverification\tdisarmament\nChinese\t核查\t裁军\n",
        'Term\tSource\n"verification\n核查"\tCD/1\n"disarmament\n裁军"\tCD/2\n',
    ],
    ids=["languages in rows", "both in a cell"],
)
def test_a_table_that_is_laid_out_otherwise_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="name the columns zh and en"):
        read(tmp_path, "t.tsv", text)


@pytest.mark.parametrize("name", ["(" * 200_000, " " * 200_000, "[" * 100_000 + "x]" * 50_000])
def test_a_name_of_nothing_but_brackets_is_no_column(name: str) -> None:
    assert header_roles([name, "zh", "en"]) == {"zh": (1,), "en": (2,)}
