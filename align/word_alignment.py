"""Which words of a bead translate which: from learnt translations, token vectors and places.

How likely a word is rendered by each word opposite is a sum of what IBM model 1 learnt
(`align.renderings.translations`) and of how near the encoder's vectors are; words in like places,
and beside words that are linked already, are likelier. Both directions must agree: a link's
strength is the geometric mean of its two probabilities (alignment by agreement: Liang, Taskar and
Klein 2006, https://aclanthology.org/N06-1014). Numbers, dates and symbols are linked by their
values alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from align.renderings.parts import EMPTY, Words, words_of
from align.renderings.translations import translations

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.encoder.static import StaticEncoder

    Floats = NDArray[np.float32]
    Place = tuple[int, int]

__all__ = ["EMPTY", "Link", "align_words", "renderings"]

# Chosen on the half `dev` of `benchmarks.words`, each near the middle of a range in which little
# changes; the half `test` was measured once, afterwards.
VECTORS: Final = 2.0
"""Weight of the vectors beside the table's probabilities."""

SHARP: Final = 7.0
"""How fast the weight of a vector falls with 1 - cosine: at .7 it is an eighth of that at 1."""

NOTHING: Final = 0.002
"""Weight of being the rendering of nothing."""

FAR: Final = 3.0
"""How fast a weight falls with the distance of relative places, which is 0 to 1."""

ALONE: Final = 0.1
"""Weight of a place that no link is near, in parts of that of the best place."""

REACH: Final = 2.0
"""Words after which what a link says of its neighbours has fallen to a third."""

LINKED: Final = 0.3
"""Strength, 0 to 1, from which two words are linked."""

BESIDE: Final = 0.12
"""The same for two words beside a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two words that translate each other.

    Attributes:
        zh: half-open range of characters of the Chinese text.
        en: the same of the English text.
        score: strength, 0 to 1.
    """

    zh: Place
    en: Place
    score: float


def align_words(zh: str, en: str, encoder: StaticEncoder) -> list[Link]:
    """Link the words of a bead.

    Args:
        zh: the Chinese text.
        en: the English text.
        encoder: whose pieces and vectors are compared.

    Returns:
        By place; what has no counterpart is in no link.
    """
    [left], [right] = words_of([zh], "zh", encoder), words_of([en], "en", encoder)
    if not len(left) or not len(right):
        return []
    forward, backward = renderings(left, right, encoder)
    strength = np.sqrt(forward * backward)
    chosen = strength >= LINKED
    chosen |= (strength >= BESIDE) & _beside(chosen)
    return [
        Link(left.places[i], right.places[j], float(strength[i, j]))
        for i, j in zip(*map(np.ndarray.tolist, np.nonzero(chosen)), strict=True)
    ]


def renderings(zh: Words, en: Words, encoder: StaticEncoder) -> tuple[Floats, Floats]:
    """Give how likely each word renders each word opposite, in this bead.

    Args:
        zh: Chinese words, at least one.
        en: English words, at least one.
        encoder: whose they are.

    Returns:
        Two tables of shape (zh, en): the probability that a Chinese word is rendered by an English
        one, whose rows sum to 1 or less, and that an English word is by a Chinese one, whose
        columns do. The rest is the chance that nothing renders it.
    """
    table = translations(encoder.signature)
    like = VECTORS * np.exp(SHARP * (zh.directions @ en.directions.T - 1))
    if table is None:
        forward, backward = like, like
    else:
        # Which word made another one is told by how likely each would make it (Brown 1993).
        made_en, made_zh = table.between(zh.numbers, en.numbers)
        forward, backward = made_zh + like, made_en + like
    allowed = _allowed(zh, en)
    near = _nearness(len(zh), len(en)) * allowed
    first = _shares(forward, near, 1) * _shares(backward, near, 0)
    support = _fading(len(zh)) @ first @ _fading(len(en))
    near = near * (ALONE + support / max(float(support.max()), 1e-9))
    near /= max(float(near.max()), 1e-9)
    return _shares(forward, near, 1), _shares(backward, near, 0)


def _shares(weights: Floats, near: Floats, axis: int) -> Floats:
    """Make probabilities of weights."""
    weighted = weights * near
    out: Floats = weighted / (weighted.sum(axis=axis, keepdims=True) + NOTHING)
    return out


def _allowed(zh: Words, en: Words) -> Floats:
    """Say which words may be linked, 1 or 0: no signs, and anchors with their like alone."""
    out = np.outer(~zh.silent, ~en.silent).astype(np.float32)
    shared = {*zh.values} & {*en.values} - {""}
    for i, value in enumerate(zh.values):
        if value in shared:
            out[i] = [value == other for other in en.values]
    for j, value in enumerate(en.values):
        if value in shared:
            out[:, j] = [value == other for other in zh.values]
    for i, left in enumerate(zh.values):
        if left and left not in shared:
            out[i, [bool(right) for right in en.values]] = 0  # another number
    return out


@lru_cache(maxsize=512)
def _nearness(rows: int, columns: int) -> Floats:
    """Weights by the distance of relative places, shape (rows, columns)."""
    down = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    across = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    out: Floats = np.exp(-FAR * np.abs(down[:, None] - across))
    return out


@lru_cache(maxsize=256)
def _fading(size: int) -> Floats:
    """How much a word says of another one of its side, shape (size, size)."""
    places = np.arange(size, dtype=np.float32)
    out: Floats = np.exp(-np.abs(places[:, None] - places) / REACH)
    return out


def _beside(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the places above, below, left and right of chosen ones."""
    out = np.zeros_like(chosen)
    out[1:] |= chosen[:-1]
    out[:-1] |= chosen[1:]
    out[:, 1:] |= chosen[:, :-1]
    out[:, :-1] |= chosen[:, 1:]
    return out
