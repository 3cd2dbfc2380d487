"""Jobs that give out what a memory holds: files for other tools, and answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import (
    FORMATS,
    Languages,
    Quiet,
    Since,
    Source,
    Symbols,
    Until,
    WorkspaceFolder,
    to_file,
)


@dataclass(frozen=True, slots=True)
class ExportJob(Job):
    """Write the memory of a workspace as files for CAT tools, spreadsheets and programs.

    A pair of texts is written once, from the oldest record that has it; another translation of
    the same text is written too. The summary goes to stderr.
    """

    examples: ClassVar = (
        "cdtm export -w memory/ -o cd.tmx",
        "cdtm export -w memory/ -o review.tmx -o review.xlsx --tier review",
        "cdtm export -w memory/ -o cd.tmx --profile trados --since 2015 --symbol 'CD/PV.*'",
        "cdtm export -w memory/ -o memories/ --per-record --profile omegat",
        "cdtm export -w memory/ -o cd.moses --tier all    # cd.zh and cd.en, a unit a line",
    )
    workspace: WorkspaceFolder
    outputs: Annotated[
        tuple[Path, ...],
        to_file(
            f"Where to write; the suffix says the format: {FORMATS} .moses "
            "(two files of plain text); - prints a TMX. May be repeated."
        ),
    ]
    tier: Annotated[
        Literal["accepted", "review", "all"],
        Option(
            help="accepted: no reason for doubt, 99 of 100 right; review: all others, "
            "to be looked at."
        ),
    ] = "accepted"
    since: Since = ""
    until: Until = ""
    symbols: Symbols = ()
    speaker: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Only what this speaker or country says: a part of the name as it is recorded, or "
            "the country in Chinese or English.",
        ),
    ] = None
    min_confidence: Annotated[
        float,
        Option(
            metavar="P", min=0.0, max=1.0, help="Only units of this confidence (0 to 1) or more."
        ),
    ] = 0.0
    profile: Annotated[
        Literal["generic", "trados", "memoq", "omegat"],
        Option(help="The CAT tool whose names the fields of a TMX get."),
    ] = "generic"
    source: Source = "zh"
    languages: Languages = ()
    max_units: Annotated[
        int | None,
        Option(
            metavar="N",
            min=1,
            help="Begin another file after so many units: cd-001.tmx, cd-002.tmx …",
        ),
    ] = None
    max_bytes: Annotated[
        str | None,
        Option(
            metavar="SIZE",
            help="Begin another file before one is longer than this: 300MB, 1GB.  "
            "[default: none; trados: 1GB]",
        ),
    ] = None
    per_record: Annotated[
        bool,
        Option("--per-record", help="One file a record; FILE is then a folder (cd.xlsx: in cd/)."),
    ] = False
    mark_preferred: Annotated[
        bool,
        Option(
            "--mark-preferred",
            help="Where a text has several translations, mark the one that was passed by a "
            "reviewer or stands in most units: x-preferred (not for trados).",
        ),
    ] = False
    no_tuid: Annotated[bool, Option("--no-tuid", help="Leave the units' names out of the TMX.")] = (
        False
    )
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class LookupJob(Job):
    """See how a text was rendered: its equivalents, then units that hold it or are near it.

    First units that hold the text, by rendering and date; then sentences that nearly are it, with
    the share of words that agree; then sentences near in meaning.
    """

    quoted: ClassVar = "Put a text of several words into quotation marks: 'nuclear weapons'."
    examples: ClassVar = (
        "cdtm lookup 消极安全保证 -w memory/",
        "cdtm lookup 'fissile material' -w memory/ --since 2015 --symbol 'CD/PV.*'",
        "cdtm lookup 'zh:核裁军 en:!disarmament' -w memory/ -o unusual.xlsx",
        "cdtm lookup 'verif*' -w memory/ --sort right --stats",
        "cdtm lookup 'a whole sentence' -w memory/ --json",
    )
    text: Annotated[
        str,
        Argument(metavar="TEXT", help="A word, a term or a sentence, in either language."),
    ]
    workspace: WorkspaceFolder
    limit: Annotated[
        int | None,
        Option(metavar="N", min=1, help="Units to show.  [default: 10; -o: all]"),
    ] = None
    since: Since = ""
    until: Until = ""
    symbols: Symbols = ()
    speaker: Annotated[
        str | None,
        Option(metavar="NAME", help="Part of a speaker's name or State."),
    ] = None
    sort: Annotated[
        Literal["rendering", "newest", "best", "left", "right"],
        Option(
            help="Order of the units: by rendering, day, confidence, or the words before or after."
        ),
    ] = "rendering"
    stats: Annotated[
        bool, Option("--stats", help="Also how often it stands by year, body and speaker.")
    ] = False
    as_json: Annotated[bool, Option("--json", help="Everything, for programs, on stdout.")] = False
    output: Annotated[
        Path | None,
        to_file("Write all units to a .tsv, .xlsx or .tmx file instead; with --limit so many."),
    ] = None
