"""What speaks against one pair of texts, in sentences that name the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from align.doubt.flags import (
    REASONS,
    ends_alike,
    language_flag,
    missing_abbreviations,
)
from corpora.facts.en import facts_en
from corpora.facts.names import missing_names, names_elsewhere
from corpora.facts.reader import missing
from corpora.facts.zh import GROUP, facts_zh

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from corpora.facts.reader import Fact

WEIGHTS: Final = {
    "number": 2.0,
    "date": 2.8,
    "symbol": 3.0,
    "name": 2.0,
    "language": 3.3,
    "end": 1.8,
}
"""Decimal logarithm of the share of planted faults that show the evidence over the share of right
pairs of UN text that do (`python -m benchmarks.flags`): 0.97 over 0.009 for numbers. The end mark's
is that of the right beads of records, 0.9 %, which is more than in UN text."""

OTHER_FLAG: Final = 1.0
"""Weight of a flag that a bead was stored with and that its texts do not earn by themselves."""

TOLD_ELSEWHERE: Final = frozenset(
    ("next-to-omission", "length-odd", "translated-otherwise", "reordered")
)
"""Flags that depend on other beads, and are told there or worked out anew."""

MOST_NAMED: Final = 3
"""Numbers or names that one sentence lists."""


class Reason(NamedTuple):
    """One thing that speaks against a bead.

    Attributes:
        weight: decimal logarithm of how much commoner it is among faults than among right beads.
        text: a sentence for a translator.
    """

    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A bead with its texts.

    Attributes:
        number: its place in the record.
        zh: text; empty for a null link without Chinese.
        en: the same in English.
        zh_body: text without the speaker's label.
        en_body: the same in English.
        zh_count: Chinese sentences.
        en_count: English sentences.
        zh_speaker: of the first sentence; empty outside a turn.
        en_speaker: the same in English.
        zh_opens: whether the side begins with a speaker's label.
        en_opens: the same in English.
        confidence: 0 to 1.
        flags: reasons for doubt that the bead was stored with.
    """

    number: int
    zh: str
    en: str
    zh_body: str
    en_body: str
    zh_count: int
    en_count: int
    zh_speaker: str
    en_speaker: str
    zh_opens: bool
    en_opens: bool
    confidence: float
    flags: tuple[str, ...]

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.zh_count or not self.en_count


def rows_of(sentences: pl.DataFrame, beads: pl.DataFrame) -> list[Row]:
    """Join a record's beads with what is known of their first sentences."""
    of: dict[tuple[str, int], tuple[str, int]] = {
        (language, number): (speaker or "", label)
        for language, number, speaker, label in sentences.select(
            "language", "number", "speaker", "label"
        ).iter_rows()
    }
    rows = []
    for bead in beads.sort("number").iter_rows(named=True):
        zh_count = bead["zh_end"] - bead["zh_start"]
        en_count = bead["en_end"] - bead["en_start"]
        zh_speaker, zh_label = of.get(("zh", bead["zh_start"]), ("", 0)) if zh_count else ("", 0)
        en_speaker, en_label = of.get(("en", bead["en_start"]), ("", 0)) if en_count else ("", 0)
        rows.append(
            Row(
                number=bead["number"],
                zh=bead["zh"],
                en=bead["en"],
                zh_body=bead["zh"][zh_label:].strip(),
                en_body=bead["en"][en_label:].strip(),
                zh_count=zh_count,
                en_count=en_count,
                zh_speaker=zh_speaker,
                en_speaker=en_speaker,
                zh_opens=bool(zh_label),
                en_opens=bool(en_label),
                confidence=bead["confidence"],
                flags=tuple(flag for flag in bead["flags"].split(",") if flag),
            )
        )
    return rows


def reasons_of_text(row: Row) -> list[Reason]:
    """Give what speaks against a linked bead in its own texts, and in the flags it came with."""
    language = language_flag(row.zh, row.en)
    if language is not None:
        return [Reason(WEIGHTS["language"], REASONS[language])]
    reasons = [*_facts(row), *_names(row)]
    if not ends_alike(row.zh_body, row.en_body):
        reasons.append(Reason(WEIGHTS["end"], REASONS["end-mark-differs"]))
    told = {"end-mark-differs"} | TOLD_ELSEWHERE
    if reasons:
        told |= {"number-differs", "date-differs", "symbol-differs", "name-missing"}
    others = [flag for flag in row.flags if flag in REASONS and flag not in told]
    return [*reasons, *(Reason(OTHER_FLAG, REASONS[flag]) for flag in others)]


def _facts(row: Row) -> list[Reason]:
    """Numbers, dates and symbols of one side that the other lacks."""
    left, right = facts_zh(row.zh), facts_en(row.en)
    lost = [fact for fact in missing(left, right) if not _is_group(fact, row.en)]
    reasons = [
        Reason(WEIGHTS[kind], _stands(names, here, there))
        for facts, here, there in (
            (lost, "Chinese", "English"),
            (missing(right, left), "English", "Chinese"),
        )
        for kind, names in _by_kind(facts)
    ]
    if left.item is not None and right.item is not None and left.item != right.item:
        text = f"The Chinese begins as item {left.item}, the English as item {right.item}."
        reasons.append(Reason(WEIGHTS["number"], text))
    return _strongest(reasons)


def _is_group(fact: Fact, en: str) -> bool:
    return fact.text.endswith(GROUP) and names_elsewhere(en)


def _by_kind(facts: Iterable[Fact]) -> list[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact.text)
    return list(kinds.items())


def _strongest(reasons: list[Reason]) -> list[Reason]:
    """Count evidence of one sort once: the others only tell, at a tenth of their weight."""
    return [
        reason if place == 0 else Reason(round(reason.weight / 10, 2), reason.text)
        for place, reason in enumerate(sorted(reasons, key=lambda reason: -reason.weight))
    ]


def _names(row: Row) -> list[Reason]:
    """Countries, organizations and abbreviations of one side that the other lacks."""
    lost = missing_names(row.zh, row.en)
    in_zh = [name for name in lost if name in row.zh] + missing_abbreviations(row.zh, row.en)
    in_en = [name for name in lost if name not in row.zh]
    return _strongest(
        [
            Reason(WEIGHTS["name"], _stands(names, here, there))
            for names, here, there in (
                (in_zh, "Chinese", "English"),
                (in_en, "English", "Chinese"),
            )
            if names
        ]
    )


def _stands(names: Iterable[str], here: str, there: str) -> str:
    """Say that things stand on one side only."""
    distinct = [name.strip() for name in dict.fromkeys(names)]
    listed = distinct[:MOST_NAMED]
    text = " and ".join(filter(None, [", ".join(listed[:-1]), listed[-1]]))
    if len(distinct) > MOST_NAMED:
        text = f"{', '.join(listed)} and {len(distinct) - MOST_NAMED} more"
    verb = "stands" if len(distinct) == 1 else "stand"
    return f"{text} {verb} in the {here} and not in the {there}."
