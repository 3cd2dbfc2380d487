"""What reviewers decided is in the memory that a command opens, whatever happened before.

`cdtm audit apply` writes the journal first. If it was killed then, or the journal was brought back
from a backup, the memory says something else than the journal: every command that opens it through
this door works that in.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cdtm.build.workspace import BusyError, locked
from cdtm.damaged import DamagedError
from cdtm.memory.memory import Memory
from cdtm.show import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cdtm.build.place import Place
    from cdtm.build.workspace import Workspace


@contextmanager
def open_memory(workspace: Workspace) -> Iterator[Memory]:
    """Open the memory of a workspace to be read; all that was decided is in it.

    Raises:
        UserError: there is none, or it or the journal cannot be used.
    """
    with Memory.open(workspace.memory) as memory:
        if not memory.behind():
            yield memory
            return
    try:
        with locked(workspace.folder), Memory.open(workspace.memory, create=True) as memory:
            catch_up(memory, workspace.store)
    except BusyError:
        _tell("Another command is working in what reviewers decided: this is as it was before.")
    with Memory.open(workspace.memory) as memory:
        yield memory


def catch_up(memory: Memory, store: Place) -> None:
    """Work in what the memory does not know of the journal; what cannot be is told.

    Args:
        memory: open to be changed.
        store: of the records' tables.
    """
    from cdtm.build.tables import read_beads  # polars takes a look-up's time

    behind, missing = sorted(memory.behind()), 0
    for key in behind:
        try:
            beads = read_beads(store, key)
        except DamagedError as damage:
            _tell(str(damage))
            beads = None
        if beads is None:
            missing += 1
        else:
            memory.work_in(key, beads)
    if missing:
        _tell(
            f"Decisions on {count(missing, 'record')} are not worked in, for lack of the tables: "
            "run cdtm build."
        )
    else:
        memory.note_worked_in()


def _tell(sentence: str) -> None:
    print(f"cdtm: {sentence}", file=sys.stderr)
