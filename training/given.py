"""Learn how likely a pair of somebody else's memory is right: `python -m training.given`.

Gold pairs are made memories of, one a kind of text; in each some pairs are given a fault, the same
share of four kinds. `align.given` says what the features are; here their weights are fitted. All
figures are cross-validated: what judges a kind of text has seen none of it.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import typer

from align import load_encoder
from align.given import FEATURES, WEIGHTS, confidences_of, describe_texts
from align.links import read_links
from align.quality.calibration import expected_calibration_error
from align.quality.evaluate import gold_names
from corpora import read_segmented
from training.calibrate import GOLD, fit_weights
from training.corpus import HELD_OUT_SOURCE, SOURCES, hold_out, read_pairs
from training.damaged import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from align.encoder.load import Encoder

    Floats = NDArray[np.float64]
    Pair = tuple[str, str]

SAMPLES: Final = {"multiun_npt2005_sample": 900, "mlqe_pe_wiki": 1000, "twlaw": 1000}
"""Other text, and how many pairs of it: the encoder has seen it, unlike the held-out UN text."""

SHARE: Final = 0.0375
"""Share of the pairs that get each of the four faults: 15 % of a memory are taken to be wrong.
What is assumed decides what an unsuspicious pair is worth. At 10 % a quarter of the cut pairs stay
above .9, at 20 % hardly a pair of UN text comes above .99."""

RUNS: Final = 6
"""Copies of each memory, each with other faults."""

HIGH: Final = 0.9
"""Confidence above which no wrong pair should stand."""

_NOT: Final = re.compile(r"\bnot |\bno (?=[a-z])|\bnever |n['’]t\b|(?<=\bcan)not\b")
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|will|would|should|shall|may|can|could|must|has been|have been|had)\b"
    r"(?! not|n['’]t)"
)
_NOT_ZH: Final = re.compile(
    "(?<![是能否])[不未](?=[是会能可应得再愿予同支在存])|没有|并未|尚未|并不"
)
_NUMBER: Final = re.compile(r"(?<![\w/.,-])\d{1,4}(?![\w/]|[.,]\d)")


def another_sentence(_: Pair, other: Pair, __: random.Random) -> Pair | None:
    """The English of the next pair."""
    return _[0], other[1]


def cut(pair: Pair, _: Pair, rng: random.Random) -> Pair | None:
    """The last third to half of either side is lost, half of the time with its full stop."""
    zh, en = pair
    share, stop = rng.choice((0.5, 0.6, 0.7)), rng.random() < 0.5
    words = en.split()
    if rng.random() < 0.5 and len(words) >= 8:
        return zh, " ".join(words[: int(len(words) * share)]) + ("." if stop else "")
    if len(zh) < 14:
        return None
    return zh[: int(len(zh) * share)] + ("。" if stop else ""), en


def denial(pair: Pair, _: Pair, rng: random.Random) -> Pair | None:
    """A denial is lost on either side, or the English denies what the Chinese says."""
    zh, en = pair
    ways = []
    if found := [*_NOT.finditer(en)]:
        one = rng.choice(found)
        ways.append((zh, en[: one.start()] + en[one.end() :]))
    if found := [*_NOT_ZH.finditer(zh)]:
        one = rng.choice(found)
        said = "有" if one[0] == "没有" else ""
        ways.append((zh[: one.start()] + said + zh[one.end() :], en))
    if found := [*_VERB.finditer(en)]:
        one = rng.choice(found)
        ways.append((zh, f"{en[: one.end()]} not{en[one.end() :]}"))
    return rng.choice(ways) if ways else None


def number(pair: Pair, _: Pair, rng: random.Random) -> Pair | None:
    """A digit of a number of the English is another."""
    zh, en = pair
    found = [one for one in _NUMBER.finditer(en) if one.start() > 3]
    if not found:
        return None
    one = rng.choice(found)
    place = rng.randrange(one.start(), one.end())
    digit = rng.choice([each for each in "123456789" if each != en[place]])
    return zh, en[:place] + digit + en[place + 1 :]


FAULTS: Final[Mapping[str, Callable[[Pair, Pair, random.Random], Pair | None]]] = {
    "another sentence": another_sentence,
    "cut": cut,
    "denial": denial,
    "number": number,
}


@dataclass(frozen=True, slots=True)
class Memory:
    """A memory with planted faults.

    Attributes:
        name: of the kind of text.
        told: the features of its pairs.
        faults: of each pair, empty for a right one.
    """

    name: str
    told: Mapping[str, Floats]
    faults: NDArray[np.str_]

    @property
    def right(self) -> Floats:
        """Whether each pair is right, 0 or 1."""
        right: Floats = (self.faults == "").astype(float)
        return right


def plant(pairs: Sequence[Pair], seed: int, share: float = SHARE) -> tuple[list[Pair], list[str]]:
    """Give pairs of which some have a fault, and the fault of each, empty for none."""
    rng = random.Random(seed)
    spoilt, faults = list(pairs), [""] * len(pairs)
    for name, spoil in FAULTS.items():
        places = [place for place in range(len(pairs) - 1) if not faults[place]]
        rng.shuffle(places)
        wanted = max(1, round(share * len(pairs)))
        for place in places:
            new = spoil(pairs[place], pairs[place + 1], rng)
            if new is not None and new != pairs[place]:
                spoilt[place], faults[place] = new, name
                wanted -= 1
                if not wanted:
                    break
    return spoilt, faults


def read_kinds(shared: Path) -> dict[str, list[Pair]]:
    """Read right pairs: the links of the gold, the held-out UN text, samples of other text."""
    source = {each.name: each for each in SOURCES}

    def of(name: str) -> list[Pair]:
        path = shared / "training" / "parallel" / f"{name}.tsv.gz"
        found = read_pairs(path, source[name])
        if name == HELD_OUT_SOURCE:
            _, found = hold_out(found)
        return [*zip(found.zh, found.en, strict=True)]

    kinds: dict[str, list[Pair]] = {"UN text": of(HELD_OUT_SOURCE)}
    for folder, kind in GOLD.items():
        if folder != "mac-dev-omissions":
            kinds[kind] = kinds.get(kind, []) + _gold(shared / "gold" / folder)
    for name, count in SAMPLES.items():
        pairs = of(name)
        random.Random(1).shuffle(pairs)
        kinds[name] = pairs[:count]
    return kinds


def _gold(folder: Path) -> list[Pair]:
    pairs = []
    for name in gold_names(folder):
        path = folder / name
        zh = read_segmented(path.with_name(f"{name}.zh"), language="zh").sentences
        en = read_segmented(path.with_name(f"{name}.en"), language="en").sentences
        pairs += [
            ("".join(zh[i].text for i in left), " ".join(en[j].text for j in right))
            for left, right in read_links(path.with_name(f"{name}.gold"))
            if left and right
        ]
    return pairs


def make_memories(
    kinds: Mapping[str, Sequence[Pair]], encoder: Encoder, share: float = SHARE
) -> list[Memory]:
    """Make `RUNS` memories of each kind."""
    out = []
    for name, pairs in kinds.items():
        for seed in range(RUNS):
            spoilt, faults = plant(pairs, seed, share)
            told = describe_texts([zh for zh, _ in spoilt], [en for _, en in spoilt], encoder)
            out.append(Memory(name, told, np.array(faults)))
    return out


def learn(memories: Sequence[Memory]) -> dict[str, Floats]:
    """Fit the odds of each fault against right pairs: weights by feature."""
    faults = np.concatenate([memory.faults for memory in memories])
    weights = {}
    for fault, names in FEATURES.items():
        described = np.stack(
            [np.concatenate([memory.told[name] for memory in memories]) for name in names], axis=1
        )
        chosen = (faults == "") | (faults == fault)
        weights[fault] = fit_weights(described[chosen], (faults[chosen] == fault).astype(float))
    return weights


def judge(memories: Sequence[Memory]) -> dict[str, Floats]:
    """Give the confidences of each kind by weights that were learnt from the others."""
    return {
        name: np.concatenate(
            [
                confidences_of(memory.told, learn([m for m in memories if m.name != name]))
                for memory in memories
                if memory.name == name
            ]
        )
        for name in dict.fromkeys(memory.name for memory in memories)
    }


def figures(confidence: Floats, faults: NDArray[np.str_]) -> dict[str, float]:
    """Say what confidences are worth."""
    right = (faults == "").astype(float)
    told = {
        "pairs": float(len(right)),
        "expected calibration error": expected_calibration_error(confidence, right),
        f"right pairs above {HIGH}": float((confidence[right == 1] > HIGH).mean()),
        f"of those above {HIGH} right": float(right[confidence > HIGH].mean()),
    }
    for fault in FAULTS:
        told[f"{fault}: above {HIGH}"] = float((confidence[faults == fault] > HIGH).mean())
    return {name: round(value, 4) for name, value in told.items()}


def main(shared: Path = SHARED) -> None:
    """Plant, learn, judge, and write the weights."""
    encoder = load_encoder()
    kinds = read_kinds(shared)
    memories = make_memories(kinds, encoder)
    confidence = judge(memories)
    faults = {
        name: np.concatenate([m.faults for m in memories if m.name == name]) for name in kinds
    }
    told = {name: figures(confidence[name], faults[name]) for name in kinds}
    every = [np.concatenate([*each.values()]) for each in (confidence, faults)]
    told["all"] = figures(*every)
    weights = learn(memories)
    stored = {
        "weights": {
            fault: dict(zip(names, weights[fault].round(4).tolist(), strict=True))
            for fault, names in FEATURES.items()
        },
        "provenance": {
            "share of pairs with a fault": 4 * SHARE,
            "kinds of text, each left out": told,
            "encoder": encoder.signature,
            "made": date.today().isoformat(),
        },
    }
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    typer.run(main)
