"""Quotation marks and numbers of sentences: what counts, what does not, and what is compared."""

from __future__ import annotations

import numpy as np
import pytest

from align.evidence import (
    BUCKETS,
    FEWEST_QUOTES,
    count_quotes,
    mark_numbers,
    numbers_of,
    quotes_agree,
)

QUOTES = [
    ("none", "He went home.", 0, 0),
    ("empty", "", 0, 0),
    ("Chinese", "他说：“走吧。”", 1, 1),
    ("Chinese, two", "“走，”他说，“吧。”", 2, 2),
    ("Chinese corners", "他说：「走『吧』。」", 2, 2),
    ("opened only", "“走吧。", 1, 0),
    ("closed only", "走吧。”", 0, 1),
    ("English, curly", "“Go,” he said.", 1, 1),
    ("English, straight", '"Go," he said.', 1, 1),
    ("English, straight, amid", 'He said "go" to me.', 1, 1),
    ("English, straight, in brackets", '("Go.")', 1, 1),
    ("English, single", "‘Go,’ he said.", 1, 1),
    ("English, single and straight", "'Go,' he said.", 1, 1),
    ("after a dash", "He said—“Go.”", 1, 1),
    ("apostrophe, straight", "It isn't John's.", 0, 0),
    ("apostrophe, curly", "It isn’t John’s.", 0, 0),
    ("plural", "The delegates’ views, the States' duties.", 0, 0),
    ("a straight mark between words", 'a"b', 0, 0),
]


@pytest.mark.parametrize(
    ("name", "text", "opening", "closing"), QUOTES, ids=[case[0] for case in QUOTES]
)
def test_quotation_marks(name, text, opening, closing):
    assert count_quotes([text])[:, 1].tolist() == [opening, closing]


def test_marks_are_counted_before_each_boundary():
    counts = count_quotes(["“走。", "吧。”", "“好”“好”"])
    assert counts.tolist() == [[0, 1, 1, 3], [0, 0, 1, 3]]
    assert count_quotes([]).tolist() == [[0], [0]]


FEW = FEWEST_QUOTES
AGREE = [
    ("as many", (FEW, FEW), (FEW, FEW), (True, True)),
    ("none on one side", (0, 0), (50, 50), (False, False)),
    ("too few on one side", (FEW - 1, FEW), (FEW, FEW), (False, True)),
    ("two and a half times as many", (10, 25), (25, 10), (True, True)),
    ("more than that", (10, 26), (26, 10), (False, False)),
    ("each kind for itself", (10, 10), (12, 40), (True, False)),
]


@pytest.mark.parametrize(("name", "zh", "en", "expected"), AGREE, ids=[case[0] for case in AGREE])
def test_sides_that_quote_in_another_way_are_not_compared(name, zh, en, expected):
    sides = (np.array([[0.0, side[0]], [0.0, side[1]]]) for side in (zh, en))
    assert quotes_agree(*sides) == expected


NUMBERS = [
    ("none", "裁军谈判会议", set()),
    ("one digit is none", "3 of 5 items", set()),
    ("two digits", "附件12", {"12"}),
    ("a year", "in 1978.", {"1978"}),
    ("commas", "1,234,567 people", {"1234567"}),
    ("a decimal", "12.5 per cent", {"125"}),
    ("a stop at the end", "It was 1990.", {"1990"}),
    ("a comma at the end", "In 1990, we met", {"1990"}),
    ("two", "10 and 20", {"10", "20"}),
    ("the same twice", "10 and 10", {"10"}),
    ("a symbol", "CD/1299", {"1299"}),
    ("a range", "paragraphs 12-15", {"12", "15"}),
    ("Chinese numerals are not read", "一九九〇年", set()),
]


@pytest.mark.parametrize(("name", "text", "numbers"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_numbers(name, text, numbers):
    assert numbers_of(text) == numbers


def test_the_same_number_marks_the_same_bucket_however_it_is_written():
    marks = mark_numbers(["1,234 人", "1234 people", "none", "77", "12 and 1234"])
    assert marks.shape == (5, BUCKETS)
    assert marks.sum(axis=1).tolist() == [1, 1, 0, 1, 2]
    assert (marks[0] == marks[1]).all()
    assert not (marks[0] & marks[3]).any()
    assert (marks[0] & marks[4]).sum() == 1
    assert mark_numbers([]).shape == (0, BUCKETS)
