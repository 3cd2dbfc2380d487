"""Where a memory contradicts itself: anomalies over all its units, none of which is a verdict.

Four rules: one Chinese text with several English ones; the reverse; units that are equal on one
side and differ on the other in a number alone; a unit that does not render a glossary's term as the
rest of the memory does. Everything is done by grouping on masked and normalized texts, so that a
hundred thousand units take seconds. How often each rule is wrong: `benchmarks.consistency`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

import polars as pl

from corpora.facts.spelt import CARDINALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.terms.glossary import Term

KINDS: Final[dict[str, str]] = {
    "number-varies": "Units that are equal on one side differ in a number on the other.",
    "zh-varies": "One English text has several Chinese ones.",
    "en-varies": "One Chinese text has several English ones.",
    "term-varies": "A term is not rendered as in the rest of the memory.",
}
"""Each kind of anomaly, in the order in which they are given, and what it says."""

LEAST_HAN: Final = 10
"""Characters of Chinese, without marks, from which a repeated text must have one translation:
shorter ones are courtesies and headings."""

LEAST_LETTERS: Final = 30
"""The same in letters and digits of English."""

LEAST_TERM: Final = 4
"""Characters of a Chinese form from which it names one thing: 条约 and 会议 name many."""

LEAST_UNITS: Final = 5
"""Units with a term from which the memory has a custom."""

CUSTOM: Final = 0.8
"""Share of the units with a term that render it as the glossary does, from which that is custom."""

SHOWN: Final = 70
"""Characters of a text that a sentence quotes."""

MOST_TEXTS: Final = 3
"""Texts that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Units that do not fit together, or a unit that does not fit the memory.

    Attributes:
        kind: one of `KINDS`.
        ids: of the units, in the memory's order.
        text: what is odd, in a sentence.
    """

    kind: str
    ids: tuple[int | str, ...]
    text: str


def anomalies(units: pl.DataFrame, terms: Sequence[Term] = ()) -> list[Anomaly]:
    """Give the anomalies of a memory, by kind, then in its order.

    Args:
        units: a row a unit: ``id`` (unique), ``zh``, ``en``; units with an empty side count for
            nothing.
        terms: the glossary; none for no look at terms.
    """
    frame = (
        units.select("id", "zh", "en")
        .filter(pl.col("zh") != "", pl.col("en") != "")
        .with_row_index("place")
        .with_columns(zh_bare=_bare("zh"), en_bare=_bare("en").str.to_lowercase())
        .with_columns(
            zh_masked=pl.col("zh_bare").str.replace_all(NUMBER_ZH, "#"),
            en_masked=_masked_english(),
        )
    )
    numbers = [*_number_varies(frame, "zh", "en"), *_number_varies(frame, "en", "zh")]
    told = {unit for anomaly in numbers for unit in anomaly.ids}
    found = [
        *numbers,
        *_varies(frame, "en", "zh", told),
        *_varies(frame, "zh", "en", told),
        *_term_varies(frame, terms),
    ]
    order = list(KINDS)
    return sorted(found, key=lambda anomaly: order.index(anomaly.kind))


NUMBER_ZH: Final = r"[0-9〇零一二三四五六七八九十百千万亿两]+"
_WORDS: Final = "|".join(sorted(CARDINALS, key=len, reverse=True))
NUMBER_EN: Final = rf"[0-9]+|\b(?:{_WORDS})\b"
"""What is masked, in texts without marks and in small letters."""


def _masked_english() -> pl.Expr:
    return (
        pl.col("en")
        .str.to_lowercase()
        .str.replace_all(NUMBER_EN, "#")
        .str.replace_all(r"[^\p{L}\p{N}#]+", " ")
        .str.replace_all(r"#(?: #)*", "#")
        .str.strip_chars()
    )


def _bare(side: str) -> pl.Expr:
    """A text without marks; in English a space stands for any of them."""
    between = " " if side == "en" else ""
    return pl.col(side).str.replace_all(r"[^\p{L}\p{N}]+", between).str.strip_chars()


def _long_enough(side: str) -> pl.Expr:
    least = LEAST_HAN if side == "zh" else LEAST_LETTERS
    return pl.col(f"{side}_bare").str.len_chars() >= least


def _number_varies(frame: pl.DataFrame, same: str, other: str) -> Iterator[Anomaly]:
    """Units that are equal on one side, and on the other but for numbers."""
    groups = _groups(frame, [f"{same}_bare", f"{other}_masked"], same, other)
    names = {"zh": "Chinese", "en": "English"}
    for ids, texts in groups:
        yield Anomaly(
            "number-varies",
            ids,
            f"The same {names[same]} stands against {names[other]} that differs in a number: "
            f"{_quoted(texts)}.",
        )


def _varies(frame: pl.DataFrame, other: str, same: str, told: set[int | str]) -> Iterator[Anomaly]:
    """Units that are equal on one side and not on the other; not those of numbers alone."""
    names = {"zh": "Chinese", "en": "English"}
    for ids, texts in _groups(frame, [f"{same}_bare"], same, other):
        if not told.issuperset(ids):
            yield Anomaly(
                f"{other}-varies",
                ids,
                f"The same {names[same]} has {len(texts)} {names[other]} texts: {_quoted(texts)}.",
            )


def _groups(
    frame: pl.DataFrame, by: list[str], same: str, other: str
) -> Iterator[tuple[tuple[int | str, ...], list[tuple[str, int]]]]:
    """Give groups of units with more than one text on a side: their ids, and texts with counts."""
    found = (
        frame.filter(_long_enough(same))
        .group_by(by)
        .agg(
            pl.col("place").min(),
            pl.col("id"),
            pl.col(other),
            pl.col(f"{other}_bare").alias("bare"),
            pl.col(f"{other}_bare").n_unique().alias("texts"),
        )
        .filter(pl.col("texts") > 1)
        .sort("place")
    )
    for ids, texts, bare in found.select("id", other, "bare").iter_rows():
        counts: dict[str, list[str]] = {}
        for text, key in zip(texts, bare, strict=True):
            counts.setdefault(key, []).append(text)
        ranked = sorted(counts.values(), key=lambda members: -len(members))
        yield tuple(ids), [(members[0], len(members)) for members in ranked]


def _quoted(texts: Sequence[tuple[str, int]]) -> str:
    """Quote texts with how many units have them, each from where they part."""
    shared = reduce(_common, (text for text, _ in texts))
    start = max(0, len(shared) - SHOWN // 3)
    start = shared.rfind(" ", 0, start) + 1 or start  # where a word begins
    parts = []
    for text, count in texts[:MOST_TEXTS]:
        part = text[start : start + SHOWN].strip()
        shown = ("…" if start else "") + part + ("…" if len(text) > start + SHOWN else "")
        parts.append(f"“{shown}” ({count} unit{'s' if count > 1 else ''})")
    more = len(texts) - MOST_TEXTS
    if more > 0:
        parts.append(f"{more} more")
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _common(one: str, other: str) -> str:
    """Give the beginning that two texts share."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return one[:place]
    return min(one, other, key=len)


def _term_varies(frame: pl.DataFrame, terms: Sequence[Term]) -> Iterator[Anomaly]:
    """Units with a term whose English is none of the glossary's, where the memory mostly has it."""
    forms_zh = {form: i for i, term in enumerate(terms) for form in term.zh}
    forms_en = sorted({(_key(form), i) for i, term in enumerate(terms) for form in term.en})
    if not forms_zh or not forms_en or frame.is_empty():
        return
    # Leftmost and longest first: 《不扩散核武器条约》 is no 核武器.
    patterns = sorted(forms_zh, key=lambda form: (-len(form), form))
    held = (
        frame.select("place", form=pl.col("zh").str.extract_many(patterns, leftmost=True))
        .explode("form")
        .drop_nulls()
        .filter(pl.col("form").str.len_chars() >= LEAST_TERM)
        .with_columns(term=pl.col("form").replace_strict(forms_zh, return_dtype=pl.Int64))
        .unique(["place", "term"], keep="first", maintain_order=True)
    )
    rendered = (
        frame.select(
            "place",
            key=_english_key().str.extract_many(
                sorted({key for key, _ in forms_en}), overlapping=True
            ),
        )
        .explode("key")
        .drop_nulls()
        .join(pl.DataFrame(forms_en, schema=["key", "term"], orient="row"), on="key")
        .select("place", "term", right=pl.lit(value=True))
        .unique()
    )
    judged = (
        held.join(rendered, on=["place", "term"], how="left")
        .with_columns(pl.col("right").fill_null(value=False))
        .with_columns(
            units=pl.len().over("term"),
            share=pl.col("right").mean().over("term"),
        )
        .filter(~pl.col("right"), pl.col("units") >= LEAST_UNITS, pl.col("share") >= CUSTOM)
        .join(frame.select("place", "id", "en"), on="place")
        .filter(~pl.col("en").str.contains(STAND_IN))
        .sort("place")
    )
    for unit, form, term, units, share in judged.select(
        "id", "form", "term", "units", "share"
    ).iter_rows():
        yield Anomaly(
            "term-varies",
            (unit,),
            f"{form} is {terms[term].en[0]} in {round(share * units)} of the {units} units that "
            "have it, and here none of its English names stands.",
        )


STAND_IN: Final = (
    r"\b(?:[Ii]t|[Tt]hey|[Tt]hem) "
    r"|\b[Tt]h(?:e|is|at|ese|ose) (?:Treaty|Convention|Conference|Committee|Commission|Agency|"
    r"Agreement|Protocol|Assembly|Council|Court|Organization|Secretariat|body)\b"
)
"""What English says for a thing that it named before: then no name need stand."""


def _key(form: str) -> str:
    """Give an English form without regard to case, hyphens, and the plural's ending."""
    plain = form.lower().replace("-", " ").replace("’", "'")
    return plain[:-1] if len(plain) > LEAST_TERM and plain[-1] in "ys" else plain


def _english_key() -> pl.Expr:
    return pl.col("en").str.to_lowercase().str.replace_all("[-‑–]", " ").str.replace_all("’", "'")
