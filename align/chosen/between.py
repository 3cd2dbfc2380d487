"""Links that somebody chose, judged as the aligner judges its own, and new ones between them.

The manner of the translation is learnt from the links as they are, with the prices that follow from
it; nothing is searched for but what lies between two fixed points.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from align.manner import are_alike, learn_manner, prices_of, usual_manner
from align.neighbours import Band
from align.path import Lockstep, Piece, best_path
from align.runner_up import Step, margins
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.manner import Manner
    from align.neighbours import Stretch
    from align.scores import Side
    from align.settings import Settings

Link = tuple[tuple[int, int], tuple[int, int]]
"""Half-open ranges of Chinese and of English sentences; one may be empty."""

MOST_BOUNDARIES: Final = 250_000
"""Pairs of boundaries of a stretch, for all are looked at: 500 by 500 take some seconds."""

LEAST: Final = -1.0
"""The least cosine: the score of what no aligner would look at."""

AROUND: Final = 2
"""Links before and behind one that its margin depends on."""


def judge_links(
    zh: Side, en: Side, links: Sequence[Link], run: slice, known: Sequence[Step], settings: Settings
) -> list[Step]:
    """Give score and margin of some links; a bead of more sentences than any has `LEAST` and none.

    Args:
        zh: the Chinese side.
        en: the English side.
        links: each beginning where the last one ends, from the first sentences to the last.
        run: which of them to judge.
        known: links of both documents with their scores, from which the manner is learnt.
        settings: see `Settings`.
    """
    manner = _manner(zh, en, known, settings)
    first = max(0, run.start - AROUND)
    some = links[first : run.stop + AROUND]
    band = _round(links, len(zh), len(en), settings.max_bead)
    piece = Piece((0, 0), (len(zh), len(en)), band.low, band.high)
    prices = prices_of(manner, zh, en, settings)
    look = Lockstep([piece], _scaled(zh, manner), en, prices, settings, None).look
    ends = np.array(some, dtype=np.int64)
    scores = look(ends[:, :, 0], ends[:, :, 1])
    there = np.isfinite(scores)
    scores[~there] = LEAST
    steps = [Step(*link, score=float(score)) for link, score in zip(some, scores, strict=True)]
    found = [
        replace(step, margin=margin if known_type else 0.0)
        for step, margin, known_type in zip(steps, margins(steps, look), there, strict=True)
    ]
    return found[run.start - first : run.stop - first]


def align_between(
    zh: Side, en: Side, stretch: Stretch, known: Sequence[Step], settings: Settings
) -> list[Step]:
    """Find the best path from one pair of boundaries to another, whatever was between.

    Args:
        zh: the Chinese side.
        en: the English side.
        stretch: where to begin and where to end.
        known: links of both documents with their scores, from which the manner is learnt.
        settings: see `Settings`.

    Raises:
        UserError: the stretch is too long to look at all of it.
    """
    (top, left), (bottom, right) = stretch
    if (bottom - top + 1) * (right - left + 1) > MOST_BOUNDARIES:
        raise UserError(
            f"{bottom - top:,} Chinese and {right - left:,} English sentences lie between two "
            "fixed points: pin or accept a row among them first."
        )
    manner = _manner(zh, en, known, settings)
    whole = Band(np.zeros(len(zh) + 1, np.int64), np.full(len(zh) + 1, len(en)))
    prices = prices_of(manner, zh, en, settings)
    return best_path(_scaled(zh, manner), en, whole, prices, settings, [stretch])


def _manner(zh: Side, en: Side, known: Sequence[Step], settings: Settings) -> Manner:
    usual = usual_manner(settings)
    learnt = learn_manner(known, zh, en, usual)
    return usual if are_alike(learnt, usual) else learnt


def _scaled(zh: Side, manner: Manner) -> Side:
    return replace(zh, bytes=zh.bytes * manner.ratio)


def _round(links: Sequence[Link], rows: int, columns: int, reach: int) -> Band:
    """Give the boundaries that lie near the links."""
    low = np.full(rows + 1, columns)
    high = np.zeros(rows + 1, np.int64)
    for (top, bottom), (left, right) in links:
        inside = slice(top, bottom + 1)
        low[inside] = np.minimum(low[inside], left)
        high[inside] = np.maximum(high[inside], right)
    return Band(np.maximum(low - reach, 0), np.minimum(high + reach, columns))
