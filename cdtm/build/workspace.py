"""The folder that a build fills: where each thing lies, who may write, and its two lists.

``catalogue.parquet`` lists the files that were found, ``manifest.parquet`` the records that were
built; ``records/`` holds the tables of each. ``memory.sqlite`` and ``nearest.faiss`` are made from
those and can be made again.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.build.place import Place
from corpora import UserError
from corpora.atomic import atomic_write

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

    def catalogue(self) -> list[Row]:
        """Read the files that the last build found, by path."""
        return _read_table(self.folder / "catalogue.parquet", "CATALOGUE")

    def manifest(self) -> dict[str, Row]:
        """Read the records that were tried, by key."""
        rows = _read_table(self.folder / "manifest.parquet", "MANIFEST")
        return {row["key"]: row for row in rows}

    def save_catalogue(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the list of files, by path."""
        _write_table(self.folder / "catalogue.parquet", "CATALOGUE", rows, by="path")

    def save_manifest(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the list of records, by key."""
        _write_table(self.folder / "manifest.parquet", "MANIFEST", rows, by="key")

    def note(self, name: str) -> Any:
        """Read what an earlier build noted under a name; None if nothing."""
        try:
            return json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def save_note(self, name: str, value: Any) -> None:
        """Note something for the next build."""
        with atomic_write(self.folder / f"{name}.json") as stream:
            stream.write(json.dumps(value, ensure_ascii=False, indent=1).encode())


def open_workspace(folder: Path) -> Workspace:
    """Open a workspace that a build made.

    Raises:
        UserError: there is none, or a newer program made it.
    """
    try:
        told = json.loads((folder / "workspace.json").read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(
            f"{folder} is no workspace: make one with cdtm build RECORDS -w {folder}."
        ) from None
    except (OSError, ValueError):
        raise UserError(
            f"{folder / 'workspace.json'} cannot be read: run cdtm build into a new folder."
        ) from None
    if told["format"] > FORMAT:
        raise UserError(f"{folder} was made by a newer cdtm: update cdtm to use it.")
    return Workspace(folder, Place(told["store"] or str(folder / "records")), told["records"])


def make_workspace(folder: Path, records: str | None, store: str | None) -> Workspace:
    """Open a workspace for a build, or make it.

    Args:
        folder: its folder; made if missing.
        records: the folder of records, noted for `cdtm status`; None if there is none yet.
        store: where its records' tables go, if not into the folder.

    Raises:
        UserError: the folder holds something else, or cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = next((path for path in folder.iterdir() if path.name[0] != "."), None)
    except OSError as error:
        raise UserError(f"{folder} cannot be a workspace: {error.strerror}.") from None
    if (folder / "workspace.json").exists():
        former = open_workspace(folder)
        if store is None and former.store.root != str(folder / "records"):
            store = former.store.root
    elif strange is not None:
        raise UserError(
            f"{folder} holds {strange.name} and is no workspace: give a new or empty folder to -w."
        )
    workspace = Workspace(folder, Place(store or str(folder / "records")), records)
    workspace.save_note("workspace", {"format": FORMAT, "records": records, "store": store})
    return workspace


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Keep other builds out while the block runs; a killed build keeps nobody out.

    Raises:
        UserError: another build is at work.
    """
    path = workspace.folder / ".lock"
    with path.open("a") as stream:
        try:
            import fcntl
        except (
            ImportError
        ):  # Windows: an open file cannot be locked so; builds are told apart by hand
            yield
            return
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UserError(
                f"Another build is at work in {workspace.folder}: wait for it, or end it."
            ) from None
        yield


# A look-up opens a workspace without its tables: polars is loaded for these only.


def _read_table(path: Path, schema: str) -> list[Row]:
    """Read a table's rows; none if the file is missing, cannot be read or has other columns.

    Args:
        path: the file.
        schema: its name in `cdtm.build.schemas`.
    """
    import polars as pl

    from cdtm.build import schemas

    try:
        table = pl.read_parquet(path)
    except (FileNotFoundError, pl.exceptions.PolarsError):
        return []
    return table.to_dicts() if set(table.columns) == set(getattr(schemas, schema)) else []


def _write_table(path: Path, schema: str, rows: Iterable[Mapping[str, Any]], *, by: str) -> None:
    import polars as pl

    from cdtm.build import schemas

    columns = getattr(schemas, schema)
    table = pl.DataFrame([{name: row[name] for name in columns} for row in rows], schema=columns)
    with atomic_write(path) as stream:
        table.sort(by).write_parquet(stream, compression="zstd")
