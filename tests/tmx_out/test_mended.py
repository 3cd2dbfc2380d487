"""Files that should be XML: mended where that has one meaning, and counted."""

from __future__ import annotations

import pytest

from tmx_out.mended import BYTES, CONTROLS, ENTITIES, SIGNS, open_mended, said_wrongly


def mended(path, data):
    path.write_bytes(data)
    told = {}
    with open_mended(path, told) as stream:
        out = b""
        while piece := stream.read(5):
            out += piece
    return out.decode(), {what: n for what, n in told.items() if not what.startswith("read")}


@pytest.mark.parametrize(
    ("text", "wanted", "told"),
    [
        ("<a>b&amp;&lt;&#65;</a>", "<a>b&amp;&lt;&#65;</a>", {}),
        ("a & b &c; AT&T", "a &amp; b &amp;c; AT&amp;T", {SIGNS: 3}),
        ("1 < 2 <b>", "1 &lt; 2 <b>", {SIGNS: 1}),
        ("a&nbsp;b&eacute;", "a\xa0bé", {ENTITIES: 2}),
        ("a\x0bb&#11;c&#xB;&#xFFFFFF;", "abc", {CONTROLS: 4}),
        ("<!ENTITY c 'x'> &c;", "<!ENTITY c 'x'> &c;", {}),
        ("<?xml version='1.0' encoding='utf-16'?><a/>", "<a/>", {}),
    ],
)
def test_what_has_one_meaning_is_mended(tmp_path, text, wanted, told):
    assert mended(tmp_path / "x", text.encode()) == (wanted, told)


def test_bytes_that_are_no_text_are_counted(tmp_path):
    text, told = mended(tmp_path / "x", "核查".encode() * 1000 + b"\xff<a/>")
    assert text.endswith("\ufffd<a/>")
    assert told == {BYTES: 1}


@pytest.mark.parametrize(
    ("declared", "written", "found"),
    [
        ("utf-8", "utf-8", None),
        ("windows-1252", "utf-8", "utf-8"),
        ("gb18030", "gb18030", None),
        ("no-such-coding", "utf-8", "utf-8"),
        ("utf-16", "utf-16", None),
    ],
)
def test_a_coding_that_is_said_wrongly_is_found(tmp_path, declared, written, found):
    text = f'<?xml version="1.0" encoding="{declared}"?><a>核查与裁军是会议的议题</a>'
    (tmp_path / "x").write_bytes(text.encode(written))
    assert said_wrongly(tmp_path / "x") == found
