"""How likely each bead is right: a logistic model over what the path and the vectors say.

Weights are learnt by `training/calibrate.py` from gold alignments and stored, with where they come
from, in `confidence.json`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.path import Step
    from align.scores import Side

    Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).parent / "confidence.json"

FEATURES = (
    "bias",
    "score",
    "neighbour score",
    "weaker neighbour score",
    "1-1",
    "merged sentences",
    "omission",
    "likeness of the omitted",
    "neighbour is an omission",
)

_REACH = 6
"""Sentences on each side of an omission's place among which a partner is looked for."""


def features(steps: Sequence[Step], zh: Side, en: Side) -> Floats:
    """Describe each step, shape (steps, len(FEATURES)).

    The score of an omission counts as 0; beyond the documents' ends a neighbour counts as a bead
    like the step itself.
    """
    null = np.array([s.zh[0] == s.zh[1] or s.en[0] == s.en[1] for s in steps], dtype=np.bool_)
    score = np.array([0.0 if empty else s.score for s, empty in zip(steps, null, strict=True)])
    size = np.array([s.zh[1] - s.zh[0] + s.en[1] - s.en[0] for s in steps], dtype=float)
    out = np.zeros((len(steps), len(FEATURES)))
    before, after = np.roll(score, 1), np.roll(score, -1)
    null_before, null_after = np.roll(null, 1), np.roll(null, -1)
    if len(steps):
        before[0], after[-1] = score[0], score[-1]
        null_before[0], null_after[-1] = null[0], null[-1]
    out[:, 0] = 1.0
    out[:, 1] = score
    out[:, 2] = (before + after) / 2
    out[:, 3] = np.minimum(before, after)
    out[:, 4] = (size == 2) & ~null
    out[:, 5] = np.where(null, 0.0, size - 2)
    out[:, 6] = null
    out[:, 7] = [
        _likeness_of_omitted(s, zh, en) if empty else 0.0
        for s, empty in zip(steps, null, strict=True)
    ]
    out[:, 8] = null_before | null_after
    return out


def _likeness_of_omitted(step: Step, zh: Side, en: Side) -> float:
    """Greatest cosine of an omitted sentence to those near its place on the other side."""
    if step.en[0] == step.en[1]:
        own, other, number, place = zh, en, step.zh[0], step.en[0]
    else:
        own, other, number, place = en, zh, step.en[0], step.zh[0]
    low, high = max(0, place - _REACH), min(len(other), place + _REACH)
    if low == high:
        return 0.0
    lengths = other.norms[1, low + 1 : high + 1] * own.norms[1, number + 1]
    cosines = other.vectors[low:high] @ own.vectors[number] / np.maximum(lengths, 1e-9)
    return float(cosines.max())


def probabilities(described: Floats, weights: Floats) -> Floats:
    """Turn features into probabilities, shape (steps,), each 0 to 1."""
    odds: Floats = 1.0 / (1.0 + np.exp(-np.clip(described @ weights, -30.0, 30.0)))
    return odds


def confidences(steps: Sequence[Step], zh: Side, en: Side) -> list[float]:
    """Estimate for each step the probability that exactly this bead is right."""
    weights = np.array([_stored()["weights"][name] for name in FEATURES])
    return [float(p) for p in probabilities(features(steps, zh, en), weights)]


def confidences_alone(scores: Sequence[float]) -> list[float]:
    """Estimate the same for beads of one sentence a side whose neighbours say nothing about them.

    As at a document's ends, a neighbour then counts as a bead like the bead itself.
    """
    score = np.array(scores, dtype=float)
    described = np.zeros((len(score), len(FEATURES)))
    for number, name in enumerate(FEATURES):
        if name in ("bias", "1-1"):
            described[:, number] = 1.0
        elif name in ("score", "neighbour score", "weaker neighbour score"):
            described[:, number] = score
    weights = np.array([_stored()["weights"][name] for name in FEATURES])
    return [float(p) for p in probabilities(described, weights)]


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    return stored
