"""The tables of the memory, as the steps by which they came to be.

A step is never changed once it has shipped; a new one is added. `PRAGMA user_version` says how many
a file has been through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpora import UserError

if TYPE_CHECKING:
    import sqlite3

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


def migrate(database: sqlite3.Connection, name: str) -> None:
    """Bring a file's tables to what this program knows.

    Raises:
        UserError: a newer program has written it, or one that is not ours.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    found = {table for (table,) in database.execute("SELECT name FROM sqlite_master")}
    if found and not (version and found >= TABLES):
        raise UserError(f"{name} is another program's file: give the workspace of a cdtm build.")
    if version > len(STEPS):
        raise UserError(f"{name} was written by a newer cdtm: update cdtm to use it.")
    for number, step in enumerate(STEPS[version:], start=version + 1):
        database.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")
