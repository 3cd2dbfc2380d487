"""What sentences show besides their words: quotation marks and numbers.

A translator keeps who speaks and how much, however freely she cuts the sentences. Read by simple
patterns, for every sentence of a long document; `align.doubt.flags` reads numbers with more care,
for the beads that were found.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BUCKETS = 256
"""Numbers are told apart by their hash into as many buckets."""

MARKS = frozenset("“”「」『』\"‘’'")
"""Every mark that may open or close a quotation; most sentences have none."""

FEWEST_QUOTES = 5
"""Marks that either side must have before quotation is compared at all."""

MOST_UNLIKE = 2.5
"""Factor by which the sides may differ in their number of marks: beyond it one of them quotes in
another way (a dash, no marks), and the marks say nothing."""


@cache
def _opening() -> re.Pattern[str]:
    """A mark that opens a quotation; a straight or single one only before a word, after a space."""
    return re.compile(r"[“「『]|(?<![^\s(—–-])[\"‘'](?=[\w.…—–-])")


@cache
def _closing() -> re.Pattern[str]:
    """A mark that closes one; a single one only after a stop, for most others are apostrophes."""
    return re.compile(r"[”」』]|(?<=[^\s(])\"(?=\W|$)|(?<=[.,!?…—–-])['’](?=\W|$)")


@cache
def _number() -> re.Pattern[str]:
    """Two digits or more: smaller numbers are often spelt on one side."""
    return re.compile(r"[0-9][0-9,.]*[0-9]")


def count_quotes(texts: Sequence[str]) -> Floats:
    """Count opening and closing marks before each boundary, shape (2, texts + 1)."""
    out = np.zeros((2, len(texts) + 1))
    marked = [number for number, text in enumerate(texts) if not MARKS.isdisjoint(text)]
    for row, pattern in enumerate((_opening(), _closing())):
        for number in marked:
            out[row, number + 1] = len(pattern.findall(texts[number]))
    return out.cumsum(axis=1)


def quotes_agree(zh: Floats, en: Floats) -> tuple[bool, bool]:
    """Whether opening and closing marks are as frequent on both sides as in a translation."""
    few, many = np.minimum(zh[:, -1], en[:, -1]), np.maximum(zh[:, -1], en[:, -1])
    opening, closing = (few >= FEWEST_QUOTES) & (many <= MOST_UNLIKE * few)
    return bool(opening), bool(closing)


def numbers_of(text: str) -> set[str]:
    """Collect the numbers of two digits or more that are written in digits, without separators."""
    return {found.replace(",", "").replace(".", "") for found in _number().findall(text)}


def mark_numbers(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Mark the buckets of each text's numbers, shape (texts, BUCKETS), 0 or 1."""
    out = np.zeros((len(texts), BUCKETS), dtype=np.uint8)
    for row, text in enumerate(texts):
        for number in numbers_of(text):
            out[row, zlib.crc32(number.encode()) % BUCKETS] = 1
    return out
