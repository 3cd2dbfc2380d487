"""Doubts that are stretches of beads: sentences without partner, and an alignment moved by one."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from align.doubt.rules import Reason
from align.encoder.directions import unit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from align.doubt.rows import Row
    from align.encoder.load import Encoder

OMITTED: Final = 1.5
"""Weight of one sentence without partner, to which the logarithm of the run's length comes. A third
of those in the records are right: one side says what the other does not."""

COURTESY: Final = (12, 40)
"""Characters (Chinese, English) up to which a single sentence is mostly a courtesy that one side
leaves out (谢谢主席先生。)."""

COURTESY_LESS: Final = 0.7
"""What a courtesy weighs less."""

PAGE: Final = 8
"""Sentences without partner from which a page may be missing: the pages of the records have 12 to
20 sentences, and the part of a page at either end may have partners."""

MARGIN: Final = 0.1
"""Cosine by which a neighbour's partner must be the better one to count for a shift."""

LEAST_GAIN: Final = 0.3
"""Gain of cosine beyond the margin, summed over the stretch, from which it is told."""


class Run(NamedTuple):
    """A stretch of beads.

    Attributes:
        first: place of its first bead.
        stop: place after its last one.
        reasons: what speaks against it.
    """

    first: int
    stop: int
    reasons: tuple[Reason, ...]


def omitted_runs(rows: Sequence[Row]) -> list[Run]:
    """Give the runs of null links, each with how much of which side stands alone."""
    runs = []
    place = 0
    for is_null, group in groupby(rows, key=lambda row: row.is_null):
        members = list(group)
        if is_null:
            runs.append(Run(place, place + len(members), (_omission(members),)))
        place += len(members)
    return runs


def _omission(rows: Sequence[Row]) -> Reason:
    zh, en = sum(row.zh_count for row in rows), sum(row.en_count for row in rows)
    weight = OMITTED + math.log10(zh + en)
    if zh + en == 1 and len(rows[0].zh) <= COURTESY[0] and len(rows[0].en) <= COURTESY[1]:
        weight -= COURTESY_LESS
    if zh and en:
        text = (
            f"{_sentences(zh, 'Chinese')} and {_sentences(en, 'English')} follow each other here "
            "without a partner on the other side."
        )
        return Reason(weight, text)
    here, there, count = ("Chinese", "English", zh) if zh else ("English", "Chinese", en)
    if count >= PAGE:
        text = (
            f"{count} {here} sentences in a row have no partner in the {there}: "
            f"a page or a passage is missing from the {there} file, or stands elsewhere in it."
        )
        return Reason(weight + 1, text)
    if count > 1:
        text = f"{count} {here} sentences in a row have no partner in the {there}."
        return Reason(weight, text)
    text = f"This {here} sentence has no partner in the {there}: it may have been left out."
    return Reason(weight, text)


def _sentences(count: int, language: str) -> str:
    return f"{count} {language} sentence{'s' if count > 1 else ''}"


def shifted_runs(rows: Sequence[Row], encoder: Encoder) -> list[Run]:
    """Give the stretches in which the Chinese fits the English of the next or last bead better.

    For each bead the cosine of its own sides is compared with that of its Chinese and the English
    of its neighbour; stretches are those of the largest sum of differences (J. Bentley, Programming
    Pearls, 1984, column 7), taken from the largest on as long as they exceed `LEAST_GAIN`.
    """
    linked = [place for place, row in enumerate(rows) if not row.is_null]
    if len(linked) < 2:
        return []
    zh, en = (
        unit_rows(encoder.encode(texts).astype(np.float64))
        for texts in (
            [rows[place].zh_body for place in linked],
            [rows[place].en_body for place in linked],
        )
    )
    own = (zh * en).sum(axis=1)
    runs: list[Run] = []
    taken: set[int] = set()
    for step, word in ((1, "after"), (-1, "before")):
        other = np.full(len(linked), -1.0)
        if step > 0:
            other[:-1] = (zh[:-1] * en[1:]).sum(axis=1)
        else:
            other[1:] = (zh[1:] * en[:-1]).sum(axis=1)
        for start, stop in _stretches(other - own - MARGIN):
            # The bead that stands against nothing at the far end belongs to the stretch.
            first, last = linked[start], linked[stop - 1]
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                own_mean, other_mean = own[start:stop].mean(), other[start:stop].mean()
                runs.append(
                    Run(first, last + 1, (_shift(stop - start, word, own_mean, other_mean),))
                )
    return runs


def _shift(count: int, word: str, own: float, other: float) -> Reason:
    weight = 2.0 + math.log10(count) + min(1.0, other - own)
    if count == 1:
        return Reason(
            weight - 0.5,
            f"The Chinese of this pair says what the English of the pair {word} it says.",
        )
    return Reason(
        weight,
        f"In {count} pairs in a row the Chinese fits the English of the pair {word} it better than "
        "its own: the alignment seems to be moved by one.",
    )


def _stretches(gains: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Give disjoint stretches whose sum is largest, as long as it exceeds `LEAST_GAIN`."""
    start, total, best, stop = 0, 0.0, 0.0, 0
    for place, gain in enumerate([*gains, -math.inf]):
        total += float(gain)
        if total > best:
            best, stop = total, place + 1
        if total <= 0:
            if best > LEAST_GAIN:
                yield start, stop
            start, total, best = place + 1, 0.0, 0.0
