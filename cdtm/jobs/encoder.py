"""Jobs on the model that gives sentences their vectors."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from typer import Argument, Option

from cdtm.jobs.command import Job
from cdtm.jobs.options import EncoderName


@dataclass(frozen=True, slots=True)
class InfoJob(Job):
    """Show the model card: what it was made of, its licence and its figures."""

    examples: ClassVar = ("cdtm encoder info",)
    encoder: EncoderName = None
    as_json: Annotated[bool, Option("--json", help="The whole card, for programs.")] = False


@dataclass(frozen=True, slots=True)
class EncoderExportJob(Job):
    """Write the shipped model as a sentence-transformers folder."""

    examples: ClassVar = ('cdtm encoder export model/    # then: SentenceTransformer("model/")',)
    folder: Annotated[Path, Argument(metavar="FOLDER", help="A new or empty folder.")]
