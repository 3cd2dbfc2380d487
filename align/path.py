"""The best way through two documents: a dynamic program over beads and omissions.

An omission of k sentences costs the lesser of two prices: so much a sentence (one or two sentences
left out), or an opening price and then next to nothing (a page missing). Two-piece gap prices are
known from the alignment of long DNA reads (Li 2018, doi 10.1093/bioinformatics/bty191); the program
is Gotoh's (1982, doi 10.1016/0022-2836(82)90398-9), with beads where he has matches.

A row of boundaries is computed at once: beads come from earlier rows, and a run of omissions inside
the row is a running maximum. Where the path is sure the documents fall into stretches that know
nothing of each other, and the rows of many are computed side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from align.runner_up import Step, weigh
from align.scores import Block, Evidence, bead_types
from align.share import here

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from align.neighbours import Band, Stretch
    from align.scores import Side
    from align.settings import Settings
    from align.share import Share

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]

Known = dict[tuple[tuple[int, int], tuple[int, int]], Evidence]
"""Evidence of blocks by their rows and columns: what one pass has gathered for the next, which
differs in prices and in lengths."""

_ROWS_AT_ONCE = 64
"""Rows of a piece whose bead scores are computed by one set of matrices."""

_CELLS_AT_ONCE = 1_000
"""Boundaries that are computed at once, over all pieces: beyond it nothing is gained by more."""

_CELLS_KEPT = 500_000
"""Boundaries whose scores are remembered at once: 56 MB. What is forgotten is computed again."""

_ROUNDING = 1e-9
"""Values that differ by less are equal: running sums of prices do not come out exactly."""

# Where the best value of a boundary comes from: a bead, or a Chinese sentence omitted alone or in a
# long omission (the base of the row); then the same two for English, which run along the row.
_BEAD, _ZH_ALONE, _ZH_LONG, _EN_ALONE, _EN_LONG, _BASE, _NOT_LONG, _ANY = range(8)


@dataclass(frozen=True, slots=True)
class Prices:
    """What omissions score and rare beads cost, each array float64.

    Attributes:
        zh_alone: an omitted Chinese sentence at the price by the sentence (Chinese sentences).
        en_alone: the same for English (English sentences).
        long_open: the first sentence of a long omission.
        long_extend: each further one.
        weak: score below which a bead is too weak for this document.
        weak_cost: taken off for each unit below.
        taken_in: how much dearer an omission is for each unit of cosine that the bead beside it
            would gain by it, see `align.runner_up.take_in`.
        literalness: how far what is left out shows in the vectors, see `align.manner.Manner`; at 0
            nobody asks how a merge would be parted.
        beads: score taken off a bead of each type, (Chinese sentences, English sentences); 0 for
            a type that is not there.
    """

    zh_alone: Floats
    en_alone: Floats
    long_open: float
    long_extend: float
    weak: float = 0.0
    weak_cost: float = 0.0
    taken_in: float = 0.0
    literalness: float = 1.0
    beads: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """What lies between two cuts: its first and last boundaries, and its part of the band.

    `low` and `high` run over its rows, from the first boundary to the last.
    """

    start: tuple[int, int]
    stop: tuple[int, int]
    low: Numbers
    high: Numbers

    def __len__(self) -> int:
        """Number of rows after the first."""
        return self.stop[0] - self.start[0]

    @property
    def width(self) -> int:
        """Boundaries of the widest row."""
        return int((self.high - self.low).max()) + 1


def best_path(
    zh: Side,
    en: Side,
    band: Band,
    prices: Prices,
    settings: Settings,
    stretches: Sequence[Stretch] | None = None,
    share: Share = here,
    known: Known | None = None,
) -> list[Step]:
    """Find the path of greatest total score within `band`; every sentence is in one step.

    Args:
        zh: the Chinese side.
        en: the English side.
        band: boundaries to visit.
        prices: see `Prices`.
        settings: see `Settings`.
        stretches: parts of the documents to find the path of, in order; None for the whole. Where
            one begins as the last ends, the path goes through that pair of boundaries.
        share: see `align.share`.
        known: see `Known`; None to remember nothing.
    """
    whole = ((0, 0), (len(zh), len(en)))
    pieces = [_cut(band, stretch) for stretch in ([whole] if stretches is None else stretches)]

    def follow(numbers: list[int]) -> list[list[Step]]:
        return list(Lockstep([pieces[n] for n in numbers], zh, en, prices, settings, known).paths())

    groups = list(_groups(pieces))
    paths: dict[int, list[Step]] = {}
    for numbers, found in zip(groups, share(follow, groups), strict=True):
        paths.update(zip(numbers, found, strict=True))
    return [step for n in range(len(pieces)) for step in paths[n]]


def _cut(band: Band, stretch: Stretch) -> Piece:
    """Cut a stretch out of the band; its rows begin and end at its own corners."""
    start, stop = stretch
    rows = slice(start[0], stop[0] + 1)
    low = np.clip(band.low[rows], start[1], stop[1])
    high = np.clip(band.high[rows], start[1], stop[1])
    low[0], high[-1] = start[1], stop[1]
    return Piece(start, stop, low, high)


def _groups(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Put pieces of like size together, as many as are worth computing at once."""
    order = sorted(range(len(pieces)), key=lambda n: (pieces[n].width, len(pieces[n])))
    group: list[int] = []
    for number in order:
        if group and (len(group) + 1) * pieces[number].width > _CELLS_AT_ONCE:
            yield group
            group = []
        group.append(number)
    yield group


class Lockstep:
    """The dynamic program of several pieces at once, a row of each at a time.

    Arrays have the shape (pieces, rows, columns); column k of a row is the boundary `low` + k, and
    what lies beyond a piece's last row or a row's last boundary holds -inf. The columns of `best`
    and `zh_long` are one further, with one of -inf before and one behind.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        zh: Side,
        en: Side,
        prices: Prices,
        settings: Settings,
        known: Known | None,
    ) -> None:
        self.pieces, self.zh, self.en = pieces, zh, en
        self.prices, self.settings, self.known = prices, settings, known
        self.types = bead_types(settings.max_bead)
        self.up = np.array([a for a, _ in self.types])
        self.back = np.array([b for _, b in self.types])
        self.dear = np.array([prices.beads.get(t, 0.0) for t in self.types])
        count, rows = len(pieces), max(len(piece) for piece in pieces) + 1
        width = max(piece.width for piece in pieces)
        self.low, high = (
            np.stack([np.pad(edge, (0, rows - len(edge)), "edge") for edge in edges])
            for edges in ([p.low for p in pieces], [p.high for p in pieces])
        )
        self.inside = np.arange(width) < (high - self.low + 1)[..., None]
        for number, piece in enumerate(pieces):
            self.inside[number, len(piece) + 1 :] = False
        # What omissions before a boundary come to, and for each boundary of a row the English ones.
        zh_spent, spent = (
            np.concatenate([[0.0], np.cumsum(alone)])
            for alone in (prices.zh_alone, prices.en_alone)
        )
        self.before = zh_spent, spent
        columns = np.minimum(self.low[..., None] + np.arange(width), len(en))
        self.spent = spent[columns]
        shape = (count, rows, width)
        self.best = np.full((count, rows, width + 2), -np.inf)
        self.zh_long = np.full((count, rows, width + 2), -np.inf)
        self.bead = np.zeros(shape, dtype=np.int8)
        self.bead_score = np.zeros(shape, dtype=np.float32)
        self.base = np.zeros(shape, dtype=np.int8)
        self.zh_goes_on = np.zeros(shape, dtype=np.bool_)
        self.en_alone_wins = np.zeros(shape, dtype=np.bool_)
        self.en_long_wins = np.zeros(shape, dtype=np.bool_)
        self.en_goes_on = np.zeros(shape, dtype=np.bool_)
        self.tops = np.array([piece.start[0] for piece in pieces])
        self.kept: dict[int, NDArray[np.float32]] = {}
        # The number of each type of bead; -1 for what is none.
        self.number_of = np.full((settings.max_bead + 1, settings.max_bead + 1), -1)
        self.number_of[self.up, self.back] = np.arange(len(self.types))

    def paths(self) -> list[list[Step]]:
        """Run all rows, then follow each piece's best values back."""
        count, rows, width = self.inside.shape
        nothing = np.full((3, count, width), -np.inf)
        nothing[_BEAD, :, 0] = 0.0
        self._finish_row(0, nothing, np.zeros((count, width), dtype=np.bool_))
        for start in range(1, rows, _ROWS_AT_ONCE):
            stop = min(start + _ROWS_AT_ONCE, rows)
            scores = self._bead_scores(start, stop)
            self._keep(start, scores)
            for row in range(start, stop):
                self._run_row(row, scores[:, row - start])
        # What lies round the steps of all pieces is looked up at once.
        steps = [step for number in range(count) for step in self._way_back(number)]
        weights = self.prices.taken_in, self.settings.clause_cost
        parted = self.prices.literalness > 0
        steps = weigh(steps, self.look, self.zh, self.en, weights, parted=parted)
        found: list[list[Step]] = [[] for _ in self.pieces]
        numbers = self._places(np.array([(s.zh[0], s.en[0]) for s in steps]).reshape(-1, 2))
        for number, step in zip(numbers, steps, strict=True):
            found[number].append(step)
        return found

    def _places(self, start: Numbers) -> Numbers:
        """Number the pieces in which steps from these boundaries lie."""
        keys = np.array([piece.start for piece in self.pieces]) @ (len(self.en) + 1, 1)
        order, key = keys.argsort(), start @ (len(self.en) + 1, 1)
        numbers: Numbers = order[np.searchsorted(keys[order], key, side="right") - 1]
        return numbers

    def look(self, start: Numbers, stop: Numbers) -> Floats:
        """Say what single steps score, see `align.runner_up.margins`."""
        (up, back), (row, column) = (stop - start).T, stop.T
        found = self._omissions(start, stop)
        found[(up > 0) & (back > 0)] = -np.inf
        numbers = self._places(start)
        row = row - self.tops[numbers]
        inside = row < self.low.shape[1]
        column = column - self.low[numbers, np.where(inside, row, 0)]
        most = self.settings.max_bead
        kind = self.number_of[np.minimum(up, most), np.minimum(back, most)]
        inside &= (kind >= 0) & (column >= 0) & (column < self.inside.shape[2])
        beads = np.flatnonzero(inside)
        first = row - (row - 1) % _ROWS_AT_ONCE
        for chunk in np.unique(first[beads]).tolist():
            if chunk not in self.kept:
                last = min(chunk + _ROWS_AT_ONCE, self.inside.shape[1])
                self._keep(chunk, self._bead_scores(chunk, last))
            own = beads[first[beads] == chunk]
            at = numbers[own], row[own] - chunk, kind[own], column[own]
            found[own] = self.kept[chunk][at]
        return found

    def _omissions(self, start: Numbers, stop: Numbers) -> Floats:
        """Prices of leaving out what lies between, all of one side; 0 for nothing."""
        (zh, en), (i, j), (k, m) = self.before, start.T, stop.T
        count = k - i + m - j
        long = self.prices.long_open + (count - 1) * self.prices.long_extend
        prices: Floats = np.maximum(zh[k] - zh[i] + en[m] - en[j], long)
        prices[count == 0] = 0.0
        return prices

    def _keep(self, first: int, scores: Floats) -> None:
        """Remember the scores of some rows for `look`, but no more than a band of usual width."""
        if (len(self.kept) + 1) * self.inside[:, :_ROWS_AT_ONCE].size > _CELLS_KEPT:
            while len(self.kept) > 1:
                del self.kept[next(iter(self.kept))]
        self.kept[first] = scores.astype(np.float32)

    def _bead_scores(self, start: int, stop: int) -> Floats:
        """Scores of the beads that end in these rows, shape (pieces, rows, types, columns)."""
        count, _, width = self.inside.shape
        scores = np.full((count, stop - start, len(self.types), width), -np.inf)
        for number, piece in enumerate(self.pieces):
            last = min(stop, len(piece) + 1)
            if start >= last:
                continue
            left, right = int(piece.low[start]), int(piece.high[last - 1]) + 1
            rows = (piece.start[0] + start, piece.start[0] + last)
            block = self._evidence(rows, (left, right)).scores(self.zh, self.en)
            if self.prices.weak_cost:
                block -= self.prices.weak_cost * np.maximum(self.prices.weak - block, 0.0)
            block -= self.dear[:, None, None]
            for row in range(start, last):
                low, high = int(piece.low[row]), int(piece.high[row]) + 1
                scores[number, row - start, :, : high - low] = block[
                    :, row - start, low - left : high - left
                ]
        return scores

    def _evidence(self, rows: tuple[int, int], columns: tuple[int, int]) -> Evidence:
        """Gather it, unless another pass has done so."""
        known = None if self.known is None else self.known.get((rows, columns))
        if known is None:
            known = Block(self.zh, self.en, rows, columns, self.settings).evidence()
            if self.known is not None:
                self.known[rows, columns] = known
        return known

    def _from_rows(self, values: Floats, rows: Numbers, back: Numbers, row: int) -> Floats:
        """Look up what lies `back` columns before each boundary of `row`, in earlier rows.

        Args:
            values: `best` or `zh_long`.
            rows: the earlier row of each look-up, shape (look-ups,).
            back: how far before, the same shape.
            row: the row that looks.

        Returns:
            Shape (pieces, look-ups, columns).
        """
        count, _, width = self.inside.shape
        shift = self.low[:, [row]] - self.low[:, rows] - back + 1
        places = shift[..., None] + np.arange(width)
        np.maximum(places, 0, out=places)  # several times as fast as np.clip on small arrays
        np.minimum(places, width + 1, out=places)
        places += ((np.arange(count)[:, None] * values.shape[1] + rows) * (width + 2))[..., None]
        found: Floats = values.ravel().take(places)  # twice as fast as an index an axis
        return found

    def _run_row(self, row: int, own: Floats) -> None:
        """Compute one row of every piece from beads that reach it and from the row above."""
        possible = self.up <= row
        reached = self._from_rows(self.best, np.maximum(row - self.up, 0), self.back, row) + own
        reached[:, ~possible] = -np.inf
        choice = reached.argmax(axis=1)[:, None]
        above, straight = np.array([row - 1]), np.array([0])
        from_best = self._from_rows(self.best, above, straight, row)[:, 0]
        from_long = self._from_rows(self.zh_long, above, straight, row)[:, 0]
        opened = from_best + self.prices.long_open
        extended = from_long + self.prices.long_extend
        sentences = np.array([min(p.start[0] + row, p.stop[0]) - 1 for p in self.pieces])
        base = np.stack(
            [
                np.take_along_axis(reached, choice, 1)[:, 0],
                from_best + self.prices.zh_alone[sentences][:, None],
                np.maximum(opened, extended),
            ]
        )
        base[:, ~self.inside[:, row]] = -np.inf
        self.bead[:, row] = choice[:, 0]
        self.bead_score[:, row] = np.take_along_axis(own, choice, 1)[:, 0]
        self._finish_row(row, base, extended > opened)

    def _finish_row(self, row: int, base: Floats, zh_goes_on: NDArray[np.bool_]) -> None:
        """Add the omissions of English sentences, which run along the row.

        Args:
            row: its number.
            base: values (3, pieces, columns) in the order of `_BEAD`, `_ZH_ALONE`, `_ZH_LONG`.
            zh_goes_on: whether the long Chinese omission began before the row's own sentence.
        """
        value = base.max(axis=0)
        spent = self.spent[:, row]
        alone = np.maximum.accumulate(value - spent, axis=1) + spent
        opened = alone[:, :-1] + self.prices.long_open
        run = self.prices.long_extend * np.arange(1, base.shape[2])
        long = np.full_like(alone, -np.inf)
        long[:, 1:] = np.maximum.accumulate(opened - run, axis=1) + run
        self.en_goes_on[:, row, 1:] = long[:, 1:] > opened + _ROUNDING
        self.best[:, row, 1:-1] = np.where(self.inside[:, row], np.maximum(alone, long), -np.inf)
        self.zh_long[:, row, 1:-1] = base[_ZH_LONG]
        self.base[:, row] = base.argmax(axis=0)
        self.zh_goes_on[:, row] = zh_goes_on
        self.en_alone_wins[:, row] = alone > value + _ROUNDING
        self.en_long_wins[:, row] = long > alone + _ROUNDING

    def _way_back(self, number: int) -> list[Step]:
        """Follow the best values of one piece back from its end."""
        piece, prices = self.pieces[number], self.prices
        (top, left), (i, j) = piece.start, piece.stop
        steps: list[Step] = []
        state = _ANY
        while i > top or j > left:
            row = i - top
            column = j - int(self.low[number, row])
            state = self._resolve(state, (number, row, column))
            if state == _BEAD:
                a, b = self.types[self.bead[number, row, column]]
                score = float(self.bead_score[number, row, column])
                steps.append(Step((i - a, i), (j - b, j), score))
                i, j, state = i - a, j - b, _ANY
            elif state == _ZH_ALONE:
                steps.append(Step((i - 1, i), (j, j), float(prices.zh_alone[i - 1])))
                i, state = i - 1, _ANY
            elif state == _ZH_LONG:
                goes_on = bool(self.zh_goes_on[number, row, column])
                price = prices.long_extend if goes_on else prices.long_open
                steps.append(Step((i - 1, i), (j, j), price))
                i, state = i - 1, _ZH_LONG if goes_on else _ANY
            elif state == _EN_ALONE:
                steps.append(Step((i, i), (j - 1, j), float(prices.en_alone[j - 1])))
                j, state = j - 1, _NOT_LONG
            else:
                goes_on = bool(self.en_goes_on[number, row, column])
                price = prices.long_extend if goes_on else prices.long_open
                steps.append(Step((i, i), (j - 1, j), price))
                j, state = j - 1, _EN_LONG if goes_on else _NOT_LONG
        return steps[::-1]

    def _resolve(self, state: int, place: tuple[int, int, int]) -> int:
        """Say which of the five ways led here, as far as `state` leaves it open."""
        if state == _ANY:
            state = _EN_LONG if self.en_long_wins[place] else _NOT_LONG
        if state == _NOT_LONG:
            state = _EN_ALONE if self.en_alone_wins[place] else _BASE
        return int(self.base[place]) if state == _BASE else state
