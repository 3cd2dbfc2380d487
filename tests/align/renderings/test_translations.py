"""The table of translations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from align.renderings.translations import Translations


def test_what_one_thread_reads_another_does_not_disturb():
    table = Translations.read()
    zh, en = np.array([7, 8]), np.array([9, 10, 11])
    alone = table.between(zh, en)
    with ThreadPoolExecutor(1) as thread:
        column = thread.submit(lambda: table._scratch.column).result()
        column[en] = 0  # as in the midst of a bead
        np.testing.assert_array_equal(table.between(zh, en), alone)
    assert table._scratch.column is not column
    assert (table._scratch.column == -1).all()
