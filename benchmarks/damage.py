"""Omissions: how many are found in damaged copies of records: `python -m benchmarks.damage`.

The copies are those of `training.damaged`, in two families: the records with gold joined in random
order, and runs of held-out UN text. Without `--report` they are the copies that learning may see.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from align import load_encoder
from align.links import Link, links_of
from align.pair import align_pair
from align.quality.evaluate import (
    Counts,
    JudgedBead,
    NullCounts,
    count_nulls,
    judge_beads,
    lax,
    score_links,
    strict,
)
from benchmarks.mistakes import describe_mistakes, missed_nulls
from training.damaged import (
    COPIES,
    DEV_SEED,
    REPORT_SEED,
    SHARED,
    Damaged,
    damaged_copies,
    read_records,
    read_un_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoder.load import Encoder
    from align.settings import Settings


def families(seed: int, shared: Path = SHARED, count: int = COPIES) -> dict[str, list[Damaged]]:
    """Make both families' copies of a seed."""
    return {
        "records": damaged_copies(read_records(shared), seed, count),
        "UN text": damaged_copies(read_un_text(seed, shared), seed, count),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """One copy aligned: the links predicted, counts of all and of null links, and every bead."""

    copy: Damaged
    predicted: list[Link]
    counts: Counts
    nulls: NullCounts
    beads: tuple[JudgedBead, ...]


def judge(copy: Damaged, encoder: Encoder, settings: Settings | None = None) -> Judged:
    """Align one copy and compare with its links."""
    alignment = align_pair(copy.zh, copy.en, encoder, settings)
    predicted = links_of(alignment)
    return Judged(
        copy,
        predicted,
        score_links(copy.links, predicted),
        count_nulls(copy.links, predicted),
        judge_beads(copy.links, alignment),
    )


HEADINGS = ("family", "links", "null links", "found", "precision", "strict F1", "lax F1")


def row_of(name: str, judged: Sequence[Judged]) -> list[str]:
    """One row of figures, pooled over copies."""
    counts = sum((j.counts for j in judged), Counts())
    nulls = sum((j.nulls for j in judged), NullCounts())
    return [
        name,
        f"{sum(len(j.copy.links) for j in judged):,}",
        f"{nulls.gold:,}",
        f"{nulls.recall:.4f}",
        f"{nulls.precision:.4f}",
        f"{strict(counts).f1:.4f}",
        f"{lax(counts).f1:.4f}",
    ]


def main(
    shared: Annotated[Path, typer.Option(help="Folder with gold and training text.")] = SHARED,
    report: Annotated[bool, typer.Option("--report", help="The copies nobody tunes on.")] = False,
    show: Annotated[bool, typer.Option("--show", help="List the mistakes.")] = False,
    count: Annotated[int, typer.Option(help="Copies of each family.")] = COPIES,
) -> None:
    """Align the damaged copies and print what was found, by family and pooled."""
    encoder = load_encoder()
    judged = {
        name: [judge(copy, encoder) for copy in copies]
        for name, copies in families(REPORT_SEED if report else DEV_SEED, shared, count).items()
    }
    if show:
        for name, found in judged.items():
            print(f"===== {name}")
            for one in found:
                print("\n".join(describe_mistakes(*one.copy, one.predicted)))
            kinds = sum((missed_nulls(one.copy.links, one.predicted) for one in found), Counter())
            print(f"null links not found: {dict(kinds.most_common())}")
    table = Table(*HEADINGS, box=None)
    for name, found in judged.items():
        table.add_row(*row_of(name, found))
    table.add_section()
    table.add_row(*row_of("both", [one for found in judged.values() for one in found]))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
