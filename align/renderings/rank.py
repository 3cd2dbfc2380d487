"""How a text is rendered in a memory: the renderings of many units weighed together.

In each unit `align.renderings.places` offers stretches. What is offered in many units supports
itself: the units are read again with the support of each rendering beside their own evidence, until
it stands (expectation and maximization over the choice of one rendering a place). A place whose
best offer is not sure has no rendering: it is shown without one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from align.renderings.anchors import cuts_number
from align.renderings.parts import words_around, words_of
from align.renderings.places import Offer, Sides, offers
from align.word_alignment import renderings
from corpora.chinese import is_han

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from align.encoder.static import StaticEncoder
    from corpora import Language

    Place = tuple[int, int]

SUPPORT: Final = 0.8
"""Weight of the logarithm of a rendering's support beside the evidence of one place."""

ROUNDS: Final = 3
"""Readings of the units."""

LEAST_SUPPORT: Final = 0.1
"""Support that a rendering has without any."""

FEWEST_LETTERS: Final = 2.0
"""English letters for a Chinese sign below which a rendering is seldom all of a term: of the
renderings of 700 thesaurus terms that were less or more, all right ones were surer than .8."""

MOST_LETTERS: Final = 9.0
"""The same above which it is seldom the term alone."""

MOST_FOR_ONE: Final = 4.0
"""The same for a single Chinese sign: ``law`` is 法, but ``panacea`` is not 万."""

SURE_UNEVEN: Final = 0.9
"""Sureness, 0 to 1, from which such a rendering is shown."""

AGREED: Final = 2.5
"""Support, in places, from which the length of a rendering does not matter."""

KNOWN: Final = 0.5
"""Support, in places, from which a rendering is known."""

READ: Final = 8
"""Places that are read word by word, a millisecond each. In others one looks for the renderings
that were found there."""

READ_FIRST: Final = 4
"""Of them those that are read first; if they all agree, no others are."""

LONG_SIDE: Final = 20
"""Characters of a side from which it is rendered by all of the other one."""

READ_MORE: Final = 2
"""Places that are read too, of those that hold none of them."""

APART: Final = 3.0
"""What a found rendering loses, as a natural logarithm, from one end of the unit to the other."""

SURE: Final = 0.5
"""Sureness, 0 to 1, from which a rendering is shown."""

SURE_AGREED: Final = 0.45
"""The same where other units agree."""

SURE_INSIDE: Final = 0.95
"""Sureness from which a part of a word is rendered as no whole word is: 计算机 of 膝上计算机."""

SURE_APART: Final = 0.3
"""The same where no other stretch is nearly as likely."""

APART_BY: Final = 3.5
"""What the next stretch is less likely then, as a natural logarithm."""

NESTED: Final = 1.0
"""Within so much, as a natural logarithm, a stretch and a part of it are alike by themselves."""

SURE_NESTED: Final = 0.7
"""Sureness from which one of them alone is taken."""

INSIDE: Final = 0.7
"""Share of its sureness that is left of what renders a part of a word: 国名 of 本国名义."""


SCORE_APART: Final = 2.5
"""Score from which that counts."""

_NEGATED_ZH: Final = re.compile("[不没未勿无莫](?:得|能|可|应该?|会|要|许|准|必须?|须|再|愿|允许)")
"""Modal verbs that are negated."""

_NEGATION_EN: Final = re.compile(
    r"(?i:\b(?:not?|none|never|cannot|without|neither|nor|un\w+|in\w+ble|prohibit\w*|refus\w*)\b)"
)
_NEGATED_EN: Final = re.compile(r"(?i:(?:non-?|un|dis)\w|(?:no|not|without)\b)")


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


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where a place is rendered.

    Attributes:
        place: half-open characters of the other side.
        sure: 0 to 1.
    """

    place: Place
    sure: float


@dataclass(frozen=True, slots=True)
class _Offered:
    """What is offered for a place.

    Attributes:
        offers: the best first.
        texts: of each, its rendering.
        names: of each, its key.
        uneven: of each, whether it is much too short or too long; see `is_uneven`.
        whole: whether the asked text is made of whole words there.
    """

    offers: list[Offer]
    texts: list[str]
    names: list[str]
    uneven: list[bool]
    whole: bool

    def scores(self, support: dict[str, float]) -> list[float]:
        """Weigh each offer with the support of its rendering."""
        if not support:
            return [offer.score for offer in self.offers]
        return [
            offer.score + SUPPORT * log(support.get(name, 0.0) + LEAST_SUPPORT)
            for offer, name in zip(self.offers, self.names, strict=True)
        ]


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
        One for each place; None where no rendering is sure, and where the text is but a part of a
        longer word (南亚 in 东南亚) that is not rendered as the text is elsewhere.
    """
    whole = [_whole_side(place, language) for place in places]
    if any(whole):
        rest = [place for place, one in zip(places, whole, strict=True) if one is None]
        others_in_turn = iter(render(rest, language, encoder, key))
        return [one or next(others_in_turn) for one in whole]
    exact = [n for n, place in enumerate(places) if place.exact] or range(len(places))
    offered: dict[int, _Offered] = {}
    found: dict[int, Rendered | None] = {}
    for most in (READ_FIRST, READ):
        step = max(len(exact) / most, 1)
        chosen = (exact[int(n * step)] for n in range(min(most, len(exact))))
        new = [n for n in dict.fromkeys(chosen) if n not in offered]
        if new and not _is_settled(found, places, language, key):
            asked = [places[n] for n in new]
            offered |= zip(new, offer_all(asked, language, encoder, key), strict=True)
            texts = [_other(places[n], language) for n in offered]
            found = dict(zip(offered, _read([*offered.values()], texts), strict=True))
    others = [_other(place, language) for place in places]
    finder = _Finder(
        [(others[n][slice(*one.place)], one.sure) for n, one in found.items() if one is not None],
        key,
    )
    out: list[Rendered | None] = []
    for n, (place, text) in enumerate(zip(places, others, strict=True)):
        one = found.get(n)
        if n not in found:
            length = len(place.zh if language == "zh" else place.en)
            one = finder.find(text, sum(place.place) / 2 / length)
        out.append(one if one is None else finder.widen(text, one))
    unread = [n for n in exact if out[n] is None and n not in found][:READ_MORE]
    asked = [places[n] for n in unread]
    more = _read(offer_all(asked, language, encoder, key), [others[n] for n in unread])
    for n, one in zip(unread, more, strict=True):
        out[n] = one if one is None else finder.widen(others[n], one)
    return out


def _whole_side(place: Asked, language: Language) -> Rendered | None:
    """Give the whole other side where all of a side that is no mere term is asked about."""
    side, text = (place.zh, place.en) if language == "zh" else (place.en, place.zh)
    start, end = place.place
    rest = side[:start] + side[end:]
    if end - start < LONG_SIDE or any(map(str.isalnum, rest)) or not text.strip():
        return None
    stop = len(text.rstrip(" .。;；" if end < len(side) else ""))
    return Rendered((len(text) - len(text.lstrip()), stop), 1.0)


def _is_settled(
    found: Mapping[int, Rendered | None],
    places: Sequence[Asked],
    language: Language,
    key: Callable[[str], str],
) -> bool:
    """Whether several places were read and all are rendered alike."""
    names = {
        None if one is None else key(_other(places[n], language)[slice(*one.place)])
        for n, one in found.items()
    }
    return len(found) > 1 and len(names) == 1 and None not in names


def _other(place: Asked, language: Language) -> str:
    """Give the side opposite to the one that is asked about."""
    return place.en if language == "zh" else place.zh


class _Finder:
    """Finds renderings that other units have shown.

    Args:
        found: renderings, each with how sure it is.
        key: writes a rendering so that its inflections are one.
    """

    def __init__(self, found: Sequence[tuple[str, float]], key: Callable[[str], str]) -> None:
        self._key = key
        self._weights: dict[str, float] = defaultdict(float)
        for text, sure in found:
            self._weights[key(text)] += sure
        # One Chinese sign stands in too many words to be looked for.
        texts = {text.lower() for text, _ in found if len(text) > 1}
        forms = sorted(texts, key=lambda form: (-len(form), form))
        words = "|".join(map(re.escape, forms))
        self._pattern = re.compile(
            rf"(?<![A-Za-z0-9-])(?:{words})(?![A-Za-z0-9-])" if forms else r"(?!)", re.IGNORECASE
        )

    def find(self, text: str, middle: float) -> Rendered | None:
        """Find the rendering that is most frequent and nearest to a relative place, 0 to 1."""
        best: tuple[float, Rendered] | None = None
        for match in self._pattern.finditer(text):
            weight = self._weights[self._key(match[0])]
            apart = abs((match.start() + match.end()) / 2 / len(text) - middle)
            score = log(weight + LEAST_SUPPORT) - APART * apart
            if best is None or score > best[0]:
                best = score, Rendered(match.span(), SURE)
        return None if best is None else best[1]

    def widen(self, text: str, one: Rendered) -> Rendered:
        """Give a longer rendering where a shorter one is cut out of it: 拉共 out of 拉共体.

        It must be at least as sure, all units together, as the shorter one.
        """
        start, end = one.place
        weight = self._weights[self._key(text[start:end])]
        for match in self._pattern.finditer(text):
            a, b = match.span()
            longer = a <= start and end <= b and b - a > end - start
            if longer and self._weights[self._key(match[0])] >= weight:
                return Rendered((a, b), max(one.sure, SURE))
        return one


def _read(offered: Sequence[_Offered], others: Sequence[str]) -> list[Rendered | None]:
    """Render places together, by what is offered for each and the side opposite; see `render`."""
    whole = [own for own in offered if own.whole] or offered
    support: dict[str, float] = {}
    for _ in range(ROUNDS):
        support = _weigh(whole, support)
    apart = len(whole) < len(offered)
    texts = [text.lower() for own, text in zip(offered, others, strict=True) if own in whole]
    return [_choose(own, support, texts, known_alone=apart and not own.whole) for own in offered]


def _choose(
    own: _Offered, support: dict[str, float], texts: Sequence[str], *, known_alone: bool
) -> Rendered | None:
    """Take the best offer; None if it is not sure, or not known where it must be."""
    scores = own.scores(support)
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    best = None if best is None else _settle(own, best, texts)
    if best is None:
        return None
    supported = support.get(own.names[best], 0.0)
    sure = own.offers[best].sure
    agreed = supported >= AGREED
    second = max((o.score for n, o in enumerate(own.offers) if n != best), default=-APART_BY)
    least = SURE_AGREED if agreed else SURE
    if not own.whole and not agreed:
        sure *= INSIDE
    # ``traffic`` for 交通管制 is too short to be all of it, unless other units say so too.
    if own.uneven[best] and not agreed:
        least = SURE_UNEVEN
    elif own.whole and own.offers[best].score >= max(second + APART_BY, SCORE_APART):
        least = SURE_APART
    known = supported >= KNOWN or own.offers[best].sure >= SURE_INSIDE
    if sure < least or (known_alone and not known):
        return None
    return Rendered(own.offers[best].place, sure)


def _settle(own: _Offered, best: int, texts: Sequence[str]) -> int | None:
    """Choose between the best offer and a part of it, or what it is a part of.

    The longer one is taken if most other sides hold it (``trade unions``). If there is but one, it
    is the surer one (外交部, and not 外交部任), or neither: 状态 leaves ``operational`` out.
    """
    for n, offer in enumerate(own.offers):
        one = own.offers[best]
        (a, b), (c, d) = one.place, offer.place
        nested = n != best and (a == c or b == d)
        if not nested or abs(offer.score - one.score) > NESTED:
            continue
        longer = n if d - c > b - a else best
        if len(texts) > 1:
            held = sum(own.texts[longer].lower() in text for text in texts)
            taken = longer if 2 * held >= len(texts) else best
        else:
            taken = n if offer.sure > one.sure else best
            if own.offers[taken].sure < SURE_NESTED:
                return None
        best = taken
    return best


def is_uneven(zh: str, en: str) -> bool:
    """Whether one of two texts is too short, or too long, to be all of the other one.

    Abbreviations and what has a number may be of any length.
    """
    letters, signs = sum(map(str.isalpha, en)), sum(map(is_han, zh))
    if not signs or en.isupper() or any(map(str.isdigit, zh + en)):
        return False
    most = MOST_FOR_ONE if signs == 1 else MOST_LETTERS
    return not FEWEST_LETTERS <= letters / signs <= most


def offer_all(
    places: Sequence[Asked],
    language: Language,
    encoder: StaticEncoder,
    key: Callable[[str], str],
) -> list[_Offered]:
    """Give the offers of each place."""
    opposite: Language = "en" if language == "zh" else "zh"
    own = [(p.zh if language == "zh" else p.en, p.place) for p in places]
    others = [p.en if language == "zh" else p.zh for p in places]
    out = []
    for place, own_place, (left, whole), right, text in zip(
        places,
        own,
        words_around(own, language, encoder),
        words_of(others, opposite, encoder),
        others,
        strict=True,
    ):
        found: list[Offer] = []
        if len(left) and len(right) and not cuts_number(*own_place):
            if language == "zh":
                tables = renderings(left, right, encoder)
            else:
                forward, backward = renderings(right, left, encoder)
                tables = backward.T, forward.T
            side = place.zh if language == "zh" else place.en
            found = offers(Sides(left, right, side, text, *tables), place.place, place.also)
        side = place.zh if language == "zh" else place.en
        asked = side[slice(*place.place)]
        found = [o for o in found if _agree(side, place.place, text[slice(*o.place)], language)]
        texts = [text[slice(*offer.place)] for offer in found]
        uneven = [is_uneven(*((asked, t) if language == "zh" else (t, asked))) for t in texts]
        out.append(_Offered(found, texts, [*map(key, texts)], uneven, whole and place.exact))
    return out


def _agree(side: str, place: Place, rendering: str, language: Language) -> bool:
    """Whether a stretch and its rendering agree in being negated: 不得 is no ``shall``.

    And 实据 within 查无实据 is not ``unsubstantiated``; nor does a word render itself.
    """
    start, end = place
    zh, en = (side[start:end], rendering) if language == "zh" else (rendering, side[start:end])
    if en[1:].islower() and zh.lower() == en.lower():
        return False  # an English word in the Chinese text
    if _NEGATED_ZH.fullmatch(zh):
        return _NEGATION_EN.search(en) is not None
    denied = language == "zh" and side[max(start - 1, 0) : start] in tuple("不没未无非")
    return not (denied and _NEGATED_EN.match(en))


def _weigh(offered: Sequence[_Offered], support: dict[str, float]) -> dict[str, float]:
    """Sum the chances of each rendering over the places."""
    out: dict[str, float] = defaultdict(float)
    for own in offered:
        scores = own.scores(support)
        best = max(scores, default=0.0)
        chances = [exp(score - best) for score in scores]
        for name, chance in zip(own.names, chances, strict=True):
            out[name] += chance / sum(chances)
    return out
