"""A query as people type it: in which other ways a memory may write it.

Only what is not in the memory as it was typed is asked again, one way after the other: in the other
Chinese script, as the number of a resolution that a symbol names, in American and in British
spelling, with and without a hyphen, by the other names that a glossary knows, by its words
wherever they stand. Last a word that is nearly it, of those that the memory has, is offered and
not followed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from align.renderings.latin import is_latin
from cdtm.lookup.answer import language_of
from corpora.chinese import is_han
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cdtm.lookup.answer import KnownTerm
    from corpora import Language

_RESOLUTION: Final = re.compile(
    r"^(?:[AES]|A/HRC|E/CN\.\d)/(?:RES|DEC)/(?P<number>(?:ES-|S-)?\d+(?:/\d+)*[A-Z]?)"
    r"(?:\s*\((?P<year>\d{4})\))?$"
)

_SPELLINGS: Final = (
    ("program", "me", "", "s?$"),
    ("(?:cent|theat|lit|met|fib)", "re", "er", "s?$"),
    ("(?:def|off|lic|pret)", "ence", "ense", ""),
    ("(?:lab|col|fav|hon|neighb|harb|behavi|vig|rum|end?eav)", "our", "or", ""),
    (r"\w{3,}", "is", "iz", "(?:e|es|ed|ing|ation|ations)$"),
    (r"\w{3,}", "ys", "yz", "(?:e|es|ed|ing)$"),
    (r"\w{3,}[aeiou]", "ll", "l", "(?:ed|ing|er)$"),
    ("ful", "fil", "fill", "(?:ment)?$"),
    ("(?:catal|dial|anal)", "ogue", "og", "s?$"),
    ("alumin", "ium", "um", ""),
    ("sul", "ph", "f", ""),
    ("che(?=que)", "que", "ck", ""),  # nobody who says check means a cheque
)
"""What stands before, the British spelling, the American one, what stands behind. A form that no
memory has does no harm: it is not found."""

_PREFIXES: Final = (
    "non|anti|counter|multi|inter|intra|pre|post|co|re|sub|self|extra|bio|cyber|micro|macro|peace|"
    "semi|trans|under|over|socio|geo|infra"
)
_GLUED: Final = re.compile(rf"^({_PREFIXES})(\w{{4,}})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it is meant.

    Attributes:
        text: what is looked for.
        language: in which.
        with_it: texts that must stand in the unit as well, each with its language.
        without: texts that must not.
    """

    text: str
    language: Language
    with_it: tuple[tuple[str, Language], ...] = ()
    without: tuple[tuple[str, Language], ...] = ()


_SIDE: Final = re.compile(r"(?:^|\s)(zh|en)[:：](!?)")


def parse(text: str) -> Question:
    """Read a query: ``zh:核裁军 en:!disarmament`` asks of both sides, other text of its own.

    Raises:
        UserError: it says only what must not stand there.
    """
    marks = [*_SIDE.finditer(text)]
    if not marks or text[: marks[0].start()].strip():
        return Question(text, language_of(text))
    wanted: list[tuple[str, Language]] = []
    without: list[tuple[str, Language]] = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        said = text[mark.end() : following.start() if following else None].strip().strip('"“”')
        side: Language = "zh" if mark[1] == "zh" else "en"
        if said:
            (without if mark[2] else wanted).append((said, side))
    if not wanted:
        raise UserError("Say also what is looked for: zh:核裁军 en:!disarmament.")
    (first, language), *others = wanted
    return Question(first, language, tuple(others), tuple(without))


def other_ways(text: str, language: Language, known: Iterable[KnownTerm]) -> Iterator[str]:
    """Give other ways of writing a query, the likeliest first, each once.

    Args:
        text: as it was typed.
        language: in which it is.
        known: what glossaries know of it.
    """
    seen = {text}
    ways = (_scripts(text),) if language == "zh" else (_english(text),)
    forms = (form for term in known for form in term.forms(language))
    for way in (*_numbers(text), *(w for each in ways for w in each), *forms):
        if way and way not in seen:
            seen.add(way)
            yield way


def _numbers(text: str) -> Iterator[str]:
    """A resolution's symbol, as texts cite it: ``A/RES/75/34`` is resolution 75/34."""
    found = _RESOLUTION.match(normalize("NFKC", text).strip().upper())
    if found:
        yield f"{found['number']} ({found['year']})" if found["year"] else found["number"]
        yield found["number"]


def _scripts(text: str) -> Iterator[str]:
    """The text in simplified and in traditional script, and without the spaces between signs."""
    plain = normalize("NFKC", text)
    for scheme in ("t2s", "s2t"):
        yield _converter(scheme).convert(plain)
    yield "".join(plain.split())


@cache
def _converter(scheme: str) -> Any:
    """Give OpenCC's converter of a scheme; to make one takes longer than a look-up."""
    import opencc

    return opencc.OpenCC(scheme)


def _english(text: str) -> Iterator[str]:
    """The other spelling of every word that has one; hyphens put in, left out, taken for spaces."""
    plain = normalize("NFKC", text).replace("’", "'")
    yield plain
    if len(plain.split()) > MOST_WORDS:
        return
    for american in (False, True):
        yield _respelt(plain, american=american)
    if "-" in plain:
        yield plain.replace("-", "")
    yield " ".join(_GLUED.sub(r"\1-\2", word) for word in plain.split())
    words = plain.split()
    for n in range(len(words) - 1):  # cease fire, cyber security
        yield " ".join([*words[:n], words[n] + words[n + 1], *words[n + 2 :]])


def _respelt(text: str, *, american: bool) -> str:
    """Spell every word as the Americans or as the British do, letter case aside."""

    def spell(match: re.Match[str]) -> str:
        word = match[0]
        for before, *both, behind in _SPELLINGS:
            here, there = both if american else reversed(both)
            pattern = f"({before}){here}({behind})"
            found = re.sub(pattern, rf"\1{there}\2", word, count=1, flags=re.IGNORECASE)
            if found != word:
                return found
        return word

    return re.sub(r"[^\W\d_]+", spell, text)


def is_short(text: str) -> bool:
    """Whether a text is a term rather than a sentence."""
    if any(map(is_han, text)):
        return 2 <= len(text) <= MOST_SIGNS
    return len(text.split()) <= MOST_WORDS


def by_shape(words: Iterable[str]) -> dict[tuple[str, int], list[str]]:
    """Sort words by their first letter, which is "" for Chinese ones, and their length."""
    out: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in sorted(words):
        if word and (is_latin(word) or is_han(word[0])):
            out[word[0] if is_latin(word) else "", len(word)].append(word)
    return out


def meant(
    text: str,
    pieces: Mapping[tuple[str, int], Sequence[str]],
    frequency: Callable[[str], int],
    most: int = 3,
) -> list[tuple[str, int]]:
    """Find words that may have been meant, of those that a memory has.

    Args:
        text: what is not in the memory.
        pieces: known words in small letters; see `by_shape`.
        frequency: says in how many units a text stands.
        most: how many to give.

    Returns:
        Texts with one word put right, or one Chinese sign, and in how many units they stand, the
        nearest and most frequent first.
    """
    if not is_short(text):
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if any(map(is_han, text)):
        alike = process.extract(
            text,
            pieces.get(("", len(text)), ()),
            scorer=OSA.distance,
            score_cutoff=1,
            limit=LIKE_IT,
        )
        found = [(piece, frequency(piece)) for piece, _, _ in alike]
        return sorted(((w, n) for w, n in found if n and w != text), key=lambda o: -o[1])[:most]
    words = text.split()
    wrong = [n for n, word in enumerate(words) if word.isalpha() and not frequency(word)]
    if len(wrong) != 1:
        return []
    word = words[wrong[0]].lower()
    alike = process.extract(
        word,
        [p for n in range(-2, 3) for p in pieces.get((word[0], len(word) + n), ())],
        scorer=OSA.distance,
        score_cutoff=1 if len(word) < LONG else 2,
        limit=LIKE_IT,
    )
    out = []
    for piece, distance, _ in alike:
        fixed = " ".join([*words[: wrong[0]], piece, *words[wrong[0] + 1 :]])
        if often := frequency(fixed):
            out.append((distance, -often, fixed))
    return [(fixed, -often) for _, often, fixed in sorted(out)[:most]]


MOST_WORDS: Final = 6
"""English words of a query that is spelt in other ways; longer ones are sentences, and what is near
them is found by itself."""

MOST_SIGNS: Final = 8
"""The same of Chinese signs."""

LONG: Final = 6
"""Letters of a word from which two of them may be wrong."""

LIKE_IT: Final = 12
"""Known words that are looked for in the memory."""
