"""What each feature says, and what the stored weights make of it."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import confidence as module
from align.confidence import (
    FEATURES,
    LEAST_MARGIN,
    WEIGHTS,
    confidences,
    features,
    probabilities,
)
from align.manner import USUAL_LEVEL
from align.runner_up import Step

STEPS = [
    Step((0, 1), (0, 1), 0.6, 0.3),
    Step((1, 3), (1, 2), 0.4, 0.02),
    Step((3, 4), (2, 2), -0.08, 0.0),
    Step((4, 5), (2, 5), 0.5, 0.1),
    Step((5, 5), (5, 6), -0.4, 0.2),
    Step((5, 5), (6, 7), 0.0, 0.2),
    Step((5, 6), (7, 8), 0.7, 1.0),
]


def column(name, described):
    return described[:, FEATURES.index(name)].tolist()


def test_features_of_a_path():
    described = features(STEPS)
    assert described.shape == (7, len(FEATURES))
    assert column("bias", described) == [1] * 7
    assert column("score", described) == [0.6, 0.4, 0, 0.5, 0, 0, 0.7]
    margins = [math.log(step.margin + LEAST_MARGIN) for step in STEPS]
    assert column("margin", described) == pytest.approx(margins)
    assert column("1-1", described) == [1, 0, 0, 0, 0, 0, 1]
    assert column("merged sentences", described) == [0, 1, 0, 2, 0, 0, 0]
    assert column("omission", described) == [0, 0, 1, 0, 1, 1, 0]
    omitted = [m if n in (2, 4, 5) else 0 for n, m in enumerate(margins)]
    assert column("margin of an omission", described) == pytest.approx(omitted)
    # Too few 1-1 beads to tell the document's own level.
    assert column("level of the document", described) == [USUAL_LEVEL] * 7


def test_the_level_is_the_median_of_the_pairs_of_one_and_one():
    steps = [Step((i, i + 1), (i, i + 1), 0.2 + 0.01 * i) for i in range(21)]
    steps += [Step((21, 23), (21, 22), 0.9)]
    assert column("level of the document", features(steps)) == pytest.approx([0.3] * 22)


def test_an_omission_of_two_is_no_one_to_one_bead():
    """Two sentences on one side and none on the other make two as well."""
    described = features([Step((0, 0), (0, 1), -0.1), Step((0, 2), (1, 1), -0.2)])
    assert column("1-1", described) == [0, 0]
    assert column("merged sentences", described) == [0, 0]
    assert column("omission", described) == [1, 1]


def test_one_bead_and_none():
    (only,) = features([Step((0, 6), (0, 8), 0.3, 1.0)])
    margin = math.log(1.0 + LEAST_MARGIN)
    assert only.tolist() == pytest.approx([1, 0.3, margin, 0, 12, 0, 0, USUAL_LEVEL])
    assert features([]).shape == (0, len(FEATURES))
    assert confidences([]) == []


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0, 1)), min_size=1, max_size=9), st.data())
def test_a_better_bead_is_never_less_certain(told, data):
    """Be its score better or its runner-up worse, the others being equal."""
    steps = [Step((i, i + 1), (i, i + 1), *values) for i, values in enumerate(told)]
    found = confidences(steps)
    assert len(found) == len(steps)
    assert all(0 <= p <= 1 for p in found)
    k = data.draw(st.integers(0, len(steps) - 1))
    for change in ({"score": steps[k].score + 0.3}, {"margin": steps[k].margin + 0.3}):
        better = [*steps]
        better[k] = replace(steps[k], **change)
        assert confidences(better)[k] >= found[k]


def test_probabilities_are_those_of_the_logistic_curve():
    found = probabilities(np.array([[1.0, 2.0], [1.0, -1.0]]), np.array([0.5, 0.75]))
    assert found.tolist() == pytest.approx([1 / (1 + np.exp(-2)), 1 / (1 + np.exp(0.25))])


def test_odd_odds_do_not_overflow():
    described = np.array([[1e6], [-1e6], [0.0]])
    found = probabilities(described, np.array([5.0]))
    assert found.tolist() == pytest.approx([1.0, 0.0, 0.5])
    assert ((found >= 0) & (found <= 1)).all()


def test_the_stored_weights_are_those_of_the_features():
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    assert tuple(stored["weights"]) == FEATURES
    assert all(np.isfinite(list(stored["weights"].values())))
    assert stored["provenance"]["beads"] >= stored["provenance"]["right"] > 0
    # What must hold of any that are learnt: a good bead is a sure one.
    assert stored["weights"]["score"] > 0
    assert stored["weights"]["margin"] > 0


def test_what_is_promised_holds_for_each_kind_left_out():
    """The threshold for 99 % kept .985 of every kind that had no part in it when it was set."""
    kinds = json.loads(WEIGHTS.read_text("utf-8"))["provenance"]["kinds, each left out"]
    assert set(kinds) == {"literary", "hansard", "records", "UN text"}
    for name, kind in kinds.items():
        assert kind["thresholds"]["0.99"]["precision"] >= 0.985, name
        assert kind["thresholds"]["0.99"]["units kept"] > 500, name
        assert kind["expected calibration error"] <= 0.02, name


def test_weights_are_taken_by_name(monkeypatch):
    """The order in the file does not matter."""
    weights = dict.fromkeys(reversed(FEATURES), 0.0) | {"omission": 20.0, "bias": -10.0}
    monkeypatch.setattr(module, "_stored", lambda: {"weights": weights})
    found = confidences(STEPS)
    assert [round(p) for p in found] == [0, 0, 1, 0, 1, 1, 0]
