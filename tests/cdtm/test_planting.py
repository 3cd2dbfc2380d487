"""Forty planted faults in the memory of the shared records: what the list of doubts finds."""

from __future__ import annotations

from collections import Counter

import pytest

from align.doubt.rank import RecordBeads, rank_doubts
from tests.cdtm.planting import KEYS, WANTED, Tables, build, plant, ranks

ROWS = 80
"""What an auditor reads first."""

LEAST_FOUND = 36

SEED = 6
"""Chosen before anything was measured; the weights were made on seeds from 101 on."""


@pytest.fixture(scope="module")
def right(shared, tmp_path_factory) -> dict[str, Tables]:
    return build(shared / "records", tmp_path_factory.mktemp("right"))


def doubts_of(tables):
    return rank_doubts(RecordBeads(key, one.sentences, one.beads) for key, one in tables.items())


def test_the_first_rows_hold_the_planted_faults(shared, right, tmp_path):
    tables, faults = plant(shared / "records", tmp_path, right, SEED)
    assert Counter(fault.kind for fault in faults) == WANTED
    assert sum(WANTED.values()) == 40
    found = ranks(tables, faults, doubts_of(tables))
    missed = [
        fault.told for fault, row in zip(faults, found, strict=True) if row is None or row >= ROWS
    ]
    assert len(faults) - len(missed) >= LEAST_FOUND, missed


def test_the_right_memory_has_few_doubts(right):
    doubts = doubts_of(right)
    units = sum(
        one.beads.filter(one.beads["vector"].is_not_null()).height for one in right.values()
    )
    assert len(right) == len(KEYS)
    assert len(doubts) <= 0.06 * units, "or the first rows have no room for what is wrong"
    assert not any("moved by one" in " ".join(doubt.reasons) for doubt in doubts)
