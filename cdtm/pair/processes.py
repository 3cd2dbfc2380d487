"""Work that goes on in a second process while this one does something else.

No process outlives the one that began it, however that one ends; and what a process was to do that
was killed (by the system, for want of memory) is done here instead.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_PR_SET_PDEATHSIG: Final = 1
"""Linux, prctl(2): the signal that a process gets when the one that began it has ended."""


@contextmanager
def apart(*functions: Callable[[], Result]) -> Iterator[Callable[[], list[Result]]]:
    """Begin each function in a forked process; what is yielded waits for their results, in order.

    Where the system does not fork cheaply and safely, or has one core, they are done in this
    process, one by one, when it is called. Enter before any thread is started.

    Args:
        functions: their results must be picklable; what one raises is raised by the waiting.
    """
    if not forks_cheaply():
        yield lambda: [function() for function in functions]
        return
    begun: list[_Forked[Result]] = []
    try:
        begun.extend(_Forked(function) for function in functions)
        yield lambda: [forked.result() for forked in begun]
    finally:
        for forked in begun:
            forked.end()


def halved(function: Callable[[Item], Result], items: Sequence[Item], /) -> list[Result]:
    """Apply a function to every item, to every second one in a forked process.

    What the function needs is there by the fork and is not copied; its results must be picklable,
    and what it raises in either process is raised here. See `align.share`.
    """
    if len(items) < 2 or not forks_cheaply():
        return [function(item) for item in items]
    other = _Forked(lambda: [function(item) for item in items[1::2]])
    try:
        mine = [function(item) for item in items[::2]]
        theirs = other.result()
    finally:
        other.end()
    results = [*mine, *theirs]
    results[::2], results[1::2] = mine, theirs
    return results


class _Forked(Generic[Result]):
    """A function that is done in a forked process."""

    def __init__(self, function: Callable[[], Result]) -> None:
        self._function = function
        context = get_context("fork")
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=self._work, args=(sender, os.getpid()), daemon=True)
        self._process.start()
        sender.close()  # so that the receiver learns of a process that died

    def _work(self, sender: Any, parent: int) -> None:
        end_with_parent(parent)
        self._receiver.close()  # its copy: or this process would hear itself, and wait for ever
        try:
            sender.send((True, self._function()))
        except BrokenPipeError:  # nobody waits any more
            return
        except Exception as error:
            sender.send((False, error))

    def result(self) -> Result:
        """Wait for what the function gives or raises; a process that was killed is made good."""
        try:
            done, result = self._receiver.recv()
        except EOFError:
            return self._function()
        if not done:
            raise result
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        """Let nothing be left of it, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._receiver.close()


def end_with_parent(parent: int | None = None) -> None:
    """Let this process end when the one that began it has ended, and leave Ctrl-C to that one.

    The system sees to it where it can (Linux), even if this process is deep in a long calculation;
    elsewhere a thread watches.

    Args:
        parent: number of the process that began this one, if it is known: it may have ended before
            this is called.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if parent is not None and os.getppid() != parent:
            os._exit(1)

    def follow() -> None:
        watched = parent_process()
        if watched is not None:
            watched.join()
            os._exit(1)

    Thread(target=follow, daemon=True).start()


def forks_cheaply() -> bool:
    """Whether another process begins at once and has a core to itself."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1
