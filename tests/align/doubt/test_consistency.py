"""Each rule of consistency on units that it must accuse and on units that it must leave alone."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.doubt.consistency import KINDS, anomalies
from align.terms.glossary import Term, read_glossary
from benchmarks.consistency import accused, frame_of, plant
from benchmarks.flags import read_halves

ZH = "本集团欢迎这一决定并呼吁各国早日执行。"
EN = "The Group welcomes this decision and calls on all States to implement it soon."
OTHER_ZH = "本组赞同这项决定，并促请各国尽快落实。"
OTHER_EN = "The Group commends that decision and urges every State to carry it out promptly."
TERM = Term("nuclear", ("无核武器区", "无核区"), ("nuclear-weapon-free zone", "NWFZ"))
LONGER = Term("nuclear", ("中东无核武器区会议",), ("Conference on the Middle East Zone",))


def kinds(pairs, terms=()):
    found = anomalies(frame_of(pairs), terms)
    return [(one.kind, one.ids) for one in found]


@pytest.mark.parametrize(
    ("pairs", "kind"),
    [
        ([(ZH, EN), (ZH, OTHER_EN)], "en-varies"),
        ([(ZH, EN), (OTHER_ZH, EN)], "zh-varies"),
        ([(ZH + "1995年", EN + " In 1995"), (ZH + "1996年", EN + " In 1995")], "number-varies"),
        ([(ZH + "1995年", EN + " In 1995"), (ZH + "1995年", EN + " In 1996")], "number-varies"),
        ([(ZH + "三次", EN + " Three times"), (ZH + "三次", EN + " Four times")], "number-varies"),
        ([(ZH + "三次", EN + " Three times"), (ZH + "四次", EN + " Three times")], "number-varies"),
    ],
)
def test_units_that_do_not_fit_together(pairs, kind):
    filler = [("会议于上午十时开始，由主席主持。", "The meeting began at ten o'clock sharp.")]
    assert kinds([*filler, *pairs]) == [(kind, (1, 2))]


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(ZH, EN)],
        [(ZH, EN), (ZH, EN)],
        [(ZH, EN), (ZH + "！", EN.upper())],
        [(ZH, EN), (OTHER_ZH, OTHER_EN)],
        [("谢谢主席。", "Thank you."), ("谢谢主席。", "I thank the President.")],
        [(ZH + "1995年", EN + " In 1995"), (ZH + "1996年", EN + " In 1996")],
        [(ZH, ""), (ZH, EN), ("", EN)],
    ],
    ids=[
        "nothing", "once", "twice", "marks", "unlike", "courtesy", "numbers on both sides", "nulls",
    ],
)  # fmt: skip
def test_units_that_are_left_alone(pairs):
    assert kinds(pairs) == []


def test_what_is_odd_is_quoted_where_the_texts_part():
    english = [f"{EN} In {year}" for year in (1995, 1996, 1995)]
    [one] = anomalies(frame_of([(ZH, text) for text in english]))
    assert one.text == (
        "The same Chinese stands against English that differs in a number: "
        "“…implement it soon. In 1995” (2 units) and “…implement it soon. In 1996” (1 unit)."
    )
    assert one.ids == (0, 1, 2)
    [one] = anomalies(frame_of([(ZH, f"{letter * 40} end") for letter in "abcde"]))
    assert one.text.startswith("The same Chinese has 5 English texts: “aaa")
    assert one.text.endswith("and 2 more.")


def uses(count, en="The nuclear-weapon-free zone of region {} is of use."):
    return [(f"第{i}区域的无核武器区是有用的。", en.format(i)) for i in range(count)]


def test_a_term_that_is_rendered_otherwise_than_usual():
    odd = ("我们支持建立无核武器区。", "We support a region without such arms.")
    [one] = anomalies(frame_of([*uses(9), odd]), [TERM])
    assert (one.kind, one.ids) == ("term-varies", (9,))
    assert one.text == (
        "无核武器区 is nuclear-weapon-free zone in 9 of the 10 units that have it, "
        "and here none of its English names stands."
    )


@pytest.mark.parametrize(
    ("pairs", "terms"),
    [
        ([*uses(9), ("我们支持无核武器区。", "We support NWFZs.")], [TERM]),
        ([*uses(9), ("我们支持无核武器区。", "We support nuclear‑weapon‑free zones.")], [TERM]),
        ([*uses(9), ("我们支持无核武器区。", "We support it wholly.")], [TERM]),
        ([*uses(9), ("无核区", "free area")], [TERM]),
        ([*uses(2), ("我们支持无核武器区。", "We support peace.")], [TERM]),
        ([*uses(5), *uses(9, "Peace of {}.")[5:]], [TERM]),
        ([*uses(9), ("中东无核武器区会议", "Conference on the Middle East Zone")], [TERM, LONGER]),
        ([*uses(9), ("我们支持无核武器区。", "We support peace.")], []),
    ],
    ids=["short", "dashes", "pronoun", "short zh", "rare", "no custom", "longer", "no glossary"],
)
def test_terms_that_are_left_alone(pairs, terms):
    assert kinds(pairs, terms) == []


def test_anomalies_come_by_kind_then_in_the_memorys_order():
    pairs = [
        (ZH, EN),
        (ZH, OTHER_EN),
        (OTHER_ZH + "第5段", "Paragraph 5 " + OTHER_EN),
        (OTHER_ZH + "第5段", "Paragraph 6 " + OTHER_EN),
        (OTHER_ZH + "其一", "Lastly " + EN),
        (ZH + "其二", "Lastly " + EN),
    ]
    found = kinds(pairs)
    assert [kind for kind, _ in found] == ["number-varies", "zh-varies", "en-varies"]
    assert accused(anomalies(frame_of(pairs))) == {0, 1, 2, 3, 4, 5}
    assert accused(anomalies(frame_of(pairs)), "en-varies") == {0, 1}


def test_ids_may_be_any():
    frame = pl.DataFrame({"id": ["a", "b"], "zh": [ZH, ZH], "en": [EN, OTHER_EN]})
    assert [one.ids for one in anomalies(frame)] == [("a", "b")]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=6))
def test_any_text_is_taken(pairs):
    found = anomalies(frame_of(pairs), [TERM])
    assert all(one.kind in KINDS for one in found)
    assert accused(found) <= set(range(len(pairs)))


def test_the_result_does_not_depend_on_chance():
    pairs = [(ZH + str(i % 7), EN + str(i % 11)) for i in range(200)]
    assert kinds(pairs) == kinds(pairs)
    order = list(range(200))
    random.Random(1).shuffle(order)
    turned = accused(anomalies(frame_of([pairs[i] for i in order])))
    assert {order[i] for i in turned} == accused(anomalies(frame_of(pairs)))


MOST_FALSE_ALARMS = 0.005
"""Of right pairs, units that any rule accuses."""


def test_false_alarms_and_planted_faults_on_un_text(shared):
    _, reported = read_halves(shared)
    terms = read_glossary()
    assert len(accused(anomalies(frame_of(reported), terms))) <= MOST_FALSE_ALARMS * len(reported)
    planted = plant(reported, terms, seed=1)
    for kind in ("number-varies", "zh-varies", "en-varies"):
        spoilt = planted[kind]
        told = accused(anomalies(frame_of([*reported, *spoilt])), kind)
        places = set(range(len(reported), len(reported) + len(spoilt)))
        assert len(spoilt) == 40
        assert len(places & told) >= 38, kind
