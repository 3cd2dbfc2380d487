"""Texts made up of pairs, for what the gold has too little of: omissions, merges, freedom.

UN pairs that the encoder never saw become records with sentences dropped and joined, and freer
versions of these: of every sentence some words are left out on each side, so that its vectors are
as far from its partner's as in a novel. Verses of the Bible, whose translations share an original
and no more, become chapters: a narrative with dialogue, where one sentence on one side is often
several on the other. The encoder has learnt from the verses, so they may choose settings and judge
nothing.
"""

from __future__ import annotations

import gzip
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpora import Document, Sentence
from corpora.repair.sentences import split_sentences
from training.damaged import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.links import Link
    from corpora import Language
    from training.damaged import Record

    MadeUp = tuple[Document, Document, set[Link]]
    Group = tuple[list[str], list[str]]

MADE_UP_LENGTH = 200
"""Pairs of a made-up record."""

DROPPED, JOINED = 0.04, 0.06
"""Share of the sentences of a made-up record that are left out, and joined to the one before."""

FREER = ((0.3, 0.2), (0.5, 0.3), (0.6, 0.4))
"""Of the freer versions the share of the words that is left out, and that of the sentences joined:
the median score of 1-1 beads is then .28 to .49, in novels it is .32 to .54, in records .58."""

FREER_VERSES = ((0.0, 0.2), (0.15, 0.2), (0.3, 0.2))
"""The same for chapters of verses, which are freer already: .57 as they are, .46 in the last."""

CHAPTERS, VERSES = 24, 250
"""Chapters that are made up, each of verses that stand in a row, and how many verses each has."""

MOST_IN_A_VERSE = 5
"""Sentences of both sides that a bead of verses may have, before any are joined."""

_FULL_STOP = re.compile(r"[。.]$")
_STOP = {"zh": re.compile(r"[。！？][」』”’）]*$"), "en": re.compile(r"[.!?][”’\"')]*$")}


def made_up(
    groups: Iterable[tuple[Sequence[str], Sequence[str]]], seed: int, joined: float = JOINED
) -> MadeUp:
    """Make a record of groups of sentences, each a bead, with some dropped and joined.

    Args:
        groups: sentences of both sides that translate each other.
        seed: of the dice.
        joined: share of the groups whose first sentence on one side becomes part of the one before,
            with a comma for the full stop.
    """
    random = np.random.default_rng(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    gold: list[Link] = []
    for group in groups:
        chance, side = random.random(), int(random.integers(2))
        own = [list(group[0]), list(group[1])]
        before: Link = ((), ())
        if chance < DROPPED:
            own[side] = []
        elif chance < DROPPED + joined and gold and all(gold[-1]):
            before = gold.pop()
            end, following = ("，", "") if side == 0 else (",", " ")
            sides[side][-1] = _FULL_STOP.sub(end, sides[side][-1]) + following + own[side].pop(0)
        starts = len(sides[0]), len(sides[1])
        for k in (0, 1):
            sides[k].extend(own[k])
        zh, en = (before[k] + tuple(range(starts[k], len(sides[k]))) for k in (0, 1))
        # Sentences that are left out are omitted one by one.
        gold += [(zh, en)] if zh and en else [((i,), ()) for i in zh] + [((), (j,)) for j in en]
    name = f"made-up-{seed}"
    zh_doc = Document(name, "zh", tuple(Sentence(text) for text in sides[0]))
    en_doc = Document(name, "en", tuple(Sentence(text) for text in sides[1]))
    return zh_doc, en_doc, set(gold)


def singles(zh: Sequence[str], en: Sequence[str]) -> Iterator[Group]:
    """Take each sentence and its translation for a group."""
    return (([left], [right]) for left, right in zip(zh, en, strict=True))


def made_up_records(text: Record, variants: int) -> Iterator[MadeUp]:
    """Make records of pairs, several of the same ones with other sentences dropped and joined."""
    for part, (zh, en) in enumerate(_parts(text)):
        for variant in range(variants):
            yield made_up(singles(zh, en), part * variants + variant)


def freer_records(text: Record) -> Iterator[MadeUp]:
    """Make records of pairs in the versions of `FREER`."""
    for part, (zh, en) in enumerate(_parts(text)):
        for share, joined in FREER:
            thin = thinned(zh, "zh", share, part), thinned(en, "en", share, part)
            yield made_up(singles(*thin), part, joined)


def freer_chapters(shared: Path = SHARED) -> Iterator[MadeUp]:
    """Make chapters of verses, in the versions of `FREER_VERSES` in turn."""
    with gzip.open(shared / "training/parallel/bible_cuv_bsb.tsv.gz", "rt", encoding="utf-8") as f:
        verses = [line.rstrip("\n").split("\t")[:2] for line in f]
    for number in range(CHAPTERS):
        first = (2 * number + 1) * len(verses) // (2 * CHAPTERS)
        groups = list(beads_of_verses(verses[first : first + VERSES]))
        share, joined = FREER_VERSES[number % len(FREER_VERSES)]
        yield made_up(_thin_groups(groups, share, number), number, joined)


def beads_of_verses(verses: Iterable[Sequence[str]]) -> Iterator[Group]:
    """Part verses into beads: as many as end in a stop on both sides, if one side is one sentence.

    Of several sentences on both sides nobody knows which translates which; these are left out.
    """
    zh = en = ""
    for verse in verses:
        zh, en = zh + verse[0], f"{en} {verse[1]}".strip()
        if _STOP["zh"].search(zh) and _STOP["en"].search(en):
            group = split_sentences(zh, "zh"), split_sentences(en, "en")
            zh = en = ""
            if min(map(len, group)) == 1 and sum(map(len, group)) <= MOST_IN_A_VERSE:
                yield group


def thinned(texts: Sequence[str], language: Language, share: float, seed: int) -> list[str]:
    """Leave out this share of the words of each text, but for its last one with the stop.

    Two Chinese characters count for a word.
    """
    random = np.random.default_rng(seed)
    parts = re.compile(r"..?" if language == "zh" else r"\S+\s*", re.DOTALL)
    found = (parts.findall(text) for text in texts)
    return [
        "".join(p for n, p in enumerate(words, 1) if n == len(words) or random.random() >= share)
        for words in found
    ]


def _thin_groups(groups: Sequence[Group], share: float, seed: int) -> Iterator[Group]:
    """Thin the sentences of both sides, group by group."""
    left, right = ([text for group in groups for text in group[side]] for side in (0, 1))
    zh, en = iter(thinned(left, "zh", share, seed)), iter(thinned(right, "en", share, seed))
    for ours, theirs in groups:
        yield list(islice(zh, len(ours))), list(islice(en, len(theirs)))


def _parts(text: Record) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for start in range(0, len(text.zh), MADE_UP_LENGTH):
        part = slice(start, start + MADE_UP_LENGTH)
        yield text.zh[part], text.en[part]
