"""`python -m benchmarks.fuzz --executions 500000`: spoils, and says what fell over.

A traceback, an answer that takes longer than `SLOW`, or more memory than `MOST_MEMORY` is a fault:
the input is kept under `--keep`, so that it can become a test.
"""

from __future__ import annotations

import faulthandler
import resource
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.fuzz import readers, server, workspace
from benchmarks.fuzz.running import MOST_MEMORY, fuzz

TARGETS = (*readers.TARGETS, *workspace.TARGETS, *server.TARGETS)


def main(
    executions: Annotated[int, typer.Option(help="At least so many; 0 for no number.")] = 0,
    seconds: Annotated[float, typer.Option(help="At most so long; 0 for no end.")] = 0.0,
    seed: Annotated[int, typer.Option(help="The same seed spoils the same inputs.")] = 1,
    only: Annotated[str, typer.Option(help="Targets whose name has this in it.")] = "",
    keep: Annotated[Path, typer.Option(help="Where inputs with faults go.")] = Path("fuzz-out"),
) -> None:
    """Fuzz readers, the files of a workspace and the desk."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (3 * MOST_MEMORY, 3 * MOST_MEMORY))
    chosen = [target for target in TARGETS if only in target.name]
    say = partial(print, file=sys.stderr, flush=True)
    tally = fuzz(
        chosen, seed, executions=executions or None, seconds=seconds or None, keep=keep, say=say
    )
    print(f"{'target':<20}{'executions':>11}{'refused':>10}{'seconds':>9}  faults")
    for target in chosen:
        name = target.name
        faults = sum(name == each for each, *_ in tally.faults)
        numbers = f"{tally.done[name]:>11,}{tally.refused[name]:>10,}{tally.seconds[name]:>9,.0f}"
        print(f"{name:<20}{numbers}  {faults}")
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{tally.done.total():,} executions, {len(tally.faults)} faults, {held:,.0f} MB at most")
    for name, kept, _ in tally.faults:
        print(f"{name}: {keep / kept}")
    raise typer.Exit(bool(tally.faults))


if __name__ == "__main__":
    typer.run(main)
