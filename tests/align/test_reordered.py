"""Passages moved within made-up documents, and what is no moved passage."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from align import Settings, align_pair, load_encoder
from align.alignment import Reordered
from align.pair import find_steps
from align.reordered import LEAST, find_reordered
from align.runner_up import Step
from corpora import read_document

SWAPPED = (10, 20, 30, 42)
"""English sentences of the bundled sample: half-open ranges of two passages that change places."""

SEEN = (Reordered((11, 20), (32, 42)), Reordered((20, 30), (22, 32)))
"""The first passage where the second was; and what stood between the two, which is as long as the
second, is the one that is told as moved: of two that pass each other, either may be."""


def moved(texts, start, stop, to):
    """Take `texts[start:stop]` out and put it before what was number `to`."""
    block, rest = texts[start:stop], texts[:start] + texts[stop:]
    place = to - (stop - start) if to > start else to
    return rest[:place] + block + rest[place:]


MOVES = [
    ("forward", 10, 20, 50, Reordered((10, 20), (40, 50))),
    ("back", 40, 46, 5, Reordered((40, 46), (5, 11))),
    ("to the end", 0, 8, 60, Reordered((0, 8), (52, 60))),
    ("to the beginning", 50, 60, 0, Reordered((50, 60), (0, 10))),
    ("of the least length", 20, 20 + LEAST, 45, Reordered((20, 23), (42, 45))),
]


@pytest.mark.parametrize(("name", "start", "stop", "to", "passage"), MOVES)
def test_a_passage_that_was_moved(toy, tiny, document, name, start, stop, to, passage):
    zh, en = toy.sentences(60, seed=4)
    alignment = align_pair(document("zh", zh), document("en", moved(en, start, stop, to)), tiny)
    assert alignment.reordered == (passage,)
    for bead in alignment.beads:
        inside = bead.is_null and (
            passage.zh[0] <= bead.zh[0] < bead.zh[1] <= passage.zh[1]
            or passage.en[0] <= bead.en[0] < bead.en[1] <= passage.en[1]
        )
        assert ("reordered" in bead.flags) == inside
        if not bead.is_null:  # the rest stays aligned
            assert moved(en, start, stop, to)[bead.en[0]] == en[bead.zh[0]]


def test_two_passages_change_places():
    """With the shipped encoder, on the bundled sample: what stands between stays aligned."""
    sample = files("cdtm") / "sample"
    zh, en = (read_document(Path(str(sample / f"CD_PV.9999.{x}.txt"))) for x in ("zh", "en"))
    texts = en.sentences
    a, b, c, d = SWAPPED
    swapped = replace(en, sentences=texts[:a] + texts[c:d] + texts[b:c] + texts[a:b] + texts[d:])
    encoder = load_encoder()
    assert align_pair(zh, en, encoder).reordered == ()
    alignment = align_pair(zh, swapped, encoder)
    assert alignment.reordered == SEEN
    lone = [bead for bead in alignment.beads if bead.is_null]
    assert sum("reordered" in bead.flags for bead in lone) >= b - a
    after = [bead for bead in alignment.beads if bead.zh[0] >= 45]
    assert after
    assert not any(bead.is_null for bead in after)


@pytest.mark.parametrize("sides", ["zh", "en", "both"])
def test_what_is_left_out_is_not_reordered(toy, tiny, document, sides):
    zh, en = toy.sentences(60, seed=6)
    zh_left = zh if sides == "en" else zh[:20] + zh[28:]
    en_left = en if sides == "zh" else en[:40] + en[48:]
    alignment = align_pair(document("zh", zh_left), document("en", en_left), tiny)
    assert sum(bead.is_null for bead in alignment.beads) >= 8
    assert alignment.reordered == ()


def test_courtesies_that_are_missing_here_and_there_are_not_reordered(toy, tiny, document):
    zh, en = toy.sentences(60, seed=7)
    zh[50] = zh[10] = toy.sentence([1, 2, 3])[0]
    en[50] = en[10] = toy.sentence([1, 2, 3])[1]
    alignment = align_pair(
        document("zh", zh[:10] + zh[11:]), document("en", en[:50] + en[51:]), tiny
    )
    assert alignment.reordered == ()


def test_sentences_that_are_like_nothing_are_left_alone(toy, tiny, document):
    zh, en = toy.sentences(12, seed=8)
    _, left, right = find_steps(document("zh", zh), document("en", en), tiny, Settings())
    steps = [Step((i, i + 1), (i, i), 0.0) for i in range(12)]
    assert find_reordered(steps, left, right) == []
    _, other = toy.sentences(12, seed=900)
    _, left, right = find_steps(document("zh", zh), document("en", other), tiny, Settings())
    steps += [Step((12, 12), (j, j + 1), 0.0) for j in range(12)]
    assert find_reordered(steps, left, right) == []
