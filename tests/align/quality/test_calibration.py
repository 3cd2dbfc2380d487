"""Calibration of confidences whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.quality.calibration import (
    Bin,
    Kept,
    expected_calibration_error,
    kept_at,
    reliability,
    threshold_for,
    threshold_table,
)

SURE = [0.2, 0.4, 0.4, 0.9, 0.9, 0.9, 0.95, 1.0]
RIGHT = [0, 0, 1, 1, 0, 1, 1, 1]

judged = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]), st.booleans()))


def test_bins_are_filled_alike_and_in_order():
    sure = np.linspace(0, 1, 100)
    bins = reliability(sure[::-1], sure[::-1] > 0.5)
    assert [b.beads for b in bins] == [10] * 10
    assert [b.right for b in bins] == [0] * 5 + [1] * 5
    assert bins[0].confidence == pytest.approx(sure[:10].mean())


def test_beads_of_one_confidence_are_in_one_bin():
    """Whichever comes first in the file must not matter."""
    assert reliability([0.9] * 50, [1] * 40 + [0] * 10) == [Bin(pytest.approx(0.9), 0.8, 50)]
    bins = reliability(SURE, RIGHT, bins=3)
    assert sum(b.beads for b in bins) == 8
    assert sorted({round(b.confidence, 3) for b in bins}) == [0.2, 0.4, 0.93]


def test_calibration_error_of_the_perfect_and_of_the_boaster():
    right = np.array([0.0, 1.0] * 50)
    assert expected_calibration_error(right, right) == 0
    sure = np.repeat([0.2, 0.8], 50)
    agreed = np.concatenate([[1] * 10 + [0] * 40, [1] * 40 + [0] * 10])
    assert expected_calibration_error(sure, agreed) == pytest.approx(0)
    assert expected_calibration_error(np.ones(100), right) == pytest.approx(0.5)
    assert expected_calibration_error(np.full(100, 0.9), np.ones(100)) == pytest.approx(0.1)
    assert expected_calibration_error([0.7], [1.0]) == pytest.approx(0.3)
    assert expected_calibration_error([], []) == 0


def test_calibration_error_tells_the_calibrated_from_the_rest():
    random = np.random.default_rng(0)
    sure = random.beta(5, 1, size=50_000)
    right = random.random(50_000) < sure
    assert expected_calibration_error(sure, right) < 0.01
    assert expected_calibration_error(np.sqrt(sure), right) > 0.05


def test_what_a_threshold_keeps():
    assert kept_at(0.0, SURE, RIGHT) == Kept(0.0, 8, 1.0, 5 / 8, 1.0)
    assert kept_at(0.9, SURE, RIGHT) == Kept(0.9, 5, 5 / 8, 4 / 5, 4 / 5)
    assert kept_at(0.91, SURE, RIGHT, gold=10) == Kept(0.91, 2, 2 / 8, 1.0, 2 / 10)
    assert kept_at(1.1, SURE, RIGHT) == Kept(1.1, 0, 0.0, 1.0, 0.0)
    assert kept_at(0.5, [], []) == Kept(0.5, 0, 0.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("precision", "threshold"), [(0.6, 0.2), (0.7, 0.4), (0.75, 0.9), (0.8, 0.9), (0.81, 0.95)]
)
def test_the_lowest_threshold_of_a_precision(precision, threshold):
    assert threshold_for(precision, SURE, RIGHT) == threshold


def test_a_precision_that_no_threshold_gives():
    assert threshold_for(0.9, [0.5, 0.9], [1, 0]) is None
    assert threshold_for(0.9, [], []) is None


def test_a_dip_above_the_threshold_does_not_matter():
    """Those kept count together: 9 of 10 are right, though not the most confident one."""
    assert threshold_for(0.9, [*([0.5] * 9), 0.99], [*([1] * 9), 0]) == 0.5


@given(judged, st.sampled_from([0.5, 0.8, 1.0]))
def test_the_lowest_threshold_is_that_of_brute_force(beads, precision):
    sure, right = [c for c, _ in beads], [r for _, r in beads]
    reached = [t for t in sorted(set(sure)) if kept_at(t, sure, right).precision >= precision]
    assert threshold_for(precision, sure, right) == (reached[0] if reached else None)


def test_the_table_names_thresholds_and_precisions():
    rows = threshold_table(SURE, RIGHT, 10, thresholds=(0.0, 0.9), precisions=(0.8, 0.99))
    assert [(r.threshold, r.wanted) for r in rows] == [
        (0.0, None),
        (0.9, None),
        (0.9, 0.8),
        (0.95, 0.99),
    ]
    assert rows[1].recall == rows[2].recall == 4 / 10
    assert len(threshold_table([0.5], [0], precisions=(0.9,), thresholds=())) == 0


def test_as_many_judgements_as_confidences():
    with pytest.raises(ValueError, match=r"\(2,\) confidences, but \(1,\) judgements"):
        reliability([0.1, 0.2], [1])
