"""Which encoder a name calls."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from align.encoder.load import load_encoder
from align.encoder.static import MODEL, StaticEncoder
from corpora import UserError


def test_a_folder_of_ours_is_loaded_as_such(tiny_folder):
    for name in (tiny_folder, str(tiny_folder)):
        loaded = load_encoder(name)
        assert isinstance(loaded, StaticEncoder)
        assert loaded.folder == tiny_folder


def test_the_shipped_model_is_the_default():
    if not (MODEL / "rows.npy").is_file():
        pytest.skip("the shipped model is not in this checkout: python -m training makes it")
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    assert encoder.folder == MODEL
    rows = encoder.encode(["裁军谈判会议现在开会。", "", "\ue000", "The Conference is in session."])
    assert np.isfinite(rows).all()
    assert rows[[0, 3]].any(axis=1).all()
    assert not rows[[1, 2]].any()


@pytest.mark.parametrize("name", ["../nowhere", "./nowhere", "~/nowhere", "/nowhere/at/all"])
def test_a_path_to_nothing_is_told_without_loading_anything(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(UserError, match=r"There is no folder .*nowhere"):
        load_encoder(name)
