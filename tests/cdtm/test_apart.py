"""Work in a second process: its result, its errors, and the way without one."""

from __future__ import annotations

import os
import sys
from functools import partial

import pytest

from cdtm.apart import apart
from corpora import RecordError


def where(number):
    return number, os.getpid()


def fail(sentence):
    raise RecordError(sentence)


def test_the_result_comes_back():
    with apart(partial(where, 7)) as waiting:
        number, process = waiting()
    assert number == 7
    if sys.platform == "linux" and (os.cpu_count() or 1) > 1:
        assert process != os.getpid()


def test_what_it_raises_is_raised_by_the_waiting():
    with apart(partial(fail, "There is no file.")) as waiting, pytest.raises(RecordError) as told:
        waiting()
    assert str(told.value) == "There is no file."


@pytest.mark.parametrize(("platform", "cores"), [("win32", 8), ("darwin", 8), ("linux", 1)])
def test_without_a_cheap_fork_it_is_done_here_when_asked(monkeypatch, platform, cores):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with apart(partial(where, 7)) as waiting:
        assert waiting() == (7, os.getpid())
