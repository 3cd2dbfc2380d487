"""The full text asked no more than it must be; hits in the order of their records."""

from __future__ import annotations

from datetime import date

import pytest

from cdtm.memory import search as searching
from cdtm.memory.memory import Memory
from cdtm.memory.rows import NUMBERS
from cdtm.memory.search import in_order
from cdtm.memory.units import Record
from tests.cdtm.making_beads import beads, row


def record(number):
    return Record(number, f"CD-PV-{number}", None, None, "zh", "en")


def test_hits_follow_the_records_and_then_their_place_there():
    hits = [(2 << NUMBERS) + 5, (1 << NUMBERS) + 9, (2 << NUMBERS) + 1, (3 << NUMBERS) + 0]
    assert in_order(hits, [record(2), record(4), record(1)]) == [hits[2], hits[0], hits[1]]
    assert in_order(hits, []) == []


@pytest.mark.parametrize(("limit", "asked"), [(1, 1), (2, 2), (4, 4)])
def test_of_a_frequent_word_only_the_newest_records_are_asked(tmp_path, monkeypatch, limit, asked):
    monkeypatch.setattr(searching, "COUNTED", 5)
    with Memory.open(tmp_path / "memory.sqlite", create=True) as memory:
        for number in range(1, 10):
            told = row(f"CD-PV-{number}", date=date(2000 + number, 1, 1))
            memory.put_record(told, beads(("裁军。", "Arms.")))
        queries = []
        memory._database.set_trace_callback(queries.append)
        ids, count = memory.search("裁军", "zh", limit=limit)
        memory._database.set_trace_callback(None)
    assert [n >> NUMBERS for n in ids] == [9, 8, 7, 6][:limit]
    assert count == 5
    assert sum("MATCH" in query and "rowid >= " in query for query in queries) == asked


def test_a_record_put_in_is_known_to_the_next_search(tmp_path):
    with Memory.open(tmp_path / "memory.sqlite", create=True) as memory:
        for number in (1, 2):
            memory.put_record(row(f"CD-PV-{number}"), beads(("裁军。", "Arms.")))
            assert memory.search("arms", "en")[1] == number
        memory.remove_record("CD-PV-1")
        assert [r.key for r in memory.records()] == ["CD-PV-2"]
