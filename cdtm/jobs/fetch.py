"""The job that gets records from the UN's document service."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import Side, to_file


@dataclass(frozen=True, slots=True)
class FetchJob(Job):
    """Fetch records by symbol, in both languages, from the UN's document service.

    What is there already is not fetched again, so a run that was stopped goes on where it was.
    Not yet run against the live service, only against a copy of how others describe it.
    Exit status 1 if a file could not be had; the others are kept all the same.
    """

    examples: ClassVar = (
        "cdtm fetch CD/PV.1579 -o records",
        "cdtm fetch CD/PV.1500-1600 S/PV.10100,10102 -o records",
        "cdtm fetch CD/PV.1579 -o records --lang zh --proxy http://proxy.example.org:8080",
    )
    symbols: Annotated[
        tuple[str, ...],
        Argument(
            metavar="SYMBOL…",
            help="CD/PV.1579, a range such as CD/PV.1500-1600, or a list with commas.",
        ),
    ]
    folder: Annotated[
        Path,
        to_file("The folder to keep the records in; it is made if need be.", metavar="RECORDS"),
    ]
    language: Annotated[
        Side | None, Option("--lang", show_default="both", help="One language only.")
    ] = None
    format: Annotated[
        Literal["pdf", "docx"],
        Option(help="docx: Word files, and PDF where there is none or an old .doc only."),
    ] = "pdf"
    rate: Annotated[
        float,
        Option(
            metavar="N", min=0.01, max=50.0, help="Requests a second at most; a file takes two."
        ),
    ] = 1.0  # the service is slower than this most of the time
    workers: Annotated[
        int,
        Option(metavar="N", min=1, max=16, help="Requests at once; the UN minds above 4."),
    ] = 4  # at ten the service was seen to refuse one in eight
    force: Annotated[bool, Option("--force", help="Fetch again what is there already.")] = False
    base_url: Annotated[
        str | None,
        Option(
            metavar="URL",
            envvar="CDTM_FETCH_URL",
            show_default="https://documents.un.org",
            help="Of a mirror of the service.",
        ),
    ] = None
    proxy: Annotated[
        str | None,
        Option(
            metavar="URL",
            show_default="HTTPS_PROXY, ALL_PROXY …",
            help="Of the proxy to go through.",
        ),
    ] = None
    redirect_to: Annotated[
        tuple[str, ...],
        Option(
            metavar="HOST",
            show_default=False,
            help="Another host to which the service may send us. May be repeated.",
        ),
    ] = ()
    quiet: Annotated[bool, Option("-q", "--quiet", help="Print no table.")] = False

    @property
    def languages(self) -> tuple[Side, ...]:
        """Those to fetch; English first: a Chinese answer with its bytes is known to be English."""
        return ("en", "zh") if self.language is None else (self.language,)
