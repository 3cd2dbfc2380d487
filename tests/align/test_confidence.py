"""What each feature says, and what the stored weights make of it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import confidence as module
from align.confidence import FEATURES, WEIGHTS, confidences, features, probabilities
from align.path import Step
from align.scores import new_side

STEPS = [
    Step((0, 1), (0, 1), 0.6),
    Step((1, 3), (1, 2), 0.4),
    Step((3, 4), (2, 2), -0.08),
    Step((4, 5), (2, 5), 0.5),
    Step((5, 5), (5, 6), -0.4),
    Step((5, 5), (6, 7), 0.0),
    Step((5, 6), (7, 8), 0.7),
]


@pytest.fixture(scope="module")
def sides():
    """Sentence 3 of `zh` is omitted and looks like sentence 4 of `en`; no other pair is alike."""
    zh, en = np.eye(20)[:6] * 3, np.eye(20)[10:18] * 2
    en[4] = 0.8 * en[4] + 2 * 0.6 * np.eye(20)[3]
    make = [new_side(["x"] * len(v), v.astype(np.float32), 8) for v in (zh, en)]
    return make[0], make[1]


def column(name, described):
    return described[:, FEATURES.index(name)].tolist()


def test_features_of_a_path(sides):
    described = features(STEPS, *sides)
    assert described.shape == (7, len(FEATURES))
    assert column("bias", described) == [1] * 7
    score = [0.6, 0.4, 0, 0.5, 0, 0, 0.7]
    assert column("score", described) == score
    # Beyond both ends stands a bead like the first and the last.
    beyond = [0.6, *score, 0.7]
    before, after = beyond[:-2], beyond[2:]
    assert column("neighbour score", described) == pytest.approx(
        [(a + b) / 2 for a, b in zip(before, after, strict=True)]
    )
    assert column("weaker neighbour score", described) == [
        min(pair) for pair in zip(before, after, strict=True)
    ]
    assert column("1-1", described) == [1, 0, 0, 0, 0, 0, 1]
    assert column("merged sentences", described) == [0, 1, 0, 2, 0, 0, 0]
    assert column("omission", described) == [0, 0, 1, 0, 1, 1, 0]
    assert column("neighbour is an omission", described) == [0, 1, 0, 1, 1, 1, 1]
    assert column("likeness of the omitted", described) == pytest.approx([0, 0, 0.6, 0, 0, 0, 0])


def test_an_omission_of_two_is_no_one_to_one_bead(sides):
    """Two sentences on one side and none on the other make two as well."""
    described = features([Step((0, 0), (0, 1), -0.1), Step((0, 2), (1, 1), -0.2)], *sides)
    assert column("1-1", described) == [0, 0]
    assert column("merged sentences", described) == [0, 0]
    assert column("omission", described) == [1, 1]


def test_a_partner_is_looked_for_near_the_place_alone():
    vectors = np.eye(30, dtype=np.float32)
    zh, en = (new_side(["x"] * 30, vectors, 8) for _ in "ab")
    place = 15
    for number, expected in [
        (place - 6, 1.0),
        (place + 5, 1.0),
        (place - 7, 0.0),
        (place + 6, 0.0),
    ]:
        steps = [
            Step((number, number + 1), (place, place), -0.1),
            Step((place, place), (number, number + 1), -0.1),
        ]
        # Which sentence is omitted says `number`, where its partner would stand says `place`.
        assert column("likeness of the omitted", features(steps, zh, en)) == [expected] * 2


def test_one_bead_and_none(sides):
    (only,) = features([Step((0, 6), (0, 8), 0.3)], *sides)
    assert only.tolist() == pytest.approx([1, 0.3, 0.3, 0.3, 0, 12, 0, 0, 0])
    assert features([], *sides).shape == (0, len(FEATURES))
    assert confidences([], *sides) == []


def test_an_omission_against_nothing_has_no_partner():
    one, none = (new_side(["x"] * n, np.ones((n, 3), dtype=np.float32), 8) for n in (1, 0))
    described = features([Step((0, 1), (0, 0), -0.1)], one, none)
    assert column("likeness of the omitted", described) == [0]


def test_words_unknown_to_the_encoder_have_no_partner():
    zh, en = (new_side(["x"] * 2, np.zeros((2, 3), dtype=np.float32), 8) for _ in "ab")
    found = confidences([Step((0, 1), (0, 0), -0.1), Step((1, 2), (0, 2), 0.0)], zh, en)
    assert np.isfinite(found).all()


steps_of_scores = st.lists(st.floats(-2, 2, allow_nan=False), min_size=1, max_size=9)


def test_what_lies_beyond_the_ends_is_no_omission(sides):
    """The document does not go round: an omission at its end is no neighbour of its start."""
    steps = [Step((i, i + 1), (i, i + 1), 0.5) for i in range(3)]
    last = Step((3, 4), (3, 3), -0.1)
    assert column("neighbour is an omission", features([*steps, last], *sides)) == [0, 0, 1, 1]
    first = Step((0, 0), (0, 1), -0.1)
    assert column("neighbour is an omission", features([first, *steps], *sides)) == [1, 1, 0, 0]


@given(steps_of_scores, st.data())
def test_probabilities_and_the_better_score(scores, data):
    n = len(scores)
    side = new_side(["x"] * n, np.eye(max(n, 2), dtype=np.float32)[:n], 8)

    def steps(values):
        return [Step((i, i + 1), (i, i + 1), value) for i, value in enumerate(values)]

    found = confidences(steps(scores), side, side)
    assert len(found) == n
    assert all(0 <= p <= 1 for p in found)
    # With the weights as stored a better bead is never less certain, its neighbours being equal.
    # Not for the first and last, which are their own neighbours.
    if n > 2:
        k = data.draw(st.integers(1, n - 2))
        better = [*scores]
        better[k] += 0.3
        assert confidences(steps(better), side, side)[k] >= found[k]


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


def test_weights_are_taken_by_name(sides, monkeypatch):
    """The order in the file does not matter."""
    weights = dict.fromkeys(reversed(FEATURES), 0.0) | {"omission": 20.0, "bias": -10.0}
    monkeypatch.setattr(module, "_stored", lambda: {"weights": weights})
    found = confidences(STEPS, *sides)
    assert [round(p) for p in found] == [0, 0, 1, 0, 1, 1, 0]
