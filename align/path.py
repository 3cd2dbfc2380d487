"""The best way through two documents: a dynamic program over beads and omissions.

An omission of k sentences costs the lesser of two prices: so much a sentence (one or two sentences
left out), or an opening price and then next to nothing (a page missing). Two-piece gap prices are
known from the alignment of long DNA reads (Li 2018, doi 10.1093/bioinformatics/bty191); the program
is Gotoh's (1982, doi 10.1016/0022-2836(82)90398-9), with beads where he has matches. A row is
computed at once: beads come from earlier rows, and a run of omissions inside the row is a running
maximum. Rows are taken in blocks so that bead scores are computed by whole matrices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from align.scores import Block, bead_types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from align.neighbours import Band
    from align.scores import Side
    from align.settings import Settings

    Floats = NDArray[np.float64]

_ROWS_AT_ONCE = 48
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
        beads: score taken off a bead of each type, (Chinese sentences, English sentences); 0 for
            a type that is not there.
    """

    zh_alone: Floats
    en_alone: Floats
    long_open: float
    long_extend: float
    beads: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of the path: half-open sentence ranges and the bead's own score."""

    zh: tuple[int, int]
    en: tuple[int, int]
    score: float


@dataclass(slots=True)
class _Row:
    """What one row of boundaries keeps for the rows after it and for the way back.

    Arrays run over the row's columns. `base` says what the value before English omissions comes
    from, the others whether a better value comes from an English omission, and whether long
    omissions go on beyond their last sentence.
    """

    low: int
    best: Floats
    zh_long: Floats
    bead: NDArray[np.int8]
    bead_score: NDArray[np.float32]
    base: NDArray[np.int8]
    zh_goes_on: NDArray[np.bool_]
    en_alone_wins: NDArray[np.bool_]
    en_long_wins: NDArray[np.bool_]
    en_goes_on: NDArray[np.bool_]


def best_path(zh: Side, en: Side, band: Band, prices: Prices, settings: Settings) -> list[Step]:
    """Find the path of greatest total score within `band`; every sentence is in one step."""
    types = bead_types(settings.max_bead)
    rows = [_first_row(band, prices)]
    for start in range(1, len(zh) + 1, _ROWS_AT_ONCE):
        stop = min(start + _ROWS_AT_ONCE, len(zh) + 1)
        _run_block(rows, zh, en, (start, stop), types, band, prices, settings)
    return _way_back(rows, types, len(zh), len(en), prices)


def _first_row(band: Band, prices: Prices) -> _Row:
    width = int(band.high[0] - band.low[0]) + 1
    start = np.full(width, -np.inf)
    start[0] = 0.0
    nothing = np.full(width, -np.inf)
    return _finish_row(
        0, np.stack([start, nothing, nothing]), np.zeros(width, dtype=np.bool_), prices
    )


def _run_block(
    rows: list[_Row],
    zh: Side,
    en: Side,
    span: tuple[int, int],
    types: list[tuple[int, int]],
    band: Band,
    prices: Prices,
    settings: Settings,
) -> None:
    """Append the rows of one block."""
    start, stop = span
    reach = settings.max_bead
    left, right = int(band.low[start]), int(band.high[stop - 1]) + 1
    block = Block(zh, en, span, (left, right), settings)
    scores = np.stack([block.score(a, b) - prices.beads.get((a, b), 0.0) for a, b in types])
    # `work` holds the best values of this block and of the `reach` rows and columns before it.
    work = np.full((reach + stop - start, reach + right - left), -np.inf)
    for i in range(max(0, start - reach), start):
        _put(work[i - start + reach], rows[i].low - left + reach, rows[i].best)
    up = np.array([a for a, _ in types])[:, None]
    back = np.array([b for _, b in types])[:, None]
    for i in range(start, stop):
        low, high = int(band.low[i]), int(band.high[i]) + 1
        columns = np.arange(low - left + reach, high - left + reach)[None, :]
        own = scores[:, i - start, low - left : high - left]
        reached = work[i - start + reach - up, columns - back] + own
        row = _new_row(reached, own, low, rows[-1], i - 1, prices)
        _put(work[i - start + reach], low - left + reach, row.best)
        rows.append(row)


def _put(line: Floats, place: int, values: Floats) -> None:
    """Write `values` into `line` from `place` on, leaving out what falls outside."""
    first, last = max(place, 0), min(place + len(values), len(line))
    if first < last:
        line[first:last] = values[first - place : last - place]


def _new_row(
    reached: Floats, own: Floats, low: int, above: _Row, sentence: int, prices: Prices
) -> _Row:
    """Make the row of one boundary from beads that reach it and from the row above."""
    width = reached.shape[1]
    choice = reached.argmax(axis=0)
    columns = np.arange(width)
    from_best, from_long = np.full(width, -np.inf), np.full(width, -np.inf)
    _put(from_best, above.low - low, above.best)
    _put(from_long, above.low - low, above.zh_long)
    opened = from_best + prices.long_open
    extended = from_long + prices.long_extend
    base = np.stack(
        [
            reached[choice, columns],
            from_best + prices.zh_alone[sentence],
            np.maximum(opened, extended),
        ]
    )
    row = _finish_row(low, base, extended > opened, prices)
    row.bead = choice.astype(np.int8)
    row.bead_score = own[choice, columns].astype(np.float32)
    return row


def _finish_row(low: int, base: Floats, zh_goes_on: NDArray[np.bool_], prices: Prices) -> _Row:
    """Add the omissions of English sentences, which run along the row.

    Args:
        low: first column.
        base: values (3, columns) in the order of `_BEAD`, `_ZH_ALONE`, `_ZH_LONG`.
        zh_goes_on: whether the long Chinese omission began before the row's own sentence.
        prices: see `Prices`.
    """
    width = base.shape[1]
    value = base.max(axis=0)
    spent = np.concatenate([[0.0], np.cumsum(prices.en_alone[low : low + width - 1])])
    alone = np.maximum.accumulate(value - spent) + spent
    opened = alone[:-1] + prices.long_open
    run = prices.long_extend * np.arange(1, width)
    long = np.full(width, -np.inf)
    long[1:] = np.maximum.accumulate(opened - run) + run
    goes_on = np.zeros(width, dtype=np.bool_)
    goes_on[1:] = long[1:] > opened + _ROUNDING
    return _Row(
        low=low,
        best=np.maximum(alone, long),
        zh_long=base[_ZH_LONG],
        bead=np.zeros(0, dtype=np.int8),
        bead_score=np.zeros(0, dtype=np.float32),
        base=base.argmax(axis=0).astype(np.int8),
        zh_goes_on=zh_goes_on,
        en_alone_wins=alone > value + _ROUNDING,
        en_long_wins=long > alone + _ROUNDING,
        en_goes_on=goes_on,
    )


def _way_back(
    rows: list[_Row], types: list[tuple[int, int]], n: int, m: int, prices: Prices
) -> list[Step]:
    """Follow the best values back from the end of both documents."""
    steps: list[Step] = []
    i, j, state = n, m, _ANY
    while i or j:
        row, column = rows[i], j - rows[i].low
        state = _resolve(state, row, column)
        if state == _BEAD:
            a, b = types[row.bead[column]]
            steps.append(Step((i - a, i), (j - b, j), float(row.bead_score[column])))
            i, j, state = i - a, j - b, _ANY
        elif state == _ZH_ALONE:
            steps.append(Step((i - 1, i), (j, j), float(prices.zh_alone[i - 1])))
            i, state = i - 1, _ANY
        elif state == _ZH_LONG:
            goes_on = bool(row.zh_goes_on[column])
            price = prices.long_extend if goes_on else prices.long_open
            steps.append(Step((i - 1, i), (j, j), price))
            i, state = i - 1, _ZH_LONG if goes_on else _ANY
        elif state == _EN_ALONE:
            steps.append(Step((i, i), (j - 1, j), float(prices.en_alone[j - 1])))
            j, state = j - 1, _NOT_LONG
        else:
            goes_on = bool(row.en_goes_on[column])
            price = prices.long_extend if goes_on else prices.long_open
            steps.append(Step((i, i), (j - 1, j), price))
            j, state = j - 1, _EN_LONG if goes_on else _NOT_LONG
    return steps[::-1]


def _resolve(state: int, row: _Row, column: int) -> int:
    """Say which of the five ways led here, as far as `state` leaves it open."""
    if state == _ANY:
        state = _EN_LONG if row.en_long_wins[column] else _NOT_LONG
    if state == _NOT_LONG:
        state = _EN_ALONE if row.en_alone_wins[column] else _BASE
    return int(row.base[column]) if state == _BASE else state
