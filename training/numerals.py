"""Numbers in one form on both sides: what 六十九, `sixty-nine` and `69` share.

Training sees most numbers seldom or never, and records differ in nothing else so often. So numbers
start with long vectors, the same for both languages; and a spelt number is a piece without a vector
of its own: it is made of those of the digits and of what stands beside them, and so 第六十九 and
`sixty-ninth` meet in `69`. At run time these are rows like any other.
"""

from __future__ import annotations

from typing import Final

LARGEST: Final = 10_000
"""Numbers below it are pieces as digits."""

_DIGITS: Final = "〇一二三四五六七八九"
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
)
_ENDINGS: Final = ("st", "nd", "rd", "th", "th", "th", "th", "th", "th")
_YEARS: Final = range(1900, 2050)
_LAST_DAY: Final = 31

SPELT: Final = rf"(?:{'|'.join(_TENS)})-(?:{'|'.join(_UNITS + _ORDINALS)})(?!\p{{Latin}})"
"""Pattern of an English number with a hyphen, which must not be cut at it."""


def digits() -> list[str]:
    """Give the numbers that are pieces as digits."""
    return [str(number) for number in range(LARGEST)]


def made_pieces() -> dict[str, tuple[str, ...]]:
    """Give each piece that spells a number and the pieces that it is made of.

    Numbers up to ten are left out: 一 and `one` mean much else, and are seen often enough.
    """
    made: dict[str, tuple[str, ...]] = {}
    for number in range(11, 100):
        chinese, plain = _chinese(number), str(number)
        made[chinese] = (plain,)
        made[f"第{chinese}"] = ("第", plain)
        if number <= _LAST_DAY:
            made[f"{chinese}日"] = (plain, "日")
        if number <= 12:
            made[f"{chinese}月"] = (plain, "月")
        if number > 20 and number % 10:
            tens, unit = _TENS[number // 10 - 2], number % 10 - 1
            made[f"{tens}-{_UNITS[unit]}"] = (plain,)
            made[f"{tens}-{_ORDINALS[unit]}"] = (plain, _ENDINGS[unit])
    for year in _YEARS:
        spelt = "".join(_DIGITS[int(digit)] for digit in str(year))
        for zero in "〇零○":
            made[spelt.replace("〇", zero)] = (str(year),)
    return made


def _chinese(number: int) -> str:
    """Spell a number from 11 to 99."""
    tens, unit = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[unit] if unit else "")


def with_numerals(pieces: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Add the spelt numbers to the pieces; one whose parts are not all pieces is left out.

    The score of a new piece is the lowest of those of the digits.
    """
    scores = dict(pieces)
    score = min(scores[number] for number in digits() if number in scores)
    new = [
        piece
        for piece, parts in made_pieces().items()
        if piece not in scores and all(part in scores for part in parts)
    ]
    return [*pieces, *((piece, score) for piece in new)]


def numeral_parts(vocabulary: dict[str, int]) -> dict[int, list[int]]:
    """Give the pieces that spell a number and what each is made of, as numbers of pieces."""
    return {
        vocabulary[piece]: [vocabulary[part] for part in parts]
        for piece, parts in made_pieces().items()
        if piece in vocabulary and all(part in vocabulary for part in parts)
    }
