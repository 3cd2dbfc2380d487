"""Numbers spelt in English."""

from __future__ import annotations

import pytest

from corpora.facts.spelt import split_run


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("twenty-three", [23]),
        ("thirty-sixth", [36]),
        ("nine hundred and forty-first", [941]),
        ("two hundred thousand", [200_000]),
        ("two million three hundred thousand and six", [2_300_006]),
        ("three billion", [3 * 10**9]),
        ("nineteen ninety-five", [1995]),
        ("twenty twenty-five", [2025]),
        ("one two three", [1, 2, 3]),
        ("five twenty", [5, 20]),
        ("first second", [1, 2]),
        ("thirty forty", [30, 40]),
        ("one hundred one hundred", [100 + 1, 100]),
    ],
)
def test_numbers_of_a_run(words, numbers):
    run = [word for word in words.replace("-", " ").split() if word != "and"]
    assert [number for number, _ in split_run(run)] == numbers


def test_a_bare_scale_counts_nothing():
    assert split_run(["million"]) == [(1_000_000, False)]
    assert split_run(["two", "million"]) == [(2_000_000, True)]
