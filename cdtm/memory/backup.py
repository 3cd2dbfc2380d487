"""The copy of what reviewers decided: made at each apply, told of and used when it is needed.

The journal is the one file of a workspace that nothing can make again. It only grows, so a copy of
it is either its beginning or another journal's; the latter is never written over.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from cdtm.damaged import DamagedError
from cdtm.memory.database import connect, is_whole, typed_rows
from corpora.atomic import atomic_write, part_in

COPY: Final = "decisions.backup.sqlite"
"""Beside the journal."""

DRAWN: Final = "drawn TEXT NOT NULL DEFAULT ''"
"""A column of the second version."""

SCRIPT: Final = f"""
BEGIN;
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL, reviewer TEXT NOT NULL, record TEXT NOT NULL, tuid TEXT NOT NULL,
    number INTEGER NOT NULL, zh_hash INTEGER NOT NULL, en_hash INTEGER NOT NULL,
    zh TEXT NOT NULL, en TEXT NOT NULL, decision TEXT NOT NULL,
    new_zh TEXT NOT NULL, new_en TEXT NOT NULL, labels TEXT NOT NULL, comment TEXT NOT NULL,
    book TEXT NOT NULL, sheet_row INTEGER NOT NULL, confidence REAL NOT NULL,
    kind TEXT NOT NULL, stratum TEXT NOT NULL,
    next_zh_hash INTEGER, next_en_hash INTEGER,
    effect TEXT NOT NULL, supersedes TEXT NOT NULL, {DRAWN}
);
CREATE INDEX IF NOT EXISTS decision_of_record ON decision (record);
CREATE TABLE IF NOT EXISTS book (
    token TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    applied TEXT NOT NULL,  -- first time, UTC
    about TEXT NOT NULL     -- JSON: how the units were drawn
);
PRAGMA user_version = 2;
COMMIT;
"""
"""Makes a journal."""

Rows = list[tuple[object, ...]]


def copy_of(journal: Path) -> Path:
    """Where the copy of a journal lies."""
    return journal.with_name(COPY)


def rows_of(path: Path) -> Rows | None:
    """Read the decisions of a journal by their ids, which stand first; None if it is not sound."""
    rows: Rows = []
    if path.is_file() and is_whole(path, lambda database: rows.extend(read_all(database))):
        return sorted(rows, key=lambda row: int(str(row[0])))
    return None


def read_all(database: sqlite3.Connection) -> Rows:
    """Read all that a journal holds, and give its decisions.

    Raises:
        ValueError: something is not as it was written.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    script = SCRIPT if version > 1 else SCRIPT.replace(f", {DRAWN}", "")
    for _, _, _, about in typed_rows(database, "book", script):
        if not isinstance(json.loads(about), dict):
            raise ValueError("how the units of a book were drawn is not told")
    rows = typed_rows(database, "decision", script)
    return [(*row, "") if version < 2 else row for row in rows]


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
            target.execute("PRAGMA journal_mode = OFF")  # a killed command would leave it behind
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
