"""Engines: one function mapped in this process, in several, and what a worker's death costs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path

import pytest

from cdtm.build.engines import ONE_THREAD, Died, Processes, Serial, make_engine
from corpora import UserError


def square(number):
    return number * number, os.getpid()


def threads_of(_):
    return {name: os.environ.get(name) for name in ONE_THREAD}


def die_on_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail_on_two(number):
    if number == 2:
        raise ValueError("two")
    return number


@pytest.mark.parametrize("engine", [Serial(), Processes(2)], ids=["serial", "processes"])
def test_every_item_comes_back_once_with_its_number(engine):
    items = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
    found = dict(engine.map(square, items))
    assert sorted(found) == list(range(len(items)))
    assert [found[number][0] for number in range(len(items))] == [n * n for n in items]
    here = {process == os.getpid() for _, process in found.values()}
    assert here == {isinstance(engine, Serial)}


def test_no_item_is_no_work():
    assert list(Processes(2).map(square, [])) == []


def test_a_worker_has_one_thread_and_this_process_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    [(_, told)] = Processes(1).map(threads_of, [0])
    assert set(told.values()) == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "POLARS_MAX_THREADS" not in os.environ


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_worker_that_dies_takes_one_item_along():
    found = dict(Processes(2).map(die_on_three, list(range(10))))
    assert isinstance(found.pop(3), Died)
    assert found == {number: number for number in range(10) if number != 3}


class Pool:
    """Does at once what is submitted, and breaks at one submission, as a pool whose worker died."""

    def __init__(self, breaks_at):
        self.breaks_at = breaks_at

    def submit(self, function, item):
        self.breaks_at -= 1
        if self.breaks_at == 0:
            raise BrokenProcessPool
        future = Future()
        future.set_result(function(item))
        return future


@pytest.mark.parametrize("breaks_at", range(1, 9))
def test_a_pool_that_breaks_while_items_are_given_to_it_loses_none(monkeypatch, breaks_at):
    pools = iter([Pool(breaks_at)])
    monkeypatch.setattr(
        Processes, "_pool", lambda _self, _workers: nullcontext(next(pools, Pool(0)))
    )
    found = dict(Processes(1).map(abs, list(range(8))))
    assert found == {number: number for number in range(8)}


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_workers_end_with_a_main_process_that_is_killed(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import os, time\n"
        "from cdtm.build.engines import Processes\n"
        "def tell(number):\n"
        "    print(os.getpid(), flush=True)\n"
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


def test_what_the_function_raises_is_raised_here():
    with pytest.raises(ValueError, match="two"):
        list(Processes(2).map(fail_on_two, list(range(5))))


def test_the_engine_is_made_by_its_name():
    with make_engine("processes", workers=3) as engine:
        assert isinstance(engine, Processes)
        assert engine.workers == 3
    with make_engine("processes", workers=1) as engine:
        assert isinstance(engine, Serial)
    with make_engine("serial") as engine:
        assert isinstance(engine, Serial)


@pytest.mark.parametrize(
    ("name", "address", "told"),
    [("spark", None, "serial, processes or ray"), ("serial", "auto", "--engine ray")],
)
def test_a_wrong_engine_is_one_sentence(name, address, told):
    with pytest.raises(UserError, match=told), make_engine(name, address=address):
        pass
