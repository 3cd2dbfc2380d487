"""`cdtm audit apply`: what reviewers decided in a book goes into the journal and the memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.build.tables import read_beads
from cdtm.build.workspace import locked, open_workspace
from cdtm.memory.backup import keep_copy, mend_journal
from cdtm.memory.journal import NAME, Journal
from cdtm.memory.memory import Memory
from cdtm.review.figures import figures_of_book
from cdtm.review.weigh import Applied, Conflict, apply_to_record
from cdtm.show import count, plain, print_facts
from corpora.errors import UserError
from tmx_out.dates import build_time
from tmx_out.review.book import write_conflicts
from tmx_out.review.reader import Refused, cells_by_row, read_review_book

if TYPE_CHECKING:
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import ApplyJob
    from cdtm.memory.journal import Decision
    from tmx_out.review.reader import Filled, ReadBook


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

    def take(self, applied: Applied) -> None:
        """Add what became of the rows of one record."""
        self.unchanged += applied.unchanged
        self.applied += [d for d in applied.new if d.effect != "held"]
        self.held += [d for d in applied.new if d.effect == "held"]
        self.conflicts += [_conflict(conflict) for conflict in applied.conflicts]


def run_apply(job: ApplyJob) -> bool:
    """Apply a filled book and print what was done; whether every row could be applied.

    Raises:
        UserError: the book or the workspace cannot be used.
    """
    return not apply_book(job).conflicts


def apply_book(job: ApplyJob) -> ApplyReport:
    """Apply a filled book, print what was done, and give the report.

    Raises:
        UserError: the book or the workspace cannot be used.
    """
    workspace = open_workspace(job.workspace)
    if not workspace.memory.is_file():
        raise UserError(f"There is no memory {workspace.memory}: make it with cdtm build.")
    book = read_review_book(job.book)
    filled, nameless = named_rows(book, job.reviewer)
    path = workspace.folder / NAME
    with locked(workspace.folder):
        _mend(path)
        with Journal.open(path, create=True) as journal:
            with Memory.open(workspace.memory, create=True, journal=journal) as memory:
                decided = replace(book, filled=tuple(filled))
                report = work_in_book(
                    workspace, memory, journal, decided, name=job.book.name, settle=job.settle
                )
            keep_copy(path)
            report.conflicts += [_refused(row) for row in (*book.refused, *nameless)]
            report.conflicts.sort(key=lambda conflict: conflict[0])
            if report.conflicts:
                cells, about = cells_by_row(job.book)
                write_conflicts(conflicts_path(job.book), report.conflicts, cells, about)
            if not job.quiet:
                _print_report(report, journal, job)
    return report


def _mend(journal: Path) -> None:
    mended = mend_journal(journal)
    if mended is not None:
        print_facts([("Mended", f"{mended}.")])


def work_in_book(
    workspace: Workspace,
    memory: Memory,
    journal: Journal,
    book: ReadBook,
    *,
    name: str,
    settle: bool,
) -> ApplyReport:
    """Weigh what was decided and work it in, record by record, all of it or nothing.

    Args:
        workspace: locked.
        memory: of it, open to be changed.
        journal: of it, open to be added to.
        book: of which every filled row has its reviewer.
        name: of its file.
        settle: whether what differs from another reviewer's decision takes its place.

    The journal is written in one transaction before that of the memory ends. If the process is
    killed between, the memory is behind, and the next book or build works in what it lacks.
    """
    report = ApplyReport(
        blank=book.blank, about=None if book.about is None else dict(book.about), token=book.token
    )
    time = build_time().isoformat()
    known, behind = memory.signatures(), memory.behind()
    of_record: dict[str, list[Filled]] = defaultdict(list)
    for row in book.filled:
        of_record[row.record].append(row)
    new: list[Decision] = []
    for key in (*of_record, *sorted(behind - of_record.keys())):
        rows = of_record.get(key, [])
        beads = read_beads(workspace.store, key) if key in known else None
        if beads is None:
            reason = "the record is no longer in the memory."
            report.take(Applied(conflicts=[Conflict(row, reason) for row in rows]))
            continue
        applied = apply_to_record(
            rows, beads, journal.decisions(key), token=book.token, time=time, settle=settle
        )
        if applied.new or key in behind:
            memory.put_units(key, applied.rows, applied.unplaced)
        report.take(applied)
        new += applied.new
    journal.add(new, token=book.token, name=name, about=report.about or {})
    memory.note_worked_in()
    report.unplaced = [(key, reason) for _, key, reason in memory.unplaced()]
    return report


def conflicts_path(book: Path) -> Path:
    """Where the rows that could not be applied are written."""
    return book.with_name(f"{book.stem}.conflicts.xlsx")


def named_rows(book: ReadBook, reviewer: str) -> tuple[list[Filled], list[Refused]]:
    """Give each row its reviewer: its own, the only one of the book, or the one given.

    Raises:
        UserError: no name is anywhere.
    """
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


def _print_report(report: ApplyReport, journal: Journal, job: ApplyJob) -> None:
    """Say what was done, each conflict on a line, and what the memory is worth by the sample."""
    for row, unit, reason, _ in report.conflicts:
        print(f"row {row}\t{plain(unit)}\t{plain(reason)}")
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
