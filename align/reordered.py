"""Passages that stand elsewhere in the other document.

The path goes forward in both documents, so of a passage that was moved it leaves both versions
without a partner. What is so left on one side and like what is left on the other, sentence by
sentence in order, is told as reordered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.alignment import Reordered
from align.encoder.directions import unit_rows
from align.neighbours import MARGIN, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.runner_up import Step
    from align.scores import Side

LEAST = 3
"""Pairs of sentences that a reordered passage has at least: two may agree by chance, like the
formulae of courtesy."""

LIKE = 0.3
"""Cosine that each of these pairs has at least: of 2,000 held-out pairs of UN text .9985 have it,
of sentences put together at random .0375."""

GAP = 3
"""Sentences of either side that may be skipped inside a passage: the translation merges some."""


def find_reordered(steps: Sequence[Step], zh: Side, en: Side) -> list[Reordered]:
    """Find passages without a partner on either side that translate each other.

    Args:
        steps: the path through both documents.
        zh: the Chinese side.
        en: the English side.

    Returns:
        Passages in the order of the Chinese document.
    """
    lone_zh = np.array([i for s in steps if s.en[0] == s.en[1] for i in range(*s.zh)], dtype=int)
    lone_en = np.array([j for s in steps if s.zh[0] == s.zh[1] for j in range(*s.en)], dtype=int)
    if min(len(lone_zh), len(lone_en)) < LEAST:
        return []
    left, right = unit_rows(zh.vectors[lone_zh]), unit_rows(en.vectors[lone_en])
    cosines, forth = nearest(left, right, 2)
    _, back = nearest(right, left, 1)
    own = np.arange(len(lone_zh))
    stands_out = cosines[:, 0] - cosines[:, 1:].max(axis=1, initial=-1.0) > MARGIN
    agreed = (back[forth[:, 0], 0] == own) & (cosines[:, 0] > LIKE) & stands_out
    points = [(int(lone_zh[n]), int(lone_en[forth[n, 0]])) for n in own[agreed]]
    return [
        Reordered((run[0][0], run[-1][0] + 1), (run[0][1], run[-1][1] + 1))
        for run in _runs(points)
        if len(run) >= LEAST
    ]


def _runs(points: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split points, sorted by their first number, where they do not go on in both numbers."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in points:
        if runs and i - runs[-1][-1][0] <= GAP + 1 and 0 < j - runs[-1][-1][1] <= GAP + 1:
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    return runs
