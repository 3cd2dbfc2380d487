"""What a command costs with all that it starts: seconds, processor seconds, memory."""

from __future__ import annotations

import mmap
import os
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKED_AT = 0.2
"""Seconds between two looks at the memory."""

GROWN = 1.02
"""How many times the memory of the last whole look makes the next one due at once. A whole look,
which tells shared pages apart, takes tens of milliseconds of large processes: one every `LOOKED_AT`
took a seventh of two processors while a corpus was built."""

REST = 20
"""How many times as long as a whole look took the next one waits otherwise (5 % of a processor):
a forked process that writes to shared pages takes more memory, yet holds no more pages."""


class Cost(NamedTuple):
    """What a command took.

    Attributes:
        seconds: from its start to its end.
        cpu: processor seconds of it and of what it started.
        megabytes: most memory that they held together, MB of 2**20 bytes; a page that some of them
            share counts once. 0 where the system does not tell.
        said: its standard error.
    """

    seconds: float
    cpu: float
    megabytes: float
    said: str


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed; the message is what it said.
    """
    before, started = os.times(), time.perf_counter()
    most, held, due = 0, 0, started
    # A file, for a pipe that nobody reads would stop the command when it is full.
    with (
        tempfile.TemporaryFile() as told,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told) as process,
    ):
        while process.poll() is None:
            numbers = family(process.pid)
            now = sum(map(resident, numbers))
            looked = time.perf_counter()
            if now > GROWN * held or looked > due:
                held = max(held, now)
                most = max(most, sum(map(proportional, numbers)))
                due = time.perf_counter() + REST * (time.perf_counter() - looked)
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOKED_AT)
        seconds = time.perf_counter() - started
        told.seek(0)
        said = told.read().decode()
    after = os.times()
    if process.returncode:
        raise RuntimeError(said)
    cpu = sum(after[2:4]) - sum(before[2:4])
    return Cost(seconds, cpu, most / 2**20, said)


def family(number: int) -> list[int]:
    """Give the numbers of a process and of what its threads have started (Linux; else it alone)."""
    numbers = [number]
    for path in Path(f"/proc/{number}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            for child in path.read_text().split():
                numbers += family(int(child))
    return numbers


def resident(number: int) -> int:
    """Bytes of memory that a process holds, shared pages among them; 0 as for `proportional`."""
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * mmap.PAGESIZE
    except (OSError, IndexError):
        return 0


def proportional(number: int) -> int:
    """Bytes of memory that a process holds, of a shared page its part (Linux's PSS).

    0 where the system does not tell, or the process has ended.
    """
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
