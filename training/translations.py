"""The table of translations: `python -m training.translations` writes `align.renderings`' data.

IBM model 1 (Brown and others 1993) in both directions over the parallel text and the lexicons, by
the pieces of the shipped encoder. A sentence is the set of its pieces. Pairs of pieces that stand
together hardly more often than chance would have it are never considered: of four hundred million
places one may look into, half are left. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from align import load_encoder
from align.encoder.static import StaticEncoder
from align.renderings.translations import STEPS, TABLE
from corpora.atomic import atomic_write
from training.corpus import read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from training.corpus import Pairs

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Small = NDArray[np.int32]

LEFT_OUT: Final = frozenset(("place_names_csc", "3am_captions", "bible_cuv_bsb"))
"""Sources whose words no record has."""

LONGEST: Final = 60
"""Different pieces of a sentence that is read; more are mostly tables."""

AT_ONCE: Final = 60_000
"""Sentences that are spread out at a time: some 150 MB."""

SLOTS: Final = 1 << 27
"""Counters of pairs; two pairs may share one, which only lets a pair pass that should not."""

SPREAD: Final = 0x9E3779B97F4A7C1
"""Odd number that spreads pairs over the counters."""

LEAST_TOGETHER: Final = 3
"""Sentences in which a pair of pieces must stand."""

LEAST_COSINE: Final = 0.02
"""Share n / √(n₁ n₂) of the sentences in which both stand, of those with either."""

ROUNDS: Final = 5
"""Of expectation and maximization."""

NOTHING: Final = 0.5
"""Weight of the empty word, beside a piece's own frequency."""

LEAST: Final = 0.01
"""Probability, in either direction, from which a pair is kept."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The different pieces of each sentence, one language.

    Attributes:
        pieces: of all sentences, one after the other.
        sizes: how many each sentence has.
    """

    pieces: Small
    sizes: Numbers

    def part(self, start: int, stop: int) -> Sentences:
        """Give the sentences of a range."""
        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        return Sentences(self.pieces[ends[start] : ends[stop]], self.sizes[start:stop])


@dataclass(frozen=True, slots=True)
class Block:
    """Pairs of pieces of some sentences.

    Attributes:
        zh: Chinese pieces, one after the other.
        en: English pieces.
        zh_weight: of each Chinese piece, how often its sentence counts.
        en_weight: the same of the English ones.
        left: of each pair, the place in `zh`.
        right: of each pair, the place in `en`.
    """

    zh: Small
    en: Small
    zh_weight: Floats
    en_weight: Floats
    left: Small
    right: Small


def part(corpus: Iterable[Pairs], encoder: StaticEncoder) -> tuple[Sentences, Sentences, Floats]:
    """Cut the pairs of all sources into pieces: both sides, and how often each pair counts."""
    sides: tuple[list[Small], list[Small]] = ([], [])
    weights: list[int] = []
    for pairs in corpus:
        if pairs.source.name in LEFT_OUT:
            continue
        for zh, en in zip(encoder.tokenize(pairs.zh), encoder.tokenize(pairs.en), strict=True):
            left, right = sorted(set(zh) - {0}), sorted(set(en) - {0})
            if left and right and max(len(left), len(right)) <= LONGEST:
                sides[0].append(np.array(left, np.int32))
                sides[1].append(np.array(right, np.int32))
                weights.append(pairs.source.repeat)
    zh_side, en_side = (_joined(side) for side in sides)
    return zh_side, en_side, np.array(weights, np.float32)


def _joined(side: Sequence[Small]) -> Sentences:
    sizes = np.fromiter(map(len, side), np.int64, len(side))
    return Sentences(np.concatenate(side), sizes)


def blocks(zh: Sentences, en: Sentences, weights: Floats) -> Iterator[Block]:
    """Spread sentences out: every piece of one side with every piece of the other."""
    for start in range(0, len(weights), AT_ONCE):
        stop = min(start + AT_ONCE, len(weights))
        left, right = zh.part(start, stop), en.part(start, stop)
        weight = weights[start:stop]
        begins = np.cumsum(right.sizes) - right.sizes
        times = np.repeat(right.sizes, left.sizes)
        shift = np.repeat(begins, left.sizes) - (np.cumsum(times) - times)
        rows = np.repeat(np.arange(len(left.pieces)), times)
        yield Block(
            left.pieces,
            right.pieces,
            np.repeat(weight, left.sizes),
            np.repeat(weight, right.sizes),
            rows.astype(np.int32),
            (np.arange(len(rows)) + np.repeat(shift, times)).astype(np.int32),
        )


def likely_pairs(
    zh: Sentences, en: Sentences, weights: Floats, pieces: int
) -> tuple[Numbers, list[Block]]:
    """Find the pairs worth considering.

    Returns:
        Codes (Chinese piece times `pieces` plus English piece), rising; and the blocks with no
        other pairs in them.
    """
    zh_often = np.bincount(zh.pieces, np.repeat(weights, zh.sizes), pieces)
    en_often = np.bincount(en.pieces, np.repeat(weights, en.sizes), pieces)
    counters = np.zeros(SLOTS, np.float32)
    for block in blocks(zh, en, weights):
        slots = _slots(block.zh[block.left], block.en[block.right], pieces)
        np.add.at(counters, slots, block.zh_weight[block.left])
    kept: list[Block] = []
    codes: Numbers = np.zeros(0, np.int64)
    for block in blocks(zh, en, weights):
        left, right = block.zh[block.left], block.en[block.right]
        together = counters[_slots(left, right, pieces)]
        chance = LEAST_COSINE**2 * zh_often[left] * en_often[right]
        keep = (together >= LEAST_TOGETHER) & (together**2 >= chance)
        own = left[keep].astype(np.int64) * pieces + right[keep]
        codes = np.union1d(codes, own)
        kept.append(
            Block(
                block.zh,
                block.en,
                block.zh_weight,
                block.en_weight,
                block.left[keep],
                block.right[keep],
            )
        )
    return codes, kept


def _slots(zh: Small, en: Small, pieces: int) -> Numbers:
    """Give the counter of each pair."""
    code = zh.astype(np.int64) * pieces + en
    slots: Numbers = (code * np.int64(SPREAD) >> 20) & (SLOTS - 1)
    return slots


def learn(codes: Numbers, kept: Sequence[Block], pieces: int) -> tuple[Floats, Floats]:
    """Give p(English | Chinese) and p(Chinese | English) of each code."""
    places = [
        np.searchsorted(codes, b.zh[b.left].astype(np.int64) * pieces + b.en[b.right]).astype(
            np.int32
        )
        for b in kept
    ]
    out = []
    for forward in (True, False):
        made = [b.en if forward else b.zh for b in kept]
        frequency = np.bincount(np.concatenate(made), minlength=pieces)
        nothing = NOTHING * frequency / frequency.sum()
        given = codes // pieces if forward else codes % pieces
        chance = np.ones(len(codes), np.float32)
        for _ in range(ROUNDS):
            counts = np.zeros(len(codes))
            for block, place, side in zip(kept, places, made, strict=True):
                at = block.right if forward else block.left
                weight = block.en_weight if forward else block.zh_weight
                whole = np.bincount(at, chance[place], len(side)) + nothing[side]
                np.add.at(counts, place, chance[place] / whole[at] * weight[at])
            sums = np.bincount(given, counts, pieces)
            chance = (counts / np.maximum(sums[given], 1e-9)).astype(np.float32)
        chance[counts < 1] = 0
        out.append(chance)
    return out[0], out[1]


def write_table(
    path: Path, codes: Numbers, forward: Floats, backward: Floats, encoder: StaticEncoder
) -> int:
    """Write what is probable enough; give how many pairs that are."""
    pieces = len(encoder.vectors())
    keep = (np.maximum(forward, backward) >= LEAST) & (np.minimum(forward, backward) > 0)
    rows, columns = np.divmod(codes[keep], pieces)
    with atomic_write(path) as stream:
        np.savez(
            stream,
            starts=np.searchsorted(rows, np.arange(pieces + 1)).astype(np.uint32),
            english=columns.astype(np.uint32),
            forward=np.rint(np.sqrt(forward[keep]) * STEPS).astype(np.uint8),
            backward=np.rint(np.sqrt(backward[keep]) * STEPS).astype(np.uint8),
            signature=np.array(encoder.signature),
        )
    return int(keep.sum())


def main() -> None:
    """Learn and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "training")
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    options = parser.parse_args()
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    pieces = len(encoder.vectors())
    corpus, _ = read_corpus(options.data)
    codes, kept = likely_pairs(*part(corpus, encoder), pieces)
    forward, backward = learn(codes, kept, pieces)
    count = write_table(options.output, codes, forward, backward, encoder)
    print(f"{count:,} pairs of pieces, {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
