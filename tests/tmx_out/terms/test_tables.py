"""Tables of terms: no row is taken for what it is not, and none goes without a word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from align.terms.types import TermPair
from corpora import UserError
from tests.tmx_out.terms.glossaries import ONE, TWO, forms, read
from tmx_out.terms.files import read_terms, write_terms
from tmx_out.terms.forms import clean_lines
from tmx_out.write import sheet
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    [
        'English;中文;note\nverification;核查;"a, b, c, d, e"\ndisarmament;裁军;"f, g"\n',
        'verification;核查;"a, b, c, d, e"\ndisarmament;裁军;"f, g, h, i"\n',
        'zh,en,note\n核查,verification,"a; b; c; d; e; f"\n裁军,disarmament,\n',
        "zh;en;note\n核查;verification\n裁军;disarmament;of States, a, b, c\n",
        "Chinese|English|Note\n核查|verification|a, b\n裁军|disarmament|c\n",
    ],
)
def test_the_delimiter_is_what_parts_the_columns(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, "t.csv", text)
    assert forms(found)[0] in (TWO[0], TWO[0][::-1])
    assert len(found.terms) == 2
    assert found.problems == ()


def test_a_row_of_csv_that_begins_with_a_hash_is_a_row(tmp_path: Path) -> None:
    found = read(tmp_path, "t.csv", 'zh,en,note\n#核,#n,\n核查,verification,"one\n# two"\n')
    assert forms(found) == [(("#核",), ("#n",)), *ONE]
    assert found.terms[1].note == "one # two"


def test_remarks_above_the_header_of_csv_are_no_rows(tmp_path: Path) -> None:
    for remark in ("# ours", "# ours, of 2031"):
        found = read(tmp_path, "t.csv", f"{remark}\nzh,en\n核查,verification\n")
        assert (forms(found), found.problems) == (ONE, ())


def test_an_apostrophe_in_a_table_of_tabs_is_text(tmp_path: Path) -> None:
    assert forms(read(tmp_path, "t.txt", "核查\t'-x\n")) == [(("核查",), ("'-x",))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sep=;\nzh;en\n核查;verification\n裁军;disarmament\n", []),
        ("zh|en\n核查|verification\n裁军|disarmament\n", []),
        ("\ufeff\ufeffzh,en\n\ufeff核查,verification\n裁军,dis\u200barmament\n", []),
        ("Our terms\n,\nChinese,English\n核查,verification\n裁军,disarmament\n",
         ["row 1 stands above the header: left out (Our terms)."]),
        ("zh,en\n核查,verification\nzh,en\n裁军,disarmament\n",
         ["row 3 is the header once more: left out."]),
        ("zh,en\n核查,verification\ndisarmament,裁军\n",
         ["row 3 has Chinese and English in each other's column: exchanged."]),
        ("zh,en\n核查,verification\n裁军,disarmament\n弹,-\n", ["row 4 has no English: left out."]),
        ('zh,en\n核查,verification\n裁军,"disarmament\n',
         ["row 3 has a quotation mark that nothing closes: read as a letter."]),
    ],
)  # fmt: skip
def test_no_row_goes_without_a_word(tmp_path: Path, text: str, told: list[str]) -> None:
    found = read(tmp_path, "t.csv", text)
    assert [(term.zh, (term.en[0].lstrip('"'),)) for term in found.terms] == TWO
    assert found.problems == tuple(f"t.csv, {sentence}" for sentence in told)


def test_further_columns_of_a_language_hold_further_forms(tmp_path: Path) -> None:
    text = "繁體中文,English acronym,简体中文,English\n裁軍,DD,裁军,disarmament\n"
    assert forms(read(tmp_path, "t.csv", text)) == [(("裁军", "裁軍"), ("disarmament", "DD"))]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "中文,English\n我们同意。,We agree.\n他们也同意。,They agree as well.\n",
            "sentences, 2 of 2",
        ),
        ("我们说,he said it\nthen nothing,\nmore of it,\nand more,\nfoo,bar\n", "no glossary"),
    ],
)
def test_what_is_no_glossary_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        read(tmp_path, "t.csv", text)


def test_the_sheets_that_hold_terms_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Prepared by the Section."])
    for rows in (["核查", "verification"], ["裁军", "disarmament"]):
        sheet = book.create_sheet()
        sheet.append(["中文", "English"])
        sheet.append(rows)
    sheet.append(["条约", "treaty"])
    sheet.append([None, "agreement"])
    sheet.merge_cells("A3:A4")
    book.save(tmp_path / "t.xlsx")
    found = read_terms(tmp_path / "t.xlsx")
    assert forms(found) == [*TWO, (("条约",), ("treaty", "agreement"))]
    assert found.problems == ("t.xlsx, sheet Sheet holds no terms: left out.",)


def test_bytes_that_are_no_text_are_told_with_a_cure_for_glossaries(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\x00\x01\xff\xfe\x00" * 50)
    with pytest.raises(UserError, match=r"^t\.csv is no text .* save it as CSV UTF-8"):
        read_terms(tmp_path / "t.csv")


@pytest.mark.parametrize("coding", ["utf-16", "gb18030", "big5"])
def test_other_codings_are_read_and_told_with_a_cure_for_glossaries(
    tmp_path: Path, coding: str
) -> None:
    text = "中文\tEnglish\n核查\tverification\n裁軍\tdisarmament\n" * 3
    (tmp_path / "t.txt").write_bytes(text.encode(coding))
    found = read_terms(tmp_path / "t.txt")
    assert found.terms[0].zh == ("核查",)
    assert found.problems[0].startswith("t.txt is not in UTF-8 and was read as ")
    assert found.problems[0].endswith("save it as CSV UTF-8.")


def test_terms_that_no_sheet_holds_are_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    terms = [TermPair(("核查",), (f"verification {n}",)) for n in range(3)]
    with pytest.raises(UserError, match=r"more: write a text table"):
        write_terms(tmp_path / "t.xlsx", terms)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_does_not_say_when_it_was_written(tmp_path: Path) -> None:
    """The same terms, the same bytes."""
    write_terms(tmp_path / "a.xlsx", [TermPair(("核查",), ("verification",))])
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert properties.created == properties.modified == datetime(2000, 1, 1)


# What makes a program stumble stands first in its cell: no letter before it protects it. Letters
# would make a Chinese form English; a run of other control characters is taken for no text.
NASTY = st.text(
    st.one_of(
        st.sampled_from("=+-@#'\"\t\r\n\x00\x0b\x1f\x85\u2028;,<&>]\\ \u3000"),
        st.characters(exclude_characters="|", exclude_categories=("L", "Cc")),
    ),
    max_size=8,
)


@settings(max_examples=50, deadline=None)
@example([(",", ",", ",")])
@example([(";", "", ";,")])
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=4))
def test_forms_with_anything_before_them_come_back(
    tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str, str]]
) -> None:
    terms = [TermPair((f"{zh}核{n}",), (f"{en}x{n}",), note=note)
             for n, (zh, en, note) in enumerate(parts)]  # fmt: skip
    folder = tmp_path_factory.mktemp("terms")
    expected = [_cleaned(term) for term in terms]
    for suffix in (".csv", ".xlsx", ".tbx", ".txt"):
        write_terms(folder / f"t{suffix}", terms)
        found = read_terms(folder / f"t{suffix}")
        assert forms(found) == expected, suffix
        assert found.problems == ()


def _cleaned(term: TermPair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    zh, en = (clean_lines(clean_text(side[0])[0]) for side in (term.zh, term.en))
    return (zh,), (en,)
