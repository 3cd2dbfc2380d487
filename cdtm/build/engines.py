"""Who does the work of a build: this process, several here, or a Ray cluster.

All map one and the same function, so the results do not depend on the engine. A function is given
by its module and name, its items and results are picklable, and results come as they are ready.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeVar

from cdtm.build.workers import ONE_THREAD, SECONDS, Died, Processes
from corpora.errors import UserError

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD: Final = 3
"""Items that wait at each processor of a cluster."""


class Engine(Protocol):
    """Maps a function over items."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        seconds: float = SECONDS,
    ) -> Iterator[tuple[int, Result | Died]]:
        """Yield the number of each item with its result, in the order in which they are ready.

        What the function raises is raised here.

        Args:
            function: what is done, the same for all.
            items: with what.
            seconds: of a processor, that an item may take; a worker that takes more is ended, and
                `Died` comes in the place of its result. Only `Processes` bound it.
        """
        ...


class Serial:
    """Does everything in this process, however long it takes and whatever it needs."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        seconds: float = SECONDS,
    ) -> Iterator[tuple[int, Result | Died]]:
        """See `Engine.map`."""
        for number, item in enumerate(items):
            yield number, function(item)


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
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        seconds: float = SECONDS,
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
    elif name == "serial":
        yield Serial()
    elif name == "processes":
        yield Processes(count)
    else:
        raise UserError(f"There is no engine {name!r}: write serial, processes or ray.")
