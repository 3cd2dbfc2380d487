"""Work that goes on in a second process while this one does something else."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")


@contextmanager
def apart(function: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin `function` in a forked process; what is yielded waits for its result.

    Where the system does not fork cheaply and safely, or has one core, it is `function` itself,
    done in this process when it is called. Enter before any thread is started.

    Args:
        function: picklable, as its result must be; what it raises is raised by the waiting.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        yield function
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        yield pool.submit(function).result
