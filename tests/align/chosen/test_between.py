"""Links that somebody chose, and new ones between fixed points."""

from __future__ import annotations

import pytest

from align import align_pair, load_encoder
from align.chosen.between import align_between, judge_links
from align.confidence import confidences
from align.pair import encode_side
from align.runner_up import Step
from align.settings import Settings
from corpora import Document, Sentence
from corpora.errors import UserError

TEXTS = [
    ("主席宣布会议开始。", "The President declared the meeting open."),
    ("我们支持核裁军。", "We support nuclear disarmament."),
    ("中国代表团感谢秘书长。", "The delegation of China thanks the Secretary-General."),
    ("核查对于条约十分重要。", "Verification is very important for the treaty."),
    ("裁军谈判会议有65个成员国。", "The Conference on Disarmament has 65 member States."),
    ("下次会议将于星期四举行。", "The next meeting will be held on Thursday."),
] * 5


@pytest.fixture(scope="module")
def aligned():
    encoder, settings = load_encoder(), Settings()
    zh, en = (
        Document(language, language, tuple(Sentence(pair[side]) for pair in TEXTS))
        for side, language in enumerate(("zh", "en"))
    )
    sides = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
    found = align_pair(zh, en, encoder, settings, sides=sides)
    return sides, [Step(bead.zh, bead.en, bead.score) for bead in found.beads], found.beads


def judged(sides, steps, run):
    links = [(step.zh, step.en) for step in steps]
    new = judge_links(*sides, links, run, steps, Settings())
    return confidences([*steps[: run.start], *new, *steps[run.stop :]])[run]


def test_links_of_the_aligner_are_worth_what_it_said(aligned):
    sides, steps, beads = aligned
    found = judged(sides, steps, slice(0, len(steps)))
    assert found == pytest.approx([bead.confidence for bead in beads], abs=0.01)


def test_some_are_judged_as_they_are_among_all(aligned):
    sides, steps, _ = aligned
    every = judged(sides, steps, slice(0, len(steps)))
    assert judged(sides, steps, slice(7, 10)) == pytest.approx(every[7:10], abs=1e-6)


def test_a_shifted_run_is_worth_less_and_found_again(aligned):
    sides, steps, _ = aligned
    wrong = [
        *steps[:6],
        Step((6, 6), (6, 7), 0.0),
        *(Step((n, n + 1), (n + 1, n + 2), 0.0) for n in range(6, 11)),
        Step((11, 12), (12, 12), 0.0),
        *steps[12:],
    ]
    right = judged(sides, steps, slice(6, 12))
    assert max(judged(sides, wrong, slice(7, 12))) < min(right)
    found = align_between(*sides, ((6, 6), (12, 12)), wrong, Settings())
    assert [(s.zh, s.en) for s in found] == [(s.zh, s.en) for s in steps[6:12]]


def test_a_bead_of_more_sentences_than_any_is_not_sure(aligned):
    sides, steps, _ = aligned
    wide = [*steps[:6], Step((6, 12), (6, 12), 0.0), *steps[12:]]
    assert judged(sides, wide, slice(6, 7))[0] < 0.5


def test_a_stretch_that_is_too_long_says_what_to_do(aligned, monkeypatch):
    sides, steps, _ = aligned
    monkeypatch.setattr("align.chosen.between.MOST_BOUNDARIES", 100)
    with pytest.raises(UserError, match="pin or accept a row"):
        align_between(*sides, ((0, 0), (30, 30)), steps, Settings())
