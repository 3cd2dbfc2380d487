"""The same documents as PDF and as DOCX: what the DOCX says must be found whole in the PDF.

Word says where its paragraphs begin, so its sentences judge those of the PDF without anybody's
gold. `python -m benchmarks.documents` reads the pairs in shared `documents/`: sentences of more
than 60 characters of the DOCX that are in no sentence of the PDF, and sentences of the PDF that end
with a comma and do not so in the DOCX.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from corpora import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DOCUMENTS = Path(__file__).resolve().parent.parent.parent / "shared" / "documents"
LEAST_LETTERS = 60
"""Characters: shorter sentences are headings and cells, which are found anywhere."""
MOST_MISSED = 0.025
"""Share of the sentences that may be missing over all pairs."""

# Word numbers its paragraphs by itself, so that the numbers are in the PDF alone.
_NUMBER = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]+|[IVX]+|[A-Z])[.)]|\d{1,3}\.\d{1,3}\.?|[•–—-])\s+"
)
_CALLS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]")
_HYPHENS = re.compile(r"[\s\u00ad‐‑-]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the DOCX says of the PDF.

    Attributes:
        name: of the document.
        judged: sentences of the DOCX that are long enough.
        missed: those that are whole in no sentence of the PDF.
        commas: sentences of the PDF that alone end with a comma.
    """

    name: str
    judged: int
    missed: tuple[str, ...]
    commas: tuple[str, ...]


def normal_form(text: str) -> str:
    """Leave out numbers of paragraphs, calls of notes, spaces and hyphens: they may differ."""
    text = _CALLS.sub("", unicodedata.normalize("NFC", text))
    return _HYPHENS.sub("", _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text)


def compare(name: str, docx: Iterable[str], pdf: Iterable[str]) -> Comparison:
    """Compare the sentences of a DOCX with those of the PDF of the same document."""
    of_docx, of_pdf = list(docx), list(pdf)
    whole = "\n".join(map(normal_form, of_pdf))
    judged = [text for text in of_docx if len(text) > LEAST_LETTERS]
    ends = {normal_form(text) for text in of_docx if text.endswith((",", "，"))}
    return Comparison(
        name,
        len(judged),
        tuple(text for text in judged if normal_form(text) not in whole),
        tuple(t for t in of_pdf if t.endswith((",", "，")) and normal_form(t) not in ends),
    )


def compare_folder(folder: Path = DOCUMENTS) -> list[Comparison]:
    """Compare each DOCX of a folder with the PDF of the same name."""
    return [
        compare(
            path.stem,
            (sentence.text for sentence in read_document(path).sentences),
            (sentence.text for sentence in read_document(path.with_suffix(".pdf")).sentences),
        )
        for path in sorted(folder.glob("*.docx"))
        if path.with_suffix(".pdf").exists()
    ]


def missed_share(comparisons: Sequence[Comparison]) -> float:
    """Share of the judged sentences of all documents that are missed, 0 to 1."""
    judged = sum(comparison.judged for comparison in comparisons)
    return sum(len(comparison.missed) for comparison in comparisons) / judged if judged else 0.0


def main(
    folder: Annotated[Path, typer.Argument(help="Of pairs NAME.docx, NAME.pdf.")] = DOCUMENTS,
    *,
    show: Annotated[bool, typer.Option("--show", help="Print what is missed.")] = False,
) -> None:
    """Print what of each DOCX is not whole in its PDF."""
    comparisons = compare_folder(folder)
    table = Table("document", "sentences", "missed", "share", "commas")
    for each in comparisons:
        share = len(each.missed) / max(1, each.judged)
        row = (each.judged, len(each.missed), f"{share:.1%}", len(each.commas))
        table.add_row(each.name, *map(str, row))
    console = Console()
    console.print(table)
    console.print(f"all: {missed_share(comparisons):.2%} missed, {MOST_MISSED:.1%} may be")
    if show:
        for each in comparisons:
            for text in (*each.missed, *each.commas):
                console.print(f"{each.name}: {text}", markup=False, highlight=False)
    raise SystemExit(missed_share(comparisons) > MOST_MISSED)


if __name__ == "__main__":
    typer.run(main)
