"""The words of a text as they are compared with those opposite."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encoder.static import UNKNOWN
from align.renderings.anchors import Anchor, anchors
from align.renderings.latin import in_word, is_latin, is_letter
from align.terms.words import EN_STOP, EN_TALK, ZH_BAD_ENDS, ZH_STOP, ZH_WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoder.static import StaticEncoder
    from corpora import Language

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float32]
    Place = tuple[int, int]
    Piece = tuple[int, int, int]

_ENGLISH: Final = (
    "the a an of to in on at for by and or with from into onto upon as that which is are was were "
    "be been it its this these those s"
)
ARTICLES: Final = frozenset(("the", "a", "an"))

EMPTY: Final = frozenset(_ENGLISH.split()) | frozenset("的了在和与及是以为对将之其所等于并也、，。")
"""Words that stand for nothing by themselves: a rendering neither begins nor ends with one."""

NO_CONTENT: Final = EMPTY | EN_STOP | EN_TALK | ZH_STOP | ZH_WEAK | ZH_BAD_ENDS
"""Words that say something about a thing or an act, and seldom are a part of its name."""

BREAKS: Final = frozenset('，；：、。！？,;:!?.…—()（）[]"“”「」')
"""Signs that no rendering goes across, unless what is asked has one."""

JOINS: Final = frozenset(("and", "or", "和", "与", "及", "或", "以及"))

LONE: Final = frozenset(
    "具系即均应曾已凡若乃谨兹特现再又各该本其某每全贵我你他她它们令受按如从向由因故且却仍还都只个"
)
"""Chinese words of one sign that stand for themselves; others are mostly a part of what they stand
beside, where the encoder knows no longer word: 恪, 尽职 and 守."""

SUFFIXES: Final = frozenset("者们率性化员国区期")
"""Chinese words of one sign that are the end of a longer word wherever they stand alone: 者 of
拘留者, 国 of 占领国. No rendering ends before one or begins with one."""

NO_PIECE: Final = 0
"""In the place of a piece's number: an anchor. It is the number of what the encoder does not know,
and translates nothing."""

_FIXED: Final = re.compile(
    r"^(?:[a-z](?:\n\.\n[a-z])+\n\.|in\n(?:fact|effect|particular|addition|general|order|terms|view)"
    r"|in\n(?:accordance|connection|conjunction|line|relation)\nwith|with\n(?:respect|reference)\nto"
    r"|in\n(?:respect|favour|support|spite)\nof|on\nbehalf\nof|as\nwell\nas|in\nthe\nlight\nof|into\naccount"
    r"|of\ncourse|for\n(?:example|instance)|at\n(?:least|all)|as\nwell|with\nregard|in\nthis\nregard)$",
    re.MULTILINE,
)
"""Words of which one alone renders nothing, in small letters: ``p.m.``, ``in fact``."""

KEPT: Final = 512
"""Texts of which the words are kept: some megabytes."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: pieces of the encoder; an anchor is one word.

    Attributes:
        places: where each stands in the text, half-open.
        edges: the same, int64 (words, 2).
        numbers: int64 (words): of the pieces, or `NO_PIECE`.
        vectors: float32 (words, dimensions): the encoder's; zeros for unknown ones.
        directions: the same made of length 1.
        values: of anchors their values, of others "".
        silent: bool (words): whether a word has no letter or digit, or is unknown to the encoder.
        empty: bool (words): whether it is silent or stands for nothing by itself.
        content: bool (words): whether it may be a part of a term that is not rendered by itself.
        breaks: bool (words): whether it is a sign that parts sentences, clauses or items.
        joins: bool (words): whether it is ``and``, ``or`` or their like.
        suffix: bool (words): whether it is one of `SUFFIXES`.
        single: bool (words): whether it is one Chinese sign that may be a part of a term.
        runs_on: bool (words + 1): whether a word goes on with the Latin word of the one before it;
            the last is False.
    """

    places: tuple[Place, ...]
    edges: NDArray[np.int64]
    numbers: NDArray[np.int64]
    vectors: Floats
    directions: Floats
    values: tuple[str, ...]
    silent: Flags
    empty: Flags
    content: Flags
    breaks: Flags
    joins: Flags
    suffix: Flags
    single: Flags
    runs_on: Flags

    def __len__(self) -> int:
        """Number of words."""
        return len(self.places)


_known: OrderedDict[tuple[str, str, Language], Words] = OrderedDict()
"""The last texts that were parted, by the encoder's signature, the text and its language: a unit
is asked about once for each place that was found in it."""


def words_of(texts: Sequence[str], language: Language, encoder: StaticEncoder) -> list[Words]:
    """Part texts of one language into words, all at once."""
    keys = [(encoder.signature, text, language) for text in texts]
    new = list(dict.fromkeys(key for key in keys if key not in _known))
    made = dict(
        zip(new, _part([(text, None) for _, text, _ in new], language, encoder), strict=True)
    )
    found = [made[key] if key in made else _known[key] for key in keys]
    _known.update(made)
    while len(_known) > KEPT:
        _known.popitem(last=False)
    return found


def words_around(
    places: Sequence[tuple[str, Place]], language: Language, encoder: StaticEncoder
) -> list[tuple[Words, bool]]:
    """Part texts so that words end where a stretch of the text does: 裁军 within 核裁军.

    Args:
        places: texts, each with the stretch. Inside an anchor no word ends.
        language: of the texts.
        encoder: whose pieces are taken.

    Returns:
        The words of each, and whether the stretch was one of whole words to begin with: 南亚 within
        东南亚 is none, nor ``mail`` within ``e-mail``.
    """
    found = words_of([text for text, _ in places], language, encoder)
    whole = [_is_whole(words, place) for words, (_, place) in zip(found, places, strict=True)]
    rest = iter(
        _part(
            [place for place, fits in zip(places, whole, strict=True) if not fits],
            language,
            encoder,
        )
    )
    return [
        (
            words if fits else next(rest),
            fits
            and not any(in_word(text, edge) for edge in (a, b))
            and not _is_of_more(words, a, b),
        )
        for words, fits, (text, (a, b)) in zip(found, whole, places, strict=True)
    ]


def _is_of_more(words: Words, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within words that stand together: ``in order``."""
    inside = np.nonzero((words.edges[:, 0] >= start) & (words.edges[:, 1] <= end))[0]
    return bool(inside.size and words.runs_on[[inside[0], inside[-1] + 1]].any())


def _is_whole(words: Words, place: Place) -> bool:
    """Whether no word begins or ends inside a stretch and reaches out of it."""
    for edge in place:
        across = (words.edges[:, 0] < edge) & (edge < words.edges[:, 1])
        if any(not words.values[n] for n in np.nonzero(across)[0]):
            return False
    return True


def _part(
    places: Sequence[tuple[str, Place | None]], language: Language, encoder: StaticEncoder
) -> list[Words]:
    stretches: list[str] = []
    plans: list[tuple[str, list[Anchor], list[int]]] = []
    for text, place in places:
        held = anchors(text, language)
        wanted = [e for e in place or () if not any(a < e < b for a, b, _ in held)]
        cuts = sorted({0, len(text), *wanted, *(edge for one in held for edge in one[:2])})
        plans.append((text, held, cuts))
        stretches += [text[a:b] for a, b in pairwise(cuts)]
    cut = iter(encoder.cut(stretches))
    found: list[tuple[Place, list[int], str]] = []
    bounds = [0]
    for _, held, cuts in plans:
        whole = {one.start: one for one in held}
        for start, _ in pairwise(cuts):
            pieces = next(cut)
            if start in whole:
                one = whole[start]
                numbers = [n for n, _, _ in pieces] or [NO_PIECE]
                found.append(((start, one.end), numbers, one.value))
            else:
                found += [((start + a, start + b), [n], "") for n, a, b in pieces]
        bounds.append(len(found))
    return _words([text for text, _, _ in plans], found, bounds, encoder)


def _words(
    texts: Sequence[str],
    found: Sequence[tuple[Place, list[int], str]],
    bounds: Sequence[int],
    encoder: StaticEncoder,
) -> list[Words]:
    """Take over words.

    Args:
        texts: that they are of.
        found: the place, the pieces and the value of each word, text after text.
        bounds: where in `found` the words of each text begin, and where the last ones end.
        encoder: whose pieces they are.
    """
    places = [place for place, _, _ in found]
    values = [value for _, _, value in found]
    edges = np.array(places, dtype=np.int64).reshape(-1, 2)
    flat = np.array([n for _, numbers, _ in found for n in numbers], dtype=np.int64)
    vectors = encoder.vectors(flat)
    vectors[flat == (encoder.number_of(UNKNOWN) or NO_PIECE)] = 0
    if len(flat) > len(found):
        starts = np.cumsum([0, *(len(numbers) for _, numbers, _ in found)])[:-1]
        vectors = np.add.reduceat(vectors, starts)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    directions = vectors / np.maximum(lengths, 1e-6)[:, None]
    numbers = np.array([NO_PIECE if v else p[0] for _, p, v in found], dtype=np.int64)
    out = []
    for text, (low, high) in zip(texts, pairwise(bounds), strict=True):
        parts = [text[a:b].strip().lower() for a, b in places[low:high]]
        kinds = np.array([*map(_kind, parts)], dtype=np.uint8)
        anchored = np.array([bool(value) for value in values[low:high]], dtype=np.bool_)
        runs_on = _runs_on(places[low:high], parts)
        silent = (kinds & SILENT > 0) | ((lengths[low:high] == 0) & ~anchored)
        out.append(
            Words(
                places=tuple(places[low:high]),
                edges=edges[low:high],
                numbers=numbers[low:high],
                vectors=vectors[low:high],
                directions=directions[low:high],
                values=tuple(values[low:high]),
                silent=silent,
                empty=silent | (kinds & HOLLOW > 0),
                content=~silent & (kinds & CONTENT > 0),
                breaks=(kinds & BREAK > 0) & ~runs_on[:-1],
                joins=kinds & JOINT > 0,
                suffix=kinds & SUFFIX > 0,
                single=~(silent | anchored) & (kinds & SINGLE > 0),
                runs_on=runs_on,
            )
        )
    return out


SILENT, HOLLOW, CONTENT, BREAK, JOINT, SUFFIX, SINGLE = (1 << n for n in range(7))
"""Bits of a word's kind; see `Words`."""


@lru_cache(maxsize=100_000)
def _kind(word: str) -> int:
    """Give the bits of a word in small letters."""
    return (
        SILENT * (not any(map(str.isalnum, word)))
        | HOLLOW * (word in EMPTY)
        | CONTENT * _may_be_part(word)
        | BREAK * (word in BREAKS)
        | JOINT * (word in JOINS)
        | SUFFIX * (word in SUFFIXES)
        | SINGLE * (len(word) == 1 and not is_latin(word) and _may_be_part(word))
    )


def _may_be_part(word: str) -> bool:
    """See `Words.content`."""
    return word not in NO_CONTENT and word not in LONE


def _runs_on(places: Sequence[Place], texts: Sequence[str]) -> Flags:
    """See `Words.runs_on`."""
    out = np.zeros(len(places) + 1, dtype=np.bool_)
    for n in range(1, len(places)):
        if places[n - 1][1] == places[n][0] and is_latin(texts[n]):
            out[n] = all(map(is_letter, texts[n - 1] + texts[n]))
    for match in _FIXED.finditer("\n".join(texts)):
        first = match.string.count("\n", 0, match.start())
        out[first + 1 : first + 1 + match[0].count("\n")] = True
    return out
