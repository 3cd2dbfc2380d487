"""What finds a text in the memory: its words, as the full-text index has them, and its hash."""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import normalize

from corpora.chinese import is_han


class _Parted(dict[int, str]):
    """A table for `str.translate` that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f" {character} " if is_han(character) else character
        return self[code]


_PARTED = _Parted()


def as_words(text: str) -> str:
    """Part Chinese characters by spaces, so that each is a word to the full-text index.

    A phrase of them then finds words of two characters, which the trigram tokenizer of SQLite
    never does.
    """
    return text if text.isascii() else text.translate(_PARTED)


def phrase_of(text: str) -> str:
    """Write a query that finds the words of a text one after the other; empty if it has none.

    All but letters and digits goes, so that no sign of FTS5's query language is left. What is
    typed in full width is sought in half width as well. ``*`` stands for anything: its parts are
    found wherever they stand, and a Latin word before it may go on.
    """
    if "*" in text:
        parts = (_part(part, goes_on=n < text.count("*")) for n, part in enumerate(text.split("*")))
        return " AND ".join(f"({part})" for part in parts if part)
    return _part(text, goes_on=False)


def _part(text: str, *, goes_on: bool) -> str:
    """Write the query of a text without ``*``; of one that goes on, the last word may as well."""
    spellings = dict.fromkeys((text, normalize("NFKC", text)))
    words = (re.sub(r"[^\w]+", " ", as_words(spelling)).strip() for spelling in spellings)
    more = " *" if goes_on and text[-1:].isascii() and text[-1:].isalnum() else ""
    return " OR ".join(f'"{each}"{more}' for each in dict.fromkeys(words) if each)


def hash_of(text: str) -> int:
    """Give 64 bits, with a sign as SQLite's integers have, of a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
