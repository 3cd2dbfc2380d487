"""The command line: each command opens, calls one thing, and prints.

Nothing heavy is imported here, so that `cdtm --help` answers at once; a command imports what it
needs when it runs. Exit status: 0 done, 1 a mistake the user can cure (one sentence on stderr),
2 wrong usage; a bug of ours shows its traceback.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cdtm import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator


class Side(StrEnum):
    """A language of the pair."""

    ZH = "zh"
    EN = "en"


def examples(*lines: str) -> str:
    """Make the end of a command's help; the mark at its head keeps the lines as they are."""
    return "\n".join(
        ["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)]
    )


app = typer.Typer(
    name="cdtm",
    help="Turn Chinese and English UN records into a translation memory that a CAT tool loads.",
    epilog="Every command tells more with --help.  Try it:  python -m cdtm.demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: it needs no rich, which saves a third of the start-up, and wraps anywhere.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
encoder_app = typer.Typer(
    help="The model that gives sentences their vectors.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(encoder_app, name="encoder")
terms_app = typer.Typer(rich_markup_mode=None)
app.add_typer(terms_app, name="terms")
audit_app = typer.Typer(rich_markup_mode=None)
app.add_typer(audit_app, name="audit")

# Options that several commands share.
First = Annotated[
    Path,
    typer.Argument(metavar="ZH", show_default=False, help="The Chinese record: TXT, PDF or DOCX."),
]
Second = Annotated[
    Path, typer.Argument(metavar="EN", show_default=False, help="Its English version.")
]
EncoderName = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        metavar="NAME|FOLDER",
        show_default=False,
        help="Another sentence-transformers model than the shipped one.",
    ),
]
Encodings = Annotated[
    list[str] | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        show_default=False,
        help="Of TXT files, if the guess is wrong: gb18030, big5 …; "
        "given twice it is the first file's, then the second's.",
    ),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Go on although the symbols say that these are different records."
    ),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cdtm {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


@app.command(
    epilog=examples(
        "cdtm align CD_PV.1579.zh.pdf CD_PV.1579.en.pdf -o 1579.tmx",
        "cdtm align zh.txt en.txt -o en-zh.tmx -o en-zh.tsv --source en --lang en=en-GB",
        "cdtm align 001.zh 001.en --segmented -o 001.links",
    )
)
def align(
    zh: First,
    en: Second,
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Where to write; the suffix says the format: .tmx .tsv .xlsx .parquet .links. "
            "May be repeated.",
        ),
    ],
    segmented: Annotated[
        bool, typer.Option("--segmented", help="The files hold one sentence a line already.")
    ] = False,
    encoder: EncoderName = None,
    source: Annotated[
        Side, typer.Option("--source", help="The source language of the memory.")
    ] = Side.ZH,
    lang: Annotated[
        list[str] | None,
        typer.Option(
            "--lang",
            metavar="SIDE=CODE",
            show_default="zh=zh-CN, en=en-US",
            help="The language code to write for a side. May be repeated.",
        ),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            metavar="P",
            min=0.0,
            max=1.0,
            help="Leave units of a lower confidence (0 to 1) out of the TMX.",
        ),
    ] = 0.0,
    encoding: Encodings = None,
    force: Force = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """Align one record with its translation and write the memory.

    Which file is Chinese is told from the text, so their order does not matter.
    The summary goes to stderr; existing files are replaced, and only by whole ones.
    """
    from cdtm.pair.align import AlignJob, run_align

    job = AlignJob(
        files=(zh, en),
        outputs=tuple(output),
        segmented=segmented,
        encoder=encoder,
        source=source.value,
        languages=tuple(lang or ()),
        min_confidence=min_confidence,
        encodings=tuple(encoding or ()),
        force=force,
    )
    run_align(job, quiet=quiet)


@app.command(
    epilog=examples(
        "cdtm evaluate gold/spv",
        "cdtm evaluate gold/mac-dev --json",
        "cdtm evaluate gold/spv --thresholds    # which --min-confidence keeps what",
    )
)
def evaluate(
    gold_folder: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_FOLDER",
            show_default=False,
            help="Holds NNN.zh, NNN.en (a sentence a line) and NNN.gold (links such as [0,1]:[0]).",
        ),
    ],
    encoder: EncoderName = None,
    thresholds: Annotated[
        bool,
        typer.Option(
            "--thresholds",
            help="Also how many units each confidence threshold keeps, with what precision and "
            "recall, and how far confidences can be trusted.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="All digits, for programs, on stdout.")
    ] = False,
) -> None:
    """Align the pairs of a gold folder and score the links.

    Strict counts a link that is exactly in the gold; lax one that overlaps a gold link.
    Omissions count for precision, not for recall, as the field does it.
    """
    from cdtm.evaluate import run_evaluate

    run_evaluate(gold_folder, encoder=encoder, thresholds=thresholds, as_json=as_json)


@app.command(
    epilog=examples(
        "cdtm trace CD_PV.1579.zh.pdf CD_PV.1579.en.pdf --sentence 41",
        "cdtm trace zh.txt en.txt --side en --sentence 12",
    )
)
def trace(
    zh: First,
    en: Second,
    sentence: Annotated[
        int,
        typer.Option(
            "--sentence",
            metavar="N",
            min=0,
            show_default=False,
            help="Its number, counted from 0 as in .links files.",
        ),
    ],
    side: Annotated[
        Side, typer.Option("--side", help="In which language N counts sentences.")
    ] = Side.ZH,
    encoder: EncoderName = None,
    encoding: Encodings = None,
    force: Force = False,
) -> None:
    """Show one sentence after each stage, from the page to the bead.

    The lines it was printed on and what was dropped around them, the repaired paragraph,
    the sentence with its speaker, its nearest neighbours, the bead with its confidence.
    """
    from cdtm.pair.trace import run_trace

    run_trace(
        (zh, en),
        sentence,
        side=side.value,
        encoder=encoder,
        encodings=tuple(encoding or ()),
        force=force,
    )


@app.command(
    epilog=examples(
        "cdtm validate out.tmx",
        "cdtm validate memories/*.tmx",
    )
)
def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE.tmx…", show_default=False, help="TMX files of any tool."),
    ],
) -> None:
    """Say why a CAT tool would refuse a TMX file, line by line.

    Exit status 1 if there is any error; warnings alone are 0.
    """
    from cdtm.validate import run_validate

    if not run_validate(files):
        raise typer.Exit(1)


Since = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="DAY",
        show_default=False,
        help="Of meetings from 2015 or 2015-07-21 on.",
    ),
]
Until = Annotated[
    str,
    typer.Option("--until", metavar="DAY", show_default=False, help="Up to that day or year."),
]
Symbols = Annotated[
    list[str] | None,
    typer.Option(
        "--symbol",
        metavar="PATTERN",
        show_default=False,
        help="Only documents of these symbols: 'CD/PV.15*'. May be repeated.",
    ),
]

WorkspaceFolder = Annotated[
    Path,
    typer.Option(
        "-w",
        "--workspace",
        metavar="WORKSPACE",
        show_default=False,
        help="The folder that cdtm build fills.",
    ),
]


@app.command(
    epilog=examples(
        "cdtm build records/ -w memory/",
        "cdtm build records/ -w memory/ --only 'CD/PV.15*' --limit 20",
        "cdtm build s3://bucket/records -w memory/ --store s3://bucket/tables --engine ray "
        "--address auto",
    )
)
def build(
    records: Annotated[
        str,
        typer.Argument(
            metavar="RECORDS",
            show_default=False,
            help="A folder of records in both languages, at any depth: TXT, PDF, DOCX.",
        ),
    ],
    workspace: WorkspaceFolder,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", min=1, show_default=False, help="Build N records at most."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="PATTERN",
            show_default=False,
            help="Only records of these symbols: 'CD/PV.15*'. May be repeated.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Build also what is up to date.")] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune", help="Take records out of the memory whose files are no longer there."
        ),
    ] = False,
    encoder: EncoderName = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="serial|processes|ray",
            help="Who does the work: this process, several of this machine, or a Ray cluster.",
        ),
    ] = "processes",
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            show_default="one a processor",
            help="Processes that work at once.",
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="ADDRESS",
            show_default=False,
            help="Of the Ray cluster; without it, one is started on this machine.",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="URL",
            show_default="WORKSPACE/records",
            help="Where the tables of the records go.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """Make a memory of every pair in a folder; a second run takes up only what is new.

    Files are told apart by what they say, then by their names. Nothing is lost if the build is
    interrupted or killed: the same command goes on from there.
    """
    from cdtm.build.run import BuildJob, run_build

    job = BuildJob(
        records=records,
        workspace=workspace,
        store=store,
        engine=engine,
        workers=workers,
        address=address,
        encoder=encoder,
        limit=limit,
        only=tuple(only or ()),
        force=force,
        prune=prune,
    )
    run_build(job, quiet=quiet)


@app.command(
    epilog=examples(
        "cdtm status -w memory/",
        "cdtm status -w memory/ --troubles    # every failure, and every file left out, with why",
    )
)
def status(
    workspace: WorkspaceFolder,
    troubles: Annotated[
        bool,
        typer.Option(
            "--troubles",
            help="List what failed or is doubtful, and each file left out, a line each: "
            "kind, what, why, with tabs between.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Every file and record, for programs.")
    ] = False,
) -> None:
    """Say what a workspace holds, what failed, and what was left out."""
    from cdtm.build.status import run_status

    run_status(workspace, troubles=troubles, as_json=as_json)


class FileFormat(StrEnum):
    """A format that the UN's document service has records in."""

    PDF = "pdf"
    DOCX = "docx"


@app.command(
    epilog=examples(
        "cdtm fetch CD/PV.1579 -o records",
        "cdtm fetch CD/PV.1500-1600 S/PV.10100,10102 -o records",
        "cdtm fetch CD/PV.1579 -o records --lang zh --proxy http://proxy.example.org:8080",
    )
)
def fetch(
    symbols: Annotated[
        list[str],
        typer.Argument(
            metavar="SYMBOL…",
            show_default=False,
            help="CD/PV.1579, a range such as CD/PV.1500-1600, or a list with commas.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="RECORDS",
            show_default=False,
            help="The folder to keep the records in; it is made if need be.",
        ),
    ],
    lang: Annotated[
        Side | None, typer.Option("--lang", show_default="both", help="One language only.")
    ] = None,
    file_format: Annotated[
        FileFormat,
        typer.Option(
            "--format", help="docx: Word files, and PDF where there is none or an old .doc only."
        ),
    ] = FileFormat.PDF,
    rate: Annotated[
        float,
        typer.Option(
            "--rate",
            metavar="N",
            min=0.01,
            max=50.0,
            help="Requests a second at most; a file takes two.",
        ),
    ] = 1.0,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", metavar="N", min=1, max=16, help="Requests at once; the UN minds above 4."
        ),
    ] = 4,
    force: Annotated[
        bool, typer.Option("--force", help="Fetch again what is there already.")
    ] = False,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url",
            metavar="URL",
            envvar="CDTM_FETCH_URL",
            show_default="https://documents.un.org",
            help="Of a mirror of the service.",
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(
            "--proxy",
            metavar="URL",
            show_default="HTTPS_PROXY, ALL_PROXY …",
            help="Of the proxy to go through.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no table.")] = False,
) -> None:
    """Fetch records by symbol, in both languages, from the UN's document service.

    What is there already is not fetched again, so a run that was stopped goes on where it was.
    Not yet run against the live service, only against a copy of how others describe it.
    Exit status 1 if a file could not be had; the others are kept all the same.
    """
    from cdtm.fetch import LANGUAGES, FetchJob, run_fetch
    from corpora.fetch.service import BASE_URL, Service

    job = FetchJob(
        symbols=tuple(symbols),
        folder=output,
        languages=LANGUAGES if lang is None else (lang.value,),
        format=file_format.value,
        service=Service(base_url=base_url or BASE_URL, proxy=proxy),
        rate=rate,
        workers=workers,
        force=force,
    )
    run_fetch(job, quiet=quiet)


class Tier(StrEnum):
    """Which units of a memory."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    ALL = "all"


class ProfileName(StrEnum):
    """The tool that a TMX is for."""

    GENERIC = "generic"
    TRADOS = "trados"
    MEMOQ = "memoq"
    OMEGAT = "omegat"


@app.command(
    epilog=examples(
        "cdtm export -w memory/ -o cd.tmx",
        "cdtm export -w memory/ -o review.tmx -o review.xlsx --tier review",
        "cdtm export -w memory/ -o cd.tmx --profile trados --since 2015 --symbol 'CD/PV.*'",
        "cdtm export -w memory/ -o memories/ --per-record --profile omegat",
        "cdtm export -w memory/ -o cd.moses --tier all    # cd.zh and cd.en, a unit a line",
    )
)
def export(
    workspace: WorkspaceFolder,
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Where to write; the suffix says the format: .tmx .tsv .xlsx .parquet .moses "
            "(two files of plain text). May be repeated.",
        ),
    ],
    tier: Annotated[
        Tier,
        typer.Option(
            "--tier",
            help="accepted: no reason for doubt, 99 of 100 right; review: all others, "
            "to be looked at.",
        ),
    ] = Tier.ACCEPTED,
    since: Since = "",
    until: Until = "",
    symbol: Symbols = None,
    speaker: Annotated[
        str | None,
        typer.Option(
            "--speaker",
            metavar="NAME",
            show_default=False,
            help="Only what this speaker or country says: a part of the English name.",
        ),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            metavar="P",
            min=0.0,
            max=1.0,
            help="Only units of this confidence (0 to 1) or more.",
        ),
    ] = 0.0,
    profile: Annotated[
        ProfileName,
        typer.Option("--profile", help="The CAT tool whose names the fields of a TMX get."),
    ] = ProfileName.GENERIC,
    source: Annotated[
        Side, typer.Option("--source", help="The source language of the memory.")
    ] = Side.ZH,
    lang: Annotated[
        list[str] | None,
        typer.Option(
            "--lang",
            metavar="SIDE=CODE",
            show_default="zh=zh-CN, en=en-US",
            help="The language code to write for a side. May be repeated.",
        ),
    ] = None,
    max_units: Annotated[
        int | None,
        typer.Option(
            "--max-units",
            metavar="N",
            min=1,
            show_default=False,
            help="Begin another file after so many units: cd-001.tmx, cd-002.tmx …",
        ),
    ] = None,
    max_bytes: Annotated[
        str | None,
        typer.Option(
            "--max-bytes",
            metavar="SIZE",
            show_default=False,
            help="Begin another file before one is longer than this: 300MB, 1GB.  "
            "[default: none; trados: 1GB]",
        ),
    ] = None,
    per_record: Annotated[
        bool,
        typer.Option(
            "--per-record", help="One file a record; FILE is then a folder (cd.xlsx: in cd/)."
        ),
    ] = False,
    no_tuid: Annotated[
        bool,
        typer.Option("--no-tuid", help="Leave the units' names out of the TMX."),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """Write the memory of a workspace as files for CAT tools, spreadsheets and programs.

    A pair of texts is written once, from the oldest record that has it; another translation of
    the same text is written too. The summary goes to stderr.
    """
    from cdtm.export import ExportJob, run_export

    job = ExportJob(
        workspace=workspace,
        outputs=tuple(output),
        tier=tier.value,
        since=since,
        until=until,
        symbols=tuple(symbol or ()),
        speaker=speaker,
        min_confidence=min_confidence,
        source=source.value,
        languages=tuple(lang or ()),
        profile=profile.value,
        max_units=max_units,
        max_bytes=max_bytes,
        per_record=per_record,
        tuids=not no_tuid,
    )
    run_export(job, quiet=quiet)


@app.command(
    epilog=examples(
        "cdtm lookup 消极安全保证 -w memory/",
        "cdtm lookup 'fissile material' -w memory/ --since 2015 --symbol 'CD/PV.*'",
        "cdtm lookup 'a whole sentence' -w memory/ --json",
    )
)
def lookup(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            show_default=False,
            help="A word, a term or a sentence, in either language.",
        ),
    ],
    workspace: WorkspaceFolder,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Units to show.")] = 10,
    since: Since = "",
    until: Until = "",
    symbol: Symbols = None,
    speaker: Annotated[
        str | None,
        typer.Option(
            "--speaker",
            metavar="NAME",
            show_default=False,
            help="Part of a speaker's name or State.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything, for programs, on stdout.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Write the units to a .tsv or .xlsx file instead.",
        ),
    ] = None,
) -> None:
    """See how a text was rendered: its equivalents, then units that hold it or are near it.

    First units that hold the text, by rendering and date; then sentences that nearly are it, with
    the share of words that agree; then sentences near in meaning.
    """
    from cdtm.lookup.show import LookupJob, run_lookup

    job = LookupJob(
        text=text,
        workspace=workspace,
        limit=limit,
        since=since,
        until=until,
        symbols=tuple(symbol or ()),
        speaker=speaker,
        as_json=as_json,
        output=output,
    )
    run_lookup(job)


@terms_app.callback(
    invoke_without_command=True,
    epilog=examples(
        "cdtm terms -w memory/ -o terms.xlsx",
        "cdtm terms -w memory/ -o terms.tbx --tbx 3 --since 2015",
        "cdtm terms -w memory/ --glossary mine.csv",
        "cdtm terms import mine.xlsx -w memory/",
    ),
)
def terms(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w",
            "--workspace",
            metavar="WORKSPACE",
            show_default=False,
            help="The folder that cdtm build fills.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Where to write; the suffix says the format: .xlsx .csv .tbx .txt .tmx.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Terms.")] = 1000,
    min_count: Annotated[
        int | None,
        typer.Option(
            "--min-count",
            metavar="N",
            min=1,
            show_default=False,
            help="Units in which a term must stand; 2 in a small memory, up to 5 in a large one.",
        ),
    ] = None,
    since: Since = "",
    until: Until = "",
    symbol: Symbols = None,
    tbx: Annotated[
        int, typer.Option("--tbx", metavar="2|3", min=2, max=3, help="Version of a .tbx file.")
    ] = 2,
    glossary: Annotated[
        Path | None,
        typer.Option(
            "--glossary",
            metavar="FILE",
            show_default=False,
            help="Terms of yours, to verify against the memory: .csv .xlsx .tbx.",
        ),
    ] = None,
    known: Annotated[
        bool,
        typer.Option("--known/--no-known", help="With the built-in glossary's terms that occur."),
    ] = True,
) -> None:
    """Extract the memory's terms with their translations, or verify yours.

    Terms are found without any glossary, joined with their variants, counted and ranked; names
    of States and places come last. The built-in glossary and what `cdtm terms import` keeps are
    then counted in the memory and merged in.
    """
    if context.invoked_subcommand is not None:
        return
    from cdtm.terms import TermsJob, run_terms

    if workspace is None:
        raise typer.BadParameter("say which workspace: -w FOLDER.", context)
    job = TermsJob(
        workspace=workspace,
        output=output,
        limit=limit,
        min_count=min_count,
        since=since,
        until=until,
        symbols=tuple(symbol or ()),
        tbx=tbx,
        glossary=glossary,
        known=known,
    )
    run_terms(job)


@terms_app.command(
    "import",
    epilog=examples("cdtm terms import mine.xlsx -w memory/"),
)
def terms_import(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", show_default=False, help="Your glossary: .csv .tsv .xlsx .tbx."
        ),
    ],
    workspace: WorkspaceFolder,
) -> None:
    """Keep a glossary of yours in the workspace, and see how far the memory agrees with it.

    Its terms are then ranked first by cdtm terms, with the units that agree; importing a file of
    the same name again replaces what it brought before.
    """
    from cdtm.terms import run_import

    run_import(file, workspace)


class SampleBy(StrEnum):
    """What the strata of a sample are made by."""

    CONFIDENCE = "confidence"
    ERA = "era"
    KIND = "kind"


@audit_app.callback(
    invoke_without_command=True,
    epilog=examples(
        "cdtm audit -w memory/ -o audit.html    # a page to read, or to print",
        "cdtm audit -w memory/ -o book.xlsx --flagged",
        "cdtm audit -w memory/ -o book.xlsx --sample 500 --by confidence",
        "cdtm audit -w memory/ -o book.xlsx --record CD/PV.1579",
        "cdtm audit apply book.xlsx -w memory/",
        "cdtm audit gold -w memory/ -o gold/",
    ),
)
def audit(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w",
            "--workspace",
            metavar="WORKSPACE",
            show_default=False,
            help="The folder that cdtm build fills.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            show_default=False,
            help="Where to write: .html for a page to read, .xlsx for a book to decide in.",
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            metavar="N",
            min=1,
            show_default=False,
            help="A book of N units drawn at random, from which the precision is estimated.",
        ),
    ] = None,
    margin: Annotated[
        float | None,
        typer.Option(
            "--margin",
            metavar="P",
            min=0.001,
            max=0.5,
            show_default=False,
            help="A book of as many units as an estimate needs that is P (0.01) off at most.",
        ),
    ] = None,
    by: Annotated[
        SampleBy | None,
        typer.Option(
            "--by",
            show_default=False,
            help="Draw from each part of the memory: by confidence, by decade (era), or by "
            "sentences joined (kind).",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="The same seed draws the same units.")
    ] = 1,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="A book of all doubts, the greatest first.")
    ] = False,
    record: Annotated[
        list[str] | None,
        typer.Option(
            "--record",
            metavar="SYMBOL",
            show_default=False,
            help="A book of one record, or a page of it alone; * stands for anything. "
            "May be repeated.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """See how good the memory is and what is wrong with it; correct it in a spreadsheet.

    The page shows what is expected of the memory, what to look at first and why, and every record
    side by side; it is one file and needs no network. What is decided in a book is put into the
    memory by cdtm audit apply, outlives later builds, and is followed by the exports.
    """
    if context.invoked_subcommand is not None:
        return
    from corpora.errors import UserError

    if workspace is None:
        raise typer.BadParameter("say which workspace: -w FOLDER.", context)
    if output is None:
        raise typer.BadParameter("say what to write: -o audit.html or -o book.xlsx.", context)
    suffix = output.suffix.lower()
    if suffix in (".html", ".htm"):
        from cdtm.audit.page import PageJob, run_audit_page

        if sample is not None or margin is not None or flagged or by is not None:
            raise UserError(
                "A page shows the whole memory: leave out --sample, --margin, --by and --flagged, "
                "or write a book, -o book.xlsx."
            )
        run_audit_page(PageJob(workspace, output, tuple(record or ())), quiet=quiet)
    elif suffix == ".xlsx":
        from cdtm.review.book import BookJob, run_review_book

        book = BookJob(
            workspace=workspace,
            output=output,
            sample=sample,
            flagged=flagged,
            records=tuple(record or ()),
            by="" if by is None else by.value,
            seed=seed,
            margin=margin,
        )
        run_review_book(book, quiet=quiet)
    else:
        raise UserError(f"{output} is of no kind known here: name it .html or .xlsx.")


@audit_app.command("apply", epilog=examples("cdtm audit apply book.xlsx -w memory/"))
def audit_apply(
    book: Annotated[
        Path, typer.Argument(metavar="FILE", show_default=False, help="The filled book, .xlsx.")
    ],
    workspace: WorkspaceFolder,
    reviewer: Annotated[
        str,
        typer.Option(
            "--reviewer",
            metavar="NAME",
            show_default=False,
            help="Whose decisions they are, where the book does not say.",
        ),
    ] = "",
    settle: Annotated[
        bool,
        typer.Option(
            "--settle", help="What differs from another reviewer's decision takes its place."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """Put the decisions of a filled book into the memory, each conflict told on a line.

    All or nothing, and who decided what and when is kept; applying a book again changes nothing.
    """
    from cdtm.review.book import ApplyJob, run_apply

    run_apply(ApplyJob(workspace, book, reviewer, settle), quiet=quiet)


@audit_app.command("gold", epilog=examples("cdtm audit gold -w memory/ -o gold/"))
def audit_gold(
    workspace: WorkspaceFolder,
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FOLDER", show_default=False, help="A new or empty folder."
        ),
    ],
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
) -> None:
    """Turn what reviewers decided into gold that cdtm evaluate reads."""
    from cdtm.review.gold import run_gold

    run_gold(workspace, output, quiet=quiet)


@audit_app.command("recalibrate", epilog=examples("cdtm audit recalibrate -w memory/"))
def audit_recalibrate(
    workspace: WorkspaceFolder,
    as_json: Annotated[bool, typer.Option("--json", help="All digits, for programs.")] = False,
) -> None:
    """Say what the confidences are worth here, by what reviewers decided: before and after."""
    from cdtm.review.recalibrate import run_recalibrate

    run_recalibrate(workspace, as_json=as_json)


@encoder_app.command(
    "info",
    epilog=examples(
        "cdtm encoder info",
    ),
)
def encoder_info(
    encoder: EncoderName = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole card, for programs.")] = False,
) -> None:
    """Show the model card: what it was made of, its licence and its figures."""
    from cdtm.encoder import run_info

    run_info(encoder, as_json=as_json)


@encoder_app.command(
    "export",
    epilog=examples(
        'cdtm encoder export model/    # then: SentenceTransformer("model/")',
    ),
)
def encoder_export(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", show_default=False, help="A new or empty folder.")
    ],
) -> None:
    """Write the shipped model as a sentence-transformers folder."""
    from cdtm.encoder import run_export

    run_export(folder)


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn a user's mistake into one sentence on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another character set shows a question mark rather than a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        yield
    except Exception as error:
        # Imported only now, for the room it comes from compiles its rules as it loads.
        from corpora.errors import UserError

        if not isinstance(error, UserError):
            raise
        typer.echo(f"cdtm: {error}", err=True)
        sys.exit(1)


def main() -> None:
    """Run the command line; the console script `cdtm`."""
    # One record's matrices are small: a second BLAS thread costs a third of a second in waiting.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Hardly anything here is cyclic: collecting seldom saves a tenth of a record's time.
    gc.set_threshold(100_000)
    try:
        with report_errors():
            app(prog_name="cdtm")
    finally:
        gc.freeze()  # at its end Python would look through all that is about to be freed


if __name__ == "__main__":
    main()
