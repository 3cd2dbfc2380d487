"""How likely each bead is right: a logistic model over what the path says of it.

What tells most is the margin: how much worse the document would be aligned without this bead. A
score alone means one thing in a record and another in a novel, so the document's own level is known
too.

Weights are learnt by `training/calibrate.py` from gold alignments and stored, with where they come
from, in `confidence.json`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from align.manner import level_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.runner_up import Step

    Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).parent / "confidence.json"

FEATURES = (
    "bias",
    "score",
    "margin",
    "1-1",
    "merged sentences",
    "omission",
    "margin of an omission",
    "level of the document",
)

LEAST_MARGIN = 0.01
"""Added to a margin before its logarithm is taken: less is a matter of rounding."""


def features(steps: Sequence[Step]) -> Floats:
    """Describe each step of a path, shape (steps, len(FEATURES)).

    The score of an omission counts as 0; margins (see `align.runner_up`) as natural logarithms.
    """
    null = np.array([s.zh[0] == s.zh[1] or s.en[0] == s.en[1] for s in steps], dtype=np.bool_)
    size = np.array([s.zh[1] - s.zh[0] + s.en[1] - s.en[0] for s in steps], dtype=float)
    out = np.zeros((len(steps), len(FEATURES)))
    out[:, 0] = 1.0
    out[:, 1] = np.where(null, 0.0, [s.score for s in steps])
    out[:, 2] = np.log([s.margin + LEAST_MARGIN for s in steps])
    out[:, 3] = (size == 2) & ~null
    out[:, 4] = np.where(null, 0.0, size - 2)
    out[:, 5] = null
    out[:, 6] = out[:, 2] * null
    out[:, 7] = level_of(steps)
    return out


def probabilities(described: Floats, weights: Floats) -> Floats:
    """Turn features into probabilities, shape (steps,), each 0 to 1."""
    odds: Floats = 1.0 / (1.0 + np.exp(-np.clip(described @ weights, -30.0, 30.0)))
    return odds


def confidences(steps: Sequence[Step]) -> list[float]:
    """Estimate for each step the probability that exactly this bead is right."""
    weights = np.array([_stored()["weights"][name] for name in FEATURES])
    return [float(p) for p in probabilities(features(steps), weights)]


@cache
def _stored() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))
    return stored
