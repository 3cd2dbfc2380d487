"""The numbers that Word shows before the paragraphs of automatic lists."""

from __future__ import annotations

import docx
import pytest

from tests.corpora.making_docx import W, p, saved, t, texts_of, with_body


def level(number, text, kind="decimal", more=""):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'):
    return (
        f'<?xml version="1.0"?><w:numbering {W}><w:abstractNum w:abstractNumId="7">'
        f"{''.join(levels)}</w:abstractNum>{nums}</w:numbering>"
    )


def item(text, level=0, numbered=1):
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{t(text)}</w:p>"


def read(xml, *levels, **given):
    return texts_of(with_body(xml, {"word/numbering.xml": numbering(*levels, **given)}))


def test_two_levels_count_and_the_deeper_begins_anew():
    first = item("Roads") + item("Of stone", 1) + item("Of sand", 1)
    xml = first + p(t("They were mended.")) + item("Bridges") + item("Of wood", 1)
    assert read(xml, level(0, "%1."), level(1, "%1.%2")) == [
        *("1. Roads", "1.1 Of stone", "1.2 Of sand", "They were mended."),
        *("2. Bridges", "2.1 Of wood"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("upperRoman", "%1.", ["I.", "II.", "III.", "IV."]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)", "(d)"]),
        ("chineseCounting", "第%1条", ["第一条", "第二条", "第三条", "第四条"]),
        ("chineseCountingThousand", "%1、", ["一、", "二、", "三、", "四、"]),
        ("ideographTraditional", "%1.", ["甲.", "乙.", "丙.", "丁."]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③", "④"]),
        ("decimalZero", "%1.", ["01.", "02.", "03.", "04."]),
        ("ordinal", "%1", ["1st", "2nd", "3rd", "4th"]),
    ],
)
def test_numerals(kind, text, shown):
    xml = "".join(item("text") for _ in shown)
    assert read(xml, level(0, text, kind)) == [f"{number} text" for number in shown]


def test_many_items_of_each_kind():
    kinds = ["lowerRoman", "upperLetter", "chineseCounting", "decimalEnclosedCircle"]
    shown = []
    for kind in kinds:
        texts = read("".join(item("x") for _ in range(28)), level(0, "%1)", kind))
        shown.append((texts[9], texts[19], texts[26]))
    assert shown == [
        ("x) x", "xx) x", "xxvii) x"),
        ("J) x", "T) x", "AA) x"),
        ("十) x", "二十) x", "二十七) x"),
        ("⑩) x", "⑳) x", "27) x"),
    ]


def test_bullets_say_nothing_and_empty_paragraphs_count_without_a_line():
    assert read(item("Roads"), level(0, "\uf0b7", "bullet")) == ["Roads"]
    assert read(item("Roads") + item("") + item("Bridges"), level(0, "%1.")) == [
        *("1. Roads", "3. Bridges"),
    ]


def test_a_list_that_begins_anew_and_one_that_goes_on():
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    xml = "".join(item("x", numbered=number) for number in (1, 1, 2, 3, 3))
    assert read(xml, level(0, "%1."), nums=nums) == ["1. x", "2. x", "3. x", "1. x", "2. x"]


def test_upper_levels_in_digits_where_the_list_asks_for_it():
    xml = item("Roads") + item("Of stone", 1)
    levels = level(0, "%1.", "upperRoman"), level(1, "%1.%2", "decimal", "<w:isLgl/>")
    assert read(xml, *levels) == ["I. Roads", "1.1 Of stone"]


def test_a_style_numbers_its_paragraphs():
    document = docx.Document()
    for text in ("Opening of the session", "Election of officers"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("The officers were elected.")
    assert texts_of(saved(document)) == [
        *("1. Opening of the session", "2. Election of officers", "The officers were elected."),
    ]


@pytest.mark.parametrize(
    "xml", [item("Roads", numbered=9), item("Roads", level=5), item("Roads", numbered=0)]
)
def test_what_names_no_list_or_level_has_no_number(xml):
    assert read(xml, level(0, "%1.")) == ["Roads"]


def test_lists_that_name_each_other_end():
    nums = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    link = '<w:numStyleLink w:val="nothing"/>'
    assert read(item("Roads"), link, nums=nums) == ["Roads"]
