"""One table out of several trainings: turned onto each other, then averaged.

Every training finds the same likenesses in directions of its own, with errors of its own. A
rotation brings a table's directions onto another's (orthogonal Procrustes, Schönemann 1966,
doi 10.1007/BF02289451); the mean then keeps what they agree on, at no cost in size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def turned(table: NDArray[np.float32], onto: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rotate `table` so that its rows come as near to those of `onto` as a rotation can."""
    left, _, right = np.linalg.svd(table.T.astype(np.float64) @ onto.astype(np.float64))
    return np.asarray(table @ (left @ right).astype(np.float32))


def average(tables: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Give the mean of the tables, each turned onto the first; shape as each of them."""
    first, *others = tables
    total = first.astype(np.float64)
    for table in others:
        total += turned(table, first)
    return np.asarray(total / len(tables), dtype=np.float32)
