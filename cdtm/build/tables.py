"""The files of one record in the store, and the one door through which they are read.

`record.json` is written last and has the checksums of the two tables: what does not agree with it,
or cannot be parsed, is damaged.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from cdtm.build.schemas import BEADS, LATER, MANIFEST, SENTENCES
from cdtm.damaged import DamagedError
from cdtm.memory.units import OF_IMPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cdtm.build.place import Place

    Row = dict[str, Any]

SCHEMAS: Final = {"sentences": SENTENCES, "beads": BEADS}


def parse_table(data: bytes, columns: Sequence[str] | None = None) -> pl.DataFrame | None:
    """Parse the bytes of a Parquet file; None if they are damaged."""
    try:
        return pl.read_parquet(io.BytesIO(data), columns=list(columns) if columns else None)
    except (
        *(pl.exceptions.PolarsError, pl.exceptions.PanicException),  # a mistake of its parser
        *(OSError, ValueError, MemoryError, OverflowError),
    ):
        return None


SUM: Final = "cdtm.sum"
"""Key in the metadata of a list, under which the checksum of its values stands."""


def sum_of(table: pl.DataFrame) -> str:
    """Sum up the values of a table, whatever bytes they are written as."""
    return checksum(table.write_csv().encode())


def read_sums(data: bytes) -> str | None:
    """Give the checksum in the metadata of a Parquet file; None if there is none."""
    try:
        return pl.read_parquet_metadata(io.BytesIO(data)).get(SUM)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        return None


def read_row(store: Place, key: str) -> Row | None:
    """Read what `record.json` says of a record, `encoder` and `checksums` too; None if missing.

    Raises:
        DamagedError: so it is.
    """
    found = store.read(f"{key}/record.json")
    if found is None:
        return None
    try:
        row: Row = json.loads(found)
        row["date"] = date.fromisoformat(row["date"]) if row["date"] else None
        if row["key"] == key and MANIFEST.keys() - LATER <= row.keys() and _is_typed(row):
            return row
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise DamagedError(_path(store, f"{key}/record.json"), cure_of(key))


def _is_typed(row: Row) -> bool:
    texts = [row[name] for name, kind in MANIFEST.items() if kind == pl.String and name in row]
    numbers = [row[name] for name in ("units", "nulls", "confidence", "flagged", "joining")]
    return all(isinstance(text, str | None) for text in texts) and all(
        isinstance(number, int | float | None) for number in numbers
    )


def read_beads(store: Place, key: str, columns: list[str] | None = None) -> pl.DataFrame | None:
    """Read a record's beads, all columns or some; None if the store does not have them.

    Raises:
        DamagedError: the table is damaged, or what tells of it is.
    """
    return _read(store, key, "beads", columns)


def read_sentences(store: Place, key: str) -> pl.DataFrame | None:
    """Read a record's sentences; None if the store does not have them.

    Raises:
        DamagedError: the table is damaged, or what tells of it is.
    """
    return _read(store, key, "sentences", None)


def _read(store: Place, key: str, name: str, columns: list[str] | None) -> pl.DataFrame | None:
    file = f"{key}/{name}.parquet"
    data, row = store.read(file), read_row(store, key)
    if data is None or row is None:
        return None
    known = row.get("checksums")  # an older cdtm wrote none
    if not isinstance(known, dict) or known.get(name) == checksum(data):
        table = parse_table(data, columns)
        wanted = {(each, SCHEMAS[name][each]) for each in columns or SCHEMAS[name]}
        if table is not None and wanted <= set(table.schema.items()):  # an import's have more
            return table
    raise DamagedError(_path(store, file), cure_of(key))


def checksum(data: bytes) -> str:
    """Name bytes in 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write_tables(
    store: Place, key: str, tables: Mapping[str, pl.DataFrame], row: Mapping[str, Any]
) -> None:
    """Write a record's files; what says that they are whole goes first and comes back last."""
    store.remove(f"{key}/record.json")
    checksums = {}
    for name, table in tables.items():
        buffer = io.BytesIO()
        table.write_parquet(buffer, compression="zstd")
        data = buffer.getvalue()
        store.write(f"{key}/{name}.parquet", data)
        checksums[name] = checksum(data)
    told = json.dumps({**row, "checksums": checksums}, ensure_ascii=False, default=str, indent=0)
    store.write(f"{key}/record.json", told.encode(), lasting=True)


def stamp_of(store: Place, key: str) -> str | None:
    """Tell the sizes and times of a record's files, cheaply; None in an object store.

    Who has read them once need not read them again while this stays the same.
    """
    if not store.is_local:
        return None
    told = []
    for name in ("sentences.parquet", "beads.parquet", "record.json"):
        try:
            found = os.stat(Path(store.root, key, name))
        except OSError:
            return ""
        told.append(f"{found.st_size}:{found.st_mtime_ns}")
    return " ".join(told)


def is_sound(store: Place, key: str) -> bool:
    """Whether all files of a record are there and whole; reads them."""
    try:
        return read_sentences(store, key) is not None and read_beads(store, key) is not None
    except DamagedError:
        return False


def cure_of(key: str) -> str:
    """Say what makes a record's tables anew."""
    if key.startswith(OF_IMPORTS):
        return "cdtm import of the file it came from makes it anew, after --forget"
    return f"cdtm build makes it anew, surely with --force --only {key}"


def _path(store: Place, name: str) -> Path | str:
    return Path(store.root, name) if store.is_local else f"{store.root.rstrip('/')}/{name}"
