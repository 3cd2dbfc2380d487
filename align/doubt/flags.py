"""Reasons for doubt: what a translator should look at before he trusts a bead.

Every rule is a pure function over the text of both sides of a bead, or over the beads of a
document, and answers with one of the fixed words of `REASONS`. A flag is no verdict: it says where
the two sides do not agree in something that a translation keeps. How often each rule is wrong on
right pairs, and what it finds, is measured by `python -m benchmarks.flags`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from align.share import here
from corpora.chinese import HAN
from corpora.facts.en import facts_en
from corpora.facts.names import missing_names, names_elsewhere
from corpora.facts.reader import missing
from corpora.facts.zh import GROUP, facts_zh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.alignment import Bead, Reordered, Span
    from align.share import Share
    from corpora import Document
    from corpora.facts.reader import Fact

REASONS: Final[dict[str, str]] = {
    "number-differs": "A number on one side is not on the other.",
    "date-differs": "A day, month or year on one side is not on the other.",
    "symbol-differs": "A document symbol or resolution number on one side is not on the other.",
    "name-missing": "A country, organization or abbreviation on one side is not on the other.",
    "length-odd": "One side is far longer than a translation of the other should be.",
    "untranslated": "Text in one language stands on both sides.",
    "wrong-language": "A side is not in the language that it should be in.",
    "next-to-omission": "The sentence before or after it has no translation in this document.",
    "translated-otherwise": "The same sentence is translated otherwise elsewhere in this document.",
    "reordered": "This sentence stands elsewhere in the other document.",
    "end-mark-differs": "One side ends as a question or unfinished, and the other does not.",
}
"""Each flag, in the order in which a bead carries them, and what it says to a translator."""

BEADS_AT_ONCE: Final = 1000
"""Beads of one part of the work: a tenth of a second."""

USUAL_LOG_RATIO: Final = 0.28
"""Natural logarithm of English bytes to Chinese bytes of a translation: median of UN text."""

RATIO_WEIGHT: Final = 20.0
"""Beads that `USUAL_LOG_RATIO` counts for beside those of the document."""

RATIO_VARIANCE: Final = (0.0137, 2.2)
"""Variance of the log ratio in a long bead, and what short ones add: variance = a + b / bytes of
Chinese. Set to the spread at each length in the development half of the UN text."""

LENGTH_LIMIT: Final = 3.0
"""Standard deviations from which a length is odd. On the development half of the UN text 3.0
accuses 0.3 % of the right pairs and 76 % of those that lost a half; 2.7 accuses 0.9 and 83, 3.6
accuses 0.1 and 56."""

REPEATED_HAN: Final = 8
"""Chinese characters from which a repeated sentence must have one translation: shorter ones
(谢谢主席。) are courtesies, which a translator varies."""

REPEATED_LETTERS: Final = 30
"""The same in English letters."""


def flags_of(
    beads: Sequence[Bead],
    zh: Document,
    en: Document,
    reordered: Sequence[Reordered] = (),
    share: Share = here,
) -> list[tuple[str, ...]]:
    """Give the flags of every bead, as many tuples as beads; a null link has at most "reordered".

    Args:
        beads: in document order.
        zh: the Chinese document.
        en: the English document.
        reordered: passages that stand elsewhere in the other document.
        share: see `align.share`.
    """
    found: dict[int, set[str]] = defaultdict(set)  # of beads with a flag; most have none
    whole = [number for number, bead in enumerate(beads) if not bead.is_null]

    def read(numbers: list[int]) -> list[tuple[set[str], str, str]]:
        return [_read_bead(beads[number], zh, en) for number in numbers]

    parts = [whole[start : start + BEADS_AT_ONCE] for start in range(0, len(whole), BEADS_AT_ONCE)]
    bodies: list[tuple[str, str]] = []
    for number, (flags, zh_body, en_body) in zip(
        whole, (each for part in share(read, parts) for each in part), strict=True
    ):
        bodies.append((zh_body, en_body))
        if flags:
            found[number] = flags
        if not ends_alike(zh_body, en_body):
            found[number].add("end-mark-differs")
        if _has_null_neighbour(beads, number):
            found[number].add("next-to-omission")
    for place in odd_lengths(bodies):
        found[whole[place]].add("length-odd")
    for place in translated_otherwise(bodies):
        found[whole[place]].add("translated-otherwise")
    for number, bead in enumerate(beads):
        if bead.is_null and any(_inside(bead, passage) for passage in reordered):
            found[number].add("reordered")
    return [_in_order(found[i]) if i in found else () for i in range(len(beads))]


def _in_order(flags: set[str]) -> tuple[str, ...]:
    return tuple(flag for flag in REASONS if flag in flags)


def _read_bead(bead: Bead, zh: Document, en: Document) -> tuple[set[str], str, str]:
    """Give the flags that a bead's texts earn by themselves, and both texts without labels."""
    left, zh_body = _join(zh, bead.zh, "")
    right, en_body = _join(en, bead.en, " ")
    return text_flags(left, right), zh_body, en_body


def text_flags(zh: str, en: str) -> set[str]:
    """Give the flags that one pair of texts earns by itself: facts, names, language."""
    language = language_flag(zh, en)
    if language is not None:
        return {language}
    left, right = facts_zh(zh), facts_en(en)
    lost = [fact for fact in missing(left, right) if not (_is_group(fact) and names_elsewhere(en))]
    flags = {f"{fact.kind}-differs" for fact in lost + missing(right, left)}
    if left.item is not None and right.item is not None and left.item != right.item:
        flags.add("number-differs")
    if missing_names(zh, en) or missing_abbreviations(zh, en):
        flags.add("name-missing")
    return flags


def _is_group(fact: Fact) -> bool:
    return fact.text.endswith(GROUP)


def _inside(bead: Bead, passage: Reordered) -> bool:
    """Whether the sentence that a null link leaves alone is part of the passage."""
    (first, last), (low, high) = (
        (bead.en, passage.en) if bead.zh[0] == bead.zh[1] else (bead.zh, passage.zh)
    )
    return low <= first and last <= high


def _join(document: Document, span: Span, space: str) -> tuple[str, str]:
    """Give one side of a bead that has one: its text, and that without the speaker's label."""
    first, stop = span
    sentences = document.sentences
    text = sentences[first].text
    if stop - first > 1:
        text = space.join(sentence.text for sentence in sentences[first:stop])
    label = sentences[first].label
    return text, text[label:].strip() if label else text


def _has_null_neighbour(beads: Sequence[Bead], number: int) -> bool:
    before, after = number - 1, number + 1
    return (before >= 0 and beads[before].is_null) or (after < len(beads) and beads[after].is_null)


class _Patterns(NamedTuple):
    """Every pattern of this file, compiled when the first bead is read."""

    han: re.Pattern[str]
    latin: re.Pattern[str]
    foreign: re.Pattern[str]
    words: re.Pattern[str]
    abbreviation: re.Pattern[str]
    bare: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    latin = "A-Za-zÀ-ÖØ-öø-ɏ"
    return _Patterns(
        han=re.compile(f"[{HAN}]"),
        latin=re.compile(f"[{latin}]"),
        foreign=re.compile(r"[\u0370-\u1dff\u3040-\u30ff\uac00-\ud7af]"),
        words=re.compile(f"[{latin}]+"),
        abbreviation=re.compile(
            rf"(?<![{latin}\d/.@-])[A-Z][{latin}]*[A-Z][{latin}]*|[A-Z][{latin}]{{3,}}"
        ),
        bare=re.compile(r"[\W_]+"),
    )


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


def language_flag(zh: str, en: str) -> str | None:
    """Tell whether a side is in the other's language or in a third one; None if all is well."""
    patterns = _patterns()
    if not en.isascii():
        if len(patterns.han.findall(en)) >= LEAST_HAN:
            return "untranslated"
        if _is_foreign(en):
            return "wrong-language"
    # Three bytes a character: a text of two on average is Chinese with little else.
    if len(zh.encode()) < 2 * len(zh):
        han, latin = len(patterns.han.findall(zh)), len(patterns.latin.findall(zh))
        if latin > MOST_LATIN * han and _lower_words(zh) >= LEAST_WORDS:
            return "untranslated"
    if _is_foreign(zh):
        return "wrong-language"
    if " the " not in en and " of " not in en and " and " not in en and _is_romance(en):
        return "wrong-language"
    return None


def _is_foreign(text: str) -> bool:
    """Whether much of a text is in a script that neither language uses."""
    patterns = _patterns()
    if patterns.foreign.search(text) is None:
        return False
    foreign, latin, han = (
        len(pattern.findall(text)) for pattern in (patterns.foreign, patterns.latin, patterns.han)
    )
    return foreign > FOREIGN_SHARE * (foreign + latin + han)


def _is_romance(text: str) -> bool:
    """Whether a text is French or Spanish by its function words."""
    words = [word.lower() for word in _patterns().words.findall(text)]
    if len(words) < LEAST_WORDS:
        return False
    en, fr, es = (sum(word in known for word in words) for known in FUNCTION_WORDS)
    return max(fr, es) > max(2, 2 * en)


def _lower_words(text: str) -> int:
    return sum(word.islower() for word in _patterns().words.findall(text))


def missing_abbreviations(zh: str, en: str) -> list[str]:
    """Give abbreviations and names in Latin letters of the Chinese side that English lacks.

    Accents and case do not count; of a name in small letters the beginning is enough, for foreign
    names are spelt in more than one way.
    """
    patterns = _patterns()
    if patterns.latin.search(zh) is None:
        return []
    plain = _fold(en)
    return [
        match[0]
        for match in patterns.abbreviation.finditer(zh)
        if set(match[0]) - set("IVXLC")
        and _fold(match[0] if match[0].isupper() else match[0][:NAME_LETTERS]) not in plain
    ]


NAME_LETTERS: Final = 4
"""Leading letters by which a foreign name is known again."""


def _fold(text: str) -> str:
    """Take case and accents away."""
    if not text.isascii():
        text = "".join(ch for ch in normalize("NFKD", text) if not combining(ch))
    return text.lower()


QUESTION: Final = "?？"
OPEN: Final = ",，、;；:：-–—…"
CLOSED: Final = ".。!！"
_CLOSERS: Final = "\"'”’」』)）]】》 *"


def end_mark(text: str) -> str:
    """Give the last mark of a text, past quotes and brackets; ``""`` if it ends in none."""
    end = text.rstrip(_CLOSERS)[-1:]
    return end if end and end in QUESTION + OPEN + CLOSED else ""


def ends_alike(zh: str, en: str) -> bool:
    """Whether a question is one on both sides, and a sentence that ends does so on both.

    A bead of several sentences may ask in another place: then any question mark is enough.
    """
    left, right = end_mark(zh), end_mark(en)
    for end, other in ((left, en), (right, zh)):
        if end and end in QUESTION and not any(mark in other for mark in QUESTION):
            return False
    if en.rstrip(_CLOSERS).endswith(("a.m.", "p.m.")):
        return True  # the full stop may be the abbreviation's or the sentence's
    closed_zh, closed_en = left in ("。", "！"), right in (".", "!")
    return not (closed_zh and right in ("", ",")) and not (closed_en and left in ("", "，", "、"))


def odd_lengths(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Give the places of the pairs whose lengths do not fit the rest of the document.

    The logarithm of English to Chinese bytes is compared with the document's median (with
    `USUAL_LOG_RATIO` where there are few) in standard deviations that grow for short texts.
    """
    if not pairs:
        return []
    sizes = [(len(zh.encode()), len(en.encode())) for zh, en in pairs]
    ratios = [math.log((right + 1) / (left + 1)) for left, right in sizes]
    median = sorted(ratios)[len(ratios) // 2]
    weight = len(ratios) / (len(ratios) + RATIO_WEIGHT)
    usual = weight * median + (1 - weight) * USUAL_LOG_RATIO
    base, share = RATIO_VARIANCE
    scores = []
    for ratio, (left, right) in zip(ratios, sizes, strict=True):
        # The expected Chinese length, from both sides, so that neither direction is favoured.
        size = (left + right / math.exp(usual)) / 2
        scores.append(abs(ratio - usual) / math.sqrt(base + share / max(size, 1)))
    # Half of normal scores lie within 0.6745; a free translation spreads more.
    spread = weight * sorted(scores)[len(scores) // 2] / 0.6745 + (1 - weight)
    return [i for i, score in enumerate(scores) if score > LENGTH_LIMIT * max(1.0, spread)]


def translated_otherwise(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Give the places of the pairs that translate a repeated text in a way that is not the usual.

    Case, spaces and punctuation do not count. Where one translation is commoner than all others,
    it is the usual one and its pairs are not listed.
    """
    bare = _patterns().bare
    odd: set[int] = set()
    for side, least in ((0, REPEATED_HAN), (1, REPEATED_LETTERS)):
        groups: dict[str, list[int]] = defaultdict(list)
        for place, pair in enumerate(pairs):
            if len(pair[side]) >= least:
                groups[pair[side]].append(place)
        for places in groups.values():
            if len({pairs[place][1 - side] for place in places}) > 1:
                others = [bare.sub("", pairs[place][1 - side]).lower() for place in places]
                odd.update(_minority(places, others))
    return sorted(odd)


def _minority(places: list[int], texts: list[str]) -> list[int]:
    """Give the places whose text is not that of more than half."""
    [(common, times)] = Counter(texts).most_common(1)
    if 2 * times <= len(texts):
        return places
    return [place for place, text in zip(places, texts, strict=True) if text != common]
