"""A sample judged at the desk, and what it tells."""

from __future__ import annotations

import pytest

from cdtm.build.workspace import open_workspace
from cdtm.desk.bitext.propose import drawn_up
from cdtm.desk.bitext.sample import NOTE, draw_sample, next_of_sample, running_estimate
from cdtm.desk.correct import correct, undo
from cdtm.desk.record import name_of
from cdtm.lookup.looker import Looker
from cdtm.memory.memory import Memory
from tests.cdtm.reviewing import KEY, PAIRS, journal

UNITS = [f"{KEY}_{n:04d}" for n, pair in enumerate(PAIRS, 1) if all(pair)]


@pytest.fixture
def workspace(folder):
    workspace = open_workspace(folder)
    with Memory.open(workspace.memory) as memory:
        draw_sample(workspace, memory)
    return workspace


def decide(workspace, tuid, decision, **more):
    with Memory.open(workspace.memory) as memory:
        rows = memory.rows_of(memory.records()[0])
        row = next(row for row in rows if row.tuid == tuid)
        asked = {"record": KEY, "unit": name_of(row), "decision": decision, "side": "zh", **more}
        told = drawn_up(Looker(workspace, memory), asked)
    return correct(workspace, told, "Anna")


def test_nothing_is_estimated_before_a_sample_is_drawn(folder):
    assert running_estimate(open_workspace(folder)) is None
    assert next_of_sample(open_workspace(folder)) is None


def test_the_sample_is_gone_through_and_estimated_as_it_is(workspace):
    names = [name for _, name, *_ in workspace.note(NOTE)["units"]]
    assert set(names) <= set(UNITS)
    assert running_estimate(workspace) == {"drawn": len(names), "decided": 0}
    for number, name in enumerate(names):
        assert next_of_sample(workspace) == (KEY, name)
        decide(workspace, name, "reject" if number == 1 else "accept")
    assert next_of_sample(workspace) is None
    told = running_estimate(workspace)
    assert told["decided"] == told["drawn"] == len(names)
    assert told["wrong"] == pytest.approx(1 / len(names))
    assert told["low"] <= told["wrong"] <= told["high"]
    assert {d.book for d in journal(workspace.folder)} == {NOTE}


def test_an_undo_takes_the_judgement_back(workspace):
    name = next_of_sample(workspace)[1]
    decide(workspace, name, "accept")
    undo(workspace, KEY, "Anna", redo=False)
    assert next_of_sample(workspace) == (KEY, name)
    assert running_estimate(workspace)["decided"] == 0


def test_both_rows_at_a_border_that_was_moved_were_wrong(workspace):
    names = [name for _, name, *_ in workspace.note(NOTE)["units"]]
    place = next(n for n, name in enumerate(UNITS[:-1]) if {name, UNITS[n + 1]} <= set(names))
    decide(workspace, UNITS[place], "swap")
    told = running_estimate(workspace)
    assert (told["decided"], told["wrong"]) == (2, 1.0)
    undo(workspace, KEY, "Anna", redo=False)
    assert running_estimate(workspace)["decided"] == 0


def test_what_is_outside_the_sample_is_not_counted(folder):
    workspace = open_workspace(folder)
    decide(workspace, UNITS[0], "accept")
    assert [d.book for d in journal(folder)] == ["desk"]
