"""Where renderings that some units have shown stand in others."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from math import log
from typing import TYPE_CHECKING, Final

from align.renderings.choose import LEAST_SUPPORT, SURE, Rendered
from align.renderings.latin import LETTER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

APART: Final = 3.0
"""What a found rendering loses, as a natural logarithm, from one end of the unit to the other."""


class Finder:
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
        self._forms = sorted(texts, key=lambda form: (-len(form), form))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """What finds them; it takes longer to be made than a unit to be read."""
        words = "|".join(map(re.escape, self._forms))
        return re.compile(
            rf"(?<!{LETTER})(?<!-)(?:{words})(?!{LETTER}|-)" if words else r"(?!)", re.IGNORECASE
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
        if len(self._forms) < 2:
            return one
        start, end = one.place
        weight = self._weights[self._key(text[start:end])]
        for match in self._pattern.finditer(text):
            a, b = match.span()
            longer = a <= start and end <= b and b - a > end - start
            if longer and self._weights[self._key(match[0])] >= weight:
                return Rendered((a, b), max(one.sure, SURE))
        return one
