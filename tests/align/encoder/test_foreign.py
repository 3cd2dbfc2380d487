"""Encoders of others come in by one door, which says what is missing."""

from __future__ import annotations

import builtins
import warnings

import numpy as np
import pytest

from align.encoder.foreign import SentenceTransformerEncoder
from align.encoder.load import load_encoder
from corpora import UserError
from training.vocabulary import new_tokenizer


@pytest.fixture(scope="session")
def st_folder(toy, tmp_path_factory):
    """A small sentence-transformers model that was never ours."""
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import StaticEmbedding

        pieces = [("[UNK]", -40.0), *((word, -10.0) for word in (*toy.zh, *toy.en))]
        weights = np.random.default_rng(1).normal(size=(len(pieces), 12)).astype(np.float32)
        model = SentenceTransformer(
            modules=[StaticEmbedding(new_tokenizer(pieces), embedding_weights=weights)],
            device="cpu",
        )
        folder = tmp_path_factory.mktemp("st") / "model"
        model.save(str(folder))
    return folder


def test_another_model_gives_unit_vectors(toy, st_folder):
    encoder = load_encoder(st_folder)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert not encoder.additive
    assert str(st_folder) in encoder.signature
    zh, en = toy.sentences(5)
    rows = encoder.encode([*zh, "", *en])
    assert rows.dtype == np.float32
    assert rows.shape == (11, 12)
    assert np.isfinite(rows).all()
    lengths = np.linalg.norm(rows, axis=1)
    np.testing.assert_allclose(np.delete(lengths, 5), 1.0, atol=1e-5)
    assert lengths[5] == 0
    np.testing.assert_allclose(encoder.encode([en[2]])[0], rows[8], atol=1e-6)


def test_the_missing_extra_is_told_with_its_cure(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.startswith("sentence_transformers"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UserError, match=r"'LaBSE' needs .*: pip install 'cdtm\[encoders\]'\.$"):
        load_encoder("LaBSE")


@pytest.mark.parametrize("name", ["no-such-owner/no-such-model", "nowhere/at all/"])
def test_an_unknown_name_is_told_without_network(monkeypatch, name):
    pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
    # The hub reads its switch once, at import; whether it did so before or not, it is offline now.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UserError, match="is neither a folder of") as told:
        load_encoder(name)
    assert repr(name) in str(told.value)
