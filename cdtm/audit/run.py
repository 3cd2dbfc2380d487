"""`cdtm audit`: a page to read or a book to decide in, as the suffix of the file says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdtm.audit.page import run_audit_page
from cdtm.review.book import run_review_book
from corpora.errors import UserError

if TYPE_CHECKING:
    from cdtm.jobs.audit import AuditJob


def run_audit(job: AuditJob) -> None:
    """Write what is wanted.

    Raises:
        UserError: the suffix says neither, or an option does not go with it.
    """
    suffix = job.output.suffix.lower()
    if suffix in (".html", ".htm"):
        if (job.sample, job.margin, job.by) != (None, None, None) or job.flagged:
            raise UserError(
                "A page shows the whole memory: leave out --sample, --margin, --by and --flagged, "
                "or write a book, -o book.xlsx."
            )
        run_audit_page(job)
    elif suffix == ".xlsx":
        run_review_book(job)
    else:
        raise UserError(f"{job.output} is of no kind known here: name it .html or .xlsx.")
