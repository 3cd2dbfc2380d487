"""Draws, sizes and intervals against known values, brute force and a simulation."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.quality.sampling import (
    Item,
    Stratum,
    allocate,
    draw,
    sample_size,
    stratum_of,
    weighted_estimate,
    wilson,
)
from benchmarks.intervals import HELD_OUT, RATES, simulate
from corpora import UserError

ITEMS = [
    Item(
        f"CD-PV-{i % 7}_{i:04d}",
        0.5 if i % 50 == 0 else 0.98 if i % 9 == 0 else 0.999,
        "1-1" if i % 5 else "2-1",
        1979 + i % 40 if i % 11 else None,
    )
    for i in range(1000)
]


def test_weighted_intervals_cover_what_they_say():
    cases = list(simulate(HELD_OUT, samples=300, seed=1))
    covered = sum(case.covered for case in cases) / len(cases)
    assert abs(covered - 0.95) <= 0.01
    for rate in RATES:
        near = [case.covered for case in cases if case.rate == rate]
        assert abs(sum(near) / len(near) - 0.95) <= 0.03, rate
    assert sum(case.normal for case in cases) / len(cases) < 0.9, "or it was too easy"


def test_one_stratum_gives_wilson_for_a_large_memory():
    estimate = weighted_estimate([Stratum(10**9, 400, 393)])
    assert (estimate.low, estimate.high) == pytest.approx(wilson(393 / 400, 400, 0.95), abs=1e-3)
    assert estimate.value == 393 / 400


def test_strata_count_by_their_units():
    estimate = weighted_estimate([Stratum(900, 100, 100), Stratum(100, 50, 25), Stratum(0, 0, 0)])
    assert estimate.value == pytest.approx(0.95)
    assert 0.91 < estimate.low < estimate.value < estimate.high < 0.98


def test_a_memory_that_was_judged_whole_leaves_no_doubt():
    estimate = weighted_estimate([Stratum(30, 30, 27), Stratum(1, 1, 1)])
    assert estimate.low == estimate.value == estimate.high == pytest.approx(28 / 31)


def test_none_wrong_still_leaves_doubt():
    estimate = weighted_estimate([Stratum(9000, 200, 200), Stratum(100, 20, 20)])
    assert estimate.value == estimate.high == 1
    assert 0.97 < estimate.low < 0.99


def test_what_cannot_be_estimated_is_told():
    with pytest.raises(UserError, match="judge a sample first"):
        weighted_estimate([])
    with pytest.raises(UserError, match="none was judged"):
        weighted_estimate([Stratum(10, 5, 5), Stratum(10, 0, 0)])
    with pytest.raises(ValueError, match="right=6"):
        weighted_estimate([Stratum(10, 5, 6)])


@pytest.mark.parametrize(
    ("margin", "expected", "population"),
    [(0.05, 0.5, None), (0.01, 0.99, None), (0.004, 0.992, 100_000), (0.01, 0.99, 554)],
)
def test_the_size_is_the_smallest_that_keeps_the_margin(margin, expected, population):
    n = sample_size(margin, expected, population)
    assert n <= (population or n)

    def half(n):
        spared = 1 if population is None else (population - n) / (population - 1)
        ends = wilson(expected, n / spared, 0.95)
        return (ends[1] - ends[0]) / 2

    assert half(n) <= margin < half(n - 1)


def test_sizes_of_the_textbook():
    assert sample_size(0.05, 0.5) == 381  # 385 by the normal interval
    assert sample_size(0.5, 0.5) == 1
    assert sample_size(1e-6, 0.99, population=100) == 100
    with pytest.raises(ValueError, match="margin"):
        sample_size(0, 0.5)


def test_strata_have_names():
    assert stratum_of(ITEMS[0], ()) == ""
    assert stratum_of(Item("a", 0.89, "1-1", 1999), ("confidence",)) == "below 0.90"
    assert stratum_of(Item("a", 0.98, "3-1", 2015), ("confidence", "era", "kind")) == (
        "0.97 to 0.99, 2010s, other kinds"
    )
    assert stratum_of(Item("a", 0.99, "2-1"), ("confidence", "era", "kind")) == (
        "from 0.99, no date, 2-1"
    )


@pytest.mark.parametrize("by", [(), ("confidence",), ("confidence", "kind"), ("era",)])
def test_a_draw_is_the_same_whatever_the_order(by):
    drawn = draw(ITEMS, 100, 7, by)
    assert len(set(drawn)) == len(drawn) == 100
    assert draw(ITEMS[::-1], 100, 7, by) == drawn
    assert draw(ITEMS, 100, 8, by) != drawn
    assert set(draw(ITEMS, 2000, 7, by)) == {item.key for item in ITEMS}


def test_a_larger_sample_holds_the_smaller():
    assert draw(ITEMS, 50, 3) == draw(ITEMS, 200, 3)[:50]


def test_each_unit_is_drawn_equally_often():
    counts = Counter(key for seed in range(400) for key in draw(ITEMS[:40], 10, seed))
    assert len(counts) == 40
    # 100 times each, with a standard deviation of 8.7
    assert all(65 <= count <= 135 for count in counts.values())


def test_the_doubtful_get_more_than_their_share():
    strata = {}
    for item in ITEMS:
        strata.setdefault(stratum_of(item, ("confidence",)), []).append(item)
    shares = allocate(strata, 100)
    assert sum(shares.values()) == 100
    assert len(strata["below 0.90"]) == 20
    assert shares["below 0.90"] >= 10, "in proportion it would be 2"
    assert shares["0.97 to 0.99"] > 11
    assert min(shares.values()) >= 5


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(1, 300))
def test_allocation_gives_out_what_there_is(sizes, n):
    strata = {
        str(i): [Item(f"{i} {j}", 0.5 + i / 16) for j in range(size)]
        for i, size in enumerate(sizes)
    }
    if n < len(sizes) and n < sum(sizes):
        with pytest.raises(UserError, match="ask for"):
            allocate(strata, n)
        return
    shares = allocate(strata, n)
    assert sum(shares.values()) == min(n, sum(sizes))
    assert all(1 <= shares[str(i)] <= size for i, size in enumerate(sizes))
