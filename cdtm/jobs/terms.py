"""Jobs on the terms of a memory and on a user's own glossary."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import Since, Symbols, Until, WorkspaceFolder, to_file


@dataclass(frozen=True, slots=True)
class TermsJob(Job):
    """Extract the memory's terms with their translations, or verify yours.

    Terms are found without any glossary, joined with their variants, counted and ranked; names
    of States and places come last. The built-in glossary and what `cdtm terms import` keeps are
    then counted in the memory and merged in.
    """

    examples: ClassVar = (
        "cdtm terms -w memory/ -o terms.xlsx",
        "cdtm terms -w memory/ -o terms.tbx --tbx 3 --since 2015",
        "cdtm terms -w memory/ --glossary mine.csv",
        "cdtm terms import mine.xlsx -w memory/",
    )
    workspace: WorkspaceFolder
    output: Annotated[
        Path | None,
        to_file("Where to write; the suffix says the format: .xlsx .csv .tbx .txt .tmx."),
    ] = None
    limit: Annotated[int, Option(metavar="N", min=1, help="Terms.")] = 1000
    min_count: Annotated[
        int | None,
        Option(
            metavar="N",
            min=1,
            help="Units in which a term must stand; 2 in a small memory, up to 5 in a large one.",
        ),
    ] = None
    since: Since = ""
    until: Until = ""
    symbols: Symbols = ()
    tbx: Annotated[int, Option(metavar="2|3", min=2, max=3, help="Version of a .tbx file.")] = 2
    glossary: Annotated[
        Path | None,
        Option(
            metavar="FILE", help="Terms of yours, to verify against the memory: .csv .xlsx .tbx."
        ),
    ] = None
    known: Annotated[
        bool,
        Option("--known/--no-known", help="With the built-in glossary's terms that occur."),
    ] = True


@dataclass(frozen=True, slots=True)
class ImportJob(Job):
    """Keep a glossary of yours in the workspace, and see how far the memory agrees with it.

    Its terms are then ranked first by cdtm terms, with the units that agree; where the memory
    says otherwise, it is shown as a rival. Importing a file of the same name again replaces what
    it brought before. Rows that could not be taken are told.
    """

    examples: ClassVar = ("cdtm terms import mine.xlsx -w memory/",)
    file: Annotated[
        Path, Argument(metavar="FILE", help="Your glossary: .csv .tsv .txt .xlsx .tbx.")
    ]
    workspace: WorkspaceFolder


@dataclass(frozen=True, slots=True)
class ListJob(Job):
    """Show which glossaries were imported into a workspace."""

    examples: ClassVar = ("cdtm terms list -w memory/",)
    workspace: WorkspaceFolder


@dataclass(frozen=True, slots=True)
class ForgetJob(Job):
    """Remove the terms that a glossary brought, by the name that cdtm terms list shows."""

    examples: ClassVar = ("cdtm terms forget mine.xlsx -w memory/",)
    name: Annotated[str, Argument(metavar="NAME", help="Of the imported file.")]
    workspace: WorkspaceFolder
