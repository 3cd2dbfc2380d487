"""Matching documents by content: the right ones, the one-sided, the alike, those told apart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from align.matching import (
    HEAD,
    LEAST_CONFIDENCE,
    Match,
    document_vectors,
    sort_matches,
    tell_apart,
    weigh_documents,
)

SENTENCES = 40


@pytest.fixture(scope="module")
def records(toy, document):
    """Twelve made-up records, every fifth sentence of which is a formula that all of them have."""
    formulas = toy.sentences(8, seed=99)
    zh, en = [], []
    for seed in range(12):
        left, right = toy.sentences(SENTENCES, seed)
        for place in range(0, SENTENCES, 5):
            left[place], right[place] = (side[place // 5] for side in formulas)
        zh.append(document("zh", left, name=f"{seed}.zh.txt"))
        en.append(document("en", right, name=f"{seed}.en.txt"))
    return zh, en


def joined(zh, en, encoder):
    return sort_matches(weigh_documents(zh, en, encoder))[0]


def numbers(matches):
    return [(match.zh, match.en) for match in matches]


def test_records_find_each_other_in_any_order(records, tiny):
    zh, en = records
    order = list(range(len(en)))
    random.Random(3).shuffle(order)
    matches = joined(zh, [en[place] for place in order], tiny)
    assert numbers(matches) == [(i, order.index(i)) for i in range(len(zh))]
    assert all(match.confidence >= LEAST_CONFIDENCE for match in matches)


def test_one_sided_records_stay_alone(records, tiny):
    zh, en = records
    assert numbers(joined(zh[:8], en[4:], tiny)) == [(4, 0), (5, 1), (6, 2), (7, 3)]
    assert joined(zh[:4], en[4:], tiny) == []
    assert joined(zh[:1], en[1:2], tiny) == []


def test_a_single_pair_is_found(records, tiny):
    assert numbers(joined(records[0][:1], records[1][:1], tiny)) == [(0, 0)]


def test_of_two_versions_none_is_guessed_and_both_are_told(records, tiny):
    zh, en = records
    joined, doubtful = sort_matches(weigh_documents(zh[:3], [*en[:3], en[1]], tiny))
    assert numbers(joined) == [(0, 0), (2, 2)]
    assert numbers(doubtful) == [(1, 1), (1, 3)]
    assert doubtful[0].confidence == doubtful[1].confidence <= 0.5


def test_a_part_of_a_record_is_not_the_record(records, tiny):
    zh, en = records
    part = replace(en[0], sentences=en[0].sentences[:8])
    assert joined(zh[:1], [part], tiny) == []


def test_a_record_that_goes_on_long_after_the_other_ends_is_another(toy, tiny, document):
    zh, en = toy.sentences(4 * HEAD, seed=5)
    whole, part = document("zh", zh), document("en", en[:HEAD])
    assert joined([whole], [part], tiny) == []
    assert joined([whole], [document("en", en[: 2 * HEAD])], tiny)


def test_a_record_without_its_last_third_is_still_found(records, tiny):
    zh, en = records
    part = replace(en[0], sentences=en[0].sentences[:27])
    assert numbers(joined(zh, [part, *en[1:]], tiny))[0] == (0, 0)


def test_the_same_sentences_in_reverse_are_another_record(records, tiny):
    zh, en = records
    turned = replace(en[0], sentences=en[0].sentences[::-1])
    # Not even tried: hardly any neighbours are in order.
    assert weigh_documents(zh[:1], [turned], tiny) == []


@pytest.mark.parametrize(
    ("zh", "en", "apart"),
    [
        ({"symbol": "CD/PV.7"}, {"symbol": "CD/PV.8"}, True),
        ({"symbol": "CD/PV.7"}, {"symbol": "cd/pv. 7"}, False),
        ({"symbol": "CD/PV.7"}, {}, False),
        ({"meeting": 7}, {"meeting": 8}, True),
        ({"meeting": 7}, {"meeting": 7}, False),
        ({"meeting": 7}, {}, False),
        ({"date": date(2024, 5, 30)}, {"date": date(2024, 5, 31)}, False),
        ({"date": date(2024, 5, 30)}, {"date": date(2024, 6, 1)}, True),
        ({}, {}, False),
    ],
)
def test_what_documents_say_of_themselves_goes_first(records, tiny, zh, en, apart):
    left, right = replace(records[0][0], **zh), replace(records[1][0], **en)
    assert tell_apart(left, right) is apart
    assert bool(joined([left], [right], tiny)) is not apart


def test_nothing_to_match_gives_nothing(records, tiny, document):
    zh, en = records
    assert joined([], en, tiny) == joined(zh, [], tiny) == []
    assert joined([document("zh", [])], en, tiny) == []
    assert joined([document("zh", [])], [document("en", [])], tiny) == []
    assert joined([document("zh", ["〇"] * 9)], [document("en", ["§"] * 9)], tiny) == []


def test_each_document_is_in_one_match_even_if_confidence_is_equal():
    same = [Match(i, j, 0.95) for i in range(2) for j in range(2)]
    joined, doubtful = sort_matches(same)
    assert len({match.zh for match in joined}) == len(joined) == len({m.en for m in joined})
    assert all(match not in joined for match in doubtful)


def test_what_all_documents_share_is_taken_out_of_their_vectors(tiny, records):
    from align.matching import _encode_head
    from align.settings import Settings

    sides = [_encode_head(one, tiny, Settings()) for one in records[0]]
    few, many = document_vectors(sides[:8]), document_vectors(sides)
    assert np.allclose(np.linalg.norm(many, axis=1), 1)
    assert abs((many @ many.T)[0, 1:].mean()) < 0.2 < (few @ few.T)[0, 1:].mean()
