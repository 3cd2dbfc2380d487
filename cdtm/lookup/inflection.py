"""English words of one stem: inflections of one word, and other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_INFLECTED: Final = re.compile(r"(?:ies|ied|es|ed|ing|[sdey])$")


ABBREVIATION: Final = 5
"""Letters up to which a word in capitals is no word in small ones: ``WHO``."""


def is_abbreviation(text: str) -> bool:
    """Whether a text is so short and in capitals that it is no word in small letters."""
    return text.isupper() and len(text) <= ABBREVIATION


def inflections(asked: str, found: Sequence[str]) -> list[bool]:
    """Tell which English words are inflections of an asked one, and not other words of its stem.

    ``physical`` is none of ``physics``; ``markets`` is one of ``marketing`` where ``marketed``
    stands too. Of names any word of the stem will do (``Syria``, ``Syrian``).
    """
    stem = _INFLECTED.sub("", asked.lower())
    verb = not asked.endswith("ing") or any(word.endswith(("ing", "ed")) for word in found)
    alike = [verb and _INFLECTED.sub("", word.lower()) == stem for word in found]
    if is_abbreviation(asked):
        return [word.isupper() for word in found]
    name = asked[:1].isupper()
    return [one or (name and word[:1].isupper()) for one, word in zip(alike, found, strict=True)]


_ADJECTIVE = re.compile(r"(?:(?:an|ese|ish|i)s?|ic)$")


_RELATED = re.compile(r"(?:al|ic|ive|ous)$")
"""How an English adjective ends that is made of a noun."""

STEM = 4
"""Letters that an adjective and its noun have in common at least."""


def is_adjective_of(one: str, two: str) -> bool:
    """Whether an English text is the adjective of a name: ``South Asian`` of ``South Asia``."""
    left, right = one.split(), two.split()
    if len(left) != len(right) or left[:-1] != right[:-1] or not left or one == two:
        return False
    adjective, name = left[-1], right[-1]
    return (
        name[0].isupper()
        and len(name) >= STEM
        and len(adjective) <= len(name) + 3
        and adjective.startswith(name[: max(STEM, len(name) - 2)])
        and _ADJECTIVE.search(adjective) is not None
        and _ADJECTIVE.search(name) is None
    )


def is_related_adjective(one: str, two: str) -> bool:
    """Whether a word is an adjective beside a noun of its stem: ``ethical``, ``ethics``."""
    left, right = one.lower(), two.lower()
    return (
        left.startswith(right[: max(STEM, len(right) - 3)])
        and left.isalpha()
        and right.isalpha()
        and _RELATED.search(left) is not None
        and re.search(r"(?:al|ly|ive|ous|ed|ing|ize|[^ic]e[rd])$|[^h]ic$", right) is None
    )
