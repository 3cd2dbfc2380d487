"""The flags of a document: every bead's own, and those that its neighbours make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment import Bead
from align.doubt.flags import flags_of
from align.doubt.rules import REASONS
from align.quality.evaluate import gold_names
from benchmarks.flags import flag_gold
from corpora import Document, Sentence
from corpora.document import DroppedLine


def flag(pairs, beads=None):
    """Flag pairs of texts as the beads of one document."""
    zh = Document("zh", "zh", tuple(Sentence(pair[0]) for pair in pairs))
    en = Document("en", "en", tuple(Sentence(pair[1]) for pair in pairs))
    return flags_of(beads or [Bead((i, i + 1), (i, i + 1)) for i in range(len(pairs))], zh, en)


def test_neighbours_of_an_omission_are_flagged_and_the_omission_is_not():
    pairs = [("甲。", "A."), ("乙。", "B."), ("丙。", "C."), ("丁。", "D.")]
    beads = [
        Bead((0, 1), (0, 1)),
        Bead((1, 2), (1, 1)),
        Bead((2, 3), (1, 3)),
        Bead((3, 4), (3, 4)),
    ]
    near = ("next-to-omission",)
    assert flag(pairs, beads) == [near, (), near, ()]


def test_flags_come_in_one_order_and_once():
    pairs = [("2006年5月16日CD/1978，25。", "25 27 28 29, 17 June 2007, CD/1979?")] * 2
    for found in flag(pairs):
        assert list(found) == [word for word in REASONS if word in found]
        assert len(found) > 2


def test_labels_count_for_no_length():
    label = "哈希姆·穆斯塔法先生(阿拉伯叙利亚共和国)(以阿拉伯语发言)："
    zh = Document("zh", "zh", (Sentence(label + "谢谢主席。", label=len(label)),))
    en = Document("en", "en", (Sentence("Thank you."),))
    assert "length-odd" not in flags_of([Bead((0, 1), (0, 1))], zh, en)[0]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_gets_known_flags(pairs):
    found = flag(pairs)
    assert len(found) == len(pairs)
    assert all(set(flags) <= set(REASONS) for flags in found)


def test_no_bead():
    assert flags_of([], Document("zh", "zh", ()), Document("en", "en", ())) == []


MOST_FALSE_ALARMS = 0.02
"""Of right beads of records, by rule; `next-to-omission` says nothing about the bead itself."""


@pytest.mark.parametrize("folder", ["spv", "cdpv-1579-part1"])
def test_false_alarms_on_records_with_gold(shared, folder):
    assert gold_names(shared / "gold" / folder)
    found = flag_gold(shared / "gold" / folder)
    for word in set(REASONS) - {"next-to-omission"}:
        assert sum(word in flags for flags in found) <= MOST_FALSE_ALARMS * len(found), word


def test_the_bead_above_much_text_that_was_left_out_bears_a_flag():
    said = "The delegations spoke of the roads for the whole of the morning, and of the stations."
    zh = Document("zh", "zh", tuple(Sentence("我们同意。", line=n) for n in (1, 2, 3, 4)))
    en = Document("en", "en", tuple(Sentence("We agree to it.", line=n) for n in (1, 2, 6, 7)))
    beads = [Bead((n, n + 1), (n, n + 1)) for n in range(4)]
    word = "large-omission-of-furniture"
    assert not any(word in flags for flags in flags_of(beads, zh, en))
    lost = tuple(DroppedLine(said, 0, number, "hidden text") for number in (3, 4, 5))
    flagged = flags_of(beads, zh, replace(en, dropped=lost))
    assert [word in flags for flags in flagged] == [False, True, False, False]
