"""What settings are worth on text that did not choose them: `python -m benchmarks.crossval`.

The gold is of four kinds: literary chapters with their copies with omissions, records with their
damaged copies, Hansard, and UN text, damaged or made freer (`training.made_up`). Each kind is
judged with the settings of `GRID` that do best on the others, and each chapter, sitting or record
with those that do best on everything but itself. Beside the gold stand chapters of verses of the
Bible, the one other narrative with dialogue that there is; what an encoder that has learnt from
them finds says little of a text nobody has seen, but as much as any of which settings do better.
What is left of the shipped settings' figure is what they owe to having seen the text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from align.encoder.load import load_encoder
from align.links import read_links
from align.pair import align_sides, encode_side, tokens_of_both
from align.quality.evaluate import Counts, gold_names, score_links, strict
from align.settings import Settings
from benchmarks.damage import families
from benchmarks.gate import GOLD
from corpora import read_segmented
from training.damaged import DEV_SEED, read_un_text
from training.made_up import freer_chapters, freer_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from align.encoder.load import Encoder
    from align.links import Link
    from align.pair import BothTokens
    from align.scores import Side
    from corpora import Document

KINDS: Mapping[str, str] = {
    "mac-dev": "literary",
    "mac-dev-omissions": "literary",
    "hansard": "hansard",
    "spv": "records",
    "cdpv-1579-part1": "records",
    "records": "records",
    "UN text": "UN text",
    "freer UN text": "UN text",
    "verses": "verses",
}
"""Kind of each set; the last four are made up."""

COPIES = 6
"""Damaged copies of each of the two families."""

GRID: Mapping[str, Sequence[float]] = {
    "clause_cost": (0.3, 0.4, 0.5),
    "neighbour_weight": (0.2, 0.25, 0.3),
    "quote_cost": (0.03, 0.05),
    "token_cost": (0.15, 0.25, 0.35),
}
"""Settings to choose from; the others are as shipped."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One gold file as numbers.

    Attributes:
        gold: its set.
        part: what is left out together: a chapter and its copy with omissions, a sitting, and all
            that is made of the records.
        zh, en: both sides.
        links: the right ones.
        tokens: see `align.pair.align_sides`.
    """

    gold: str
    part: str
    zh: Side
    en: Side
    links: frozenset[Link]
    tokens: BothTokens | None

    @property
    def kind(self) -> str:
        """See `KINDS`."""
        return KINDS[self.gold]


Judged = dict[Text, Counts]


def read_texts(gold: Path, encoder: Encoder, copies: int = COPIES) -> Iterator[Text]:
    """Encode the sets of `KINDS`."""

    def text(folder: str, part: str, zh: Document, en: Document, links: Sequence[Link]) -> Text:
        left, right = (encode_side(document, encoder, Settings()) for document in (zh, en))
        # What is made of the same text is left out together.
        part = part if KINDS[folder] in ("literary", "hansard") else KINDS[folder]
        tokens = tokens_of_both(zh, en, encoder)
        return Text(folder, part, left, right, frozenset(links), tokens)

    for folder in KINDS:
        if (gold / folder).is_dir():
            for name in gold_names(gold / folder):
                path = gold / folder / name
                zh = read_segmented(path.with_name(f"{name}.zh"), language="zh")
                en = read_segmented(path.with_name(f"{name}.en"), language="en")
                yield text(folder, name, zh, en, read_links(path.with_name(f"{name}.gold")))
    for family, damaged in families(DEV_SEED, gold.parent, copies).items():
        for copy in damaged:
            yield text(family, family, copy.zh, copy.en, copy.links)
    (whole,) = read_un_text(DEV_SEED, gold.parent)
    for zh, en, links in freer_records(whole):
        yield text("freer UN text", "", zh, en, sorted(links))
    for zh, en, links in freer_chapters(gold.parent):
        yield text("verses", "", zh, en, sorted(links))


def count(text: Text, settings: Settings) -> Counts:
    """Align one text and judge the links."""
    steps = align_sides(text.zh, text.en, settings, tokens=text.tokens)
    return score_links(text.links, [(tuple(range(*s.zh)), tuple(range(*s.en))) for s in steps])


def choices() -> list[Settings]:
    """List every combination of `GRID`."""
    return [
        replace(Settings(), **dict(zip(GRID, values, strict=True)))  # type: ignore[arg-type]
        for values in product(*GRID.values())
    ]


def pooled(judged: Judged, texts: Iterable[Text]) -> Counts:
    """Sum the counts of these texts."""
    return sum((judged[text] for text in texts), Counts())


def choose(results: Sequence[Judged], texts: Iterable[Text]) -> int:
    """Number the results that are best on these texts: each kind counts alike, by its strict F1."""
    kinds: dict[str, list[Text]] = {}
    for text in texts:
        kinds.setdefault(text.kind, []).append(text)

    def worth(judged: Judged) -> float:
        return sum(strict(pooled(judged, own)).f1 for own in kinds.values())

    return max(range(len(results)), key=lambda number: worth(results[number]))


def main(
    gold: Annotated[Path, typer.Option(help="Folder of gold sets.")] = GOLD,
    copies: Annotated[int, typer.Option(help="Damaged copies of each family.")] = COPIES,
) -> None:
    """Judge each kind, and each text, with the settings that the others choose."""
    texts = list(read_texts(gold, load_encoder(), copies))
    grid = choices()
    results = [{t: count(t, settings) for t in texts} for settings in track(grid, transient=True)]
    shipped = {text: count(text, Settings()) for text in texts}
    by_part = {
        p: choose(results, [t for t in texts if t.part != p]) for p in {t.part for t in texts}
    }
    by_kind = {
        k: choose(results, [t for t in texts if t.kind != k]) for k in {t.kind for t in texts}
    }
    table = Table("set", "kind", "shipped", "other texts chose", "other kinds chose", "whole grid")
    for folder, kind in KINDS.items():
        own = [text for text in texts if text.gold == folder]
        found = [strict(pooled(judged, own)).f1 for judged in results]
        counts = (
            pooled(shipped, own),
            sum((results[by_part[t.part]][t] for t in own), Counts()),
            pooled(results[by_kind[kind]], own),
        )
        spread = f"{min(found):.4f} to {max(found):.4f}"
        table.add_row(folder, kind, *(f"{strict(c).f1:.4f}" for c in counts), spread)
    console = Console()
    console.print(table)
    chosen = {"all texts": choose(results, texts)}
    chosen |= {f"all but {kind}": number for kind, number in by_kind.items()}
    for label, number in chosen.items():
        listed = ", ".join(f"{key} {getattr(grid[number], key)}" for key in GRID)
        console.print(f"{label} chose {listed}")


if __name__ == "__main__":
    typer.run(main)
