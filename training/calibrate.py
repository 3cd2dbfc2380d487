"""Learn what a bead's confidence is worth: `python -m training.calibrate`.

Beads found on gold alignments, and on records made up of held-out UN pairs with sentences dropped
and joined, are judged right or wrong; a logistic regression learns to tell. The error is
cross-validated over documents: whatever judges a document has not seen it.

The thresholds for a wanted precision are set on the cross-validated confidences of all documents.
What they are worth is measured one level deeper: each document is held out in turn, the threshold
is set on the others, by confidences that are cross-validated among the others, and the beads that
it keeps in the document held out are pooled. The half of the held-out UN pairs from which the
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
from corpora import Document, Sentence, read_segmented
from training.damaged import DEV_SEED, damaged_copies, read_records, read_un_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.encoder.load import Encoder
    from align.links import Link

    Floats = NDArray[np.float64]

GOLD = ("mac-dev", "mac-dev-omissions", "cdpv-1579-part1", "spv")
MADE_UP_LENGTH = 200
DROPPED, JOINED = 0.04, 0.06
"""Share of the sentences of a made-up record that are left out, and joined to the one before."""
RECORD_COPIES = 4
"""Damaged copies of the records; more would drown the literary text."""
VARIANTS = 2
"""Made-up records of the same pairs, each with other sentences dropped and joined."""
RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Judged:
    """The beads found in one document: their features and whether the gold holds them.

    `null` says which are omissions, shape (beads,); None where all beads link sentences.
    """

    name: str
    described: Floats
    right: Floats
    null: NDArray[np.bool_] | None = None

    @property
    def units(self) -> NDArray[np.bool_]:
        """Which beads link sentences, shape (beads,)."""
        return np.ones(len(self.right), dtype=bool) if self.null is None else ~self.null


def judge(name: str, zh: Document, en: Document, gold: set[Link], encoder: Encoder) -> Judged:
    """Align one pair and judge each bead."""
    steps, left, right = find_steps(zh, en, encoder, Settings())
    hits = [(tuple(range(*s.zh)), tuple(range(*s.en))) in gold for s in steps]
    null = [s.zh[0] == s.zh[1] or s.en[0] == s.en[1] for s in steps]
    return Judged(
        name,
        features(steps, left, right),
        np.array(hits, dtype=float),
        np.array(null, dtype=bool),
    )


def made_up(zh: list[str], en: list[str], seed: int) -> tuple[Document, Document, set[Link]]:
    """Make a record of pairs, with sentences dropped and joined on either side."""
    random = np.random.default_rng(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    gold: list[Link] = []
    for texts in zip(zh, en, strict=True):
        chance, side = random.random(), int(random.integers(2))
        numbers: list[tuple[int, ...]] = []
        for k in (0, 1):
            if chance < DROPPED and k == side:
                numbers.append(())
                continue
            sides[k].append(texts[k])
            numbers.append((len(sides[k]) - 1,))
        if DROPPED <= chance < DROPPED + JOINED and gold and all(gold[-1]):
            last = gold.pop()
            sides[side][-2:] = [
                "".join(sides[side][-2:]) if side == 0 else " ".join(sides[side][-2:])
            ]
            numbers[side] = last[side]
            numbers[1 - side] = last[1 - side] + numbers[1 - side]
        gold.append((numbers[0], numbers[1]))
    name = f"made-up-{seed}"
    zh_doc = Document(name, "zh", tuple(Sentence(text) for text in sides[0]))
    en_doc = Document(name, "en", tuple(Sentence(text) for text in sides[1]))
    return zh_doc, en_doc, set(gold)


def collect(shared: Path, encoder: Encoder) -> list[Judged]:
    """Judge the beads of every gold file, of damaged copies and of the made-up records.

    What shares text has one name, and is left out together in cross-validation.
    """
    found = []
    for folder in GOLD:
        for name in gold_names(shared / "gold" / folder):
            path = shared / "gold" / folder / name
            zh = read_segmented(path.with_name(f"{name}.zh"), language="zh")
            en = read_segmented(path.with_name(f"{name}.en"), language="en")
            gold = set(read_links(path.with_name(f"{name}.gold")))
            # The chapters with omissions are those of mac-dev; the copies are of all records.
            group = name if folder.startswith("mac") else "records"
            found.append(judge(group, zh, en, gold, encoder))
    found += [
        judge("records", copy.zh, copy.en, set(copy.links), encoder)
        for copy in damaged_copies(read_records(shared), DEV_SEED, RECORD_COPIES)
    ]
    (text,) = read_un_text(DEV_SEED, shared)
    for part, start in enumerate(range(0, len(text.zh), MADE_UP_LENGTH)):
        zh_lines, en_lines = (list(s[start : start + MADE_UP_LENGTH]) for s in (text.zh, text.en))
        for variant in range(VARIANTS):
            made = made_up(zh_lines, en_lines, part * VARIANTS + variant)
            found.append(judge(f"made-up-{part}", *made, encoder))
    return found


def fit(judged: list[Judged]) -> Floats:
    """Fit a logistic regression with a small ridge by Newton's method: weights by feature."""
    described = np.concatenate([j.described for j in judged])
    right = np.concatenate([j.right for j in judged])
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
        told += [(j, probabilities(j.described, weights)) for j in judged if j.name == name]
    return told


def cross_validate(judged: list[Judged]) -> tuple[Floats, Floats]:
    """Give each bead the probability of a model that has not seen its document."""
    told = held_out_confidences(judged)
    return np.concatenate([p for _, p in told]), np.concatenate([j.right for j, _ in told])


def set_threshold(precision: float, told: list[tuple[Judged, Floats]]) -> float | None:
    """Find the lowest confidence that keeps units right at least so often."""
    return threshold_for(
        precision,
        np.concatenate([p[j.units] for j, p in told]),
        np.concatenate([j.right[j.units] for j, _ in told]),
    )


def measure_thresholds(
    judged: list[Judged], precisions: tuple[float, ...] = PRECISIONS
) -> list[Kept]:
    """Measure thresholds on documents that did not set them; pooled, a row a precision.

    The threshold of a row is the mean over documents, as each sets its own for the one left out.
    """
    # Confidences are shifted so that each document's threshold is 0: what is kept can be pooled.
    above: dict[float, list[Floats]] = {precision: [] for precision in precisions}
    used: dict[float, list[float]] = {precision: [] for precision in precisions}
    right: list[Floats] = []
    for name in dict.fromkeys(j.name for j in judged):
        others = [j for j in judged if j.name != name]
        told, weights = held_out_confidences(others), fit(others)
        own = [j for j in judged if j.name == name]
        right += [j.right[j.units] for j in own]
        for precision in precisions:
            threshold = set_threshold(precision, told)
            # Where no threshold gives the precision, nothing is kept.
            used[precision].append(np.inf if threshold is None else threshold)
            above[precision] += [
                probabilities(j.described[j.units], weights) - used[precision][-1] for j in own
            ]
    rows = []
    for precision in precisions:
        kept = kept_at(0.0, np.concatenate(above[precision]), np.concatenate(right))
        rows.append(replace(kept, threshold=float(np.mean(used[precision])), wanted=precision))
    return rows


def main(shared: Path = Path("../shared")) -> None:
    """Fit the weights, print the cross-validated figures, write `align/confidence.json`."""
    encoder = load_encoder()
    judged = collect(shared, encoder)
    told = held_out_confidences(judged)
    expected, right = (
        np.concatenate([p for _, p in told]),
        np.concatenate([j.right for j, _ in told]),
    )
    units = (
        np.concatenate([p[j.units] for j, p in told]),
        np.concatenate([j.right[j.units] for j, _ in told]),
    )
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
                "damaged copies of the records",
                "made-up records of held-out UN pairs",
            ],
            "beads": len(right),
            "right": int(right.sum()),
            "expected calibration error, cross-validated over documents": round(
                expected_calibration_error(expected, right), 4
            ),
            "thresholds on documents that did not set them": {
                str(row.wanted): {
                    "precision": round(row.precision, 4),
                    "units kept": row.beads,
                    "share": round(row.share, 4),
                }
                for row in measured
            },
            "reliability of units, cross-validated over documents": [
                [round(bin_.confidence, 4), round(bin_.right, 4), bin_.beads]
                for bin_ in reliability(*units)
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
