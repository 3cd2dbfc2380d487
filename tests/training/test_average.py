"""Tables that agree but for a rotation, and tables with errors of their own."""

from __future__ import annotations

import numpy as np
import pytest

from training.average import average, turned


def random_rotation(random, dimensions):
    rotation, _ = np.linalg.qr(random.normal(size=(dimensions, dimensions)))
    return rotation.astype(np.float32)


@pytest.fixture
def table():
    return np.random.default_rng(3).normal(size=(200, 16)).astype(np.float32)


def test_a_rotated_table_is_turned_back(table):
    rotation = random_rotation(np.random.default_rng(4), 16)
    np.testing.assert_allclose(turned(table @ rotation, table), table, atol=1e-4)


def test_turning_keeps_every_cosine(table):
    other = np.random.default_rng(5).normal(size=table.shape).astype(np.float32)
    moved = turned(other, table)
    np.testing.assert_allclose(moved @ moved.T, other @ other.T, atol=1e-3)


def test_the_mean_errs_less_than_each(table):
    random = np.random.default_rng(6)
    noisy = [
        (table + random.normal(size=table.shape).astype(np.float32) * 0.5)
        @ random_rotation(random, 16)
        for _ in range(4)
    ]

    def error(found):
        return float(np.abs(turned(found, table) - table).mean())

    assert error(average(noisy)) < 0.7 * min(error(one) for one in noisy)


def test_one_table_is_its_own_mean(table):
    assert (average([table]) == table).all()
