"""Which Chinese and which English documents are the same record, told from their content alone.

For files that no symbol joins. Three steps, each of which sees fewer pairs than the one before:

1. Every document is one vector, the direction of its sentences' sum less what all documents of its
   language have in common: records of one conference share most of their words, and it is what
   they do not share that tells them apart. The `CANDIDATES` nearest of either side are looked at.
2. Sentences that are each other's nearest, in order (`align.neighbours.find_anchors`, a
   millisecond): documents that have hardly any are no versions of one record.
3. A trial alignment of the first `HEAD` sentences of both. Its likeness is the mean score of all
   sentences, those without a partner counted as 0.

Documents are joined if each is the other's best and the confidence is high enough; near rivals
lower it, so that of two versions of one record none is guessed.

Measured on made records of 40 to 200 sentences, 20 to 60 % of them one-sided, on seeds that no
constant was set on: all 303 pairs joined and no other. Of records of 8 to 30 sentences of laws,
which are less like text of the UN, 74 % were joined, of 5 to 12 sentences 24 %; the others were
doubtful or not told, none was wrong. Confidence between .1 and .9 is too low: nearly all of those
pairs were right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from align.encoder.directions import unit_rows
from align.manner import prices_of, usual_manner
from align.neighbours import band_round, find_anchors, nearest, sure_stretches
from align.pair import encode_side
from align.path import best_path
from align.settings import Settings
from corpora.meeting import normal_symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoder.load import Encoder
    from align.scores import Side
    from corpora import Document

HEAD: Final = 100
"""Sentences that are encoded and aligned on trial: with 150 the likeness tells right pairs from
wrong ones no better."""

CANDIDATES: Final = 5
"""Documents of the other language that are looked at for each: in made records of the UN corpus
and of laws the right one was always the first."""

FEW: Final = 8
"""Documents of a language up to which what they have in common is not taken away: of so few it is
as much each one's own, and nearly all are looked at anyway."""

LEAST_ANCHORS: Final = 0.12
"""Anchors for each sentence of the shorter head: free translations of a novel (mac-dev) have .19
and more, right pairs of UN text .55, wrong ones of whole records seldom .12."""

SLOPE: Final = 42.0
MIDDLE: Final = 0.235
MIDDLE_OF_FEW: Final = 1.2
"""Logistic curve of the likeness. A pair of which the shorter head has n sentences is as likely
right as wrong at MIDDLE + MIDDLE_OF_FEW / n: with few sentences chance, and the formulas that all
records have, weigh more. Set on 5,000 pairs of made records (UN corpus, laws, passages of one CD
record), of which wrong ones had a likeness of .45 at most with 6 sentences, .30 with 10 and .26
with 100, right ones .44 and more, laws .32."""

LEAST_CONFIDENCE: Final = 0.9
"""Confidence from which two documents are joined."""

LEAST_DOUBT: Final = 0.1
"""Confidence from which a pair that is not joined is worth telling the user."""

MOST_DAYS: Final = 1
"""Days by which the dates of one record's versions may differ."""

FREE_RATIO: Final = 2.0
"""Times as many sentences as the other that a version of a record may have without loss; a page or
a speech that is missing on one side leaves more than half."""


class Match(NamedTuple):
    """Two documents that may be one record.

    Attributes:
        zh: number of the Chinese document.
        en: number of the English document.
        confidence: estimated probability, 0 to 1, that they are versions of one record.
    """

    zh: int
    en: int
    confidence: float


def sort_matches(weighed: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """Part what `weigh_documents` found into what is to be joined, and what is doubtful.

    Doubtful is a pair that is not joined, has `LEAST_DOUBT`, and of which neither document is
    joined to another one.
    """
    best_of_zh, best_of_en = {}, {}
    for match in sorted(weighed, key=lambda match: (match.confidence, -match.zh, -match.en)):
        best_of_zh[match.zh] = best_of_en[match.en] = match
    joined = [
        match
        for match in weighed
        if match.confidence >= LEAST_CONFIDENCE
        and best_of_zh[match.zh] is match is best_of_en[match.en]
    ]
    taken_zh, taken_en = {match.zh for match in joined}, {match.en for match in joined}
    doubtful = [
        match
        for match in weighed
        if match.confidence >= LEAST_DOUBT and match.zh not in taken_zh and match.en not in taken_en
    ]
    return joined, doubtful


def weigh_documents(
    zh: Sequence[Document], en: Sequence[Document], encoder: Encoder
) -> list[Match]:
    """Give every pair that passes the first two steps with its confidence, sorted by numbers."""
    settings = Settings()
    left, right = ([_encode_head(d, encoder, settings) for d in side] for side in (zh, en))
    odds = {
        (i, j): _odds(alike * _length_factor(zh[i], en[j]), min(len(left[i]), len(right[j])))
        for i, j in _find_candidates(left, right)
        if not tell_apart(zh[i], en[j]) and (alike := _try(left[i], right[j], settings)) > 0
    }
    return _weigh(odds)


def tell_apart(zh: Document, en: Document) -> bool:
    """Whether two documents say of themselves that they are of different records."""
    if zh.symbol and en.symbol:
        return normal_symbol(zh.symbol) != normal_symbol(en.symbol)
    if zh.meeting and en.meeting and zh.meeting != en.meeting:
        return True
    return bool(zh.date and en.date and abs((zh.date - en.date).days) > MOST_DAYS)


def _encode_head(document: Document, encoder: Encoder, settings: Settings) -> Side:
    head = replace(document, sentences=document.sentences[:HEAD])
    return encode_side(head, encoder, settings)


def _find_candidates(zh: Sequence[Side], en: Sequence[Side]) -> list[tuple[int, int]]:
    """Find the nearest documents of either side, as sorted pairs of numbers."""
    if not zh or not en:
        return []
    left, right = document_vectors(zh), document_vectors(en)
    pairs = {
        (i, int(j)) for i, row in enumerate(nearest(left, right, CANDIDATES)[1]) for j in row
    } | {(int(i), j) for j, row in enumerate(nearest(right, left, CANDIDATES)[1]) for i in row}
    return sorted((i, j) for i, j in pairs if len(zh[i]) and len(en[j]))


def document_vectors(sides: Sequence[Side]) -> NDArray[np.float32]:
    """Give one unit row for each document, shape (documents, dimensions)."""
    sums = unit_rows(np.stack([side.vectors.sum(axis=0) for side in sides]))
    if len(sums) <= FEW:
        return sums
    return unit_rows(sums - sums.mean(axis=0))


def _try(zh: Side, en: Side, settings: Settings) -> float:
    """Align two heads on trial: the mean score of their sentences; 0 for too few anchors."""
    anchors = find_anchors(zh, en)
    if len(anchors) < LEAST_ANCHORS * min(len(zh), len(en)):
        return 0.0
    band = band_round(anchors, len(zh), len(en), settings.band)
    prices = prices_of(usual_manner(settings), zh, en, settings)
    steps = best_path(zh, en, band, prices, settings, sure_stretches(anchors, len(zh), len(en)))
    matched = sum(
        step.score * (step.zh[1] - step.zh[0] + step.en[1] - step.en[0])
        for step in steps
        if step.zh[0] < step.zh[1] and step.en[0] < step.en[1]
    )
    return float(matched / (len(zh) + len(en)))


def _length_factor(zh: Document, en: Document) -> float:
    """Give 1, or less where one document is much longer than the other, also beyond their heads.

    A record of likeness .6 against a third of it is doubtful, against a quarter it is not told.
    """
    few, many = sorted((len(zh.sentences), len(en.sentences)))
    return float(min(1.0, FREE_RATIO * few / many) ** 2)


def _odds(likeness: float, sentences: int) -> float:
    """Give the odds that a pair is right, by itself."""
    middle = MIDDLE + MIDDLE_OF_FEW / sentences
    return math.exp(SLOPE * (likeness - middle))


def _weigh(odds: dict[tuple[int, int], float]) -> list[Match]:
    """Turn odds into confidence, which near rivals lower.

    A rival has one of the two documents; one with the same odds leaves at most a half.
    """
    of_zh: dict[int, float] = defaultdict(float)
    of_en: dict[int, float] = defaultdict(float)
    for (i, j), own in odds.items():
        of_zh[i] += own
        of_en[j] += own
    return [
        Match(i, j, own / (1.0 + of_zh[i] + of_en[j] - own)) for (i, j), own in sorted(odds.items())
    ]
