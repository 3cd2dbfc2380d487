"""Is what a workspace holds sound? `cdtm status` looks shortly, its `--check` reads all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cdtm.build.keeper import found_again, imports_noted
from cdtm.build.records import DONE
from cdtm.build.tables import cure_of, is_sound, stamp_of
from cdtm.build.workspace import BUILDING, BusyError, locked
from cdtm.damaged import DamagedError
from cdtm.glossary import GLOSSARY, read_kept
from cdtm.memory.backup import COPY, copy_of, cure, rows_of
from cdtm.memory.database import is_whole
from cdtm.memory.journal import NAME as JOURNAL
from cdtm.memory.memory import Memory, read_all
from cdtm.show import count
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cdtm.build.workspace import Workspace

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with a file of a workspace.

    Attributes:
        sound: whether nothing is.
        name: of the file, or of all files of records.
        told: what it holds, or what helps.
    """

    sound: bool
    name: str
    told: str


def check(workspace: Workspace) -> Iterator[Finding]:
    """Read everything that a workspace holds."""
    yield from _list(workspace.catalogue, workspace.folder / "catalogue.parquet", "file")
    yield from _list(workspace.manifest, workspace.folder / "manifest.parquet", "record")
    rows = rows_known(workspace)
    yield from damaged_records(workspace, rows, surely=True)
    yield from _memory(workspace, rows)
    yield from _index(workspace)
    yield from _notes(workspace)
    yield from _journal(workspace.folder / JOURNAL)
    kept = read_kept(workspace.folder)
    if kept.damage:
        yield Finding(False, GLOSSARY, kept.damage)
    elif kept.rows:
        yield Finding(True, GLOSSARY, count(len(kept.rows), "term"))


def rows_known(workspace: Workspace) -> list[Row]:
    """Give the manifest's rows; of a damaged manifest those that the memory leads to."""
    try:
        return [*workspace.manifest().values()]
    except DamagedError:
        pass
    try:
        with Memory.open(workspace.memory) as memory:
            found = (found_again(workspace.store, key) for key in memory.signatures())
            return [row for row in found if row is not None]
    except UserError:
        return []


def _list(read: Callable[[], Any], path: Path, what: str) -> Iterator[Finding]:
    try:
        rows = read()
    except DamagedError as damage:
        yield Finding(False, path.name, str(damage))
    else:
        if path.exists():
            yield Finding(True, path.name, count(len(rows), what))


def damaged_records(
    workspace: Workspace, rows: Sequence[Row], *, surely: bool = False
) -> Iterator[Finding]:
    """Look at the tables of the records that are done.

    Args:
        workspace: whose they are.
        rows: of the manifest.
        surely: read them all, rather than those whose size or time is another than it was.
    """
    done, whole = [row for row in rows if row["status"] == DONE], 0
    for row in done:
        stamp = stamp_of(workspace.store, row["key"])
        known = not surely and (stamp is None or (stamp and stamp == row["checked"]))
        if known or is_sound(workspace.store, row["key"]):
            whole += 1
        else:
            told = f"Its files are damaged or missing: {cure_of(row['key'])}."
            yield Finding(False, f"records/{row['key']}", told)
    if surely and done:
        yield Finding(True, "records", count(whole, "record"))


def _memory(workspace: Workspace, rows: Sequence[Row]) -> Iterator[Finding]:
    name = workspace.memory.name
    if not rows and not workspace.memory.exists():
        return
    try:
        with Memory.open(workspace.memory) as memory:
            told = count(memory.count(), "unit")
        if not is_whole(workspace.memory, read_all):
            raise DamagedError(workspace.memory, f"remove it, and {workspace.mended}")
    except UserError as error:
        yield Finding(False, name, str(error))
        return
    behind = memory_behind(workspace, rows)
    yield from ([Finding(False, name, behind)] if behind else [Finding(True, name, told)])


def memory_behind(workspace: Workspace, rows: Sequence[Row]) -> str:
    """Say that the memory lacks records, or what reviewers decided; empty if it does not.

    Raises:
        UserError: it cannot be used.
    """
    wanted = {row["key"]: row["signature"] for row in rows if row["status"] == DONE}
    if not wanted and not workspace.memory.exists():
        return ""
    with Memory.open(workspace.memory) as memory:
        lacks = wanted.items() - memory.signatures().items()
        behind = memory.behind()
    if lacks:
        return f"It lacks {count(len(lacks), 'record')} that were built: {workspace.mended}."
    return f"Decisions on {count(len(behind), 'record')} are not in it yet." if behind else ""


def _index(workspace: Workspace) -> Iterator[Finding]:
    from cdtm.memory.nearest import Nearest, is_whole, notes_of

    path = workspace.nearest
    if not path.exists() and not notes_of(path).exists():
        return
    try:
        index = Nearest.open(path, reading=True)
        whole = index is not None and is_whole(
            path, json.loads(notes_of(path).read_text("utf-8")), surely=True
        )
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if whole and index is not None:
        yield Finding(True, path.name, count(len(index), "vector"))
    else:
        yield Finding(False, path.name, f"It is damaged: {workspace.mended}.")


def _notes(workspace: Workspace) -> Iterator[Finding]:
    for name in ("matches", "imports", "recalibration", BUILDING):
        if (workspace.folder / f"{name}.json").exists():
            noted = workspace.note(name)
            whole = name != "imports" or len(imports_noted(workspace)) == len(noted or ())
            if isinstance(noted, dict) and whole:
                yield Finding(True, f"{name}.json", "a note")
            else:
                helps = "import the files again" if name == "imports" else workspace.mended
                yield Finding(False, f"{name}.json", f"It is damaged: {helps}.")


def _journal(journal: Path) -> Iterator[Finding]:
    """Look at the journal and its copy, each of which says what the other says."""
    copy = copy_of(journal)
    if not journal.exists() and not copy.exists():
        return
    rows, copied = rows_of(journal), rows_of(copy)
    if rows is None:
        yield Finding(False, journal.name, f"It is damaged or gone: {cure(journal)}.")
    else:
        yield Finding(True, journal.name, count(len(rows), "decision"))
    if copied is not None:
        told = count(len(copied), "decision")
        lacks = "" if rows is None or rows == copied else ", and not what the journal says"
        yield Finding(True, COPY, told + lacks)
    elif copy.exists():
        yield Finding(False, COPY, "It is damaged: the next cdtm build copies the journal again.")


def unfinished(workspace: Workspace) -> str:
    """Say how far a build has come that is at work, or came to no end; empty if none."""
    noted = workspace.note(BUILDING)
    if not isinstance(noted, dict) or not isinstance(noted.get("todo"), dict):
        return ""
    todo, began = noted["todo"], str(noted.get("began"))
    rows = ((key, found_again(workspace.store, key)) for key in todo)
    done = sum(row is not None and row["signature"] == todo[key] for key, row in rows)
    try:
        since = datetime.fromisoformat(began).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        since = "an unknown time"
    told = f"{count(done, 'record')} built since {since}, {len(todo) - done:,} left to do"
    try:
        with locked(workspace.folder):
            return f"{told}; the build was interrupted, and the same command goes on from there"
    except BusyError:
        return f"{told}; the build is at work"
    except UserError:
        return told
