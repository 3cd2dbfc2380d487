"""What a memory knows of a text: how it was rendered, and where it, or something near it, stands.

Three answers, each from the units that the one before has not given: the text itself, sentences
that nearly are it, and sentences that mean something near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from cdtm.memory.choice import Choice
from corpora.chinese import is_han

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from align.encoder.static import StaticEncoder
    from cdtm.memory.memory import Memory
    from cdtm.memory.nearest import Nearest
    from corpora import Language
    from tmx_out.units import Unit

    Place = tuple[int, int]
    Found = tuple[Unit, list[Place]]
    Translator = Callable[[Sequence[Found], Language], list[list[Place]]]

Kind = Literal["exact", "fuzzy", "near"]

LIKELY = 100
"""Units whose text holds the searched one that are read to rank its renderings."""

LEAST_FUZZY = 0.6
"""Likeness from which two sentences are a fuzzy match, as CAT tools count it."""

CANDIDATES = 40
"""Nearest units that are compared with the text letter by letter."""

LEAST_NEAR = 0.45
"""Cosine from which a sentence is shown as near in meaning."""


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
    """

    unit: Unit
    kind: Kind
    match: float
    found: tuple[Place, ...] = ()
    rendered: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One way in which the text was rendered.

    Attributes:
        text: the most frequent spelling.
        count: how often, in the units that were read.
        share: of all places whose rendering is known, 0 to 1.
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
    """

    text: str
    language: Language
    total: int
    equivalents: tuple[Equivalent, ...]
    hits: tuple[Hit, ...]
    known: tuple[KnownTerm, ...] = ()


def language_of(text: str) -> Language:
    """Tell in which language a query is: Chinese if it holds a Han character."""
    return "zh" if any(map(is_han, text)) else "en"


def look_up(
    text: str,
    memory: Memory,
    translate: Translator,
    *,
    near: Callable[[str, Choice], list[Hit]] | None = None,
    choice: Choice | None = None,
    limit: int = 10,
    known: Sequence[KnownTerm] = (),
) -> Answer:
    """Look a text up.

    Args:
        text: in either language, from one character on.
        memory: where to look.
        translate: finds the translation of places in units, on the other sides.
        near: finds what is like the text, see `near_hits`, if exact hits are few; None leaves that
            out.
        choice: which units.
        limit: hits to give.
        known: what glossaries know of the text.
    """
    language = language_of(text)
    choice = choice or Choice()
    ids, total = memory.search(text, language, limit=max(limit, LIKELY), choice=choice)
    found = memory.units_at(ids, context=False)
    units = [unit for unit in found if unit.zh and unit.en]
    exact = exact_hits(units, text, language, translate)
    equivalents = rank(exact, language)
    hits = group(exact, equivalents, language)[:limit]
    if near is not None and len(hits) < limit:
        seen = {hit.unit.tuid for hit in exact}
        like = (hit for hit in near(text, choice) if hit.unit.tuid not in seen)
        hits += islice(like, limit - len(hits))
    return Answer(text, language, total, tuple(equivalents), tuple(hits), tuple(known))


# ----------------------------------------------------------------------------------------- exact


def side_of(unit: Unit, language: Language) -> str:
    """Give a unit's text in one language."""
    return unit.zh if language == "zh" else unit.en


def other(language: Language) -> Language:
    """Give the other language of the pair."""
    return "en" if language == "zh" else "zh"


def exact_hits(
    units: Sequence[Unit], text: str, language: Language, translate: Translator
) -> list[Hit]:
    """Mark the text in units that hold it, and its translation on the other side."""
    found = [(unit, find_places(text, side_of(unit, language), language)) for unit in units]
    return [
        Hit(unit, "exact", 1.0, tuple(places), tuple(rendered))
        for (unit, places), rendered in zip(found, translate(found, language), strict=True)
    ]


_WORD = re.compile(r"\w+")


def find_places(text: str, within: str, language: Language) -> list[Place]:
    """Find where a text stands, letter case and white space apart; English in any inflection."""
    if language == "zh":
        letters = [_any_width(ch) for ch in normalize("NFKC", text) if not ch.isspace()]
        pattern = r"\s*".join(letters)
    else:
        words = _WORD.findall(normalize("NFKC", text))
        pattern = r"\W+".join(_inflected(word) for word in words)
    if not pattern:
        return []
    closing = r"(?:(?<=\d)[)）])?" if _CLOSES.search(text) else ""
    return [match.span() for match in re.finditer(pattern + closing, within, re.IGNORECASE)]


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


def rank(hits: Iterable[Hit], language: Language) -> list[Equivalent]:
    """Rank the renderings that exact hits show: by frequency, then by the last date."""
    spellings: dict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for hit in hits:
        for text in renderings(hit, language):
            spellings[normal(text)].append((text, hit.unit.date))
    total = sum(map(len, spellings.values()))
    ranked = []
    for found in spellings.values():
        texts = [text for text, _ in found]
        days = [day for _, day in found if day is not None]
        usual = max(dict.fromkeys(texts), key=texts.count)
        ranked.append(Equivalent(usual, len(found), len(found) / total, max(days, default=None)))
    return sorted(
        ranked, key=lambda e: (-e.count, -(e.last.toordinal() if e.last else 0), len(e.text))
    )


def renderings(hit: Hit, language: Language) -> list[str]:
    """Give the words that render the searched text, once for each place where it stands."""
    text = side_of(hit.unit, other(language))
    return [text[start:end] for start, end in hit.rendered]


def normal(text: str) -> str:
    """Write a rendering so that its inflections are one: small letters, no article, no plural s."""
    words = _WORD.findall(normalize("NFKC", text).lower())
    words = [word for word in words if word not in ("the", "a", "an")]
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in words
    )


def group(hits: Sequence[Hit], equivalents: Sequence[Equivalent], language: Language) -> list[Hit]:
    """Order exact hits: those of one equivalent together, each group with the newest first."""
    places = {normal(equivalent.text): n for n, equivalent in enumerate(equivalents)}
    last = len(places)
    return sorted(
        hits,
        key=lambda hit: (
            min((places[normal(text)] for text in renderings(hit, language)), default=last),
            -(hit.unit.date.toordinal() if hit.unit.date else 0),
        ),
    )


def forms_near(
    forms: Sequence[str], within: str, language: Language, middles: Sequence[float]
) -> list[Place]:
    """Find known forms of a term, each as near as can be to where the term stands opposite.

    Args:
        forms: in the language of `within`.
        within: a side of a unit.
        language: of both.
        middles: relative places, 0 to 1, of the term on the other side.

    Returns:
        For each of `middles` one place at most, no two of which overlap.
    """
    free: list[Place] = []
    for form in sorted(forms, key=len, reverse=True):
        for start, end in find_places(form, within, language):
            symbol = within[end : end + 1] == "/"  # CD is no Conference in CD/1299
            if not symbol and all(end <= a or start >= b for a, b in free):
                free.append((start, end))
    chosen = []
    for middle in middles:
        if free:
            near = min(free, key=lambda p: abs((p[0] + p[1]) / 2 / len(within) - middle))
            free.remove(near)
            chosen.append(near)
    return sorted(chosen)


# -------------------------------------------------------------------------------------- glossary


def by_form(glossary: Iterable[KnownTerm]) -> dict[str, list[KnownTerm]]:
    """Sort terms by their normal forms in both languages."""
    found: dict[str, list[KnownTerm]] = defaultdict(list)
    for term in glossary:
        for form in dict.fromkeys(map(normal, (*term.zh, *term.en))):
            found[form].append(term)
    return found


def verdicts(answer: Answer) -> Iterator[str]:
    """Say of each term that a glossary knows how many of the renderings agree with it."""
    opposite = other(answer.language)
    total = sum(equivalent.count for equivalent in answer.equivalents)
    for term in answer.known:
        forms = term.forms(opposite)
        kept = {normal(form) for form in forms}
        agree = sum(e.count for e in answer.equivalents if normal(e.text) in kept)
        counted = f"; {agree:,} of {total:,} renderings agree" if total else ""
        note = f" ({term.note})" if term.note else ""
        yield f"{term.origin}: {forms[0]}{note}{counted}"


# ------------------------------------------------------------------------------- fuzzy and near


def near_hits(
    text: str,
    memory: Memory,
    nearest: Nearest,
    encoder: StaticEncoder,
    choice: Choice,
) -> list[Hit]:
    """Find sentences like the text in letters, and then those like it in meaning."""
    language = language_of(text)
    [vector] = encoder.encode([text])
    if not vector.any():
        return []
    fuzzy, near = [], []
    cosines = dict(nearest.search(vector, CANDIDATES))
    # Some may be missing, if the index is older than the memory.
    for number, unit in memory.units_by_id(cosines, context=False).items():
        if not is_wanted(unit, choice):
            continue
        match = likeness(text, side_of(unit, language), language)
        if match >= LEAST_FUZZY:
            fuzzy.append(Hit(unit, "fuzzy", match))
        elif cosines[number] >= LEAST_NEAR:
            near.append(Hit(unit, "near", cosines[number]))
    return sorted(fuzzy, key=lambda hit: -hit.match) + sorted(near, key=lambda hit: -hit.match)


def is_wanted(unit: Unit, choice: Choice) -> bool:
    """Whether a unit is of the choice."""
    record = choice.takes_record(unit.tuid.rpartition("_")[0], unit.document, unit.date)
    flags = ",".join(unit.flags)
    return record and choice.takes_unit(unit.confidence or 0.0, flags, unit.speaker, unit.status)


def likeness(one: str, two: str, language: Language) -> float:
    """Say how alike two sentences are as CAT tools do: 1 less the share of words to be edited.

    The edit distance of Levenshtein over words, in Chinese over characters, by the longer one.
    """
    from rapidfuzz.distance import Levenshtein

    left, right = (parts_of(text, language) for text in (one, two))
    if not left or not right:
        return 0.0
    return Levenshtein.normalized_similarity(left, right)


def parts_of(text: str, language: Language) -> list[str]:
    """Part a text into what is counted: Chinese characters, words, numbers."""
    if language == "zh":
        return re.findall(r"[A-Za-z0-9]+|[^\W_]", text.lower())
    return _WORD.findall(text.lower())
