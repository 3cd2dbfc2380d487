"""`cdtm audit -o book.xlsx`: a book for reviewers to decide in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.memory.journal import NAME, Journal
from cdtm.review.choose import flagged, of_records, review_rows, sampled
from cdtm.show import count, print_facts
from corpora.errors import UserError
from tmx_out.review.book import MAX_ROWS, write_review_book

if TYPE_CHECKING:
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import AuditJob


def run_review_book(job: AuditJob) -> int:
    """Write a review book, say on stderr what it holds, and give the number of its rows.

    Raises:
        UserError: the options do not go together, or there is nothing to review.
    """
    ways = (job.sample is not None or job.margin is not None, job.flagged, bool(job.records))
    if sum(ways) != 1:
        raise UserError(
            "A review book holds one thing: give --sample N (or --margin), or --flagged, or "
            "--record SYMBOL."
        )
    workspace = open_workspace(job.workspace)
    with open_memory(workspace) as memory:
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
