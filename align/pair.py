"""One pair of documents: sentences in, beads out. Pure: no file, no clock, no global model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from align.alignment import Alignment, Bead, Reordered
from align.confidence import confidences
from align.doubt.flags import flags_of
from align.encoder.static import StaticEncoder
from align.evidence import encode_clauses, tokens_of
from align.manner import are_alike, learn_manner, prices_of, usual_manner
from align.neighbours import band_round, drop_lone, find_anchors, sure_stretches
from align.path import best_path
from align.reordered import find_reordered
from align.runner_up import leave_out, settle_formulas
from align.scores import new_side
from align.settings import Settings
from align.share import here
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.alignment import Span
    from align.encoder.load import Encoder
    from align.evidence import Tokens
    from align.manner import Manner
    from align.neighbours import Band, Stretch
    from align.path import Known
    from align.runner_up import Step
    from align.scores import Side
    from align.share import Share
    from corpora import Document

    BothTokens = Callable[[], tuple[Tokens, Tokens]]

METHOD = "12"
"""Raised whenever the same settings and vectors would give other beads."""

MANNER_SAMPLE = 1500
"""Chinese sentences from which the manner of a translation is learnt, if there are so many; and up
to which tokens are compared."""

MOST_SENTENCES_A_SENTENCE = 20
"""Documents whose sentence counts differ by more than this factor are not versions of one record;
a record of which nine tenths are missing on one side still passes."""


def align_pair(
    zh: Document,
    en: Document,
    encoder: Encoder,
    settings: Settings | None = None,
    *,
    sides: tuple[Side, Side] | None = None,
    share: Share = here,
) -> Alignment:
    """Align a Chinese document with its English version.

    Args:
        zh: the Chinese document, at least one sentence.
        en: the English document, at least one sentence.
        encoder: gives the sentence vectors of both.
        settings: the defaults serve records.
        sides: what `encode_side` gives for both with these settings, if that is known already.
        share: who does the independent parts of the work; see `align.share`.

    Returns:
        Beads in document order, every sentence of both sides in exactly one.

    Raises:
        UserError: if a side is empty, or far too short to be a version of the other.
    """
    settings = settings or Settings()
    _refuse_unlike(zh, en)
    if any(0 < len(_written(d)) < len(d.sentences) for d in (zh, en)):
        return _align_without_blanks(zh, en, encoder, settings, share)
    left, right = sides or (encode_side(d, encoder, settings) for d in (zh, en))
    steps = align_sides(left, right, settings, share, tokens_of_both(zh, en, encoder))
    beads = [
        Bead(step.zh, step.en, score=step.score, confidence=confidence)
        for step, confidence in zip(steps, confidences(steps), strict=True)
    ]
    reordered = tuple(find_reordered(steps, left, right))
    flags = flags_of(beads, zh, en, reordered, share)
    flagged = tuple(replace(bead, flags=f) for bead, f in zip(beads, flags, strict=True))
    return Alignment(zh, en, flagged, method_signature(encoder, settings), reordered)


def _written(document: Document) -> list[int]:
    """Numbers of the sentences with text: a file of one sentence a line may have empty lines."""
    return [n for n, sentence in enumerate(document.sentences) if sentence.text.strip()]


def _align_without_blanks(
    zh: Document, en: Document, encoder: Encoder, settings: Settings, share: Share
) -> Alignment:
    """Align what has text; what has none is an omission, and nobody's reason for doubt.

    Within a bead it stays where it is, for a bead is a range.
    """
    written = _written(zh), _written(en)
    left, right = (
        replace(d, sentences=tuple(d.sentences[n] for n in kept))
        for d, kept in zip((zh, en), written, strict=True)
    )
    found = align_pair(left, right, encoder, settings, share=share)
    ends = [0, 0]
    beads: list[Bead] = []

    def pass_by(starts: Sequence[int]) -> None:
        while ends[0] < starts[0]:
            beads.append(Bead((ends[0], ends[0] + 1), (ends[1], ends[1]), confidence=1.0))
            ends[0] += 1
        while ends[1] < starts[1]:
            beads.append(Bead((ends[0], ends[0]), (ends[1], ends[1] + 1), confidence=1.0))
            ends[1] += 1

    for bead in found.beads:
        spans = [_widened(s, kept) for s, kept in zip((bead.zh, bead.en), written, strict=True)]
        pass_by([span[0] if span else end for span, end in zip(spans, ends, strict=True)])
        first, second = (span or (end, end) for span, end in zip(spans, ends, strict=True))
        beads.append(replace(bead, zh=first, en=second))
        ends = [first[1], second[1]]
    pass_by([len(zh.sentences), len(en.sentences)])
    reordered = tuple(
        Reordered(_widened(r.zh, written[0]) or r.zh, _widened(r.en, written[1]) or r.en)
        for r in found.reordered
    )
    return replace(found, zh=zh, en=en, beads=tuple(beads), reordered=reordered)


def _widened(span: Span, kept: Sequence[int]) -> Span | None:
    """Say in the numbers of all sentences what a span of the kept ones is; None if it is empty."""
    return (kept[span[0]], kept[span[1] - 1] + 1) if span[0] < span[1] else None


def method_signature(encoder: Encoder, settings: Settings) -> str:
    """Name method, model and settings: the same sentences then give the same beads."""
    return f"cdtm-{METHOD}/{encoder.signature}/{settings.signature}"


def find_steps(
    zh: Document, en: Document, encoder: Encoder, settings: Settings
) -> tuple[list[Step], Side, Side]:
    """Encode both documents and find the best path: the steps, and both sides as numbers."""
    left, right = encode_side(zh, encoder, settings), encode_side(en, encoder, settings)
    tokens = tokens_of_both(zh, en, encoder)
    return align_sides(left, right, settings, tokens=tokens), left, right


def tokens_of_both(zh: Document, en: Document, encoder: Encoder) -> BothTokens | None:
    """Give what makes the tokens of both documents, if the encoder has vectors of tokens."""
    if not isinstance(encoder, StaticEncoder):
        return None

    def make() -> tuple[Tokens, Tokens]:
        left, right = (
            tokens_of([sentence.text for sentence in document.sentences], language, encoder)
            for document, language in ((zh, zh.language), (en, en.language))
        )
        return left, right

    return make


def align_sides(
    zh: Side,
    en: Side,
    settings: Settings,
    share: Share = here,
    tokens: BothTokens | None = None,
) -> list[Step]:
    """Find the best path; a first pass says in which manner the documents are translated.

    It is the last where they are translated like a record, unless they are so long that it saw but
    a sample. A third pass changes no link of the gold.

    Args:
        zh: the Chinese side.
        en: the English side.
        settings: see `Settings`.
        share: see `align_pair`.
        tokens: makes the tokens of both sides, which the second pass compares where the translation
            is not literal and has up to `MANNER_SAMPLE` sentences; None if there are none.
    """
    anchors = drop_lone(find_anchors(zh, en))
    band = band_round(anchors, len(zh), len(en), settings.band)
    stretches = sure_stretches(anchors, len(zh), len(en))
    sample = stretches[:: 1 + len(zh) // MANNER_SAMPLE]
    manner = usual_manner(settings)
    known: Known | None = {} if len(sample) == len(stretches) else None
    steps = _pass(zh, en, band, manner, settings, sample, share, known)
    learnt = learn_manner(steps, zh, en, manner)
    if not are_alike(learnt, manner):
        manner = learnt
        # A literal translation needs none, and in a long document they would take as long as all
        # the rest.
        if tokens and learnt.literalness < 1 and len(zh) <= MANNER_SAMPLE:
            zh, en = (replace(s, tokens=t) for s, t in zip((zh, en), tokens(), strict=True))
            known = None  # which holds no evidence of tokens
    if manner is learnt or len(sample) < len(stretches):
        steps = _pass(zh, en, band, manner, settings, stretches, share, known)
    return settle_formulas(leave_out(steps, learnt.literalness), zh, en)


def _pass(
    zh: Side,
    en: Side,
    band: Band,
    manner: Manner,
    settings: Settings,
    stretches: Sequence[Stretch],
    share: Share,
    known: Known | None,
) -> list[Step]:
    """Find the best path of documents that are translated in this manner."""
    scaled = replace(zh, bytes=zh.bytes * manner.ratio)
    prices = prices_of(manner, zh, en, settings)
    return best_path(scaled, en, band, prices, settings, stretches, share, known)


def encode_side(document: Document, encoder: Encoder, settings: Settings) -> Side:
    """Encode one document's sentences and measure its spans.

    Vectors of an encoder that is not additive are unit vectors; they are stretched to the square
    root of the sentence's length, so that a span's sum leans towards its longer sentences.
    """
    texts = [sentence.text for sentence in document.sentences]
    turns = [sentence.turn for sentence in document.sentences]
    vectors, outer = encode_clauses(texts, document.language, encoder)
    if not encoder.additive:
        weights = np.sqrt([max(1, len(text.encode())) for text in texts])
        vectors = (vectors * weights[:, None]).astype(np.float32)
    return new_side(texts, vectors, settings.max_bead, turns, outer)


def _refuse_unlike(zh: Document, en: Document) -> None:
    few, many = sorted((zh, en), key=lambda d: len(d.sentences))
    if not few.sentences:
        raise UserError(f"{few.name} holds no sentence: check that it is the whole record.")
    if len(many.sentences) > MOST_SENTENCES_A_SENTENCE * len(few.sentences):
        raise UserError(
            f"{few.name} has {len(few.sentences)} and {many.name} {len(many.sentences)} sentences, "
            "so they cannot be versions of one record: check that both files are whole."
        )
