"""The short form of the fuzzing, and that it would see a fault."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from random import Random

import pytest

from benchmarks.fuzz import readers, running, server, spoiling, workspace
from benchmarks.fuzz.__main__ import TARGETS
from benchmarks.fuzz.running import Execution, FaultError, Tally, Target, fuzz, run_one
from benchmarks.fuzz.spoiling import spoil
from corpora import UserError

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm here")

SHORT = 400
"""Executions of every reader, file of a workspace and request in `make test`."""


def test_nothing_falls_over_what_is_spoilt(tmp_path):
    tally = fuzz(TARGETS, 20261130, executions=SHORT, keep=tmp_path)
    assert not tally.faults, tally.faults
    assert tally.done.total() >= SHORT
    assert tally.done.keys() == {target.name for target in TARGETS}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("x"), "ValueError: x"),
        (UserError(""), "without a sentence"),
        (UserError("A sentence."), ""),
        (FaultError("a decision is lost"), "a decision is lost"),
        (OSError(28, "No space left on device"), ""),
        (MemoryError(), "out of memory"),
        (None, ""),
    ],
)
def test_what_is_a_fault(error, told):
    def run():
        if error is not None:
            raise error

    fault = run_one("kind", run, Tally())
    assert (told in fault) if told else fault == ""


def test_what_takes_too_long_is_a_fault(monkeypatch):
    monkeypatch.setattr(running, "SLOW", 1)

    def run():
        while True:
            pass

    assert "slower" in run_one("kind", run, Tally())


def test_what_takes_too_much_memory_is_a_fault(monkeypatch):
    monkeypatch.setattr(running, "MOST_MEMORY", 0)
    held = iter([1 << 20, 3 << 20])
    monkeypatch.setattr(running, "most_memory", lambda: next(held))
    assert run_one("kind", lambda: None, Tally()) == "3 MB of memory"


def test_an_input_with_a_fault_is_kept_and_told_once(tmp_path):
    def fall():
        raise ValueError("over")

    @contextmanager
    def opened(_folder):
        yield lambda _random: iter([Execution(b"spoilt", "x.txt", fall)])

    told = []
    tally = fuzz(
        [Target("kind", 1, opened)], 1, executions=3, keep=tmp_path / "kept", say=told.append
    )
    assert tally.done == {"kind": 3}
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["1-x.txt"]
    assert (tmp_path / "kept" / "1-x.txt").read_bytes() == b"spoilt"
    [sentence] = told
    assert "ValueError: over" in sentence


def test_executions_go_by_the_shares():
    @contextmanager
    def opened(_folder):
        yield lambda _random: iter([Execution(b"", "x", lambda: None)])

    targets = [Target("much", 30, opened), Target("little", 10, opened)]
    assert fuzz(targets, 1, executions=80, keep=None).done == {"much": 60, "little": 20}


def test_a_lost_decision_is_seen(tmp_path):
    scene = workspace.Scene(tmp_path)
    scene.run("status", "memory.sqlite")
    (scene.folder / "decisions.sqlite").unlink()
    with pytest.raises(FaultError, match="lost"):
        scene.run("terms", "memory.sqlite")
    scene.restore()
    scene.run("status", "memory.sqlite")


def test_every_file_that_a_build_leaves_is_spoilt(tmp_path):
    scene = workspace.Scene(tmp_path)
    kinds = {name for names in workspace.KINDS.values() for name in names}
    left = {path.rpartition("/")[2] for path in scene.good}
    assert left - kinds == {".lock", ".glossary.lock"}


def test_an_answer_of_500_is_seen(tmp_path, monkeypatch):
    import asyncio

    scene, loop = workspace.Scene(tmp_path), asyncio.new_event_loop()
    desk = server.Desk(scene, loop)
    try:
        for request in server.requests(scene):
            desk.ask(request)
        monkeypatch.setattr("cdtm.desk.app.find", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.ask(server.Request("GET", b"/find?q=a", server._OWN))
    finally:
        desk.close()
        loop.close()


def test_the_same_seed_spoils_alike_and_nothing_grows_without_end():
    data = b"CD/PV.1579 " * 1000
    for seed in range(200):
        spoilt = spoil(data, Random(seed))
        assert spoilt == spoil(data, Random(seed))
        assert len(spoilt) <= spoiling.LONGEST


def test_good_files_are_read(tmp_path):
    for number, reader in enumerate(readers.READERS.values()):
        (folder := tmp_path / str(number)).mkdir()
        seeds = reader.seeds(folder)
        (path := folder / f"good{reader.suffix}").write_bytes(seeds[0])
        reader.read(path)  # raises UserError if it is no good file
