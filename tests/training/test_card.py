"""The figures of the card, and the card for people."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed: training needs cdtm[encoders]")

from training.card import NAME, card_text, make_card, retrieval
from training.corpus import Pairs, Source
from training.pack import quantize
from training.train import Recipe


def table_of(tokenizer, vectors_of):
    table = np.zeros((tokenizer.get_vocab_size(), 4), dtype=np.float32)
    for word, vector in vectors_of.items():
        table[tokenizer.token_to_id(word)] = vector
    return table


def held(zh, en):
    return Pairs(Source("toy", "parallel", "CC0", 2), zh, en, 3)


def test_retrieval_counts_whose_translation_is_nearest(tokenizer):
    table = table_of(
        tokenizer,
        {
            "裁军": [1, 0, 0, 0],
            "disarmament": [2, 0, 0.1, 0],
            "会议": [0, 1, 0, 0],
            "conference": [0, 3, 0.1, 0],
            "条约": [0, 0, 1, 0],
            # This is nearer to 会议 than its own word, and no Chinese word is nearer to it.
            "treaty": [0, 5, 0, 0],
        },
    )
    pairs = held(["裁军", "会议", "条约"], ["disarmament", "conference", "treaty"])
    # 裁军 finds its own; 会议 finds treaty; 条约 finds disarmament, and no treaty.
    forth, back = retrieval(table, pairs, tokenizer)
    assert forth == pytest.approx(1 / 3)
    assert back == pytest.approx(2 / 3)
    assert retrieval(table, held(pairs.zh[:1], pairs.en[:1]), tokenizer) == (1.0, 1.0)


def test_retrieval_bears_texts_without_a_token(tokenizer):
    table = table_of(tokenizer, {"裁军": [1, 0, 0, 0], "disarmament": [2, 0, 0, 0]})
    forth, back = retrieval(table, held(["裁军", ""], ["disarmament", ""]), tokenizer)
    assert forth >= 0.5
    assert back >= 0.5


@pytest.fixture
def card(tokenizer, corpus, pairs_of, words):
    """Vectors that know the words, and their card."""
    vectors = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 16))
    for zh, en in words.items():
        vectors[tokenizer.token_to_id(en)] = vectors[tokenizer.encode(zh).ids].sum(axis=0)
    recipe = Recipe(dimensions=16)
    vectors = vectors.astype(np.float32)
    return vectors, make_card(vectors, tokenizer, corpus, pairs_of(40, seed=3), recipe)


def test_the_card_says_what_ships(card, tokenizer, pairs_of):
    vectors, made = card
    assert made["name"] == NAME
    assert made["pieces"] == len(vectors)
    assert made["dimensions"] == 16
    assert made["recipe"]["dimensions"] == 16
    rows, scales = quantize(vectors)
    restored = rows.astype(np.float32) * scales[:, None]
    forth, back = retrieval(restored, pairs_of(40, seed=3), tokenizer)
    assert min(forth, back) > 0.8
    assert made["figures"] == {
        "held-out UN pairs": 40,
        "right translation first, zh to en": round(forth, 4),
        "right translation first, en to zh": round(back, 4),
    }
    (source,) = made["sources"]
    assert source["pairs"] == 200
    assert source["licence"] == "none"
    assert json.loads(json.dumps(made)) == made


def test_other_vectors_other_version(card, tokenizer, corpus, pairs_of):
    vectors, made = card
    args = tokenizer, corpus, pairs_of(40, seed=3), Recipe(dimensions=16)
    assert make_card(vectors, *args)["version"] == made["version"]
    changed = vectors.copy()
    changed[5, 3] += 0.5
    assert make_card(changed, *args)["version"] != made["version"]
    assert len(made["version"]) == 8


def test_the_card_for_people_holds_the_same(card):
    _, made = card
    text = card_text(made)
    assert text.startswith(f"# {NAME} {made['version']}\n")
    assert f"{made['figures']['right translation first, zh to en']:.4f} (zh to en)" in text
    assert "| toy | parallel | 200 | 0 | 1 | none |" in text
    assert "negation" in text
    assert text.endswith("\n")
