"""Texts that end alike, and texts that do not."""

from __future__ import annotations

import pytest

from align.doubt.marks import ends_alike


@pytest.mark.parametrize(
    ("zh", "en", "alike"),
    [
        ("这些国家为何不能作出保证呢？", "Why can they not give assurances?", True),
        ("这些国家为何不能作出保证呢？", "They can give assurances.", False),
        ("这些国家可以作出保证。", "Can they give assurances?", False),
        # one bead of several sentences: the question stands in the middle
        ("为何不能作出保证呢？", "Why not? These are questions that deserve an answer.", True),
        ("他问：“为什么？”", "He asked, “Why?”", True),
        ("为什么？)", "Why?)", True),
        # marks that part and marks that end are set otherwise in Chinese
        ("(a) 讨论；", "(a) Discussion.", True),
        ("各方：", "the parties.", True),
        ("第六十九届会议", "Sixty-ninth session", True),
        ("上午10时举行", "To be held at 10 a.m.", True),
        ("上午10时举行。", "It will be held at 10 a.m.", True),
        # cut off
        ("我们支持无核武器区。", "We support nuclear-weapon-free", False),
        ("我们支持", "We support the zones.", False),
    ],
)
def test_end_marks(zh, en, alike):
    assert ends_alike(zh, en) is alike
