"""How well spans of both sides translate each other: every n-m bead of a block at once.

With raw sentence sums z and e, the dot product of two merged spans is the sum of the matrix
z·e over a box, so one matrix product and a summed-area table give all merges, and no merged
span is ever encoded again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.settings import Settings

    Floats = NDArray[np.float64]

_TINY = 1e-9

LENGTH_FLOOR = 15.0
"""Bytes added to both lengths of a bead, so that the ratio of two short sentences says little. 0 to
30 give the same strict F1 on mac-dev to .004."""


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
    """

    vectors: NDArray[np.float32]
    norms: Floats
    bytes: Floats
    turns: NDArray[np.bool_]
    begun: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self.vectors)


def new_side(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    widest: int,
    turns: Sequence[int] | None = None,
) -> Side:
    """Measure the spans of up to `widest` sentences of one document.

    Args:
        texts: the sentences.
        vectors: their raw vectors, float32 (sentences, dimensions).
        widest: most sentences of one span.
        turns: number of the speaker's turn of each sentence; None if unknown.
    """
    n = len(texts)
    starts = np.zeros(n + 1, dtype=np.bool_)
    if turns is not None and n:
        starts[1:n] = np.diff(np.asarray(turns)) != 0
    sums = np.zeros((n + 1, vectors.shape[1]), dtype=np.float64)
    np.cumsum(vectors, axis=0, out=sums[1:])
    norms = np.zeros((widest + 1, n + 1))
    for a in range(1, min(widest, n) + 1):
        norms[a, a:] = np.linalg.norm(sums[a:] - sums[:-a], axis=1)
    lengths = np.array([len(text.encode()) for text in texts], dtype=np.float64)
    return Side(
        vectors, norms, np.concatenate([[0.0], np.cumsum(lengths)]), starts, starts.cumsum()
    )


def bead_types(max_bead: int) -> list[tuple[int, int]]:
    """List the (n, m) with n, m >= 1 and n + m <= `max_bead`, small ones first."""
    types = [(a, b) for a in range(1, max_bead) for b in range(1, max_bead + 1 - a)]
    return sorted(types, key=lambda t: (t[0] + t[1], t))


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
        self.rows, self.columns = rows, columns
        reach = settings.max_bead
        self._top = max(0, rows[0] - reach - 1)
        self._left = max(0, columns[0] - reach - 1)
        bottom, right = min(len(zh), rows[1]), min(len(en), columns[1])
        gram = zh.vectors[self._top : bottom] @ en.vectors[self._left : right].T
        self._area = np.zeros((gram.shape[0] + 1, gram.shape[1] + 1))
        np.cumsum(np.cumsum(gram, axis=0, dtype=np.float64), axis=1, out=self._area[1:, 1:])
        self._cosines: dict[tuple[int, int], Floats] = {}

    def cosine(self, a: int, b: int) -> Floats:
        """Cosines of spans of `a` and `b` sentences, by the boundaries where they end.

        The array covers the block and the `max_bead` + 1 boundaries before it, and one after;
        it is 0 where there are not enough sentences.
        """
        if (a, b) not in self._cosines:
            area = self._area
            out = np.zeros_like(area)
            if area.shape[0] > a and area.shape[1] > b:
                dots = area[a:, b:] - area[:-a, b:] - area[a:, :-b] + area[:-a, :-b]
                rows = self.zh.norms[a, self._top + a : self._top + area.shape[0]]
                columns = self.en.norms[b, self._left + b : self._left + area.shape[1]]
                out[a:, b:] = dots / np.maximum(rows[:, None] * columns[None, :], _TINY)
            self._cosines[a, b] = out
        return self._cosines[a, b]

    def _window(self, cosines: Floats, down: int, across: int) -> Floats:
        """The block's own boundaries, moved by (down, across); outside the documents it is 0."""
        first = self.rows[0] - self._top + down
        left = self.columns[0] - self._left + across
        height, width = self.rows[1] - self.rows[0], self.columns[1] - self.columns[0]
        out = np.zeros((height, width))
        top, bottom = max(first, 0), min(first + height, cosines.shape[0])
        start, stop = max(left, 0), min(left + width, cosines.shape[1])
        if top < bottom and start < stop:
            out[top - first : bottom - first, start - left : stop - left] = cosines[
                top:bottom, start:stop
            ]
        return out

    def outside(self, a: int, b: int) -> Floats:
        """Mean cosine of a bead to the four sentences just outside it, for each ending."""
        i = np.arange(*self.rows)
        j = np.arange(*self.columns)
        before_en, after_en = (j - b > 0)[None, :], (j < len(self.en))[None, :]
        before_zh, after_zh = (i - a > 0)[:, None], (i < len(self.zh))[:, None]
        across, down = self.cosine(a, 1), self.cosine(1, b)
        total = (
            self._window(across, 0, -b) * before_en
            + self._window(across, 0, 1) * after_en
            + self._window(down, -a, 0) * before_zh
            + self._window(down, 1, 0) * after_zh
        )
        count = before_en.astype(float) + after_en + before_zh + after_zh
        mean: Floats = total / np.maximum(count, 1.0)
        return mean

    def likeness_of_length(self, a: int, b: int) -> Floats:
        """How well a bead's lengths agree, for each ending: 1 for the same, towards 0 for unlike.

        A normal curve over the logarithm of the ratio, both lengths raised by `LENGTH_FLOOR`.
        """
        i, j = np.arange(*self.rows), np.arange(*self.columns)
        zh = self.zh.bytes[i] - self.zh.bytes[np.maximum(i - a, 0)]
        en = self.en.bytes[j] - self.en.bytes[np.maximum(j - b, 0)]
        apart = np.log(zh + LENGTH_FLOOR)[:, None] - np.log(en + LENGTH_FLOOR)[None, :]
        likeness: Floats = np.exp(-0.5 * (apart / self.settings.length_spread) ** 2)
        return likeness

    def turn_doubt(self, a: int, b: int) -> Floats:
        """How far a bead disagrees with the speakers' turns, for each ending: 0 to 1.5.

        1 if a turn begins inside the bead on either side, and 1/2 if one begins at the bead's
        start on one side only. Nought for a side that knows of no turns.
        """
        if not (self.zh.begun[-1] and self.en.begun[-1]):
            return np.zeros((self.rows[1] - self.rows[0], self.columns[1] - self.columns[0]))
        zh_inside, zh_start = _turns_of(self.zh, np.arange(*self.rows), a)
        en_inside, en_start = _turns_of(self.en, np.arange(*self.columns), b)
        inside = zh_inside[:, None] | en_inside[None, :]
        doubt: Floats = inside + 0.5 * (zh_start[:, None] != en_start[None, :])
        return doubt

    def score(self, a: int, b: int) -> Floats:
        """Score of the (a, b) bead that ends at each boundary pair; -inf where none can."""
        settings = self.settings
        own = self._window(self.cosine(a, b), 0, 0)
        score = (own - settings.neighbour_weight * self.outside(a, b)) * self.likeness_of_length(
            a, b
        )
        score -= settings.turn_cost * self.turn_doubt(a, b)
        score[np.arange(*self.rows) < a] = -np.inf
        score[:, np.arange(*self.columns) < b] = -np.inf
        return score


def _turns_of(
    side: Side, ends: NDArray[np.int64], length: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a turn begins (inside, at the start of) the span of `length` that ends there."""
    starts = np.maximum(ends - length, 0)
    return side.begun[np.maximum(ends - 1, 0)] > side.begun[starts], side.turns[starts]
