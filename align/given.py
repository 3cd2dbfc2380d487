"""Pairs that somebody else made, judged: how likely each is right, and what speaks against it.

The pairs beside a pair say nothing about it, for a memory is no text. So a pair is asked four
questions, one for each kind of fault that memories have: do the sides say the same (or is this the
English of another sentence), is each whole, do they deny the same, are their numbers the same? For
each kind a logistic regression gives the odds of the fault against a right pair (one reference and
several others fitted one by one: C. Begg and R. Gray, Biometrika 71 (1984) 11-18); a pair is right
that has none. Weights are learnt by `training.given` from gold pairs with planted faults, and
stored in `given.json`.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align.doubt.lengths import RATIO_VARIANCE, RATIO_WEIGHT, USUAL_LOG_RATIO
from align.doubt.polarity import polarity
from align.doubt.rules import RULES, RULES_OF_RECORDS, Record, read_pair, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from align.encoder.load import Encoder

    Floats = NDArray[np.float64]
    Vectors = NDArray[np.float32]

WEIGHTS: Final = Path(__file__).with_name("given.json")

_ALWAYS: Final = ("bias", "size")
FEATURES: Final[Mapping[str, tuple[str, ...]]] = {
    "another sentence": (*_ALWAYS, "cosine", "cosine by size", "content", "fact", "name"),
    "cut": (*_ALWAYS, "cosine", "content", "length", "length beyond", "fact", "end"),
    "denial": (*_ALWAYS, "cosine", "denies", "polarity", "denial in the vectors"),
    "number": (*_ALWAYS, "fact"),
}
"""Each kind of fault, and what tells of it."""

BEYOND: Final = 1.5
"""Deviations from which a length tells less of each further one."""

DENIALS: Final = ("not", "no", "never", "不", "没有", "未", "无")
"""Whose vectors' mean is the direction of denial."""

FACTS: Final = frozenset({"number-differs", "date-differs", "symbol-differs"})

AT_ONCE: Final = 500
"""Texts that are encoded at once."""

_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of pairs, in their order.

    Attributes:
        scores: cosines of the sides' vectors, float64 (pairs,).
        confidences: how likely each pair is right, 0 to 1, float64 (pairs,).
        flags: words of the rules that find something against a pair.
        zh: the encoder's vectors, float32 (pairs, dimensions).
        en: the same of the English sides.
    """

    scores: Floats
    confidences: Floats
    flags: list[tuple[str, ...]]
    zh: Vectors
    en: Vectors


def judge_pairs(zh: Sequence[str], en: Sequence[str], encoder: Encoder) -> Judged:
    """Judge pairs of texts, the first with the first and so on.

    Args:
        zh: the Chinese texts, none empty.
        en: as many English ones.
        encoder: gives the vectors of both.
    """
    vectors = _encode(zh, encoder), _encode(en, encoder)
    pairs = [*zip(zh, en, strict=True)]
    flags = _flags(pairs)
    told = describe(pairs, flags, vectors, _denial(encoder))
    return Judged(told["cosine"], confidences_of(told, stored_weights()), flags, *vectors)


def describe_texts(zh: Sequence[str], en: Sequence[str], encoder: Encoder) -> dict[str, Floats]:
    """Give every feature of pairs of texts; see `judge_pairs` and `describe`."""
    pairs = [*zip(zh, en, strict=True)]
    vectors = _encode(zh, encoder), _encode(en, encoder)
    return describe(pairs, _flags(pairs), vectors, _denial(encoder))


def _encode(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """Encode texts, few at a time: what a tokenizer says of each takes much memory meanwhile."""
    starts = range(0, max(1, len(texts)), AT_ONCE)
    return np.concatenate([encoder.encode(texts[at : at + AT_ONCE]) for at in starts])


@cache
def signature() -> str:
    """Name the weights: the same pairs then get the same confidences."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:8]


def _flags(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Give the flags of pairs, in the order of the rules."""
    found = [words_of(read_pair(*pair)) for pair in pairs]
    record = Record(len(pairs), dict(enumerate(pairs)))
    for rule, find in RULES_OF_RECORDS:
        for number in find(record):
            found[number].add(rule.word)
    return [tuple(rule.word for rule in RULES if rule.word in words) for words in found]


def describe(
    pairs: Sequence[tuple[str, str]],
    flags: Sequence[Sequence[str]],
    vectors: tuple[Vectors, Vectors],
    denial: Vectors,
) -> dict[str, Floats]:
    """Give every feature of pairs, each float64 (pairs,).

    Args:
        pairs: Chinese and English.
        flags: of each.
        vectors: of both sides.
        denial: the direction of denial, shape (dimensions,).
    """
    zh, en = vectors
    left, right = (np.linalg.norm(side, axis=1).astype(float) + _TINY for side in vectors)
    dot = np.einsum("ij,ij->i", zh, en).astype(float)
    bytes_ = np.array([(len(z.encode()), len(e.encode())) for z, e in pairs], dtype=float)
    size, length = _lengths(bytes_.reshape(-1, 2))
    cosine, size = dot / left / right, np.log(size + 10)
    denied = [polarity(*pair) for pair in pairs]

    def said(words: frozenset[str]) -> Floats:
        return np.array([not words.isdisjoint(some) for some in flags], dtype=float)

    return {
        "bias": np.ones(len(pairs)),
        "size": size,
        "cosine": cosine,
        "cosine by size": cosine * size,
        # Of the sums of vectors: what share of either side the other has.
        "content": dot / np.maximum(left, right) ** 2,
        "length": length,
        "length beyond": np.maximum(length - BEYOND, 0.0),
        "fact": said(FACTS),
        "name": said(frozenset({"name-missing"})),
        "end": said(frozenset({"end-mark-differs"})),
        "denies": np.array([each.denies for each in denied], dtype=float),
        "polarity": np.array([each.differs for each in denied], dtype=float),
        "denial in the vectors": np.abs((zh - en) @ denial) / np.sqrt(left + right),
    }


def _lengths(sizes: Floats) -> tuple[Floats, Floats]:
    """Give the Chinese length to expect, in bytes, and by how many deviations the sides' differ.

    Both from the usual ratio and spread of the pairs, as far as there are enough to tell.

    Args:
        sizes: bytes of both sides, shape (pairs, 2).
    """
    ratios = np.log((sizes[:, 1] + 1) / (sizes[:, 0] + 1))
    weight = len(ratios) / (len(ratios) + RATIO_WEIGHT)
    usual = USUAL_LOG_RATIO
    usual += weight * (float(np.median(ratios)) - usual) if len(ratios) else 0.0
    size = (sizes[:, 0] + sizes[:, 1] / math.exp(usual)) / 2
    base, share = RATIO_VARIANCE
    apart = np.abs(ratios - usual) / np.sqrt(base + share / np.maximum(size, 1))
    spread = float(np.median(apart)) / 0.6745 if len(apart) else 1.0
    return size, apart / (weight * spread + 1 - weight)


def confidences_of(told: Mapping[str, Floats], weights: Mapping[str, Floats]) -> Floats:
    """Give the chance that a pair has no fault, shape (pairs,).

    Args:
        told: see `describe`.
        weights: of the features of each kind of fault.
    """
    odds = [
        np.exp(np.clip(np.stack([told[name] for name in names], axis=1) @ weights[fault], -30, 30))
        for fault, names in FEATURES.items()
    ]
    chances: Floats = 1.0 / (1.0 + np.sum(odds, axis=0))
    return chances


@cache
def stored_weights() -> dict[str, Floats]:
    """Read the weights that ship, by kind of fault in the order of `FEATURES`."""
    stored = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return {
        fault: np.array([stored[fault][name] for name in names], dtype=float)
        for fault, names in FEATURES.items()
    }


def _denial(encoder: Encoder) -> Vectors:
    found = encoder.encode(DENIALS)
    mean = (found / (np.linalg.norm(found, axis=1, keepdims=True) + _TINY)).mean(axis=0)
    direction: Vectors = mean / (np.linalg.norm(mean) + _TINY)
    return direction
