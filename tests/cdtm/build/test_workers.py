"""Workers: what the death of one costs, and the bounds of what one may take."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cdtm.build import workers
from cdtm.build.workers import ONE_THREAD, Died, Processes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")


def threads_of(_):
    return {name: os.environ.get(name) for name in ONE_THREAD}


def die_on_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(mark):
    """Die, unless the file says that it has been done before."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return str(mark)


def spin_on_three(number):
    while number == 3:
        pass
    return number


def sleep_on_three(number):
    if number == 3:
        time.sleep(60)
    return number


def grow_on_three(number):
    held = []
    while number == 3:
        held.append(b"x" * (1 << 22))
        time.sleep(0.01)
    return number


def slowly(number):
    time.sleep(0.02)
    return number, os.getpid()


def test_a_worker_has_one_thread_and_this_process_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    [(_, told)] = Processes(1).map(threads_of, [0])
    assert set(told.values()) == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "POLARS_MAX_THREADS" not in os.environ


def test_a_worker_that_dies_takes_one_item_along():
    found = dict(Processes(2).map(die_on_three, list(range(10))))
    assert isinstance(found.pop(3), Died)
    assert found == {number: number for number in range(10) if number != 3}


def test_one_that_dies_once_is_built_all_the_same(tmp_path):
    marks = [tmp_path / str(number) for number in range(4)]
    found = dict(Processes(2).map(die_once, marks))
    assert found == {number: str(mark) for number, mark in enumerate(marks)}


def test_workers_that_others_kill_at_any_moment_lose_no_item():
    """Whoever ends them, and whether they are at work or wait: each item comes back once."""
    killed, found = 0, []
    for number, result in Processes(2).map(slowly, list(range(60))):
        found.append(number)
        assert result[0] == number
        if number % 12 == 5:
            os.kill(result[1], signal.SIGKILL)
            killed += 1
    assert killed == 5
    assert sorted(found) == list(range(60))


@pytest.mark.parametrize(
    ("function", "seconds", "told"),
    [(spin_on_three, 1, "1 s of a processor"), (sleep_on_three, 0.15, "took more than 2 s")],
)
def test_an_item_that_takes_too_long_is_ended(function, seconds, told):
    began = time.monotonic()
    found = dict(Processes(2).map(function, list(range(8)), seconds=seconds))
    assert time.monotonic() - began < 30
    assert told in found.pop(3).reason
    assert found == {number: number for number in range(8) if number != 3}


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell")
def test_an_item_that_takes_too_much_memory_is_ended():
    found = dict(Processes(2, memory=400 << 20).map(grow_on_three, list(range(8))))
    assert "GB of memory" in found.pop(3).reason
    assert found == {number: number for number in range(8) if number != 3}


def test_the_bounds_are_those_that_are_told():
    assert (workers.SECONDS, workers.MOST_MEMORY) == (60, 2 << 30)


def test_workers_end_with_a_main_process_that_is_killed(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import os, time\n"
        "from cdtm.build.workers import Processes\n"
        "def tell(number):\n"
        "    os.write(1, f'{os.getpid()}\\n'.encode())\n"
        "    time.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    list(Processes(2).map(tell, [1, 2]))\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as main:
        assert main.stdout is not None
        workers = [int(main.stdout.readline()) for _ in range(2)]
        assert all(map(is_there, workers))
        main.kill()
    for _ in range(100):
        if not any(map(is_there, workers)):
            return
        time.sleep(0.1)
    pytest.fail("a worker is still there")


def is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        try:
            os.kill(process, 0)
        except OSError:
            return False
        return not Path("/proc").exists()
