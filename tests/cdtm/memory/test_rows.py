"""The row of a unit: its fields are the columns, and what goes in comes out."""

from __future__ import annotations

import sqlite3
from dataclasses import fields, replace

import pytest

from cdtm.build.schemas import BEADS
from cdtm.memory.memory import Memory
from cdtm.memory.rows import NUMBERS, SECOND, UnitRow, in_place, rows_of_beads
from tests.cdtm.making_beads import beads, row

OTHERS = {"by", "at", "taken"}
"""Fields that are no columns of the table."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory.sqlite"


def test_the_fields_are_the_columns(path):
    with Memory.open(path, create=True):
        pass
    database = sqlite3.connect(path)
    columns = {name for _, name, *_ in database.execute("PRAGMA table_info(unit)")}
    database.close()
    named = {field.name for field in fields(UnitRow)}
    assert columns == named - OTHERS | {"zh_hash", "en_hash"}
    assert named - OTHERS - {"id", "kind", "status"} <= BEADS.keys()


def test_what_goes_in_comes_out(path):
    made = [
        beads(("裁军。", "Disarmament."), ("", "Left out."), ("核查。", "Checks."), flags="a,b"),
        beads(("和平。", "Peace."), speaker="", confidence=0.25),
    ]
    with Memory.open(path, create=True) as memory:
        for number, table in enumerate(made, start=1):
            memory.put_record(row(f"CD-PV-{number}"), table)
        for record, table in zip(memory.records(), made, strict=True):
            expected = [
                replace(one, id=(record.id << NUMBERS) + one.id) for one in rows_of_beads(table)
            ]
            assert memory.rows_of(record) == expected
    assert [one.kind for one in rows_of_beads(made[0])] == ["1-1", "0-1", "1-1"]
    assert [one.is_unit for one in rows_of_beads(made[0])] == [True, False, True]


def test_decisions_go_in_and_come_out_in_the_place_of_their_unit(path):
    table = beads(("一。", "One."), ("二。", "Two."), ("三。", "Three."))
    rows = rows_of_beads(table)
    rows[0].status, rows[0].by, rows[0].at = "edited", "Anna", "2031-01-01T00:00:00+00:00"
    half = replace(rows[0], id=rows[0].id | SECOND, zh="一半。")
    rows[1].status = "rejected"
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-1"), table)
        memory.put_units("CD-PV-1", [rows[0], half, *rows[1:]], {7: "gone."})
        found = memory.rows_of(memory.records()[0])
        assert [one.zh for one in found] == ["一。", "一半。", "二。", "三。"]
        assert [one.number for one in found] == [0, SECOND, 1, 2]
        assert [(one.status, one.by) for one in found[:3]] == [
            ("edited", "Anna"),
            ("edited", "Anna"),
            ("rejected", ""),
        ]
        assert [unit.en for unit in memory.units()] == ["One.", "One.", "Three."]
        assert memory.unplaced() == [(7, "CD-PV-1", "gone.")]
    assert sorted([1, SECOND, 0], key=in_place) == [0, SECOND, 1]
