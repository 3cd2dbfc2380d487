"""What an answer holds: hits, renderings ranked, terms known; and where a text stands in another.

`cdtm.lookup.looker` finds it, `cdtm.lookup.show` shows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import normalize

from align.renderings.latin import LETTER
from align.terms.candidates import singular
from cdtm.lookup.inflection import is_adjective_of, is_related_adjective
from corpora.chinese import is_han

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from corpora import Language
    from tmx_out.units import Unit

    Place = tuple[int, int]
    """Characters of a text, half-open."""

Kind = Literal["exact", "fuzzy", "near"]
Order = Literal["rendering", "newest", "best", "left", "right"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found.

    Attributes:
        unit: with its provenance.
        kind: ``exact`` if it holds the text, ``fuzzy`` or ``near``.
        match: 0 to 1: of a fuzzy match the likeness of the texts, of a near one the cosine; 1 for
            an exact one.
        found: where the text stands in the unit's side of its language, half-open.
        rendered: where its translation stands on the other side; empty if that is not known.
        sure: of each of these, how sure it is, 0 to 1.
    """

    unit: Unit
    kind: Kind
    match: float
    found: tuple[Place, ...] = ()
    rendered: tuple[Place, ...] = ()
    sure: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One way in which the text was rendered.

    Attributes:
        text: the most frequent spelling.
        count: units in which it stands, of those that were read.
        share: of the units that were read, 0 to 1.
        last: last day; None if no day is known.
    """

    text: str
    count: int
    share: float
    last: date | None


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term that a glossary knows.

    Attributes:
        zh: Chinese forms, the preferred one first.
        en: English forms, the preferred one first.
        origin: which glossary.
        note: what it says of the term; empty for nothing.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    origin: str
    note: str = ""

    def forms(self, language: Language) -> tuple[str, ...]:
        """Give the forms in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Attributes:
        text: as asked.
        language: in which it was looked for.
        total: units that hold it, at most `cdtm.memory.search.COUNTED`.
        equivalents: its renderings, the most frequent first.
        hits: exact ones by equivalent and date, then fuzzy ones, then near ones, the best first.
        known: what glossaries know of the text.
        note: what could not be looked for and why, in sentences; empty for nothing.
        read: units that were read for renderings, the newest; not more than `total`.
        looked_for: what stands in these units, if not the text as asked: another spelling of it.
        meant: where nothing was found, texts that may have been meant and their units.
    """

    text: str
    language: Language
    total: int
    equivalents: tuple[Equivalent, ...]
    hits: tuple[Hit, ...]
    known: tuple[KnownTerm, ...] = ()
    note: str = ""
    read: int = 0
    looked_for: str = ""
    meant: tuple[tuple[str, int], ...] = ()


def language_of(text: str) -> Language:
    """Tell in which language a query is: Chinese if it holds a Han character."""
    return "zh" if any(map(is_han, text)) else "en"


def side_of(unit: Unit, language: Language) -> str:
    """Give a unit's text in one language."""
    return unit.zh if language == "zh" else unit.en


def other(language: Language) -> Language:
    """Give the other language of the pair."""
    return "en" if language == "zh" else "zh"


_WORD = re.compile(r"\w+")


ANYWHERE = " … "
"""Between words that stand in a unit in any order."""


def places_of(text: str, within: str, language: Language) -> list[Place]:
    """Find where a text, or each of its parts that stand anywhere, stands; see `find_places`."""
    found = (find_places(part, within, language) for part in text.split(ANYWHERE))
    return sorted(chain.from_iterable(found))


def find_places(text: str, within: str, language: Language) -> list[Place]:
    """Find where a text stands, letter case and white space apart; English in any inflection."""
    if len(text) >= LONG_TEXT:  # a pattern takes a millisecond to be made
        found = [match.span() for match in _as_typed(text).finditer(within)]
        if found:
            return found
    pattern = _pattern(text, language)
    return [] if pattern is None else [match.span() for match in pattern.finditer(within)]


LONG_TEXT: Final = 40
"""Characters from which a text is first looked for as it was typed."""


@lru_cache(maxsize=256)
def _as_typed(text: str) -> re.Pattern[str]:
    """Give what finds a text as it was typed, in any case, where no word begins before it."""
    return re.compile(rf"(?<!{LETTER}){re.escape(text.strip())}(?!{LETTER})", re.IGNORECASE)


@lru_cache(maxsize=256)
def _pattern(text: str, language: Language) -> re.Pattern[str] | None:
    """Give what finds a text; None if it has no word. Asked once for each unit."""
    parts = normalize("NFKC", text).split("*")
    if language == "zh":
        pattern = "[^，。；]{0,12}?".join(
            r"\s*".join(_any_width(ch) for ch in part if not ch.isspace()) for part in parts
        )
    else:
        pattern = _english_pattern(parts)
    if not any(ch.isalnum() for ch in text):
        pattern = pattern if "*" not in text else ""
    if not pattern:
        return None
    closing = r"(?:(?<=\d)[)）])?" if _CLOSES.search(text) else ""
    return re.compile(pattern + closing, re.IGNORECASE)


def _english_pattern(parts: Sequence[str]) -> str:
    """Give a pattern of words; between parts some letters, or some words, may stand."""
    out = ""
    for n, part in enumerate(parts):
        words = _WORD.findall(part)
        starts_cut = n > 0 and part[:1].isalnum()
        ends_cut = n + 1 < len(parts) and part[-1:].isalnum()
        whole = [_inflected(word) for word in words]
        if words and ends_cut:
            whole[-1] = rf"\b{re.escape(words[-1])}"
        if words and starts_cut:
            whole[0] = whole[0].removeprefix(r"\b")
        if n:
            before = parts[n - 1][-1:].isalnum()
            out += r"\w*" if before else ""
            if not starts_cut and words:
                out += r"(?:\W+\w+){0,4}?\W+"
            elif not before:
                out += r"\b\w*" if starts_cut or not out else r"\W+\w+"
        out += r"\W+".join(whole)
    return out


_FULL_WIDTH = 0xFEE0
"""From an ASCII sign to its full-width form."""


def _any_width(sign: str) -> str:
    """Give a pattern of a sign in half and in full width."""
    if "!" <= sign <= "~":
        return f"[{re.escape(sign)}{chr(ord(sign) + _FULL_WIDTH)}]"
    return re.escape(sign)


_CLOSES = re.compile(r"\d[)）]$")
"""The end of a resolution's number: its bracket is of no word, and yet of the text."""

_ENDINGS = ("ies", "es", "s", "ing", "ed", "y", "e")


def _inflected(word: str) -> str:
    """Give a pattern of a word with any of the commonest endings; short words stay as they are."""
    stem = word
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 4 and word.lower().endswith(ending):
            stem = word[: -len(ending)]
            break
    tail = r"\w{0,3}" if len(stem) >= 4 else ""
    return rf"\b{re.escape(stem)}{tail}\b"


AS_ASKED: Final = 3
"""How often more a unit counts where an English text stands in the inflection that was asked."""

PLURAL: Final = 0.3
"""What of that is left in the other number: ``country`` is mostly ``my country``."""

MANY: Final = 5
"""Units from which that is heeded."""

LEAST_ALONE = 0.6
"""Sureness, 0 to 1, of the best rendering of one unit alone where other units have others."""


def _alike(said: str, asked: str, plural: float) -> float:
    """Say how far a text stands as it was asked: 1, `plural` in the other number, 0."""
    if said.casefold() == asked.casefold():
        return 1.0
    return plural if normal(said) == normal(asked) else 0.0


def rank(hits: Sequence[Hit], language: Language, asked: str = "") -> list[Equivalent]:
    """Rank the renderings that exact hits show: by frequency, then by how sure they are.

    An English word that stands as it was `asked` counts more than an inflection of it.
    A name stands before its adjective (``Europe``, ``European``), which is how a Chinese name is
    mostly rendered and yet not what it is called; Chinese before English words in a Chinese text.
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    units: dict[str, dict[int, date | None]] = defaultdict(dict)
    sure: dict[str, float] = defaultdict(float)
    as_asked: dict[str, float] = defaultdict(float)
    plural = PLURAL if len(hits) >= MANY else 1.0
    for number, hit in enumerate(hits):
        own = side_of(hit.unit, language)
        alike = max((_alike(own[a:b], asked, plural) for a, b in hit.found), default=0.0)
        for text in renderings(hit, language):
            spellings[normal(text)].append(text)
            units[normal(text)][number] = hit.unit.date
        for name in {*map(normal, renderings(hit, language))}:
            as_asked[name] += alike
        for text, one in zip(renderings(hit, language), hit.sure, strict=False):
            sure[normal(text)] += one
    ranked = []
    for name, texts in spellings.items():
        days = [day for day in units[name].values() if day is not None]
        usual = max(dict.fromkeys(texts), key=texts.count)
        count = len(units[name])
        ranked.append(Equivalent(usual, count, count / len(hits), max(days, default=None)))
    ranked.sort(
        key=lambda e: (
            -e.count - AS_ASKED * as_asked[normal(e.text)],
            -sure[normal(e.text)],
            _latest(e.last),
            len(e.text),
            e.text,
        )
    )
    # Units that each say something else do not support each other.
    if len(ranked) > 1 and ranked[0].count == 1 and sure[normal(ranked[0].text)] < LEAST_ALONE:
        return []
    if ranked:
        first = next((e for e in ranked if _is_better(ranked[0], e, language)), ranked[0])
        ranked.remove(first)
        ranked.insert(0, first)
    return ranked


_LATIN = re.compile("[A-Za-z]{2}")


def _is_better(first: Equivalent, one: Equivalent, language: Language) -> bool:
    """Whether the most frequent rendering gives way to another: an adjective, and Latin words."""
    if language == "zh":
        return _is_noun_of(first, one)
    return _LATIN.search(first.text) is not None and _LATIN.search(one.text) is None


def _is_noun_of(first: Equivalent, one: Equivalent) -> bool:
    """Whether the most frequent rendering is but an adjective of another one."""
    if is_adjective_of(first.text, one.text):
        return True
    return 2 * one.count >= first.count and is_related_adjective(first.text, one.text)


def _latest(day: date | None) -> int:
    """Sort later days before earlier ones, and no day last."""
    return -day.toordinal() if day else 0


def renderings(hit: Hit, language: Language) -> list[str]:
    """Give the words that render the searched text, once for each place where it stands."""
    text = side_of(hit.unit, other(language))
    return [text[start:end] for start, end in hit.rendered]


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Write a rendering so that its inflections are one: small letters, no article, no plural s."""
    words = _WORD.findall(normalize("NFKC", text).lower())
    words = [word for word in words if word not in ("the", "a", "an")]
    return " ".join(map(singular, words))


def in_order(
    hits: Sequence[Hit],
    equivalents: Sequence[Equivalent],
    language: Language,
    order: Order = "rendering",
) -> list[Hit]:
    """Order exact hits.

    Args:
        hits: exact ones.
        equivalents: their renderings, ranked.
        language: of what was looked for.
        order: ``rendering``: those of one equivalent together, each group with the newest first;
            ``newest``; ``best``: by confidence; ``left`` and ``right``: by the words before and
            after, as in a concordance.
    """
    if order == "rendering":
        return group(hits, equivalents, language)

    def context(hit: Hit) -> str:
        text = side_of(hit.unit, language)
        start, end = hit.found[0] if hit.found else (0, 0)
        return text[:start][::-1].lstrip() if order == "left" else text[end:].lstrip()

    keys: dict[Order, Callable[[Hit], tuple[object, ...]]] = {
        "newest": lambda hit: (_latest(hit.unit.date),),
        "best": lambda hit: (-(hit.unit.confidence or 0.0), _latest(hit.unit.date)),
        "left": lambda hit: (context(hit).casefold(),),
        "right": lambda hit: (context(hit).casefold(),),
    }
    return sorted(hits, key=keys[order])


def group(hits: Sequence[Hit], equivalents: Sequence[Equivalent], language: Language) -> list[Hit]:
    """Order exact hits: those of one equivalent together, each group with the newest first."""
    of = group_places(hits, equivalents, language)
    order = sorted(range(len(hits)), key=lambda n: (of[n], _latest(hits[n].unit.date)))
    return [hits[n] for n in order]


def group_places(
    hits: Sequence[Hit], equivalents: Sequence[Equivalent], language: Language
) -> list[int]:
    """Give of each hit the place of its best equivalent; one past the last if it has none."""
    places = {normal(equivalent.text): n for n, equivalent in enumerate(equivalents)}
    last = len(places)
    return [
        min((places.get(normal(text), last) for text in renderings(hit, language)), default=last)
        for hit in hits
    ]


def units_read(answer: Answer) -> str:
    """Say how many units were read for renderings."""
    read = "read" if answer.read < answer.total else ("unit" if answer.read == 1 else "units")
    return f"{answer.read:,} {read}"


def verdicts(answer: Answer) -> Iterator[str]:
    """Say of each term that a glossary knows how many of the renderings agree with it."""
    for term in answer.known:
        form, agree = agreeing(term, answer)
        counted = f"; in {agree:,} of {units_read(answer)}" if answer.read else ""
        note = f" ({term.note})" if term.note else ""
        yield f"{term.origin}: {form}{note}{counted}"


def agreeing(term: KnownTerm, answer: Answer) -> tuple[str, int]:
    """Give how a term is rendered by its glossary, and in how many of the units that were read."""
    forms = term.forms(other(answer.language))
    kept = {normal(form) for form in forms}
    return forms[0], sum(e.count for e in answer.equivalents if normal(e.text) in kept)


def likeness(one: str, two: str, language: Language) -> float:
    """Say how alike two sentences are as CAT tools do: 1 less the share of words to be edited.

    The edit distance of Levenshtein over words, in Chinese over characters, by the longer one.
    """
    from rapidfuzz.distance import Levenshtein

    left, right = (parts_of(text, language) for text in (one, two))
    if not left or not right:
        return 0.0
    return Levenshtein.normalized_similarity(left, right)


PARTS: Final = {"zh": rf"{LETTER}+|[^\W_]", "en": r"\w+"}
"""What is counted of a sentence: Chinese characters, words, numbers."""


@lru_cache(maxsize=64)
def parts_of(text: str, language: Language) -> Sequence[str]:
    """Part a text into what is counted; a sentence is compared with many."""
    return re.findall(PARTS[language], text.lower())
