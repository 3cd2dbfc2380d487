"""Runs targets within bounds, and counts what came of it."""

from __future__ import annotations

import resource
import signal
import time
import traceback
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from cdtm.troubles import sentence_about
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

SLOW: Final = 60
"""Seconds that no input may take."""
MOST_MEMORY: Final = 2 << 30
"""Bytes that no input may take."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One input, and what is to be done with it.

    Attributes:
        data: is kept if a fault comes of it.
        name: of the kept file, the number of the execution before it.
        run: raises `UserError` where the input is refused.
    """

    data: bytes
    name: str
    run: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried.

    Attributes:
        name: in the report.
        share: of all executions, among the shares of all targets.
        open: makes it ready in an empty folder; then gives a round of executions as often as asked,
            each to be run before the next is taken.
    """

    name: str
    share: int
    open: Callable[[Path], AbstractContextManager[Callable[[Random], Iterator[Execution]]]]


@dataclass
class Tally:
    """What a run has come to.

    Attributes:
        done: executions, by target.
        refused: of them were told the user in a sentence.
        seconds: that they took, by target.
        faults: what happened, with the target and the name of the kept file.
    """

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


class SlowError(Exception):
    """An input took longer than `SLOW` seconds."""


class FaultError(Exception):
    """What came of an input is wrong, though nothing was raised."""


@contextmanager
def limited() -> Iterator[None]:
    """Bound the time of a block."""

    def ring(_number: int, _frame: object) -> None:
        raise SlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SLOW)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run_one(name: str, run: Callable[[], Any], tally: Tally) -> str:
    """Run one execution; what is wrong with that, ``""`` if nothing is."""
    tally.done[name] += 1
    before = most_memory()
    try:
        with limited():
            run()
    except UserError as told:
        tally.refused[name] += 1
        return "" if str(told).strip() else "an error without a sentence"
    except SlowError:
        return f"slower than {SLOW} seconds"
    except MemoryError:
        return "out of memory"
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic of polars is no Exception
        if sentence_about(error) is not None:  # the command line says it in a sentence
            tally.refused[name] += 1
            return ""
        return traceback.format_exc(limit=-6)
    if (held := most_memory()) > max(before, MOST_MEMORY):
        return f"{held >> 20} MB of memory"
    return ""


def most_memory() -> int:
    """Give the most bytes that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def fuzz(
    targets: Sequence[Target],
    seed: int,
    *,
    executions: int | None = None,
    seconds: float | None = None,
    keep: Path | None,
    say: Callable[[str], None] = lambda _text: None,
) -> Tally:
    """Run until so many executions are done, so much time is over, or a signal asks for the end.

    Args:
        targets: get executions by their shares, every one in turn.
        seed: the same seed spoils the same inputs.
        executions: at least so many.
        seconds: at most so many, of a clock.
        keep: takes the inputs of which faults came.
        say: is told of each fault at once.
    """
    random, tally, started = Random(seed), Tally(), time.monotonic()
    seen: set[str] = set()
    with TemporaryDirectory() as scratch, ExitStack() as stack:
        rounds = {}
        stop: list[int] = []
        for name in (signal.SIGINT, signal.SIGTERM):
            before = signal.signal(name, lambda number, _: stop.append(number))
            stack.callback(signal.signal, name, before)
        for number, target in enumerate(targets):
            (folder := Path(scratch) / str(number)).mkdir()
            rounds[target.name] = stack.enter_context(target.open(folder))
        while (
            not stop
            and (executions is None or tally.done.total() < executions)
            and (seconds is None or time.monotonic() - started < seconds)
        ):
            target = min(targets, key=lambda each: tally.done[each.name] / each.share)
            for execution in rounds[target.name](random):
                began = time.process_time()
                fault = run_one(target.name, execution.run, tally)
                tally.seconds[target.name] += time.process_time() - began  # type: ignore[assignment]
                if fault and (place := fault[-300:]) not in seen:
                    seen.add(place)
                    kept = f"{tally.done.total()}-{execution.name}"
                    tally.faults.append((target.name, kept, fault))
                    say(f"{target.name}: {kept}: {fault}")
                    if keep is not None:
                        keep.mkdir(parents=True, exist_ok=True)
                        (keep / kept).write_bytes(execution.data)
    return tally
