"""Text fit for XML: what goes, what stays, and that lxml and expat agree."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tmx_out.xml_text import clean_text, escape_attribute, escape_text

WILD = [
    ("第\x0b一", "第 一", 1),
    ("a\x1fb", "ab", 1),
    ("a\x00", "a", 1),
    ("\ud800字\udfff", "字", 2),
    ("x\ufffey\uffff", "xy", 2),
    ("one\r\n two\ttoo", "one two too", 0),
    ("a\u2028b\x85c", "a b c", 0),
    ("\u3000　全文　", "全文", 0),
    ("\x0b", "", 1),
    ("a\x80\x9b31mb\x9f", "a31mb", 3),
]
UNTOUCHED = [
    "",
    "裁军谈判会议",
    "a  b",
    "a\u00a0b",
    "𠀀😀",
    "<&>'\"",
    "\u200b零",
    "（一）“文”",
    "\x7f",
]


@pytest.mark.parametrize(("text", "clean", "removed"), WILD)
def test_what_xml_cannot_hold_goes(text: str, clean: str, removed: int) -> None:
    assert clean_text(text) == (clean, removed)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_fit_is_not_touched(text: str) -> None:
    assert clean_text(text) == (text, 0)


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x0b\x1f\ud800\udfff\ufffe\uffff\r\n\t\x80\x85\x9b\u2028<&>]\"' 　字"),
    )
)


@given(NASTY)
def test_two_parsers_take_and_give_back_what_is_clean(text: str) -> None:
    clean, _ = clean_text(text)
    assert clean_text(clean) == (clean, 0)
    assert len(clean.splitlines()) <= 1
    element = etree.Element("seg")
    element.text = clean
    data = etree.tostring(element, encoding="utf-8")
    assert (etree.fromstring(data).text or "") == clean
    expat.ParserCreate().Parse(data, True)


@given(st.text(alphabet=st.one_of(st.sampled_from("&<>\"' 裁,;"), st.characters()), max_size=20))
def test_escaped_as_an_xml_library_does(text: str) -> None:
    text, _ = clean_text(text)
    element = etree.Element("seg", {"a": text})
    element.text = text
    written = f'<seg a="{escape_attribute(text)}">{escape_text(text)}</seg>'
    if text:
        assert written == etree.tostring(element, encoding="unicode")
    assert etree.fromstring(written.encode()).get("a") == text


@given(st.characters())
def test_what_is_printable_needs_no_cleaning(ch: str) -> None:
    text = f"a{ch}b"
    assert not text.isprintable() or clean_text(text) == (text, 0)
    assert clean_text(f"{text}\x07")[0] == clean_text(text)[0]  # the long way
