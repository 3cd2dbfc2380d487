"""The copy of what reviewers decided: made at each apply, told of and used when it is needed.

The journal is the one file of a workspace that nothing can make again. It only grows, so a copy of
it is either its beginning or another journal's; the latter is never written over.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from cdtm.damaged import DamagedError
from cdtm.memory.database import connect
from corpora.atomic import atomic_write, part_in

COPY: Final = "decisions.backup.sqlite"
"""Beside the journal."""

FOUND: Final = "SELECT id, time, record, tuid, decision, reviewer FROM decision ORDER BY id"

Rows = list[tuple[object, ...]]


def copy_of(journal: Path) -> Path:
    """Where the copy of a journal lies."""
    return journal.with_name(COPY)


def rows_of(path: Path) -> Rows | None:
    """Read what a journal says, in short; None if it is damaged, missing or none of ours."""
    if not path.is_file():
        return None
    with suppress(sqlite3.DatabaseError), closing(connect(path)) as database:
        if database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",):
            return database.execute(FOUND).fetchall()
    return None


def keep_copy(journal: Path) -> None:
    """Copy a journal, unless it is damaged or its copy is the same.

    A copy that is of another journal (one was brought back from a backup) is kept under another
    name.
    """
    rows, copied = rows_of(journal), rows_of(copy_of(journal))
    if not rows or rows == copied:
        return
    if copied and rows[: len(copied)] != copied:
        copy_of(journal).rename(free_name(copy_of(journal), "other"))
    part = part_in(journal.parent)
    try:
        with closing(connect(journal)) as source, closing(connect(part)) as target:
            source.backup(target)
        with atomic_write(copy_of(journal), lasting=True) as stream:
            stream.write(part.read_bytes())
    finally:
        part.unlink(missing_ok=True)


def mend_journal(journal: Path) -> str | None:
    """Bring back a journal that is damaged or gone from its copy; only with the workspace locked.

    Returns:
        A sentence, if that was done.

    Raises:
        DamagedError: it is damaged, and there is no copy that is sound.
    """
    if rows_of(journal) is not None or not (journal.exists() or copy_of(journal).exists()):
        return None
    if not copy_of(journal).exists() and _is_empty(journal):  # begun, and nothing decided
        return None
    rows = rows_of(copy_of(journal))
    if rows is None:
        raise DamagedError(journal if journal.exists() else copy_of(journal), cure(journal))
    was = "was gone"
    if journal.exists():
        aside = free_name(journal, "damaged")
        os.replace(journal, aside)
        was = f"was damaged, and is kept as {aside.name}"
    with atomic_write(journal, lasting=True) as stream:
        stream.write(copy_of(journal).read_bytes())
    return f"{journal.name} {was}: {_told(rows)} were taken from {COPY}"


def cure(journal: Path) -> str:
    """Say what brings a damaged or missing journal back; it is never said to be removed."""
    rows = rows_of(copy_of(journal))
    if rows is not None:
        return f"cdtm build brings it back from {COPY}, which holds {_told(rows)}"
    return (
        "what reviewers decided cannot be made again: put a backup of it in its place, or move it "
        f"to another folder (with {COPY}) to go on without those decisions"
    )


def is_missing(journal: Path) -> bool:
    """Whether a journal is not there, though its copy is."""
    return not journal.exists() and copy_of(journal).exists()


def free_name(path: Path, word: str) -> Path:
    """Give a name beside a file that no other has, as ``decisions.damaged-2.sqlite``."""
    stem, suffix = path.stem, path.suffix
    names = (f"{stem}.{word}{suffix}", *(f"{stem}.{word}-{n}{suffix}" for n in range(2, 10_000)))
    return next(each for name in names if not (each := path.with_name(name)).exists())


def _is_empty(journal: Path) -> bool:
    """Whether a file holds no table yet."""
    with suppress(sqlite3.DatabaseError), closing(connect(journal)) as database:
        return bool(database.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
    return False


def _told(rows: Rows) -> str:
    last = f", the last of {str(rows[-1][1])[:10]}" if rows else ""
    return f"{len(rows):,} decision{'' if len(rows) == 1 else 's'}{last}"
