"""Rows of length 1."""

from __future__ import annotations

import numpy as np
import pytest

from align.encoder.directions import unit_rows


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_have_length_one_and_zeros_stay_zeros(kind, order):
    rows = unit_rows(np.array([[3, 4], [0, 0], [1e-3, 0]], dtype=kind, order=order))
    assert rows.dtype == kind
    assert rows.flags.c_contiguous
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, 0], [1, 0]], atol=1e-6)


def test_no_row():
    assert unit_rows(np.zeros((0, 3), dtype=np.float32)).shape == (0, 3)
