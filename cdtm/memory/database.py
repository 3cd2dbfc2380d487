"""The file of a memory: how a process holds it among others, and the steps its tables went through.

A step is never changed once it has shipped; a new one is added. `PRAGMA user_version` says how many
a file has been through.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from cdtm.damaged import DamagedError
from corpora.errors import UserError

STEPS: Final = (
    """
    CREATE TABLE record (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        symbol TEXT,               -- null if unknown
        date TEXT,                 -- of the meeting, YYYY-MM-DD; null if unknown
        signature TEXT NOT NULL,   -- of what its units were made from
        zh_file TEXT NOT NULL,
        en_file TEXT NOT NULL,
        zh_sha256 TEXT NOT NULL,
        en_sha256 TEXT NOT NULL,
        joined_by TEXT NOT NULL
    );
    CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE unit (
        id INTEGER PRIMARY KEY,    -- of the record, times 2^20, plus the bead's number in it
        tuid TEXT NOT NULL,
        zh TEXT NOT NULL,          -- empty for an omission, as en
        en TEXT NOT NULL,
        kind TEXT NOT NULL,        -- 1-1, 2-1, 0-1 …
        confidence REAL NOT NULL,  -- 0 to 1
        flags TEXT NOT NULL,       -- with commas between
        speaker INTEGER,           -- null outside a turn
        paragraph INTEGER,         -- 1-based; null if unknown, as page
        page INTEGER,
        zh_first INTEGER NOT NULL, -- characters of the first sentence within zh
        zh_last INTEGER NOT NULL,  -- and of the last
        en_first INTEGER NOT NULL,
        en_last INTEGER NOT NULL,
        zh_hash INTEGER,           -- 64 bits of BLAKE2b; null for an omission
        en_hash INTEGER
    );
    CREATE INDEX unit_of_zh ON unit (zh_hash) WHERE zh_hash IS NOT NULL;
    CREATE INDEX unit_of_en ON unit (en_hash) WHERE en_hash IS NOT NULL;
    CREATE VIRTUAL TABLE words_zh USING fts5 (
        text, content = '', tokenize = 'unicode61'
    );
    CREATE VIRTUAL TABLE words_en USING fts5 (
        text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
    );
    """,
    # What reviewers decided (journal.py). A unit that is rejected has its texts still, for the
    # sentences around its neighbours, but no hashes and no words, as if it were an omission.
    """
    ALTER TABLE unit ADD COLUMN status TEXT;  -- null if nobody decided
    CREATE TABLE decided (
        unit INTEGER PRIMARY KEY,
        by TEXT NOT NULL,
        at TEXT NOT NULL           -- UTC, ISO 8601
    );
    CREATE TABLE unplaced (        -- decisions whose unit is no longer there
        decision INTEGER PRIMARY KEY,
        record INTEGER NOT NULL,
        reason TEXT NOT NULL
    );
    CREATE TABLE worked_in (last INTEGER NOT NULL);  -- the newest decision that all units know
    INSERT INTO worked_in VALUES (0);
    """,
)


TABLES: Final = {"record", "speaker", "unit"}
"""What every memory has had since the first step; another program's file is told by their lack."""
DECIDED: Final = ("worked_in", "decided", "unplaced")
"""Tables of what reviewers decided, since the second."""


def migrate(database: sqlite3.Connection, name: str) -> None:
    """Bring a file's tables to what this program knows.

    Raises:
        UserError: a newer program has written it, or one that is not ours.
    """
    if _version(database, name) == len(STEPS):
        return
    database.execute("BEGIN IMMEDIATE")  # others may be about to do the same
    try:
        for number in range(_version(database, name), len(STEPS)):
            for statement in _statements(STEPS[number]):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number + 1}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _version(database: sqlite3.Connection, name: str) -> int:
    """Tell how many steps a file has been through.

    Raises:
        UserError: more than we know, or it is not ours.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    found = {table for (table,) in database.execute("SELECT name FROM sqlite_master")}
    if found and not (version and found >= TABLES):
        raise UserError(f"{name} is another program's file: give the workspace of a cdtm build.")
    if version > len(STEPS):
        raise UserError(f"{name} was written by a newer cdtm: update cdtm to use it.")
    return int(version)


def _statements(step: str) -> Iterator[str]:
    """Part a step into its statements."""
    statement = ""
    for line in step.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


PATIENCE = 10.0
"""Seconds that a writer waits for those who read: one of ours reads a record in milliseconds."""

_CURES: Final = {
    sqlite3.SQLITE_BUSY: "another program uses it: let it finish, then try again",
    sqlite3.SQLITE_LOCKED: "another program uses it: let it finish, then try again",
    sqlite3.SQLITE_FULL: "free space on the disk, then try again",
    sqlite3.SQLITE_CANTOPEN: "it must be a file, in a folder that you may write to",
    sqlite3.SQLITE_PERM: "ask for the right to use it, or copy the workspace",
    sqlite3.SQLITE_READONLY: "ask for the right to write it, or copy the workspace",
    sqlite3.SQLITE_IOERR: "look whether the disk is full or faulty, then try again",
}
"""What helps, by SQLite's primary result code; any other code is a mistake of ours."""


_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def explained(
    path: Path, damaged: Callable[[], str], read: Callable[[sqlite3.Connection], object]
) -> Iterator[None]:
    """Tell what SQLite met in the block in a sentence with its cure.

    Only a damaged file is said to be made anew: one that is in use or on a full disk is sound. A
    garbled file may also fall over where its values are used: then it is read as a whole.

    Args:
        path: of the file.
        damaged: says what helps if it is damaged.
        read: reads all that the file holds, as its users do.

    Raises:
        DamagedError: so it is.
        UserError: it cannot be used for another reason.
    """
    try:
        yield
    except (UserError, OSError):
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise  # by who asked
        cure = _CURES.get(code)
        if code in _DAMAGED or (cure is None and not is_whole(path, read)):
            raise DamagedError(path, damaged()) from error
        if cure is None:
            raise
        raise UserError(f"{path} cannot be used ({error}): {cure}.") from error
    except Exception as error:
        if is_whole(path, read):
            raise  # it is not to blame
        raise DamagedError(path, damaged()) from error


def is_whole(path: Path, read: Callable[[sqlite3.Connection], object]) -> bool:
    """Whether a file holds what `read` makes sense of; one that is in use counts as whole."""
    if not path.is_file():
        return True
    try:
        with closing(connect(path)) as database:
            if database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                return False
            read(database)
    except sqlite3.DatabaseError as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CURES
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        return False
    return True


_KINDS: Final = {"TEXT": str, "INTEGER": int, "REAL": float}


def typed_rows(database: sqlite3.Connection, table: str, script: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table as they were put in; SQLite itself takes any value anywhere.

    Args:
        database: to read.
        table: in it.
        script: makes its tables, TEXT, INTEGER and REAL.

    Raises:
        ValueError: a value is not of its column's kind.
        sqlite3.DatabaseError: a column is not there.
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(script)
        columns = fresh.execute(f"PRAGMA table_info({table})").fetchall()
    kinds = [_KINDS[kind] for _, _, kind, *_ in columns]
    for row in database.execute(
        f"SELECT {', '.join(name for _, name, *_ in columns)} FROM {table}"
    ):
        for value, kind in zip(row, kinds, strict=True):
            if value is not None and type(value) is not kind:
                raise ValueError(f"{value!r} is no {kind.__name__}")
        yield row


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
