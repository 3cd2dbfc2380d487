"""Linking of candidates: none across another, fragments dropped, counts by unit."""

from __future__ import annotations

import numpy as np

from align.terms.candidates import Candidate
from align.terms.inventory import fragments, take_inventory
from align.terms.linking import compete, joint_counts


def places(*spans):
    return np.array(spans, dtype=np.int64)


def linked(left, right, likeness, holds=None):
    holds = np.ones(len(left), dtype=np.bool_) if holds is None else np.array(holds)
    return list(compete(left, right, np.array(likeness, dtype=np.float32), holds))


def test_a_part_cannot_steal_the_whole():
    # Chinese 0 is the whole (0-4), 1 its first half; English the same.
    left, right = places((0, 4), (0, 2)), places((0, 20), (0, 9))
    assert linked(left, right, [[0.9, 0.6], [0.85, 0.5]]) == [(0, 0, True), (1, 1, False)]


def test_links_do_not_cross():
    # 0 lies inside 1 in Chinese; in English they are apart.
    left, right = places((0, 2), (0, 4)), places((0, 5), (6, 10))
    assert linked(left, right, [[0.9, 0.1], [0.1, 0.8]]) == [(0, 0, True)]


def test_a_phrase_with_de_does_not_make_its_parts_fragments():
    left, right = places((0, 4), (0, 2)), places((0, 20), (11, 20))
    likeness = [[0.9, 0.1], [0.1, 0.8]]
    assert linked(left, right, likeness, [False, True])[1] == (1, 1, True)
    assert linked(left, right, likeness, [True, True])[1] == (1, 1, False)


def test_the_unlike_is_not_linked():
    assert linked(places((0, 2)), places((0, 5)), [[0.2]]) == []


def test_fragments_are_what_one_word_nearly_always_follows():
    counts = {"mass": 10, "mass herring": 10, "herring": 30}
    words = {"mass": 1, "mass herring": 2, "herring": 1}
    assert fragments(counts, words, set()) == {"mass"}
    assert fragments(counts | {"mass": 20}, words, set()) == set()


def test_a_weak_candidate_stays_only_where_it_takes_the_rest_up():
    words = {"建立信任": 2, "信任": 1}
    assert fragments({"建立信任": 2, "信任": 2}, words, {"建立信任"}) == {"信任"}
    assert fragments({"建立信任": 2, "信任": 9}, words, {"建立信任"}) == {"建立信任"}


def candidate(key, start=0):
    return Candidate(start, start + len(key), key, key, 1)


def test_units_are_counted_once_however_often_a_candidate_stands():
    zh = take_inventory([[candidate("鱼"), candidate("鱼", 5)], [candidate("鱼")]], [9, 9], 2)
    en = take_inventory([[candidate("fish"), candidate("net", 6)], [candidate("fish")]], [9, 9], 1)
    assert zh.units.tolist() == [2]
    codes, counts = joint_counts(zh, en)
    assert dict(zip(codes.tolist(), counts.tolist(), strict=True)) == {0: 2, 1: 1}


def test_the_rare_is_left_out():
    found = [[candidate("鱼")], [candidate("网")], [candidate("鱼")]]
    assert take_inventory(found, [1, 1, 1], 2).keys == ["鱼"]
