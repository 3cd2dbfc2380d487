"""The job of the desk: cdtm in the browser."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from typer import Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import WorkspaceFolder


@dataclass(frozen=True, slots=True)
class ServeJob(Job):
    """Work with a memory in the browser: look up, read records side by side, correct.

    The page is served on this computer alone (127.0.0.1) and needs no network. Ctrl-C ends it.
    """

    examples: ClassVar = (
        "cdtm serve -w memory/",
        "cdtm serve -w memory/ --no-open --port 8017",
    )
    workspace: WorkspaceFolder
    port: Annotated[
        int,
        Option(
            "--port",
            metavar="N",
            min=0,
            max=65535,
            show_default=False,
            help="Of the address; bookmarks outlive a restart with it.  [default: a free one]",
        ),
    ] = 0
    reviewer: Annotated[
        str,
        Option(
            "--reviewer",
            metavar="NAME",
            show_default=False,
            help="In whose name it is corrected.  [default: your name on this computer]",
        ),
    ] = ""
    no_open: Annotated[
        bool, Option("--no-open", help="Print the address, and open no browser.")
    ] = False
