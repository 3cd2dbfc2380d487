"""Work in a second process: its result, its errors, and the way without one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from cdtm.pair.processes import apart, halved
from corpora import RecordError


def where(number):
    return number, os.getpid()


def meet(mine, other):
    mine.touch()
    for _ in range(500):
        if other.exists():
            return True
        time.sleep(0.02)
    return False


def fail(sentence):
    raise RecordError(sentence)


def test_the_results_come_back_in_order():
    with apart(partial(where, 7), partial(where, 8)) as waiting:
        (seven, one), (eight, other) = waiting()
    assert (seven, eight) == (7, 8)
    if sys.platform == "linux" and (os.cpu_count() or 1) > 1:
        assert os.getpid() not in (one, other)


def test_several_go_on_at_once(tmp_path):
    """Each waits for the file that the other makes."""
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        pytest.skip("one after the other here")
    a, b = tmp_path / "a", tmp_path / "b"
    with apart(partial(meet, a, b), partial(meet, b, a)) as waiting:
        assert waiting() == [True, True]


def test_what_one_raises_is_raised_by_the_waiting():
    failing = partial(fail, "There is no file.")
    with apart(partial(where, 7), failing) as waiting, pytest.raises(RecordError) as told:
        waiting()
    assert str(told.value) == "There is no file."


@pytest.mark.parametrize(("platform", "cores"), [("win32", 8), ("darwin", 8), ("linux", 1)])
def test_without_a_cheap_fork_it_is_done_here_when_asked(monkeypatch, platform, cores):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with apart(partial(where, 7), partial(where, 8)) as waiting:
        assert waiting() == [(7, os.getpid()), (8, os.getpid())]


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")
def test_what_a_killed_process_was_to_do_is_done_here():
    main = os.getpid()

    def work(number):
        if os.getpid() != main:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with apart(partial(work, 7), partial(work, 8)) as waiting:
        assert waiting() == [7, 8]
    assert halved(work, [1, 2, 3, 4]) == [1, 2, 3, 4]


BUSY = """
import os, sys, time
import numpy as np
from cdtm.pair.processes import apart, halved
def tell(*_):
    os.write(1, f"{os.getpid()}\\n".encode())  # whole: both write into one pipe
    while True:
        np.linalg.svd(np.ones((300, 300)))
def wait():
    time.sleep(60)
if sys.argv[1] == "apart":
    with apart(tell, tell) as waiting:
        waiting()
else:
    main = os.getpid()
    halved(lambda _: wait() if os.getpid() == main else tell(), [1, 2])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")
@pytest.mark.parametrize("name", ["KILL", "TERM", "HUP", "INT"])
@pytest.mark.parametrize("way", ["apart", "halved"])
def test_nothing_outlives_the_process_that_began_it(way, name):
    with subprocess.Popen(
        [sys.executable, "-c", BUSY, way],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as main:
        began = []
        try:
            began += [int(main.stdout.readline()) for _ in range(2 if way == "apart" else 1)]
            main.send_signal(getattr(signal, f"SIG{name}"))
            main.wait(10)
            until = time.monotonic() + 1
            while any(map(is_there, began)):
                assert time.monotonic() < until
                time.sleep(0.02)
        finally:  # else the end of `with` waits for ever, and they take a processor each
            main.kill()
            for process in filter(is_there, began):
                os.kill(process, signal.SIGKILL)


def is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_halves_keep_their_order_and_need_not_be_picklable():
    seen = {"process": os.getpid()}
    for count in range(6):
        numbers = list(range(count))
        found = halved(lambda number: (number, os.getpid() == seen["process"]), numbers)
        assert [number for number, _ in found] == numbers
        if sys.platform == "linux" and (os.cpu_count() or 1) > 1 and count > 1:
            assert [here for _, here in found] == [number % 2 == 0 for number in numbers]


@pytest.mark.parametrize("bad", [2, 3])
def test_what_either_half_raises_is_raised_here(bad):
    def work(number):
        if number == bad:
            raise RecordError("There is no file.")
        return "x" * 1_000_000  # more than a pipe holds

    with pytest.raises(RecordError, match="There is no file"):
        halved(work, [1, 2, 3, 4] if bad == 2 else [2, 1, 3, 4])


@pytest.mark.parametrize(("platform", "cores"), [("win32", 8), ("linux", 1)])
def test_halves_without_a_cheap_fork_are_done_here(monkeypatch, platform, cores):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert halved(lambda _: os.getpid(), [1, 2, 3]) == [os.getpid()] * 3
