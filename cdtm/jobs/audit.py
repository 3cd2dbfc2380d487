"""Jobs that show how good a memory is, and take up what reviewers decide."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import Quiet, WorkspaceFolder, to_file

By = Literal["confidence", "era", "kind"]
"""What the strata of a sample are made by."""


@dataclass(frozen=True, slots=True)
class AuditJob(Job):
    """See how good the memory is and what is wrong with it; correct it in a spreadsheet.

    The page shows what is expected of the memory, what to look at first and why, and every record
    side by side; it is one file and needs no network. What is decided in a book is put into the
    memory by cdtm audit apply, outlives later builds, and is followed by the exports.
    """

    examples: ClassVar = (
        "cdtm audit -w memory/ -o audit.html    # a page to read, or to print",
        "cdtm audit -w memory/ -o book.xlsx --flagged",
        "cdtm audit -w memory/ -o book.xlsx --sample 500 --by confidence",
        "cdtm audit -w memory/ -o book.xlsx --record CD/PV.1579",
        "cdtm audit apply book.xlsx -w memory/",
        "cdtm audit gold -w memory/ -o gold/",
    )
    workspace: WorkspaceFolder
    output: Annotated[
        Path,
        to_file("Where to write: .html for a page to read, .xlsx for a book to decide in."),
        "say what to write: -o audit.html or -o book.xlsx.",
    ]
    sample: Annotated[
        int | None,
        Option(
            metavar="N",
            min=1,
            help="A book of N units drawn at random, from which the precision is estimated.",
        ),
    ] = None
    margin: Annotated[
        float | None,
        Option(
            metavar="P",
            min=0.001,
            max=0.5,
            help="A book of as many units as an estimate needs that is P (0.01) off at most.",
        ),
    ] = None
    by: Annotated[
        By | None,
        Option(
            help="Draw from each part of the memory: by confidence, by decade (era), or by "
            "sentences joined (kind)."
        ),
    ] = None
    seed: Annotated[int, Option(metavar="N", help="The same seed draws the same units.")] = 1
    flagged: Annotated[
        bool, Option("--flagged", help="A book of all doubts, the greatest first.")
    ] = False
    records: Annotated[
        tuple[str, ...],
        Option(
            "--record",
            metavar="SYMBOL",
            help="A book of one record, or a page of it alone; * stands for anything. "
            "May be repeated.",
        ),
    ] = ()
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class ApplyJob(Job):
    """Put the decisions of a filled book into the memory, each conflict told on a line.

    All or nothing, and who decided what and when is kept; applying a book again changes nothing.
    """

    examples: ClassVar = ("cdtm audit apply book.xlsx -w memory/",)
    book: Annotated[Path, Argument(metavar="FILE", help="The filled book, .xlsx.")]
    workspace: WorkspaceFolder
    reviewer: Annotated[
        str,
        Option(metavar="NAME", help="Whose decisions they are, where the book does not say."),
    ] = ""
    settle: Annotated[
        bool,
        Option("--settle", help="What differs from another reviewer's decision takes its place."),
    ] = False
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class GoldJob(Job):
    """Turn what reviewers decided into gold that cdtm evaluate reads."""

    examples: ClassVar = ("cdtm audit gold -w memory/ -o gold/",)
    workspace: WorkspaceFolder
    output: Annotated[Path, to_file("A new or empty folder.", metavar="FOLDER")]
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class RecalibrateJob(Job):
    """Say what the confidences are worth here, by what reviewers decided: before and after."""

    examples: ClassVar = ("cdtm audit recalibrate -w memory/",)
    workspace: WorkspaceFolder
    as_json: Annotated[bool, Option("--json", help="All digits, for programs.")] = False
