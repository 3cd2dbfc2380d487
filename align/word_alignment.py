"""Which words of a bead translate which: from the encoder's token vectors alone.

The vectors are additive, so a phrase is the sum of its pieces, and the translation of a phrase is
the stretch of the other side whose sum points in the same direction. Single words are linked where
each is the other's best (Och and Ney 2003, the intersection of both directions; with vectors:
Jalili Sabet, Dufter, Yvon and Schütze 2020, "SimAlign", doi
10.18653/v1/2020.findings-emnlp.147), and neighbours of such links where one direction says so.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encoder.static import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from align.encoder.static import StaticEncoder
    from corpora import Language

    Floats = NDArray[np.float32]
    Place = tuple[int, int]

FAR: Final = 0.15
"""Cosine that a pair of words loses from one end of the sentence to the other: of two equal words
the nearer one is meant."""

MUTUAL: Final = 0.2
"""Cosine from which two words are linked that are each other's best."""

GROWN: Final = 0.4
"""Cosine from which a link beside another one needs but one direction."""

SURE: Final = 0.25
"""Cosine from which a stretch counts as the translation of a phrase."""

LONGER: Final = 3
"""A translation has at most so many times as many words as the phrase, and so many more."""

EACH_WORD: Final = 0.004
"""Cosine that a stretch must gain for each word more."""

_ENGLISH: Final = (
    "the a an of to in on at for by and or with from as that which is are was were be been it its "
    "this these those"
)
EMPTY: Final = frozenset(_ENGLISH.split()) | frozenset("的了在和与及是以为对将之其所等于并也、，。")
"""Words that stand for nothing by themselves: they are not linked and end no translation."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two words that translate each other.

    Attributes:
        zh: half-open range of characters of the Chinese text.
        en: the same of the English text.
        score: cosine, at most 1.
    """

    zh: Place
    en: Place
    score: float


@dataclass(frozen=True, slots=True)
class _Words:
    """The pieces of a text.

    Attributes:
        places: where each stands in the text.
        texts: each in small letters.
        vectors: float32 (pieces, dimensions); unknown ones are zeros.
        empty: bool (pieces): whether a piece stands for nothing by itself, or is unknown.
        runs_on: bool (pieces + 1): whether a piece goes on with the Latin word of the piece
            before it; the last is False.
    """

    places: tuple[Place, ...]
    texts: tuple[str, ...]
    vectors: Floats
    empty: NDArray[np.bool_]
    runs_on: NDArray[np.bool_]

    @property
    def directions(self) -> Floats:
        """Vectors of length 1."""
        lengths = np.linalg.norm(self.vectors, axis=1, keepdims=True)
        out: Floats = self.vectors / np.maximum(lengths, 1e-6)
        return out


_known: OrderedDict[tuple[str, str], _Words] = OrderedDict()
"""The last texts that were parted, by the encoder's signature and the text: a unit is asked about
once for each place that was found in it."""

KEPT: Final = 512
"""Texts of which the words are kept: some megabytes."""


def remember(texts: Iterable[str], encoder: StaticEncoder) -> None:
    """Part texts into words that will be asked about, all at once."""
    new = [t for t in dict.fromkeys(texts) if (encoder.signature, t) not in _known][:KEPT]
    for text, found in zip(new, encoder.cut(new), strict=True):
        _known[encoder.signature, text] = _parted(text, found, encoder)
    while len(_known) > KEPT:
        _known.popitem(last=False)


def _words(text: str, encoder: StaticEncoder) -> _Words:
    key = encoder.signature, text
    if key not in _known:
        remember([text], encoder)
    _known.move_to_end(key)
    return _known[key]


def _parted(text: str, found: Sequence[tuple[int, int, int]], encoder: StaticEncoder) -> _Words:
    """Take over the pieces that were found."""
    ids = np.array([number for number, _, _ in found], dtype=np.int64)
    vectors = encoder.vectors(ids) if len(ids) else np.zeros((0, 1), np.float32)
    vectors[ids == encoder.number_of(UNKNOWN)] = 0
    places = tuple((start, end) for _, start, end in found)
    texts = tuple(text[a:b].strip().lower() for a, b in places)
    said = [part in EMPTY or not any(map(str.isalnum, part)) for part in texts]
    empty = np.array(said, dtype=np.bool_) | ~vectors.any(axis=1)
    return _Words(places, texts, vectors, empty, _runs_on(places, texts))


def _runs_on(places: Sequence[Place], texts: Sequence[str]) -> NDArray[np.bool_]:
    """See `_Words.runs_on`."""
    out = np.zeros(len(places) + 1, dtype=np.bool_)
    for n in range(1, len(places)):
        if places[n - 1][1] == places[n][0]:
            both = texts[n - 1] + texts[n]
            out[n] = both.isascii() and both.isalnum()
    return out


def align_words(zh: str, en: str, encoder: StaticEncoder) -> list[Link]:
    """Link the words of a bead.

    Args:
        zh: the Chinese text.
        en: the English text.
        encoder: whose vectors compare words.

    Returns:
        By place; function words and what has no counterpart are in no link.
    """
    left, right = _words(zh, encoder), _words(en, encoder)
    if not len(left.places) or not len(right.places):
        return []
    cosine = left.directions @ right.directions.T
    cosine[left.empty] = cosine[:, right.empty] = -1
    score = cosine - FAR * _apart(len(left.places), len(right.places))
    best_right, best_left = score.argmax(axis=1), score.argmax(axis=0)
    rows = np.arange(len(best_right))
    chosen = np.zeros(score.shape, dtype=np.bool_)
    mutual = (best_left[best_right] == rows) & (cosine[rows, best_right] >= MUTUAL)
    chosen[rows[mutual], best_right[mutual]] = True
    one_way = np.zeros_like(chosen)
    one_way[rows, best_right] = one_way[best_left, np.arange(len(best_left))] = True
    chosen |= one_way & (cosine >= GROWN) & _beside(chosen)
    return [
        Link(left.places[i], right.places[j], float(cosine[i, j]))
        for i, j in zip(*map(np.ndarray.tolist, np.nonzero(chosen)), strict=True)
    ]


def _apart(rows: int, columns: int) -> Floats:
    """How far the relative places of two words lie apart, 0 to 1, shape (rows, columns)."""
    down = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    across = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    out: Floats = np.abs(down[:, None] - across)
    return out


def _beside(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the places above, below, left and right of chosen ones."""
    out = np.zeros_like(chosen)
    out[1:] |= chosen[:-1]
    out[:-1] |= chosen[1:]
    out[:, 1:] |= chosen[:, :-1]
    out[:, :-1] |= chosen[:, 1:]
    return out


def translation_of(
    zh: str, en: str, side: Language, span: Place, encoder: StaticEncoder
) -> list[Place]:
    """Find what translates a part of one side on the other side.

    Args:
        zh: the Chinese text.
        en: the English text.
        side: which of them `span` is of.
        span: half-open range of its characters.
        encoder: whose vectors compare.

    Returns:
        One range of the other text's characters; none if nothing there is like it.
    """
    other = _words(en if side == "zh" else zh, encoder)
    text = zh if side == "zh" else en
    # By itself, for it may be a part of a longer word: 裁军 within 核裁军.
    asked = _words(text[slice(*span)], encoder)
    phrase = asked.vectors[~asked.empty].sum(axis=0)
    length = float(np.linalg.norm(phrase))
    if length < 1e-6 or not len(other.places):
        return []
    middle = (span[0] + span[1]) / 2 / len(text)
    stretch = _best_stretch(phrase / length, other, middle, len(asked.places))
    if stretch is None:
        return []
    start, end = other.places[stretch[0]][0], other.places[stretch[1] - 1][1]
    found = (en if side == "zh" else zh)[start : end + 1]
    if found[-1:] in ")）" and found.count("(") + found.count("（") == 1:
        end = start + len(found)  # 984 (1995)
    return [(start, end)]


def _best_stretch(phrase: Floats, words: _Words, middle: float, size: int) -> Place | None:
    """Find the words whose sum is most like a phrase; None if none is like it.

    Args:
        phrase: its direction.
        words: of the other side.
        middle: relative place of the phrase on its side, 0 to 1.
        size: words of the phrase.
    """
    count = len(words.places)
    empty, runs_on = words.empty, words.runs_on
    starts, ends = _stretches(count, LONGER * size + LONGER)
    sound = ~empty[starts] & ~empty[ends - 1] & ~runs_on[starts] & ~runs_on[ends]
    starts, ends = starts[sound], ends[sound]
    if not len(starts):
        return None
    # Dot products of single words, summed over boxes, give those of all stretches.
    boxes = np.zeros((count + 1, count + 1))
    np.cumsum(words.vectors @ words.vectors.T, axis=0, dtype=np.float64, out=boxes[1:, 1:])
    np.cumsum(boxes, axis=1, out=boxes)
    squares = boxes[ends, ends] - boxes[starts, ends] - boxes[ends, starts] + boxes[starts, starts]
    along = np.zeros(count + 1)
    np.cumsum(words.vectors @ phrase, out=along[1:])
    cosine = (along[ends] - along[starts]) / np.sqrt(np.maximum(squares, 1e-12))
    apart = np.abs((starts + ends) / 2 / count - middle)
    best = int((cosine - FAR * apart - EACH_WORD * (ends - starts)).argmax())
    return (int(starts[best]), int(ends[best])) if cosine[best] >= SURE else None


@lru_cache(maxsize=512)
def _stretches(count: int, longest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give starts and ends of all stretches of up to `longest` of `count` words."""
    starts, sizes = np.meshgrid(np.arange(count), np.arange(1, min(longest, count) + 1))
    ends = starts + sizes
    inside = ends <= count
    return starts[inside], ends[inside]
