"""The light tokenizer gives what the library's gives, or nothing."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.encoder.checks import CHECKSUMS
from align.encoder.pieces import PIECES, SCORES, describes
from align.encoder.static import FEW, MODEL, StaticEncoder
from corpora import read_document

LIGHT = StaticEncoder(MODEL)._pieces
ENCODER = StaticEncoder()


def by_library(text):
    found = ENCODER.tokenizer.encode(text, add_special_tokens=False)
    return [(n, start, end) for n, (start, end) in zip(found.ids, found.offsets, strict=True)]


def test_the_pieces_are_those_of_the_tokenizer():
    vocabulary = json.loads(ENCODER.tokenizer.to_str())["model"]["vocab"]
    assert (MODEL / PIECES).read_text("utf-8").split("\n")[:-1] == [
        piece for piece, _ in vocabulary
    ]
    assert np.load(MODEL / SCORES).tolist() == [score for _, score in vocabulary]
    assert max(len(piece) for piece, _ in vocabulary) <= 20


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "禁止核武器。",
        "Non-nuclear-weapon States, twenty-one twenty-oneself 3.5%",
        "第984（1995）号决议……ＮＰＴ℃Ⅱ½①μΣД",
        "欖芐迲龘龘 xyzzyqqj",  # unknown characters, alone and in a row
        "Ünïted Nâtions ﬁssile ß ø",
        "裁军𠀀谈判〇々",
        "カナあㄧ한",
    ],
)
def test_it_gives_what_the_library_gives_or_nothing(text):
    found = LIGHT.cut(text)
    assert found is None or found == by_library(text)


@pytest.mark.parametrize(
    "text", ["禁止核武器。", "Twenty-one States…", "龘龘 ℃Ⅱ μ", "“NPT”（1968）"]
)
def test_plain_text_is_cut(text):
    assert LIGHT.cut(text) == by_library(text)


def test_combining_marks_are_left_to_the_library():
    assert LIGHT.cut("e\u0301") is None
    mixed = ["e\u0301", "核武器"]
    assert StaticEncoder().cut(mixed) == [by_library(text) for text in mixed]


ODD = "℃μⅡ™ε欖龘…½①Ａ，％ßøłéσДカあ한𠀀〇×÷€㎡ﬁ\u00a0\u3000\u200b \n"
WORDS = st.sampled_from(["abc", "twenty-one", "核武器", "消极安全保证", "xyzzyq", "3", "-", "."])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=12))
def test_no_text_is_cut_otherwise(parts):
    text = "".join(parts)
    found = LIGHT.cut(text)
    assert found is None or found == by_library(text)


def test_every_sentence_of_the_records_is_cut_like_the_library_does(shared):
    for path in sorted((shared / "records").glob("*.txt")):
        for sentence in read_document(path).sentences:
            assert LIGHT.cut(sentence.text) == by_library(sentence.text)


def test_few_texts_do_without_the_library_and_get_the_same_vectors():
    texts = ["核裁军", "nuclear disarmament", "龘"]
    few, many = StaticEncoder(), StaticEncoder()
    assert np.array_equal(few.encode(texts), many.encode(texts * FEW)[: len(texts)])
    assert "tokenizer" not in vars(few)
    assert "tokenizer" in vars(many)


def test_another_tokenizer_is_not_described():
    told = json.loads(ENCODER.tokenizer.to_str())
    assert describes(told)
    assert not describes({**told, "normalizer": None})
    assert not describes({**told, "model": {**told["model"], "unk_id": 1}})
    longer = [*told["model"]["vocab"], ["x" * 21, -9.0]]
    assert not describes({**told, "model": {**told["model"], "vocab": longer}})


def test_a_model_without_its_own_pieces_is_cut_by_the_library(tmp_path):
    folder = shutil.copytree(MODEL, tmp_path / "model")
    for name in (PIECES, SCORES, CHECKSUMS):
        (folder / name).unlink()
    assert StaticEncoder(folder).cut(["裁军。"]) == ENCODER.cut(["裁军。"])
    assert StaticEncoder(folder)._pieces is None
