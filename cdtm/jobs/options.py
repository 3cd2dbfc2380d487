"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated, Any, Final, Literal

from typer import Option

FORMATS: Final = ".tmx .tsv .csv .xlsx .parquet"
"""Suffixes that both align and export write (`tmx_out.write.formats`), for their help."""

Side = Literal["zh", "en"]
"""A language of the pair."""

EncoderName = Annotated[
    str | None,
    Option(metavar="NAME|FOLDER", help="Another sentence-transformers model than the shipped one."),
]
Encodings = Annotated[
    tuple[str, ...],
    Option(
        "--encoding",
        metavar="NAME",
        help="Of TXT files, if the guess is wrong: gb18030, big5 …; "
        "given twice it is the first file's, then the second's.",
    ),
]
Force = Annotated[
    bool,
    Option("--force", help="Go on although the symbols say that these are different records."),
]
Source = Annotated[Side, Option(help="The source language of the memory.")]
Languages = Annotated[
    tuple[str, ...],
    Option(
        "--lang",
        metavar="SIDE=CODE",
        show_default="zh=zh-CN, en=en-US",
        help="The language code to write for a side. May be repeated.",
    ),
]
WorkspaceFolder = Annotated[
    Path,
    Option("-w", "--workspace", metavar="WORKSPACE", help="The folder that cdtm build fills."),
    "say which workspace: -w FOLDER.",
]
Since = Annotated[str, Option(metavar="DAY", help="Of meetings from 2015 or 2015-07-21 on.")]
Until = Annotated[str, Option(metavar="DAY", help="Up to that day or year.")]
Symbols = Annotated[
    tuple[str, ...],
    Option(
        "--symbol",
        metavar="PATTERN",
        help="Only documents of these symbols: 'CD/PV.15*'. May be repeated.",
    ),
]
Quiet = Annotated[bool, Option("-q", "--quiet", help="Print no summary.")]


def to_file(told: str, metavar: str = "FILE") -> Any:
    """Make the option that says where to write: its help, and what stands for the value there."""
    return Option("-o", "--output", metavar=metavar, help=told)
