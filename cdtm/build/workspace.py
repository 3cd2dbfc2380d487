"""The folder that a build fills: where each thing lies, who may write, and its two lists.

``catalogue.parquet`` lists the files that were found, ``manifest.parquet`` the records that were
built; ``records/`` holds the tables of each. ``memory.sqlite`` and ``nearest.faiss`` are made from
those and can be made again. Whatever reads a file here says so if it is damaged, and what helps.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from cdtm.build.place import Place
from cdtm.damaged import DamagedError
from corpora import UserError
from corpora.atomic import atomic_write, remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Row = dict[str, Any]

FORMAT = 1
"""Of the workspace; a program that knows a lower number refuses it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's folder.

    Attributes:
        folder: holds everything but what `store` names.
        store: where the records' tables are; by default the folder's ``records``.
        records: the folder of records of the last build; None before the first.
    """

    folder: Path
    store: Place
    records: str | None = None

    @property
    def memory(self) -> Path:
        """The database of units."""
        return self.folder / "memory.sqlite"

    @property
    def nearest(self) -> Path:
        """The index of unit vectors."""
        return self.folder / "nearest.faiss"

    @property
    def mended(self) -> str:
        """What makes anew whatever the tables of records hold."""
        return f"cdtm build {self.records or 'RECORDS'} -w {self.folder} makes it anew"

    def catalogue(self) -> list[Row]:
        """Read the files that the last build found, by path; none before the first build.

        Raises:
            DamagedError: the list is damaged, or another version of cdtm wrote it.
        """
        return self._read_table("catalogue.parquet", "CATALOGUE")

    def manifest(self) -> dict[str, Row]:
        """Read the records that were tried, by key; none before the first build.

        Raises:
            DamagedError: the list is damaged, or another version of cdtm wrote it.
        """
        rows = self._read_table("manifest.parquet", "MANIFEST")
        return {row["key"]: row for row in rows}

    def save_catalogue(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the list of files, by path."""
        _write_table(self.folder / "catalogue.parquet", "CATALOGUE", rows, by="path")

    def save_manifest(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the list of records, by key."""
        _write_table(self.folder / "manifest.parquet", "MANIFEST", rows, by="key")

    def _read_table(self, name: str, schema: str) -> list[Row]:
        # A look-up opens a workspace without its tables: polars is loaded for these only.
        from cdtm.build import schemas
        from cdtm.build.tables import parse_table, read_sums, sum_of

        path = self.folder / name
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return []
        table, sums = parse_table(data), read_sums(data)
        columns = set(getattr(schemas, schema))
        if table is not None and sums not in (None, sum_of(table)):
            table = None  # Parquet has no checksums: garbled values come out as others
        if table is None or columns - schemas.LATER != set(table.columns) - schemas.LATER:
            raise DamagedError(path, self.mended)
        return [dict.fromkeys(columns) | row for row in table.to_dicts()]

    def note(self, name: str) -> Any:
        """Read what an earlier build noted under a name; None if nothing, or if it is damaged."""
        try:
            return json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        except (FileNotFoundError, ValueError, RecursionError):
            return None

    def save_note(self, name: str, value: Any, *, lasting: bool = False) -> None:
        """Note something for the next build; `lasting` outlives a power cut at once."""
        with atomic_write(self.folder / f"{name}.json", lasting=lasting) as stream:
            stream.write(json.dumps(value, ensure_ascii=False, indent=1).encode())

    def drop_note(self, name: str) -> None:
        """Remove a note, if there is one."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)

    def drop_memory(self) -> None:
        """Remove a memory that is damaged, to be made anew."""
        for end in ("", "-wal", "-shm", "-journal"):
            self.memory.with_name(self.memory.name + end).unlink(missing_ok=True)

    def save(self) -> None:
        """Write what the workspace is, unless it says so already; only within `locked`."""
        own = str(self.folder / "records")
        store = None if self.store.root == own else self.store.root
        told = {"format": FORMAT, "records": self.records, "store": store}
        if self.note("workspace") != told:
            self.save_note("workspace", told, lasting=True)


BUILDING: Final = "building"
"""Note of a build: when it began and what is to be built; dropped at its end."""

OURS: Final = frozenset(
    {
        *("catalogue.parquet", "manifest.parquet", "memory.sqlite", "nearest.faiss"),
        *("nearest.json", "matches.json", "building.json", "decisions.sqlite"),
    }
)
"""Files of which each tells that a folder is a workspace, though ``workspace.json`` is lost."""


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace that a build made.

    Raises:
        UserError: there is none, or a newer program made it.
    """
    told = _told(folder)
    if told is None:
        cure = f"cdtm build RECORDS -w {folder} makes it anew (with --store, if it had one)"
        raise DamagedError(folder / "workspace.json", cure)
    return Workspace(folder, Place(told["store"] or str(folder / "records")), told["records"])


def _told(folder: Path) -> dict[str, Any] | None:
    """Read what a workspace says that it is; None if that is damaged.

    Raises:
        UserError: there is none, or a newer program made it.
    """
    path = folder / "workspace.json"
    try:
        told = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        if any((folder / name).exists() for name in OURS):
            return None
        raise UserError(
            f"{folder} is no workspace: make one with cdtm build RECORDS -w {folder}."
        ) from None
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("format"), int):
        return None
    if told["format"] > FORMAT:
        raise UserError(f"{folder} was made by a newer cdtm: update cdtm to use it.")
    kinds = (str, type(None))
    whole = all(isinstance(told.get(name, 0), kinds) for name in ("store", "records"))
    return told if whole else None


def make_workspace(folder: Path, records: str | None, store: str | None) -> Workspace:
    """Open a workspace for a build, or make its folder; nothing is written but by `Workspace.save`.

    Args:
        folder: its folder; made if missing.
        records: the folder of records, noted for `cdtm status`; None if there is none yet.
        store: where its records' tables go, if not into the folder.

    Raises:
        UserError: the folder holds something else, cannot be made, or has its tables elsewhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = next((path for path in folder.iterdir() if path.name[0] != "."), None)
    except OSError as error:
        raise UserError(f"{folder} cannot be a workspace: {error.strerror}.") from None
    own = str(folder / "records")
    if strange is None:
        return Workspace(folder, Place(store or own), records)
    try:
        told = _told(folder)
    except UserError:
        if (folder / "workspace.json").exists():
            raise
        raise UserError(
            f"{folder} holds {strange.name} and is no workspace: give a new or empty folder to -w."
        ) from None
    former = (store if told is None else told["store"]) or own
    if store is not None and _place(store) != _place(former):
        raise UserError(
            f"{folder} keeps its tables in {former}: leave --store out, or build into a new "
            "workspace."
        )
    return Workspace(folder, Place(former), records)


def _place(root: str) -> str:
    return root.rstrip("/") if "://" in root else str(Path(root).resolve())


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other builds out of a workspace; a killed build keeps nobody out.

    What killed builds left half written is removed.

    Raises:
        UserError: another build is at work, or nothing may be written here.
    """
    try:
        stream = (folder / ".lock").open("a")
    except OSError as error:
        raise UserError(
            f"Nothing may be written in {folder} ({error.strerror}): ask its owner for "
            "permission, or copy the workspace."
        ) from None
    with stream:
        try:
            lock_file(stream)
        except OSError:
            raise BusyError(folder) from None
        remove_leftovers(folder, *(folder / "records").glob("*/"))
        for left in folder.glob(".import-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def lock_file(stream: IO[str]) -> None:
    """Lock an open file for this process until it is closed, by what the system has.

    Raises:
        OSError: another process has locked it.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


class BusyError(UserError):
    """Another command is writing into the workspace."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another build is at work in {folder}: wait for it, or end it.")


def _write_table(path: Path, schema: str, rows: Iterable[Mapping[str, Any]], *, by: str) -> None:
    import polars as pl

    from cdtm.build import schemas
    from cdtm.build.tables import SUM, sum_of

    columns = getattr(schemas, schema)
    table = pl.DataFrame([{name: row[name] for name in columns} for row in rows], schema=columns)
    table = table.sort(by)
    data = io.BytesIO()  # so that a full disk is told by the system, not by polars
    table.write_parquet(data, compression="zstd", metadata={SUM: sum_of(table)})
    with atomic_write(path) as stream:
        stream.write(data.getvalue())
