"""The shipped tokenizer for a few texts, ready in a tenth of the time.

The library's tokenizer takes a quarter of a second to be made, which is most of what a look-up from
the shell needs. For a handful of sentences the same Unigram model (Kudo 2018,
doi 10.18653/v1/P18-1007) is soon worked out here, from the same pieces and scores. Where a text has
anything that is not plain (rare scripts, combining marks) the library is asked, so the answer is
always the library's.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category, name, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Piece = tuple[int, int, int]

PIECES: Final = "pieces.txt"
"""The pieces of a model's folder in the order of their numbers, a line each."""

SCORES: Final = "piece_scores.npy"
"""The logarithms of their probabilities, float64."""

LONGEST: Final = 20
"""Characters of the longest piece of the shipped model."""

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters for certain; what else is Han is left to the library."""

_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES: Final = (
    "one|two|three|four|five|six|seven|eight|nine|"
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
)
_WORD: Final = re.compile(
    rf"(?:{_TENS})-(?:{_ONES})(?![a-z])|[{_HAN}]+|[a-z]+|[0-9]+|[^\s{_HAN}a-z0-9]"
)
"""A word of normalized text, as the shipped tokenizer's own pattern has it."""

_LETTER: Final = re.compile(f"[a-z0-9{_HAN}]")


PARTING: Final = "9154f011de208409"
"""Hash of the normalizers and the pattern that are written out again here."""


def describes(settings: Mapping[str, Any]) -> bool:
    """Whether this module does what a tokenizer of these settings (its JSON) does."""
    parting = json.dumps([settings["normalizer"], settings["pre_tokenizer"]], sort_keys=True)
    model = settings["model"]
    return (
        hashlib.sha256(parting.encode()).hexdigest()[:16] == PARTING
        and (model["type"], model["unk_id"]) == ("Unigram", 0)
        and all(0 < len(piece) <= LONGEST and "\n" not in piece for piece, _ in model["vocab"])
    )


class Pieces:
    """The pieces of a Unigram model.

    Args:
        pieces: in the order of their numbers; the first one stands for what is unknown.
        scores: logarithms of their probabilities, in the same order.
    """

    def __init__(self, pieces: Iterable[str], scores: Iterable[float]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self._scores = list(scores)
        self._unknown = min(self._scores) - 10.0
        self._known: dict[str, list[tuple[int, int]]] = {}

    def number(self, piece: str) -> int | None:
        """Give a piece's number; None if there is no such piece."""
        return self.numbers.get(piece)

    def cut(self, text: str) -> list[Piece] | None:
        """Cut a text into pieces: (number, start, end); None if it is not plain.

        >>> Pieces(["?", "disarm", "ament", "军"], [0.0, -3.0, -4.0, -2.0]).cut("Disarmament 军")
        [(1, 0, 6), (2, 6, 11), (3, 12, 13)]
        """
        signs, places = [], []
        for place, character in enumerate(text):
            plain = _plain(character)
            if plain is None:
                return None
            signs.append(plain)
            places += [place] * len(plain)
        found: list[Piece] = []
        for word in _WORD.finditer("".join(signs)):
            start = word.start()
            for number, length in self._best(word.group()):
                found.append((number, places[start], places[start + length - 1] + 1))
                start += length
        return found

    def _best(self, word: str) -> list[tuple[int, int]]:
        """Find the likeliest pieces of a word: (number, length); number 0 is unknown."""
        if word not in self._known:
            self._known[word] = self._search(word)
        return self._known[word]

    def _search(self, word: str) -> list[tuple[int, int]]:
        """Follow Viterbi's way; of equals the one whose last piece begins first."""
        size, numbers, scores = len(word), self.numbers, self._scores
        best = [0.0, *[-inf] * size]
        starts = [0] * (size + 1)
        for start in range(size):
            if word[start] not in numbers:
                offered = best[start] + self._unknown
                if offered > best[start + 1]:
                    best[start + 1], starts[start + 1] = offered, start
            for end in range(start + 1, min(size, start + LONGEST) + 1):
                number = numbers.get(word[start:end])
                if number is not None and best[start] + scores[number] > best[end]:
                    best[end], starts[end] = best[start] + scores[number], start
        found: list[tuple[int, int]] = []
        end = size
        while end:
            number, length = numbers.get(word[starts[end] : end], 0), end - starts[end]
            if not number and found and not found[-1][0]:
                length += found.pop()[1]  # unknown characters in a row are one piece
            found.append((number, length))
            end = starts[end]
        return found[::-1]


@cache
def _plain(character: str) -> str | None:
    """Normalize a character as the shipped tokenizer does; None if it may depend on others."""
    if category(character)[0] == "M":
        return None
    decomposed = normalize("NFD", normalize("NFKC", character).lower())
    plain = normalize("NFC", "".join(ch for ch in decomposed if category(ch) != "Mn"))
    return plain if plain and all(map(_is_certain, plain)) else None


def _is_certain(sign: str) -> bool:
    """Whether the kind of a normalized character is known without tables of all scripts."""
    if _LETTER.match(sign) or sign in "\t\n\r" or category(sign)[0] in "PSZ":
        return True
    return category(sign)[0] == "L" and name(sign, "").split(" ")[0] in _OTHER_SCRIPTS


_OTHER_SCRIPTS: Final = frozenset({"GREEK", "CYRILLIC", "HIRAGANA", "KATAKANA", "BOPOMOFO"})
"""Scripts whose letters are no word of the shipped tokenizer's, each a piece or unknown."""
