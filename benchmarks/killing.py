"""Builds that are killed at random moments, and whether their end is that of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from benchmarks.processes import measure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EARLIEST = 0.1
"""Share of a run with nothing to do after which a kill may come: before, the program is not yet
loaded."""

STEPS = 3
"""How far a run may get at most: so many times the part of the work that each run would do if the
kills came evenly. A kill costs what was under way, so that most come while there is work."""

TRIES = 3
"""Runs for each kill that is wanted, at most: some come to their end before theirs."""

EXPORTS = (("all.tmx", "all"), ("accepted.tsv", "accepted"))
"""Files that are compared, and their tiers."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a build that was killed again and again.

    Attributes:
        seconds: of the undisturbed build.
        struck: runs that were killed at work.
        finished: runs that were at their end before.
        differences: of the exports from those of the undisturbed build, a line each.
    """

    seconds: float
    struck: int
    finished: int
    differences: tuple[str, ...]


def kill_builds(
    program: Sequence[str], corpus: Path, folder: Path, kills: int, seed: int
) -> Killed:
    """Build a corpus undisturbed, and killed so many times; then compare what both export.

    Once a run came to its end, every second one builds all anew over what is there (``--force``)
    and the others are killed while they look whether all is up to date.

    Args:
        program: `cdtm`.
        corpus: the folder of records.
        folder: where the workspaces and exports go.
        kills: how many.
        seed: of the moments.
    """
    calm, torn = folder / "calm", folder / "torn"
    build = (*program, "build", str(corpus), "-q", "-w")
    seconds = measure((*build, str(calm))).seconds
    idle = measure((*build, str(calm))).seconds
    longest = idle + STEPS * max(0.0, seconds - idle) / max(1, kills)
    moments = random.Random(seed)
    struck = finished = 0
    while struck < kills and struck + finished < TRIES * kills:
        again = ("--force",) if finished and struck % 2 == 0 else ()
        most = idle if finished and not again else longest
        if kill_after(moments.uniform(EARLIEST * idle, most), (*build, str(torn), *again)):
            struck += 1
        else:
            finished += 1
    measure((*build, str(torn)))
    for workspace in (calm, torn):
        for name, tier in EXPORTS:
            out = str(folder / f"{workspace.name}-{name}")
            measure((*program, "export", "-w", str(workspace), "-o", out, "--tier", tier))
    differences = (
        difference(folder / f"calm-{name}", folder / f"torn-{name}") for name, _ in EXPORTS
    )
    return Killed(seconds, struck, finished, tuple(filter(None, differences)))


def kill_after(seconds: float, command: Sequence[str]) -> bool:
    """Start a command and kill it with all that it started; whether it was still at work.

    Raises:
        RuntimeError: it failed of itself.
    """
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return False


def difference(one: Path, other: Path) -> str:
    """Say where two files differ first; nothing if their bytes are the same."""
    with one.open("rb") as left, other.open("rb") as right:
        for number, (here, there) in enumerate(zip_longest(left, right), start=1):
            if here != there:
                said = " against ".join(
                    "its end" if line is None else line.decode("utf-8", "replace").strip()
                    for line in (here, there)
                )
                return f"{one.name} and {other.name} differ in line {number}: {said}"
    return ""
