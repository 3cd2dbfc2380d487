"""Lengths that fit no other bead, in strict and in free translations."""

from __future__ import annotations

from align.doubt.lengths import odd_lengths


def test_a_length_that_fits_no_other_bead_is_odd():
    usual = [("裁军谈判会议的工作" * n, "the work of the Conference " * n) for n in range(1, 40)]
    assert odd_lengths(usual) == []
    assert odd_lengths([*usual, ("裁军谈判会议的工作" * 6, "the work")]) == [len(usual)]
    assert odd_lengths([*usual, ("工作", "the work of the Conference " * 6)]) == [len(usual)]


def test_the_usual_length_is_the_documents_own():
    wordy = [
        ("裁军谈判会议的工作" * n, "the work of the Conference " * 3 * n) for n in range(1, 60)
    ]
    assert odd_lengths(wordy) == []
    assert odd_lengths([("裁军谈判会议的工作" * 9, "the work of the Conference " * 27)]) == [0]


def test_a_free_translation_is_judged_by_its_own_spread():
    free = [("裁军谈判会议的工作" * 9, "the work of the Conference " * n) for n in range(3, 27)]
    strict = [("裁军谈判会议的工作" * 9, "the work of the Conference " * 9)] * 24
    long = ("裁军谈判会议的工作" * 9, "the work of the Conference " * 26)
    assert odd_lengths([*strict, long]) == [24]
    assert odd_lengths([*free * 4, long]) == []


def test_no_bead_has_no_length():
    assert odd_lengths([]) == []
    assert odd_lengths([("", "")]) == []
