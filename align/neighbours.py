"""Where two documents run side by side: nearest neighbours, anchors, and the band round them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.scores import Side

NEIGHBOURS = 4
"""Neighbours asked for on each side: the first is the candidate, the others tell how far it stands
out (the margin of Artetxe and Schwenk 2019, doi 10.18653/v1/P19-1309)."""

MARGIN = 0.08
"""Least cosine by which an anchor stands out from the mean of its other neighbours. On mac-dev and
the records no anchor above it was false by more than the band is wide."""


@dataclass(frozen=True, slots=True)
class Band:
    """The boundaries that the dynamic program visits: `low[i]` <= j <= `high[i]`, both rising.

    Attributes:
        low: int64 (Chinese sentences + 1).
        high: int64, the same shape.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give rows of length 1; rows of zeros stay zeros."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def nearest(
    queries: NDArray[np.float32], base: NDArray[np.float32], count: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Find the `count` nearest rows of `base` by cosine with FAISS: (cosines, row numbers)."""
    import faiss

    index = faiss.IndexFlatIP(base.shape[1])
    index.add(base)
    cosines, rows = index.search(queries, min(count, len(base)))
    return cosines, rows


def find_anchors(zh: Side, en: Side) -> list[tuple[int, int]]:
    """Find the rising chain of mutual nearest neighbours with the greatest sum of margins."""
    z, e = unit_rows(zh.vectors), unit_rows(en.vectors)
    forth, partner = nearest(z, e, NEIGHBOURS)
    _, back = nearest(e, z, 1)
    rows = np.arange(len(z))
    margin = forth[:, 0] - forth[:, 1:].mean(axis=1) if forth.shape[1] > 1 else forth[:, 0]
    mutual = (back[partner[:, 0], 0] == rows) & (margin > MARGIN)
    found = [(int(i), int(partner[i, 0]), float(margin[i])) for i in rows[mutual]]
    return heaviest_chain(found)


def heaviest_chain(points: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
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
    chain: list[tuple[int, int]] = []
    node = nodes[-1] if nodes else -1
    while node >= 0:
        chain.append(points[node][:2])
        node = parent[node]
    return chain[::-1]


def band_round(anchors: list[tuple[int, int]], n: int, m: int, width: int) -> Band:
    """Give the boundaries within `width` sentences, each way, of the chain of anchors.

    Between two anchors that lie far apart (an omission, a passage without anchors) the whole
    rectangle between them is searched.
    """
    i = np.arange(n + 1)
    rows = np.array([-1, *(a for a, _ in anchors), n + 1])
    columns = np.array([0, *(b for _, b in anchors), m])
    below = columns[np.searchsorted(rows, i - width, side="right").clip(1) - 1]
    above = columns[np.searchsorted(rows, i + width, side="left").clip(max=len(rows) - 1)]
    low, high = np.maximum(below - width, 0), np.minimum(above + width, m)
    low[0], high[-1] = 0, m
    return Band(low.astype(np.int64), high.astype(np.int64))
