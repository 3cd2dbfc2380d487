"""Glossaries of others: no row is taken for what it is not, and none goes without a word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.terms.types import Competitor, TermPair
from corpora import UserError
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.terms.files import read_terms, write_terms

if TYPE_CHECKING:
    from pathlib import Path

    from tmx_out.terms.columns import TermFile

ONE = [(("核查",), ("verification",))]
TWO = [*ONE, (("裁军",), ("disarmament",))]


def read(folder: Path, name: str, text: str) -> TermFile:
    (folder / name).write_bytes(text.encode())
    return read_terms(folder / name)


def forms(found: TermFile) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(term.zh, term.en) for term in found.terms]


# ---------------------------------------------------------------------------------------- columns


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


# ------------------------------------------------------------------------------------ delimiters


@pytest.mark.parametrize(
    "text",
    [
        'English;中文;note\nverification;核查;"a, b, c, d, e"\ndisarmament;裁军;"f, g"\n',
        'verification;核查;"a, b, c, d, e"\ndisarmament;裁军;"f, g, h, i"\n',
        'zh,en,note\n核查,verification,"a; b; c; d; e; f"\n裁军,disarmament,\n',
        "zh;en;note\n核查;verification\n裁军;disarmament;of States, a, b, c\n",
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


def test_bytes_that_are_no_text_are_told_with_a_cure_for_glossaries(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\x00\x01\xff\xfe\x00" * 50)
    with pytest.raises(UserError, match=r"^t\.csv is no text .* save it as CSV UTF-8"):
        read_terms(tmp_path / "t.csv")


# -------------------------------------------------------------------------------------------- TBX


def tbx(*entries: str) -> str:
    return f'<martif type="TBX"><text><body>{"".join(entries)}</body></text></martif>'


def tig(term: str, status: str = "") -> str:
    note = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
    return f"<tig><term>{term}</term>{note}</tig>"


def entry(zh: str, en: str, more: str = "") -> str:
    sections = (("zh", zh), ("en", en), ("fr", "<note>Non.</note>" + tig("mot")))
    told = "".join(f'<langSet xml:lang="{code}">{tigs}</langSet>' for code, tigs in sections)
    return f'<termEntry id="a">{more}{told}</termEntry>'


def test_a_preferred_term_stands_first_and_a_deprecated_one_is_told(tmp_path: Path) -> None:
    en = (
        tig("bad", "deprecatedTerm-admn-sts")
        + tig("fair", "admittedTerm-admn-sts")
        + tig("good", "preferredTerm-admn-sts")
        + tig("old", "supersededTerm-admn-sts")
    )
    found = read(tmp_path, "t.tbx", tbx(entry(tig("好"), en)))
    assert forms(found) == [(("好",), ("good", "fair"))]
    assert found.problems == (
        "t.tbx, concept a: 'bad' is marked deprecated: this form is left out.",
        "t.tbx, concept a: 'old' is marked superseded: this form is left out.",
    )


def test_a_concept_of_deprecated_terms_alone_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, "t.tbx", tbx(entry(tig("好"), tig("bad", "deprecatedTerm-admn-sts"))))
    assert found.terms == ()
    assert found.problems[-1] == "t.tbx, concept a has no English term: left out."


def test_the_status_is_read_in_ntig_and_in_dct_style(tmp_path: Path) -> None:
    ntig = (
        "<ntig><termGrp><term>bad</term><termNote type='administrativeStatus'>"
        "deprecatedTerm-admn-sts</termNote></termGrp></ntig>"
    )
    assert forms(read(tmp_path, "t.tbx", tbx(entry(tig("好"), ntig + tig("good"))))) == [
        (("好",), ("good",))
    ]
    dct = (
        '<tbx type="TBX-Min" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
        'xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="1">'
        '<langSec xml:lang="zh"><termSec><term>好</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>bad</term><min:administrativeStatus>'
        "deprecatedTerm-admn-sts</min:administrativeStatus></termSec>"
        "<termSec><term>good</term></termSec></langSec></conceptEntry></body></text></tbx>"
    )
    assert forms(read(tmp_path, "d.tbx", dct)) == [(("好",), ("good",))]


def test_notes_and_definitions_of_both_languages_are_taken(tmp_path: Path) -> None:
    zh = "<note>说明。</note>" + tig("好")
    en = "<tig><term>good</term><note>Say so.</note></tig>"
    more = '<descrip type="definition">What it is.</descrip><note>Of all.</note>'
    [term] = read(tmp_path, "t.tbx", tbx(entry(zh, en, more))).terms
    assert term.note == "What it is. Of all. 说明。 Say so."


@pytest.mark.parametrize("version", [2, 3])
def test_our_own_counts_do_not_become_a_note(tmp_path: Path, version: int) -> None:
    term = TermPair(
        ("无核区",), ("zone",), count=3, documents=1, note="Two renderings.",
        competitors=(Competitor("无核区", "area (of peace)", 2),),
    )  # fmt: skip
    write_terms(tmp_path / "t.tbx", [term], tbx=version)
    text = (tmp_path / "t.tbx").read_text("utf-8")
    assert "3 units in 1 record" in text
    assert "Also rendered" in text
    assert read_terms(tmp_path / "t.tbx").terms[0].note == "Two renderings."


def test_a_tbx_of_no_term_is_refused_for_the_standard_wants_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no term to write"):
        write_terms(tmp_path / "t.tbx", [])
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_language_code_is_refused(tmp_path: Path) -> None:
    for name in ("t.tbx", "t.tmx"):
        with pytest.raises(UserError, match="'zh_CN' is no language code"):
            write_terms(tmp_path / name, [], languages={**DEFAULT_LANGUAGES, "zh": "zh_CN"})


# ------------------------------------------------------------------------------------ round trips


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
    from tmx_out.xml_text import clean_text

    zh, en = (" ".join(clean_text(side[0])[0].split()) for side in (term.zh, term.en))
    return (zh,), (en,)
