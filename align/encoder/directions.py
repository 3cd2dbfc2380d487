"""What a vector points at, without how long it is: cosines are products of such rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Float = TypeVar("Float", np.float32, np.float64)

SHORTEST: Final = 1e-9
"""Length below which a row counts as zeros: a text without any known token has no direction."""


def unit_rows(vectors: NDArray[Float]) -> NDArray[Float]:
    """Give rows of length 1, shape and type as given; rows of zeros stay zeros, never NaN.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: NDArray[Float] = np.ascontiguousarray(vectors / np.maximum(lengths, SHORTEST))
    return out
