"""What is offered as renderings of places, and what is known of each offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from align.renderings.agreement import agrees, is_uneven, whole_word
from align.renderings.anchors import cuts_number
from align.renderings.parts import words_around, words_of
from align.renderings.places import Offer, Sides, offers
from align.word_alignment import renderings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.encoder.static import StaticEncoder
    from align.renderings.parts import Words
    from corpora import Language

    Place = tuple[int, int]


ONE_WORD: Final = 3
"""Chinese signs up to which a text counts as one word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A place of a unit that is asked about.

    Attributes:
        zh: the Chinese text.
        en: the English text.
        place: half-open characters of the side that is asked about.
        also: where the same stands there; `place` may be among them.
        exact: whether it stands there as it was asked, and not in another inflection.
    """

    zh: str
    en: str
    place: Place
    also: Sequence[Place] = ()
    exact: bool = True

    def sides(self, language: Language) -> tuple[str, str]:
        """Give the side of a language, which is asked about, and the other one."""
        return (self.zh, self.en) if language == "zh" else (self.en, self.zh)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered for a place.

    Attributes:
        offers: the best first.
        texts: of each, its rendering.
        names: of each, its key.
        uneven: of each, whether it is much too short or too long; see `is_uneven`.
        whole: whether the asked text is made of whole words there.
        single: whether it is but one word.
    """

    offers: list[Offer]
    texts: list[str]
    names: list[str]
    uneven: list[bool]
    whole: bool
    single: bool


def offer_all(
    places: Sequence[Asked],
    language: Language,
    encoder: StaticEncoder,
    key: Callable[[str], str],
) -> list[Offered]:
    """Give the offers of each place."""
    opposite: Language = "en" if language == "zh" else "zh"
    sides = [place.sides(language) for place in places]
    own = [(side, place.place) for (side, _), place in zip(sides, places, strict=True)]
    out = []
    for place, (side, text), (left, whole), right in zip(
        places,
        sides,
        words_around(own, language, encoder),
        words_of([text for _, text in sides], opposite, encoder),
        strict=True,
    ):
        asked = side[slice(*place.place)]
        found = [
            whole_word(offer, asked, text, language)
            for offer in _offers(place, language, (left, right), encoder)
            if agrees(side, place.place, text[slice(*offer.place)], language)
        ]
        found = [*{offer.place: offer for offer in reversed(found)}.values()][::-1]
        texts = [text[slice(*offer.place)] for offer in found]
        uneven = [is_uneven(*((asked, t) if language == "zh" else (t, asked))) for t in texts]
        single = asked.isalpha() and (language == "en" or len(asked) <= ONE_WORD)
        names = [*map(key, texts)]
        out.append(Offered(found, texts, names, uneven, whole and place.exact, single))
    return out


def _offers(
    place: Asked, language: Language, words: tuple[Words, Words], encoder: StaticEncoder
) -> list[Offer]:
    """Give the offers of one place by the words of both sides."""
    left, right = words
    side, text = place.sides(language)
    if not len(left) or not len(right) or cuts_number(side, place.place):
        return []
    if _is_label(left, side, place.place):
        return []
    if language == "zh":
        tables = renderings(left, right, encoder)
    else:
        forward, backward = renderings(right, left, encoder)
        tables = backward.T, forward.T
    strength = np.sqrt(tables[0] * tables[1])
    return offers(Sides(left, right, side, text, *tables, strength), place.place, place.also)


def _is_label(words: Words, side: str, place: Place) -> bool:
    """Whether a stretch is the word before a number that says what is numbered: ``article``."""
    start, end = place
    inside = (words.edges[:, 0] < end) & (start < words.edges[:, 1])
    cut = inside & ((words.edges[:, 0] < start) | (end < words.edges[:, 1]))
    numbered = any(value for value, one in zip(words.values, cut, strict=True) if one)
    return numbered and not any(map(str.isdigit, side[start:end]))
