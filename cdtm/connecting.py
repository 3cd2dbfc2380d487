"""How a process holds the file of a memory: its journal, other processes, and what may go wrong."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 10.0
"""Seconds that a writer waits for those who read: one of ours reads a record in milliseconds."""

_CURES: Final = {
    sqlite3.SQLITE_BUSY: "another program uses it: let it finish, then try again",
    sqlite3.SQLITE_LOCKED: "another program uses it: let it finish, then try again",
    sqlite3.SQLITE_FULL: "free space on the disk, then try again",
    sqlite3.SQLITE_CANTOPEN: "it must be a file, in a folder that you may write to",
    sqlite3.SQLITE_PERM: "ask for the right to use it, or copy the workspace",
    sqlite3.SQLITE_READONLY: "ask for the right to write it, or copy the workspace",
    sqlite3.SQLITE_IOERR: "look to the disk, then try again",
    sqlite3.SQLITE_CORRUPT: "remove it, and cdtm build makes it anew",
    sqlite3.SQLITE_NOTADB: "remove it, and cdtm build makes it anew",
}
"""What helps, by SQLite's primary result code; any other code is a mistake of ours."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Tell what SQLite met in the block in a sentence with its cure.

    Only a damaged file is said to be removed: one that is in use or on a full disk is sound.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        cure = _CURES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if cure is None:
            raise
        raise UserError(f"{path} cannot be used ({error}): {cure}.") from error


def connect(path: Path) -> sqlite3.Connection:
    """Open a file; transactions begin and end where they are told to."""
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def begin_writing(database: sqlite3.Connection) -> None:
    """Make ready to write.

    A killed writer leaves a whole file whatever the journal is; a write-ahead log spares a sync a
    transaction, and lets others read meanwhile.
    """
    until = time.monotonic() + PATIENCE
    while not _turned(database, "WAL"):
        if time.monotonic() > until:
            break  # it can be written without such a log, too
        time.sleep(0.05)
    database.execute("PRAGMA synchronous = NORMAL")


def end_writing(database: sqlite3.Connection) -> None:
    """Leave one plain file, that can be copied.

    Who still reads it keeps the log open; then all goes from the log into the file, and the last
    reader to close removes the log.
    """
    if not _turned(database, "DELETE"):
        database.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _turned(database: sqlite3.Connection, journal: str) -> bool:
    """Turn to a journal; SQLite does not wait for others here, but refuses at once."""
    try:
        database.execute(f"PRAGMA journal_mode = {journal}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
