"""Reasons for doubt, a row each: the word, what it says, how much it weighs, and what finds it.

From `RULES` come the flags of a bead (`align.doubt.flags`), the reasons of an audit
(`align.doubt.rank`), the table of docs/TMX.md and that of `python -m benchmarks.flags`, which
measures how often each rule is wrong on right pairs, and what it finds. A flag is no verdict: it
says where the two sides do not agree in something that a translation keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import combining, normalize

from align.doubt.language import LATIN, language_flag
from align.doubt.lengths import odd_lengths
from align.doubt.marks import ends_alike
from align.doubt.repeated import translated_otherwise
from corpora.facts.en import facts_en
from corpora.facts.names import missing_names, names_elsewhere
from corpora.facts.reader import missing
from corpora.facts.zh import GROUP, facts_zh
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from corpora.facts.reader import Fact, Kind

    Body = tuple[str, str]
    """Chinese and English of a bead, without the speakers' labels."""
    OneSided = tuple[tuple[str, str, list[Fact]], ...]


class Reason(NamedTuple):
    """One thing that speaks against a bead.

    Attributes:
        weight: decimal logarithm of how much commoner it is among faults than among right beads.
        text: a sentence for a translator.
        word: of the rule; empty for what is no flag.
    """

    weight: float
    text: str
    word: str = ""


class Pair(NamedTuple):
    """Both sides of one bead, as the rules of texts see them; `read_pair` makes it.

    Attributes:
        zh: the Chinese text.
        en: the English text.
        body: both without the speakers' labels.
        language: the flag of a side that is in another language; None if all is well.
        lost: what one side has and the other lacks, as (language that has it, other language,
            facts); nothing where a language is wrong, for then nothing can be compared.
        items: the numbers with which the sides begin as items of a list, where these differ.
    """

    zh: str
    en: str
    body: Body
    language: str | None
    lost: OneSided
    items: Body | None


class Record(NamedTuple):
    """A whole record, as the rules of records see it.

    Attributes:
        beads: how many it has, null links among them.
        bodies: texts without labels of every linked bead, by its number, in order.
        moved: numbers of the null links whose sentence stands elsewhere in the other document.
        left_out: numbers of the beads beside which much text was left out of a file.
    """

    beads: int
    bodies: Mapping[int, Body]
    moved: Collection[int] = ()
    left_out: Collection[int] = ()


class Rule(NamedTuple):
    """A reason for doubt.

    Attributes:
        word: the flag. Commas part flags in TMX and tables, so it holds letters and hyphens alone.
        weight: see `Reason`; 0 for what the audit tells in another way, as a stretch of beads.
        sentence: what it says to a translator.
        sort: of evidence of one sort in one pair the audit counts the weightiest in full, and a
            tenth of the rest; empty for rules of records.
        find: gives the evidence in a pair: a sentence for each piece, ``""`` for the rule's own.
        find_in: gives the evidence in a record: the same sentences, by number of the bead. A rule
            has one of both.
    """

    word: str
    weight: float
    sentence: str
    sort: str = ""
    find: Callable[[Pair], Sequence[str]] | None = None
    find_in: Callable[[Record], Mapping[int, str]] | None = None

    def reason(self, evidence: str) -> Reason:
        """Give what the audit says of a piece of evidence."""
        return Reason(self.weight, evidence or self.sentence, self.word)


def read_pair(zh: str, en: str, body: Body | None = None) -> Pair:
    """Read what can be compared in both sides of a bead; without `body` no side has a label.

    >>> [(has, lacks, [fact.text for fact in facts]) for has, lacks, facts
    ...  in read_pair("1995年有35国。", "In 1996 there were 35 States.").lost]
    [('Chinese', 'English', ['1995年']), ('English', 'Chinese', ['1996'])]
    """
    language = language_flag(zh, en)
    lost: OneSided = ()
    items = None
    if language is None:
        left, right = facts_zh(zh), facts_en(en)
        in_zh = [fact for fact in missing(left, right) if not _is_group(fact, en)]
        in_en = missing(right, left)
        if in_zh or in_en:
            lost = (("Chinese", "English", in_zh), ("English", "Chinese", in_en))
        if left.item is not None and right.item is not None and left.item != right.item:
            items = str(left.item), str(right.item)
    return Pair(zh, en, body or (zh, en), language, lost, items)


def _is_group(fact: Fact, en: str) -> bool:
    """Whether a number is that of a group of States, for which the English has another name."""
    return fact.text.endswith(GROUP) and names_elsewhere(en)


def words_of(pair: Pair) -> set[str]:
    """Give the flags that a pair's texts earn by themselves.

    >>> sorted(words_of(read_pair("见CD/1978号文件，共25页。", "See CD/1987, of 26 pages.")))
    ['number-differs', 'symbol-differs']
    """
    return {rule.word for rule, find in RULES_OF_TEXTS if find(pair)}


MOST_NAMED: Final = 3
"""Numbers or names that one sentence lists."""


def one_sided(names: Iterable[str], has: str, lacks: str) -> str:
    """Say that things stand on one side only.

    >>> one_sided(["11", "22", "11", "33", "44"], "Chinese", "English")
    '11, 22, 33 and 1 more stand in the Chinese and not in the English.'
    """
    distinct = [name.strip() for name in dict.fromkeys(names)]
    listed = distinct[:MOST_NAMED]
    text = " and ".join(filter(None, [", ".join(listed[:-1]), listed[-1]]))
    if len(distinct) > MOST_NAMED:
        text = f"{', '.join(listed)} and {len(distinct) - MOST_NAMED} more"
    verb = "stands" if len(distinct) == 1 else "stand"
    return f"{text} {verb} in the {has} and not in the {lacks}."


def _lost(kind: Kind) -> Callable[[Pair], list[str]]:
    """Find the facts of one kind that one side lacks."""

    def find(pair: Pair) -> list[str]:
        return [
            one_sided(texts, has, lacks)
            for has, lacks, facts in pair.lost
            if (texts := [fact.text for fact in facts if fact.kind == kind])
        ]

    return find


_lost_numbers = _lost("number")


def _numbers(pair: Pair) -> list[str]:
    found = _lost_numbers(pair)
    if pair.items is not None:
        zh, en = pair.items
        found.append(f"The Chinese begins as item {zh}, the English as item {en}.")
    return found


def _names(pair: Pair) -> list[str]:
    if pair.language is not None:
        return []
    lost, in_zh = missing_names(pair.zh, pair.en), missing_abbreviations(pair.zh, pair.en)
    if not lost and not in_zh:
        return []
    in_zh = [name for name in lost if name in pair.zh] + in_zh
    in_en = [name for name in lost if name not in pair.zh]
    sides = ("Chinese", "English", in_zh), ("English", "Chinese", in_en)
    return [one_sided(names, has, lacks) for has, lacks, names in sides if names]


def _when(doubtful: Callable[[Pair], bool]) -> Callable[[Pair], tuple[str, ...]]:
    """Find the rule's own sentence, or nothing."""
    return lambda pair: ("",) if doubtful(pair) else ()


def _odd_lengths(record: Record) -> dict[int, str]:
    return {number: _lengths(*record.bodies[number]) for number in _numbered(odd_lengths, record)}


def _lengths(zh: str, en: str) -> str:
    count = len(en.split())
    return (
        f"The lengths do not fit: {len(zh)} Chinese characters stand against {count} English "
        f"{'word' if count == 1 else 'words'}, so something may be missing on the shorter side."
    )


def _numbered(find: Callable[[Sequence[Body]], list[int]], record: Record) -> list[int]:
    """Give the numbers of the beads whose places among the linked ones are found."""
    numbers = list(record.bodies)
    return [numbers[place] for place in find(list(record.bodies.values()))]


def _beside_null_links(record: Record) -> dict[int, str]:
    linked, last = record.bodies, record.beads - 1
    return {
        number: ""
        for number in linked
        if (number > 0 and number - 1 not in linked) or (number < last and number + 1 not in linked)
    }


# It begins with a set of characters, so that the engine skips quickly to where one stands.
_ABBREVIATION: Final = lazy_pattern(
    rf"[A-Z](?:(?<![{LATIN}\d/.@-][A-Z])[{LATIN}]*[A-Z][{LATIN}]*|[{LATIN}]{{3,}})"
)

NAME_LETTERS: Final = 4
"""Leading letters by which a foreign name is known again."""


def missing_abbreviations(zh: str, en: str) -> list[str]:
    """Give abbreviations and names in Latin letters of the Chinese side that English lacks.

    Accents and case do not count; of a name in small letters the beginning is enough, for foreign
    names are spelt in more than one way.

    >>> missing_abbreviations("由UNDP和Choporlu村资助", "financed by UNDO and Choporlou")
    ['UNDP']
    """
    found = _ABBREVIATION.findall(zh)
    if not found:
        return []
    plain = _fold(en)
    return [
        name
        for name in found
        if set(name) - set("IVXLC")
        and _fold(name if name.isupper() else name[:NAME_LETTERS]) not in plain
    ]


def _fold(text: str) -> str:
    """Take case and accents away."""
    if not text.isascii():
        text = "".join(ch for ch in normalize("NFKD", text) if not combining(ch))
    return text.lower()


RULES: Final = (
    Rule("number-differs", 2.0,
         "A number on one side is not on the other.",
         "fact", _numbers),
    Rule("date-differs", 2.8,
         "A day, month or year on one side is not on the other.",
         "fact", _lost("date")),
    Rule("symbol-differs", 3.0,
         "A document symbol or resolution number on one side is not on the other.",
         "fact", _lost("symbol")),
    Rule("name-missing", 2.0,
         "A country, organization or abbreviation on one side is not on the other.",
         "name", _names),
    Rule("length-odd", 2.2,
         "One side is far longer than a translation of the other should be.",
         find_in=_odd_lengths),
    Rule("untranslated", 3.3,
         "Text in one language stands on both sides.",
         "language", _when(lambda pair: pair.language == "untranslated")),
    Rule("wrong-language", 3.3,
         "A side is not in the language that it should be in.",
         "language", _when(lambda pair: pair.language == "wrong-language")),
    Rule("next-to-omission", 0.0,
         "The sentence before or after it has no translation in this document.",
         find_in=_beside_null_links),
    Rule("translated-otherwise", 0.6,
         "The same sentence is translated otherwise elsewhere in this document.",
         find_in=lambda record: dict.fromkeys(_numbered(translated_otherwise, record), "")),
    Rule("reordered", 0.0,
         "This sentence stands elsewhere in the other document.",
         find_in=lambda record: dict.fromkeys(record.moved, "")),
    Rule("large-omission-of-furniture", 2.5,
         "Much text beside it was left out of a file with its page furniture.",
         find_in=lambda record: dict.fromkeys(record.left_out, "")),
    Rule("end-mark-differs", 1.8,
         "One side ends as a question or unfinished, and the other does not.",
         "end", _when(lambda pair: not ends_alike(*pair.body))),
)  # fmt: skip
"""Every rule, in the order in which a bead carries its flags.

A weight is the logarithm of the share of planted faults that show the evidence over the share of
right pairs of UN text that do, 0.97 over 0.009 for numbers (`python -m benchmarks.flags`). The end
mark's is that of the right beads of records, 0.9 %, which is more than in UN text; a sentence
translated otherwise is mostly style. Whoever changes what a rule finds raises `align.pair.METHOD`,
or memories keep their old flags; `tests/align/doubt/test_rules.py` sees to it."""

RULES_OF_TEXTS: Final = tuple((rule, rule.find) for rule in RULES if rule.find)
RULES_OF_RECORDS: Final = tuple((rule, rule.find_in) for rule in RULES if rule.find_in)
"""Those that one pair of texts answers, and those that ask all beads of a record."""

REASONS: Final = {rule.word: rule.sentence for rule in RULES}
"""Each flag, in the order in which a bead carries them, and what it says to a translator."""
