"""Which of the offers for places of many units is taken for each, all units together.

What is offered in many units supports itself: the units are read again with the support of each
rendering beside their own evidence, until it stands (expectation and maximization over the choice
of one rendering a place). Beside that counts how far a rendering is bound to the asked text in all
of the memory (`align.renderings.bond`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import compress
from math import exp, log
from typing import TYPE_CHECKING, Final

from align.renderings.bond import MOSTLY, Bond
from align.renderings.latin import in_word, is_latin
from align.renderings.parts import ARTICLES, EMPTY
from align.renderings.places import LIGHT_VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.renderings.offered import Offered
    from align.renderings.places import Offer

    Place = tuple[int, int]

SUPPORT: Final = 0.8
"""Weight of the logarithm of a rendering's support beside the evidence of one place."""

CLOSE: Final = 3.0
"""What an offer is less likely than the best of its place, as a natural logarithm, to be asked how
far it is bound to the text."""

ROUNDS: Final = 3
"""Readings of the units."""

LEAST_SUPPORT: Final = 0.1
"""Support that a rendering has without any."""

SURE_UNEVEN: Final = 0.9
"""Sureness, 0 to 1, from which such a rendering is shown."""

AGREED: Final = 2.5
"""Support, in places, from which the length of a rendering does not matter."""

KNOWN: Final = 0.5
"""Support, in places, from which a rendering is known."""

SURE: Final = 0.5
"""Sureness, 0 to 1, from which a rendering is shown."""

SURE_AGREED: Final = 0.45
"""The same where other units agree."""

SURE_INSIDE: Final = 0.95
"""Sureness from which a part of a word is rendered as no whole word is: 计算机 of 膝上计算机."""

SURE_APART: Final = 0.3
"""The same where no other stretch is nearly as likely."""

APART_BY: Final = 3.0
"""What the next stretch is less likely then, as a natural logarithm."""

OUTDONE: Final = 0.5
"""Share of a stretch's sureness below which a part of it, or what it is a part of, is no rival."""

SCORE_APART: Final = 2.5
"""Score from which that counts."""


SURER: Final = 0.02
"""What one of a stretch and its part must be surer than the likelier one to be taken for it."""

SURE_PLAIN: Final = 0.15
"""The same of a single word where all other stretches are much less likely."""

PLAIN_BY: Final = 5.0
"""What the next stretch is less likely then."""

SCORE_PLAIN: Final = 6.0
"""Score from which that counts."""

SURE_LONE: Final = 0.75
"""Sureness from which a rendering of uncommon length is shown where no other is as likely."""

LONE_BY: Final = 1.4
"""What the next stretch is less likely then."""

CLEAR: Final = 12.0
"""Score from which a stretch that does not quite fit is shown where none is nearly as likely."""

SURE_CLEAR: Final = 0.2
"""Sureness that it has then at least."""

NESTED: Final = 1.0
"""Within so much, as a natural logarithm, a stretch and a part of it are alike by themselves."""

HEAD: Final = 0.3
"""What a longer one may be less sure then than its part, if it has more words at its end."""

BEFORE: Final = 0.1
"""What it is less sure if it has a word before it that is none of the term."""

NESTED_LOOSE: Final = 1.5
"""The same where a preposition joins the one to the other."""

NESTED_NEAR: Final = 2.5
"""The same where it is told by what the text never stands without."""

NESTED_BOUND: Final = 3.0
"""The same where counts tell which of them is the term."""

SURE_NESTED: Final = 0.7
"""Sureness from which one of them alone is taken."""

INSIDE: Final = 0.7
"""Share of its sureness that is left of what renders a part of a word: 国名 of 本国名义."""

FEW: Final = 3
"""A part of a rendering is taken for it if it was found alone in at least one unit for so many that
show the longer one."""


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
class _Evidence:
    """What all places together say of renderings.

    Attributes:
        support: of each key the chances of it, summed over the places.
        bound: how far offers are bound to the asked text; what is not in it counts as the least.
        bond: which tells that, and the term from its part.
        several: whether there is more than one place of whole words.
    """

    support: Mapping[str, float]
    bound: Mapping[str, float]
    bond: Bond
    several: bool


def choose_all(offered: Sequence[Offered], bond: Bond) -> list[Rendered | None]:
    """Choose one of the offers for each place; None where none is sure."""
    whole = [own for own in offered if own.whole] or offered
    bound = _bound(offered, bond)
    support: Mapping[str, float] = {}
    for _ in range(ROUNDS):
        support = _weigh(whole, support, bound)
    evidence = _Evidence(support, bound, bond, len(whole) > 1)
    apart = len(whole) < len(offered)
    return [_choose(own, evidence, known_alone=apart and not own.whole) for own in offered]


def _bound(offered: Sequence[Offered], bond: Bond) -> dict[str, float]:
    """Give how far those offers are bound that are not far from the best of their place."""
    texts: dict[str, None] = {}
    for own in offered:
        near = [o.score > own.offers[0].score - CLOSE for o in own.offers]
        if sum(near) > 1:
            texts.update(dict.fromkeys(compress(own.texts, near)))
    return {text: bond.score(text) for text in texts}


def _scores(own: Offered, support: Mapping[str, float], bound: Mapping[str, float]) -> list[float]:
    """Weigh each offer with the support of its rendering, and how far it is bound to the text."""
    least = min(bound.values(), default=0.0)
    return [
        offer.score
        + bound.get(text, least)
        + (SUPPORT * log(support.get(name, 0.0) + LEAST_SUPPORT) if support else 0.0)
        for offer, name, text in zip(own.offers, own.names, own.texts, strict=True)
    ]


def _weigh(
    offered: Sequence[Offered], support: Mapping[str, float], bound: Mapping[str, float]
) -> dict[str, float]:
    """Sum the chances of each rendering over the places."""
    out: dict[str, float] = defaultdict(float)
    for own in offered:
        scores = _scores(own, support, bound)
        best = max(scores, default=0.0)
        chances = [exp(score - best) for score in scores]
        for name, chance in zip(own.names, chances, strict=True):
            out[name] += chance / sum(chances)
    return out


def _choose(own: Offered, evidence: _Evidence, *, known_alone: bool) -> Rendered | None:
    """Take the best offer; None if it is not sure, or not known where it must be."""
    scores = _scores(own, evidence.support, evidence.bound)
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    best = None if best is None else _settle(own, best, evidence)
    if best is None:
        return None
    supported = evidence.support.get(own.names[best], 0.0)
    sure = own.offers[best].sure
    if sure < SURE_NESTED and own.whole and own.offers[best].fits:
        sure = max(sure, evidence.bond.sure(own.texts[best]))
    agreed = supported >= AGREED
    second = max(
        (o.score for o in own.offers if not _is_outdone(o, own.offers[best])), default=-APART_BY
    )
    least = SURE_AGREED if agreed else SURE
    if not own.whole and not agreed:
        sure *= INSIDE
    # ``traffic`` for 交通管制 is too short to be all of it, unless other units say so too.
    one = own.offers[best]
    if own.uneven[best] and not agreed:
        least = SURE_LONE if one.score >= max(second + LONE_BY, SCORE_PLAIN) else SURE_UNEVEN
    elif own.whole and one.score >= max(second + APART_BY, SCORE_APART):
        clear = one.score >= CLEAR and not one.fits
        least = SURE_CLEAR if clear else SURE_APART
        if own.single and one.fits and one.score >= max(second + PLAIN_BY, SCORE_PLAIN):
            least = SURE_PLAIN
    known = supported >= KNOWN or own.offers[best].sure >= SURE_INSIDE
    if sure < least or (known_alone and not known):
        return None
    return Rendered(own.offers[best].place, sure)


def _is_outdone(offer: Offer, best: Offer) -> bool:
    """Whether an offer is no rival of a better one: it, or nested with it and far less sure."""
    (a, b), (c, d) = offer.place, best.place
    nested = (a <= c and d <= b) or (c <= a and b <= d)
    return offer is best or (nested and offer.sure < OUTDONE * best.sure)


def _settle(own: Offered, best: int, evidence: _Evidence) -> int | None:
    """Choose between the best offer and a part of it, or what it is a part of.

    The counts of all units tell which is the term. Where they do not, the longer one is taken if
    most units hold it (``trade unions``); if there is but one, it is the surer one (外交部, and not
    外交部任), or neither: 状态 leaves ``operational`` out.
    """
    for n, offer in enumerate(own.offers):
        one = own.offers[best]
        (a, b), (c, d) = one.place, offer.place
        nested = n != best and ((a <= c and d <= b) or (c <= a and b <= d))
        if not nested or one.score - offer.score > NESTED_BOUND:
            continue
        longer, part = (n, best) if d - c > b - a else (best, n)
        apart, unsure = abs(offer.score - one.score), own.offers[part].sure < SURE_APART
        term = evidence.bond.term(
            own.texts[part], own.texts[longer], near=apart < NESTED_NEAR or unsure
        )
        if term is not None:
            # What renders but a part of what is asked goes with it too.
            alone = _is_known_alone(own, part, longer, evidence)
            if term == own.texts[longer] or n == longer or (alone and not unsure):
                best = longer if term == own.texts[longer] else part
        elif apart <= NESTED_LOOSE and (
            _is_loose(own.texts[part], own.texts[longer]) or _is_lighter(own, part, longer)
        ):
            best = part
        elif (a == c or b == d) and apart <= NESTED:
            taken = _settle_alone(own, (best, n), (part, longer), evidence)
            if taken is None:
                return None
            best = taken
    return best


def _is_known_alone(own: Offered, part: int, longer: int, evidence: _Evidence) -> bool:
    """Whether a part renders places by itself, and does not only stand in what is longer."""
    alone, held = (evidence.support.get(own.names[n], 0.0) for n in (part, longer))
    return FEW * alone >= held


def _is_loose(part: str, longer: str) -> bool:
    """Whether English words join a part to what it is a part of: ``provisions for recosting``.

    An article alone does not: ``think outside the box``.
    """
    rest = longer.replace(part, "", 1).lower().split()
    return is_latin(longer) and not (EMPTY - ARTICLES).isdisjoint(rest)


def _is_lighter(own: Offered, part: int, longer: int) -> bool:
    """Whether a light verb makes a part longer, and no likelier: 取得 before 逐步进展."""
    verb = own.texts[longer].removesuffix(own.texts[part])
    likelier = own.offers[longer].score > own.offers[part].score
    return not likelier and LIGHT_VERBS.fullmatch(verb) is not None


def _settle_alone(
    own: Offered, both: tuple[int, int], nested: tuple[int, int], evidence: _Evidence
) -> int | None:
    """Choose between the best offer and another one where counts do not tell; None for neither.

    Args:
        own: the offers.
        both: the best one, the other one.
        nested: the same, the part first.
        evidence: of all places.
    """
    (best, other), (part, longer) = both, nested
    if evidence.several:
        held, few = (evidence.bond.counts(own.texts[n])[0] for n in nested)
        alone, more = (evidence.support.get(own.names[n], 0.0) for n in nested)
        if evidence.bond.in_one_unit and alone > more:
            return part
        if few < MOSTLY * held:
            return best
        # What never stands alone may be rendered with its neighbour: 流离失所者 with 境内.
        if evidence.bond.stands_alone:
            return longer
        return best if few == held else part
    if "·" in own.texts[part]:  # names are long
        return best
    lost = own.offers[part].sure - own.offers[longer].sure
    if best == longer and is_latin(own.texts[longer]) and own.offers[longer].sure >= SURE_NESTED:
        # An English word at the end is the head (``buffer zone``), before it perhaps a verb.
        heads = own.texts[longer].startswith(own.texts[part])
        if lost < (HEAD if heads else 0):
            return longer
        return part if lost > BEFORE or heads else None
    surer = own.offers[other].sure - own.offers[best].sure
    best = other if surer > SURER else best
    return best if own.offers[best].sure >= SURE_NESTED else None


def settle_all(
    rendered: Sequence[Rendered | None], others: Sequence[str], bond: Bond
) -> list[Rendered | None]:
    """Cut each rendering down to the term where another one is a part of it; see `Bond.term`."""
    texts = [
        "" if one is None else other[slice(*one.place)]
        for one, other in zip(rendered, others, strict=True)
    ]
    counts = Counter(texts)
    forms = [form for form in sorted(counts, key=len) if len(form) > 1]
    out = []
    for one, text in zip(rendered, texts, strict=True):
        # What is surely rendered by several English words is, now and then, by one: ``Panel``.
        whole = one is not None and one.sure >= SURE_UNEVEN and is_latin(text)
        least = counts[text] + 1 if whole else counts[text] / FEW
        parts = [form for form in forms if counts[form] >= least]
        out.append(one and _cut_down(one, text, parts, bond))
    return out


def _cut_down(one: Rendered, text: str, forms: Sequence[str], bond: Bond) -> Rendered:
    """Give the shortest of some forms that is all of a rendering that is the term."""
    for part in forms:
        at = text.find(part)
        if at < 0 or part == text or in_word(text, at) or in_word(text, at + len(part)):
            continue
        if bond.term(part, text, near=False) == part:
            start = one.place[0] + at
            return Rendered((start, start + len(part)), one.sure)
    return one
