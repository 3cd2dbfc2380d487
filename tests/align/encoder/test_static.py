"""The static encoder adds up and never errs on odd text."""

from __future__ import annotations

import json

import numpy as np
import pytest

from align.encoder import static as module
from align.encoder.static import StaticEncoder
from training.pack import quantize, write_model
from training.vocabulary import new_tokenizer


def test_a_sentence_is_the_sum_of_its_tokens(toy, tiny):
    zh, en = toy.sentence([3, 9, 9, 40])
    for text in (zh, en):
        (pieces,) = tiny.tokenize([text])
        assert len(pieces) == 5
        expected = tiny.vectors(np.array(pieces)).sum(axis=0)
        np.testing.assert_allclose(tiny.encode([text])[0], expected, atol=1e-5)


def test_two_sentences_together_are_the_sum_of_both(toy, tiny):
    for side in toy.sentences(10, seed=1):
        apart = tiny.encode(side)
        together = tiny.encode([" ".join(side[:4]), " ".join(side[4:])])
        expected = np.stack([apart[:4].sum(axis=0), apart[4:].sum(axis=0)])
        np.testing.assert_allclose(together, expected, atol=1e-4)


def test_a_translation_is_the_nearest(toy, tiny):
    zh, en = toy.sentences(50, seed=2)
    z, e = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in map(tiny.encode, (zh, en)))
    assert ((z @ e.T).argmax(axis=1) == np.arange(50)).all()


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "\u3000", "\U0001f600", "ꙮꙮ", "\x00", "\ud7ff", "龘龘 龘", "xyzzy"]
)
def test_text_without_a_known_token_is_zeros(tiny, text):
    vectors = tiny.encode([text])
    assert vectors.shape == (1, 24)
    assert not vectors.any()


def test_unknown_characters_leave_the_others_alone(toy, tiny):
    zh, _ = toy.sentence([3, 9])
    alone, among = tiny.encode([zh, "龘" + zh + "\U0001f600"])
    assert alone.any()
    np.testing.assert_allclose(among, alone, atol=1e-6)


def test_no_text_no_rows(tiny):
    assert tiny.encode([]).shape == (0, 24)


def test_case_width_and_accents_do_not_matter(toy, tiny):
    word = toy.en[5]
    forms = [word, word.upper(), word[0] + "\u0301" + word[1:], f" {word}\t"]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in word)
    rows = tiny.encode([*forms, wide])
    assert rows[0].any()
    assert (rows == rows[0]).all()


@pytest.mark.parametrize("at_once", [1, 5, 17, 1000])
def test_the_same_text_has_the_same_vector_in_any_batch(toy, tiny, monkeypatch, at_once):
    zh, en = toy.sentences(12, seed=3)
    texts = [zh[0], "", *zh[1:], *en, "", zh[0], " ".join(en), ""]
    alone = np.concatenate([tiny.encode([text]) for text in texts])
    monkeypatch.setattr(module, "_TOKENS_AT_ONCE", at_once)
    assert tiny.encode(texts).tobytes() == alone.tobytes()
    assert tiny.encode(texts[::-1])[::-1].tobytes() == alone.tobytes()


def test_batches_hold_no_more_tokens_than_they_should(toy, tiny, monkeypatch):
    zh, _ = toy.sentences(12, seed=3)
    sizes = []
    inner = module._sum_bags

    def spy(bags, *rest):
        sizes.append([len(bag) for bag in bags])
        inner(bags, *rest)

    monkeypatch.setattr(module, "_sum_bags", spy)
    monkeypatch.setattr(module, "_TOKENS_AT_ONCE", 20)
    tiny.encode(["".join(zh), *zh])
    assert len(sizes) > 3
    # One text that is longer than a batch stands alone in it.
    assert len(sizes[0]) == 1
    assert sizes[0][0] > 20
    assert all(sum(batch) <= 20 for batch in sizes[1:])


def test_rounding_to_int8_is_bounded(tmp_path):
    random = np.random.default_rng(0)
    table = random.normal(size=(5, 40)).astype(np.float32) * [[1], [1e-3], [50], [0], [1]]
    table[0] = 0
    pieces = [("[UNK]", -9.0), *((c, -2.0) for c in "abcd")]
    write_model(
        tmp_path, table.astype(np.float32), new_tokenizer(pieces), {"name": "", "version": ""}
    )
    encoder = StaticEncoder(tmp_path)
    _, scales = quantize(table.astype(np.float32))
    error = np.abs(encoder.vectors() - table).max(axis=1)
    assert (error <= scales / 2 * (1 + 1e-5)).all()
    # A sum of k tokens is off by no more than the sum of their bounds.
    (row,) = encoder.encode(["a b a d"])
    assert (
        np.abs(row - (2 * table[1] + table[2] + table[4])).max() <= scales[[1, 1, 2, 4]].sum() / 2
    )
    assert error[1:3].all()


def test_the_signature_is_the_cards(tiny, tiny_folder, tmp_path):
    assert tiny.name == "toy"
    assert tiny.signature == "toy-7"
    assert tiny.additive
    for file in tiny_folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "card.json").write_text(json.dumps({"name": "toy", "version": "8"}), "utf-8")
    assert StaticEncoder(tmp_path).signature == "toy-8"
