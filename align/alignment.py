"""The result of aligning two documents: beads in order, and what made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpora import Document

Span = tuple[int, int]
"""A half-open range of sentence numbers, 0-based: (3, 5) is sentences 3 and 4; (3, 3) is the
place before sentence 3 and no sentence."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of both sides that translate each other.

    An omission (null link) has an empty range on one side, which keeps its place.

    Attributes:
        zh: range in the Chinese document.
        en: range in the English document.
        score: what the dynamic program gave, in its own unit; comparable within one signature.
        confidence: estimated probability, 0 to 1, that exactly this bead is right.
        flags: reasons for doubt, short fixed words.
    """

    zh: Span
    en: Span
    score: float = 0.0
    confidence: float = 0.0
    flags: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """``1-1``, ``2-1``, ``0-1`` …: Chinese sentences, then English."""
        return f"{self.zh[1] - self.zh[0]}-{self.en[1] - self.en[0]}"

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return self.zh[0] == self.zh[1] or self.en[0] == self.en[1]


@dataclass(frozen=True, slots=True)
class Reordered:
    """A passage that both documents have, each in another place.

    Attributes:
        zh: range in the Chinese document.
        en: range in the English document.
    """

    zh: Span
    en: Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents and the beads between them.

    Attributes:
        zh: the Chinese document.
        en: the English document.
        beads: in document order; they cover every sentence of both sides exactly once.
        signature: names settings, model and version: stored results are reused only where it is
            equal.
        reordered: passages whose beads are omissions because they stand elsewhere on the other
            side.
    """

    zh: Document
    en: Document
    beads: tuple[Bead, ...]
    signature: str = ""
    reordered: tuple[Reordered, ...] = ()


def percent(confidence: float) -> int:
    """Round a confidence of 0 to 1 down to whole per cent.

    Down, so that no unit passes a filter that its bead would not; the small term undoes binary
    fractions (0.29 × 100 is 28.999…).

    >>> percent(0.29), percent(0.999)
    (29, 99)
    """
    return min(100, max(0, int(confidence * 100 + 1e-9)))
