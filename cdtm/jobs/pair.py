"""Jobs on one pair of files, on gold, and on memories of any tool."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import (
    FORMATS,
    EncoderName,
    Encodings,
    Force,
    Languages,
    Quiet,
    Side,
    Source,
    to_file,
)


@dataclass(frozen=True, slots=True)
class PairJob(Job):
    """What is asked of two files."""

    first: Annotated[
        Path, Argument(metavar="ZH", help="The Chinese record: TXT, PDF, DOCX, HTML …")
    ]
    second: Annotated[Path, Argument(metavar="EN", help="Its English version.")]

    @property
    def files(self) -> tuple[Path, Path]:
        """The two records, in either order."""
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class AlignJob(PairJob):
    """Align one record with its translation and write the memory.

    Which file is Chinese is told from the text, so their order does not matter.
    The summary goes to stderr; existing files are replaced, and only by whole ones.
    """

    examples: ClassVar = (
        "cdtm align CD_PV.1579.zh.pdf CD_PV.1579.en.pdf -o 1579.tmx",
        "cdtm align zh.txt en.txt -o en-zh.tmx -o en-zh.tsv --source en --lang en=en-GB",
        "cdtm align 001.zh 001.en --segmented -o 001.links",
    )
    outputs: Annotated[
        tuple[Path, ...],
        to_file(f"Where to write; the suffix says the format: {FORMATS} .links. May be repeated."),
    ]
    segmented: Annotated[
        bool, Option("--segmented", help="The files hold one sentence a line already.")
    ] = False
    encoder: EncoderName = None
    source: Source = "zh"
    languages: Languages = ()
    min_confidence: Annotated[
        float,
        Option(
            metavar="P",
            min=0.0,
            max=1.0,
            help="Leave units of a lower confidence (0 to 1) out of the TMX.",
        ),
    ] = 0.0
    encodings: Encodings = ()
    force: Force = False
    quiet: Quiet = False


@dataclass(frozen=True, slots=True)
class EvaluateJob(Job):
    """Align the pairs of a gold folder and score the links.

    Strict counts a link that is exactly in the gold; lax one that overlaps a gold link.
    Omissions count for precision, not for recall, as the field does it.
    """

    examples: ClassVar = (
        "cdtm evaluate gold/spv",
        "cdtm evaluate gold/mac-dev --json",
        "cdtm evaluate gold/spv --thresholds    # which --min-confidence keeps what",
    )
    gold_folder: Annotated[
        Path,
        Argument(
            metavar="GOLD_FOLDER",
            help="Holds NNN.zh, NNN.en (a sentence a line) and NNN.gold (links such as [0,1]:[0]).",
        ),
    ]
    encoder: EncoderName = None
    thresholds: Annotated[
        bool,
        Option(
            "--thresholds",
            help="Also how many units each confidence threshold keeps, with what precision and "
            "recall, and how far confidences can be trusted.",
        ),
    ] = False
    as_json: Annotated[bool, Option("--json", help="All digits, for programs, on stdout.")] = False


@dataclass(frozen=True, slots=True)
class TraceJob(PairJob):
    """Show one sentence after each stage, from the page to the bead.

    The lines it was printed on and what was dropped around them, the repaired paragraph,
    the sentence with its speaker, its nearest neighbours, the bead with its confidence.
    """

    examples: ClassVar = (
        "cdtm trace CD_PV.1579.zh.pdf CD_PV.1579.en.pdf --sentence 41",
        "cdtm trace zh.txt en.txt --side en --sentence 12",
    )
    number: Annotated[
        int,
        Option(
            "--sentence",
            metavar="N",
            min=0,
            help="Its number, counted from 0 as in .links files.",
        ),
    ]
    side: Annotated[Side, Option(help="In which language N counts sentences.")] = "zh"
    encoder: EncoderName = None
    encodings: Encodings = ()
    force: Force = False


@dataclass(frozen=True, slots=True)
class ReadJob(Job):
    """Show one record as it was read, to check it before it is aligned.

    Paragraphs with their speakers, sentences numbered as in .links files, pages, and in its place
    what was left out, each with the reason why.
    """

    examples: ClassVar = (
        "cdtm read CD_PV.1579.zh.pdf",
        "cdtm read CD_PV.1579.zh.pdf -o 1579.html",
        "cdtm read CD_PV.1579.zh.pdf --left-out    # only what was left out",
    )
    file: Annotated[Path, Argument(metavar="FILE", help="A record, in any format that is read.")]
    output: Annotated[
        Path | None,
        to_file("Write a report, .html or .txt."),
    ] = None
    left_out: Annotated[bool, Option("--left-out", help="Only what was left out, and why.")] = False
    language: Annotated[Side | None, Option(help="Of the record, if the guess is wrong.")] = None
    encoding: Annotated[
        str | None,
        Option(metavar="NAME", help="Of a TXT file, if the guess is wrong."),
    ] = None


@dataclass(frozen=True, slots=True)
class ValidateJob(Job):
    """Say why a CAT tool would refuse a TMX file, line by line.

    Exit status 1 if there is any error; warnings alone are 0.
    """

    examples: ClassVar = ("cdtm validate out.tmx", "cdtm validate memories/*.tmx")
    files: Annotated[tuple[Path, ...], Argument(metavar="FILE.tmx…", help="TMX files of any tool.")]
