"""Speed and memory of this tree against an earlier commit of ours, in alternating runs.

The machine's other work and its clock change within minutes, so a figure alone says little: both
trees run in turns with the same interpreter and the same packages, and what counts is the ratio of
each pair of runs.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
FALLBACK = "ed6cf5e"
"""The commit to compare with where there is no tag: the end of issue 2."""

RUNS = 5
"""Pairs of runs; an odd number has a middle one."""

_ALIGN_ONLY = """
import json, sys, time
from align import align_pair, load_encoder
from corpora import read_document
zh, en = (read_document(path, language=side) for path, side in zip(sys.argv[1:3], ("zh", "en")))
encoder = load_encoder()
costs = []
for _ in range(4):
    started = time.perf_counter(), time.process_time()
    align_pair(zh, en, encoder)
    costs.append((time.perf_counter() - started[0], time.process_time() - started[1]))
seconds, cpu = map(min, zip(*costs[1:]))
print(json.dumps([seconds, cpu, len(zh.sentences), len(en.sentences)]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    Attributes:
        seconds: by the clock on the wall.
        cpu: seconds of the processor, which what else the machine does disturbs less.
        megabytes: memory held at most; 0 if not measured.
    """

    seconds: float
    cpu: float
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs of both trees by turns; the first of `ours` stood beside the first of `theirs`."""

    ours: tuple[Cost, ...]
    theirs: tuple[Cost, ...]

    @property
    def ratios(self) -> list[float]:
        """Seconds of each of our runs over those of its neighbour, the least first."""
        return sorted(a.seconds / b.seconds for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def cpu_ratios(self) -> list[float]:
        """The same for processor seconds."""
        return sorted(a.cpu / b.cpu for a, b in zip(self.ours, self.theirs, strict=True))


def alternate(ours: Callable[[], Cost], theirs: Callable[[], Cost], runs: int = RUNS) -> Comparison:
    """Run both in turns, the other one first each time; a first run of each is thrown away."""
    ours()
    theirs()
    found: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(runs):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            found[which].append((ours, theirs)[which]())
    return Comparison(tuple(found[0]), tuple(found[1]))


def last_release() -> str:
    """Name the last tag, or `FALLBACK` where there is none."""
    told = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or FALLBACK


def unpack(commit: str, folder: Path) -> Path:
    """Write the tree of a commit into a folder; the repository is only read.

    Raises:
        subprocess.CalledProcessError: there is no such commit.
    """
    packed = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def command_in(tree: Path, *arguments: str) -> list[str]:
    """Run Python on the packages of a tree, whatever is installed or in this folder."""
    return ["env", f"PYTHONPATH={tree}", sys.executable, "-P", *arguments]


def end_to_end(tree: Path, zh: Path, en: Path, output: Path) -> Cost:
    """Run `cdtm align` once, from two files to a TMX, start of the program included."""
    from benchmarks import processes

    command = command_in(tree, "-m", "cdtm", "align", str(zh), str(en), "-o", str(output))
    return Cost(*processes.measure(command)[:3])


def align_only(tree: Path, zh: Path, en: Path) -> Cost:
    """Encode and align, documents read and encoder loaded: the best of three warm runs."""
    seconds, cpu, *_ = _align_only(tree, zh, en)
    return Cost(seconds, cpu)


def sentences_of(tree: Path, zh: Path, en: Path) -> tuple[int, int]:
    """How many sentences a tree finds on either side."""
    *_, left, right = _align_only(tree, zh, en)
    return int(left), int(right)


def _align_only(tree: Path, zh: Path, en: Path) -> Sequence[float]:
    told = subprocess.run(
        command_in(tree, "-c", _ALIGN_ONLY, str(zh), str(en)),
        capture_output=True,
        text=True,
        check=True,
    )
    figures: list[float] = json.loads(told.stdout)
    return figures
