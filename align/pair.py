"""One pair of documents: sentences in, beads out. Pure: no file, no clock, no global model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from align.alignment import Alignment, Bead
from align.confidence import confidences
from align.neighbours import band_round, find_anchors
from align.path import NullPrices, best_path
from align.scores import new_side
from align.settings import Settings
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoder import Encoder
    from align.neighbours import Band
    from align.path import Step
    from align.scores import Side
    from corpora import Document

METHOD = "1"
"""Raised whenever the same settings and vectors would give other beads."""

USUAL_RATIO = 1.25
"""Bytes of English for a byte of Chinese: 1.22 to 1.27 in real records, 0.9 to 1.7 in novels."""

LIKE_ENOUGH = 0.05
"""Difference of the logarithms of two length ratios that is worth no second pass."""

USUAL_WEIGHT = 2000.0
"""Bytes of Chinese that `USUAL_RATIO` counts for in a document's own ratio."""

MOST_SENTENCES_A_SENTENCE = 20
"""Documents whose sentence counts differ by more than this factor are not versions of one record;
a record of which nine tenths are missing on one side still passes."""


def align_pair(
    zh: Document, en: Document, encoder: Encoder, settings: Settings | None = None
) -> Alignment:
    """Align a Chinese document with its English version.

    Args:
        zh: the Chinese document, at least one sentence.
        en: the English document, at least one sentence.
        encoder: gives the sentence vectors of both.
        settings: the defaults serve records.

    Returns:
        Beads in document order, every sentence of both sides in exactly one.

    Raises:
        UserError: if a side is empty, or far too short to be a version of the other.
    """
    settings = settings or Settings()
    _refuse_unlike(zh, en)
    left, right = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
    band = band_round(find_anchors(left, right), len(left), len(right), settings.band)
    steps = align_sides(left, right, band, settings)
    beads = tuple(
        Bead(step.zh, step.en, score=step.score, confidence=confidence)
        for step, confidence in zip(steps, confidences(steps, left, right), strict=True)
    )
    signature = f"cdtm-{METHOD}/{encoder.signature}/{settings.signature}"
    return Alignment(zh, en, beads, signature)


def align_sides(zh: Side, en: Side, band: Band, settings: Settings) -> list[Step]:
    """Find the best path; a second pass if the documents turn out to be of unusual lengths.

    A third pass changes no link of mac-dev.
    """
    prices = NullPrices(
        zh_alone=np.full(len(zh), settings.null_alone),
        en_alone=np.full(len(en), settings.null_alone),
        long_open=settings.long_open,
        long_extend=settings.long_extend,
    )
    usual = best_path(replace(zh, bytes=zh.bytes * USUAL_RATIO), en, band, prices, settings)
    ratio = length_ratio(usual, zh, en)
    if abs(np.log(ratio / USUAL_RATIO)) < LIKE_ENOUGH:
        return usual
    return best_path(replace(zh, bytes=zh.bytes * ratio), en, band, prices, settings)


def length_ratio(steps: Sequence[Step], zh: Side, en: Side) -> float:
    """Bytes of English for one byte of Chinese where both translate each other."""
    pairs = [s for s in steps if s.zh[0] < s.zh[1] and s.en[0] < s.en[1]]
    zh_bytes = sum(zh.bytes[s.zh[1]] - zh.bytes[s.zh[0]] for s in pairs)
    en_bytes = sum(en.bytes[s.en[1]] - en.bytes[s.en[0]] for s in pairs)
    return float((en_bytes + USUAL_RATIO * USUAL_WEIGHT) / (zh_bytes + USUAL_WEIGHT))


def encode_side(document: Document, encoder: Encoder, settings: Settings) -> Side:
    """Encode one document's sentences and measure its spans.

    Vectors of an encoder that is not additive are unit vectors; they are stretched to the square
    root of the sentence's length, so that a span's sum leans towards its longer sentences.
    """
    texts = [sentence.text for sentence in document.sentences]
    turns = [sentence.turn for sentence in document.sentences]
    vectors: NDArray[np.float32] = encoder.encode(texts)
    if not encoder.additive:
        weights = np.sqrt([max(1, len(text.encode())) for text in texts])
        vectors = (vectors * weights[:, None]).astype(np.float32)
    return new_side(texts, vectors, settings.max_bead, turns)


def _refuse_unlike(zh: Document, en: Document) -> None:
    few, many = sorted((zh, en), key=lambda d: len(d.sentences))
    if not few.sentences:
        raise UserError(f"{few.name} holds no sentence: check that it is the whole record.")
    if len(many.sentences) > MOST_SENTENCES_A_SENTENCE * len(few.sentences):
        raise UserError(
            f"{few.name} has {len(few.sentences)} and {many.name} {len(many.sentences)} sentences, "
            "so they cannot be versions of one record: check that both files are whole."
        )
