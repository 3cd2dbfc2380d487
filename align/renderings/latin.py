"""Words of letters among Chinese signs: where one begins and ends.

Letters are those of any alphabet whose words are set apart by spaces: ``Adré`` and ``Ōsaka`` are
words as ``Paris`` is. A hyphen inside a word is of it.
"""

from __future__ import annotations

from typing import Final

FIRST_OTHER: Final = "\u2e80"
"""The first sign of the East Asian blocks, with which the scripts without spaces begin."""

LETTER: Final = "(?-i:[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
"""A pattern of one Latin letter or digit. `re` makes a list of the characters in a class: all that
are no Chinese would take it longer than a unit takes to be read."""

_HYPHENS: Final = "-‑"


def is_letter(sign: str) -> bool:
    """Whether a sign is a letter or digit of an alphabet; an empty text is none."""
    return sign.isalnum() and sign < FIRST_OTHER


def is_latin(text: str) -> bool:
    """Whether a text has no Chinese sign: its words are set apart by spaces.

    >>> is_latin("Côte d’Ivoire"), is_latin("A股")
    (True, False)
    """
    return max(text, default="") < FIRST_OTHER


def in_word(text: str, at: int) -> bool:
    """Whether a word goes on across a place of a text: before ``é`` of ``Adré``, at a hyphen.

    >>> in_word("Adré", 3), in_word("e-mail", 1), in_word("e-mail", 2), in_word("用e", 1)
    (True, True, True, False)
    """
    before, behind = text[max(at - 1, 0) : at], text[at : at + 1]
    if before and before in _HYPHENS:
        before = text[max(at - 2, 0) : at - 1]
    elif behind and behind in _HYPHENS:
        behind = text[at + 1 : at + 2]
    return is_letter(before) and is_letter(behind)


def stands_in(text: str, within: str, more: int = 0) -> bool:
    """Whether a text stands in another as words: ``East Asia`` does not in ``Southeast Asia``.

    Args:
        text: not empty; in the letter case of `within`.
        within: where it is looked for.
        more: letters by which its last word may be longer there: an inflection.
    """
    at = within.find(text)
    while at >= 0:
        end = at + len(text)
        if not in_word(within, at):
            while end < at + len(text) + more and is_letter(within[end : end + 1]):
                if not in_word(within, end):
                    break
                end += 1
            if not in_word(within, end):
                return True
        at = within.find(text, at + 1)
    return False
