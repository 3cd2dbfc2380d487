"""What a person sees: progress, headed lines, tables.

Rich is loaded only by what draws with it, for in a pipe or a log most commands need none.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console
    from rich.table import Table

LANGUAGES = {"zh": "Chinese", "en": "English"}

PLAIN_WIDTH = 100
"""Columns in a pipe or file, where no terminal says its width."""


_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that command a terminal or turn what is read about: controls of C0 and C1, separators
of lines, overrides of direction."""


def plain(text: str) -> str:
    r"""Write a text or a file's name so that it commands no terminal and forges no line.

    >>> plain("one\ntwo\x1b[2J\x9b")
    'one␊two␛[2J�'
    """
    if text.isprintable():
        return text
    return _COMMANDS.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == ord("\t"):
        return " "
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def console(*, stderr: bool = False) -> Console:
    """Make a console that honours NO_COLOR, and in a pipe is plain and of a fixed width."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else PLAIN_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, emoji=False, markup=False)


@contextmanager
def working(text: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done while the block runs and since when, on a terminal only.

    Yields:
        a function that changes the text.
    """
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description} …"), TimeElapsedColumn()
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=None)
        yield lambda new: progress.update(task, description=new)


class Progress:
    """Long work of known or unknown length, as it is shown; here: not at all."""

    def set(self, done: int, total: int) -> None:
        """Show that so many are done of so many."""

    def advance(self, *, note: str = "") -> None:
        """Show that one more is done."""


class _Bar(Progress):
    def __init__(self, bar: Any, task: Any) -> None:
        self._bar, self._task = bar, task

    def set(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)

    def advance(self, *, note: str = "") -> None:
        self._bar.update(self._task, advance=1, note=note)


@contextmanager
def progress(text: str, total: int | None = None) -> Iterator[Progress]:
    """Show how far work is, how fast, and how long it may take still; on a terminal only."""
    if not sys.stderr.isatty() or total == 0:
        yield Progress()
        return
    from rich import progress as bars

    class Rate(bars.ProgressColumn):
        def render(self, task: bars.Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    from rich.text import Text

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        Rate(),
        bars.TimeRemainingColumn(),
        bars.TextColumn("{task.fields[note]}"),
    )
    with bars.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        yield _Bar(bar, bar.add_task(text, total=total, note=""))


def print_facts(facts: Sequence[tuple[str, str]], *, stderr: bool = True) -> None:
    """Print headed lines; long text hangs under its own beginning."""
    facts = [(heading, plain(text)) for heading, text in facts]
    stream = sys.stderr if stderr else sys.stdout
    if not stream.isatty():
        # In a log, a fact is a line: nothing is cut or wrapped, and nothing need be loaded.
        width = max((len(heading) for heading, _ in facts), default=0)
        for heading, text in facts:
            print(f"{heading:<{width}}  {text}", file=stream)
        return
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for heading, text in facts:
        grid.add_row(heading, text)
    console(stderr=stderr).print(grid)


def new_table(*columns: str, title: str | None = None, text_columns: int = 1) -> Table:
    """Make a table whose first columns hold text and whose others hold figures."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for place, column in enumerate(columns):
        if place < text_columns:
            table.add_column(column, overflow="fold")
        else:
            table.add_column(column, justify="right", no_wrap=True)
    return table


def count(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 sentence``, ``1,200 sentences``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
