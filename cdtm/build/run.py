"""`cdtm build`: a folder of records becomes a workspace; what is up to date is not done again."""

from __future__ import annotations

import fnmatch
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align import load_encoder
from cdtm.build.engines import Engine, make_engine
from cdtm.build.gone import Gone, part_gone
from cdtm.build.keeper import Keeper, imported, or_nothing
from cdtm.build.place import Place
from cdtm.build.records import (
    DONE,
    FAILED,
    Job,
    record_signature,
    stored_row,
)
from cdtm.build.scan import JOINED, catalogue_rows, join_files, scan
from cdtm.build.status import left_out, memory_facts
from cdtm.build.tables import stamp_of
from cdtm.build.workspace import BUILDING, Workspace, locked, make_workspace
from cdtm.damaged import DamagedError
from cdtm.memory.backup import keep_copy, mend_journal
from cdtm.memory.journal import NAME as JOURNAL
from cdtm.memory.memory import Memory
from cdtm.memory.nearest import MadeBy
from cdtm.show import count, print_facts, progress
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from align import Encoder
    from cdtm.jobs.build import BuildJob
    from corpora.catalogue.types import Pair

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        fresh: rows of the records that were built now, or failed.
        current: records that were up to date.
        waiting: records that `--limit` left for the next time.
        gone: records of the memory that no two files make any more, and that stay.
        rows: of the whole manifest.
        files: of the whole catalogue.
        foreign: keys of records whose vectors another encoder made.
        lost: paths of files over which the process that looked into them ended.
        mended: what was damaged and has been made anew, a sentence each.
    """

    fresh: list[Row]
    current: int
    waiting: int
    gone: Gone
    rows: list[Row]
    files: list[Row]
    foreign: list[str]
    lost: list[str]
    mended: list[str]

    @property
    def failed(self) -> list[Row]:
        """Rows of the records that failed now."""
        return [row for row in self.fresh if row["status"] == FAILED]


def run_build(job: BuildJob) -> bool:
    """Build, and print a summary to stderr, unless it is to be quiet.

    Returns:
        Whether all went well: no record failed, and no file took a process along.

    Raises:
        UserError: the folder or the workspace cannot be used, or the build was interrupted.
    """
    started = time.perf_counter()
    built = build_folder(job)
    if not job.quiet:
        print_facts(summary_of(built, job, time.perf_counter() - started))
    return not built.failed and not built.lost


def build_folder(job: BuildJob) -> Built:
    """Build, and say what was done; nothing is written before all is checked.

    Raises:
        UserError: see `run_build`.
    """
    check_records(job)
    store = None if job.store is None else whole_path(job.store)
    encoder = load_encoder(job.encoder)
    with make_engine(job.engine, workers=job.workers, address=job.address) as engine:
        make_workspace(job.workspace, whole_path(job.records), store)
        with locked(job.workspace):
            # Once more, as it is now that nobody else writes there.
            workspace = make_workspace(job.workspace, whole_path(job.records), store)
            try:
                return build(job, workspace, engine, encoder)
            except KeyboardInterrupt:
                raise UserError(
                    "Interrupted: nothing is lost, the same command goes on from there."
                ) from None


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


def build(job: BuildJob, workspace: Workspace, engine: Engine, encoder: Encoder) -> Built:
    """Find the pairs, build those that are new, and bring the memory up to date."""
    place, mended = Place(job.records), list[str]()
    journal = workspace.folder / JOURNAL
    if (restored := mend_journal(journal)) is not None:
        print_facts([("Mended", f"{restored}.")])
    keep_copy(journal)
    former = or_nothing(workspace.catalogue, list[Any](), mended)
    with progress("Looking through the files") as shown:
        files, lost = scan(place, [] if job.force else former, engine, shown.set)
        catalogue = join_files(files, place, workspace, engine, encoder)
    jobs = list(jobs_of(catalogue.pairs, job, workspace, encoder))
    workspace.save()
    file_rows = list(catalogue_rows(files, catalogue))
    workspace.save_catalogue(file_rows)
    manifest = or_nothing(workspace.manifest, dict[str, Any](), mended)
    current, todo = part_jobs(jobs, manifest, force=job.force)
    limited = todo[: job.limit]
    note_begin(workspace, limited)

    def fill() -> tuple[list[Row], Gone, list[str]]:
        with Memory.open(workspace.memory, create=True) as memory:
            keeper = Keeper(workspace, manifest, memory)
            keeper.take_up([*current, *imported(workspace, manifest)])
            keeper.catch_up()
            fresh = keeper.build(limited, engine)
            gone = part_gone(
                manifest, memory.signatures(), catalogue.pairs, files, place, prune=job.prune
            )
            keeper.drop(gone)
            foreign = keeper.foreign(encoder, {job.signature for job in jobs})
            keeper.finish(MadeBy(encoder_name(job.encoder), encoder.signature), foreign)
            return fresh, gone, foreign

    try:
        fresh, gone, foreign = fill()
    except DamagedError as damage:
        if damage.path != workspace.memory:
            raise
        mended.append(f"{workspace.memory.name} was damaged.")
        workspace.drop_memory()
        fresh, gone, foreign = fill()
    workspace.drop_note(BUILDING)
    return Built(
        fresh=fresh,
        current=len(current),
        waiting=len(todo) - len(limited),
        gone=gone,
        rows=[*manifest.values()],
        files=file_rows,
        foreign=foreign,
        lost=lost,
        mended=mended,
    )


def note_begin(workspace: Workspace, jobs: Sequence[Job]) -> None:
    """Note what is going to be built, for `cdtm status` if it comes to no end."""
    if not jobs:
        return
    began = datetime.now(UTC).isoformat(timespec="seconds")
    workspace.save_note(BUILDING, {"began": began, "todo": {j.key: j.signature for j in jobs}})


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
        row = None if force else manifest.get(job.key)
        if row is None or (row["status"], row["signature"]) != (DONE, job.signature):
            row = None
        elif (stamp := stamp_of(job.store, job.key)) is not None and stamp != row["checked"]:
            row = None  # its files may be damaged
        if row is None and not force:
            row = stored_row(job)  # a build that was killed may have left it
        if row is not None:
            named = {"zh_file": job.files[0], "en_file": job.files[1]}
            current.append(row | named)
        else:
            todo.append(job)
    return current, todo


def summary_of(built: Built, job: BuildJob, seconds: float) -> list[tuple[str, str]]:
    """Say what was done: pairs of a heading and a line of text."""
    done = [row for row in built.fresh if row["status"] == DONE]
    failed = built.failed
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
    facts += [("Lost", f"{path}: see cdtm status --troubles") for path in built.lost[:SHOWN]]
    facts += [("Mended", f"{sentence} It was made anew.") for sentence in built.mended]
    facts += kept_facts(built.gone, prune=job.prune)
    if built.foreign:
        facts.append(
            (
                "Not near",
                f"{count(len(built.foreign), 'record')} that another encoder made cdtm lookup "
                "finds by their words only: build all with one encoder",
            )
        )
    facts += memory_facts(built.rows)
    facts.append(("Workspace", f"{job.workspace}; cdtm status -w {job.workspace} tells more"))
    return facts


def kept_facts(gone: Gone, *, prune: bool) -> list[tuple[str, str]]:
    """Say which records stay without two files that make them."""
    facts = []
    if gone.kept:
        told = f"{count(len(gone.kept), 'record')} whose files are no longer there; "
        more = "no file at all is: is the disk there?" if prune else "--prune takes them out"
        facts.append(("Kept", told + more))
    if gone.held:
        told = (
            f"{count(len(gone.held), 'record')} whose files are there, but not read or joined now"
        )
        facts.append(("Kept", told))
    return facts


SHOWN = 5
"""Failures that the summary lists."""
