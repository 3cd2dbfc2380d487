"""The engine ray, on a real Ray of this machine: `make cluster` installs it and runs this."""

from __future__ import annotations

import os
import signal

import pytest

from cdtm.build.engines import make_engine
from cdtm.build.workers import ONE_THREAD, Died

pytest.importorskip("ray", reason="needs Ray: run make cluster")
pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


@pytest.fixture(scope="module")
def engine():
    with make_engine("ray", workers=2) as made:
        yield made


def test_every_item_comes_back_once_with_its_number(engine):
    found = dict(engine.map(lambda n: (n * n, os.getpid()), list(range(20))))
    assert [found[number][0] for number in range(20)] == [n * n for n in range(20)]
    assert os.getpid() not in {process for _, process in found.values()}


def test_a_worker_has_one_thread(engine):
    [(_, told)] = engine.map(lambda _: [os.environ.get(name) for name in ONE_THREAD], [0])
    assert set(told) == {"1"}


def test_a_worker_that_dies_takes_one_item_along(engine):
    def die_on_three(number):
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    found = dict(engine.map(die_on_three, list(range(6))))
    assert isinstance(found.pop(3), Died)
    assert found == {number: number for number in range(6) if number != 3}


def test_what_the_function_raises_is_raised_here(engine):
    def fail(_):
        raise ValueError("two")

    with pytest.raises(ValueError, match="two"):
        list(engine.map(fail, [1, 2]))


def test_two_workers_make_the_same_memory_as_this_process(records, tmp_path, cdtm):
    options = {"serial": ("--engine", "serial"), "ray": ("--engine", "ray", "--workers", "2")}
    exports = []
    for name, given in options.items():
        run = cdtm("build", records, "-w", tmp_path / name, "-q", *given)
        assert run.status == 0, run.err
        out = tmp_path / f"{name}.tmx"
        run = cdtm("export", "-w", tmp_path / name, "-o", out, "--tier", "all")
        assert run.status == 0, run.err
        exports.append(out.read_bytes())
    assert exports[0] == exports[1]
    assert exports[0].count(b"<tu ") > 80
