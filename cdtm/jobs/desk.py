"""The job of the desk: cdtm in the browser."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import FORMATS, EncoderName, Encodings, Force, Languages, Source, to_file


@dataclass(frozen=True, slots=True)
class ServeJob(Job):
    """Work with a memory in the browser: look up, read records side by side, correct.

    With two files instead of a workspace these are aligned, shown and corrected; the output is
    written at once and after each correction, and nothing else is left behind.
    The page is served on this computer alone (127.0.0.1) and needs no network. Ctrl-C ends it.
    """

    examples: ClassVar = (
        "cdtm serve -w memory/",
        "cdtm serve -w memory/ --no-open --port 8017",
        "cdtm serve CD_PV.1579.zh.pdf CD_PV.1579.en.pdf -o 1579.tmx",
    )
    first: Annotated[
        Path | None, Argument(metavar="[ZH", help="Instead of a workspace: a record …")
    ] = None
    second: Annotated[Path | None, Argument(metavar="EN]", help="… and its translation.")] = None
    workspace: Annotated[
        Path | None,
        Option("-w", "--workspace", metavar="WORKSPACE", help="The folder that cdtm build fills."),
    ] = None
    outputs: Annotated[
        tuple[Path, ...],
        to_file(
            f"Of two files: where to write; the suffix says the format: {FORMATS}. May be repeated."
        ),
    ] = ()
    encoder: EncoderName = None
    source: Source = "zh"
    languages: Languages = ()
    encodings: Encodings = ()
    force: Force = False
    port: Annotated[
        int,
        Option(
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
            metavar="NAME",
            show_default=False,
            help="In whose name it is corrected.  [default: your name on this computer]",
        ),
    ] = ""
    no_open: Annotated[
        bool, Option("--no-open", help="Print the address, and open no browser.")
    ] = False
