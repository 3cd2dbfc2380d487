"""The job of taking in somebody else's memory."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import WorkspaceFolder


@dataclass(frozen=True, slots=True)
class MemoryJob(Job):
    """Take a translation memory of another tool into a workspace.

    Its units are then found, counted, exported and audited like those of records, each with a
    confidence and flags of its own. Importing a file again changes nothing; another file of the
    same name takes its place. A workspace that is not there is made.
    """

    examples: ClassVar = (
        "cdtm import old.tmx -w memory/",
        "cdtm import --pairs bitext.tsv -w memory/",
        "cdtm import old.tmx -w memory/ --no-status    # and let the audit doubt all of it",
        "cdtm import old.tmx -w memory/ --forget",
    )
    file: Annotated[
        Path, Argument(metavar="FILE", help="A .tmx file, or with --pairs a table .tsv .csv .xlsx.")
    ]
    workspace: WorkspaceFolder
    pairs: Annotated[
        bool, Option("--pairs", help="The file is a table with a Chinese and an English column.")
    ] = False
    status: Annotated[
        bool,
        Option(
            "--status/--no-status",
            help="Keep what reviewers decided in the other tool: approved units are accepted.",
        ),
    ] = True
    forget: Annotated[bool, Option("--forget", help="Remove what a file of this name brought.")] = (
        False
    )
    workers: Annotated[
        int | None,
        Option(
            metavar="N",
            min=1,
            show_default="two",
            help="Processes that work at once on a large memory.",
        ),
    ] = None
