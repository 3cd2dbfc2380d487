"""The table of translations: learnt, written, read, and the same again."""

from __future__ import annotations

import numpy as np
import pytest

from align import load_encoder
from align.renderings.translations import TABLE, Translations, translations
from training import translations as training


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.fixture
def made(encoder, pairs_of, tmp_path, monkeypatch):
    monkeypatch.setattr(training, "SLOTS", 1 << 16)

    def make(name):
        pieces = len(encoder.vectors())
        codes, kept = training.likely_pairs(*training.part([pairs_of(400)], encoder), pieces)
        path = tmp_path / name
        count = training.write_table(path, codes, *training.learn(codes, kept, pieces), encoder)
        assert count
        return path

    return make


def single(encoder, *words):
    return all(len(encoder.tokenize([word])[0]) == 1 for word in words)


def number(encoder, word):
    [[piece]] = encoder.tokenize([word])
    return piece


def test_words_that_go_together_are_translations(made, encoder, words):
    table = Translations.read(made("t.npz"))
    words = [(zh, en) for zh, en in words.items() if single(encoder, zh, en)]
    zh = np.array([number(encoder, one) for one, _ in words])
    en = np.array([number(encoder, other) for _, other in words])
    forward, backward = table.between(zh, en)
    assert forward.shape == (len(words), len(words))
    for given in (forward, backward):
        right = np.diagonal(given)
        assert (right > 0.5).mean() > 0.9
        assert given.sum() - right.sum() < 0.3 * right.sum()


def test_the_same_input_gives_the_same_bytes(made):
    assert made("one.npz").read_bytes() == made("two.npz").read_bytes()


def test_equal_words_and_unknown_ones(made, encoder):
    table = Translations.read(made("t.npz"))
    zh, en = number(encoder, "裁军"), number(encoder, "disarmament")
    forward, _ = table.between(np.array([zh, 0, zh]), np.array([en, 0, en]))
    assert forward[0, 0] == forward[0, 2] == forward[2, 0] > 0
    assert not forward[1].any()
    assert not forward[:, 1].any()


def test_what_ships_is_of_the_shipped_encoder_and_small(encoder):
    assert translations(encoder.signature) is not None
    assert translations("another") is None
    assert TABLE.stat().st_size < 4_000_000
