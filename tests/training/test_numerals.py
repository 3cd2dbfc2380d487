"""Which pieces spell numbers, and what they are made of."""

from __future__ import annotations

import pytest
import regex

from align.encoder.static import UNKNOWN
from training.numerals import SPELT, digits, made_pieces, numeral_parts, with_numerals
from training.train import put_parts, tokenize
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


PARTS = (*"第届会议年日-", "sixty", "ninth", "session", "th", "first", "twenty")


@pytest.fixture(scope="module")
def pieces():
    """A vocabulary without `st`, in which 十二日 is a piece already."""
    found = [(UNKNOWN, -50.0), *((piece, -10.0) for piece in (*PARTS, "十二日"))]
    return found + [(str(number), -12.0 - number % 2) for number in (*range(100), 1995, 2015)]


def test_spelt_numbers_are_added_behind_the_pieces(pieces):
    added = with_numerals(pieces)
    assert added[: len(pieces)] == pieces
    names = [piece for piece, _ in added]
    assert len(set(names)) == len(names) > len(pieces)
    assert {score for _, score in added[len(pieces) :]} == {-13.0}
    # 月 and `st` are no pieces here, so nothing can be made of them.
    assert not {"十二月", "twenty-first", "一九九六"} & set(names)
    assert with_numerals(added) == added


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
def test_a_number_is_one_whatever_it_is_written_in(pieces, text, parts):
    tokenizer = new_tokenizer(with_numerals(pieces), WHOLE_NUMBERS)
    rows = tokenizer.get_vocab()
    bags = put_parts(tokenize([text, "69"], tokenizer), numeral_parts(rows), len(rows))
    assert bags.tokens[: bags.starts[1]].tolist() == [rows[part] for part in parts]
    assert bags.tokens[bags.starts[1] :].tolist() == [rows["69"]]
