"""How fast a memory answers: `python -m benchmarks.lookups WORKSPACE`.

The queries are pieces of the memory's own units, from two Chinese characters or one English word to
a whole sentence, and sentences with a word changed, which are found as fuzzy matches only.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cdtm.lookup.looker import Looker
    from tmx_out.units import Unit

TITLE = "Look-up"
ABOUT = "How fast a memory answers, made of the corpus of `benchmarks.build`"
RECORDED = Path(__file__).with_name("lookups.json")
"""What the last run with `--record` measured; `benchmarks.results` quotes it."""

FROM_SHELL = 20
"""Queries that are asked of a new process each."""

ZH_LENGTHS = (2, 2, 3, 4, 6, 10)
"""Characters of Chinese pieces; 裁军 and its like are asked most."""

EN_LENGTHS = (1, 2, 2, 3, 4, 6)
"""Words of English pieces."""

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORDS = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")


def queries(units: Sequence[Unit], count: int, rng: random.Random) -> Iterator[str]:
    """Make queries of mixed length: of six, four are pieces, one is a sentence, one a changed one.

    Args:
        units: to take them from, at least `count`.
        count: how many.
        rng: decides all that is left to chance.
    """
    for number, unit in enumerate(units[:count]):
        language = "zh" if number % 2 else "en"
        text = unit.zh if language == "zh" else unit.en
        kind = number // 2 % 6
        if kind < 4:
            yield piece(text, language, rng)
        elif kind == 4:
            yield text
        else:
            yield changed(text, language, rng)


def piece(text: str, language: str, rng: random.Random) -> str:
    """Cut some characters or words that stand together; the whole text if it has too few."""
    if language == "zh":
        runs = [run for run in _HAN_RUN.findall(text) if len(run) > 1]
        parts, joint, lengths = list(rng.choice(runs or [text])), "", ZH_LENGTHS
    else:
        runs = _WORDS.findall(text)
        parts, joint, lengths = rng.choice(runs or [text]).split(" "), " ", EN_LENGTHS
    length = min(rng.choice(lengths), len(parts))
    start = rng.randrange(len(parts) - length + 1)
    return joint.join(parts[start : start + length])


def changed(text: str, language: str, rng: random.Random) -> str:
    """Put two characters, or a word, in the place of others in the middle."""
    parts = list(text) if language == "zh" else text.split(" ")
    middle = len(parts) // 2
    parts[middle] = "龘" if language == "zh" else rng.choice(("zymurgy", "quixotic"))
    return ("" if language == "zh" else " ").join(parts)


def some_units(looker: Looker, count: int, rng: random.Random) -> list[Unit]:
    """Draw units from all over the memory."""
    units: list[Unit] = []
    records = looker.memory.records()
    while len(units) < count:
        start, end = rng.choice(records).span
        found = looker.memory.units_at(range(start, min(end, start + 400)))
        whole = [unit for unit in found if unit.zh and unit.en]
        units += rng.sample(whole, min(2, len(whole)))
    return units


def spread(seconds: Sequence[float]) -> str:
    """Write the median and the 95th percentile."""
    middle, high = np.percentile(seconds, [50, 95]) * 1000
    return f"median {middle:.0f} ms, 95th percentile {high:.0f} ms"


def measure(workspace: Path, count: int, seed: int) -> list[tuple[str, str]]:
    """Ask in this process, then of new ones."""
    from cdtm.lookup.looker import Looker

    rng = random.Random(seed)
    started = time.perf_counter()
    with Looker.open(workspace, many=True) as looker:
        opened = time.perf_counter() - started
        asked = list(queries(some_units(looker, count, rng), count, rng))
        looker.find(asked[0])  # what is loaded at the first question is no part of the second
        inside, worked, found = [], [], 0
        for text in asked:
            started, work = time.perf_counter(), time.process_time()
            answer = looker.find(text)
            inside.append(time.perf_counter() - started)
            worked.append(time.process_time() - work)
            found += bool(answer.hits)
        units = looker.memory.count()
    outside = []
    for text in rng.sample(asked, min(FROM_SHELL, count)):
        command = [sys.executable, "-m", "cdtm", "lookup", text, "-w", str(workspace)]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        outside.append(time.perf_counter() - started)
    return [
        ("Units", f"{units:,}"),
        ("Queries", f"{len(asked)}, of 1 word to a sentence, both languages; {found} with a hit"),
        ("Once the process is up", spread(inside)),
        ("Processor time of it", spread(worked)),
        ("Opening", f"{opened * 1000:.0f} ms"),
        ("From the shell", f"{spread(outside)} ({len(outside)} queries)"),
    ]


def main(
    workspace: Annotated[Path, typer.Argument(help="Of cdtm build.")],
    count: Annotated[int, typer.Option(help="Queries.")] = 200,
    seed: Annotated[int, typer.Option(help="Of the queries.")] = 1,
    record: Annotated[bool, typer.Option("--record", help="Keep for RESULTS.md.")] = False,
) -> None:
    """Measure how fast a memory answers."""
    from benchmarks.results import heading

    about = [line for line in heading() if line.startswith("- ")]
    facts = measure(workspace, count, seed)
    for name, text in facts:
        print(f"{name:<24}{text}")
    if record:
        kept = json.dumps({"about": about, "facts": facts}, ensure_ascii=False, indent=1)
        RECORDED.write_text(kept + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
