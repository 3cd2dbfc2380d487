"""Intervals against published examples."""

from __future__ import annotations

import pytest

from benchmarks.intervals import LEVEL, RATES, exact_coverage, interval


@pytest.mark.parametrize(
    ("right", "n", "method", "low", "high"),
    [
        # Brown, Cai and DasGupta's and Newcombe's published examples
        (81, 263, "wilson", 0.2553, 0.3662),
        (15, 148, "wilson", 0.0624, 0.1605),
        (0, 20, "wilson", 0.0, 0.1611),
        (1, 29, "wilson", 0.0061, 0.1718),
        (81, 263, "clopper-pearson", 0.2527, 0.3676),
        (15, 148, "clopper-pearson", 0.0578, 0.1617),
        (0, 20, "clopper-pearson", 0.0, 0.1684),
        (1, 29, "clopper-pearson", 0.0009, 0.1776),
    ],
)
def test_intervals_are_those_of_newcombe_1998(right, n, method, low, high):
    assert interval(right, n, LEVEL, method) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize("method", ["wilson", "clopper-pearson"])
def test_ends_of_the_interval(method):
    assert interval(7, 7, LEVEL, method)[1] == 1.0
    low, high = interval(3, 7, LEVEL, method)
    turned = interval(4, 7, LEVEL, method)
    assert (1 - high, 1 - low) == pytest.approx(turned)
    assert interval(9_990, 10_000, LEVEL, method) == pytest.approx((0.9982, 0.9995), abs=2e-4)
    wide = interval(3, 7, 0.99, method)
    assert wide[0] < low < high < wide[1]


def test_clopper_and_pearson_never_cover_less_than_they_say():
    covered = [exact_coverage(100, rate, "clopper-pearson") for rate in RATES]
    assert min(covered) >= 0.95
    assert exact_coverage(100, 0.9, "wilson") == pytest.approx(0.936, abs=0.001)
