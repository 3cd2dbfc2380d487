"""The flags of every bead of a document: the words of the rules that find something against it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from align.doubt.rules import RULES, RULES_OF_RECORDS, Record, read_pair, words_of
from align.share import here
from corpora.left_out import find_omissions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.alignment import Bead, Reordered, Span
    from align.doubt.rules import Body
    from align.share import Share
    from corpora import Document

BEADS_AT_ONCE: Final = 1000
"""Beads of one part of the work: a tenth of a second."""


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
    linked = [number for number, bead in enumerate(beads) if not bead.is_null]
    parts = [linked[at : at + BEADS_AT_ONCE] for at in range(0, len(linked), BEADS_AT_ONCE)]

    def read(numbers: list[int]) -> list[tuple[set[str], Body]]:
        return [_read(beads[number], zh, en) for number in numbers]

    found: dict[int, set[str]] = {}  # of beads with a flag; most have none
    bodies: dict[int, Body] = {}
    for number, (words, bodies[number]) in zip(
        linked, chain.from_iterable(share(read, parts)), strict=True
    ):
        if words:
            found[number] = words
    moved = [
        number
        for number, bead in enumerate(beads)
        if bead.is_null and any(_inside(bead, passage) for passage in reordered)
    ]
    record = Record(len(beads), bodies, moved, _beside_left_out(beads, linked, zh, en))
    for rule, find in RULES_OF_RECORDS:
        for number in find(record):
            found.setdefault(number, set()).add(rule.word)
    return [_in_order(found[i]) if i in found else () for i in range(len(beads))]


def _beside_left_out(
    beads: Sequence[Bead], linked: Sequence[int], zh: Document, en: Document
) -> set[int]:
    """Find the linked beads above the places where much text was left out of either file."""
    found: set[int] = set()
    for document in (zh, en):
        for place in find_omissions(document.dropped):
            first = {
                number: (beads[number].zh if document is zh else beads[number].en)[0]
                for number in linked
            }
            above = [n for n in linked if document.sentences[first[n]].line <= place.line]
            found.update(above[-1:] or linked[:1])
    return found


def _in_order(words: set[str]) -> tuple[str, ...]:
    return tuple(rule.word for rule in RULES if rule.word in words)


def _read(bead: Bead, zh: Document, en: Document) -> tuple[set[str], Body]:
    """Give the flags that a bead's texts earn by themselves, and its texts without labels."""
    left, zh_body = _join(zh, bead.zh, "")
    right, en_body = _join(en, bead.en, " ")
    body = zh_body, en_body
    return words_of(read_pair(left, right, body)), body


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
