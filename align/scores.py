"""How well spans of both sides translate each other: every n-m bead of a block at once.

With raw sentence sums z and e, the dot product of two merged spans is the sum of the matrix
z·e over a box, so one matrix product and a summed-area table give all merges, and no merged
span is ever encoded again. The numbers that both spans hold are counted in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.evidence import (
    count_quotes,
    mark_colons,
    mark_numbers,
    quotes_agree,
    strain,
    token_strain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from align.alignment import Span
    from align.evidence import Tokens
    from align.settings import Settings

    Floats = NDArray[np.float64]

_TINY = 1e-9

LENGTH_FLOOR = 30.0
"""Bytes added to both lengths of a bead, so that the ratio of two short sentences says little. 0 to
30 give the same strict F1 on mac-dev to .001; at 30 the fewest short sentences are left without a
partner (lax F1 .997 against .993)."""

MOST_QUOTES, MOST_NUMBERS = 3, 4
"""Marks, and numbers, on one side only beyond which a bead gets no worse."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document's sentences as numbers.

    Attributes:
        vectors: raw sentence vectors, float32 (sentences, dimensions); spans are their sums.
        norms: `norms[a][i]` is the length of the sum of the `a` sentences that end before
            boundary i (i from 0 to the number of sentences; 0 where there are none), float64.
        bytes: bytes of UTF-8 before each boundary, float64 (sentences + 1); `align.pair` scales
            one side so that both documents are equally long where they translate each other.
        turns: bool (sentences + 1): whether a speaker's turn begins at the boundary.
        begun: int64 (sentences + 1): how many turns have begun there.
        quotes: opening and closing quotation marks before each boundary, float64
            (2, sentences + 1).
        numbers: buckets of the numbers of each sentence, uint8 (sentences, buckets).
        counted: numbers before each boundary, float64 (sentences + 1).
        outer: unit vectors of the first and last clause of sentences that have several, zeros for
            the others; float16 (sentences, 2, dimensions).
        colons: bool (2, sentences + 1): whether the sentence before the boundary ends in a colon,
            and whether the one behind it begins with a label and a colon.
        tokens: of the sentences, where clauses are to be compared by them; None elsewhere.
    """

    vectors: NDArray[np.float32]
    norms: Floats
    bytes: Floats
    turns: NDArray[np.bool_]
    begun: NDArray[np.int64]
    quotes: Floats
    numbers: NDArray[np.uint8]
    counted: Floats
    outer: NDArray[np.float16]
    colons: NDArray[np.bool_]
    tokens: Tokens | None = None

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.vectors)


def new_side(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    widest: int,
    turns: Sequence[int] | None = None,
    outer: NDArray[np.float16] | None = None,
) -> Side:
    """Measure the spans of up to `widest` sentences of one document.

    Args:
        texts: the sentences.
        vectors: their raw vectors, float32 (sentences, dimensions).
        widest: most sentences of one span.
        turns: number of the speaker's turn of each sentence; None if unknown.
        outer: see `Side`; None if no clauses are known.
    """
    n = len(texts)
    starts = np.zeros(n + 1, dtype=np.bool_)
    if turns is not None and n:
        starts[1:n] = np.diff(np.asarray(turns)) != 0
    lengths = np.array([len(text.encode()) for text in texts], dtype=np.float64)
    numbers = mark_numbers(texts)
    return Side(
        vectors=vectors,
        norms=_norms(vectors, widest),
        bytes=np.concatenate([[0.0], np.cumsum(lengths)]),
        turns=starts,
        begun=starts.cumsum(),
        quotes=count_quotes(texts),
        numbers=numbers,
        counted=np.concatenate([[0.0], np.cumsum(numbers.sum(axis=1, dtype=np.float64))]),
        outer=np.zeros((n, 2, vectors.shape[1]), dtype=np.float16) if outer is None else outer,
        colons=mark_colons(texts),
    )


def _norms(vectors: NDArray[np.float32], widest: int) -> Floats:
    """Lengths of the sums of 0 to `widest` sentences, by the boundary where they end."""
    n = len(vectors)
    norms = np.zeros((widest + 1, n + 1))
    for start in range(0, n, _ROWS_MEASURED):
        first = max(0, start - widest)
        stop = min(n, start + _ROWS_MEASURED)
        sums = np.zeros((stop - first + 1, vectors.shape[1]))
        np.cumsum(vectors[first:stop], axis=0, dtype=np.float64, out=sums[1:])
        ends = np.arange(start, stop) + 1 - first
        for a in range(1, widest + 1):
            inside = ends[ends >= a]
            spans = sums[inside] - sums[inside - a]
            norms[a, inside + first] = np.sqrt(np.einsum("ij,ij->i", spans, spans))
    return norms


_ROWS_MEASURED = 2048
"""Sentences whose spans are measured at once, so that memory does not grow with the document."""


def bead_types(max_bead: int) -> list[tuple[int, int]]:
    """List the (n, m) with n, m >= 1 and n + m <= `max_bead`, by n, then by m."""
    return [(a, b) for a in range(1, max_bead) for b in range(1, max_bead + 1 - a)]


class Block:
    """The scores of every bead that ends in a rectangle of boundaries.

    Args:
        zh: the Chinese side.
        en: the English side.
        rows: half-open range of Chinese boundaries (1 to sentences + 1) where beads end.
        columns: the same for English boundaries.
        settings: see `Settings`.
    """

    def __init__(
        self,
        zh: Side,
        en: Side,
        rows: tuple[int, int],
        columns: tuple[int, int],
        settings: Settings,
    ) -> None:
        self.zh, self.en, self.settings = zh, en, settings
        self.rows, self.columns = np.arange(*rows), np.arange(*columns)
        self._types = _sizes(settings.max_bead)
        self._reach = settings.max_bead
        self._top = rows[0] - self._reach
        self._left = columns[0] - self._reach
        # One sentence beyond the block counts among a bead's neighbours.
        self._down = slice(max(0, self._top), min(len(zh), rows[1]))
        self._across = slice(max(0, self._left), min(len(en), columns[1]))
        # In double precision, so that no score depends on how the documents are cut into blocks.
        left, right = (v.astype(float) for v in (zh.vectors[self._down], en.vectors[self._across]))
        self._area = self._table(left @ right.T)
        # Spans of 1 to `max_bead` - 1 sentences, by the boundary where they end.
        self._zh = _Spans(zh, self._top, self._area.shape[0], self.rows, settings.max_bead - 1)
        self._en = _Spans(en, self._left, self._area.shape[1], self.columns, settings.max_bead - 1)
        # What is nowhere in the block need not be looked at.
        self._turns = bool(zh.begun[-1] and en.begun[-1]) and any(
            turns.any()
            for spans in (self._zh, self._en)
            for turns in (spans.turn_inside, spans.turn_start)
        )
        self._quotes = [
            kind
            for kind, comparable in enumerate(quotes_agree(zh.quotes, en.quotes))
            if comparable and (self._zh.quotes[kind].any() or self._en.quotes[kind].any())
        ]
        left, right = zh.numbers[self._down], en.numbers[self._across]
        self._numbers = bool(left.any() or right.any())
        self._shared: Floats | None = None
        if left.any() and right.any():
            self._shared = self._table(left.astype(np.float32) @ right.astype(np.float32).T)

    def _table(self, products: NDArray[np.float32]) -> Floats:
        """Summed-area table of the products of sentences, from `reach` before the block on.

        Row 0 is boundary `_top`, the last one that after the block; sentences that are not there
        count as zero.
        """
        height, width = len(self.rows) + self._reach + 1, len(self.columns) + self._reach + 1
        area = np.zeros((height, width))
        top, left = self._down.start - self._top + 1, self._across.start - self._left + 1
        inner = area[top : top + products.shape[0], left : left + products.shape[1]]
        np.cumsum(products, axis=0, dtype=np.float64, out=inner)
        np.cumsum(inner, axis=1, out=inner)
        # Beyond the last sentence nothing is added.
        area[top + products.shape[0] :] = area[top + products.shape[0] - 1]
        area[:, left + products.shape[1] :] = area[:, [left + products.shape[1] - 1]]
        return area

    def _boxes(self, area: Floats, a: int, widths: NDArray[np.int64]) -> Floats:
        """Sums over the boxes of `a` rows and each of `widths` columns, shape (widths, table).

        By the boundaries where they end; nothing where a box would begin before the table.
        """
        out = np.zeros((len(widths), *area.shape))
        inner = area[a:] - area[:-a]
        for row, b in enumerate(widths):
            np.subtract(inner[:, b:], inner[:, :-b], out=out[row, a:, b:])
        return out

    def _cosines(self, a: int, widths: NDArray[np.int64]) -> Floats:
        """Cosines of spans of `a` and each of `widths` sentences, like `_boxes`."""
        cosines = self._boxes(self._area, a, widths)
        cosines *= self._zh.scales[a - 1][None, :, None]
        cosines *= self._en.scales[widths - 1][:, None, :]
        return cosines

    def cosine(self, a: int, b: int) -> Floats:
        """Cosines of spans of `a` and `b` sentences, by the block's boundaries where they end."""
        cosine: Floats = self._own(self._cosines(a, np.array([b])))[0]
        return cosine

    def _own(self, values: Floats, down: int = 0, across: int = 0) -> Floats:
        """The block's own boundaries of arrays over the table, moved by (down, across)."""
        top, left = self._reach + down, self._reach + across
        height, width = len(self.rows), len(self.columns)
        own: Floats = values[..., top : top + height, left : left + width]
        return own

    def scores(self) -> Floats:
        """Score of each type of bead that ends at each pair of boundaries; -inf where none can.

        Returns:
            float64, shape (types, rows, columns), in the order of `bead_types`.
        """
        return self.evidence().scores(self.zh, self.en)

    def evidence(self) -> Evidence:
        """Gather what the scores are made of."""
        widest = self.settings.max_bead - 1
        widths = np.arange(1, widest + 1)
        cosines = [self._cosines(a, widths[: widest + 1 - a]) for a in range(1, widest + 1)]
        close = np.concatenate([self._own(some) for some in cosines])
        close -= self.settings.neighbour_weight * self._outside(cosines)
        doubts = np.zeros_like(close)
        for doubt in self._doubts():
            doubts += doubt
        self._add_cuts(doubts)
        return Evidence(self.rows, self.columns, close, doubts, self.settings)

    def _outside(self, cosines: Sequence[Floats]) -> Floats:
        """Mean cosine of each bead to the four sentences just outside it, like `scores`.

        Args:
            cosines: of spans of 1, 2 … Chinese sentences and each number of English ones.
        """
        i, j = self.rows, self.columns
        wide = cosines[0]  # one Chinese sentence, and each number of English ones
        after = self._own(wide, down=1)
        total = np.empty((len(self._types[0]), len(i), len(j)))
        first = 0
        for a, some in enumerate(cosines, start=1):
            own = total[first : first + len(some)]
            tall = some[0]  # a Chinese sentences, and one English one
            np.add(after[: len(some)], self._own(wide[: len(some)], down=-a), out=own)
            own += self._own(tall, across=1)
            for b in range(1, len(some) + 1):
                own[b - 1] += self._own(tall, across=-b)
            first += len(some)
        up, back = self._types
        if i[0] > up.max() and j[0] > back.max() and i[-1] < len(self.zh) and j[-1] < len(self.en):
            total /= 4  # none of the four is beyond an end of the documents
            return total
        rows = (i > up[:, None]).astype(float) + (i < len(self.zh))
        columns = (j > back[:, None]).astype(float) + (j < len(self.en))
        total /= np.maximum(rows[:, :, None] + columns[:, None, :], 1.0)
        return total

    def _add_cuts(self, doubts: Floats) -> None:
        """Add what the cuts at both ends of each bead cost."""
        cuts = self._cuts()
        if not cuts.any():
            return
        doubts += self._own(cuts)
        for own, a, b in zip(doubts, *self._types, strict=True):
            own += self._own(cuts, down=-a, across=-b)

    def _cuts(self) -> Floats:
        """What a cut at each boundary of the table costs, shape (table); nothing at the corners."""
        zh, en, settings = self.zh, self.en, self.settings
        height, width = len(self.rows) + self._reach + 1, len(self.columns) + self._reach + 1
        cuts = np.zeros((height, width))
        rows = slice(max(1, self._top), min(self._top + height, len(zh)))
        columns = slice(max(1, self._left), min(self._left + width, len(en)))
        if rows.start < rows.stop and columns.start < columns.stop:
            inside = cuts[
                rows.start - self._top : rows.stop - self._top,
                columns.start - self._left : columns.stop - self._left,
            ]
            inside += settings.clause_cost * strain(zh, en, rows, columns)
            if zh.tokens and en.tokens:
                inside += settings.token_cost * token_strain(zh.tokens, en.tokens, rows, columns)
            (ends, label), (en_ends, en_label) = zh.colons[:, rows, None], en.colons[:, columns]
            if (ends.any() and en_label.any()) or (en_ends.any() and label.any()):
                # What is a sentence of its own on one side is inside a sentence on the other.
                apart = (ends & ~en_ends & en_label & ~label) | (
                    en_ends & ~ends & label & ~en_label
                )
                inside += settings.label_cost * apart
        return cuts

    def _doubts(self) -> Iterator[Floats]:
        """What turns, quotation marks and numbers take off the score, as far as they are there."""
        zh, en, settings = self._zh, self._en, self.settings
        up, back = (sizes - 1 for sizes in self._types)
        if self._turns:
            # 1 if a turn begins inside the bead on either side, and 1/2 if one begins at the
            # bead's start on one side only.
            inside = zh.turn_inside[up][:, :, None] | en.turn_inside[back][:, None, :]
            at_start = zh.turn_start[up][:, :, None] != en.turn_start[back][:, None, :]
            yield settings.turn_cost * inside + settings.turn_cost / 2 * at_start
        for kind in self._quotes:
            apart = zh.quotes[kind, up][:, :, None] - en.quotes[kind, back][:, None, :]
            np.abs(apart, out=apart)
            yield settings.quote_cost * np.minimum(apart, MOST_QUOTES, out=apart)
        if self._numbers:
            alone = zh.numbers[up][:, :, None] + en.numbers[back][:, None, :]
            if self._shared is not None:
                widest = self.settings.max_bead - 1
                widths = np.arange(1, widest + 1)
                shared = [
                    self._own(self._boxes(self._shared, a, widths[: widest + 1 - a]))
                    for a in range(1, widest + 1)
                ]
                alone -= 2 * np.concatenate(shared)
            np.maximum(alone, 0, out=alone)  # several times as fast as np.clip on small arrays
            yield settings.number_cost * np.minimum(alone, MOST_NUMBERS, out=alone)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the scores of a block's beads are made of, whatever the lengths of the documents.

    Attributes:
        rows: Chinese boundaries where beads end.
        columns: English ones.
        close: cosines, less a share of those to the sentences outside; float64
            (types, rows, columns).
        doubts: what is taken off the score, the same shape.
        settings: see `Settings`.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    close: Floats
    doubts: Floats
    settings: Settings

    def scores(self, zh: Side, en: Side) -> Floats:
        """See `Block.scores`; both sides as they were, but for their bytes."""
        up, back = _sizes(self.settings.max_bead)
        scores = self._likeness_of_length(zh, en, up, back)
        scores *= self.close
        scores -= self.doubts
        scores[(self.rows < up[:, None])] = -np.inf
        scores.swapaxes(1, 2)[self.columns < back[:, None]] = -np.inf
        return scores

    def _likeness_of_length(
        self, zh: Side, en: Side, up: NDArray[np.int64], back: NDArray[np.int64]
    ) -> Floats:
        """How well the beads' lengths agree: 1 for the same, towards 0 for unlike.

        A normal curve over the logarithm of the ratio, both lengths raised by `LENGTH_FLOOR`.
        """
        widths = np.arange(1, self.settings.max_bead)
        tall, wide = _lengths(zh, self.rows, widths), _lengths(en, self.columns, widths)
        apart: Floats = tall[up - 1][:, :, None] - wide[back - 1][:, None, :]
        apart *= apart
        apart *= -0.5 / self.settings.length_spread**2
        return np.exp(apart, out=apart)


def cosine(zh: Side, en: Side, left: Span, right: Span) -> float:
    """Give the cosine of two spans of at most as many sentences as a bead may have."""
    sums = [
        np.add.reduce(side.vectors[start:stop], axis=0)
        for side, (start, stop) in ((zh, left), (en, right))
    ]
    lengths = zh.norms[left[1] - left[0], left[1]] * en.norms[right[1] - right[0], right[1]]
    return float(sums[0] @ sums[1] / max(lengths, _TINY))


def _sizes(max_bead: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Chinese sentences of each type of bead, and English ones."""
    up, back = np.array(bead_types(max_bead)).T
    return up, back


def _lengths(side: Side, ends: NDArray[np.int64], widths: NDArray[np.int64]) -> Floats:
    """Logarithm of the spans' bytes, raised by `LENGTH_FLOOR`; (widths, ends)."""
    starts = np.maximum(ends - widths[:, None], 0)
    lengths: Floats = np.log(side.bytes[ends] - side.bytes[starts] + LENGTH_FLOOR)
    return lengths


class _Spans:
    """What spans of 1 to `widest` sentences of one side hold, by the boundary where they end.

    Attributes:
        scales: one over the length of the sum of their vectors, 0 where there are not enough
            sentences; float64 (widest, boundaries of the table).
        quotes: opening and closing quotation marks, float64 (2, widest, boundaries of the block),
            as are the others.
        numbers: numbers.
        turn_inside: whether a speaker's turn begins inside, bool.
        turn_start: whether one begins at the start, bool.
    """

    def __init__(
        self, side: Side, first: int, size: int, ends: NDArray[np.int64], widest: int
    ) -> None:
        places = np.arange(first, first + size)
        there = (places >= 0) & (places <= len(side))
        norms = side.norms[1 : widest + 1, np.clip(places, 0, len(side))]
        self.scales = np.where(there & (norms > 0), 1.0 / np.maximum(norms, _TINY), 0.0)
        starts = np.maximum(ends - np.arange(1, widest + 1)[:, None], 0)
        self.quotes = side.quotes[:, None, ends] - side.quotes[:, starts]
        self.numbers = side.counted[ends] - side.counted[starts]
        self.turn_inside = side.begun[np.maximum(ends - 1, 0)] > side.begun[starts]
        self.turn_start = side.turns[starts]
