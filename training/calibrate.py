"""Learn what a bead's confidence is worth: `python -m training.calibrate`.

Beads found on gold alignments, on damaged copies of them, and on records made up of held-out UN
pairs with sentences dropped and joined, are judged right or wrong; a logistic regression learns to
tell. All figures are cross-validated over kinds of text: what judges a kind has seen none of it.

There is one free kind, novels, and what it is worth there cannot be learnt from close ones. So the
made-up records come in freer versions too: of every sentence some words are left out on each side,
so that its vectors are as far from its partner's as in a novel, and more sentences are joined. They
only teach, and are left out with the UN text that they are made of.

The threshold for a wanted precision is the highest that any kind sets by confidences of a model
that has not seen it, and never below the precision itself. What it is worth is measured one level
deeper: each kind is held out in turn, the threshold is set among the others alone, and the beads
that it keeps in the kind held out are counted. The half of the held-out UN pairs from which the
reported damaged copies are made (`training.damaged`) has no part in any of this.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import typer

from align import Settings, load_encoder
from align.confidence import FEATURES, WEIGHTS, features, probabilities
from align.links import read_links
from align.pair import find_steps
from align.quality.calibration import (
    PRECISIONS,
    Kept,
    expected_calibration_error,
    kept_at,
    reliability,
    threshold_for,
)
from align.quality.evaluate import gold_names
from corpora import read_segmented
from training.damaged import DEV_SEED, damaged_copies, read_records, read_un_text
from training.made_up import freer_records, made_up_records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.encoder.load import Encoder
    from align.links import Link
    from corpora import Document

    Floats = NDArray[np.float64]

GOLD = {
    "mac-dev": "literary",
    "mac-dev-omissions": "literary",
    "hansard": "hansard",
    "cdpv-1579-part1": "records",
    "spv": "records",
}
"""Gold sets and the kind of each."""
DAMAGED_COPIES = 8
"""Damaged copies of the records, and of UN text; more would drown the others."""
VARIANTS = 2
"""Made-up records of the same pairs, each with other sentences dropped and joined."""
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Judged:
    """The beads found in one document: their features and whether the gold holds them.

    `name` is that of its kind: what bears one name is left out together. `null` says which are
    omissions, shape (beads,); None where all beads link sentences. `teaches` says that the document
    is only learnt from and judges nothing.
    """

    name: str
    described: Floats
    right: Floats
    null: NDArray[np.bool_] | None = None
    teaches: bool = False

    @property
    def units(self) -> NDArray[np.bool_]:
        """Which beads link sentences, shape (beads,)."""
        return np.ones(len(self.right), dtype=bool) if self.null is None else ~self.null


def judge(name: str, zh: Document, en: Document, gold: set[Link], encoder: Encoder) -> Judged:
    """Align one pair and judge each bead."""
    steps, _, _ = find_steps(zh, en, encoder, Settings())
    hits = [(tuple(range(*s.zh)), tuple(range(*s.en))) in gold for s in steps]
    null = [s.zh[0] == s.zh[1] or s.en[0] == s.en[1] for s in steps]
    return Judged(
        name,
        features(steps),
        np.array(hits, dtype=float),
        np.array(null, dtype=bool),
    )


def collect(shared: Path, encoder: Encoder) -> list[Judged]:
    """Judge the beads of every gold file, of damaged copies and of the made-up records."""
    found = []
    for folder, kind in GOLD.items():
        for name in gold_names(shared / "gold" / folder):
            path = shared / "gold" / folder / name
            zh = read_segmented(path.with_name(f"{name}.zh"), language="zh")
            en = read_segmented(path.with_name(f"{name}.en"), language="en")
            gold = set(read_links(path.with_name(f"{name}.gold")))
            found.append(judge(kind, zh, en, gold, encoder))
    for kind, texts in (
        ("records", read_records(shared)),
        ("UN text", read_un_text(DEV_SEED, shared)),
    ):
        found += [
            judge(kind, copy.zh, copy.en, set(copy.links), encoder)
            for copy in damaged_copies(texts, DEV_SEED, DAMAGED_COPIES)
        ]
    (text,) = read_un_text(DEV_SEED, shared)
    found += [judge("UN text", *made, encoder) for made in made_up_records(text, VARIANTS)]
    for made in freer_records(text):
        found.append(replace(judge("UN text", *made, encoder), teaches=True))
    return found


def fit(judged: list[Judged]) -> Floats:
    """Fit the weights of the features to what was judged."""
    return fit_weights(
        np.concatenate([j.described for j in judged]), np.concatenate([j.right for j in judged])
    )


def fit_weights(described: Floats, right: Floats) -> Floats:
    """Fit a logistic regression with a small ridge by Newton's method: weights by feature.

    Args:
        described: shape (cases, features).
        right: 0 or 1, shape (cases,).
    """
    weights = np.zeros(described.shape[1])
    for _ in range(50):
        expected = probabilities(described, weights)
        slope = described.T @ (right - expected) - RIDGE * weights
        bend = (described * (expected * (1 - expected))[:, None]).T @ described
        step = np.linalg.solve(bend + RIDGE * np.eye(len(weights)), slope)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def held_out_confidences(judged: list[Judged]) -> list[tuple[Judged, Floats]]:
    """Give each document the confidences of a model that has not seen it."""
    told = []
    for name in dict.fromkeys(j.name for j in judged):
        weights = fit([j for j in judged if j.name != name])
        own = [j for j in judged if j.name == name and not j.teaches]
        told += [(j, probabilities(j.described, weights)) for j in own]
    return told


def cross_validate(judged: list[Judged]) -> tuple[Floats, Floats]:
    """Give each bead the probability of a model that has not seen its document."""
    told = held_out_confidences(judged)
    return np.concatenate([p for _, p in told]), np.concatenate([j.right for j, _ in told])


def set_threshold(precision: float, told: list[tuple[Judged, Floats]]) -> float | None:
    """Find the confidence that keeps units right at least so often, whatever the kind.

    The highest that any kind asks for, and at least the precision itself; None if in some kind no
    threshold gives it.
    """
    found = [precision]
    for name in dict.fromkeys(j.name for j, _ in told):
        lowest = threshold_for(
            precision,
            np.concatenate([p[j.units] for j, p in told if j.name == name]),
            np.concatenate([j.right[j.units] for j, _ in told if j.name == name]),
        )
        if lowest is None:
            return None
        found.append(lowest)
    return max(found)


def measure_thresholds(
    judged: list[Judged], precisions: tuple[float, ...] = PRECISIONS
) -> dict[str, list[Kept]]:
    """Measure thresholds on kinds that did not set them: a row a precision for each kind.

    Where the other kinds name no threshold, nothing is kept.
    """
    measured = {}
    for name in dict.fromkeys(j.name for j in judged):
        others, own = ([j for j in judged if (j.name == name) is left] for left in (False, True))
        own = [j for j in own if not j.teaches]
        told, weights = held_out_confidences(others), fit(others)
        confidence = np.concatenate([probabilities(j.described[j.units], weights) for j in own])
        right = np.concatenate([j.right[j.units] for j in own])
        thresholds = [set_threshold(precision, told) for precision in precisions]
        measured[name] = [
            replace(
                kept_at(np.inf if threshold is None else threshold, confidence, right),
                wanted=precision,
            )
            for precision, threshold in zip(precisions, thresholds, strict=True)
        ]
    return measured


def pool(kept: list[Kept]) -> Kept:
    """Put together what thresholds for one precision keep in several kinds."""
    beads = sum(one.beads for one in kept)
    every = sum(one.beads / one.share for one in kept if one.share)
    found = sum(one.beads * one.precision for one in kept)
    return Kept(
        threshold=float(np.mean([one.threshold for one in kept])),
        beads=beads,
        share=beads / every if every else 0.0,
        precision=found / beads if beads else 1.0,
        recall=0.0,
        wanted=kept[0].wanted,
    )


def _figures(kept: Kept) -> dict[str, float]:
    return {
        "precision": round(kept.precision, 4),
        "units kept": kept.beads,
        "share": round(kept.share, 4),
    }


def _kind(name: str, told: list[tuple[Judged, Floats]], measured: list[Kept]) -> dict[str, object]:
    """What is measured on one kind that a model has not seen."""
    own = [(j, p) for j, p in told if j.name == name]
    confidence, right = (
        np.concatenate(part) for part in ([p for _, p in own], [j.right for j, _ in own])
    )
    units = np.concatenate([j.units for j, _ in own])
    return {
        "beads": len(right),
        "expected calibration error": round(expected_calibration_error(confidence, right), 4),
        "of units": round(expected_calibration_error(confidence[units], right[units]), 4),
        "thresholds": {str(row.wanted): _figures(row) for row in measured},
    }


def main(shared: Path = Path("../shared")) -> None:
    """Fit the weights, print the cross-validated figures, write `align/confidence.json`."""
    encoder = load_encoder()
    judged = collect(shared, encoder)
    told = held_out_confidences(judged)
    expected = np.concatenate([p for _, p in told])
    right = np.concatenate([j.right for j, _ in told])
    units = np.concatenate([j.units for j, _ in told])
    thresholds = {precision: set_threshold(precision, told) for precision in PRECISIONS}
    measured = measure_thresholds(judged)
    stored = {
        "weights": dict(zip(FEATURES, np.round(fit(judged), 4).tolist(), strict=True)),
        "thresholds": {
            str(precision): round(threshold, 4)
            for precision, threshold in thresholds.items()
            if threshold is not None
        },
        "provenance": {
            "gold": [
                *GOLD,
                "damaged copies of the records and of UN text",
                "made-up records of held-out UN pairs",
                "freer versions of these, which only teach",
            ],
            "beads": len(right),
            "right": int(right.sum()),
            "expected calibration error, cross-validated over documents": round(
                expected_calibration_error(expected, right), 4
            ),
            "thresholds on documents that did not set them": {
                str(rows[0].wanted): _figures(pool(list(rows)))
                for rows in zip(*measured.values(), strict=True)
            },
            "kinds, each left out": {
                name: _kind(name, told, rows) for name, rows in measured.items()
            },
            "reliability of units, cross-validated over documents": [
                [round(bin_.confidence, 4), round(bin_.right, 4), bin_.beads]
                for bin_ in reliability(expected[units], right[units])
            ],
            "encoder": encoder.signature,
            "settings": Settings().signature,
            "made": date.today().isoformat(),
        },
    }
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    typer.run(main)
