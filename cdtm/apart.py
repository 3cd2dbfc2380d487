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
def apart(*functions: Callable[[], Result]) -> Iterator[Callable[[], list[Result]]]:
    """Begin each function in a forked process; what is yielded waits for their results, in order.

    Where the system does not fork cheaply and safely, or has one core, they are done in this
    process, one by one, when it is called. Enter before any thread is started.

    Args:
        functions: picklable, as their results must be; what one raises is raised by the waiting.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:
        yield lambda: [function() for function in functions]
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(functions), mp_context=get_context("fork")) as pool:
        begun = [pool.submit(function) for function in functions]
        yield lambda: [future.result() for future in begun]
