"""`cdtm import`: somebody else's memory becomes records of a workspace.

The file is read to its end before anything of it is kept: its units wait in tables of their own,
one a record, and are then judged, put into the memory and indexed as a build does it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from align import given, load_encoder
from cdtm.build.engines import make_engine
from cdtm.build.keeper import Keeper, imports_noted, or_nothing
from cdtm.build.place import Place
from cdtm.build.records import (
    FAILED,
    IMPORTED,
    IMPORTS,
    Job,
    import_key,
    record_signature,
)
from cdtm.build.workspace import locked, make_workspace, open_workspace
from cdtm.imports.record import given_table, import_record
from cdtm.imports.sources import Source
from cdtm.memory.memory import Memory
from cdtm.memory.nearest import MadeBy
from cdtm.memory.units import OF_IMPORTS
from cdtm.show import count, print_facts, working
from corpora.errors import UserError
from tmx_out.tmx_reader import NotWellFormedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cdtm.build.workspace import Workspace
    from cdtm.jobs.imports import MemoryJob
    from tmx_out.units import Unit

    Row = dict[str, Any]

UNITS: Final = 1_000
"""Units of one record at most: what has more is parted, so that memory stays flat."""

WAITING: Final = 20_000
"""Units of unfinished documents that are kept at once."""

WORKERS: Final = 2
"""Processes that judge at most, unless asked for: each holds 180 MB, and two keep the one that
writes busy."""

ALONE: Final = 20_000
"""Units up to which one process is done before others have begun."""


@dataclass(slots=True)
class Spool:
    """Units on their way into records, one a document, a long one in parts.

    Attributes:
        place: where the tables wait.
        stem: begins the keys.
        documents: of each table, by its key.
    """

    place: Place
    stem: str
    documents: dict[str, str] = field(default_factory=dict)
    units: int = 0
    _open: dict[str, list[Unit]] = field(default_factory=dict)
    _waiting: int = 0

    def add(self, unit: Unit) -> None:
        """Take a unit in."""
        units = self._open.setdefault(unit.document, [])
        units.append(unit)
        self.units += 1
        self._waiting += 1
        if len(units) >= UNITS:
            self._write(unit.document)
        elif self._waiting > WAITING:
            self._write(max(self._open, key=lambda document: len(self._open[document])))

    def close(self) -> None:
        """Write what is left."""
        for document in [*self._open]:
            self._write(document)

    def _write(self, document: str) -> None:
        units = self._open.pop(document)
        self._waiting -= len(units)
        key = import_key(self.stem, len(self.documents) + 1)
        self.documents[key] = document
        self.place.write(f"{key}.parquet", given_table(units))


def run_import(job: MemoryJob) -> bool:
    """Import a memory, or forget one; whether all of it went well.

    Raises:
        UserError: the file or the workspace cannot be used.
    """
    started = time.perf_counter()
    if job.forget:
        workspace = open_workspace(job.workspace)
        with locked(workspace.folder):
            gone = _forget(workspace, job.file.name)
        print_facts([("Forgotten", f"{count(gone, 'unit')} of {job.file.name}")], stderr=False)
        return True
    if not job.file.is_file():
        raise UserError(f"There is no file {job.file}: check its name.")
    made = (job.workspace / "workspace.json").exists()
    workspace = open_workspace(job.workspace) if made else make_workspace(job.workspace, None, None)
    with locked(workspace.folder):
        workspace.save()
        facts, failed = _import(job, workspace)
    facts.append(("Time", f"{time.perf_counter() - started:.1f} s"))
    print_facts(facts)
    return not failed


def _import(job: MemoryJob, workspace: Workspace) -> tuple[list[tuple[str, str]], int]:
    """Do it; give what is to be told, and how many records failed."""
    name, sha256 = job.file.name, _digest(job.file)
    encoder = load_encoder()
    status = "" if job.status else "no status"
    signature = record_signature(encoder, (sha256, sha256, status, given.signature()))
    known = imports_noted(workspace)
    same = next((n for n, told in known.items() if told["signature"] == signature), None)
    if same is not None:
        said = "" if same == name else f" as {same}"
        return [("Up to date", f"{name} was imported{said}: nothing is done")], 0
    with tempfile.TemporaryDirectory(prefix=".import-", dir=workspace.folder) as folder:
        source = Source(job.file, job.pairs)
        spool = _spooled(source, Path(folder), name, status=job.status)
        if not spool.units:
            raise UserError(
                f"{name} holds no unit with Chinese and English text"
                + "".join(
                    f"; {number:,} {reason}" for reason, number in source.skipped.reasons.items()
                )
                + ": look at its languages."
            )
        jobs = [
            Job(
                key=key,
                symbol=document or None,
                files=(f"{key}.parquet", f"{key}.parquet"),
                hashes=(sha256, sha256),
                joined_by=IMPORTED,
                joining=1.0,
                notes=(name,),
                signature=signature,
                records=spool.place,
                store=workspace.store,
            )
            for key, document in spool.documents.items()
        ]
        rows = _build(jobs, workspace, name, spool.units, workers=job.workers)
    failed = [row for row in rows if row["status"] == FAILED]
    if not failed:
        known = imports_noted(workspace)
        told = {"signature": signature, "units": spool.units, "records": len(rows)}
        known[name] = told | {"stem": spool.stem}
        workspace.save_note(IMPORTS, known, lasting=True)
    return _facts(source, rows, spool.units), len(failed)


def _spooled(source: Source, folder: Path, name: str, *, status: bool) -> Spool:
    """Read a file to its end; once more and mended if it is no XML."""
    stem = re.sub(r"[\W_]+", "-", Path(name).stem).strip("-")[:40] or "memory"
    stem = f"{OF_IMPORTS}{stem}-{zlib.crc32(name.encode(errors='backslashreplace')):08x}"
    for mend in (False, True):
        source.mend = mend
        place = folder / ("mended" if mend else "whole")
        spool = Spool(Place(str(place)), stem)
        try:
            with working(f"Reading {name}"):
                for unit in source.units():
                    spool.add(unit if status else _undecided(unit))
            spool.close()
        except NotWellFormedError as error:
            if mend:
                raise UserError(f"{error} Nothing of it was imported.") from error
            shutil.rmtree(place, ignore_errors=True)
        else:
            break
    return spool


def _undecided(unit: Unit) -> Unit:
    return replace(unit, status="", changed_by="", changed=None)


def _build(
    jobs: list[Job], workspace: Workspace, name: str, units: int, *, workers: int | None
) -> list[Row]:
    encoder = load_encoder()
    manifest = or_nothing(workspace.manifest, dict[str, Any](), [])
    kind = "processes" if units > ALONE else "serial"
    with (
        make_engine(kind, workers=workers or min(WORKERS, os.cpu_count() or 1)) as engine,
        Memory.open(workspace.memory, create=True) as memory,
    ):
        keeper = Keeper(workspace, manifest, memory)
        keeper.catch_up()
        rows = keeper.build(jobs, engine, import_record, "Judging")
        keys = {job.key for job in jobs}
        for key in _keys_of(name, manifest) - keys:
            _remove(key, workspace, memory, manifest)
        foreign = keeper.foreign(encoder, {job.signature for job in jobs})
        keeper.finish(MadeBy(None, encoder.signature), foreign)
    return rows


def _keys_of(name: str, manifest: dict[str, Row]) -> set[str]:
    return {
        key
        for key, row in manifest.items()
        if row["joined_by"] == IMPORTED and row["zh_file"] == name
    }


def _remove(key: str, workspace: Workspace, memory: Memory, manifest: dict[str, Row]) -> None:
    memory.remove_record(key)
    del manifest[key]
    for table in ("record.json", "beads.parquet", "sentences.parquet"):
        workspace.store.remove(f"{key}/{table}")


def _forget(workspace: Workspace, name: str) -> int:
    """Remove what a file brought; give how many units."""
    manifest, known = workspace.manifest(), imports_noted(workspace)
    keys = _keys_of(name, manifest)
    if not keys and name not in known:
        names = ", ".join(known) or "nothing"
        raise UserError(f"No {name} was imported into {workspace.folder}; there is: {names}.")
    gone = sum(manifest[key]["units"] or 0 for key in keys)
    encoder = load_encoder()
    with Memory.open(workspace.memory, create=True) as memory:
        for key in keys:
            _remove(key, workspace, memory, manifest)
        keeper = Keeper(workspace, manifest, memory)
        keeper.finish(MadeBy(None, encoder.signature), keeper.foreign(encoder, ()))
    known.pop(name, None)
    workspace.save_note(IMPORTS, known, lasting=True)
    return gone


def _facts(source: Source, rows: list[Row], units: int) -> list[tuple[str, str]]:
    """Say what was done."""
    done = [row for row in rows if row["status"] != FAILED]
    flagged = sum(row["flagged"] for row in done)
    sure = sum(row["confidence"] * row["units"] for row in done) / max(1, units)
    facts = [
        ("Imported", f"{source.path.name}, {count(units, 'unit')} in {count(len(done), 'record')}"),
        ("Judged", f"mean confidence {sure:.3f}, {count(flagged, 'unit')} with a flag"),
    ]
    facts += [
        ("Left out", f"{count(number, 'unit')}: {reason}, such as {_such(source, reason)}")
        for reason, number in source.skipped.reasons.items()
    ]
    facts += [("Mended", f"{what}: {number:,}") for what, number in source.told.items()]
    facts += [("Failed", f"{row['key']}, {row['stage']}: {row['reason']}") for row in rows if (
        row["status"] == FAILED
    )]  # fmt: skip
    return facts


def _such(source: Source, reason: str) -> str:
    return next((s.tuid for s in source.skipped if s.reason == reason), "others")


def _digest(path: Path) -> str:
    def pieces() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                yield piece

    found = hashlib.sha256()
    for piece in pieces():
        found.update(piece)
    return found.hexdigest()
