"""Texts that a document repeats and translates otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from corpora.lazy import lazy_pattern

REPEATED_HAN: Final = 8
"""Chinese characters from which a repeated sentence must have one translation: shorter ones
(谢谢主席。) are courtesies, which a translator varies."""

REPEATED_LETTERS: Final = 30
"""The same in English letters."""


_BARE: Final = lazy_pattern(r"[\W_]+")


def translated_otherwise(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Give the places of the pairs that translate a repeated text in a way that is not the usual.

    Case, spaces and punctuation do not count. Where one translation is commoner than all others,
    it is the usual one and its pairs are not listed.

    >>> zh = "请将本函作为裁军谈判会议文件分发。"
    >>> translated_otherwise([(zh, "Kindly circulate it."), (zh, "No."), (zh, "No!")])
    [0]
    """
    odd: set[int] = set()
    for side, least in ((0, REPEATED_HAN), (1, REPEATED_LETTERS)):
        groups: dict[str, list[int]] = defaultdict(list)
        for place, pair in enumerate(pairs):
            if len(pair[side]) >= least:
                groups[pair[side]].append(place)
        for places in groups.values():
            if len({pairs[place][1 - side] for place in places}) > 1:
                others = [_BARE.sub("", pairs[place][1 - side]).lower() for place in places]
                odd.update(_minority(places, others))
    return sorted(odd)


def _minority(places: list[int], texts: list[str]) -> list[int]:
    """Give the places whose text is not that of more than half."""
    [(common, times)] = Counter(texts).most_common(1)
    if 2 * times <= len(texts):
        return places
    return [place for place, text in zip(places, texts, strict=True) if text != common]
