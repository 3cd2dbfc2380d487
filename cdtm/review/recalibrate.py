"""`cdtm audit recalibrate`: what the confidences are worth here, by what reviewers decided.

The shipped confidences were fitted to gold of other texts (`training.calibrate`). A logistic curve
of two figures is laid over them: log odds' = offset + slope × log odds (Platt, Probabilistic
outputs for support vector machines, 1999). It keeps their order, so it needs few decisions, and
can say nothing of single units. What is told after is told of decisions that the curve has not
seen.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from align.quality.calibration import expected_calibration_error
from cdtm.build.workspace import open_workspace
from cdtm.memory.journal import NAME, Decision, Journal, standing
from cdtm.show import print_facts
from corpora import UserError
from tmx_out.review.form import is_aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from cdtm.jobs.audit import RecalibrateJob

    Floats = NDArray[np.float64]

LEAST = 200
"""Decisions without which no curve is fitted: with 200, of which 5 % are faults, the share of right
units is known to ± 3 %, which is the size of the error that is to be mended."""

LEAST_WRONG = 10
"""Faults among them: the curve has two figures, and the rule of thumb is five events for each
(Vittinghoff and McCulloch, 2007)."""

RIDGE = 1.0
"""Pull of the curve towards "nothing to mend", in decisions."""

FOLDS = 5
"""Parts of the decisions, each judged by a curve of the others."""

UNBIASED = ("sample", "records")
"""Kinds of books whose units were not chosen because they looked wrong."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What mends a confidence.

    Attributes:
        offset: added to the log odds.
        slope: that they are multiplied with.
    """

    offset: float
    slope: float

    def mend(self, confidence: Floats) -> Floats:
        """Give what confidences, shape (units,), are worth here."""
        mended: Floats = 1 / (1 + np.exp(-(self.offset + self.slope * _log_odds(confidence))))
        return mended


@dataclass(frozen=True, slots=True)
class Recalibration:
    """A curve and what it is worth; losses are of decisions that no part of it was fitted to.

    Attributes:
        offset, slope: see `Curve`.
        decisions: that it was fitted to.
        wrong: those among them that found a fault.
        error_before, error_after: expected calibration error.
        loss_before, loss_after: mean log loss, natural logarithm.
        better: whether the loss fell, so that the curve is of use.
    """

    offset: float
    slope: float
    decisions: int
    wrong: int
    error_before: float
    error_after: float
    loss_before: float
    loss_after: float
    better: bool


def run_recalibrate(job: RecalibrateJob) -> Recalibration:
    """Fit the curve, keep it in the workspace, and print before and after.

    Raises:
        UserError: too little was decided.
    """
    workspace = open_workspace(job.workspace)
    with Journal.open(workspace.folder / NAME) as journal:
        confidence, right = judged(journal.decisions(), journal.books())
    told = recalibrated(confidence, right)
    workspace.save_note("recalibration", asdict(told))
    if job.as_json:
        print(json.dumps(asdict(told), indent=1))
        return told
    steps = np.array([0.5, 0.8, 0.9, 0.95, 0.99])
    mended = Curve(told.offset, told.slope).mend(steps)
    facts = [
        ("Decided", f"{told.decisions:,} units, {told.wrong:,} with a fault of the alignment"),
        (
            "Error",
            f"expected calibration error {told.error_before:.4f}, {told.error_after:.4f} after",
        ),
        ("Log loss", f"{told.loss_before:.4f}, {told.loss_after:.4f} after"),
        (
            "Here",
            ", ".join(f"{a:.2f} means {b:.3f}" for a, b in zip(steps, mended, strict=True)),
        ),
    ]
    if not told.better:
        facts.append(("Note", "No better than the shipped confidences: go on with these."))
    print_facts(facts, stderr=False)
    return told


def judged(
    decisions: Iterable[Decision], books: Mapping[str, tuple[str, dict[str, Any]]]
) -> tuple[Floats, Floats]:
    """Give confidence and verdict of each unit, decided in a book that did not choose by doubt.

    Of several decisions on a unit the last counts; omissions have no confidence of a pair.
    """
    kinds = {token: about.get("kind") for token, (_, about) in books.items()}
    last = {d.unit: d for d in standing(decisions) if d.effect != "held" and d.judges}
    taken = [
        d
        for d in last.values()
        if kinds.get(d.book) in UNBIASED and d.zh and d.en and d.confidence > 0
    ]
    return (
        np.array([d.confidence for d in taken], dtype=float),
        np.array([is_aligned(d.decision, d.labels) for d in taken], dtype=float),
    )


def recalibrated(confidence: Floats, right: Floats) -> Recalibration:
    """Fit the curve and measure it.

    Raises:
        UserError: too few decisions, or too few faults.
    """
    wrong = int(len(right) - right.sum())
    if len(right) < LEAST or wrong < LEAST_WRONG:
        raise UserError(
            f"{len(right):,} units with {wrong:,} faults are decided in sampled books and whole "
            f"records, and recalibration needs {LEAST} with {LEAST_WRONG}: decide more with cdtm "
            "audit --sample."
        )
    after = held_out(confidence, right)
    curve = fit(confidence, right)
    losses = _log_loss(confidence, right), _log_loss(after, right)
    return Recalibration(
        offset=round(curve.offset, 4),
        slope=round(curve.slope, 4),
        decisions=len(right),
        wrong=wrong,
        error_before=expected_calibration_error(confidence, right),
        error_after=expected_calibration_error(after, right),
        loss_before=losses[0],
        loss_after=losses[1],
        better=losses[1] < losses[0],
    )


def held_out(confidence: Floats, right: Floats) -> Floats:
    """Mend each confidence by a curve of the other parts; a part is every fifth by confidence."""
    after = np.empty_like(confidence)
    part = np.empty(len(confidence), dtype=int)
    part[np.lexsort((right, confidence))] = np.arange(len(confidence)) % FOLDS
    for fold in range(FOLDS):
        curve = fit(confidence[part != fold], right[part != fold])
        after[part == fold] = curve.mend(confidence[part == fold])
    return after


def fit(confidence: Floats, right: Floats) -> Curve:
    """Fit the curve by Newton's method, with a small pull towards offset 0 and slope 1."""
    described = np.stack([np.ones_like(confidence), _log_odds(confidence)], axis=1)
    usual = np.array([0.0, 1.0])
    weights = usual.copy()
    for _ in range(50):
        expected = 1 / (1 + np.exp(-np.clip(described @ weights, -30, 30)))
        slope = described.T @ (right - expected) - RIDGE * (weights - usual)
        bend = (described * (expected * (1 - expected))[:, None]).T @ described
        step = np.linalg.solve(bend + RIDGE * np.eye(2), slope)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return Curve(float(weights[0]), float(weights[1]))


def _log_odds(confidence: Floats) -> Floats:
    bounded = np.clip(confidence, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(bounded / (1 - bounded))
    return odds


def _log_loss(confidence: Floats, right: Floats) -> float:
    bounded = np.clip(confidence, 1e-6, 1 - 1e-6)
    return float(-np.mean(right * np.log(bounded) + (1 - right) * np.log(1 - bounded)))
