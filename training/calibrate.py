"""Learn what a bead's confidence is worth: `python -m training.calibrate`.

Beads found on gold alignments, and on records made up of held-out UN pairs with sentences dropped
and joined, are judged right or wrong; a logistic regression learns to tell. The error is
cross-validated over documents: whatever judges a document has not seen it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import typer

from align import Settings, load_encoder
from align.confidence import FEATURES, WEIGHTS, features, probabilities
from align.evaluate import gold_names
from align.links import read_links
from align.pair import find_steps
from corpora import Document, Sentence, read_segmented
from training.corpus import SOURCES, hold_out, read_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.encoder import Encoder
    from align.links import Link

    Floats = NDArray[np.float64]

GOLD = ("mac-dev", "mac-dev-omissions", "cdpv-1579-part1", "spv")
MADE_UP_LENGTH = 200
DROPPED, JOINED = 0.04, 0.06
"""Share of the sentences of a made-up record that are left out, and joined to the one before."""
RIDGE = 0.1
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The beads found in one document: their features and whether the gold holds them."""

    name: str
    described: Floats
    right: Floats


def judge(name: str, zh: Document, en: Document, gold: set[Link], encoder: Encoder) -> Judged:
    """Align one pair and judge each bead."""
    steps, left, right = find_steps(zh, en, encoder, Settings())
    hits = [(tuple(range(*s.zh)), tuple(range(*s.en))) in gold for s in steps]
    return Judged(name, features(steps, left, right), np.array(hits, dtype=float))


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
    """Judge the beads of every gold file and of the made-up records."""
    found = []
    for folder in GOLD:
        for name in gold_names(shared / "gold" / folder):
            path = shared / "gold" / folder / name
            zh = read_segmented(path.with_name(f"{name}.zh"), language="zh")
            en = read_segmented(path.with_name(f"{name}.en"), language="en")
            gold = set(read_links(path.with_name(f"{name}.gold")))
            # The chapters with omissions are those of mac-dev: they are left out together.
            found.append(judge(folder.removesuffix("-omissions") + name, zh, en, gold, encoder))
    source = next(s for s in SOURCES if s.name == "unpc_devset")
    _, held = hold_out(read_pairs(shared / "training/parallel/unpc_devset.tsv.gz", source))
    for seed, start in enumerate(range(0, len(held), MADE_UP_LENGTH)):
        stop = start + MADE_UP_LENGTH
        zh_doc, en_doc, links = made_up(held.zh[start:stop], held.en[start:stop], seed)
        found.append(judge(zh_doc.name, zh_doc, en_doc, links, encoder))
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


def calibration_error(expected: Floats, right: Floats, bins: int = BINS) -> float:
    """Expected calibration error over `bins` equally filled bins (Naeini and others 2015)."""
    order = np.argsort(expected, kind="stable")
    parts = np.array_split(order, bins)
    return float(
        sum(len(p) * abs(expected[p].mean() - right[p].mean()) for p in parts if len(p))
        / len(order)
    )


def cross_validate(judged: list[Judged]) -> tuple[Floats, Floats]:
    """Give each bead the probability of a model that has not seen its document."""
    expected, right = [], []
    for name in dict.fromkeys(j.name for j in judged):
        weights = fit([j for j in judged if j.name != name])
        for j in judged:
            if j.name == name:
                expected.append(probabilities(j.described, weights))
                right.append(j.right)
    return np.concatenate(expected), np.concatenate(right)


def main(shared: Path = Path("../shared")) -> None:
    """Fit the weights, print the cross-validated error, write `align/confidence.json`."""
    encoder = load_encoder()
    judged = collect(shared, encoder)
    expected, right = cross_validate(judged)
    error = calibration_error(expected, right)
    stored = {
        "weights": dict(zip(FEATURES, np.round(fit(judged), 4).tolist(), strict=True)),
        "provenance": {
            "gold": [*GOLD, "made-up records of held-out UN pairs"],
            "beads": len(right),
            "right": int(right.sum()),
            "expected calibration error, cross-validated over documents": round(error, 4),
            "encoder": encoder.signature,
            "settings": Settings().signature,
            "made": date.today().isoformat(),
        },
    }
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    print(json.dumps(stored, indent=2))


if __name__ == "__main__":
    typer.run(main)
