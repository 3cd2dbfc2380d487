"""Numbers, dates and symbols that are equal in both languages, and those that are not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.facts.en import facts_en
from corpora.facts.reader import missing, parse_roman
from corpora.facts.zh import facts_zh


def lost(zh: str, en: str) -> tuple[list[str], list[str]]:
    """What each side says that the other does not, as printed."""
    left, right = facts_zh(zh), facts_en(en)
    return [f.text for f in missing(left, right)], [f.text for f in missing(right, left)]


EQUAL = {
    # in the wild: CD/PV.1579, the S/PV records, the UN Parallel Corpus
    "ordinal": (
        "我宣布裁军谈判会议第1579次全体会议开始。",
        "I call to order the 1579th plenary meeting of the Conference on Disarmament.",
    ),
    "spelt ordinal": ("第六十九届会议", "Sixty-ninth session"),
    "date": ("2014年10月28日", "28 October 2014"),
    "dates, range": (
        "第一次工作会议将于2015年2月3日至5日举行，第二次会议将于2015年4月28日至30日举行。",
        "The first working session will be held from 3 to 5 February and the second from 28 to "
        "30 April 2015.",
    ),
    "months, range": ("2至4月", "February to April"),
    "time": (
        "定于2015年3月6日星期五下午12时40分举行",
        "To be held on Friday, 6 March 2015, at 12.40 p.m.",
    ),
    "time, 24 hours": ("13时10分，在边界线上", "At 1310, at the borderline"),
    "resolution": (
        "根据第984(1995)号决议和第69/66号决议",
        "Pursuant to resolutions 984 (1995) and 69/66",
    ),
    "resolution, old": ("第2153 A（XXI）号决议", "resolution 2153 A (XXI)"),
    "symbol": ("CD/1978号文件和A/RES/70/10", "documents CD/1978 and A/RES/70/10"),
    "money": ("35亿美元", "$3.5 billion"),
    "thousands": ("20万人", "200,000 people"),
    "thousands, spaces": ("1 800多名儿童", "more than 1,800 children"),
    "more than": ("200多万人", "more than 2 million people"),
    "vague": ("数十万民众", "Hundreds of thousands of civilians"),
    "per cent": ("从22.2%增至26.7%", "from 22.2 per cent to 26.7 per cent"),
    "paragraph number on one side": ("在过去五年里，", "61. In the past five years,"),
    "roman number": ("三. 结论和建议；附件三", "III. Conclusion; annex III"),
    "year by its place": (
        "2015年是联合国成立70周年。",
        "This year marks the seventieth anniversary.",
    ),
    "footnote": ("2014年9月被抓获。", "captured in September 2014.42"),
    "abbreviation": ("新型冠状病毒疫情", "the COVID-19 pandemic"),
    "spaces in Chinese": ("2013 年 9 月 26 日", "26 September 2013"),
    "G21": ("21国集团欢迎第69/66号决议", "The Group of 21 welcomes resolution 69/66"),
    # synthetic
    "spelt year": ("一九九五年三月五日", "5 March 1995"),
    "spelt year, English": ("1995年", "nineteen ninety-five"),
    "decade": ("九十年代", "the 1990s"),
    "decade, spelt": ("1990年代", "the nineteen-nineties"),
    "decade, short": ("1990年代", "the '90s"),
    "footnote after a mark": ("重申此点；", "Reaffirms this;18"),
    "decade, with century": ("20世纪90年代", "the nineties of the twentieth century"),
    "decades counted": ("四十年的故事", "a story of four decades"),
    "fraction": ("三分之二的国家", "two thirds of the States"),
    "quarter": ("四分之一", "one quarter"),
    "per cent, spelt": ("百分之三点五", "3.5 per cent"),
    "half": ("一半", "50 per cent"),
    "trillion": ("1.2万亿", "1.2 trillion"),
    "spelt hundreds": ("二十三万五千", "two hundred and thirty-five thousand"),
    "full width": ("第１５７９次", "the 1579th"),
    "years in short": ("2014-2015两年期", "the biennium 2014/15"),
    "noon": ("12时", "noon"),
    "taels": ("二十两银子", "twenty taels of silver"),
    "either of two": ("十四五岁", "fourteen or fifteen years old"),
    # small numbers that a translation need not keep
    "one": ("这是一个问题。", "This is an issue."),
    "very": ("这十分重要。", "This is very important."),
    "first": ("首先，我要感谢你。", "I thank you."),
    "both": ("两国都同意。", "Both agree."),
    "second": ("其次，", "Second,"),
    "may": ("你可以说。", "You may speak."),
    "May begins": ("愿和平降临。", "May peace come."),
    "together": ("我们一致同意。", "We all agree."),
    "millions": ("千百万人", "millions of people"),
}


@pytest.mark.parametrize(("zh", "en"), EQUAL.values(), ids=EQUAL)
def test_equal_facts(zh, en):
    assert lost(zh, en) == ([], [])


DIFFERENT = {
    "number": ("近3.5亿人", "nearly 35 million people", ["3.5亿"], ["35 million"]),
    "one digit": ("第1579次会议", "the 1597th meeting", ["1579"], ["1597th"]),
    "page": ("(第26页)", "(p. 28)", ["26"], ["28"]),
    "spelt": ("八个领域", "seven sectors", [], ["seven"]),
    "myriad": ("8 000万", "80,000", ["8 000万"], ["80,000"]),
    "month": ("12月24日", "24 November", ["12月"], ["November"]),
    "day": ("1月20日", "21 January", ["20日"], ["21"]),
    "year": ("1997年签署", "signed in 1996", ["1997年"], ["1996"]),
    "symbol": ("A/RES/70/10", "A/RES/70/11", ["A/RES/70/10"], ["A/RES/70/11"]),
    "resolution": (
        "第984(1995)号决议",
        "resolution 948 (1995)",
        ["984(1995)"],
        ["948(1995)"],
    ),
    "fraction": ("三分之二", "three quarters", ["三分之二"], ["three quarters"]),
    "left out": ("5月16日", "that day", ["5月", "16日"], []),
    "decade": ("八十年代", "the 1990s", ["八十年代"], ["1990s"]),
}


@pytest.mark.parametrize(("zh", "en", "left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_facts(zh, en, left, right):
    assert lost(zh, en) == (left, right)


def test_kinds():
    kinds = {f.text: f.kind for f in facts_en("CD/1978 of 3 May 2006 on 12 items").facts}
    assert kinds == {
        "CD/1978": "symbol",
        "May": "date",
        "3": "date",
        "2006": "date",
        "12": "number",
    }


def test_values():
    [share] = facts_zh("三分之二").facts
    assert share.values == (Fraction(2, 3),)


def test_item_numbers():
    assert facts_zh("10. 委员会").item == facts_en("10. The Commission").item == 10
    assert facts_zh("三、结论").item == facts_en("III. Conclusion").item == 3
    assert facts_en("10.5 per cent").item is None


@pytest.mark.parametrize(("text", "value"), [("XXI", 21), ("IV", 4), ("XLIX", 49), ("L", 50)])
def test_roman(text, value):
    assert parse_roman(text) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "abc", "C"])
def test_no_roman(text):
    assert parse_roman(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "9" * 6000,
        "一" * 6000,
        "1," * 3000,
        "(" * 3000,
        "A/" * 3000,
        "one " * 2000,
        "1-" * 3000,
        "万" * 900,
    ],
    ids=lambda text: text[:4],
)
def test_hostile_text_is_read(text):
    assert facts_zh(text).text
    assert facts_en(text).text


@given(st.text())
def test_any_text_agrees_with_itself(text):
    zh, en = facts_zh(text), facts_en(text)
    assert missing(zh, zh) == missing(en, en) == []


@given(st.integers(0, 10**9))
def test_digits_are_equal_on_both_sides(number):
    assert lost(f"共{number}人", f"in all {number:,} persons") == ([], [])
