"""Pairs that somebody else made, judged."""

from __future__ import annotations

import pytest

from align import load_encoder
from align.given import judge_pairs

PAIRS = [
    ("我们支持核裁军。", "We support nuclear disarmament."),
    ("会议现在休会。", "The meeting is closed."),
    ("裁军谈判会议有65个成员国。", "The Conference on Disarmament has 65 member States."),
]
LONG = (
    "我们呼吁所有尚未签署该条约的国家立即签署条约，并且在条约生效之前遵守暂停核试验的承诺。",
    "We call on all States that have not yet signed the Treaty to sign it at once, and to "
    "observe the moratorium on nuclear tests until the Treaty enters into force.",
)


def judged(pairs):
    return judge_pairs(*zip(*pairs, strict=True), load_encoder())


def test_right_pairs_have_no_flag_and_are_probable():
    found = judged(PAIRS * 4)
    assert min(found.confidences) > 0.5
    assert not any(found.flags)
    assert found.zh.shape == found.en.shape == (12, load_encoder().encode(["a"]).shape[1])


def test_a_wrong_pair_among_right_ones_is_doubted():
    wrong = ("裁军谈判会议有65个成员国。", "Ms. Smith spoke of the weather in 1998.")
    found = judged([*PAIRS * 8, wrong, *PAIRS * 8])
    bad = 3 * 8
    assert found.flags[bad]
    assert found.confidences[bad] < 0.1
    assert found.confidences[bad] == min(found.confidences)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (LONG[0], PAIRS[0][1]),
        (LONG[0], "We call on all States that have not yet signed the Treaty to sign it."),
        (LONG[0][:18], LONG[1]),
        (LONG[0], LONG[1].replace(" not yet", "")),
        (LONG[0].replace("尚未", ""), LONG[1].replace("until", "and may not end before")),
        (PAIRS[2][0], PAIRS[2][1].replace("65", "56")),
    ],
    ids=["another", "cut", "cut Chinese", "not lost", "not added", "number"],
)
def test_each_kind_of_fault_lowers_the_confidence(zh, en):
    right = [*PAIRS * 8, LONG]
    before, after = judged(right).confidences, judged([*right, (zh, en)]).confidences
    assert after[-1] < min(0.9, before[-1])


def test_a_pair_alone_is_judged_too():
    assert judged(PAIRS[:1]).confidences[0] > 0.5
