"""Whether a line says something: the last guard before a line is left out as furniture.

Heads, covers and numbers of pages have no end mark and no verb; what people say has. The question
is put to every line that any rule would leave out, so the answer leans to yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpora.chinese import HAN
from corpora.lazy import lazy_pattern

LEAST_HAN: Final = 2
"""Ideographs of the shortest sentence: 同意。"""
LEAST_CLAUSE: Final = 8
"""Ideographs from which a line that ends with a comma or colon, or holds one, is running text."""
LEAST_WORDS: Final = 4
"""English words from which a line with a finite verb is running text without an end mark too."""

_HAN: Final = lazy_pattern(f"[{HAN}]")
_ENDED: Final = lazy_pattern(r"[.!?…。！？．｡][”’」』）)\]\"'*¹²³⁰-⁹\s]*$")
_PAUSED: Final = lazy_pattern(r"[,;:，；：、][”’」』）)\]\"']*$")
_WORD: Final = lazy_pattern(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'-]*")
_INNER_END: Final = lazy_pattern(
    r"(?<=[.!?])\s+(?=[“‘(\[]?[A-Z0-9])|(?<=[。！？])\s*(?=[^”’」』）)\s])"
)
# A last word whose stop says nothing: `at 10 a.m.`, `Distr.`, `Inc.`
_SHORTENED: Final = lazy_pattern(
    r"(?:\b(?:[ap]\.m|Mr|Ms|Mrs|Dr|Prof|Gen|H\.E|para|paras|art|Distr|No|Nos|Add|Rev|Corr|Inc|Ltd|St|Jr|Sr|Vol|Sect|Supp|Orig)|\b[A-Z])\.$",
    re.IGNORECASE,
)
# Finite verbs and pronouns that no title of a page's head or a cover has.
_SAYS: Final = lazy_pattern(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|shall|should|cannot|can|could|may|might|must|do"
    r"|does|did|I(?=[ ’'][a-z])|we|he|she|they|you|it|me|us|him|them|that|thank"
    r"|said|says|wishes|wish|let)\b"
    r"|n[’']t\b|[’'](?:re|ve|ll)\b"
)
# Whoever says `I`, `we` or `you` is somebody; `其他事项` is a title.
_WHO_ZH: Final = lazy_pattern(r"[我你您她它]|(?<!其)他(?!国)")
_SAYS_ZH: Final = lazy_pattern(
    r"了(?!解)|是(?!否)|[将將]|已|[吗嗎]|呢|着(?!陆)|[请請]|[应應][当當]|必[须須]|不能"
)


def is_sentence(text: str) -> bool:
    """Whether a line is or ends a sentence.

    >>> is_sentence("We thank the delegations for their work.")
    True
    >>> is_sentence("Women and peace and security"), is_sentence("Distr.: General")
    (False, False)
    """
    text = text.strip()
    if _ENDED.search(text) is None:
        return False
    if len(_HAN.findall(text)) >= LEAST_HAN:
        return True
    words = _WORD.findall(text)
    if len(words) < 2 or not any(word[0].islower() for word in words):
        return False
    return _SHORTENED.search(text) is None or says_something(text)


def says_something(text: str) -> bool:
    """Whether a line reads like running text although no sentence ends with it.

    >>> says_something("The Committee was told on Monday that the report")
    True
    >>> says_something("Letter dated 2 May 2031 from the Permanent Representative of Utopia")
    False
    """
    text = text.strip()
    han = len(_HAN.findall(text))
    if han >= LEAST_HAN:
        paused = _PAUSED.search(text) is not None
        return han >= LEAST_CLAUSE and (
            paused
            or _WHO_ZH.search(text) is not None
            or ("，" in text and _SAYS_ZH.search(text) is not None)
        )
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS or not any(word.islower() for word in words):
        return False
    return _PAUSED.search(text) is not None or _SAYS.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether a line is, holds, ends or goes on with a sentence.

    >>> is_prose("Algeria . . . . . . Mrs. Roe The meeting went on. Agenda")
    True
    """
    if is_sentence(text) or says_something(text):
        return True
    pieces = _INNER_END.split(text) if _INNER_END.search(text) else ()
    return any(map(is_sentence, pieces[:-1]))


def count_prose(texts: Iterable[str]) -> int:
    """Count the characters of the lines that are prose: what a reader would miss of them."""
    return sum(len(text) for text in texts if is_prose(text))
