"""Processes of this machine that work on items: bounded in time and memory, and none is lost.

Each worker has a pipe of its own, so it is always known which item it works on. A worker that is
ended, whoever ended it, takes only that item along.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from cdtm.pair.processes import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")

SECONDS: Final = 60.0
"""Of a processor, that an item may take: the longest records take a tenth of it."""

STILL: Final = 10
"""Times as many seconds on the clock: a worker that waits, for a disk that does not answer, takes
none of a processor."""

MOST_MEMORY: Final = 2 << 30
"""Bytes that a worker may hold."""

LOOKED_AT: Final = 0.2
"""Seconds between two looks at what the workers hold."""

AHEAD: Final = 2
"""Items that a worker has at most, the one that it works on among them, so that none is idle."""

ONE_THREAD: Final = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "POLARS_MAX_THREADS",
    ),
    "1",
)
"""What tells numpy, faiss, tokenizers and polars that a worker has one core."""


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: no worker came back with one.

    Attributes:
        reason: a sentence.
    """

    reason: str = (
        "The process that worked on it was ended, twice: by the system for want of memory, or by a "
        "bug in a library; try it alone with --only, on a machine with more memory."
    )


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """A process, our end of its pipe, and the items that it has, the one at work first."""

    process: Any
    pipe: Connection
    items: deque[int] = field(default_factory=deque)
    held: int = 0  # bytes, if it was ended because that was too much

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Processes:
    """Does it in processes of this machine; one that dies takes nothing else along.

    Args:
        workers: how many.
        memory: bytes that each may hold; looked at where the system tells it (Linux).
    """

    def __init__(self, workers: int, *, memory: int = MOST_MEMORY) -> None:
        self.workers = workers
        self.memory = memory

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        seconds: float = SECONDS,
    ) -> Iterator[tuple[int, Result | Died]]:
        """See `cdtm.build.engines.Engine.map`."""
        waiting = deque(range(len(items)))
        again = deque[int]()  # a worker died on them: each is tried once more, by a new one alone
        working: list[_Worker[Item]] = []
        try:
            while waiting or again or any(worker.items for worker in working):
                while len(working) < min(self.workers, len(items)):
                    working.append(_begin(function, seconds))
                _give(working, items, waiting)
                if not waiting and again and not any(worker.items for worker in working):
                    number = again.popleft()
                    yield number, self._alone(function, items[number], seconds)
                for worker, answer in self._answers(working):
                    if answer is not None:
                        yield worker.items.popleft(), _result(answer)
                        continue
                    working.remove(worker)
                    worker.end()
                    reason = _over_time(worker.process.exitcode, seconds)
                    if worker.items and reason is not None:
                        yield worker.items.popleft(), Died(reason)
                    elif worker.items:
                        again.append(worker.items.popleft())
                    waiting.extendleft(reversed(worker.items))
        finally:
            for worker in working:
                worker.end()

    def _alone(
        self, function: Callable[[Item], Result], item: Item, seconds: float
    ) -> Result | Died:
        """Try an item once more in a process of its own."""
        worker: _Worker[Item] = _begin(function, seconds)
        try:
            _give([worker], [item], deque([0]))
            while True:
                for _, answer in self._answers([worker]):
                    if answer is not None:
                        result: Result = _result(answer)
                        return result
                    worker.end()
                    reason = _why(worker, seconds)
                    return Died(reason) if reason else Died()
        finally:
            worker.end()

    def _answers(
        self, working: Sequence[_Worker[Item]]
    ) -> Iterator[tuple[_Worker[Item], tuple[bool, Any] | None]]:
        """Give what workers have sent; None of one that has ended, or holds too much."""
        of_pipe = {worker.pipe: worker for worker in working}
        for pipe in wait(list(of_pipe), LOOKED_AT):
            worker = of_pipe.pop(pipe)  # type: ignore[call-overload]
            try:
                yield worker, worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join()
                yield worker, None
        for worker in of_pipe.values():  # those that said nothing
            held = memory_of(worker.process.pid)
            if worker.items and held > self.memory:
                worker.held = held
                yield worker, None


def _begin(function: Callable[[Item], Result], seconds: float) -> _Worker[Item]:
    """Start a worker anew (a fork would inherit locks that polars' threads hold)."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=work, args=(theirs, function, seconds, os.getpid()), daemon=True
    )
    with one_thread():
        process.start()
    theirs.close()  # so that we learn of its end
    return _Worker(process, ours)


def _give(working: Iterable[_Worker[Item]], items: Sequence[Item], waiting: deque[int]) -> None:
    """Give items to workers that have too few."""
    for ahead in range(1, AHEAD + 1):
        for worker in working:
            if waiting and len(worker.items) < ahead:
                with suppress(OSError):  # it has just ended: the item is still waiting
                    worker.pipe.send(items[waiting[0]])
                    worker.items.append(waiting.popleft())


def _result(answer: tuple[bool, Any]) -> Any:
    done, result = answer
    if not done:
        raise result
    return result


def work(pipe: Connection, function: Callable[[Item], Result], seconds: float, parent: int) -> None:
    """Be a worker: take items until the main process has no more, or has ended.

    Whole collections of garbage hardly ever: they go through all that the encoder remembers.
    """
    end_with_parent(parent)
    gc.set_threshold(100_000, 50, 100)
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        answer: tuple[bool, Any]
        try:
            with bounded(seconds):
                answer = True, function(item)
        except Exception as error:
            answer = False, error
        pipe.send(answer)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Let the system end this process if the block takes longer, whatever it is doing.

    Args:
        seconds: of a processor; `STILL` times as many on the clock.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    timers = ((signal.ITIMER_PROF, seconds), (signal.ITIMER_REAL, seconds * STILL))
    for timer, limit in timers:
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer, _ in timers:
            signal.setitimer(timer, 0)


def _over_time(exitcode: int | None, seconds: float) -> str | None:
    """Say that a process took too long; None if it ended for another reason."""
    if exitcode == -getattr(signal, "SIGPROF", 0):
        taken = f"{seconds:.0f} s of a processor"
    elif exitcode == -getattr(signal, "SIGALRM", 0):
        taken = f"{seconds * STILL:.0f} s"
    else:
        return None
    return f"It took more than {taken}, which no record does: leave the file out, or report it."


def _why(worker: _Worker[Item], seconds: float) -> str:
    if worker.held:
        return (
            f"It took {worker.held / 1e9:.1f} GB of memory, which no record does: leave the file "
            "out, or report it."
        )
    return _over_time(worker.process.exitcode, seconds) or ""


def memory_of(process: int) -> int:
    """Give the bytes that a process holds; 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def one_thread() -> Iterator[None]:
    """Give the processes that are started within the block one thread each."""
    before: Mapping[str, str | None] = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
