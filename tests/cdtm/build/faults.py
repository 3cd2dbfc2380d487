"""Faults that are done to a build really: workers that are killed, files that are garbled."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from functools import partial

from cdtm.build.workers import Processes

BAD = "bad"


class Deadly(Processes):
    """Processes of which each is killed at whatever has `BAD` in it."""

    def map(self, function, items, *, seconds=60.0):
        return super().map(partial(die_on_bad, function), items, seconds=seconds)


def die_on_bad(function, item):
    if BAD in repr(item):
        os.kill(os.getpid(), signal.SIGKILL)
    return function(item)


class DeadlyBuild(Processes):
    """Processes of which each is killed at the record ``CD-PV-9002``, however often it is tried."""

    def map(self, function, items, *, seconds=60.0):
        return super().map(partial(die_on_record, function), items, seconds=seconds)


def die_on_record(function, item):
    if getattr(item, "key", None) == "CD-PV-9002":
        os.kill(os.getpid(), signal.SIGKILL)
    return function(item)


@contextmanager
def deadly_build(*_, **__):
    """In the place of `cdtm.build.engines.make_engine`."""
    yield DeadlyBuild(2)


@contextmanager
def deadly(*_, **__):
    """In the place of `cdtm.build.engines.make_engine`."""
    yield Deadly(2)


def damages(data):
    """Give each kind of damage that can be done to a file's bytes, by its name."""
    middle = len(data) // 2
    return {
        "empty": b"",
        "cut": data[:middle],
        "garbled": data[:middle]
        + bytes(255 - byte for byte in data[middle : middle + 40])
        + data[middle + 40 :],
        "zeros": bytes(len(data)),
        "another": b"{}",
        "list": b"[1, 2]",
        "noise": bytes(range(256)) * (len(data) // 256 + 1),
    }
