"""Whether a pair of candidates is a term and its translation: read where both stand.

Linking tells which candidates go together; it does not tell whether one of them is cut, or says
more than the other (建议裁 and ``recommends``, 不符合 and ``consistent``). So in some of their
units it is asked how each is rendered (`align.renderings`): the rendering of either must be the
other one, or nearly as likely. And what never stands without a word of its phrase beside it is cut
(``Agenda Coalition`` of the New Agenda Coalition, ``sustainable urban``).
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from align.renderings.latin import LETTER
from align.renderings.offered import Asked, offer_all
from align.terms.candidates import chinese_key, english_key
from align.terms.words import CONNECTORS, EN_STOP, EN_TALK

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from align.encoder.static import StaticEncoder
    from align.terms.inventory import Inventory, TextPair
    from corpora import Language

    Place = tuple[int, int]

READ: Final = 3
"""Units of a pair that are read."""

AGREE: Final = 0.5
"""Share of them in which each must be rendered by the other."""


NEARLY: Final = 1.0
"""Difference of the scores, natural logarithms, up to which a rendering is nearly as likely."""


LOOKED_AT: Final = 50
"""Units in which it is looked what stands beside an English form."""

FEWEST: Final = 3
"""Units from which that tells something."""

CUT: Final = 0.9
"""Share of them in which a word of the phrase stands before it, or behind it, if it is cut."""

_BEHIND: Final = re.compile(rf"[ -]((?!\d){LETTER}[\w’'-]*)")
_BEFORE: Final = re.compile(rf"((?!\d){LETTER}[\w’'-]*)(,?)[ -]$")


class Pair(NamedTuple):
    """Two candidates that were linked.

    Attributes:
        zh: numbers of the Chinese forms.
        en: numbers of the English forms.
        where: numbers of units in which two of them are linked.
    """

    zh: Set[int]
    en: Set[int]
    where: Sequence[int]


def is_confirmed(
    pair: Pair, zh: Inventory, en: Inventory, units: Sequence[TextPair], encoder: StaticEncoder
) -> bool:
    """Tell whether two candidates are whole, and each is rendered by the other.

    Args:
        pair: the two.
        zh: the Chinese candidates.
        en: the English ones.
        units: all of them.
        encoder: compares.
    """
    if _is_cut(pair, en, units):
        return False
    step = max(len(pair.where) / READ, 1)
    numbers = [pair.where[int(n * step)] for n in range(min(READ, len(pair.where)))]
    left = [_first(zh, number, pair.zh) for number in numbers]
    right = [_first(en, number, pair.en) for number in numbers]
    texts = [units[number] for number in numbers]
    zh_keys = {zh.keys[n] for n in pair.zh}
    en_keys = {en.keys[n] for n in pair.en}
    return _agree(texts, left, "zh", en_keys, encoder) and _agree(
        texts, right, "en", zh_keys, encoder
    )


def _is_cut(pair: Pair, en: Inventory, units: Sequence[TextPair]) -> bool:
    """Whether the English form is cut out of its phrase, or of a sentence.

    So is what nearly always has a word of its own phrase beside it, and a verb with its object.
    """
    seen = before = behind = 0
    for number in pair.where[:LOOKED_AT]:
        place = _first(en, number, pair.en)
        if place is None:
            continue
        text, (start, end) = units[number].en, place
        if _has_object(text[start:end]):
            return True
        seen += 1
        after = _BEHIND.match(text, end)
        behind += after is not None and _is_content(after[1])
        ahead = _BEFORE.search(text, max(0, start - 30), start)
        several, listed = " " in text[start:end], " and " in text[start:end]
        # "Educational, Scientific and Cultural Organization" is one name.
        before += bool(ahead and several and _is_content(ahead[1]) and listed >= bool(ahead[2]))
    return seen >= FEWEST and max(before, behind) >= CUT * seen


def _has_object(form: str) -> bool:
    """Whether an article stands in a form that no preposition asks for: a verb does.

    >>> _has_object("postponed the election"), _has_object("Conference of the Parties")
    (True, False)
    """
    words = form.lower().split()
    return any(
        word in ("the", "a", "an") and before not in CONNECTORS
        for before, word in itertools.pairwise(words)
    )


def _is_content(word: str) -> bool:
    """Whether an English word may be one of a noun phrase."""
    lower = word.lower()
    if lower in EN_STOP or lower.endswith(("ed", "ly")):
        return False
    return word[0].isupper() or lower not in EN_TALK  # "the New Agenda Coalition"


def _agree(
    texts: Sequence[TextPair],
    places: Sequence[Place | None],
    language: Language,
    wanted: Set[str],
    encoder: StaticEncoder,
) -> bool:
    """Whether places are rendered by what is wanted in enough units."""
    key = english_key if language == "zh" else chinese_key
    asked = [
        Asked(text.zh, text.en, place)
        for text, place in zip(texts, places, strict=True)
        if place is not None
    ]
    right = 0
    for found in offer_all(asked, language, encoder, key):
        right += any(
            name in wanted and offer.score >= found.offers[0].score - NEARLY
            for offer, name in zip(found.offers, found.names, strict=True)
        )
    return bool(asked) and right >= AGREE * len(asked)


def _first(side: Inventory, unit: int, wanted: Set[int]) -> Place | None:
    """Give the first place of a candidate in a unit."""
    for number, start, end in side.places[unit].tolist():
        if number in wanted:
            return start, end
    return None
