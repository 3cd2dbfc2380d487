"""Pairs of terms out of units: candidates of both sides linked unit by unit, counted and scored.

In every unit, candidates are linked one to one, the most alike first, so that a phrase takes its
own words and a part of it (``nuclear`` of ``nuclear weapons``) cannot steal its translation: links
may lie inside each other or apart, never across (competitive linking, Melamed, "Models of
translational equivalence among words", Computational Linguistics 26 (2000) 221-249). How alike two
candidates are is the cosine of their vectors and how often they stand in the same units (Dice).
Then the links are counted over all units.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encoder.directions import unit_rows
from align.renderings.latin import is_latin
from align.terms.words import CONNECTORS
from align.word_alignment import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from align.encoder.static import StaticEncoder
    from align.terms.inventory import Inventory

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

LEAST_ALIKE: Final = 0.3
"""Likeness, 0 to 1, from which two candidates of a unit may be linked."""

COSINE_SHARE: Final = 0.6
"""Share of the cosine in the likeness; the rest is Dice's."""

FAR: Final = 0.1
"""Likeness lost from one end of the unit to the other."""

NEAR: Final = 0.3
"""Cosine from which a word covers a word of the other side."""

WHOLE: Final = 0.5
"""Cosine from which one Chinese word is taken to cover an English phrase."""

AT_ONCE: Final = 1000
"""Units whose pairs are counted in one go: about 100 MB."""

MOST_PAIRS: Final = 8_000_000
"""Kinds of pairs whose counts are kept at a time, 16 bytes each; when there are more, the rare are
forgotten (lossy counting)."""


LETTERS: Final = 4.0
"""English characters for one Chinese character of a term."""

EVEN: Final = 0.7
"""Natural logarithm of how many times as long or short a term may be without loss: twice."""

UNEVEN: Final = 0.2
"""Likeness lost for each unit of that logarithm beyond."""


SIZE: Final = 0.02
"""Likeness gained for each English word, up to four: the longer of two that always go together."""


@dataclass(slots=True)
class Linked:
    """Two candidates that were linked, and how often.

    Attributes:
        zh: number of the Chinese candidate.
        en: number of the English one.
        units: units in which they are linked.
        alone: units in which the link lies inside no other link.
        cosine: of their vectors.
        zh_covered: share of the Chinese words that some English word is near to.
        en_covered: the same of the English words.
        zh_units: units that hold the Chinese one.
        en_units: units that hold the English one.
        where: numbers of the units in which they are linked.
    """

    zh: int
    en: int
    cosine: float
    zh_units: int
    en_units: int
    zh_covered: float = 1.0
    en_covered: float = 1.0
    units: int = 0
    alone: int = 0
    where: list[int] = field(default_factory=list)


def unit_vectors(texts: Sequence[str], encoder: StaticEncoder) -> Floats:
    """Give vectors of length 1, or zeros for unknown text."""
    return unit_rows(encoder.encode(texts))


def joint_counts(zh: Inventory, en: Inventory) -> tuple[Numbers, Numbers]:
    """Count in how many units two candidates stand together.

    Returns:
        Codes, zh * len(en) + en, sorted; and their counts.
    """
    width = len(en.keys)
    codes, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(zh.places), AT_ONCE):
        parts = []
        for left, right in zip(
            zh.places[start : start + AT_ONCE], en.places[start : start + AT_ONCE], strict=True
        ):
            one, two = np.unique(left[:, 0]), np.unique(right[:, 0])
            parts.append((one[:, None] * width + two[None, :]).ravel())
        new, often = np.unique(np.concatenate(parts), return_counts=True)
        joined = np.concatenate([codes, new])
        weights = np.concatenate([counts, often])
        codes, place = np.unique(joined, return_inverse=True)
        counts = np.bincount(place, weights=weights, minlength=len(codes)).astype(np.int64)
        floor = 1
        while len(codes) > MOST_PAIRS:
            kept = counts > floor
            codes, counts, floor = codes[kept], counts[kept], floor + 1
    return codes, counts


def link_units(
    zh: Inventory, en: Inventory, encoder: StaticEncoder, stands_for: Mapping[str, str]
) -> list[Linked]:
    """Link candidates in every unit and count the links.

    Args:
        zh: the Chinese candidates.
        en: the English ones.
        encoder: whose vectors compare them.
        stands_for: short forms and acronyms with what they stand for, whose vector they get.
    """
    if not zh.keys or not en.keys:
        return []
    left_vectors = unit_vectors([stands_for.get(key, key) for key in zh.keys], encoder)
    right_vectors = unit_vectors([stands_for.get(key, key) for key in en.keys], encoder)
    codes, counts = joint_counts(zh, en)
    width = len(en.keys)
    phrases = np.array(["的" in key for key in zh.keys], dtype=np.bool_)
    found: dict[int, Linked] = {}
    for number, (left, right) in enumerate(zip(zh.places, en.places, strict=True)):
        if not len(left) or not len(right):
            continue
        code = left[:, :1] * width + right[:, 0][None, :]
        at = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
        joint = np.where(codes[at] == code, counts[at], 1)
        dice = 2 * joint / (zh.units[left[:, 0]][:, None] + en.units[right[:, 0]][None, :])
        cosine = left_vectors[left[:, 0]] @ right_vectors[right[:, 0]].T
        likeness = COSINE_SHARE * cosine + (1 - COSINE_SHARE) * dice
        apart = np.abs(
            (left[:, 1] + left[:, 2])[:, None] / 2 / zh.lengths[number]
            - (right[:, 1] + right[:, 2])[None, :] / 2 / en.lengths[number]
        )
        lengths = (right[:, 2] - right[:, 1])[None, :] / (left[:, 2] - left[:, 1])[:, None]
        uneven = np.maximum(np.abs(np.log(lengths / LETTERS)) - EVEN, 0)
        likeness = likeness - UNEVEN * uneven + SIZE * np.minimum(en.words[right[:, 0]], 4)[None, :]
        seen: dict[int, bool] = {}
        for row, column, alone in compete(
            left[:, 1:], right[:, 1:], likeness - FAR * apart, ~phrases[left[:, 0]]
        ):
            pair = int(code[row, column])
            seen[pair] = seen.get(pair, False) or alone
            if pair not in found:
                one, two = int(left[row, 0]), int(right[column, 0])
                found[pair] = Linked(
                    one, two, float(cosine[row, column]), int(zh.units[one]), int(en.units[two])
                )
        for pair, alone in seen.items():
            link = found[pair]
            link.units += 1
            link.alone += alone
            link.where.append(number)
    cover(found.values(), zh, en, encoder, stands_for)
    return list(found.values())


def cover(
    links: Iterable[Linked],
    zh: Inventory,
    en: Inventory,
    encoder: StaticEncoder,
    stands_for: Mapping[str, str],
) -> None:
    """Write into links how much of each side the other covers, word by word."""
    known: dict[str, Floats] = {}

    def words(key: str) -> Floats:
        text = stands_for.get(key, key)
        if text not in known:
            known[text] = _word_vectors(text, encoder)
        return known[text]

    for link in links:
        left, right = words(zh.keys[link.zh]), words(en.keys[link.en])
        cosine = left @ right.T
        # The last row and column are the whole texts.
        link.zh_covered = float((cosine[:-1].max(axis=1) >= NEAR).mean()) if len(left) > 1 else 1
        link.en_covered = (
            float((cosine[:, :-1].max(axis=0) >= NEAR).mean()) if len(right) > 1 else 1
        )
        if len(left) == 2 and link.cosine >= WHOLE:
            link.en_covered = 1.0
        if zh.titles[link.zh] and len(left) > 1:
            # The rest of a treaty's name is a place, whose syllables have no meaning to compare.
            link.zh_covered = link.en_covered = float(cosine[-2].max() >= NEAR)


def _word_vectors(text: str, encoder: StaticEncoder) -> Floats:
    """Vectors of length 1 of the words of a text that mean something, and of the whole text."""
    encoding = encoder.tokenizer.encode(text, add_special_tokens=False)
    latin = is_latin(text)
    kept = [
        piece
        for piece, word in zip(encoding.ids, encoding.tokens, strict=True)
        if word not in CONNECTORS and word not in EMPTY and (latin or len(word) > 1)
    ]
    parts = encoder.vectors(np.array(kept, dtype=np.int64))
    return unit_rows(np.vstack([parts, encoder.encode([text])]))


def compete(
    left: Numbers, right: Numbers, likeness: Floats, holds: NDArray[np.bool_]
) -> Iterator[tuple[int, int, bool]]:
    """Link places of two sides one to one, the most alike first, none across another.

    Args:
        left: half-open places, shape (n, 2).
        right: the same of the other side, (m, 2).
        likeness: shape (n, m).
        holds: of each left place, whether it is a term whose parts are no terms; a phrase with 的
            is none, for on either side of the 的 there may be one.

    Yields:
        Row, column and whether the link is a part of no other.
    """
    rows, columns = np.nonzero(likeness >= LEAST_ALIKE)
    order = np.argsort(-likeness[rows, columns], kind="stable")
    free = np.ones(likeness.shape, dtype=np.bool_)
    taken: list[tuple[int, int]] = []
    left_kind, right_kind = _relations(left), _relations(right)
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if not free[row, column]:
            continue
        taken.append((row, column))
        free &= left_kind[row][:, None] == right_kind[column][None, :]
        free[row, :] = False
        free[:, column] = False
    for row, column in taken:
        inside = any(
            left_kind[other][row] == INSIDE and (holds[other] or not holds[row])
            for other, _ in taken
        )
        yield row, column, not inside


APART, INSIDE, AROUND, ACROSS, SAME = range(5)


def _relations(places: Numbers) -> NDArray[np.int8]:
    """How each place (second axis) lies to each (first axis)."""
    starts, ends = places[:, 0], places[:, 1]
    after_start = starts[None, :] >= starts[:, None]
    before_end = ends[None, :] <= ends[:, None]
    out = np.full((len(places), len(places)), ACROSS, dtype=np.int8)
    out[after_start & before_end] = INSIDE
    out[(starts[None, :] <= starts[:, None]) & (ends[None, :] >= ends[:, None])] = AROUND
    out[(ends[None, :] <= starts[:, None]) | (starts[None, :] >= ends[:, None])] = APART
    np.fill_diagonal(out, SAME)
    return out
