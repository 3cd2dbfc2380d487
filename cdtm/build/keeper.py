"""Manifest, memory and index in step with the store, while records come in."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cdtm.build.decided import catch_up
from cdtm.build.index import index_vectors
from cdtm.build.records import (
    DONE,
    FAILED,
    IMPORTED,
    IMPORTS,
    build_record,
    empty_row,
    import_key,
    is_foreign,
)
from cdtm.build.schemas import MANIFEST
from cdtm.build.tables import read_beads, read_row
from cdtm.build.workers import Died
from cdtm.damaged import DamagedError
from cdtm.show import count, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from align import Encoder
    from cdtm.build.engines import Engine
    from cdtm.build.gone import Gone
    from cdtm.build.place import Place
    from cdtm.build.records import Job
    from cdtm.build.workspace import Workspace
    from cdtm.memory.memory import Memory
    from cdtm.memory.nearest import MadeBy

    Row = dict[str, Any]

_T = TypeVar("_T")

SAVED_EVERY = 20.0
"""Seconds between two writings of the manifest; a killed build finds the rest in the store."""


class Keeper:
    """Keeps manifest, memory and index in step with the store while records come in.

    Args:
        workspace: where they lie.
        manifest: rows by key; changed in place.
        memory: the open memory.
    """

    def __init__(self, workspace: Workspace, manifest: dict[str, Row], memory: Memory) -> None:
        self.workspace = workspace
        self.manifest = manifest
        self.memory = memory
        self.signatures = memory.signatures()
        self._saved = time.monotonic()

    def take_up(self, rows: Sequence[Row]) -> None:
        """Put into the memory what is in the store and not there yet."""
        missing = [row for row in rows if self.signatures.get(row["key"]) != row["signature"]]
        with progress("Filling the memory", len(missing)) as shown:
            self.manifest |= {row["key"]: row for row in rows}
            for row in missing:
                self.manifest[row["key"]] = self._put(row)
                shown.advance()

    def catch_up(self) -> None:
        """Work in what reviewers decided and the memory does not know; find lost rows again."""
        for key in self.signatures.keys() - self.manifest.keys():
            row = found_again(self.workspace.store, key)
            if row is not None:  # the manifest was lost
                self.manifest[key] = row
        catch_up(self.memory, self.workspace.store)

    def build(
        self,
        jobs: Sequence[Job],
        engine: Engine,
        work: Callable[[Job], Row] = build_record,
        said: str = "Aligning",
    ) -> list[Row]:
        """Build records; each is in the memory as soon as it is done.

        Args:
            jobs: one a record.
            engine: does them.
            work: makes a record's tables and gives its row of the manifest.
            said: what is shown meanwhile.
        """
        fresh = []
        with progress(said, len(jobs)) as shown:
            try:
                for number, result in engine.map(work, jobs):
                    row = died_row(jobs[number], result) if isinstance(result, Died) else result
                    if row["status"] == DONE:
                        row = self._put(row)
                    self.manifest[row["key"]] = row
                    fresh.append(row)
                    self._save_at_times()
                    failed = sum(row["status"] == FAILED for row in fresh)
                    shown.advance(note=f"{count(failed, 'failure')}" if failed else "")
            finally:
                self.workspace.save_manifest(self.manifest.values())
                self.memory.commit()
        return sorted(fresh, key=lambda row: str(row["key"]))

    def drop(self, gone: Gone) -> None:
        """Take out records."""
        for key in gone.dropped:
            self.memory.remove_record(key)
            del self.manifest[key]

    def foreign(self, encoder: Encoder, current: Container[str]) -> list[str]:
        """Give the keys of the records whose vectors another encoder made.

        Args:
            encoder: of this build.
            current: signatures of the records that are of this build.
        """
        store = self.workspace.store
        return sorted(
            row["key"]
            for row in self.manifest.values()
            if row["status"] == DONE and row["signature"] not in current
            if is_foreign(row["key"], encoder, store)
        )

    def finish(self, made_by: MadeBy, foreign: Container[str]) -> None:
        """Leave everything in step; records of another encoder stay out of the index."""
        self.workspace.save_manifest(self.manifest.values())
        self.memory.commit()
        with progress("Indexing the vectors") as shown:
            index_vectors(self.workspace, self.memory, made_by, foreign, shown)

    def _put(self, row: Row) -> Row:
        """Put a record into the memory; give its row, which says so if its tables are damaged."""
        try:
            beads = read_beads(self.workspace.store, row["key"])
            reason = f"Its tables are missing in {self.workspace.store.root}: build it again."
        except DamagedError as damage:
            beads, reason = None, str(damage)
        if beads is None:
            return row | {"status": FAILED, "stage": "memory", "reason": reason}
        self.memory.put_record(row, beads)
        self.signatures[row["key"]] = row["signature"]
        return row

    def _save_at_times(self) -> None:
        if time.monotonic() - self._saved > SAVED_EVERY:
            self.workspace.save_manifest(self.manifest.values())
            self.memory.commit()
            self._saved = time.monotonic()


def died_row(job: Job, died: Died) -> Row:
    """Give the row of a record whose worker did not come back."""
    return empty_row(job) | {"status": FAILED, "stage": "process", "reason": died.reason}


def found_again(store: Place, key: str) -> Row | None:
    """Give the manifest's row of a record in the store; None if it is damaged or not there."""
    try:
        row = read_row(store, key)
    except DamagedError:
        return None
    return None if row is None else {name: row.get(name) for name in MANIFEST}


def imported(workspace: Workspace, manifest: Mapping[str, Row]) -> list[Row]:
    """Give the rows of what `cdtm import` brought, which no file of the records stands for.

    What the manifest has lost is found by the list of imports, and in the store.
    """
    rows = {key: row for key, row in manifest.items() if row["joined_by"] == IMPORTED}
    for told in imports_noted(workspace).values():
        missing = 0
        for number in range(1, told["records"] + 1):
            key = import_key(told["stem"], number)
            row = rows.get(key) or found_again(workspace.store, key)
            missing = 0 if row is not None else missing + 1
            if row is not None:
                rows[key] = row
            elif missing > GAP:
                break
    return [row for row in rows.values() if row["status"] == DONE]


GAP = 1000
"""Records in a row that are not there, after which a list of imports is believed no more."""


def imports_noted(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Give what is noted of each imported file, by its name; what is damaged is left out."""
    noted = workspace.note(IMPORTS)
    kinds = {"signature": str, "stem": str, "units": int, "records": int}
    return {
        name: told
        for name, told in (noted.items() if isinstance(noted, dict) else ())
        if isinstance(told, dict)
        and all(isinstance(told.get(key), kind) for key, kind in kinds.items())
    }


def or_nothing(read: Callable[[], _T], nothing: _T, damaged: list[str]) -> _T:
    """Read a list of the workspace; that it is damaged goes into `damaged`, as a sentence."""
    try:
        return read()
    except DamagedError as damage:
        damaged.append(f"{Path(damage.path).name} is damaged or of another version.")
        return nothing
