"""Word alignment measured on beads linked by hand: `python -m benchmarks.words`.

`gold_words.jsonl` holds the links of 68 beads and none of their text; the texts are read from the
records beside the checkout and checked by SHA-256. A line of it is one bead:

    {"pair": "CD_PV.1579", "half": "dev", "zh": 4, "en": 4, "zh_sha256": "…", "en_sha256": "…",
     "links": [[0, 2, 0, 13, "S"], …]}

`zh` and `en` are 0-based numbers of the sentences that `corpora.read_document` gave on the day of
annotation; a sentence that has moved since is found by its hash. A link is the half-open character
spans of both sides and sure (``S``) or possible (``P``), as in Och and Ney, "A Systematic
Comparison of Various Statistical Alignment Models", Computational Linguistics 29 (2003) 19-51.

How the beads were chosen (``Random(5)`` drawing where to begin in each pair, in this order): of
the 1-1 beads that `cdtm align` makes with 8 to 60 Han characters and at most 45 English words,
every 5th of CD_PV.1579 (56 beads), every 12th of S_PV.9722, every 6th of S_PV.10054 and every 3rd
of S_PV.10100 (4 each). The first 34 are the half ``dev``, the others ``test``.

How they were linked, by one reader, then read again word by word: what translates word by word is
sure at the smallest word (消极 negative, 安全 security, 保证 assurances); words of a term that do
so only together are possible across the whole term; articles, 的, 了 and the prepositions that
one side does without are possible with the word that they belong to.

**The units that are counted.** An English unit is a word as printed, hyphens inside it
(``non-nuclear-weapon``). A Chinese unit is what the gold parts from its neighbours: the characters
between two ends of gold spans; or a run of characters that no span holds. A unit and a word are
linked by the prediction when at least half of the unit's characters are, by any links whatever
(one character is enough in a run that no gold span holds). So an aligner that works with
characters, with words or with whole terms is judged alike, as long as it links the same text.
Punctuation is no unit.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from align import load_encoder
from corpora import RecordError, read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
GOLD: Final = ROOT / "benchmarks" / "gold_words.jsonl"
RECORDS: Final = ROOT.parent / "shared" / "records"
HALVES: Final = ("dev", "test")

ENOUGH: Final = 0.5
"""Share of a Chinese unit's characters that must be linked with a word for the unit to be.

By the definition above: half of a two-character word that the gold does not part."""

_WORD: Final = re.compile(r"[^\W_]+(?:[-’'./][^\W_]+)*")
_WRITTEN: Final = re.compile(r"[^\W_]+")

Span = tuple[int, int]
"""Half-open range of characters."""
Cell = tuple[int, int]
"""Number of a Chinese unit, number of an English word."""


class Link(Protocol):
    """What an aligner gives: spans of characters on both sides (`align.word_alignment.Link`)."""

    @property
    def zh(self) -> Span:
        """Characters of the Chinese text."""

    @property
    def en(self) -> Span:
        """Characters of the English text."""


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A link made by hand; possible unless `sure`."""

    zh: Span
    en: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class GoldBead:
    """A bead of the gold together with its texts."""

    pair: str
    half: str
    zh: str
    en: str
    links: tuple[GoldLink, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts over beads, from which the figures come.

    Attributes:
        predicted: cells that the aligner links (A).
        sure: cells that the gold links surely (S).
        predicted_sure: cells in both.
        predicted_possible: predicted cells that are sure or possible (P holds S).
        zh_units, en_units: units with a sure link.
        zh_right, en_right: of those, the ones whose prediction holds a sure link and nothing
            that is not at least possible: looked up, they would show the right words alone.
    """

    predicted: int = 0
    sure: int = 0
    predicted_sure: int = 0
    predicted_possible: int = 0
    zh_units: int = 0
    zh_right: int = 0
    en_units: int = 0
    en_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Sum, field by field."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def precision(self) -> float:
        """Share of the predicted cells that are at least possible; 1 where nothing is predicted."""
        return self.predicted_possible / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the sure cells that are predicted; 1 where none is sure."""
        return self.predicted_sure / self.sure if self.sure else 1.0

    @property
    def aer(self) -> float:
        """Alignment error rate, 1 - (|A∩S| + |A∩P|) / (|A| + |S|); 0 is perfect."""
        whole = self.predicted + self.sure
        return 1 - (self.predicted_sure + self.predicted_possible) / whole if whole else 0.0

    @property
    def zh_to_en(self) -> float:
        """Share of Chinese units that would show the right English words alone."""
        return self.zh_right / self.zh_units if self.zh_units else 1.0

    @property
    def en_to_zh(self) -> float:
        """Share of English words that would show the right Chinese words alone."""
        return self.en_right / self.en_units if self.en_units else 1.0


def read_gold(path: Path = GOLD, records: Path = RECORDS) -> tuple[GoldBead, ...]:
    """Read the gold and the texts that it is about.

    Raises:
        RecordError: when a text of the gold is not in the records as they are read now.
    """
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts: dict[tuple[str, str], dict[str, str]] = {}
    for pair in {line["pair"] for line in lines}:
        for language in ("zh", "en"):
            document = read_document(records / f"{pair}.{language}.txt")
            texts[pair, language] = {_digest(s.text): s.text for s in document.sentences}
    return tuple(_bead(line, texts) for line in lines)


def zh_units(text: str, links: Sequence[GoldLink]) -> list[tuple[frozenset[int], bool]]:
    """The Chinese units of a bead: their characters, and whether a gold span holds them.

    A unit lies between two neighbouring ends of gold spans. Characters that are no letter or
    number belong to none.
    """
    edges = sorted({0, len(text), *(edge for link in links for edge in link.zh)})
    units = []
    for start, end in pairwise(edges):
        held = any(link.zh[0] <= start and end <= link.zh[1] for link in links)
        runs = [(m.start() + start, m.end() + start) for m in _WRITTEN.finditer(text[start:end])]
        if held:
            runs_of_unit = [frozenset(i for run in runs for i in range(*run))]
        else:
            runs_of_unit = [frozenset(range(*run)) for run in runs]
        units += [(unit, held) for unit in runs_of_unit if unit]
    return units


def en_words(text: str) -> list[Span]:
    """The English words of a bead, hyphens, full stops and apostrophes inside them included."""
    return [match.span() for match in _WORD.finditer(text)]


def count(bead: GoldBead, predicted: Iterable[Link]) -> Counts:
    """Compare one bead's predicted links with the gold."""
    units = zh_units(bead.zh, bead.links)
    words = en_words(bead.en)
    found = _cells(units, words, predicted)
    sure = _cells(units, words, [link for link in bead.links if link.sure])
    possible = _cells(units, words, bead.links) | sure
    zh_all, zh_right = _right(found, sure, possible, side=0)
    en_all, en_right = _right(found, sure, possible, side=1)
    return Counts(
        predicted=len(found),
        sure=len(sure),
        predicted_sure=len(found & sure),
        predicted_possible=len(found & possible),
        zh_units=zh_all,
        zh_right=zh_right,
        en_units=en_all,
        en_right=en_right,
    )


def measure(
    beads: Iterable[GoldBead], aligner: Callable[[str, str], Iterable[Link]]
) -> dict[str, Counts]:
    """Counts of each half and of both (``all``); `aligner` takes the Chinese, the English text."""
    counts = dict.fromkeys((*HALVES, "all"), Counts())
    for bead in beads:
        of_bead = count(bead, aligner(bead.zh, bead.en))
        counts[bead.half] += of_bead
        counts["all"] += of_bead
    return counts


def table(counts: dict[str, Counts]) -> Iterator[str]:
    """The figures as lines for people."""
    yield "half  precision  recall    AER   zh→en right  en→zh right   sure cells"
    for name, c in counts.items():
        yield (
            f"{name:<5} {c.precision:9.3f} {c.recall:7.3f} {c.aer:6.3f} "
            f"{c.zh_to_en:12.3f} {c.en_to_zh:12.3f} {c.sure:12}"
        )


def measure_shipped() -> dict[str, Counts]:
    """Counts of the shipped word alignment."""
    align_words = import_module("align.word_alignment").align_words
    encoder = load_encoder()
    return measure(read_gold(), lambda zh, en: align_words(zh, en, encoder))


def main() -> None:
    """Measure the shipped word alignment on the gold."""
    if not RECORDS.is_dir():
        print("Nothing measured: the records (../shared/records) are not beside this checkout.")
        return
    print("\n".join(table(measure_shipped())))


def _bead(line: dict[str, object], texts: dict[tuple[str, str], dict[str, str]]) -> GoldBead:
    """One line of the gold with its texts."""
    pair = str(line["pair"])
    sides = {}
    for language in ("zh", "en"):
        digest = str(line[f"{language}_sha256"])
        if digest not in texts[pair, language]:
            raise RecordError(
                f"{pair}.{language}.txt has no sentence {line[language]} with the text that was "
                f"annotated; read it as it was then, or annotate it again."
            )
        sides[language] = texts[pair, language][digest]
    links: list[tuple[int, int, int, int, str]] = line["links"]  # type: ignore[assignment]
    return GoldBead(
        pair,
        str(line["half"]),
        sides["zh"],
        sides["en"],
        tuple(GoldLink((a, b), (c, d), kind == "S") for a, b, c, d, kind in links),
    )


def _cells(
    units: Sequence[tuple[frozenset[int], bool]], words: Sequence[Span], links: Iterable[Link]
) -> set[Cell]:
    """The cells that links make: see the head of this file."""
    linked: list[set[int]] = [set() for _ in words]
    for link in links:
        for number, (start, end) in enumerate(words):
            if link.en[0] < end and start < link.en[1]:
                linked[number].update(range(*link.zh))
    return {
        (row, column)
        for row, (unit, held) in enumerate(units)
        for column, characters in enumerate(linked)
        if len(unit & characters) >= (ENOUGH * len(unit) if held else 1)
    }


def _right(found: set[Cell], sure: set[Cell], possible: set[Cell], *, side: int) -> tuple[int, int]:
    """How many units of a side have a sure link, and how many of those are shown rightly."""
    units = {cell[side] for cell in sure}
    good = {cell[side] for cell in found & sure}
    bad = {cell[side] for cell in found - possible}
    return len(units), len(good - bad)


def _digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
