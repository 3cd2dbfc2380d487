"""What a collection of units says of terms that are known: how often they stand, who agrees.

A known term is looked for in every unit, the longest form first, so that 核武器国家 inside
无核武器国家 is not counted. Then extracted terms and known ones are made one list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Final, Protocol

from align.terms.candidates import chinese_key, english_key
from align.terms.types import Attested, Competitor, Example, TermPair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from align.terms.inventory import TextPair

RAISED: Final = 0.5
"""Share of the doubt about an extracted pair that is left when a glossary has it too."""

BEST_LENGTH: Final = 60
"""Characters of the Chinese text of the unit that is shown, as near as can be."""


class Known(Protocol):
    """A term of a glossary; `align.terms.glossary.Term` and `TermPair` are one."""

    @property
    def zh(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def en(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def domain(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


@dataclass(slots=True)
class _Count:
    """What was seen of one term."""

    zh: int = 0
    en: int = 0
    both: int = 0
    documents: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    example: Example | None = None
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    symbols: dict[tuple[str, str], str] = field(default_factory=dict)


class ChineseFinder:
    """Finds forms in Chinese texts, the longest where several begin."""

    def __init__(self, forms: Iterable[tuple[str, int]]) -> None:
        self._by_start: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for form, term in forms:
            self._by_start[form[:2]].append((form, term))
        for starts in self._by_start.values():
            starts.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Give each form that stands in a text, and its term; none inside another."""
        place = 0
        while place < len(text):
            for form, term in self._by_start.get(text[place : place + 2], ()):
                if text.startswith(form, place):
                    yield form, term
                    place += len(form)
                    break
            else:
                place += 1


class EnglishFinder:
    """Finds forms in English texts by their keys, the longest where several begin."""

    def __init__(self, forms: Iterable[tuple[str, int]]) -> None:
        self._by_start: dict[str, list[tuple[list[str], int]]] = defaultdict(list)
        for form, term in forms:
            words = form.split()
            if words:
                self._by_start[words[0]].append((words, term))
        for starts in self._by_start.values():
            starts.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Give the key of each form that stands in a text, and its term; none inside another."""
        words = english_key("".join(ch if ch.isalnum() or ch in "-'’" else " " for ch in text))
        parts = words.split()
        place = 0
        while place < len(parts):
            for form, term in self._by_start.get(parts[place], ()):
                if parts[place : place + len(form)] == form:
                    yield " ".join(form), term
                    place += len(form)
                    break
            else:
                place += 1


def verify(
    terms: Sequence[Known], units: Iterable[TextPair], *, status: str = "glossary"
) -> list[TermPair]:
    """Count how often known terms stand in units, and in how many both sides agree.

    Args:
        terms: with their forms.
        units: read once.
        status: of the terms that are given.

    Returns:
        A pair for each term, in their order; those that stand nowhere have a count of 0.
    """
    zh = ChineseFinder((chinese_key(f), n) for n, term in enumerate(terms) for f in term.zh)
    en = EnglishFinder((english_key(f), n) for n, term in enumerate(terms) for f in term.en)
    counts = [_Count() for _ in terms]
    for unit in units:
        left, right = _by_term(zh.find(chinese_key(unit.zh))), _by_term(en.find(unit.en))
        for number in left:
            counts[number].zh += 1
        for number in right:
            counts[number].en += 1
        for number in left.keys() & right.keys():
            _note_unit(counts[number], unit, left[number], right[number])
    return [_pair(term, count, status) for term, count in zip(terms, counts, strict=True)]


def _by_term(found: Iterable[tuple[str, int]]) -> dict[int, list[str]]:
    """Gather the forms of each term, each once."""
    out: dict[int, list[str]] = {}
    for form, number in found:
        forms = out.setdefault(number, [])
        if form not in forms:
            forms.append(form)
    return out


def _note_unit(count: _Count, unit: TextPair, zh: Sequence[str], en: Sequence[str]) -> None:
    count.both += 1
    count.documents.add(unit.document)
    for pair in product(zh, en):
        count.pairs[pair] += 1
        count.symbols.setdefault(pair, unit.document)
    if unit.date is not None:
        count.first = min(count.first or unit.date, unit.date)
        count.last = max(count.last or unit.date, unit.date)
    best = count.example
    if best is None or abs(len(unit.zh) - BEST_LENGTH) < abs(len(best.zh) - BEST_LENGTH):
        count.example = Example(unit.zh, unit.en, unit.document, unit.date)


def _pair(term: Known, count: _Count, status: str) -> TermPair:
    source = "The built-in glossary" if status == "glossary" else "The imported glossary"
    by_key_zh, by_key_en = _keyed(term.zh, chinese_key), _keyed(term.en, english_key)
    attested = tuple(
        Attested(by_key_zh[zh], by_key_en[en], often, count.symbols[zh, en])
        for (zh, en), often in sorted(count.pairs.items(), key=lambda one: (-one[1], one[0]))
    )
    first = english_key(term.en[0])
    agree = sum(often for (_, en), often in count.pairs.items() if en == first)
    others = f", and another form of it in {count.both - agree}" if agree < count.both else ""
    says = (
        f"{source} says {term.en[0]}; {min(agree, count.both)} of {count.zh} units agree{others}."
    )
    if not count.zh:
        says = ""
    kept_zh = {chinese_key(one.zh) for one in attested}
    kept_en = {english_key(one.en) for one in attested}
    return TermPair(
        zh=tuple(form for form in term.zh if not attested or chinese_key(form) in kept_zh),
        en=tuple(form for form in term.en if not attested or english_key(form) in kept_en),
        attested=attested,
        count=count.both,
        zh_count=count.zh,
        en_count=count.en,
        documents=len(count.documents),
        first=count.first,
        last=count.last,
        example=count.example,
        domain=term.domain,
        note=" ".join(part for part in (term.note, says) if part),
        score=round(count.both / (count.zh + 1), 4) if count.zh else 0.0,
        why=f"{status}: both sides in {count.both} of {count.zh} and {count.en} units",
        status=status,
    )


def _keyed(forms: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    """Give the first form of each key."""
    out: dict[str, str] = {}
    for form in forms:
        out.setdefault(key(form), form)
    return out


def merge_known(extracted: Sequence[TermPair], known: Sequence[TermPair]) -> list[TermPair]:
    """Make one list of extracted terms and verified known ones.

    A known term that occurs takes the place of the extracted pairs that are it: its forms stand
    first, its score is raised. Imported terms stand before all others, names after all. Of what a
    person confirmed, the forms are those that he chose, and it stands there in any case.
    """
    out: list[TermPair] = []
    taken: set[int] = set()
    by_zh: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(extracted):
        for form in pair.zh:
            by_zh[chinese_key(form)].append(number)
    for term in known:
        if not term.count and term.status != "confirmed":
            continue
        own = {english_key(form) for form in term.en}
        near = sorted({n for form in term.zh for n in by_zh.get(chinese_key(form), ())} - taken)
        same = [n for n in near if own & {english_key(form) for form in extracted[n].en}]
        taken.update(same)
        out.append(_merged(term, [extracted[n] for n in same], [extracted[n] for n in near]))
    # A Chinese form that a known term has is that term; its other renderings are told there.
    forms = {chinese_key(form) for term in out for form in term.zh}
    out += [
        pair
        for number, pair in enumerate(extracted)
        if number not in taken and chinese_key(pair.zh[0]) not in forms
    ]
    return sorted(
        out,
        key=lambda pair: (
            pair.status not in ("confirmed", "imported"),
            pair.domain == "name",
            -pair.score,
            pair.zh,
        ),
    )


def _merged(term: TermPair, same: list[TermPair], near: list[TermPair]) -> TermPair:
    """A known term with what extraction found of it and beside it."""
    score = max([term.score, *(one.score for one in same)])
    competitors = {(c.of, c.text): c for one in same for c in one.competitors}
    for one in near:
        if one not in same:
            rival = Competitor(one.zh[0], one.en[0], one.count)
            competitors.setdefault((rival.of, rival.text), rival)
    why = [term.why, *(one.why for one in same)]
    notes = [term.note, *(one.note for one in same)]
    forms_zh = [*term.zh, *(form for one in same for form in one.zh)]
    forms_en = [*term.en, *(form for one in same for form in one.en)]
    kept = term.status == "confirmed"
    return replace(
        term,
        zh=term.zh if kept else _distinct(forms_zh),
        en=term.en if kept else _distinct(forms_en),
        attested=_joined(term, same),
        competitors=tuple(sorted(competitors.values(), key=lambda c: (-c.count, c.text))),
        score=round(1 - RAISED * (1 - score), 4),
        note=" ".join(note for note in notes if note),
        why="; ".join(why) + "; raised, for a glossary has it",
    )


def _joined(term: TermPair, same: Sequence[TermPair]) -> tuple[Attested, ...]:
    """Join what is attested of a known term and of the extracted pairs that are it."""
    found: dict[tuple[str, str], Attested] = {}
    for one in (one for pair in (term, *same) for one in pair.attested):
        found.setdefault((chinese_key(one.zh), english_key(one.en)), one)
    return tuple(sorted(found.values(), key=lambda one: -one.count))


def _distinct(forms: Iterable[str]) -> tuple[str, ...]:
    out: dict[str, str] = {}
    for form in forms:
        out.setdefault(form.lower(), form)
    return tuple(out.values())
