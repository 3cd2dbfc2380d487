"""`cdtm audit -o book.xlsx` and `cdtm audit apply`: a book for reviewers, and what they decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.show import count, print_facts
from corpora import UserError

if TYPE_CHECKING:
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import ApplyJob, AuditJob
    from cdtm.memory.journal import Decision
    from cdtm.review.weigh import Applied, Conflict
    from tmx_out.review.reader import Filled, ReadBook, Refused


@dataclass(slots=True)
class ApplyReport:
    """What applying a book did.

    Attributes:
        applied: decisions that are new in the journal and count.
        held: decisions that differ from another reviewer's.
        unchanged: rows that the journal has already.
        blank: rows without a decision.
        conflicts: row, unit, reason, what was written.
        unplaced: former decisions that fit no unit any more: record, reason.
        about: how the units were drawn; None if unknown.
        token: of the book.
    """

    applied: list[Decision] = field(default_factory=list)
    held: list[Decision] = field(default_factory=list)
    unchanged: int = 0
    blank: int = 0
    conflicts: list[tuple[int, str, str, dict[str, str]]] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    about: dict[str, Any] | None = None
    token: str = ""

    @property
    def changed(self) -> int:
        """How many decisions went into the journal."""
        return len(self.applied) + len(self.held)


def run_review_book(job: AuditJob) -> int:
    """Write a review book, say on stderr what it holds, and give the number of its rows.

    Raises:
        UserError: the options do not go together, or there is nothing to review.
    """
    from cdtm.build.workspace import open_workspace
    from cdtm.memory.memory import Memory
    from cdtm.review.choose import flagged, of_records, sampled
    from cdtm.review_rows import review_rows
    from tmx_out.review.book import MAX_ROWS, write_review_book

    ways = (job.sample is not None or job.margin is not None, job.flagged, bool(job.records))
    if sum(ways) != 1:
        raise UserError(
            "A review book holds one thing: give --sample N (or --margin), or --flagged, or "
            "--record SYMBOL."
        )
    workspace = open_workspace(job.workspace)
    with Memory.open(workspace.memory) as memory:
        if job.flagged:
            wanted, about = flagged(workspace, memory)
        elif job.records:
            wanted, about = of_records(memory, job.records)
        else:
            wanted, about = sampled(memory, job.sample, job.margin, by=job.by, seed=job.seed)
        about["after"] = last_decision(workspace)
        left = max(0, len(wanted) - MAX_ROWS)
        rows = review_rows(memory, wanted[:MAX_ROWS])
    if not rows:
        raise UserError("There is nothing to review: every doubt has been decided.")
    intro = _intro(about, len(rows), left)
    write_review_book(job.output, rows, about, intro=intro)
    if not job.quiet:
        facts = [("Written", f"{job.output}, {count(len(rows), 'unit')}")]
        facts += [("", line) for line in intro]
        facts += [("Then", f"cdtm audit apply {job.output} -w {job.workspace}")]
        print_facts(facts)
    return len(rows)


def last_decision(workspace: Workspace) -> int:
    """Give the newest decision: books made before and after one are different books."""
    from cdtm.memory.journal import NAME, Journal

    with Journal.open(workspace.folder / NAME) as journal:
        return journal.changed_since(0)[1]


def _intro(about: dict[str, Any], rows: int, left: int) -> list[str]:
    """Say what a book holds."""
    if about["kind"] == "sample":
        total = sum(about["population"].values())
        how = f", by {about['by']}" if about["by"] else ""
        lines = [
            f"{rows:,} of {total:,} units, drawn at random{how} with seed {about['seed']}.",
            "Decide all of them, or the estimate will flatter: people leave out what is hard.",
        ]
    elif about["kind"] == "flagged":
        lines = [f"{rows:,} doubts about the memory, the greatest first."]
        if about["decided before"]:
            lines.append(f"{about['decided before']:,} that were decided before are left out.")
    else:
        lines = [f"Every unit of {', '.join(about['records'])}, omissions among them."]
    if left:
        lines.append(f"{left:,} more found no room: decide these first.")
    return lines


def run_apply(job: ApplyJob) -> ApplyReport:
    """Apply a filled book, print what was done, and give the report.

    Raises:
        UserError: the book or the workspace cannot be used.
    """
    from cdtm.build.workspace import locked, open_workspace
    from cdtm.memory.journal import NAME, Journal
    from tmx_out.review.book import write_conflicts
    from tmx_out.review.reader import read_review_book

    workspace = open_workspace(job.workspace)
    if not workspace.memory.is_file():
        raise UserError(f"There is no memory {workspace.memory}: make it with cdtm build.")
    book = read_review_book(job.book)
    filled, nameless = named_rows(book, job.reviewer)
    with locked(workspace), Journal.open(workspace.folder / NAME, create=True) as journal:
        report = _apply(workspace, journal, replace(book, filled=tuple(filled)), job)
        report.conflicts += [_refused(row) for row in (*book.refused, *nameless)]
        report.conflicts.sort(key=lambda conflict: conflict[0])
        if report.conflicts:
            write_conflicts(conflicts_path(job.book), report.conflicts)
        if not job.quiet:
            _print_report(report, journal, job)
    return report


def conflicts_path(book: Path) -> Path:
    """Where the rows that could not be applied are written."""
    return book.with_name(f"{book.stem}.conflicts.xlsx")


def named_rows(book: ReadBook, reviewer: str) -> tuple[list[Filled], list[Refused]]:
    """Give each row its reviewer: its own, the only one of the book, or the one given.

    Raises:
        UserError: no name is anywhere.
    """
    from tmx_out.review.reader import Refused

    names = sorted({row.reviewer for row in book.filled if row.reviewer})
    usual = reviewer or (names[0] if len(names) == 1 else "")
    if book.filled and not names and not usual:
        raise UserError(
            "Nobody's name is in the column reviewer: write it in one row, or give --reviewer NAME."
        )
    named = [
        row if row.reviewer else replace(row, reviewer=usual)
        for row in book.filled
        if row.reviewer or usual
    ]
    reason = f"no reviewer, and the book has several ({', '.join(names)}): write a name."
    nameless = [
        Refused(row.row, reason, tuple(_written(row).items()), row.tuid)
        for row in book.filled
        if not (row.reviewer or usual)
    ]
    return named, nameless


def _apply(workspace: Workspace, journal: Any, book: ReadBook, job: ApplyJob) -> ApplyReport:
    """Weigh every row, write the journal in one transaction, then bring the memory up to it."""
    from cdtm.build.records import read_beads
    from cdtm.memory.memory import Memory
    from cdtm.review.weigh import Applied, Conflict, apply_to_record
    from tmx_out.dates import build_time

    report = ApplyReport(
        blank=book.blank, about=None if book.about is None else dict(book.about), token=book.token
    )
    time = build_time().isoformat()
    manifest = workspace.manifest()
    with Memory.open(workspace.memory) as memory:
        known = memory.signatures()
    of_record: dict[str, list[Filled]] = defaultdict(list)
    for row in book.filled:
        of_record[row.record].append(row)
    new: list[Decision] = []
    for key, rows in of_record.items():
        beads = read_beads(workspace.store, key) if key in known and key in manifest else None
        if beads is None:
            applied = Applied(
                conflicts=[Conflict(row, "the record is no longer in the memory.") for row in rows]
            )
        else:
            former = journal.decisions(key)
            applied = apply_to_record(
                rows, beads, former, token=book.token, time=time, settle=job.settle
            )
        _take(report, applied)
        new += applied.new
    journal.add(new, token=book.token, name=job.book.name, about=report.about or {})
    catch_up(workspace, {d.record for d in new}, report)
    return report


def _take(report: ApplyReport, applied: Applied) -> None:
    report.unchanged += applied.unchanged
    report.applied += [d for d in applied.new if d.effect != "held"]
    report.held += [d for d in applied.new if d.effect == "held"]
    report.conflicts += [_conflict(conflict) for conflict in applied.conflicts]


def catch_up(workspace: Workspace, keys: set[str], report: ApplyReport) -> None:
    """Put records in again, and those that a killed command left behind, all in one transaction."""
    from cdtm.build.records import read_beads
    from cdtm.memory.memory import Memory

    manifest = workspace.manifest()
    with Memory.open(workspace.memory, create=True) as memory:
        for key in sorted(keys | memory.behind()):
            beads = read_beads(workspace.store, key)
            if key in manifest and beads is not None:
                memory.put_record(manifest[key], beads)
        memory.note_worked_in()
        report.unplaced = [(key, reason) for _, key, reason in memory.unplaced()]


def _written(row: Filled) -> dict[str, str]:
    told = {
        "decision": row.decision,
        "new zh": row.new_zh,
        "new en": row.new_en,
        "label": row.label,
        "comment": row.comment,
        "reviewer": row.reviewer,
    }
    return {name: text for name, text in told.items() if text}


def _conflict(conflict: Conflict) -> tuple[int, str, str, dict[str, str]]:
    row = conflict.filled
    return row.row, row.tuid, conflict.reason, _written(row)


def _refused(row: Refused) -> tuple[int, str, str, dict[str, str]]:
    unit = row.unit.split("|")[1] if row.unit.count("|") == 2 else row.unit
    return row.row, unit, row.reason, dict(row.written)


def _print_report(report: ApplyReport, journal: Any, job: ApplyJob) -> None:
    """Say what was done, each conflict on a line, and what the memory is worth by the sample."""
    from cdtm.review.figures import figures_of_book

    for row, unit, reason, _ in report.conflicts:
        print(f"row {row}\t{unit}\t{reason}")
    applied = count(len(report.applied), "decision")
    facts = [("Applied", applied if report.changed else "nothing: the memory has it all already")]
    if report.unchanged:
        facts.append(("Unchanged", f"{count(report.unchanged, 'row')}, applied before"))
    if report.blank:
        facts.append(("Blank", f"{count(report.blank, 'row')} without a decision"))
    if report.conflicts:
        told = f"{count(len(report.conflicts), 'row')} not applied, kept in "
        facts.append(("Conflicts", f"{told}{conflicts_path(job.book)}"))
    if report.unplaced:
        facts.append(
            (
                "Lost units",
                f"{count(len(report.unplaced), 'decision')} of earlier books; see status",
            )
        )
    facts += figures_of_book(report.token, report.about, journal)
    print_facts(facts)
