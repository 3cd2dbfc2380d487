"""Whether a side of a pair is in the language that it should be in."""

from __future__ import annotations

from typing import Final

from corpora.chinese import HAN
from corpora.lazy import lazy_pattern

LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏ"
"""Latin letters, as the inside of a set of characters."""

MOST_LATIN: Final = 4
"""Latin letters to one Chinese character above which a Chinese side is no Chinese."""

LEAST_WORDS: Final = 5
"""Words in lower case from which a text is a sentence and not names and symbols."""

FOREIGN_SHARE: Final = 0.3
"""Share of letters of a third script from which a side is in the wrong language."""

LEAST_HAN: Final = 4
"""Chinese characters in an English side that are not merely a name quoted."""

FUNCTION_WORDS: Final = (
    frozenset(("the", "of", "and", "to", "in", "that", "is", "for", "on", "with", "by", "as")),
    frozenset(("le", "la", "les", "des", "de", "et", "du", "un", "une", "pour", "que", "par")),
    frozenset(("el", "la", "los", "las", "de", "y", "del", "en", "un", "una", "que", "por")),
)
"""Commonest words of English, French and Spanish, by which these are told apart."""


_HAN: Final = lazy_pattern(f"[{HAN}]")
_LATIN: Final = lazy_pattern(f"[{LATIN}]")
_FOREIGN: Final = lazy_pattern(r"[\u0370-\u1dff\u3040-\u30ff\uac00-\ud7af]")
_WORDS: Final = lazy_pattern(f"[{LATIN}]+")


def language_flag(zh: str, en: str) -> str | None:
    """Tell whether a side is in the other's language or in a third one; None if all is well.

    >>> language_flag("我宣布会议开始。", "La séance est ouverte par le Président.")
    'wrong-language'
    """
    if not en.isascii():
        if len(_HAN.findall(en)) >= LEAST_HAN:
            return "untranslated"
        if _is_foreign(en):
            return "wrong-language"
    # Three bytes a character: a text of two on average is Chinese with little else.
    if len(zh.encode()) < 2 * len(zh):
        han, latin = len(_HAN.findall(zh)), len(_LATIN.findall(zh))
        if latin > MOST_LATIN * han and _lower_words(zh) >= LEAST_WORDS:
            return "untranslated"
    if _is_foreign(zh):
        return "wrong-language"
    if " the " not in en and " of " not in en and " and " not in en and _is_romance(en):
        return "wrong-language"
    return None


def _is_foreign(text: str) -> bool:
    """Whether much of a text is in a script that neither language uses."""
    if _FOREIGN.search(text) is None:
        return False
    foreign, latin, han = (len(pattern.findall(text)) for pattern in (_FOREIGN, _LATIN, _HAN))
    return foreign > FOREIGN_SHARE * (foreign + latin + han)


def _is_romance(text: str) -> bool:
    """Whether a text is French or Spanish by its function words."""
    words = [word.lower() for word in _WORDS.findall(text)]
    if len(words) < LEAST_WORDS:
        return False
    en, fr, es = (sum(word in known for word in words) for known in FUNCTION_WORDS)
    return max(fr, es) > max(2, 2 * en)


def _lower_words(text: str) -> int:
    return sum(word.islower() for word in _WORDS.findall(text))
