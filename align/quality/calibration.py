"""What confidences are worth: reliability, calibration error, and which threshold keeps what.

Every function takes `confidence`, shape (beads,), each 0 to 1, and `right`, shape (beads,), 1 where
the bead is the gold's and 0 where it is not. Judge with data that the confidences were not learnt
from, or the figures flatter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from align.confidence import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

BINS = 10

THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
"""Confidences that the table shows, besides those of `PRECISIONS`."""

PRECISIONS = (0.95, 0.98, 0.99, 0.995)
"""Precisions of which the table names the lowest threshold that keeps them."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Beads of about the same confidence.

    Attributes:
        confidence: their mean confidence, 0 to 1.
        right: share of them that is right, 0 to 1.
        beads: how many they are.
    """

    confidence: float
    right: float
    beads: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a threshold keeps: the beads whose confidence is not below it.

    Attributes:
        threshold: a confidence, 0 to 1.
        beads: how many are kept.
        share: of all beads, 0 to 1.
        precision: share of those kept that is right; 1 if none is kept.
        recall: those kept and right, as a share of all gold links that could be found.
        wanted: the precision for which this is the lowest threshold; None for a given threshold.
    """

    threshold: float
    beads: int
    share: float
    precision: float
    recall: float
    wanted: float | None = None


def reliability(confidence: ArrayLike, right: ArrayLike, bins: int = BINS) -> list[Bin]:
    """Sort beads by confidence into bins that hold about as many each.

    Bins of equal width would put nearly all beads, whose confidence is near 1, in the last one.
    Beads of the same confidence are never parted, so there may be fewer bins than asked for.
    """
    sure, hits = _sorted(confidence, right)
    cuts = np.unique([np.searchsorted(sure, sure[at]) for at in _even_cuts(len(sure), bins)])
    parts = zip([0, *cuts], [*cuts, len(sure)], strict=True)
    return [
        Bin(float(sure[a:b].mean()), float(hits[a:b].mean()), int(b - a)) for a, b in parts if b > a
    ]


def expected_calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = BINS) -> float:
    """Mean distance of confidence from the share that is right, over the bins of `reliability`.

    Naeini, Cooper and Hauskrecht (2015), with equally filled bins as Nixon and others (2019)
    advise. 0 is perfect; nought beads have none, 0.
    """
    found = reliability(confidence, right, bins)
    beads = sum(b.beads for b in found)
    return sum(b.beads * abs(b.confidence - b.right) for b in found) / beads if beads else 0.0


def kept_at(
    threshold: float, confidence: ArrayLike, right: ArrayLike, gold: int | None = None
) -> Kept:
    """Say what one threshold keeps; `gold` is as in `threshold_table`."""
    sure, hits = _sorted(confidence, right)
    start = int(np.searchsorted(sure, threshold))
    beads, found = len(sure) - start, float(hits[start:].sum())
    wanted = float(hits.sum()) if gold is None else gold
    return Kept(
        threshold,
        beads,
        beads / len(sure) if len(sure) else 0.0,
        found / beads if beads else 1.0,
        found / wanted if wanted else 0.0,
    )


def threshold_for(precision: float, confidence: ArrayLike, right: ArrayLike) -> float | None:
    """Find the lowest confidence at and above which beads are right at least so often.

    A threshold is always the confidence of some bead; None if no threshold gives the precision.
    """
    sure, hits = _sorted(confidence, right)
    values, starts = np.unique(sure, return_index=True)
    if not len(values):
        return None
    right_from = np.cumsum(hits[::-1])[::-1]
    reached = right_from[starts] / (len(sure) - starts) >= precision - 1e-12
    return float(values[reached.argmax()]) if reached.any() else None


def threshold_table(
    confidence: ArrayLike,
    right: ArrayLike,
    gold: int | None = None,
    *,
    thresholds: Sequence[float] = THRESHOLDS,
    precisions: Sequence[float] = PRECISIONS,
) -> list[Kept]:
    """Say what each threshold keeps, then which threshold keeps each precision.

    Args:
        confidence: of each bead that links sentences.
        right: whether it is the gold's.
        gold: number of gold links that could be found; None takes the beads that are right.
        thresholds: confidences to show.
        precisions: precisions to reach; one that no threshold reaches is left out.
    """
    rows = [kept_at(threshold, confidence, right, gold) for threshold in thresholds]
    for precision in precisions:
        lowest = threshold_for(precision, confidence, right)
        if lowest is not None:
            rows.append(replace(kept_at(lowest, confidence, right, gold), wanted=precision))
    return rows


def stored_thresholds() -> dict[float, float]:
    """Read the thresholds that ship: the precision wanted, and the confidence to ask for.

    `training.calibrate` set them on its calibration data, and stored with them what precision
    they gave on documents that had no part in it.
    """
    stored: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8")).get("thresholds", {})
    return {float(precision): threshold for precision, threshold in stored.items()}


def _sorted(confidence: ArrayLike, right: ArrayLike) -> tuple[Floats, Floats]:
    """Both as arrays, the least confident bead first."""
    sure, hits = np.asarray(confidence, dtype=float), np.asarray(right, dtype=float)
    if sure.shape != hits.shape:
        raise ValueError(f"{sure.shape} confidences, but {hits.shape} judgements")
    order = np.argsort(sure, kind="stable")
    return sure[order], hits[order]


def _even_cuts(count: int, bins: int) -> list[int]:
    return sorted({count * k // bins for k in range(1, bins)} - {0}) if count else []
