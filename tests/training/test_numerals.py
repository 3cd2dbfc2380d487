"""Which pieces spell numbers, and what they are made of."""

from __future__ import annotations

import numpy as np
import pytest
import regex

from align.encoder import UNKNOWN
from training.numerals import (
    LENGTH,
    SELDOM,
    SPELT,
    add_numerals,
    digits,
    lengthen_numbers,
    made_pieces,
)
from training.vocabulary import WHOLE_NUMBERS, new_tokenizer

MADE = made_pieces()


@pytest.mark.parametrize(
    ("piece", "parts"),
    [
        ("十一", ("11",)),
        ("二十", ("20",)),
        ("九十九", ("99",)),
        ("第六十九", ("第", "69")),
        ("第十二", ("第", "12")),
        ("十二月", ("12", "月")),
        ("三十一日", ("31", "日")),
        ("twenty-one", ("21",)),
        ("twenty-first", ("21", "st")),
        ("forty-second", ("42", "nd")),
        ("fifty-third", ("53", "rd")),
        ("sixty-ninth", ("69", "th")),
        ("一九九五", ("1995",)),
        ("二〇一五", ("2015",)),
        ("二零一五", ("2015",)),
        ("二○〇五", None),
        ("二○○五", ("2005",)),
        ("一", None),
        ("十", None),
        ("一百", None),
        ("十三月", None),
        ("三十二日", None),
        ("二十-one", None),
        ("twelve", None),
        ("twenty-ten", None),
        ("一八九九", None),
    ],
)
def test_what_a_number_is_made_of(piece, parts):
    assert MADE.get(piece) == parts


def test_every_part_but_what_stands_beside_is_a_piece_of_digits():
    beside = {"第", "日", "月", "st", "nd", "rd", "th"}
    assert {part for parts in MADE.values() for part in parts} - beside <= set(digits())
    assert not set(MADE) & set(digits())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sixty-ninth session", ["sixty-ninth"]),
        ("a twenty-one-gun salute", ["twenty-one"]),
        ("ninety-nines", []),
        ("sixty ninth", []),
        ("sixteen-one", []),
        ("forty-fourth", ["forty-fourth"]),
    ],
)
def test_numbers_with_a_hyphen_are_found_whole(text, found):
    assert regex.findall(SPELT, text) == found
    assert all(word in MADE for word in found)


def test_only_numbers_seen_seldom_get_a_long_vector():
    vocabulary = {"0": 0, "7366": 1, "2015": 2, "主席": 3, "9998": 4}
    counts = np.array([9000, 0, SELDOM, 0, SELDOM - 1])
    vectors = np.full((5, 8), 0.1, dtype=np.float32)
    before = vectors.copy()
    longer = lengthen_numbers(vectors, counts, vocabulary, seed=1)
    assert longer.dtype == np.float32
    assert (vectors == before).all()
    assert (longer[[0, 2, 3]] == before[[0, 2, 3]]).all()
    assert np.linalg.norm(longer[[1, 4]], axis=1) == pytest.approx(LENGTH)
    assert abs(longer[1] @ longer[4]) < 0.99 * LENGTH**2
    again = lengthen_numbers(vectors, counts, vocabulary, seed=1)
    assert longer.tobytes() == again.tobytes()
    assert longer.tobytes() != lengthen_numbers(vectors, counts, vocabulary, seed=2).tobytes()


PARTS = (*"第届会议年日-", "sixty", "ninth", "session", "th", "first", "twenty")


@pytest.fixture(scope="module")
def spelt():
    """A vocabulary without `st`, in which 十二日 is a piece already, and what it becomes."""
    pieces = [(UNKNOWN, -50.0), *((piece, -10.0) for piece in (*PARTS, "十二日"))]
    pieces += [(str(number), -12.0 - number % 2) for number in (*range(100), 1995, 2015)]
    vectors = np.random.default_rng(0).normal(size=(len(pieces), 8)).astype(np.float32)
    added, table = add_numerals(pieces, vectors)
    return pieces, vectors, added, table


def test_spelt_numbers_are_added_behind_the_pieces(spelt):
    pieces, vectors, added, table = spelt
    assert added[: len(pieces)] == pieces
    assert len(added) == len(table) > len(pieces)
    assert table.dtype == np.float32
    names = [piece for piece, _ in added]
    assert len(set(names)) == len(names)
    assert {score for _, score in added[len(pieces) :]} == {-13.0}
    # 月 and `st` are no pieces here, so nothing can be made of them.
    assert not {"十二月", "twenty-first", "一九九六"} & set(names)
    changed = (table[: len(pieces)] != vectors).any(axis=1)
    assert [names[row] for row in np.flatnonzero(changed)] == ["十二日"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第六十九届会议", ["第", "69", "届", "会", "议"]),
        ("Sixty-ninth session", ["69", "th", "session"]),
        ("一九九五年", ["1995", "年"]),
        ("二〇一五年", ["2015", "年"]),
        ("十二日", ["12", "日"]),
        ("69", ["69"]),
        ("sixty ninth", ["sixty", "ninth"]),
    ],
)
def test_a_number_is_one_whatever_it_is_written_in(spelt, text, parts):
    pieces, vectors, added, table = spelt
    rows = {piece: row for row, (piece, _) in enumerate(pieces)}
    tokens = new_tokenizer(added, WHOLE_NUMBERS).encode(text, add_special_tokens=False).ids
    expected = vectors[[rows[part] for part in parts]].sum(axis=0)
    assert table[tokens].sum(axis=0) == pytest.approx(expected, abs=1e-5)


def test_nothing_is_added_where_every_spelt_number_is_a_piece(spelt):
    _, _, added, table = spelt
    again, same = add_numerals(added, table)
    assert again == added
    assert same == pytest.approx(table)
