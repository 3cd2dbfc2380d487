"""How far a rendering is bound to the asked text, by all units of a memory.

What renders a text stands opposite in most units that hold the text, and seldom in others: the
product of p(rendering | text) and p(text | rendering) is high. Of two stretches that are one a part
of the other this tells which is the whole term: 占领国 comes with ``occupying Power``, while 占领
comes as often with others. It is how candidates of bilingual terms have been weighed since Gale and
Church, "Identifying word correspondences in parallel texts", HLT (1991),
https://aclanthology.org/H91-1026.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from math import log
from typing import TYPE_CHECKING, Final

from align.renderings.latin import is_latin, stands_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Place = tuple[int, int]

WEIGHT: Final = 0.5
"""Weight of the logarithm of both probabilities beside the evidence of one place."""

INFLECTED: Final = 3
"""Letters by which an English word may be longer where it stands."""

RECURS: Final = 2
"""Units from which what never stands without the same word is but a part."""

ENOUGH: Final = 3
"""Units from which counts say something."""

MOSTLY: Final = 0.8
"""Share of the units of a part in which what it is a part of stands, for it to be the whole."""

ALWAYS: Final = 0.95
"""The same where no other unit tells them apart."""

SELDOM: Final = 0.75
"""The same up to which it is too long."""

RATHER: Final = 1.5
"""How much likelier the asked text comes with a whole than with a part of it."""

BESIDE: Final = 0.75
"""Share of its places where a text stands beside the same word, to be no term by itself."""

BESIDE_SIGNS: Final = 30
"""Characters beside a text in which the next word is looked for."""

_BEFORE: Final = re.compile(r"(\w+)[\W_]*(?:(?:of|the|and|to|a|an|in|for)\W+)*$")
_AFTER: Final = re.compile(r"[\W_]*(?:(?:of|the|and|to|a|an|in|for)\b\W+)*(\w+)")


def is_cut(places: Sequence[tuple[str, Place]]) -> bool:
    """Whether a text mostly has the same word, or Chinese sign, before it, or behind it.

    Articles, prepositions and punctuation between them count for nothing.

    Args:
        places: texts, each with where it stands; of fewer than `ENOUGH` nothing is told.
    """
    if len(places) < ENOUGH:
        return False
    for before in (True, False):
        words: Counter[str] = Counter()
        for side, (start, end) in places:
            found = (
                _BEFORE.search(side[max(start - BESIDE_SIGNS, 0) : start])
                if before
                else _AFTER.match(side[end : end + BESIDE_SIGNS])
            )
            if found:
                word = found[1].lower()
                words[word if is_latin(word) else word[-1] if before else word[0]] += 1
        if max(words.values(), default=0) >= BESIDE * len(places):
            return True
    return False


class Bond:
    """The counts of the renderings of a text.

    Args:
        asked: the sides that hold the text, each with its place.
        others: the sides opposite.
        frequency: says in how many units of the memory a text stands on the other side.
    """

    def __init__(
        self,
        asked: Sequence[tuple[str, Place]],
        others: Sequence[str],
        frequency: Callable[[str], int] | None,
    ) -> None:
        self._asked = asked
        self._sides = others
        self._frequency = frequency
        self._counts: dict[str, tuple[int, int]] = {}
        self._sure: dict[str, float] = {}

    @cached_property
    def _others(self) -> list[str]:
        return [text.lower() for text in dict.fromkeys(self._sides)]

    @property
    def in_one_unit(self) -> bool:
        """Whether all places are of one unit, so that counts of units tell nothing."""
        return len(self._others) == 1

    def counts(self, text: str) -> tuple[int, int]:
        """Give in how many units with the asked text, and in how many of all, a text stands."""
        if text not in self._counts:
            small = text.lower()
            held = sum(stands_in(small, other, INFLECTED) for other in self._others)
            often = 0 if self._frequency is None else self._frequency(text)
            self._counts[text] = held, max(often, held)
        return self._counts[text]

    def score(self, text: str) -> float:
        """Give the logarithm of p(text | asked) p(asked | text), weighed."""
        if self._frequency is None:
            return 0.0
        held, often = self.counts(text)
        return WEIGHT * log((held + 0.1) ** 2 / (often + 1) / len(self._others))

    def sure(self, text: str) -> float:
        """Give Dice's coefficient, 0 to 1, of what stands in several units; 0 if it is no term."""
        if text not in self._sure:
            held, often = self.counts(text)
            counted = held >= ENOUGH and self._frequency is not None and self.stands_alone
            whole = counted and not is_cut(self._places(text.lower()))
            self._sure[text] = 2 * held / (often + len(self._others)) if whole else 0.0
        return self._sure[text]

    def _places(self, text: str) -> list[tuple[str, Place]]:
        """Give where a text stands in the sides opposite."""
        pattern = re.compile(re.escape(text))
        return [(side, found.span()) for side in self._others for found in pattern.finditer(side)]

    def term(self, part: str, longer: str, *, near: bool) -> str | None:
        """Tell a term from a part of it, or from what is more than the term; None for unknown."""
        (few, rare), (held, often) = self.counts(longer), self.counts(part)
        if self._frequency is None:
            return None
        if held < ENOUGH:
            return (
                longer
                if near and few == held and often >= RECURS and rare >= MOSTLY * often
                else None
            )
        bound = few >= MOSTLY * held and few * often >= RATHER * held * rare
        if (bound or (near and few >= ALWAYS * held)) and self.stands_alone:
            return longer
        if few <= SELDOM * held and RATHER * held * rare >= few * often:
            return part
        return None

    @cached_property
    def stands_alone(self) -> bool:
        """Whether the asked text mostly stands beside now this word and now that."""
        return not is_cut(self._asked)
