"""Where a text stands in another, how renderings are ranked, how alike two sentences are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cdtm.lookup.answer import (
    Answer,
    Equivalent,
    Hit,
    KnownTerm,
    find_places,
    group,
    in_order,
    language_of,
    likeness,
    normal,
    rank,
    verdicts,
)
from cdtm.lookup.inflection import is_adjective_of, is_related_adjective
from tmx_out import Unit


@pytest.mark.parametrize(
    ("text", "within", "language", "found"),
    [
        ("裁军", "核裁军与裁军", "zh", ["裁军", "裁军"]),
        ("裁军", "裁 军", "zh", ["裁 军"]),
        ("CD/1299", "见cd/1299号", "zh", ["cd/1299"]),
        ("裁军", "军裁", "zh", []),
        ("第984（1995）号", "第984(1995)号", "zh", ["第984(1995)号"]),
        ("第984(1995)号", "第984（1995）号", "zh", ["第984（1995）号"]),
        ("ＮＰＴ缔约国", "NPT缔约国", "zh", ["NPT缔约国"]),
        ("ＮＰＴ", "the NPT", "en", ["NPT"]),
        ("fissile material", "Fissile materials and fissile material", "en", 2),
        ("treaty", "treaties, a Treaty", "en", ["treaties", "Treaty"]),
        ("verify", "verified and verification", "en", ["verified"]),
        ("non-nuclear-weapon States", "non-nuclear weapon State", "en", 1),
        ("arms", "charms", "en", []),
        ("(.*)", "anything", "en", []),
        ("(", "（", "zh", ["（"]),
    ],
)
def test_places(text, within, language, found):
    places = [within[start:end] for start, end in find_places(text, within, language)]
    assert len(places) == found if isinstance(found, int) else places == found


def test_the_language_of_a_query():
    assert [language_of(text) for text in ("裁军", "NPT", "《NPT》条约", "")] == [
        "zh",
        "en",
        "zh",
        "en",
    ]


def hit(english, place, day=None):
    unit = Unit(tuid=english, zh="裁军", en=english, date=day)
    return Hit(unit, "exact", 1.0, ((0, 2),), (place,) if place else ())


def test_renderings_are_one_whatever_their_inflection():
    hits = [
        hit("Disarmament is", (0, 11), date(2001, 1, 1)),
        hit("the disarmament", (0, 15), date(2020, 1, 1)),
        hit("disarmaments", (0, 12)),
        hit("arms control", (0, 12), date(2010, 1, 1)),
        hit("unknown", None),
    ]
    ranked = rank(hits, "zh")
    assert [(e.text.lower(), e.count, e.last) for e in ranked] == [
        ("disarmament", 3, date(2020, 1, 1)),
        ("arms control", 1, date(2010, 1, 1)),
    ]
    assert [e.share for e in ranked] == pytest.approx([3 / 5, 1 / 5])
    order = [each.unit.tuid for each in group(hits[::-1], ranked, "zh")]
    assert order == ["the disarmament", "Disarmament is", "disarmaments", "arms control", "unknown"]


def test_the_number_that_was_asked_counts_more() -> None:
    def said(english: str, chinese: str) -> Hit:
        unit = Unit(tuid=english, zh=chinese, en=english)
        return Hit(unit, "exact", 1.0, ((0, len(english)),), ((0, len(chinese)),), (0.9,))

    hits = [said("village", "本村")] * 4 + [said("villages", "村庄")] * 3
    assert rank(hits, "en", "villages")[0].text == "村庄"
    assert rank(hits, "en", "village")[0].text == "本村"


def test_a_name_stands_before_its_adjective_and_no_other_noun_does() -> None:
    hits = [hit("European Sea", (0, 8)), hit("European", (0, 8)), hit("Europe is", (0, 6))]
    assert [e.text for e in rank(hits, "zh")] == ["Europe", "European"]
    assert is_adjective_of("South Asian", "South Asia")
    assert is_adjective_of("Moroccan", "Morocco")
    for one, two in (("effective", "effect"), ("Asia", "Asian"), ("Iran", "Iraq"), ("", "")):
        assert not is_adjective_of(one, two)


def test_units_that_each_say_something_else_show_no_sure_equivalent() -> None:
    unsure = [
        replace(hit("laptops", (0, 7)), sure=(0.3,)),
        replace(hit("computing", (0, 9)), sure=(0.5,)),
    ]
    assert rank(unsure, "zh") == []
    assert [h.unit.tuid for h in group(unsure, [], "zh")] == ["laptops", "computing"]
    assert rank(unsure[:1], "zh")[0].text == "laptops"


@pytest.mark.parametrize(
    ("one", "two", "related"),
    [
        ("ethical", "ethics", True),
        ("economic", "economy", True),
        ("ethical", "ethically", False),
        ("ethics", "ethical", False),
        ("national", "native", False),
        ("legal", "law", False),
        ("medical supplies", "medicine", False),
    ],
)
def test_an_adjective_beside_its_noun(one, two, related) -> None:
    assert is_related_adjective(one, two) is related


def test_a_noun_that_is_half_as_frequent_stands_before_its_adjective() -> None:
    hits = [hit("ethical", (0, 7)), hit("ethical", (0, 7)), hit("ethics", (0, 6))]
    assert [e.text for e in rank(hits, "zh")] == ["ethics", "ethical"]
    assert [e.text for e in rank([*hits, hits[0]], "zh")] == ["ethical", "ethics"]


def test_of_two_that_are_as_frequent_the_surer_stands_first() -> None:
    hits = [
        replace(hit("laptops", (0, 7), date(2021, 1, 1)), sure=(0.3,)),
        replace(hit("computers", (0, 9), date(2011, 1, 1)), sure=(0.9,)),
    ]
    assert [e.text for e in rank(hits, "zh")] == ["computers", "laptops"]


def test_normal_forms():
    assert normal("The Non-Nuclear-Weapon States") == "non nuclear weapon state"
    assert normal("process, gas") == "process, gas".replace(",", "")


@pytest.mark.parametrize(
    ("one", "two", "language", "match"),
    [
        ("I thank you.", "I thank you!", "en", 1.0),
        ("a b c d", "a b x d", "en", 0.75),
        ("a b c d", "a b c", "en", 0.75),
        ("裁军谈判", "裁军会谈", "zh", 0.5),
        ("", "", "en", 0.0),
        ("short", "a very long sentence of many words", "en", 0.0),
    ],
)
def test_likeness_is_as_cat_tools_count_it(one, two, language, match):
    assert likeness(one, two, language) == pytest.approx(match)
    assert likeness(two, one, language) == pytest.approx(match)


def test_a_resolution_keeps_its_bracket() -> None:
    text = "resolutions 255 (1968) and 984 (1995), and no (1995) more"
    [(start, end)] = find_places("984 (1995)", text, "en")
    assert text[start:end] == "984 (1995)"


def test_a_glossary_is_confirmed_or_not() -> None:
    known = KnownTerm(("无核武器区",), ("nuclear-weapon-free zone",), "built-in glossary")
    found = (
        Equivalent("nuclear-weapon-free zones", 9, 0.9, None),
        Equivalent("denuclearized zone", 1, 0.1, None),
    )
    answer = Answer("无核武器区", "zh", 10, found, (), (known,), read=10)
    assert list(verdicts(answer)) == [
        "built-in glossary: nuclear-weapon-free zone; in 9 of 10 units"
    ]


def test_hits_stand_as_in_a_concordance_by_day_or_by_confidence() -> None:
    def made(name, zh, day, confidence):
        place = zh.index("裁军")
        unit = Unit(tuid=name, zh=zh, en="x", date=day, confidence=confidence)
        return Hit(unit, "exact", 1.0, ((place, place + 2),))

    hits = [
        made("a", "核裁军条约", date(2001, 1, 1), 0.9),
        made("b", "我们裁军会议", date(2010, 1, 1), 0.5),
        made("c", "裁军", None, 0.99),
    ]
    orders = {
        order: [h.unit.tuid for h in in_order(hits, [], "zh", order)]
        for order in ("newest", "best", "left", "right")
    }
    assert orders["newest"] == ["b", "a", "c"]
    assert orders["best"] == ["c", "a", "b"]
    assert orders["left"] == ["c", "b", "a"]  # 们, 核
    assert orders["right"] == ["c", "b", "a"]  # 会议, 条约
