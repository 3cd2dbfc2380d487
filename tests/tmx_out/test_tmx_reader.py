"""Other tools' files, and files that mean harm."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpora import UserError
from tmx_out.selection import Skipped
from tmx_out.tmx_reader import ENTITY, NO_PAIR, read_tmx
from tmx_out.units import Context, Unit

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '<tmx version="1.4"><header srclang="zh"/><body>'
TAIL = "</body></tmx>"


def tu(zh: str = "甲", en: str = "a", codes: tuple[str, str] = ("zh", "en")) -> str:
    return (
        f'<tu><tuv xml:lang="{codes[0]}"><seg>{zh}</seg></tuv>'
        f'<tuv xml:lang="{codes[1]}"><seg>{en}</seg></tuv></tu>'
    )


def read(tmp_path: Path, body: str, skipped: list[Skipped] | None = None) -> list[tuple[str, str]]:
    path = tmp_path / "x.tmx"
    path.write_text(HEAD + body + TAIL, encoding="utf-8")
    return [(unit.zh, unit.en) for unit in read_tmx(path, skipped=skipped)]


CODES = [("zh-CN", "en-US"), ("ZH", "EN"), ("zh_CN", "en_GB"), ("zh-Hans", "en"), ("zho", "eng")]


@pytest.mark.parametrize("codes", CODES)
def test_every_spelling_of_the_codes(tmp_path: Path, codes: tuple[str, str]) -> None:
    assert read(tmp_path, tu(codes=codes)) == [("甲", "a")]


SEGMENTS = [
    ('<bpt i="1">&lt;b></bpt>粗<ept i="1">&lt;/b></ept>体', "粗体"),
    ('一<ph x="1">{0}</ph>二<it pos="begin">x</it><ut>y</ut>', "一二"),
    ("一<hi>二<ph/>三</hi>四", "一二三四"),
    ("一<ph>code<sub>text in code</sub></ph>二", "一二"),
    ("一<!-- note -->二<?pi x?>三", "一二三"),
    ("<![CDATA[<甲&>]]>", "<甲&>"),
    ("&#x7532;&amp;&lt;", "甲&<"),
    (" 甲\n乙 ", " 甲\n乙 "),
]


@pytest.mark.parametrize(("segment", "text"), SEGMENTS)
def test_inline_codes_are_left_out(tmp_path: Path, segment: str, text: str) -> None:
    assert read(tmp_path, tu(zh=segment)) == [(text, "a")]


def test_lang_without_xml(tmp_path: Path) -> None:
    assert read(tmp_path, tu().replace("xml:lang", "lang")) == [("甲", "a")]


def test_further_languages_and_variants(tmp_path: Path) -> None:
    more = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    body = (
        "<tu><note>n</note>"
        + more.format("fr", "f")
        + more.format("zh-TW", "繁")
        + more.format("en", "a")
        + more.format("zh-CN", "简")
        + more.format("en-GB", "later")
        + "</tu>"
    )
    assert read(tmp_path, body) == [("简", "a")]
    only_traditional = body.replace("zh-CN", "zh-HK")
    assert read(tmp_path, only_traditional) == [("繁", "a")]


def test_what_cannot_be_used_is_told(tmp_path: Path) -> None:
    skipped: list[Skipped] = []
    body = tu() + "\n" + tu(en=" ") + '\n<tu tuid="t7"><tuv xml:lang="zh"><seg>x</seg></tuv></tu>'
    assert read(tmp_path, body, skipped) == [("甲", "a")]
    assert skipped == [Skipped("line 2", NO_PAIR), Skipped("t7", NO_PAIR)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.tmx"
    declared = '<?xml version="1.0" encoding="utf-16"?>' if encoding == "utf-16" else ""
    doctype = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">'
    path.write_text(declared + doctype + HEAD + tu() + TAIL, encoding=encoding)
    assert [unit.zh for unit in read_tmx(path)] == ["甲"]


def test_a_namespace_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    named = HEAD.replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ')
    path.write_text(named + tu("一<ph>c</ph>") + TAIL, encoding="utf-8")
    assert [unit.zh for unit in read_tmx(path)] == ["一"]


def test_what_is_not_said_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text(HEAD + tu() + TAIL, encoding="utf-8")
    assert list(read_tmx(path)) == [Unit("", "甲", "a")]


def test_odd_props_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    props = "".join(
        f'<prop type="{name}">{value}</prop>'
        for name, value in [
            ("x-para", "twelve"), ("x-confidence", "0.93"), ("x-date", "2015-07-21"),
            ("x-page", "٣"), ("x-context-pre", "on the unit"), ("", "nameless"),
        ]
    )  # fmt: skip
    body = tu().replace("<tu>", f'<tu creationdate="2015-07-21T01:02:03Z">{props}<prop/>')
    path.write_text(HEAD + body + TAIL, encoding="utf-8")
    (unit,) = read_tmx(path)
    assert (unit.paragraph, unit.page, unit.confidence) == (None, None, None)
    assert unit.date is not None
    assert unit.date.isoformat() == "2015-07-21"
    assert unit.created == datetime(2015, 7, 21, 1, 2, 3, tzinfo=UTC)
    assert unit.zh_context == Context()


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    path = tmp_path / "x.tmx"
    path.write_text(
        f'<!DOCTYPE tmx [<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY word "WORD">]>'
        + HEAD + tu(zh="甲&file;") + tu(zh="&word;乙") + tu(zh="丙") + TAIL,
        encoding="utf-8",
    )  # fmt: skip
    skipped: list[Skipped] = []
    found = list(read_tmx(path, skipped=skipped))
    assert [unit.zh for unit in found] == ["丙"]
    assert [skip.reason for skip in skipped] == [ENTITY, ENTITY]


@pytest.mark.parametrize("depth", [2, 12])
@pytest.mark.parametrize("place", ["text", "attribute"])
def test_a_billion_laughs_stay_unlaughed(tmp_path: Path, depth: int, place: str) -> None:
    """Few laughs are left out with their unit; many are refused, at once and in little memory."""
    laughs = '<!ENTITY l0 "ha">'
    laughs += "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    last = f"&l{depth - 1};"
    body = tu(zh=last) if place == "text" else tu().replace("<tu>", f'<tu tuid="{last}">')
    path = tmp_path / "x.tmx"
    path.write_text(f"<!DOCTYPE tmx [{laughs}]>{HEAD}{body}{TAIL}", encoding="utf-8")
    if depth > 2:
        with pytest.raises(UserError, match="not well-formed"):
            list(read_tmx(path))
    else:
        assert len(list(read_tmx(path))) == (0 if place == "text" else 1)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        list(read_tmx(tmp_path / "none.tmx"))
    path = tmp_path / "x.tmx"
    path.write_text(HEAD + tu() + "<tu>", encoding="utf-8")
    reader = read_tmx(path)
    assert next(reader).zh == "甲"
    with pytest.raises(UserError, match=r"not well-formed XML .*, 1 units"):
        next(reader)
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(UserError, match="not TMX"):
        list(read_tmx(path))
    path.write_bytes(b"")
    with pytest.raises(UserError, match="not well-formed"):
        list(read_tmx(path))
    with pytest.raises(UserError, match="cannot be read"):
        list(read_tmx(tmp_path))
