"""Who does the work of a build: this process, several here, or a Ray cluster.

All map one and the same function, so the results do not depend on the engine. A function is given
by its module and name, its items and results are picklable, and results come as they are ready.
"""

from __future__ import annotations

import gc
import logging
import os
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from cdtm.pair.processes import end_with_parent
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

Item = TypeVar("Item")
Result = TypeVar("Result")

ONE_THREAD = dict.fromkeys(
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

AHEAD = 3
"""Items that wait at each worker: enough that none is idle, few enough that little is done again
when one dies."""


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: the worker ended on this item, twice.

    Attributes:
        reason: a sentence.
    """

    reason: str = (
        "The process that worked on it was ended, twice: by the system for want of memory, or by a "
        "bug in a library; try it alone with --only, on a machine with more memory."
    )


class Engine(Protocol):
    """Maps a function over items."""

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Died]]:
        """Yield the number of each item with its result, in the order in which they are ready.

        What the function raises is raised here.
        """
        ...


class Serial:
    """Does everything in this process."""

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Died]]:
        """See `Engine.map`."""
        for number, item in enumerate(items):
            yield number, function(item)


class Processes:
    """Does it in processes of this machine; one that dies takes nothing else along.

    Args:
        workers: how many.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Died]]:
        """See `Engine.map`."""
        waiting = list(range(len(items)))[::-1]
        while waiting:
            running: dict[Future[Result], int] = {}
            with self._pool(min(self.workers, len(waiting))) as pool:
                try:
                    while waiting or running:
                        while waiting and len(running) < AHEAD * self.workers:
                            # A pool that broke meanwhile raises here: the item is still waiting.
                            running[pool.submit(function, items[waiting[-1]])] = waiting[-1]
                            waiting.pop()
                        for future in wait(running, return_when=FIRST_COMPLETED).done:
                            result = future.result()  # raises if the pool is broken
                            yield running.pop(future), result
                    return
                except BrokenProcessPool:
                    pass
            # One of those that were under way did it: each gets a process of its own.
            for number in sorted(running.values()):
                yield number, self._alone(function, items[number])

    def _alone(self, function: Callable[[Item], Result], item: Item) -> Result | Died:
        with self._pool(1) as pool:
            try:
                return pool.submit(function, item).result()
            except BrokenProcessPool:
                return Died()

    @contextmanager
    def _pool(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        """Start workers anew (a fork would inherit locks that polars' threads hold)."""
        with one_thread():
            pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=be_a_worker)
            try:
                yield pool
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


def be_a_worker() -> None:
    """End with the main process, leave Ctrl-C to it, and collect garbage seldom.

    Whole collections hardly ever: they go through all that the encoder remembers.
    """
    end_with_parent()
    gc.set_threshold(100_000, 50, 100)


@contextmanager
def one_thread() -> Iterator[None]:
    """Give the processes that are started within the block one thread each."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Ray:
    """Does it on a Ray cluster, whose workers have cdtm installed and reach the same files.

    Args:
        address: of the cluster; None starts one on this machine.
        workers: processors to use on this machine if one is started; None for all.

    Raises:
        UserError: Ray is not installed, or the cluster does not answer.
    """

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise UserError(
                "The engine ray needs Ray: pip install 'cdtm[cluster]', or take --engine processes."
            ) from error
        self._ray: Any = ray
        options: dict[str, Any] = {"address": address} if address else {"num_cpus": workers}
        if not ray.is_initialized():
            try:
                ray.init(
                    **options,
                    runtime_env={"env_vars": ONE_THREAD},
                    include_dashboard=False,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                )
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise UserError(
                    f"The Ray cluster {address or ''} does not answer ({error}): check --address."
                ) from error

    def close(self) -> None:
        """Leave the cluster, or end the one that was started."""
        self._ray.shutdown()

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[tuple[int, Result | Died]]:
        """See `Engine.map`; Ray itself tries an item again whose worker died."""
        ray = self._ray

        def call(item: Item) -> Result:  # Ray takes no partial
            return function(item)

        remote = ray.remote(num_cpus=1, max_retries=1)(call)
        window = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting = list(range(len(items)))[::-1]
        running: dict[Any, int] = {}
        while waiting or running:
            while waiting and len(running) < window:
                number = waiting.pop()
                running[remote.remote(items[number])] = number
            for done in ray.wait(list(running), num_returns=1)[0]:
                number = running.pop(done)
                try:
                    yield number, ray.get(done)
                except (ray.exceptions.WorkerCrashedError, ray.exceptions.OutOfMemoryError):
                    yield number, Died()


@contextmanager
def make_engine(
    name: str, *, workers: int | None = None, address: str | None = None
) -> Iterator[Engine]:
    """Make the engine that the user named, and end what it started.

    Args:
        name: serial, processes or ray.
        workers: processes; None for one a processor.
        address: of a Ray cluster.

    Raises:
        UserError: there is no such engine, or it cannot be started.
    """
    if address and name != "ray":
        raise UserError("--address is for --engine ray: add that, or leave the address out.")
    count = workers or os.cpu_count() or 1
    if name == "ray":
        ray = Ray(address, workers)
        try:
            yield ray
        finally:
            ray.close()
    elif name == "serial" or (name == "processes" and count == 1):
        yield Serial()
    elif name == "processes":
        yield Processes(count)
    else:
        raise UserError(f"There is no engine {name!r}: write serial, processes or ray.")
