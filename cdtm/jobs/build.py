"""Jobs that make a memory of a folder of records, and say what became of it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import EncoderName, Quiet, WorkspaceFolder


@dataclass(frozen=True, slots=True)
class BuildJob(Job):
    """Make a memory of every pair in a folder; a second run takes up only what is new.

    Files are told apart by what they say, then by their names. Nothing is lost if the build is
    interrupted or killed: the same command goes on from there.
    """

    examples: ClassVar = (
        "cdtm build records/ -w memory/",
        "cdtm build records/ -w memory/ --only 'CD/PV.15*' --limit 20",
        "cdtm build s3://bucket/records -w memory/ --store s3://bucket/tables --engine ray "
        "--address auto",
    )
    records: Annotated[
        str,
        Argument(
            metavar="RECORDS",
            help="A folder of records in both languages, at any depth: TXT, PDF, DOCX.",
        ),
    ]
    workspace: WorkspaceFolder
    limit: Annotated[int | None, Option(metavar="N", min=1, help="Build N records at most.")] = None
    only: Annotated[
        tuple[str, ...],
        Option(
            metavar="PATTERN", help="Only records of these symbols: 'CD/PV.15*'. May be repeated."
        ),
    ] = ()
    force: Annotated[bool, Option("--force", help="Build also what is up to date.")] = False
    prune: Annotated[
        bool,
        Option("--prune", help="Take records out of the memory whose files are no longer there."),
    ] = False
    encoder: EncoderName = None
    engine: Annotated[
        str,
        Option(
            metavar="serial|processes|ray",
            help="Who does the work: this process, several of this machine, or a Ray cluster.",
        ),
    ] = "processes"
    workers: Annotated[
        int | None,
        Option(
            metavar="N", min=1, show_default="one a processor", help="Processes that work at once."
        ),
    ] = None
    address: Annotated[
        str | None,
        Option(
            metavar="ADDRESS",
            help="Of the Ray cluster; without it, one is started on this machine.",
        ),
    ] = None
    store: Annotated[
        str | None,
        Option(
            metavar="URL",
            show_default="WORKSPACE/records",
            help="Where the tables of the records go.",
        ),
    ] = None
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class StatusJob(Job):
    """Say what a workspace holds, what failed, and what was left out."""

    examples: ClassVar = (
        "cdtm status -w memory/",
        "cdtm status -w memory/ --check       # reads all of it: is it sound, and what helps",
        "cdtm status -w memory/ --troubles    # every failure, and every file left out, with why",
    )
    workspace: WorkspaceFolder
    troubles: Annotated[
        bool,
        Option(
            "--troubles",
            help="List what failed or is doubtful, and each file left out, a line each: "
            "kind, what, why, with tabs between.",
        ),
    ] = False
    check: Annotated[
        bool,
        Option(
            "--check",
            help="Read all that the workspace holds, and say of each file whether it is sound.",
        ),
    ] = False
    as_json: Annotated[bool, Option("--json", help="Every file and record, for programs.")] = False
