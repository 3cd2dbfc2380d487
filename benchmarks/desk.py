"""How fast the desk answers: `python -m benchmarks.desk WORKSPACE`.

Told are the time from the command to the first page, and over HTTP that of answers: of whole
questions, and of what is typed, one letter after the other, each dropping the answer to the one
before as the page does. A machine that does other work makes them slow: the processor's seconds
are told beside them.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

import httpx
import numpy as np
import typer

from benchmarks.audit_page import PAINTED, WIDTHS, browser, window
from benchmarks.lookups import queries, some_units, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STARTS = 7
"""Times that the desk is started."""

LETTERS = 0.08
"""Seconds between two letters: 150 words a minute, faster than most people type."""

LONGEST = 12
"""Letters that are typed of a question, from its beginning."""


@contextmanager
def serving(workspace: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `cdtm serve`; give its address as soon as it says it."""
    command = [sys.executable, "-m", "cdtm", "serve", "-w", str(workspace), "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
            if found is None:
                raise RuntimeError(f"cdtm serve did not start: {process.stderr.read()}")
            yield found[0], process
        finally:
            process.terminate()


def processor_seconds(process: subprocess.Popen[str]) -> float:
    """Give what the threads of a process have used so far; 0 where the system does not tell."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text("ascii").split()[0]) for thread in threads) / 1e9


def starts(workspace: Path) -> tuple[list[float], list[float], list[float]]:
    """Give the seconds to the first page, those of the processor, and those of the page alone."""
    whole, used, page = [], [], []
    for _ in range(STARTS):
        started = time.perf_counter()
        with serving(workspace) as (address, process):
            asked = time.perf_counter()
            httpx.get(f"{address}/").raise_for_status()
            page.append(time.perf_counter() - asked)
            whole.append(time.perf_counter() - started)
            used.append(processor_seconds(process))
    return whole, used, page


def answers(
    address: str, process: subprocess.Popen[str], asked: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Give the seconds of each answer, one after the other, and those of the processor."""
    seconds, used = [], []
    with httpx.Client(base_url=address, timeout=60) as client:
        for text in asked:
            started, before = time.perf_counter(), processor_seconds(process)
            client.get("/find", params={"q": text}).raise_for_status()
            seconds.append(time.perf_counter() - started)
            used.append(processor_seconds(process) - before)
    return seconds, used


async def typed(address: str, asked: Sequence[str]) -> list[float]:
    """Type the beginnings of questions; give the seconds from each last letter to its answer."""
    seconds = []
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for text in asked:
            for end in range(1, min(len(text), LONGEST) + 1):
                started = time.perf_counter()
                task = asyncio.create_task(client.get("/find", params={"q": text[:end]}))
                if end < min(len(text), LONGEST):
                    await asyncio.wait({task}, timeout=LETTERS)
                    task.cancel()
                    await asyncio.sleep(max(0.0, LETTERS - (time.perf_counter() - started)))
            (await task).raise_for_status()
            seconds.append(time.perf_counter() - started)
    return seconds


SHOWN = "document.querySelector('#hits li') !== null"
"""Whether the page shows an answer."""


def in_browser(chromium: str, address: str, text: str) -> tuple[list[float], list[float]]:
    """Give milliseconds to the first paint of the first page, and to the answer of a bookmark."""
    painted, shown = [], []
    with tempfile.TemporaryDirectory() as profile, browser(chromium, profile) as call:
        for _ in range(STARTS):
            with window(call, f"{address}/", WIDTHS[0]) as ask:
                painted.append(float(ask(PAINTED)))
            with window(call, f"{address}/?{urlencode({'q': text})}", WIDTHS[0]) as ask:
                until = f"new Promise((done) => {{ const look = () => {SHOWN} ? "
                ask(until + "done(1) : requestAnimationFrame(look); look(); })")
                found = (
                    "performance.getEntriesByType('resource').find((r) => r.name.includes('/find'))"
                )
                shown.append(float(ask(f"{found}.responseEnd")))
    return painted, shown


def measure(
    workspace: Path, count: int, seed: int, chromium: str | None
) -> Iterator[tuple[str, str]]:
    """Give what is told, a name and a text each."""
    from cdtm.lookup.looker import Looker

    rng = random.Random(seed)
    with Looker.open(workspace) as looker:
        asked = list(queries(some_units(looker, count, rng), count, rng))
        yield "Units", f"{looker.memory.count():,}"
    yield "Load", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    whole, used, page = (f"{np.median(one) * 1000:.0f} ms" for one in starts(workspace))
    yield "From the command to the first page", f"median {whole}, of the processor {used}"
    yield "The first page alone", f"median {page}"
    with serving(workspace) as (address, process):
        httpx.get(f"{address}/find", params={"q": "x"}, timeout=60)  # what is large is loaded
        times, of_processor = answers(address, process, asked)
        yield "Answers", f"{spread(times)} ({count} questions)"
        yield "Of the processor", spread(of_processor)
        last = asyncio.run(typed(address, asked[: count // 4]))
        yield "Last letter of what is typed", f"{spread(last)} ({len(last)} questions)"
        if chromium is not None:
            painted, shown = (
                f"{np.median(ms):.0f} ms" for ms in in_browser(chromium, address, "核")
            )
            yield (
                "In Chromium",
                f"first paint {painted}, a bookmark's answer there {shown} (medians)",
            )


def main(
    workspace: Annotated[Path, typer.Argument(help="Of cdtm build.")],
    count: Annotated[int, typer.Option(help="Questions.")] = 200,
    seed: Annotated[int, typer.Option(help="Of the questions.")] = 1,
    chromium: Annotated[str | None, typer.Option(help="A browser to open it in.")] = None,
) -> None:
    """Measure how fast the desk answers."""
    for name, text in measure(workspace, count, seed, chromium):
        print(f"{name:<36}{text}", flush=True)


if __name__ == "__main__":
    typer.run(main)
