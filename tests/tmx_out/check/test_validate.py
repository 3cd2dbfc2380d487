"""Every rule of the validator: files in the wild that break it, and files that must pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from corpora import UserError
from tmx_out.check.table import RULES
from tmx_out.check.validate import validate_tmx

if TYPE_CHECKING:
    from pathlib import Path

    from tmx_out.check.problems import Problem

GOOD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en"
          srclang="zh-CN" datatype="plaintext"><note>n</note></header>
  <body>
    <tu tuid="1" creationdate="20150721T000000Z"><note>n</note><prop type="x-a">b</prop>
      <tuv xml:lang="zh-CN"><prop type="x-context-pre">前</prop><seg>甲</seg></tuv>
      <tuv xml:lang="en-US"><seg>a <bpt i="1"/>b<ept i="1"/> c</seg></tuv>
    </tu>
  </body>
</tmx>
"""
SEG = "<seg>甲</seg>"
ONE = 'a <bpt i="1"/>b<ept i="1"/> c'

# rule, what is replaced in GOOD, by what, and the line that must be told
BROKEN: list[tuple[str, str, str, int]] = [
    ("root", "tmx", "xliff", 3),
    ("version", 'version="1.4"', 'version="1.4b"', 3),
    ("version", 'version="1.4"', 'version="1.4."', 3),
    ("namespace", 'version="1.4"', 'version="1.4" xmlns="http://www.lisa.org/tmx14"', 3),
    ("attribute-unknown", 'version="1.4"', 'version="1.4" encoding="UTF-8"', 3),
    ("attribute-unknown", "<seg>甲", '<seg xml:lang="zh">甲', 8),
    ("attribute-missing", ' o-tmf="t"', "", 4),
    ("attribute-missing", 'segtype="sentence" ', "", 4),
    ("attribute-missing", '<prop type="x-a">', "<prop>", 7),
    ("attribute-missing", '<bpt i="1"/>b<ept i="1"/>', "<it/>", 9),
    ("attribute-value", '"sentence"', '"Sentence"', 4),
    ("srclang-missing", 'srclang="zh-CN"', "", 4),
    ("srclang-all", 'srclang="zh-CN"', 'srclang="*all*"', 4),
    ("segtype-paragraph", '"sentence"', '"paragraph"', 4),
    ("element-unknown", "<note>n</note></header>", "<info/></header>", 5),
    ("element-place", "<body>", "<body><note>n</note>", 6),
    ("element-order", SEG + "</tuv>", SEG + '</tuv><prop type="x-a">b</prop>', 8),
    ("element-order", SEG, SEG + "<note>n</note>", 8),
    ("element-repeated", SEG, SEG + SEG, 8),
    ("element-repeated", "</body>", "</body><body/>", 11),
    ("element-missing", SEG, "", 8),
    ("text-place", "<body>", "<body>words", 6),
    ("language-missing", ' xml:lang="en-US"', "", 9),
    ("language-deprecated", 'xml:lang="en-US"', 'lang="en-US"', 9),
    ("language-tag", 'xml:lang="en-US"', 'xml:lang="en_US"', 9),
    ("language-tag", 'adminlang="en"', 'adminlang="English US"', 4),
    ("language-length", "zh-CN", "zh-Hans", 4),
    ("language-repeated", 'xml:lang="en-US"', 'xml:lang="ZH-cn"', 7),
    ("one-language", '<tuv xml:lang="en-US"><seg>' + ONE + "</seg></tuv>", "", 7),
    ("source-missing", '<tuv xml:lang="zh-CN">', '<tuv xml:lang="zh">', 7),
    ("source-missing", 'tuid="1"', 'tuid="1" srclang="fr"', 7),
    ("source-case", '<tuv xml:lang="zh-CN">', '<tuv xml:lang="ZH-CN">', 7),
    ("date", "20150721T000000Z", "2015-07-21T00:00:00Z", 7),
    ("date", "20150721T000000Z", "20150732T000000Z", 7),
    ("date", "20150721T000000Z", "20150721T000000+0200", 7),
    ("tuid-repeated", "</body>", '<tu tuid="1"><tuv xml:lang="zh-CN">' + SEG + "</tuv></tu></body>",
     11),
    ("prop-key", '"x-a"', '"file"', 7),
    ("prop-key", '"x-a"', '"id"', 7),
    ("prop-prefix", '"x-a"', '"customer"', 7),
    ("segment-empty", "甲", "", 8),
    ("segment-empty", "甲", " \u3000", 8),
    ("segment-break", "甲", "甲\n乙", 8),
    ("segment-space", "甲", "\u3000甲", 8),
    ("segment-long", "甲", "甲" * 2001, 8),
    ("inline-pair", '<ept i="1"/>', "", 9),
    ("inline-pair", '<ept i="1"/>', '<ept i="2"/>', 9),
    ("inline-repeated", '<ept i="1"/>', '<ept i="1"/><ept i="1"/>', 9),
    ("inline-x", "甲", '<ph x="7"/>甲', 7),
    ("entity", "甲", "甲&nbsp;乙", 8),
    ("entity-declared", '"tmx14.dtd"', '"tmx14.dtd" [<!ENTITY a "b">]', 2),
    ("no-units", re.search("<tu .*</tu>", GOOD, re.S)[0], "", 9),  # type: ignore[index]
    ("well-formed", "甲", "甲\x0b", 8),
    ("well-formed", "甲", "甲&#x1F;", 8),
    ("well-formed", "甲", "甲 & 乙", 8),
    ("well-formed", "</seg></tuv>\n    </tu>", "</tuv></seg>\n    </tu>", 9),
    ("well-formed", "</tmx>\n", "</tmx>\n<tmx/>", 13),
    ("well-formed", "</tmx>\n", "", 12),
]  # fmt: skip

MAY_PASS = [
    ("UTF-8", "UTF-8"),
    ('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', ""),
    ('"tmx14.dtd"', '"http://www.lisa.org/tmx14.dtd"'),
    ('tuid="1" ', ""),
    ("zh-CN", "zh"),
    ("甲", "甲\u00a0乙&amp;&lt;&#x7532;"),
    ("甲", "甲" * 2000),
    ("甲", "<ph/>"),
    ("甲", "<!-- c --><![CDATA[<甲>]]>"),
    ("</tu>", '<tuv xml:lang="fr"><seg>f<bpt i="1"/><ept i="1"/></seg></tuv></tu>'),
    ('xml:lang="zh-CN"', 'xml:lang="zh-CN" changedate="20150721T000000Z" usagecount="3"'),
    ("<note>n</note></header>", '<ude name="u"><map unicode="#xF8FF"/></ude></header>'),
    ("c</seg>", '<hi type="b">c<ph>x<sub>y</sub></ph></hi></seg>'),
]


def check(tmp_path: Path, text: str, **options: int | None) -> list[Problem]:
    path = tmp_path / "x.tmx"
    path.write_bytes(text.encode())
    return validate_tmx(path, **options)


def test_the_good_file_is_good(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


@pytest.mark.parametrize(("rule", "old", "new", "line"), BROKEN)
def test_every_rule_is_told(tmp_path: Path, rule: str, old: str, new: str, line: int) -> None:
    assert old in GOOD
    problems = check(tmp_path, GOOD.replace(old, new))
    told = [problem for problem in problems if problem.rule == rule]
    assert [problem.line for problem in told][:1] == [line], problems
    severity = RULES[rule][0] if rule in RULES else "error"
    assert told[0].severity == severity
    # One sentence, with its cure, and no hole left in it.
    assert re.fullmatch(r"[^\n{}]+: [^\n{}]+\.", told[0].message), told[0].message


@pytest.mark.parametrize(("rule", "old", "new", "line"), BROKEN)
def test_one_fault_is_told_once(tmp_path: Path, rule: str, old: str, new: str, line: int) -> None:
    """A fault that brings others with it is listed here; every other gives one finding."""
    brings = """namespace language-length source-missing language-tag language-missing
        language-repeated tuid-repeated inline-pair element-repeated one-language
        element-missing inline-x"""
    problems = check(tmp_path, GOOD.replace(old, new))
    if rule not in brings.split():
        assert [problem.rule for problem in problems] == [rule]


@pytest.mark.parametrize(("old", "new"), MAY_PASS)
def test_what_every_tool_takes_is_not_blamed(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    assert check(tmp_path, GOOD.replace(old, new)) == []


def test_every_rule_has_a_broken_file() -> None:
    assert {rule for rule, *_ in BROKEN} - {"well-formed"} == set(RULES)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_that_tmx_allows(tmp_path: Path, encoding: str) -> None:
    text = GOOD.replace('encoding="UTF-8"', "")
    if encoding == "utf-16-le":
        text = "\ufeff" + text
    path = tmp_path / "x.tmx"
    path.write_bytes(text.encode(encoding))
    assert validate_tmx(path) == []


CAUSES = [
    ("甲\x0b乙".encode(), "U+000B"),
    (b"&#x1F;", "character reference"),
    ("裁军".encode("gb18030"), "not UTF-8"),
    (b"a & b", "&amp;"),
    (b"a < b", "&lt;"),
    (b"\xed\xa0\x80", "not UTF-8"),
]


@pytest.mark.parametrize(("data", "cause"), CAUSES)
def test_why_a_file_is_not_well_formed(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(GOOD.encode().replace("甲".encode(), data))
    (problem,) = [found for found in validate_tmx(path) if found.rule == "well-formed"]
    assert cause in problem.message
    assert problem.line == 8


def test_a_control_character_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(GOOD.replace('encoding="UTF-8"', "").replace("甲", "甲\x0b").encode("utf-16"))
    assert "U+000B" in validate_tmx(path)[-1].message


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04noise", b"\x00" * 50, b"%PDF-1.7", b"\xff\xfe"])
def test_what_is_no_xml_is_one_finding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(data)
    assert [problem.rule for problem in validate_tmx(path)] == ["well-formed"]


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(GOOD.replace("UTF-8", "GB18030").encode("gb18030"))
    problems = validate_tmx(path)
    assert [problem.rule for problem in problems] == ["well-formed"]
    assert "save the file as UTF-8" in problems[0].message


def test_a_flood_is_counted(tmp_path: Path) -> None:
    unit = re.search("<tu .*</tu>", GOOD, re.S)
    assert unit is not None
    flood = GOOD.replace(unit[0], (unit[0].replace("20150721T", "today") + "\n") * 50)
    flood = flood.replace(' tuid="1"', "")
    problems = check(tmp_path, flood)
    assert len(problems) == 21
    assert problems[-1].message == "30 more of this kind, up to this line."
    assert len(check(tmp_path, flood, limit=None)) == 50


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    laughs = '<!ENTITY l0 "ha">'
    laughs += "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = GOOD.replace('"tmx14.dtd"', f'"tmx14.dtd" [{laughs}]')
    rules = [problem.rule for problem in check(tmp_path, text.replace("甲", "甲&l11;"))]
    assert rules == ["entity-declared", "entity"]
    rules = [problem.rule for problem in check(tmp_path, text.replace('tuid="1"', 'tuid="&l11;"'))]
    assert rules == ["entity-declared", "well-formed"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        validate_tmx(tmp_path / "none.tmx")
    with pytest.raises(UserError, match="cannot be read"):
        validate_tmx(tmp_path)


def test_a_problem_reads_as_a_line(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, GOOD.replace('"1.4"', '"1.4b"'))
    assert str(problem) == (
        "line 3: error: The version is '1.4b', and OmegaT from version 6.1 refuses the whole "
        'file: write version="1.4". [version]'
    )
