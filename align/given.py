"""Pairs that somebody else made, judged as the aligner judges its own: score, confidence, flags.

The links are given; what is asked is how well each pair's sides agree, by the same vectors, lengths
and numbers, and which rules of doubt speak against it. Each pair is a bead of one sentence a side.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from align.alignment import Alignment, Bead
from align.confidence import confidences_alone
from align.doubt.flags import flags_of
from align.manner import CLOSE
from align.pair import encode_side, method_signature
from align.scores import Block
from align.settings import Settings

if TYPE_CHECKING:
    from align.encoder.load import Encoder
    from align.scores import Side
    from corpora import Document

AT_ONCE: Final = 16
"""Pairs whose scores are computed by one set of matrices, of which the diagonal is wanted."""


def judge_pairs(
    zh: Document, en: Document, encoder: Encoder, settings: Settings | None = None
) -> tuple[Alignment, tuple[Side, Side]]:
    """Judge pairs of sentences, the first with the first and so on.

    Args:
        zh: the Chinese sentences, none empty.
        en: as many English ones.
        encoder: gives the vectors of both.
        settings: the defaults serve records.

    Returns:
        the pairs as beads of an alignment, and both sides as numbers.
    """
    settings = replace(settings or Settings(), max_bead=2)  # beads of one sentence a side
    sides = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
    scores = _scores(*sides, settings)
    # In a memory the pairs beside a pair say nothing about it, as they do in a text.
    # As cheap as in a text that leaves each sentence alone with its translation, as a memory does.
    omission = settings.null_alone * max(0.0, 1 + settings.null_freedom * (CLOSE - 1))
    confidences = confidences_alone(scores, omission)
    judged = zip(scores, confidences, strict=True)
    beads = [
        Bead((n, n + 1), (n, n + 1), score=score, confidence=confidence)
        for n, (score, confidence) in enumerate(judged)
    ]
    flags = flags_of(beads, zh, en)
    flagged = tuple(replace(bead, flags=f) for bead, f in zip(beads, flags, strict=True))
    return Alignment(zh, en, flagged, method_signature(encoder, settings)), sides


def _scores(zh: Side, en: Side, settings: Settings) -> list[float]:
    """Score each pair as the dynamic program scores a bead."""
    scores: list[float] = []
    for start in range(0, len(zh), AT_ONCE):
        ends = start + 1, min(start + AT_ONCE, len(zh)) + 1
        scores += np.diagonal(Block(zh, en, ends, ends, settings).scores()[0]).tolist()
    return scores
