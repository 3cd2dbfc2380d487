"""`cdtm build`: a folder of records becomes a workspace; what is up to date is not done again."""

from __future__ import annotations

import fnmatch
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align import load_encoder
from cdtm.build.engines import Died, Engine, make_engine
from cdtm.build.index import index_vectors
from cdtm.build.place import Place
from cdtm.build.records import (
    DONE,
    FAILED,
    IMPORTED,
    IMPORTS,
    Job,
    build_record,
    empty_row,
    import_key,
    is_foreign,
    read_beads,
    record_signature,
    row_in_store,
    stored_row,
)
from cdtm.build.scan import JOINED, catalogue_rows, join_files, scan
from cdtm.build.status import left_out, memory_facts
from cdtm.build.workspace import Workspace, locked, make_workspace
from cdtm.memory.memory import Memory
from cdtm.memory.nearest import MadeBy
from cdtm.show import count, print_facts, progress
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from align import Encoder
    from cdtm.jobs.build import BuildJob
    from corpora.catalogue.types import Pair

    Row = dict[str, Any]

SAVED_EVERY = 20.0
"""Seconds between two writings of the manifest; a killed build finds the rest in the store."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        fresh: rows of the records that were built now, or failed.
        current: records that were up to date.
        waiting: records that `--limit` left for the next time.
        gone: records of the memory whose files are no longer there, or are another record's now.
        rows: of the whole manifest.
        files: of the whole catalogue.
        foreign: keys of records whose vectors another encoder made.
    """

    fresh: list[Row]
    current: int
    waiting: int
    gone: list[str]
    rows: list[Row]
    files: list[Row]
    foreign: list[str]


def run_build(job: BuildJob) -> Built:
    """Build, print a summary to stderr, unless it is to be quiet, and say what was done.

    Raises:
        UserError: the folder or the workspace cannot be used, or the build was interrupted.
    """
    started = time.perf_counter()
    check_records(job)
    workspace = make_workspace(job.workspace, whole_path(job.records), job.store)
    with (
        locked(workspace),
        make_engine(job.engine, workers=job.workers, address=job.address) as engine,
    ):
        try:
            built = build(job, workspace, engine)
        except KeyboardInterrupt:
            raise UserError(
                "Interrupted: nothing is lost, the same command goes on from there."
            ) from None
    if not job.quiet:
        print_facts(summary_of(built, workspace, time.perf_counter() - started))
    return built


def whole_path(records: str) -> str:
    """Write the folder so that it can be found from anywhere; a URL stays as it is."""
    return records if "://" in records else str(Path(records).resolve())


def check_records(job: BuildJob) -> None:
    """Refuse a folder that is not there, or that is the workspace's own.

    Raises:
        UserError: so it is.
    """
    if "://" in job.records:
        return
    records, workspace = Path(job.records).resolve(), job.workspace.resolve()
    if not records.is_dir():
        raise UserError(f"There is no folder {job.records}: give the folder of your records.")
    if workspace == records or workspace in records.parents:
        raise UserError(f"{job.records} lies in the workspace {job.workspace}: take another one.")


def build(job: BuildJob, workspace: Workspace, engine: Engine) -> Built:
    """Find the pairs, build those that are new, and bring the memory up to date."""
    encoder = load_encoder(job.encoder)
    place = Place(job.records)
    with progress("Looking through the files") as shown:
        known = [] if job.force else workspace.catalogue()
        files = scan(place, known, engine, shown.set)
        catalogue = join_files(files, place, workspace, engine, encoder)
    file_rows = list(catalogue_rows(files, catalogue))
    workspace.save_catalogue(file_rows)
    manifest = workspace.manifest()
    jobs = list(jobs_of(catalogue.pairs, job, workspace, encoder))
    current, todo = part_jobs(jobs, manifest, force=job.force)
    limited = todo[: job.limit]
    with Memory.open(workspace.memory, create=True) as memory:
        keeper = Keeper(workspace, manifest, memory)
        keeper.take_up([*current, *imported(workspace, manifest)])
        keeper.catch_up()
        fresh = keeper.build(limited, engine)
        gone = keeper.drop_gone(catalogue.pairs, prune=job.prune)
        foreign = keeper.foreign(encoder, {job.signature for job in jobs})
        keeper.finish(MadeBy(encoder_name(job.encoder), encoder.signature), foreign)
    return Built(
        fresh=fresh,
        current=len(current),
        waiting=len(todo) - len(limited),
        gone=gone,
        rows=[*manifest.values()],
        files=file_rows,
        foreign=foreign,
    )


def encoder_name(name: str | None) -> str | None:
    """Write an encoder's name so that it can be loaded from anywhere."""
    return str(Path(name).resolve()) if name and Path(name).exists() else name


def jobs_of(
    pairs: Iterable[Pair], job: BuildJob, workspace: Workspace, encoder: Encoder
) -> Iterator[Job]:
    """Make a job of every pair that was asked for.

    Raises:
        UserError: `--only` fits none.
    """
    chosen = [pair for pair in pairs if is_chosen(pair, job.only)]
    if job.only and not chosen:
        raise UserError(
            f"No record fits --only {' '.join(job.only)}: give symbols such as CD/PV.1579 or "
            "'CD/PV.15*'."
        )
    for pair in chosen:
        hashes = pair.zh.sha256, pair.en.sha256
        yield Job(
            key=pair.key,
            symbol=pair.symbol,
            files=(pair.zh.path, pair.en.path),
            hashes=hashes,
            joined_by=pair.joined_by,
            joining=pair.confidence,
            notes=(*pair.zh.notes, *pair.en.notes, *pair.notes),
            signature=record_signature(encoder, hashes),
            records=Place(job.records),
            store=workspace.store,
            encoder=job.encoder,
        )


def is_chosen(pair: Pair, only: Sequence[str]) -> bool:
    """Whether a pair's symbol or key fits one of the patterns, if there are any."""
    names = [pair.key.upper(), (pair.symbol or "").upper()]
    return not only or any(
        fnmatch.fnmatchcase(name, pattern.upper()) for pattern in only for name in names
    )


def part_jobs(
    jobs: Sequence[Job], manifest: Mapping[str, Row], *, force: bool
) -> tuple[list[Row], list[Job]]:
    """Part the jobs into those that are done, as rows of the manifest, and those to do."""
    current, todo = [], []
    for job in jobs:
        row = manifest.get(job.key)
        up_to_date = row is not None and (row["status"], row["signature"]) == (DONE, job.signature)
        if not force and not up_to_date:
            row = stored_row(job)  # a build that was killed may have left it
            up_to_date = row is not None
        if up_to_date and not force and row is not None:
            named = {"zh_file": job.files[0], "en_file": job.files[1]}
            current.append(row | named)
        else:
            todo.append(job)
    return current, todo


def imported(workspace: Workspace, manifest: Mapping[str, Row]) -> list[Row]:
    """Give the rows of what `cdtm import` brought, which no file of the records stands for.

    What the manifest has lost is found by the list of imports, and in the store.
    """
    rows = {key: row for key, row in manifest.items() if row["joined_by"] == IMPORTED}
    for told in (workspace.note(IMPORTS) or {}).values():
        for number in range(1, told["records"] + 1):
            key = import_key(told["stem"], number)
            row = rows.get(key) or row_in_store(workspace.store, key)
            if row is not None:
                rows[key] = row
    return [row for row in rows.values() if row["status"] == DONE]


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
            for row in missing:
                self._put(row)
                shown.advance()
        self.manifest |= {row["key"]: row for row in rows}

    def catch_up(self) -> None:
        """Work in what reviewers decided and a killed `cdtm audit apply` has not."""
        found = {key: read_beads(self.workspace.store, key) for key in self.memory.behind()}
        tables = {key: beads for key, beads in found.items() if beads is not None}
        for key, beads in tables.items():
            self.memory.work_in(key, beads)
        if len(tables) == len(found):
            self.memory.note_worked_in()

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
                        self._put(row)
                    self.manifest[row["key"]] = row
                    fresh.append(row)
                    self._save_at_times()
                    failed = sum(row["status"] == FAILED for row in fresh)
                    shown.advance(note=f"{count(failed, 'failure')}" if failed else "")
            finally:
                self.workspace.save_manifest(self.manifest.values())
                self.memory.commit()
        return sorted(fresh, key=lambda row: str(row["key"]))

    def drop_gone(self, pairs: Iterable[Pair], *, prune: bool) -> list[str]:
        """Take out records whose files now are another record's, or if wanted are gone."""
        keys, used = set(), set()
        for pair in pairs:
            keys.add(pair.key)
            used |= {pair.zh.sha256, pair.en.sha256}
        gone = sorted(self.manifest.keys() - keys)
        for key in gone:
            row = self.manifest[key]
            if row["joined_by"] == IMPORTED:
                continue
            if prune or used & {row["zh_sha256"], row["en_sha256"]} or row["status"] == FAILED:
                self.memory.remove_record(key)
                del self.manifest[key]
        left = (key for key in gone if key in self.manifest)
        return [key for key in left if self.manifest[key]["joined_by"] != IMPORTED]

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

    def _put(self, row: Row) -> None:
        beads = read_beads(self.workspace.store, row["key"])
        if beads is None:
            raise UserError(
                f"The tables of {row['key']} are missing in {self.workspace.store.root}: "
                "run the build with --force."
            )
        self.memory.put_record(row, beads)
        self.signatures[row["key"]] = row["signature"]

    def _save_at_times(self) -> None:
        if time.monotonic() - self._saved > SAVED_EVERY:
            self.workspace.save_manifest(self.manifest.values())
            self.memory.commit()
            self._saved = time.monotonic()


def died_row(job: Job, died: Died) -> Row:
    """Give the row of a record whose worker did not come back."""
    return empty_row(job) | {"status": FAILED, "stage": "process", "reason": died.reason}


def summary_of(built: Built, workspace: Workspace, seconds: float) -> list[tuple[str, str]]:
    """Say what was done: pairs of a heading and a line of text."""
    done = [row for row in built.fresh if row["status"] == DONE]
    failed = [row for row in built.fresh if row["status"] == FAILED]
    joined = sum(row["state"] == JOINED for row in built.files)
    facts = [("Files", f"{count(len(built.files), 'file')}, {count(joined // 2, 'pair')}")]
    facts += [("Left out", text) for text in left_out(built.files)]
    parts = [f"{len(done):,} built in {seconds:.1f} s", f"{built.current:,} up to date"]
    parts += [f"{built.waiting:,} left by --limit for the next time"] if built.waiting else []
    facts.append(("Records", ", ".join(parts)))
    facts += [
        ("Failed", f"{row['key']}, {row['stage']}: {row['reason']}") for row in failed[:SHOWN]
    ]
    if len(failed) > SHOWN:
        facts.append(("Failed", f"… and {len(failed) - SHOWN:,} more"))
    if built.gone:
        facts.append(
            (
                "Kept",
                f"{count(len(built.gone), 'record')} whose files are no longer there; "
                "--prune takes them out of the memory",
            )
        )
    if built.foreign:
        facts.append(
            (
                "Not near",
                f"{count(len(built.foreign), 'record')} that another encoder made cdtm lookup "
                "finds by their words only: build all with one encoder",
            )
        )
    facts += memory_facts(built.rows)
    facts.append(("Workspace", f"{workspace.folder}; cdtm status -w {workspace.folder} tells more"))
    return facts


SHOWN = 5
"""Failures that the summary lists."""
