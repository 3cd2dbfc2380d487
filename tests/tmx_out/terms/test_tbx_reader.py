"""TBX of other programs: which form is preferred, which is left out and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from align.terms.types import Competitor, TermPair
from tests.tmx_out.terms.glossaries import forms, read
from tmx_out.terms.files import read_terms, write_terms

if TYPE_CHECKING:
    from pathlib import Path


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
