"""Where a unit that is two falls apart: the cut of each side so that the halves fit best.

Both sides are parted at every mark at which a clause may end; a half is a run of such parts. Each
pair of cuts is two beads, which are scored as the aligner scores its own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from align.pair import encode_side
from align.scores import Block, bead_types
from align.settings import Settings
from corpora import Document, Sentence
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    import re

    from numpy.typing import NDArray

    from align.encoder.load import Encoder
    from align.scores import Side
    from corpora import Language

MOST_PARTS: Final = 16
"""Parts of a side at most: of more marks those that end a clause count less than a sentence's."""

_CLAUSE: Final = lazy_pattern(r"(?:[。！？；，：、]|[.,;:!?](?=[\s\"”’)]))+[\"”’」』)）]*")
"""A mark that ends a clause or a sentence, and the quotation mark or bracket behind it."""

_STOP: Final = lazy_pattern(r"(?:[。！？；]|[.;!?](?=[\s\"”’)]))+[\"”’」』)）]*")
"""A mark that ends a sentence or most of one."""


def best_cuts(
    zh: str, en: str, encoder: Encoder, *, zh_cut: int | None = None, en_cut: int | None = None
) -> tuple[int, int] | None:
    """Give the characters of each side that belong to the first half.

    Args:
        zh: the Chinese text.
        en: the English text.
        encoder: gives the vectors of both.
        zh_cut: where the Chinese is cut, if that is known already.
        en_cut: the same of the English.

    Returns:
        None if a side has no mark to be cut at.
    """
    cuts = _cuts(zh, zh_cut), _cuts(en, en_cut)
    if not all(cuts):
        return None
    sides = _encoded(zh, cuts[0], "zh", encoder), _encoded(en, cuts[1], "en", encoder)
    scores = _scores(*sides)
    i, j = np.unravel_index(int(scores.argmax()), scores.shape)
    return cuts[0][i], cuts[1][j]


def _cuts(text: str, known: int | None) -> list[int]:
    """Give the places where a text may be cut, all of them inside it."""
    if known is not None:
        return [known] if text[:known].strip() and text[known:].strip() else []
    found = [_inside(text, marks) for marks in (_CLAUSE, _STOP)]
    cuts = found[1] if len(found[0]) >= MOST_PARTS and found[1] else found[0]
    return sorted(sorted(cuts, key=lambda cut: abs(2 * cut - len(text)))[: MOST_PARTS - 1])


def _inside(text: str, marks: re.Pattern[str]) -> list[int]:
    ends = [match.end() for match in marks.finditer(text)]
    return [cut for cut in ends if text[:cut].strip() and text[cut:].strip()]


def _encoded(text: str, cuts: list[int], language: Language, encoder: Encoder) -> Side:
    parts = [text[a:b].strip() for a, b in pairwise([0, *cuts, len(text)])]
    document = Document(language, language, tuple(map(Sentence, parts)))
    return encode_side(document, encoder, _wide(2 * MOST_PARTS))


def _scores(zh: Side, en: Side) -> NDArray[np.float64]:
    """Score each pair of cuts, shape (Chinese cuts, English cuts)."""
    rows, columns = len(zh), len(en)
    types = {kind: number for number, kind in enumerate(bead_types(2 * MOST_PARTS))}
    block = Block(zh, en, (1, rows + 1), (1, columns + 1), _wide(2 * MOST_PARTS)).scores()
    return np.array(
        [
            [
                block[types[i, j], i - 1, j - 1] + block[types[rows - i, columns - j], -1, -1]
                for j in range(1, columns)
            ]
            for i in range(1, rows)
        ]
    )


def _wide(sentences: int) -> Settings:
    return replace(Settings(), max_bead=sentences)
