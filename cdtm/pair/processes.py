"""Work that goes on in a second process while this one does something else."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def apart(*functions: Callable[[], Result]) -> Iterator[Callable[[], list[Result]]]:
    """Begin each function in a forked process; what is yielded waits for their results, in order.

    Where the system does not fork cheaply and safely, or has one core, they are done in this
    process, one by one, when it is called. Enter before any thread is started.

    Args:
        functions: picklable, as their results must be; what one raises is raised by the waiting.
    """
    if not forks_cheaply():
        yield lambda: [function() for function in functions]
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(functions), mp_context=get_context("fork")) as pool:
        begun = [pool.submit(function) for function in functions]
        yield lambda: [future.result() for future in begun]


def halved(function: Callable[[Item], Result], items: Sequence[Item], /) -> list[Result]:
    """Apply a function to every item, to every second one in a forked process.

    What the function needs is there by the fork and is not copied; its results must be picklable,
    and what it raises in either process is raised here. See `align.share`.
    """
    if len(items) < 2 or not forks_cheaply():
        return [function(item) for item in items]
    from multiprocessing import get_context

    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def work() -> None:
        receiver.close()  # its copy: or this process would hear itself, and wait for ever
        try:
            sender.send((True, [function(item) for item in items[1::2]]))
        except BrokenPipeError:  # the other half failed
            return
        except Exception as error:
            sender.send((False, error))

    other = context.Process(target=work)
    other.start()
    sender.close()  # so that the receiver learns of a process that died
    try:
        mine = [function(item) for item in items[::2]]
        done, theirs = receiver.recv()
    finally:
        receiver.close()  # the other, if it is still sending, learns that nobody listens
        other.join()
    if not done:
        raise theirs
    results = [*mine, *theirs]
    results[::2], results[1::2] = mine, theirs
    return results


def forks_cheaply() -> bool:
    """Whether another process begins at once and has a core to itself."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1
