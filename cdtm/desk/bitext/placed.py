"""A record as it stands, as the documents that the aligner takes: its sentences row by row.

Rows hold texts, not sentence numbers, for people edit them. A text is taken apart into the
sentences of the record that it is made of; what is none of them is cut by the rules of the record's
language, and counts as said where the last one was.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from corpora import Document, Sentence, Speaker
from corpora.repair.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.chosen.between import Link
    from cdtm.memory.redraw import Pair
    from corpora import Language

SIDES: Final[tuple[Language, Language]] = ("zh", "en")

KEY: Final = 6
"""Characters by which a sentence is looked up; shorter ones by all that they have."""


class Begin(NamedTuple):
    """Where a side of a row begins in its own file.

    Attributes:
        side: of which language.
        page: from 1; 0 if the file knows no pages.
        line: number of the line as it was read, from 1; 0 if unknown.
    """

    side: Language
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A record as it stands.

    Attributes:
        zh, en: its sentences in the order of the rows.
        links: the sentences of each row, half-open ranges of both sides.
    """

    zh: Document
    en: Document
    links: tuple[Link, ...]

    def texts(self, row: int, side: int) -> list[str]:
        """Give the sentences of one side of a row."""
        document = (self.zh, self.en)[side]
        return [sentence.text for sentence in document.sentences[slice(*self.links[row][side])]]

    def begins(self, row: int) -> tuple[Begin, ...]:
        """Say where in its own file each side of a row begins; an empty side is left out."""
        sides = zip(SIDES, (self.zh, self.en), self.links[row], strict=True)
        return tuple(
            Begin(side, document.sentences[start].page, document.sentences[start].line)
            for side, document, (start, end) in sides
            if start < end
        )


def placed(rows: Sequence[Pair], sentences: pl.DataFrame) -> Placed:
    """Take the rows of a record apart into sentences.

    Args:
        rows: their texts, in order.
        sentences: of the record, see `cdtm.build.schemas.SENTENCES`.
    """
    documents: list[Document] = []
    spans: list[list[tuple[int, int]]] = []
    for number, side in enumerate(SIDES):
        cutter = _Cutter(_of_table(sentences, side), side)
        found: list[Sentence] = []
        spans.append([])
        for row in rows:
            start = len(found)
            found += cutter.cut(row[number])
            spans[-1].append((start, len(found)))
        documents.append(Document(side, side, tuple(found)))
    return Placed(documents[0], documents[1], tuple(zip(*spans, strict=True)))


def tables_of(
    now: Placed, rows: Sequence[tuple[str, str, float, str]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a record as it stands as the tables that doubts are read from: sentences, beads.

    Args:
        now: the record.
        rows: Chinese, English, confidence and flags of each.
    """
    sentences = [
        (side, number, one.text, one.speaker.name if one.speaker else "", one.label)
        for side, document in zip(SIDES, (now.zh, now.en), strict=True)
        for number, one in enumerate(document.sentences)
    ]
    beads = [
        (number, *zh, *en, *row)
        for number, ((zh, en), row) in enumerate(zip(now.links, rows, strict=True))
    ]
    ends = ("zh_start", "zh_end", "en_start", "en_end")
    return (
        pl.DataFrame(sentences, ("language", "number", "text", "speaker", "label"), orient="row"),
        pl.DataFrame(beads, ("number", *ends, "zh", "en", "confidence", "flags"), orient="row"),
    )


class _Cutter:
    """Takes texts apart, one after another; each sentence of the record is used once."""

    def __init__(self, known: Sequence[Sentence], language: Language) -> None:
        self._known, self._language = known, language
        self._bare = [bare(sentence.text) for sentence in known]
        self._next = 0
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, text in enumerate(self._bare):
            self._places[text[:KEY]].add(place)

    def cut(self, text: str) -> list[Sentence]:
        """Take the next text apart."""
        found: list[Sentence] = []
        text = text.strip()
        while text:
            place = self._find(bare(text))
            if place is None:
                rest = split_sentences(text, self._language) or [text]
                return [*found, *self._unknown(rest)]
            size = reach(text, len(self._bare[place]))
            found.append(replace(self._known[place], text=text[:size].strip()))
            text = text[size:].strip()
            self._places[self._bare[place][:KEY]].discard(place)
            self._next = place + 1
        return found

    def _find(self, text: str) -> int | None:
        """Find the sentence with which a text begins, nearest to where the last one was."""
        near = [
            place
            for size in range(1, KEY + 1)
            for place in self._places.get(text[:size], ())
            if (size == KEY or len(self._bare[place]) == size)
            and text.startswith(self._bare[place])
        ]
        return min(near, key=lambda place: abs(place - self._next), default=None)

    def _unknown(self, texts: Iterable[str]) -> list[Sentence]:
        """Give texts that are no sentences of the record; they are said where the last one was."""
        if not self._known:
            return [Sentence(text) for text in texts]
        like = self._known[min(self._next, len(self._known) - 1)]
        return [replace(like, text=text, label=0) for text in texts]


def _of_table(table: pl.DataFrame, side: Language) -> list[Sentence]:
    told = table.filter(table["language"] == side).sort("number")
    columns = ("text", "paragraph", "turn", "speaker", "page", "line", "label")
    return [
        Sentence(
            " ".join(text.split()),
            paragraph or 0,
            turn or 0,
            Speaker(speaker) if speaker else None,
            page or 0,
            line or 0,
            label or 0,
        )
        for text, paragraph, turn, speaker, page, line, label in told.select(columns).iter_rows()
    ]


def reach(text: str, signs: int) -> int:
    """Give how many characters hold so many that are no white space."""
    for place, sign in enumerate(text):
        if not signs:
            return place
        signs -= not sign.isspace()
    return len(text)


def bare(text: str) -> str:
    """Give a text without white space."""
    return "".join(text.split())
