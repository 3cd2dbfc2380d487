"""Pairs that somebody else made, judged."""

from __future__ import annotations

import pytest

from align import load_encoder
from align.given import AT_ONCE, judge_pairs
from corpora import Document, Sentence

PAIRS = [
    ("我们支持核裁军。", "We support nuclear disarmament."),
    ("会议现在休会。", "The meeting is closed."),
    ("裁军谈判会议有65个成员国。", "The Conference on Disarmament has 65 member States."),
]


def judged(pairs):
    zh, en = (
        Document(language, language, tuple(map(Sentence, texts)))
        for language, texts in zip(("zh", "en"), zip(*pairs, strict=True), strict=True)
    )
    return judge_pairs(zh, en, load_encoder())


def test_each_pair_is_a_bead_and_a_right_one_is_sure():
    alignment, sides = judged(PAIRS)
    assert [(bead.zh, bead.en) for bead in alignment.beads] == [
        ((n, n + 1), (n, n + 1)) for n in range(3)
    ]
    assert all(bead.confidence > 0.9 and not bead.flags for bead in alignment.beads)
    assert [len(side) for side in sides] == [3, 3]


def test_a_wrong_pair_among_right_ones_is_doubted():
    right = PAIRS * AT_ONCE
    wrong = ("裁军谈判会议有65个成员国。", "Ms. Smith spoke of the weather in 1998.")
    alignment, _ = judged([*right, wrong, *right])
    bad = alignment.beads[len(right)]
    assert bad.flags
    assert bad.confidence < 0.5 < min(b.confidence for b in alignment.beads if b is not bad)


def test_the_scores_do_not_depend_on_the_blocks():
    few, _ = judged(PAIRS[:2])
    many, _ = judged([*PAIRS[:2], *PAIRS * AT_ONCE])
    assert many.beads[0].score == pytest.approx(few.beads[0].score)
