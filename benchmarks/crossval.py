"""What settings are worth on chapters that did not choose them: `python -m benchmarks.crossval`.

For each chapter of mac-dev the settings of `GRID` are chosen that do best on the five others and on
their copies with omissions, and judged on this one. What is left of the shipped settings' figure is
what they owe to having seen the chapter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from align import Settings, load_encoder
from align.links import read_links
from align.pair import align_sides, encode_side
from align.quality.evaluate import Counts, Scores, gold_names, lax, score_links, strict
from benchmarks.gate import GOLD
from corpora import read_segmented

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.encoder.load import Encoder
    from align.links import Link
    from align.scores import Side

SETS = ("mac-dev", "mac-dev-omissions")

GRID: Mapping[str, Sequence[float]] = {
    "quote_cost": (0.0, 0.03, 0.05, 0.08),
    "neighbour_weight": (0.3, 0.4, 0.5),
    "null_freedom": (2.5, 3.5, 4.5),
    "length_spread": (0.5, 0.6),
}
"""Settings to choose from; the others are as shipped."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One gold file as numbers: its set, its name, both sides and the right links."""

    gold: str
    name: str
    zh: Side
    en: Side
    links: set[Link]


def read_chapters(gold: Path, encoder: Encoder) -> list[Chapter]:
    """Encode the chapters of `SETS`."""
    chapters = []
    for folder in SETS:
        for name in gold_names(gold / folder):
            zh, en = (
                encode_side(
                    read_segmented(gold / folder / f"{name}.{language}", language=language),
                    encoder,
                    Settings(),
                )
                for language in ("zh", "en")
            )
            links = set(read_links(gold / folder / f"{name}.gold"))
            chapters.append(Chapter(folder, name, zh, en, links))
    return chapters


def count(chapter: Chapter, settings: Settings) -> Counts:
    """Align one chapter and judge the links."""
    steps = align_sides(chapter.zh, chapter.en, settings)
    return score_links(chapter.links, [(tuple(range(*s.zh)), tuple(range(*s.en))) for s in steps])


def choices() -> list[Settings]:
    """List every combination of `GRID`."""
    return [
        replace(Settings(), **dict(zip(GRID, values, strict=True)))  # type: ignore[arg-type]
        for values in product(*GRID.values())
    ]


def pooled(counts: Mapping[tuple[str, str], Counts], gold: str, without: str = "") -> Counts:
    """Sum the counts of a set, but for one chapter."""
    return sum(
        (c for (folder, name), c in counts.items() if folder == gold and name != without), Counts()
    )


def choose(
    results: Sequence[dict[tuple[str, str], Counts]], without: str
) -> dict[tuple[str, str], Counts]:
    """Choose the settings' results that are best on all chapters but one."""

    def worth(counts: Mapping[tuple[str, str], Counts]) -> float:
        return sum(strict(pooled(counts, gold, without)).f1 for gold in SETS)

    return max(results, key=worth)


def main(gold: Annotated[Path, typer.Option(help="Folder of gold sets.")] = GOLD) -> None:
    """Judge each chapter with the settings that the others choose."""
    chapters = read_chapters(gold, load_encoder())

    def judged(settings: Settings) -> dict[tuple[str, str], Counts]:
        return {(c.gold, c.name): count(c, settings) for c in chapters}

    grid = choices()
    results = [judged(settings) for settings in grid]
    shipped = judged(Settings())
    names = sorted({c.name for c in chapters})
    chosen = {name: choose(results, name) for name in names}
    table = Table("set", "shipped strict F1", "lax", "cross-validated strict F1", "lax", box=None)
    for folder in SETS:
        unseen = sum((chosen[name][folder, name] for name in names), Counts())
        found: list[Scores] = []
        for counts in (pooled(shipped, folder), unseen):
            found += [strict(counts), lax(counts)]
        table.add_row(folder, *(f"{scores.f1:.4f}" for scores in found))
    console = Console()
    console.print(table)
    for name in names:
        settings = grid[results.index(chosen[name])]
        listed = ", ".join(f"{key} {getattr(settings, key)}" for key in GRID)
        console.print(f"chapter {name} is judged with {listed}")


if __name__ == "__main__":
    typer.run(main)
