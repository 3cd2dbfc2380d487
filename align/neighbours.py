"""Where two documents run side by side: nearest neighbours, anchors, and the band round them.

All against all would take time that grows with the square of the length, so long documents are
searched from coarse to fine: a sample of the Chinese sentences against the whole of the other
document, then ever more of them near the chain that those before make.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.encoder.directions import unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from align.scores import Side

    Numbers = NDArray[np.int64]
    Point = tuple[int, int, float]
    Chain = list[tuple[int, int]]

Stretch = tuple[tuple[int, int], tuple[int, int]]
"""A part of both documents: the (Chinese, English) boundaries where it begins and where it ends."""

SURE = 4
"""Anchors in a row, each one sentence after the last on both sides, amid which the path is cut."""

LEAST_STRETCH = 30
"""Chinese sentences of a stretch at least."""

NEIGHBOURS = 4
"""Neighbours asked for on each side: the first is the candidate, the others tell how far it stands
out (the margin of Artetxe and Schwenk 2019, doi 10.18653/v1/P19-1309)."""

MARGIN = 0.08
"""Least cosine by which an anchor stands out from the mean of its other neighbours. On mac-dev and
the records no anchor above it was false by more than the band is wide."""

EXACT = 4_000_000
"""Pairs of sentences up to which all are compared with all: 2,000 by 2,000 take 0.1 s."""

FAISS_FROM = 1_000_000
"""Pairs of sentences, compared at once, from which FAISS is worth its import (0.1 to 0.2 s): the
whole of a long document, but no record of the usual 500 sentences."""

SAMPLE = 256
"""Chinese sentences of a longer document that are sought in the whole of the English one."""

REFINEMENT = 16
"""How many times as many sentences the next round looks for, near the chain of the last."""

BLOCK = 256
"""Sentences that are sought at once, in one window."""

FAR_ANCHORS = 3
"""A window reaches to this anchor before the block and after it, so that one or two false ones
beside the block do not lead it astray."""

WIDEST = 8192
"""Sentences of a window at most: of a wider one only its two ends are searched."""

DRIFT = 6
"""Sentences by which two anchors may differ in what lies between them on either side."""

OPEN = 200
"""Sentences: a gap between two anchors is searched whole if it has no more boundaries than this for
each of its sentences of both sides; a passage of up to 200 sentences without an anchor, against
however many, is. None in the gold or in made documents of 40,000 lines was longer than 30."""


@dataclass(frozen=True, slots=True)
class Band:
    """The boundaries that the dynamic program visits: `low[i]` <= j <= `high[i]`, both rising.

    Attributes:
        low: int64 (Chinese sentences + 1).
        high: int64, the same shape.
    """

    low: Numbers
    high: Numbers


def nearest(
    queries: NDArray[np.float32], base: NDArray[np.float32], count: int
) -> tuple[NDArray[np.float32], Numbers]:
    """Find the `count` nearest rows of `base` by cosine, nearest first: (cosines, row numbers).

    By FAISS where there is much to compare; its import costs more than a record's few hundred
    sentences do with numpy.

    Args:
        queries: unit rows.
        base: unit rows.
        count: how many; all of them where `base` has fewer.
    """
    count = min(count, len(base))
    if len(queries) * len(base) >= FAISS_FROM:
        import faiss

        index = faiss.IndexFlatIP(base.shape[1])
        index.add(base)
        found: tuple[NDArray[np.float32], Numbers] = index.search(queries, count)
        return found
    cosines = np.empty((len(queries), count), dtype=np.float32)
    rows = np.empty((len(queries), count), dtype=np.int64)
    for start in range(0, len(queries), BLOCK):
        part = slice(start, start + BLOCK)
        likeness = queries[part] @ base.T
        here = np.arange(len(likeness))
        for place in range(count):  # a few maxima are sooner found than a partition
            best = likeness.argmax(axis=1)
            cosines[part, place], rows[part, place] = likeness[here, best], best
            likeness[here, best] = -np.inf
    return cosines, rows


def find_anchors(zh: Side, en: Side) -> Chain:
    """Find the rising chain of mutual nearest neighbours with the greatest sum of margins.

    Takes time in proportion to the length of the documents, but for a logarithm.
    """
    z, e = unit_rows(zh.vectors), unit_rows(en.vectors)
    stride = 1 if len(z) * len(e) <= EXACT else -(-len(z) // SAMPLE)
    chain: Chain = []
    while True:
        points: list[Point] = []
        for sought, rows, columns in _windows(zh, len(e), chain, stride):
            points += _mutual(z, e, sought, rows, columns)
        chain = heaviest_chain(points)
        if stride == 1 or not chain:
            return chain
        stride = max(1, stride // REFINEMENT)


def _windows(
    zh: Side, columns: int, chain: Chain, stride: int
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Give block by block the sentences that are sought, and those of both sides near them.

    Near is what lies between the anchors before the block and after it; without a chain to go by
    that is both documents as a whole.
    """
    sought = _sought(zh, stride)
    ends = [(0, 0)] * FAR_ANCHORS, [(len(zh) - 1, columns - 1)] * FAR_ANCHORS
    posts = [*ends[0], *chain, *ends[1]]
    starts = [i for i, _ in chain]
    for start in range(0, len(sought), BLOCK):
        block = sought[start : start + BLOCK]
        first = posts[bisect_left(starts, int(block[0]))]
        last = posts[bisect_right(starts, int(block[-1])) + 2 * FAR_ANCHORS - 1]
        # Only a chain that leads says where the middle of a wide window can be left out.
        rows, near = (np.arange(first[side], last[side] + 1) for side in (0, 1))
        yield block, *((_ends_of(rows), _ends_of(near)) if chain else (rows, near))


def _sought(zh: Side, stride: int) -> Numbers:
    """Choose the longest of every `stride` sentences: long ones are seldom repeated."""
    count = -(-len(zh) // stride)
    lengths = np.full(count * stride, -1.0)
    lengths[: len(zh)] = np.diff(zh.bytes)
    chosen: Numbers = lengths.reshape(count, stride).argmax(axis=1) + np.arange(count) * stride
    return chosen


def _ends_of(numbers: Numbers) -> Numbers:
    """Leave out the middle of what is wider than `WIDEST`."""
    if len(numbers) <= WIDEST:
        return numbers
    return np.concatenate([numbers[: WIDEST // 2], numbers[-WIDEST // 2 :]])


def _mutual(
    z: NDArray[np.float32], e: NDArray[np.float32], sought: Numbers, rows: Numbers, columns: Numbers
) -> list[Point]:
    """Find what of `sought` and of `columns` is nearest to each other and stands out.

    Args:
        z: unit rows of all Chinese sentences.
        e: unit rows of all English sentences.
        sought: numbers of Chinese sentences.
        rows: numbers of those among which the way back is sought.
        columns: numbers of the English sentences that may be partners.

    Returns:
        (Chinese, English, margin), by rising Chinese number.
    """
    near = _part(e, columns)
    cosines, places = nearest(z[sought], near, NEIGHBOURS)
    margins = cosines[:, 0] - (cosines[:, 1:].mean(axis=1) if cosines.shape[1] > 1 else 0.0)
    out = np.flatnonzero(margins > MARGIN)
    _, back = nearest(near[places[out, 0]], _part(z, rows), 1)
    out = out[rows[back[:, 0]] == sought[out]]
    return [(int(sought[n]), int(columns[places[n, 0]]), float(margins[n])) for n in out]


def _part(rows: NDArray[np.float32], numbers: Numbers) -> NDArray[np.float32]:
    """Give the rows of these rising numbers, without a copy where none is left out."""
    first, last = int(numbers[0]), int(numbers[-1]) + 1
    return rows[first:last] if last - first == len(numbers) else rows[numbers]


def heaviest_chain(points: list[Point]) -> Chain:
    """Choose (i, j, weight) points, sorted by i and each i once, rising in both with most weight.

    Keeps the best chain for each last j in a list that rises in j and in weight, so it takes
    n log n steps.
    """
    ends: list[int] = []  # last j of a chain
    weights: list[float] = []  # its weight, rising
    nodes: list[int] = []
    parent: list[int] = []
    for number, (_, j, weight) in enumerate(points):
        place = bisect_left(ends, j)
        total = weight + (weights[place - 1] if place else 0.0)
        parent.append(nodes[place - 1] if place else -1)
        stop = place
        while stop < len(ends) and weights[stop] <= total:
            stop += 1
        if place < len(ends) and ends[place] == j and weights[place] > total:
            continue
        ends[place:stop] = [j]
        weights[place:stop] = [total]
        nodes[place:stop] = [number]
    chain: Chain = []
    node = nodes[-1] if nodes else -1
    while node >= 0:
        chain.append(points[node][:2])
        node = parent[node]
    return chain[::-1]


def drop_lone(chain: Chain) -> Chain:
    """Leave out anchors with which neither neighbour in the chain agrees.

    Two anchors agree if as many sentences lie between them on both sides, but for `DRIFT` and half
    of the fewer. One by itself, twenty sentences off, may be a list of names or a formula that is
    repeated; the band must not be bent to it.
    """
    if len(chain) < 2:
        return []
    steps = np.diff(np.array(chain), axis=0)
    agree = np.abs(steps[:, 0] - steps[:, 1]) <= DRIFT + steps.min(axis=1) / 2
    kept = np.append(agree, False) | np.insert(agree, 0, False)
    return [point for point, keep in zip(chain, kept.tolist(), strict=True) if keep]


def band_round(anchors: Chain, n: int, m: int, width: int) -> Band:
    """Give the boundaries within `width` sentences, each way, of the chain of anchors.

    Between two anchors that lie far apart (an omission, a passage without anchors) the whole
    rectangle between them is searched; of one that is long both ways (see `OPEN`) only a corridor
    along its diagonal, so that the boundaries are never more than a multiple of the sentences.
    """
    i = np.arange(n + 1)
    rows = np.array([-1, *(a for a, _ in anchors), n + 1])
    columns = np.array([0, *(b for _, b in anchors), m])
    last = np.searchsorted(rows, i - width, side="right").clip(1) - 1
    first = np.searchsorted(rows, i + width, side="left").clip(max=len(rows) - 1)
    below, above = columns[last], columns[first]
    down, across = np.diff(rows), np.diff(columns)
    wide = down * across > OPEN * (down + across)
    if wide.any():
        room = np.maximum(OPEN, 2 * across // down)
        middle = np.interp(i, rows, columns).astype(np.int64)
        gap = last  # the gap after the anchor below
        inside = np.clip(middle - room[gap], columns[gap], columns[gap + 1])
        below = np.where(wide[gap], inside, below)
        gap = first - 1  # the gap before the anchor above
        inside = np.clip(middle + room[gap], columns[gap], columns[gap + 1])
        above = np.where(wide[gap], inside, above)
    low, high = np.maximum(below - width, 0), np.minimum(above + width, m)
    low[0], high[-1] = 0, m
    return Band(low.astype(np.int64), high.astype(np.int64))


def sure_stretches(anchors: Chain, n: int, m: int) -> list[Stretch]:
    """Cut both documents where the path is sure: amid `SURE` anchors in a row.

    Each stretch begins where the last one ends, and has `LEAST_STRETCH` Chinese sentences or more.
    """
    chain = np.array(anchors, dtype=np.int64).reshape(-1, 2)
    cuts = [(0, 0)]
    if len(chain) >= SURE:
        steps = (np.diff(chain, axis=0) == 1).all(axis=1)
        in_a_row = np.convolve(steps, np.ones(SURE - 1, dtype=np.int64), "valid") == SURE - 1
        for i, j in chain[np.flatnonzero(in_a_row) + SURE // 2].tolist():
            if i - cuts[-1][0] >= LEAST_STRETCH and n - i >= LEAST_STRETCH:
                cuts.append((i, j))
    return list(pairwise([*cuts, (n, m)]))
