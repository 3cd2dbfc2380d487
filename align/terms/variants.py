"""Which spellings name the same thing: acronyms by their brackets or initials, short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from align.terms.candidates import chinese_key, english_key
from align.terms.words import CONNECTORS

_EN_BRACKET: Final = re.compile(r"(?<![\w’'-])((?:[\w’'-]++ ){1,12})\(([A-Z][A-Za-z0-9-]{1,11})\)")
_ZH_BRACKET: Final = re.compile(
    r"《?([\u4e00-\u9fff]{4,40})》?[(（](?:以下)?(?:简称|下称)?[“「]?《?([\u4e00-\u9fff]{2,8})》?[”」]?[)）]"
)
_SMALL: Final = CONNECTORS | {"the"}
_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*s?")


def is_acronym(surface: str) -> bool:
    """Whether an English form is two or more capital letters (``NPT``, ``NWFZs``)."""
    return len(surface) > 1 and _ACRONYM.fullmatch(surface) is not None


def bracketed_english(texts: Iterable[str]) -> dict[str, str]:
    """Find ``long form (SHORT)``: keys of short forms and of what they stand for."""
    out: dict[str, str] = {}
    for text in texts:
        if "(" not in text:
            continue
        for match in _EN_BRACKET.finditer(text):
            words = match[1].split()
            long = _long_form(words, match[2])
            if long:
                out.setdefault(english_key(match[2]), english_key(long))
    return out


def _long_form(words: list[str], short: str) -> str:
    """Give the last words that a short form stands for; empty if they do not fit."""
    letters = "".join(ch for ch in short.rstrip("s") if ch.isalpha()).lower()
    if len(letters) < 2:
        return ""
    for first in range(len(words) - 1, -1, -1):
        part = words[first:]
        if part[0].lower() in CONNECTORS or part[0][0].lower() != letters[0]:
            continue
        if _is_subsequence(letters, initials(" ".join(part))):
            return " ".join(part)
    first = len(words)
    while first and (words[first - 1][0].isupper() or words[first - 1] in _SMALL):
        first -= 1
    while first < len(words) and words[first] in _SMALL:
        first += 1
    name = words[first:]
    if len(name) > 2 and (
        not Counter(letters) - Counter(initials(" ".join(name)))
        or (letters[0] == name[0][0].lower() and _is_subsequence(letters, "".join(name)))
    ):
        return " ".join(name)
    return ""


def bracketed_chinese(texts: Iterable[str]) -> dict[str, str]:
    """Find ``全称（简称）``: keys of short forms and of what they stand for."""
    out: dict[str, str] = {}
    for text in texts:
        if "(" not in text and "（" not in text:
            continue
        for match in _ZH_BRACKET.finditer(text):
            run, short = match[1], match[2]
            for first in range(len(run) - len(short) - 1, -1, -1):
                if run[first] == short[0] and _is_subsequence(short, run[first:]):
                    out.setdefault(chinese_key(short), chinese_key(run[first:]))
                    break
            else:
                if _is_subsequence(short, run) and short != run:
                    out.setdefault(chinese_key(short), chinese_key(run))
    return out


def initials(key: str) -> str:
    """Give the first letters of an English form's words, without prepositions and articles."""
    words = re.split(r"[\s-]+", key.lower())
    return "".join(word[0] for word in words if word and word not in CONNECTORS)


def by_initials(acronyms: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    """Match acronyms that no bracket explains with forms of three words or more.

    Args:
        acronyms: keys of acronyms.
        keys: keys of other candidates, the most frequent first.
    """
    wanted = {one for one in acronyms if len(one) >= 3}
    out: dict[str, str] = {}
    for key in keys:
        short = initials(key)
        if short in wanted:
            out.setdefault(short, key)
    return out


def same_chinese(one: str, two: str) -> bool:
    """Whether one Chinese form may be the short form of another, if both have one translation."""
    short, long = sorted((one, two), key=len)
    if len(short) == len(long):
        return False
    return short[0] == long[0] and _is_subsequence(short, long)


def same_english(one: str, two: str, *, names: bool, short: dict[str, str]) -> bool:
    """Whether two English keys name the same thing, if both have one translation.

    Args:
        one: a key.
        two: another.
        names: whether both are written with capitals, so that the shorter may leave words out.
        short: acronyms and what they stand for.
    """
    if short.get(one, one) == short.get(two, two):
        return True
    left, right = _content(short.get(one, one)), _content(short.get(two, two))
    if sorted(left) == sorted(right):
        return True
    return (
        names
        and min(len(left), len(right)) > 1
        and (set(left) <= set(right) or set(right) <= set(left))
    )


def _content(key: str) -> list[str]:
    return [word for word in key.split() if word not in CONNECTORS]


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long.lower())
    return all(ch in rest for ch in short.lower())
