"""Threads that each hold the memory open, so that one look-up never waits for another to end."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.glossary import GLOSSARY
from cdtm.lookup.looker import Looker
from cdtm.memory.database import explained
from cdtm.memory.memory import ANEW, Memory, read_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request

_T = TypeVar("_T")

THREADS = 4
"""SQLite and the arithmetic let go of Python's lock, and a person types one query at a time."""


class _Task(Generic[_T]):
    """A question on its way.

    Attributes:
        future: its answer.
        question: what is asked.
        loaded: whether it needs what is large.
        gone: whether nobody waits for the answer any more.
    """

    def __init__(self, question: Callable[[Looker], _T], *, loaded: bool) -> None:
        self.question, self.loaded, self.gone = question, loaded, False
        self.future: Future[_T] = Future()

    def check(self) -> None:
        """End what is under way, if nobody waits for it.

        Raises:
            CancelledError: so it is; that of asyncio, for it is no `Exception` for which
                `explained` would read the whole memory.
        """
        if self.gone:
            raise asyncio.CancelledError

    def drop(self) -> None:
        """Ask no longer: what is not begun is not, and what is under way ends soon."""
        self.gone = True
        self.future.cancel()


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
        self._asked: SimpleQueue[_Task[Any] | None] = SimpleQueue()
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

    def warm(self) -> None:
        """Load what is large, without waiting for it, so that the first question need not."""
        for _ in self._threads:
            self.ask(lambda looker: looker.memory.records())

    def ask(self, question: Callable[[Looker], _T], *, loaded: bool = True) -> Future[_T]:
        """Put a question to the thread that is free first.

        Args:
            question: is asked of a looker.
            loaded: whether it needs what is large; else it is answered while that loads.
        """
        return self._put(question, loaded=loaded).future

    def _put(self, question: Callable[[Looker], _T], *, loaded: bool) -> _Task[_T]:
        task = _Task(question, loaded=loaded)
        self._asked.put(task)
        return task

    async def answer(
        self, question: Callable[[Looker], _T], request: Request, *, loaded: bool = True
    ) -> _T | None:
        """Answer a request; None if the browser has gone, as it does when one types on.

        A question that is not begun when the browser goes is not begun at all, and the search of
        one that is ends soon: nothing that is typed waits for what was typed before.
        """
        task = self._put(question, loaded=loaded)
        waiting = asyncio.wrap_future(task.future)
        gone = asyncio.ensure_future(_leaving(request))
        try:
            both: set[asyncio.Future[Any]] = {waiting, gone}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if waiting.done():
            return waiting.result()
        task.drop()
        waiting.cancel()
        return None

    def _work(self) -> None:
        memory = looker = first = None
        with ExitStack() as stack:
            while (task := self._asked.get()) is not None:
                if not task.future.set_running_or_notify_cancel():
                    continue
                try:
                    if memory is None or looker is None:
                        memory = stack.enter_context(Memory.open(self.workspace.memory))
                        looker = Looker(self.workspace, memory)
                    if task.loaded and first is not (there := self._loaded(memory)):
                        first, looker = there, there.beside(memory)
                    looker.check = task.check
                    memory.stop_when(partial(getattr, task, "gone"))
                    with explained(self.workspace.memory, lambda: ANEW, read_all):
                        result = task.question(looker)
                except BaseException as error:
                    task.future.set_exception(error)
                else:
                    task.future.set_result(result)

    def _loaded(self, memory: Memory) -> Looker:
        """Give a looker with all that is large loaded; a build or an import makes another."""
        stamp = tuple(map(changed, (self.workspace.nearest, self.workspace.folder / GLOSSARY)))
        with self._lock:
            if self._first is None or stamp != self._stamp:
                self._first, self._stamp = Looker(self.workspace, memory), stamp
                self._first.load()
            return self._first


def changed(path: Path) -> int:
    """Say when a file was changed; 0 if there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


async def _leaving(request: Request) -> None:
    """Wait until the browser no longer waits for an answer."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
