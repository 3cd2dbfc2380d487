"""Stretches of a text that may be terms, in Chinese and in English, before anything is counted.

Chinese text is parted into words by the encoder's tokenizer, and every run of up to `LONGEST` words
that neither function words nor verbs of talk part is a candidate, as is what 《》 enclose. English
noun phrases are found without a tagger: stretches between function words, punctuation and words
that are never part of a name, with prepositions inside (``arms race in outer space``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from align.terms.words import (
    CONNECTORS,
    EN_BAD_ENDS,
    EN_STOP,
    EN_TALK,
    TITLES_EN,
    ZH_BAD_ENDS,
    ZH_ENDS,
    ZH_INSIDE,
    ZH_PERSONS,
    ZH_STARTS,
    ZH_STOP,
    ZH_WEAK,
    word_set,
)
from corpora.chinese import is_han

LONGEST: Final = 8
"""Words of a Chinese candidate; a title in 《》 may have more."""

LONGEST_EN: Final = 9
"""Words of an English candidate, prepositions and articles among them."""

MOST_CONTENT: Final = 6
"""Words of an English candidate that are no prepositions."""

_WORD: Final = re.compile(r"[^\W_]+(?:[-‑’'][^\W_]+)*")
_TITLE: Final = re.compile("《([^《》]{2,60})》")
_NUMBER: Final = re.compile(r"\d+")
_AFTER_NUMBER: Final = word_set(
    "年 月 日 号 届 条 段 点 次 个 项 名 位 时 分 世纪 年代 多 周年 天 岁 "
    "页 第 章 款 份 种 时代 月份 %"
)
_NOUNS_TOO: Final = word_set(
    "use support guarantee guarantees approach case area areas framework frameworks work order "
    "interest interests"
)
_ADJECTIVE: Final = re.compile(r"(?:ous|ful|ible|able|tive|sive|ical|less|ly|ional|ntial|ary)$")
_NOT_ADJECTIVES: Final = word_set(
    "objective initiative perspective executive representative narrative table cable "
    "family assembly summary secretary boundary commentary glossary anniversary "
    "library territory supply ally monopoly anomaly directive vehicle dictionary "
    "documentary treasury adversary"
)
_NOT_PARTICIPLES: Final = word_set("need seed speed deed feed weed bed breed creed greed")
_DIRECTIONS: Final = word_set("east west north south")
_KEEPS_S: Final = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a text.

    Attributes:
        start: first character.
        end: the character after the last.
        key: under which all spellings of it are counted.
        surface: as it stands.
        words: number of words, without prepositions and articles.
        title: whether 《》 enclose it.
        weak: whether it begins with a verb, so that it is a candidate only where that verb nearly
            always stands before the rest.
    """

    start: int
    end: int
    key: str
    surface: str
    words: int
    title: bool = False
    weak: bool = False


# ---------------------------------------------------------------------------------------- Chinese


def chinese_candidates(texts: Sequence[str], tokenizer: Any) -> Iterator[list[Candidate]]:
    """Give the candidates of each text.

    Args:
        texts: Chinese texts.
        tokenizer: a `tokenizers.Tokenizer` that parts Chinese into words.
    """
    for text, found in zip(
        texts, tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True
    ):
        pieces = [(int(a), int(b)) for a, b in found.offsets]
        out = {(one.start, one.end): one for one in _runs(text, pieces)}
        for title in _TITLE.finditer(text):
            place = title.span(1)
            for inside in [p for p in out if place[0] < p[0] and p[1] == place[1]]:
                if out[inside].words > 1:  # the end of a title is no title
                    del out[inside]
            size = sum(place[0] <= a and b <= place[1] for a, b in pieces)
            out[place] = Candidate(*place, chinese_key(title[1]), title[1], max(size, 1), True)
        yield list(out.values())


def chinese_key(text: str) -> str:
    """Write a Chinese form as it is counted: full- and half-width alike, no spaces, no 《》."""
    return re.sub(r"[\s《》]", "", unicodedata.normalize("NFKC", text))


def _runs(text: str, pieces: list[tuple[int, int]]) -> Iterator[Candidate]:
    words = [text[a:b] for a, b in pieces]
    count = len(words)
    for first in range(count):
        if not _starts(words, first):
            continue
        for last in range(first, min(first + LONGEST, count)):
            word = words[last]
            if last > first and pieces[last][0] != pieces[last - 1][1]:
                break
            inside = word not in ZH_STOP or word in ZH_INSIDE or word in ZH_ENDS
            # 第一届 counts; a session's name with its number is no term.
            if (not inside or not _is_chinese(word) or word[0] == "第") and last > first:
                break
            if (word in ZH_STOP and word not in ZH_ENDS) or word in ZH_BAD_ENDS:
                continue
            start, end = pieces[first][0], pieces[last][1]
            surface = text[start:end]
            if end - start < 2 or _NUMBER.fullmatch(surface) or ZH_PERSONS.search(surface):
                continue
            if first == last and word in ZH_STOP:
                continue
            weak = words[first] in ZH_WEAK
            if weak and first == last:
                continue
            key = chinese_key(surface)
            yield Candidate(start, end, key, surface, last - first + 1, weak=weak)


def _starts(words: list[str], place: int) -> bool:
    """Whether a term may begin with the word at `place`."""
    word = words[place]
    if word.isdecimal():
        following = words[place + 1] if place + 1 < len(words) else ""
        return bool(following) and following not in _AFTER_NUMBER and _is_chinese(following)
    if not _is_chinese(word) or word[0] in "第之":
        return False
    return word not in ZH_STOP or word in ZH_STARTS


def _is_chinese(word: str) -> bool:
    return bool(word) and all(map(is_han, word))


# ---------------------------------------------------------------------------------------- English


def english_candidates(text: str) -> list[Candidate]:
    """Give the candidates of an English text."""
    titled = {match.end() for match in TITLES_EN.finditer(text)}
    found = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    lower = [word.lower().replace("’", "'") for _, _, word in found]
    out: list[Candidate] = []
    for first, (start, _, word) in enumerate(found):
        following = lower[first + 1] if first + 1 < len(found) else ""
        if start in titled or not _may_start(word, lower[first], following):
            continue
        content = 0
        for last in range(first, min(first + LONGEST_EN, len(found))):
            _, end, word = found[last]
            if last > first and not _joined(text[found[last - 1][1] : found[last][0]]):
                break
            if _parts(lower[last]) and last > first:
                break
            if lower[last] in CONNECTORS:
                continue
            content += 1
            if content > MOST_CONTENT:
                break
            number = word.isdecimal()
            if number and not (last > first + 1 and lower[last - 1] == "of"):
                break
            alone = first == last
            named = not alone and found[last][2].capitalize() == found[last][2]
            if _may_end(lower[last], alone=alone) or (
                (named and lower[last] in _DIRECTIONS)
                or (not alone and lower[last - 1].endswith("ly"))
            ):
                surface = text[start:end]
                surface = re.sub(r"[’']s$", "", surface)
                out.append(
                    Candidate(start, start + len(surface), english_key(surface), surface, content)
                )
            if number:
                break
    return out


def english_key(text: str) -> str:
    """Write an English form as it is counted: small letters, singular, no hyphens, no articles."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‑", "-")
    text = re.sub(r"(?i)\b(north|south)[- ](?=east|west)", r"\1", text)
    text = re.sub(r"[-–]", " ", re.sub(r"'s?\b", "", text)).lower()
    return " ".join(singular(word) for word in text.split() if word not in ("the", "a", "an"))


def singular(word: str) -> str:
    """Take the ending of a plural from a word in small letters."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEEPS_S):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _joined(between: str) -> bool:
    """Whether two words stand beside each other with nothing but space between."""
    return between in (" ", "  ")


def _parts(word: str) -> bool:
    """Whether a word ends the run that it stands in."""
    return (word in EN_STOP and word not in CONNECTORS) or (
        word in EN_TALK and word not in _NOUNS_TOO
    )


def _may_start(word: str, lower: str, following: str) -> bool:
    if lower in EN_STOP or not word[0].isalpha():
        return False
    return lower not in EN_TALK or (lower in _NOUNS_TOO and following in CONNECTORS)


def _may_end(lower: str, *, alone: bool) -> bool:
    if lower in EN_STOP or (lower in EN_TALK and (alone or lower not in _NOUNS_TOO)):
        return False
    if _ADJECTIVE.search(lower) and lower not in _NOT_ADJECTIVES and not lower.endswith("s"):
        return False
    if lower.endswith("ed") and lower not in _NOT_PARTICIPLES:
        return False
    return lower not in EN_BAD_ENDS and len(lower) > 1
