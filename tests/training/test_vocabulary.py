"""Which pieces are chosen, and how the tokenizer cuts."""

from __future__ import annotations

from collections import Counter

import pytest

from align.encoder.static import UNKNOWN
from training import vocabulary as module
from training.corpus import Pairs, Source
from training.vocabulary import _affixes, choose_pieces, count_words, new_tokenizer

pytest.importorskip("rjieba", reason="rjieba, which cuts Chinese words, is not installed")


def pieces_of(tokenizer, text):
    return tokenizer.encode(text, add_special_tokens=False).tokens


def of(zh, en, repeat=1):
    return Pairs(Source("toy", "parallel", "none", repeat), zh, en, 0)


def test_a_word_beats_its_parts(tokenizer, words):
    for zh, en in words.items():
        if zh != "外层空间":
            assert pieces_of(tokenizer, zh) == [zh]
        assert pieces_of(tokenizer, en) == [en]
    assert pieces_of(tokenizer, "裁军谈判会议。") == ["裁军", "谈判", "会议", "。"]
    # The parts are pieces too; only the price of each piece makes the whole word win.
    vocabulary = tokenizer.get_vocab()
    assert {"裁", "军", "d", "i", "s", "裁军", "disarmament"} <= set(vocabulary)


def test_without_the_price_of_a_piece_parts_would_win(corpus, monkeypatch):
    """What `PIECE_COST` is for: a rare word of frequent characters."""
    zh = ["会"] * 4 + ["议"] * 4
    pieces = [(UNKNOWN, -50.0), ("会", -1.0), ("议", -1.0), ("会议", -4.0)]
    cheap = new_tokenizer(pieces)
    assert pieces_of(cheap, "会议") == ["会", "议"]
    dear = new_tokenizer([(piece, score - module.PIECE_COST) for piece, score in pieces])
    assert pieces_of(dear, "会议") == ["会议"]
    chosen = dict(choose_pieces([of([*zh, "会议"], ["a"] * 9)]))
    assert pieces_of(new_tokenizer(list(chosen.items())), "会议") == ["会议"]


def test_a_word_that_was_never_seen_is_cut_into_known_parts(tokenizer):
    cut = pieces_of(tokenizer, "disarmaments")
    assert cut == ["disarmament", "s"]
    assert UNKNOWN not in pieces_of(tokenizer, "nucleation")


@pytest.mark.parametrize("number", ["0", "7", "42", "1579", "9999"])
def test_numbers_to_ten_thousand_are_pieces(tokenizer, number):
    assert pieces_of(tokenizer, number) == [number]


def test_numbers_stand_apart_from_words(tokenizer):
    assert pieces_of(tokenizer, "报告1579会议") == ["报告", "1579", "会议"]
    assert pieces_of(tokenizer, "report1579.") == ["report", "1579", "."]
    assert "".join(pieces_of(tokenizer, "1234567")) == "1234567"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("DISARMAMENT", "disarmament"),
        ("Président", "president"),
        ("ＴＲＥＡＴＹ", "treaty"),
        ("tre\u0301aty", "treaty"),
        ("１５７９", "1579"),
        ("①", "1"),
        ("  treaty\u3000\n", "treaty"),
        ("Ⅳ", "iv"),
        ("．", "."),
    ],
)
def test_case_width_and_accents(tokenizer, written, plain):
    assert pieces_of(tokenizer, written) == pieces_of(tokenizer, plain)


def test_what_is_not_in_the_vocabulary_is_unknown(tokenizer):
    ids = tokenizer.encode("龘", add_special_tokens=False).ids
    assert ids == [tokenizer.token_to_id(UNKNOWN)] == [0]
    encoded = tokenizer.encode("裁军龘会议", add_special_tokens=False)
    assert encoded.ids.count(0) == 1
    assert tokenizer.encode("", add_special_tokens=False).ids == []
    assert tokenizer.encode(" \u3000\n", add_special_tokens=False).ids == []


def test_the_word_unk_is_not_the_unknown(tokenizer):
    assert pieces_of(tokenizer, UNKNOWN) != [UNKNOWN]


def test_the_same_corpus_gives_the_same_pieces(corpus):
    first, again = choose_pieces(corpus), choose_pieces(corpus)
    assert first == again
    assert new_tokenizer(first).to_str() == new_tokenizer(again).to_str()
    assert first[0][0] == UNKNOWN
    names = [piece for piece, _ in first]
    assert len(set(names)) == len(names)
    scores = [score for _, score in first]
    assert scores[0] < min(scores[1:])
    assert scores[1:] == sorted(scores[1:], reverse=True)


def test_counts():
    corpus = [of(["裁军Ａ会议"], ["The Café the"]), of(["会议"], ["the x"], repeat=3)]
    zh, en, chars = count_words(corpus)
    assert zh == Counter({"会议": 1 + 3, "裁军": 1})
    assert en == Counter({"the": 2 + 3, "cafe": 1, "x": 3})
    assert chars["会"] == 4
    assert chars["a"] == 2
    assert chars["é"] == 0


def test_the_most_frequent_words_get_in(monkeypatch):
    monkeypatch.setattr(module, "ENGLISH_WORDS", 2)
    monkeypatch.setattr(module, "CHINESE_WORDS", 1)
    corpus = [of(["会议会议裁军"], ["treaty treaty treaty report report missile"])]
    names = {piece for piece, _ in choose_pieces(corpus)}
    assert {"treaty", "report", "会议", "裁", "军"} <= names
    assert not {"missile", "裁军"} & names
    # Of the word that did not get in there are its beginnings and ends.
    assert {"mi", "missil", "ile", "issile"} <= names


def test_affixes_are_of_words_without_a_piece():
    words = Counter({"treaty": 3, "trees": 2, "the": 9, "known": 50})
    found = _affixes(words, {"known"}, 4)
    assert found.most_common(1) == [("tr", 5)]
    assert found["tre"] == 5
    assert len(found) == 4
    every = _affixes(words, {"known"}, 99)
    assert every["eaty"] == 3
    assert "treaty" not in every
    assert not any(affix in "the known" for affix in every if len(affix) > 3)
