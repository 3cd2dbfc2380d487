"""The short form of the fuzzing, and that it would see a fault."""

from __future__ import annotations

import signal
from random import Random

import pytest

from benchmarks import fuzz as module
from benchmarks.fuzz import Tally, Target, fuzz, run_one, spoil
from corpora import UserError

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no alarm here")


def test_no_reader_falls_over_a_spoilt_file(tmp_path):
    tally = fuzz(20261130, executions=400, keep=tmp_path)
    assert tally.done.total() == 400
    assert not tally.faults, tally.faults


@pytest.mark.parametrize(
    ("error", "told"),
    [(ValueError("x"), "ValueError: x"), (UserError(""), "without a sentence"), (None, "")],
)
def test_what_is_a_fault(tmp_path, error, told):
    def read(_path):
        if error is not None:
            raise error

    fault = run_one("kind", Target(read, ".txt", ()), tmp_path, Tally())
    assert (told in fault) if told else fault == ""


def test_what_takes_too_long_is_a_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SLOW", 1)

    def read(_path):
        while True:
            pass

    assert "slower" in run_one("kind", Target(read, ".txt", ()), tmp_path, Tally())


def test_the_same_seed_spoils_alike_and_nothing_grows_without_end():
    data = b"CD/PV.1579 " * 1000
    for seed in range(200):
        spoilt = spoil(data, Random(seed))
        assert spoilt == spoil(data, Random(seed))
        assert len(spoilt) <= module.LONGEST
