"""Threads that each hold the memory open, so that one look-up never waits for another to end."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import ExitStack
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.glossary import GLOSSARY
from cdtm.lookup.looker import Looker
from cdtm.memory.database import explained
from cdtm.memory.memory import ANEW, Memory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

_T = TypeVar("_T")

THREADS = 4
"""SQLite and the arithmetic let go of Python's lock, and a person types one query at a time."""

LOOKS = 0.05
"""Seconds between two looks whether the browser still waits for an answer."""


class Pool:
    """Threads with a `Looker` each on one workspace; `close` ends them.

    Args:
        folder: of the workspace.
        threads: how many.

    Raises:
        UserError: it is no workspace, or holds no memory.
    """

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.workspace = open_workspace(folder)
        with open_memory(self.workspace):
            pass
        self._asked: SimpleQueue[tuple[Future[Any], Callable[[Looker], Any]] | None] = SimpleQueue()
        self._lock = Lock()
        self._first: Looker | None = None
        self._stamp: tuple[int, ...] = ()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End the threads, each closing its memory; what was asked before is answered."""
        for _ in self._threads:
            self._asked.put(None)
        for thread in self._threads:
            thread.join()

    def ask(self, question: Callable[[Looker], _T]) -> Future[_T]:
        """Put a question to the thread that is free first."""
        future: Future[_T] = Future()
        self._asked.put((future, question))
        return future

    async def answer(self, question: Callable[[Looker], _T], request: Request) -> _T | None:
        """Answer a request; None if the browser has gone, as it does when one types on.

        A question that is not begun when the browser goes is not begun at all.
        """
        future = self.ask(question)
        waiting = asyncio.wrap_future(future)
        while not (await asyncio.wait({waiting}, timeout=LOOKS))[0]:
            if await request.is_disconnected():
                waiting.cancel()
                return None
        return waiting.result()

    def _work(self) -> None:
        memory = looker = first = None
        with ExitStack() as stack:
            while (task := self._asked.get()) is not None:
                future, question = task
                if not future.set_running_or_notify_cancel():
                    continue
                try:
                    if memory is None:
                        memory = stack.enter_context(Memory.open(self.workspace.memory))
                    if looker is None or first is not self._loaded(memory):
                        first = self._loaded(memory)
                        looker = first.beside(memory)
                    with explained(self.workspace.memory, lambda: ANEW):
                        result = question(looker)
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)

    def _loaded(self, memory: Memory) -> Looker:
        """Give a looker with all that is large loaded; a build or an import makes another."""
        stamp = tuple(map(_changed, (self.workspace.nearest, self.workspace.folder / GLOSSARY)))
        with self._lock:
            if self._first is None or stamp != self._stamp:
                self._first, self._stamp = Looker(self.workspace, memory), stamp
                self._first.load()
            return self._first


def _changed(path: Path) -> int:
    """Say when a file was changed; 0 if there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
