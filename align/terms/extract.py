"""Terms of a collection of units: extracted, joined with their variants, scored, ranked.

Nothing is known of the field beforehand: no glossary feeds the extraction.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from align.renderings.latin import is_latin
from align.terms.candidates import english_key
from align.terms.confirm import Pair, is_confirmed
from align.terms.inventory import Inventory, TextPair, candidates_of
from align.terms.linking import Linked, link_units
from align.terms.types import Attested, Competitor, Example, TermPair
from align.terms.variants import (
    bracketed_chinese,
    bracketed_english,
    by_initials,
    is_acronym,
    same_chinese,
    same_english,
)
from align.terms.words import CONNECTORS, EN_GENERIC_ALONE, PRAISE, ZH_GENERIC_ALONE
from corpora.facts.names import holds_name, is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoder.static import StaticEncoder

LEAST_UNITS: Final = 2
"""Units in which a pair must be linked."""

LEAST_SURE: Final = 0.35
"""Chance of being a translation from which a pair is taken."""

NESTED: Final = 0.05
"""Share of its links that must lie outside every longer link, or the pair is a part of a term."""

COMPETES: Final = 0.05
"""Share of a name's renderings from which another rendering is told."""

SPLIT: Final = 0.2
"""The same from which it is called an inconsistency."""

# Weights fitted by logistic regression on 874 linked pairs of the UN Parallel Corpus's development
# set and a sample of MultiUN, right where the UNBIS thesaurus has the pair, wrong where it has
# another English term for the Chinese one.
BIAS: Final = -5.7
BY_COSINE: Final = 3.4
BY_TOGETHER: Final = 2.2
BY_SHARE: Final = 2.4
BY_COUNT: Final = 0.1
BY_ALONE: Final = 0.8

BY_COVER: Final = 2.5
"""Loss for a side of which no word is covered by the other; fitted for English (2.3), and taken for
both sides alike, for the thesaurus has few Chinese terms of several words."""

GENERIC: Final = frozenset(map(english_key, EN_GENERIC_ALONE))

TREATY: Final = re.compile("条约|公约|协定|议定书|宣言|宪章|备忘录")


@dataclass(slots=True)
class _Concept:
    """A term as it grows: numbers of candidates, and the links between them."""

    zh: list[int]
    en: list[int]
    links: list[Linked]
    sure: float
    term: float
    competitors: list[Competitor] = field(default_factory=list)


def extract_terms(
    units: Sequence[TextPair],
    encoder: StaticEncoder,
    *,
    least: int = LEAST_UNITS,
    limit: int | None = None,
) -> list[TermPair]:
    """Find the terms of units and their translations, the best first, names after terms.

    Args:
        units: both texts, the record and the day of each.
        encoder: gives vectors, and parts Chinese into words.
        least: units in which a term must stand.
        limit: terms to give at most; None for all.
    """
    zh, en = candidates_of(units, encoder, least)
    short = _short_forms(units, en)
    links = [
        link
        for link in link_units(zh, en, encoder, short)
        if link.units >= least or en.keys[link.en] in short
    ]
    linked_zh: Counter[int] = Counter()
    linked_en: Counter[int] = Counter()
    for link in links:
        linked_zh[link.zh] += link.units
        linked_en[link.en] += link.units
    rated = sorted(
        (
            (translation_chance(link, linked_zh[link.zh], linked_en[link.en]), link)
            for link in links
        ),
        key=lambda pair: (-pair[0], -pair[1].units, zh.keys[pair[1].zh], en.keys[pair[1].en]),
    )
    concepts = _join(rated, zh, en, short, linked_zh, linked_en, least)
    found = [(_finish(concept, zh, en, units, linked_zh), concept) for concept in concepts]
    found.sort(key=lambda one: (one[0].domain == "name", -one[0].score, one[0].zh))
    out: list[TermPair] = []
    for pair, concept in found:
        if limit is not None and len(out) >= limit:
            break
        # What an acronym stands for was told by brackets or initials.
        known = any(en.keys[number] in short for number in concept.en)
        both = Pair({*concept.zh}, {*concept.en}, concept.links[0].where)
        if known or is_confirmed(both, zh, en, units, encoder):
            out.append(pair)
    return out


def _short_forms(units: Sequence[TextPair], en: Inventory) -> dict[str, str]:
    """Short forms and acronyms with what they stand for, as keys."""
    texts = [unit.en for unit in units]
    out = bracketed_chinese(unit.zh for unit in units) | bracketed_english(texts)
    acronyms = {
        key
        for key, forms in zip(en.keys, en.surfaces, strict=True)
        if is_acronym(forms.most_common(1)[0][0]) and key not in out
    }
    often = sorted(range(len(en.keys)), key=lambda n: -int(en.units[n]))
    return by_initials(acronyms, (en.keys[n] for n in often)) | out


def translation_chance(link: Linked, linked_zh: int, linked_en: int) -> float:
    """Estimate how sure it is that two candidates translate each other, 0 to 1.

    Args:
        link: the two.
        linked_zh: links of the Chinese one with whatever.
        linked_en: links of the English one with whatever.
    """
    value = (
        BIAS
        + BY_COSINE * link.cosine
        + BY_TOGETHER * 2 * link.units / (link.zh_units + link.en_units)
        + BY_SHARE * 2 * link.units / (linked_zh + linked_en)
        + BY_COUNT * math.log2(link.units)
        + BY_ALONE * link.alone / link.units
        + BY_COVER * (link.zh_covered + link.en_covered - 2)
    )
    return 1 / (1 + math.exp(-value))


def term_chance(
    zh_words: int, zh_length: int, en_key: str, units: int, alone: float, general: float
) -> float:
    """Estimate how sure it is that a pair is a term, 0 to 1, by its form and its frequency.

    Args:
        zh_words: words of the Chinese form.
        zh_length: its characters.
        en_key: the English form.
        units: in which they are linked.
        alone: share of these in which they lie in no longer link.
        general: signs that it is general language, or a name with a word beside it.
    """
    words = en_key.split()
    content = [word for word in words if word not in CONNECTORS]
    size = max(min(len(content), 4), min(zh_words, 4), 1)
    value = -2.0 + 0.9 * (size - 1) + 0.8 * math.log2(units) + 0.8 * alone
    value += 0.4 * (zh_length >= 4) - 0.3 * (len(words) - len(content))
    value -= 0.5 * max(zh_words - 5, 0) + 0.5 * max(len(content) - 4, 0)
    return 1 / (1 + math.exp(general - value))


def _join(
    rated: list[tuple[float, Linked]],
    zh: Inventory,
    en: Inventory,
    short: dict[str, str],
    linked_zh: Counter[int],
    linked_en: Counter[int],
    least: int,
) -> list[_Concept]:
    """Make concepts of pairs: the surest pair founds one, variants join it, others compete."""
    of_zh: dict[int, _Concept] = {}
    of_en: dict[int, _Concept] = {}
    out: list[_Concept] = []
    for sure, link in rated:
        z, e = link.zh, link.en
        mine, theirs = of_zh.get(z), of_en.get(e)
        if mine is not None and mine is theirs:
            mine.links.append(link)
            continue
        if mine is not None and theirs is None and sure >= 0.1:
            head = mine.en[0]
            names = _is_named(en, head) and _is_named(en, e)
            if same_english(en.keys[head], en.keys[e], names=names, short=short):
                mine.en.append(e)
                mine.links.append(link)
                of_en[e] = mine
                continue
        if theirs is not None and mine is None and sure >= 0.1:
            head_zh, own = zh.keys[theirs.zh[0]], zh.keys[z]
            if same_chinese(head_zh, own) or short.get(own) == head_zh:
                theirs.zh.append(z)
                theirs.links.append(link)
                of_zh[z] = theirs
                continue
        if mine is not None and link.units >= COMPETES * linked_zh[z]:
            mine.competitors.append(Competitor(zh.keys[z], _surface(en, e), link.units))
        if theirs is not None and link.units >= COMPETES * linked_en[e]:
            theirs.competitors.append(Competitor(_surface(en, e), zh.keys[z], link.units))
        if mine is not None or sure < LEAST_SURE or not _is_term(link, zh, en, least):
            continue
        concept = _Concept([z], [e], [link], sure, _form_chance(link, zh, en))
        of_zh[z] = concept
        of_en.setdefault(e, concept)
        out.append(concept)
    return out


def _form_chance(link: Linked, zh: Inventory, en: Inventory) -> float:
    return term_chance(
        int(zh.words[link.zh]),
        len(zh.keys[link.zh]),
        en.keys[link.en],
        link.units,
        link.alone / link.units,
        _generality(zh.keys[link.zh], en.keys[link.en]),
    )


def _generality(zh: str, en: str) -> float:
    """Count signs that a pair is no term of a field."""
    first = en.split()[0]
    named = holds_name(zh) and not is_name(zh) and not TREATY.search(zh)
    joined = "和" in zh and "and" in en.split()
    against = "against" in en.split()
    return 1.5 * ("的" in zh) + (first in PRAISE) + 3.0 * named + 1.5 * joined + against


def _is_term(link: Linked, zh: Inventory, en: Inventory, least: int) -> bool:
    """Whether a pair may be a term: no part of one, and no general word."""
    left, right = zh.keys[link.zh], en.keys[link.en]
    if link.units < least or link.alone < NESTED * link.units or not link.alone:
        return False
    return not (right in GENERIC or (left in ZH_GENERIC_ALONE and " " not in right))


def _surface(side: Inventory, number: int) -> str:
    """The most frequent spelling of a candidate; capitals only where they are the rule."""
    forms = side.surfaces[number]
    best = max(forms, key=lambda form: (forms[form], form))
    if not is_latin(best) or is_acronym(best):
        return best
    small = best[0].lower() + best[1:]
    return small if forms[small] * 4 >= forms[best] and forms[small] else best


def _is_named(side: Inventory, number: int) -> bool:
    """Whether an English candidate is written with capitals."""
    best = _surface(side, number)
    words = [word for word in best.split() if word.lower() not in CONNECTORS]
    return bool(words) and all(word[0].isupper() for word in words)


def _finish(
    concept: _Concept,
    zh: Inventory,
    en: Inventory,
    units: Sequence[TextPair],
    linked_zh: Counter[int],
) -> TermPair:
    """Count, date and explain a concept."""
    where = sorted({number for link in concept.links for number in link.where})
    head = concept.links[0]
    by_en: Counter[int] = Counter()
    by_zh: Counter[int] = Counter()
    for link in concept.links:
        by_en[link.en] += link.units
        by_zh[link.zh] += link.units
    forms_en = sorted(concept.en, key=lambda n: -by_en[n])
    forms_zh = sorted(concept.zh, key=lambda n: -by_zh[n])
    zh_forms = tuple(dict.fromkeys(_chinese(zh, n) for n in forms_zh))
    en_forms = tuple(dict.fromkeys(s for n in forms_en for s in _spellings(en, n)))
    days = sorted(day for number in where if (day := units[number].date) is not None)
    best = min(where, key=lambda n: (abs(len(units[n].zh) - 60), n))
    shown = units[best]
    attested = [
        Attested(
            _chinese(zh, link.zh),
            _surface(en, link.en),
            link.units,
            units[link.where[0]].document,
        )
        for link in sorted(concept.links, key=lambda link: -link.units)
    ]
    competitors = sorted(set(concept.competitors), key=lambda one: (-one.count, one.text))
    score = math.sqrt(concept.sure * concept.term)
    return TermPair(
        zh=zh_forms,
        en=en_forms,
        count=len(where),
        zh_count=sum(int(zh.units[n]) for n in concept.zh),
        en_count=sum(int(en.units[n]) for n in concept.en),
        documents=len({units[number].document for number in where}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        example=Example(shown.zh, shown.en, shown.document, shown.date),
        attested=tuple(attested),
        competitors=tuple(competitors),
        domain=_domain(zh_forms[0], en_forms[0], en.surfaces[forms_en[0]]),
        note=_note(zh_forms[0], len(where), competitors),
        score=round(score, 4),
        why=(
            f"translation {concept.sure:.2f}: linked in {head.units} of {head.zh_units} and "
            f"{head.en_units} units, vectors {head.cosine:.2f}; "
            f"term {concept.term:.2f}: by itself in {head.alone}"
        ),
    )


def _chinese(side: Inventory, number: int) -> str:
    """A Chinese form; in 《》 if it mostly stands so."""
    key = side.keys[number]
    return f"《{key}》" if side.titles[number] * 2 > sum(side.surfaces[number].values()) else key


def _spellings(side: Inventory, number: int) -> list[str]:
    """The spellings of an English candidate, the most frequent first, case told once."""
    best = _surface(side, number)
    seen = {best.lower()}
    out = [best]
    for form, _ in side.surfaces[number].most_common():
        if form.lower() not in seen:
            seen.add(form.lower())
            out.append(form)
    return out


def _domain(zh: str, en: str, spellings: Counter[str]) -> str:
    """Tell names of States, places and organizations from terms.

    A word that is never written small is one: *Forum* is a name, and *forum* is not.
    """
    if TREATY.search(zh):
        return ""
    if is_name(zh) or is_name(en):
        return "name"
    words = en.split()
    small = any(form[0].islower() for form in spellings)
    lone = len(words) == 1 and en[0].isupper() and not small and not is_acronym(en)
    return "name" if lone and en.lower() not in EN_GENERIC_ALONE else ""


def _note(zh: str, count: int, competitors: Sequence[Competitor]) -> str:
    """Say where a name is rendered in several ways."""
    others = [one for one in competitors if one.count >= SPLIT * (count + one.count)]
    told = defaultdict(list)
    for one in others:
        told[one.of].append(f"{one.text} ({one.count})")
    return " ".join(f"{of} is also rendered {', '.join(texts)}." for of, texts in told.items())
