"""How a text is rendered in a memory: the renderings of many units weighed together.

In each unit `align.renderings.places` offers stretches, of which `align.renderings.choose` takes
one by all units together. A place whose best offer is not sure has no rendering: it is shown
without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from align.renderings.bond import Bond
from align.renderings.choose import Rendered, choose_all, settle_all
from align.renderings.finder import Finder
from align.renderings.latin import in_word
from align.renderings.offered import Asked, Offered, offer_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from align.encoder.static import StaticEncoder
    from corpora import Language

READ: Final = 8
"""Places that are read word by word, a millisecond each. In others one looks for the renderings
that were found there."""

READ_FIRST: Final = 4
"""Of them those that are read first; if they all agree, no others are."""

LONG_SIDE: Final = 20
"""Characters of a side from which it is rendered by all of the other one."""

READ_MORE: Final = 2
"""Places that are read too, of those that hold none of them."""


def render(
    places: Sequence[Asked],
    language: Language,
    encoder: StaticEncoder,
    key: Callable[[str], str],
    frequency: Callable[[str], int] | None = None,
) -> list[Rendered | None]:
    """Find how each place is rendered.

    Args:
        places: of one text in many units.
        language: of the side that is asked about.
        encoder: whose pieces and vectors are compared.
        key: writes a rendering so that its inflections are one.
        frequency: says in how many units of the memory a text stands on the other side; None if
            that is not known.

    Returns:
        One for each place; None where no rendering is sure, and where the text is but a part of a
        longer word (南亚 in 东南亚) that is not rendered as the text is elsewhere.
    """
    whole = [_whole_side(place, language) for place in places]
    if any(whole):
        rest = [place for place, one in zip(places, whole, strict=True) if one is None]
        others_in_turn = iter(render(rest, language, encoder, key, frequency))
        return [one or next(others_in_turn) for one in whole]
    sides = [place.sides(language) for place in places]
    asked = [(side, place.place) for (side, _), place in zip(sides, places, strict=True)]
    others = [other for _, other in sides]
    # Numbers are told by their value.
    counted = not any(any(map(str.isdigit, side[a:b])) for side, (a, b) in asked)
    bond = Bond(asked, others, frequency if counted else None)
    first = _asked_first(places, language)
    offered: dict[int, Offered] = {}
    found: dict[int, Rendered | None] = {}
    for most in (READ_FIRST, READ):
        new = [n for n in _shortest(places, first, most) if n not in offered]
        if new and not _is_settled(found, others, key):
            offered |= zip(
                new, offer_all([places[n] for n in new], language, encoder, key), strict=True
            )
            found = dict(zip(offered, choose_all([*offered.values()], bond), strict=True))
    finder = Finder(
        [(others[n][slice(*one.place)], one.sure) for n, one in found.items() if one is not None],
        key,
    )
    out: list[Rendered | None] = []
    for n, (place, (side, text)) in enumerate(zip(places, sides, strict=True)):
        one = found.get(n)
        if n not in found and (n in first or not place.exact):
            one = finder.find(text, sum(place.place) / 2 / len(side))
        out.append(one if one is None else finder.widen(text, one))
    unread = [n for n in first if out[n] is None and n not in found][:READ_MORE]
    more = choose_all(offer_all([places[n] for n in unread], language, encoder, key), bond)
    for n, one in zip(unread, more, strict=True):
        out[n] = one if one is None else finder.widen(others[n], one)
    return settle_all(out, others, bond)


def _asked_first(places: Sequence[Asked], language: Language) -> Sequence[int]:
    """Give the places that tell most: as they were asked, and no parts of longer words."""
    exact = [n for n, place in enumerate(places) if place.exact]
    whole = [n for n in exact if not _goes_on(places[n], language)]
    return whole or exact or range(len(places))


def _shortest(places: Sequence[Asked], among: Sequence[int], most: int) -> Iterator[int]:
    """Part some places in `most` runs and give of each the one whose unit has the shortest text.

    In a short unit less can be confounded, and it is read faster.
    """
    count = min(most, len(among))
    for n in range(count):
        run = among[n * len(among) // count : (n + 1) * len(among) // count]
        yield min(run, key=lambda one: len(places[one].en))


_GOES_ON: Final = frozenset("者们人家官")


def _goes_on(place: Asked, language: Language) -> bool:
    """Whether a stretch is but a part of a word: ``post`` of ``post-war``, 发言 of 发言者."""
    (side, _), (start, end) = place.sides(language), place.place
    return side[end : end + 1] in _GOES_ON or any(in_word(side, e) for e in (start, end))


def _whole_side(place: Asked, language: Language) -> Rendered | None:
    """Give the whole other side where all of a side that is no mere term is asked about."""
    (side, text), (start, end) = place.sides(language), place.place
    rest = side[:start] + side[end:]
    if end - start < LONG_SIDE or any(map(str.isalnum, rest)) or not text.strip():
        return None
    stop = len(text.rstrip(" .。;；" if end < len(side) else ""))
    return Rendered((len(text) - len(text.lstrip()), stop), 1.0)


def _is_settled(
    found: Mapping[int, Rendered | None], others: Sequence[str], key: Callable[[str], str]
) -> bool:
    """Whether several places were read and all are rendered alike."""
    names = {None if one is None else key(others[n][slice(*one.place)]) for n, one in found.items()}
    return len(found) > 1 and len(names) == 1 and None not in names
