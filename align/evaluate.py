"""How good alignments are against hand-made links: strict and lax precision, recall, F1.

The measure of vecalign's and bertalign's own evaluations, after Sennrich and Volk (2010): precision
over all predicted links, null links included; recall over gold links without null links. Strict
wants the identical link, lax one that shares a pair of sentences. Counts are pooled over files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.links import links_of, read_links
from align.pair import align_pair
from corpora import UserError, read_segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from align.encoder import Encoder
    from align.links import Link
    from align.settings import Settings


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits and totals of one or more files; add them up to pool.

    Attributes:
        predicted: distinct predicted links, null links included.
        strict_of_predicted, lax_of_predicted: how many of these the gold agrees with.
        gold: distinct gold links without null links.
        strict_of_gold, lax_of_gold: how many of these were found.
    """

    predicted: int = 0
    strict_of_predicted: int = 0
    lax_of_predicted: int = 0
    gold: int = 0
    strict_of_gold: int = 0
    lax_of_gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Pool the counts of two sets of files."""
        return Counts(
            self.predicted + other.predicted,
            self.strict_of_predicted + other.strict_of_predicted,
            self.lax_of_predicted + other.lax_of_predicted,
            self.gold + other.gold,
            self.strict_of_gold + other.strict_of_gold,
            self.lax_of_gold + other.lax_of_gold,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1, each 0 to 1; a ratio with nothing below the line is 0."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result for a folder of gold.

    Attributes:
        files: counts by file, in the order of their names.
        signature: of the alignments that were judged.
    """

    files: dict[str, Counts]
    signature: str

    @property
    def pooled(self) -> Counts:
        """Counts of all files together."""
        return sum(self.files.values(), Counts())


def strict(counts: Counts) -> Scores:
    """Scores that want the identical link."""
    return _scores(counts.strict_of_predicted, counts.predicted, counts.strict_of_gold, counts.gold)


def lax(counts: Counts) -> Scores:
    """Scores that want one pair of sentences in common."""
    return _scores(counts.lax_of_predicted, counts.predicted, counts.lax_of_gold, counts.gold)


def _scores(right: int, predicted: int, found: int, gold: int) -> Scores:
    precision = right / predicted if predicted else 0.0
    recall = found / gold if gold else 0.0
    both = precision + recall
    return Scores(precision, recall, 2 * precision * recall / both if both else 0.0)


def score_links(gold: Iterable[Link], predicted: Iterable[Link]) -> Counts:
    """Count how far two sets of links agree; a link empty on both sides does not count."""
    gold_links, predicted_links = set(gold), set(predicted)
    total, hits, near = _hits(gold_links, predicted_links)
    gold_total, gold_hits, gold_near = _hits(_full(predicted_links), _full(gold_links))
    return Counts(total, hits, near, gold_total, gold_hits, gold_near)


def _full(links: set[Link]) -> set[Link]:
    return {link for link in links if link[0] and link[1]}


def _hits(reference: set[Link], judged: set[Link]) -> tuple[int, int, int]:
    """(links judged, identical in the reference, identical or sharing a pair with it)."""
    judged = {link for link in judged if link[0] or link[1]}
    pairs = {(i, j) for zh, en in reference for i in zh for j in en}
    identical = judged & reference
    sharing = sum(any((i, j) in pairs for i in zh for j in en) for zh, en in judged - identical)
    return len(judged), len(identical), len(identical) + sharing


def gold_names(folder: Path) -> list[str]:
    """Names of the gold triples `NAME.zh NAME.en NAME.gold` in a folder, sorted.

    Raises:
        UserError: if there is no such folder, no gold in it, or a text is missing.
    """
    if not folder.is_dir():
        raise UserError(
            f"There is no folder {folder}: give one that holds NAME.zh NAME.en NAME.gold."
        )
    names = sorted(path.name.removesuffix(".gold") for path in folder.glob("*.gold"))
    if not names:
        raise UserError(f"{folder} holds no gold: it needs files NAME.zh, NAME.en and NAME.gold.")
    for name in names:
        for suffix in ("zh", "en"):
            if not (folder / f"{name}.{suffix}").is_file():
                raise UserError(f"{folder / name}.{suffix} is missing beside {name}.gold: add it.")
    return names


def evaluate_folder(
    folder: Path,
    encoder: Encoder,
    settings: Settings | None = None,
    *,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Align every triple of `folder`, whose texts hold one sentence a line, and judge the result.

    Args:
        folder: holds `NAME.zh`, `NAME.en`, `NAME.gold`.
        encoder: gives the sentence vectors.
        settings: see `Settings`.
        progress: called with each name before it is aligned.

    Raises:
        UserError: if the folder is not one of gold.
    """
    files: dict[str, Counts] = {}
    signature = ""
    for name in gold_names(folder):
        if progress:
            progress(name)
        zh = read_segmented(folder / f"{name}.zh", language="zh")
        en = read_segmented(folder / f"{name}.en", language="en")
        alignment = align_pair(zh, en, encoder, settings)
        signature = alignment.signature
        files[name] = score_links(read_links(folder / f"{name}.gold"), links_of(alignment))
    return Evaluation(files, signature)
