"""Pairs of candidates read where both stand: made-up units with the shipped encoder."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from align import load_encoder
from align.terms.confirm import Pair, is_confirmed
from align.terms.inventory import candidates_of


@dataclass(frozen=True)
class Said:
    zh: str
    en: str
    document: str = ""
    date: None = None


SAID = [
    Said(
        "大会建议裁军委员会继续工作。",
        "The Assembly recommends that the disarmament committee continue.",
    ),
    Said("各国建议裁军委员会开会。", "States recommend a meeting of the disarmament committee."),
    Said(
        "渔业委员会讨论海洋渔业资源。",
        "The fisheries committee discussed marine fishery resources.",
    ),
    Said("海洋渔业资源减少。", "Marine fishery resources are declining."),
]


@pytest.fixture(scope="module")
def sides():
    encoder = load_encoder()
    return (*candidates_of(SAID, encoder, 1), encoder)


def confirmed(sides, zh, en, where):
    left, right, encoder = sides
    pair = Pair({left.keys.index(zh)}, {right.keys.index(en)}, where)
    return is_confirmed(pair, left, right, SAID, encoder)


def test_a_term_and_its_translation_are_confirmed(sides):
    assert confirmed(sides, "海洋渔业资源", "marine fishery resource", [2, 3])
    assert confirmed(sides, "裁军委员会", "disarmament committee", [0, 1])


def test_a_part_or_another_word_is_not(sides):
    assert not confirmed(sides, "渔业资源", "marine fishery resource", [2, 3])
    assert not confirmed(sides, "海洋", "marine fishery resource", [2, 3])
    assert not confirmed(sides, "裁军", "disarmament committee", [0, 1])


CUT = [
    Said("新议程联盟支持核裁军。", f"The New Agenda Coalition {verb} nuclear disarmament.")
    for verb in ("supports", "welcomes", "discussed", "urged")
]
VERB = [
    Said("理事会推迟选举一名成员。", "The Council postponed the election of a member."),
    Said("理事会推迟选举两名成员。", "The Council postponed the election of two members."),
]
LISTED = [
    Said(
        f"第{n}次会议：教育、科学及文化组织。",
        f"The Educational, Scientific and Cultural Organization {n}.",
    )
    for n in range(4)
]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (CUT, "议程联盟", "agenda coalition"),
        (VERB, "推迟选举", "postponed election"),
        (LISTED, "科学及文化组织", "scientific and cultural organization"),
    ],
    ids=["a word before", "an object", "a list"],
)
def test_what_is_cut_out_of_its_phrase_is_not(said, zh, en):
    encoder = load_encoder()
    left, right = candidates_of(said, encoder, 1)
    pair = Pair({left.keys.index(zh)}, {right.keys.index(en)}, [*range(len(said))])
    assert not is_confirmed(pair, left, right, said, encoder)
