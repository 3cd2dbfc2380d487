"""Numbers that English spells with words: ``two hundred thousand``, ``thirty-sixth``."""

from __future__ import annotations

from typing import Final

_UNITS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNIT_ORDINALS: Final = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
SCALES: Final = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
CARDINALS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **SCALES,
}
ORDINALS: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_UNIT_ORDINALS)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS, 2)},
    **{f"{word}th": value for word, value in SCALES.items()},
}
DECADES: Final = {word[:-1] + "ies": 10 * value for value, word in enumerate(_TENS, 2)}
"""``nineties`` and kin."""
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)

WORDS: Final = {**CARDINALS, **ORDINALS, **DECADES}

PARTS: Final = {
    **{word: value for value, word in enumerate(_UNIT_ORDINALS) if value > 2},
    "half": 2,
    "quarter": 4,
}
"""What the second word of ``two thirds`` divides by, in the singular."""


def split_run(words: list[str]) -> list[tuple[int, bool]]:
    """Give the numbers that a run of number words spells, one after the other.

    Args:
        words: keys of `WORDS`, in order; ``and`` left out.

    Returns:
        Each number, and whether it says how many: ``million`` alone does not.
    """
    found: list[tuple[int, bool]] = []
    number = _Spelt()
    for word in words:
        value = WORDS[word]
        if not number.takes(value):
            found += number.close()
            number = _Spelt()
        number.put(value)
        if word in ORDINALS or word in DECADES:
            found += number.close()
            number = _Spelt()
    return found + number.close()


class _Spelt:
    """A number as its words come in."""

    def __init__(self) -> None:
        self.total = self.group = 0
        self.last = 0  # worth of the word before; 0 at the beginning
        self.counted = False

    def takes(self, value: int) -> bool:
        """Whether a word of this worth can go on with the number."""
        if not self.last:
            return True
        if value >= 100:  # a scale, after something that it multiplies
            return self.group > 0 and (value > 100 or self.group < 100)
        if self.last >= 100:
            return True
        if self.last >= 20:
            return value < 10 or self._is_century(value)
        return self._is_century(value)

    def _is_century(self, value: int) -> bool:
        """Whether the words spell a year in pairs: nineteen ninety-five."""
        return (
            not self.total and self.group == self.last and self.last in (18, 19, 20) and value >= 10
        )

    def put(self, value: int) -> None:
        """Add a word that the number takes."""
        if value == 100:
            self.group = max(1, self.group) * 100
        elif value > 100:
            self.total, self.group = self.total + max(1, self.group) * value, 0
        elif self.last and self._is_century(value):
            self.group = self.group * 100 + value
        else:
            self.group += value
        self.counted = value < 100 or (self.last > 0 and self.counted)
        self.last = value

    def close(self) -> list[tuple[int, bool]]:
        """Give the number, if there is one."""
        return [(self.total + self.group, self.counted)] if self.last else []
