"""How a text is rendered in a memory: the renderings of many units weighed together.

In each unit `align.renderings.places` offers stretches. What is offered in many units supports
itself: the units are read again with the support of each rendering beside their own evidence, until
it stands (expectation and maximization over the choice of one rendering a place). A place whose
best offer is not sure has no rendering: it is shown without one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from align.renderings.parts import words_around, words_of
from align.renderings.places import Offer, offers
from align.word_alignment import renderings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.encoder.load import StaticEncoder
    from corpora import Language

    Place = tuple[int, int]

SUPPORT: Final = 1.5
"""Weight of the logarithm of a rendering's support beside the evidence of one place."""

ROUNDS: Final = 3
"""Readings of the units."""

SURE: Final = 0.3
"""Sureness, 0 to 1, from which a rendering is shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A place of a unit that is asked about.

    Attributes:
        zh: the Chinese text.
        en: the English text.
        place: half-open characters of the side that is asked about.
    """

    zh: str
    en: str
    place: Place


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where a place is rendered.

    Attributes:
        place: half-open characters of the other side.
        sure: 0 to 1.
    """

    place: Place
    sure: float


def render(
    places: Sequence[Asked],
    language: Language,
    encoder: StaticEncoder,
    key: Callable[[str], str],
) -> list[Rendered | None]:
    """Find how each place is rendered.

    Args:
        places: of one text in many units.
        language: of the side that is asked about.
        encoder: whose pieces and vectors are compared.
        key: writes a rendering so that its inflections are one.

    Returns:
        One for each place; None where no rendering is sure.
    """
    offered = offer_all(places, language, encoder)
    texts = [place.en if language == "zh" else place.zh for place in places]
    keys = [[key(text[slice(*o.place)]) for o in own] for own, text in zip(offered, texts, strict=True)]
    support: dict[str, float] = {}
    for _ in range(ROUNDS):
        support = _weigh(offered, keys, support)
    out: list[Rendered | None] = []
    for own, named in zip(offered, keys, strict=True):
        best = max(range(len(own)), key=lambda n: _score(own[n], named[n], support), default=None)
        if best is None or own[best].sure < SURE:
            out.append(None)
        else:
            out.append(Rendered(own[best].place, own[best].sure))
    return out


def offer_all(
    places: Sequence[Asked], language: Language, encoder: StaticEncoder
) -> list[list[Offer]]:
    """Give the offers of each place."""
    opposite: Language = "en" if language == "zh" else "zh"
    own = [(p.zh if language == "zh" else p.en, p.place) for p in places]
    others = [p.en if language == "zh" else p.zh for p in places]
    asked = words_around(own, language, encoder)
    out = []
    for place, left, right, text in zip(
        places, asked, words_of(others, opposite, encoder), others, strict=True
    ):
        if not len(left) or not len(right):
            out.append([])
            continue
        if language == "zh":
            tables = renderings(left, right, encoder)
        else:
            forward, backward = renderings(right, left, encoder)
            tables = backward.T, forward.T
        out.append(offers(left, place.place, right, text, tables))
    return out


def _score(offer: Offer, name: str, support: dict[str, float]) -> float:
    """Weigh an offer with the support of its rendering."""
    return offer.score + (SUPPORT * float(np.log(support[name] + 0.1)) if support else 0.0)


def _weigh(
    offered: Sequence[Sequence[Offer]], keys: Sequence[Sequence[str]], support: dict[str, float]
) -> dict[str, float]:
    """Sum the chances of each rendering over the places."""
    out: dict[str, float] = defaultdict(float)
    for own, named in zip(offered, keys, strict=True):
        if not own:
            continue
        scores = np.array([_score(o, name, support) for o, name in zip(own, named, strict=True)])
        chances = np.exp(scores - scores.max())
        for name, chance in zip(named, chances / chances.sum(), strict=True):
            out[name] += float(chance)
    return out
