"""How good alignments are against hand-made links: strict and lax precision, recall, F1.

The measure of vecalign's and bertalign's own evaluations, after Sennrich and Volk (2010): precision
over all predicted links, null links included; recall over gold links without null links. Strict
wants the identical link, lax one that shares a pair of sentences. Counts are pooled over files.
Null links, which recall does not see, have counts of their own; and the confidence of every bead is
kept with whether the bead is right, for `align.quality.calibration`.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from align.links import links_of, read_links
from align.pair import align_pair
from corpora import UserError, read_segmented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from align.alignment import Alignment
    from align.encoder.load import Encoder
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
        return Counts(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class NullCounts:
    """Null links of one or more files: in the gold, predicted, and both; add them up to pool."""

    gold: int = 0
    predicted: int = 0
    found: int = 0

    def __add__(self, other: NullCounts) -> NullCounts:
        """Pool two counts."""
        return NullCounts(*map(add, astuple(self), astuple(other)))

    @property
    def recall(self) -> float:
        """Share of the gold's null links that were found; 1 where there are none."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        """Share of the predicted null links that are right; 1 where there are none."""
        return self.found / self.predicted if self.predicted else 1.0


@dataclass(frozen=True, slots=True)
class JudgedBead:
    """A bead's confidence, and whether the gold has exactly this link."""

    confidence: float
    right: bool
    is_null: bool


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
        nulls: counts of null links by file.
        beads: every bead by file, in document order.
    """

    files: dict[str, Counts]
    signature: str
    nulls: dict[str, NullCounts] = field(default_factory=dict)
    beads: dict[str, tuple[JudgedBead, ...]] = field(default_factory=dict)

    @property
    def pooled(self) -> Counts:
        """Counts of all files together."""
        return sum(self.files.values(), Counts())

    @property
    def pooled_nulls(self) -> NullCounts:
        """Counts of the null links of all files together."""
        return sum(self.nulls.values(), NullCounts())

    @property
    def pooled_beads(self) -> list[JudgedBead]:
        """The beads of all files together."""
        return list(chain.from_iterable(self.beads.values()))


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


def count_nulls(gold: Iterable[Link], predicted: Iterable[Link]) -> NullCounts:
    """Count the null links that two sets of links have, and have in common."""
    right = {link for link in gold if bool(link[0]) != bool(link[1])}
    found = {link for link in predicted if bool(link[0]) != bool(link[1])}
    return NullCounts(len(right), len(found), len(right & found))


def judge_beads(gold: Iterable[Link], alignment: Alignment) -> tuple[JudgedBead, ...]:
    """Say of each bead whether the gold has exactly its link."""
    right = set(gold)
    return tuple(
        JudgedBead(bead.confidence, link in right, bead.is_null)
        for bead, link in zip(alignment.beads, links_of(alignment), strict=True)
    )


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
    nulls: dict[str, NullCounts] = {}
    beads: dict[str, tuple[JudgedBead, ...]] = {}
    signature = ""
    for name in gold_names(folder):
        if progress:
            progress(name)
        zh = read_segmented(folder / f"{name}.zh", language="zh")
        en = read_segmented(folder / f"{name}.en", language="en")
        alignment = align_pair(zh, en, encoder, settings)
        gold, predicted = read_links(folder / f"{name}.gold"), links_of(alignment)
        files[name] = score_links(gold, predicted)
        nulls[name] = count_nulls(gold, predicted)
        beads[name] = judge_beads(gold, alignment)
        signature = alignment.signature
    return Evaluation(files, signature, nulls, beads)
