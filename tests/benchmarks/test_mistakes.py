"""Mistakes told to people, and what became of missed omissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.mistakes import describe_mistakes, missed_nulls
from corpora import Document, Sentence

if TYPE_CHECKING:
    from align.links import Link

GOLD: list[Link] = [((0,), (0,)), ((1,), ()), ((), (1,)), ((2, 3), (2,)), ((4,), (3,))]


@pytest.mark.parametrize(
    ("predicted", "kinds"),
    [
        (GOLD, {}),
        ([((0, 1), (0,)), ((), (1,)), ((2, 3), (2,)), ((4,), (3,))], {"absorbed": 1}),
        ([((0,), (0,)), ((1,), (1,))], {"paired with another omission": 2}),
        ([((1,), ()), ((2,), (1,)), ((3,), (2,))], {"took a partner": 1}),
    ],
)
def test_missed_omissions_by_kind(predicted: list[Link], kinds: dict[str, int]) -> None:
    assert missed_nulls(GOLD, predicted) == kinds


def test_only_stretches_that_differ_are_described() -> None:
    zh = Document("copy", "zh", tuple(Sentence(t) for t in "甲乙丙丁戊"))
    en = Document("copy", "en", tuple(Sentence(t) for t in "ABCD"))
    found: list[Link] = [((0, 1), (0,)), ((), (1,)), ((2, 3), (2,)), ((4,), (3,))]
    lines = describe_mistakes(zh, en, GOLD, found)
    assert lines == [
        "--- copy",
        "wrong  [0, 1]:[0]",
        "    甲",
        "    乙",
        "    A",
        "missed [0]:[0]",
        "    甲",
        "    A",
        "missed [1]:[]",
        "    乙",
    ]
