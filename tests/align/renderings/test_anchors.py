"""Numbers, sums, dates and symbols in their places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.renderings.anchors import anchors

PAIRS = [
    ("第六条", "article VI", "6", "第六条", "article VI"),
    ("35亿美元", "$3.5 billion", "3500000000", "35亿美元", "$3.5 billion"),
    ("4 330万美元", "US$ 43.3 million", "43300000", "4 330万美元", "US$ 43.3 million"),
    ("第1984(2011)号决议", "resolution 1984 (2011)", "1984(2011)", "第1984(2011)号", "1984 (2011)"),
    ("CD/2301号文件", "document CD/2301", "CD/2301", "CD/2301", "CD/2301"),
    ("Ａ/RES/70/1", "A/RES/70/1", "A/RES/70/1", None, "A/RES/70/1"),
    ("9月", "in September", "m9", "9月", "September"),
    ("26日", "26 others", "26", "26日", "26"),
    ("第六十九届会议", "sixty-ninth session", "69", "第六十九届", "sixty-ninth"),
    ("百分之二十", "20 per cent", "20", "百分之二十", "20 per cent"),
    ("2.9%", "2.9 per cent", "29/10", "2.9%", "2.9 per cent"),
    ("见CD/PV.1579）", "(see CD/PV.1579)", "CD/PV.1579", "CD/PV.1579", "CD/PV.1579"),
    ("第37条", "rule 37", "37", "第37条", "rule 37"),
    ("第三条约", "a third treaty", "3", "第三", None),
    ("第70/31号", "resolution 70/31", "70/31", "第70/31号", "70/31"),
    ("第812次全体会议", "the 812th plenary", "812", "第812次", "812th"),
    ("下午4时", "4 p.m.", "4", "4时", "4"),
    ("4时期", "4 periods", "4", "4", "4"),
    ("1,250人", "1,250 people", "1250", "1,250", "1,250"),
]


@pytest.mark.parametrize(("zh", "en", "value", "zh_part", "en_part"), PAIRS)
def test_both_languages_say_the_same(zh, en, value, zh_part, en_part):
    for text, language, part in ((zh, "zh", zh_part), (en, "en", en_part)):
        if part is not None:
            assert [(text[a:b], v) for a, b, v in anchors(text, language)] == [(part, value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("一项协议和两国", "zh"),
        ("I have one point and both sides; a second view", "en"),
        ("第一届会议", "zh"),
        ("CD members and the V. Smith archive", "en"),
        ("", "en"),
        ("A/HRC and CD/PV series", "en"),
        ("9" * 9000, "en"),
        ("9" * 9000, "zh"),
        ("九" * 9000, "zh"),
        ("A/HRC和CD/PV系列", "zh"),
        ("and", "en"),
    ],
)
def test_what_is_no_fact(text, language):
    assert [one for one in anchors(text, language) if one.value not in {"1"}] == []


def test_anchors_stand_in_order_and_apart():
    text = "On 3 May 2019, rule 12 and twenty-one others; S/2019/44, annex II, $5 million."
    found = anchors(text, "en")
    assert [text[a:b] for a, b, _ in found] == [
        *("3", "May", "2019", "rule 12", "twenty-one", "S/2019/44", "II", "$5 million")
    ]
    assert all(one.end <= two.start for one, two in pairwise(found))


LETTERS = "IVXLA0129０一二十百亿第号月年日/()（）.,-% $美元MayandSessixty "
SIGNS = st.text(st.sampled_from(LETTERS), max_size=30)


@given(SIGNS | st.text(max_size=30), st.sampled_from(["zh", "en"]))
def test_any_text_is_read(text, language):
    found = anchors(text, language)
    assert all(0 <= a < b <= len(text) and value for a, b, value in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
