"""Numbers in one form on both sides: what 六十九, `sixty-nine` and `69` share.

Training sees most numbers seldom or never, and records differ in nothing else so often. So, once it
is over, a number that was seen seldom gets a long vector of its own, the same for both languages;
and a spelt number is made a piece whose vector is the sum of those of the digits and of what stands
beside them: 第六十九 and `sixty-ninth` meet in `69`. At run time these are rows like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST: Final = 10_000
"""Numbers below it are pieces as digits."""

SELDOM: Final = 20
"""Times that a number must have been seen for its vector to be kept; 20 or 50: equal retrieval."""
LENGTH: Final = 7.0
"""Of the vector of a number seen more seldom: that of the years, which training knows well. From 3
to 7 retrieval moves by less than .001; its surprise falls all the way."""

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


def lengthen_numbers(
    vectors: NDArray[np.float32], counts: NDArray[np.int64], vocabulary: dict[str, int], seed: int
) -> NDArray[np.float32]:
    """Give each number that was seen less than `SELDOM` a random direction of length `LENGTH`.

    Args:
        vectors: of all pieces, as trained.
        counts: how often training's texts hold each piece.
        vocabulary: the pieces and their rows.
        seed: of the directions.
    """
    random = np.random.default_rng(seed)
    rows = [vocabulary[number] for number in digits() if number in vocabulary]
    seldom = [row for row in rows if counts[row] < SELDOM]
    directions = random.standard_normal((len(seldom), vectors.shape[1]))
    longer = vectors.copy()
    longer[seldom] = LENGTH * directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return longer


def add_numerals(
    pieces: list[tuple[str, float]], vectors: NDArray[np.float32]
) -> tuple[list[tuple[str, float]], NDArray[np.float32]]:
    """Add the spelt numbers: (pieces, vectors); one that was a piece already gets the new vector.

    Numbers whose parts are not all pieces are left out. The score of a new piece is the lowest of
    those of the digits.
    """
    rows = {piece: row for row, (piece, _) in enumerate(pieces)}
    score = min(pieces[rows[number]][1] for number in digits() if number in rows)
    sums = {
        piece: vectors[[rows[part] for part in parts]].sum(axis=0)
        for piece, parts in made_pieces().items()
        if all(part in rows for part in parts)
    }
    kept = vectors.copy()
    for piece in sums.keys() & rows.keys():
        kept[rows[piece]] = sums[piece]
    new = [piece for piece in sums if piece not in rows]
    added = [kept, np.array([sums[piece] for piece in new]).reshape(-1, vectors.shape[1])]
    return [*pieces, *((piece, score) for piece in new)], np.concatenate(added)
