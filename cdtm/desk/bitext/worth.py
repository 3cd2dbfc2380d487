"""What the rows of a record are worth: confidence and flags, by the aligner's own measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from align.alignment import Bead
from align.chosen.between import align_between, judge_links
from align.confidence import confidences
from align.doubt.flags import flags_of
from align.pair import encode_side
from align.runner_up import Step
from align.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.chosen.between import Link
    from align.encoder.load import Encoder
    from align.scores import Side
    from cdtm.desk.bitext.placed import Placed
    from corpora import Document

SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Worth:
    """What a row is worth.

    Attributes:
        confidence: 0 to 1.
        flags: in the order of the rules.
        kind: sentences of both sides, 1-1.
    """

    confidence: float
    flags: tuple[str, ...]
    kind: str


def worth_of(
    placed: Placed, run: slice, scores: Sequence[float | None], encoder: Encoder
) -> list[Worth]:
    """Judge some rows of a record as if the aligner had made them.

    Args:
        placed: the record.
        run: which rows.
        scores: of its rows as the aligner made them; None where somebody changed them.
        encoder: of the workspace.
    """
    sides = _sides(placed.zh, placed.en, encoder)
    links = placed.links
    known = _known(links, scores)
    new = judge_links(*sides, links, run, known, SETTINGS)
    beads = [Bead(*link, score=0.0, confidence=0.0) for link in links]
    flags = flags_of(beads, placed.zh, placed.en)[run]
    sure = confidences([*new, *known])[: len(new)]
    return [
        Worth(confidence, told, bead.kind)
        for confidence, told, bead in zip(sure, flags, beads[run], strict=True)
    ]


def links_between(
    placed: Placed, rows: slice, scores: Sequence[float | None], encoder: Encoder
) -> list[Link]:
    """Align anew the sentences of some neighbouring rows.

    Args:
        placed: the record.
        rows: which.
        scores: see `worth_of`.
        encoder: of the workspace.

    Raises:
        UserError: they are too many.
    """
    sides = _sides(placed.zh, placed.en, encoder)
    first, last = placed.links[rows.start], placed.links[rows.stop - 1]
    stretch = (first[0][0], first[1][0]), (last[0][1], last[1][1])
    steps = align_between(*sides, stretch, _known(placed.links, scores), SETTINGS)
    return [(step.zh, step.en) for step in steps]


def _known(links: Sequence[Link], scores: Sequence[float | None]) -> list[Step]:
    return [
        Step(*link, score=score)
        for link, score in zip(links, scores, strict=True)
        if score is not None
    ]


MOST_KEPT: Final = 4
"""Records whose sentences are kept as numbers."""

_KEPT: WeakKeyDictionary[Encoder, dict[tuple[Document, Document], tuple[Side, Side]]] = (
    WeakKeyDictionary()
)
"""By the encoder, with which they go."""


def _sides(zh: Document, en: Document, encoder: Encoder) -> tuple[Side, Side]:
    """Encode a record; its sentences stay the same while rows are paired anew."""
    kept = _KEPT.setdefault(encoder, {})
    found = kept.get((zh, en))
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = encode_side(zh, encoder, SETTINGS), encode_side(en, encoder, SETTINGS)
        kept[zh, en] = found
    return found
