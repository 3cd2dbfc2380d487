"""The driver of faults sees what it looks for; `make faults` runs it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from benchmarks import faults
from benchmarks.faults import Command, Scene, Tally, kill_once, session_of
from cdtm.build.workspace import make_workspace
from cdtm.memory.memory import Memory
from tests.cdtm.reviewing import PAIRS, put

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


def test_who_outlives_a_parent_is_seen():
    script = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'input()'])"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, start_new_session=True
    ) as parent:
        assert parent.stdin is not None
        while not (left := list(session_of(parent.pid))):
            time.sleep(0.01)
        parent.stdin.close()
    for _ in range(500):
        if not list(session_of(parent.pid)):
            return
        time.sleep(0.01)
    pytest.fail(f"{left} should have ended with its input")


def test_a_process_that_stays_is_a_fault(monkeypatch):
    """A command that leaves a child behind which hears nothing of its end."""
    monkeypatch.setattr(faults, "PATIENCE", 0.1)
    stay = "import os, signal, time\nif os.fork() == 0:\n    os.close(2)\n    time.sleep(60)\n"
    real = subprocess.Popen

    def popen(_command, **how):
        return real([sys.executable, "-c", f"{stay}time.sleep(60)"], **how)

    monkeypatch.setattr(faults.subprocess, "Popen", popen)
    tally = Tally()
    assert random.Random(0).random() > 0.5  # so that the parent is hit
    kill_once(Command("stay", []), 0.5, "KILL", tally, random.Random(0))
    assert tally.kills == {"KILL": 1}
    assert "longer" in tally.faults[0]


def test_leftovers_are_seen(tmp_path):
    scene = Scene(tmp_path)
    assert scene.leftovers() == []
    (tmp_path / "out" / ".cdtm-0-1-2.part").write_bytes(b"")
    assert scene.leftovers() == ["out/.cdtm-0-1-2.part"]


def test_an_old_memory_is_one_and_is_brought_up_to_what_it_was(tmp_path):
    scene = Scene(tmp_path)
    make_workspace(scene.workspace, "records", None).save()
    put(scene.workspace, PAIRS)
    faults.make_old(scene.workspace, scene.old)
    with closing(sqlite3.connect(scene.old)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert "status" not in {name for _, name, *_ in old.execute("PRAGMA table_info(unit)")}
    with Memory.open(scene.workspace / "memory.sqlite") as new, Memory.open(scene.old) as brought:
        assert list(brought.units()) == list(new.units()) != []


def test_a_kill_that_waits_for_a_file_comes_when_it_is_there(tmp_path):
    script = "import sys, time; time.sleep(0.2); open(sys.argv[1], 'w'); time.sleep(60)"
    file = tmp_path / "journal"
    process = subprocess.Popen([sys.executable, "-c", script, str(file)], text=True)
    try:
        faults.wait_for(file, process)
        assert file.exists()
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
    faults.wait_for(tmp_path / "never", process)  # one that has ended is waited for no more
