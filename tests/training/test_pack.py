"""Rounding to int8, and the files that are written."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from align.encoder.checks import CHECKSUMS, ROW_CHECKS
from align.encoder.static import StaticEncoder
from training.pack import quantize, write_model

tables = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 9)),
    elements=st.one_of(
        st.just(0.0), st.floats(2**-20, 2**20, width=32), st.floats(-100, -0.5, width=32)
    ),
)


@given(tables)
def test_rounding_is_bounded_by_half_a_step_of_the_row(vectors):
    rows, scales = quantize(vectors)
    assert rows.dtype == np.int8
    assert scales.dtype == np.float32
    assert rows.shape == vectors.shape
    assert scales.shape == (len(vectors),)
    restored = rows.astype(np.float32) * scales[:, None]
    assert (np.abs(restored - vectors) <= scales[:, None] * 0.5001).all()
    largest = np.abs(vectors).max(axis=1)
    assert (np.abs(rows.astype(int)).max(axis=1)[largest > 0] == 127).all()
    np.testing.assert_allclose(scales * 127, largest, rtol=1e-6)


def test_a_row_of_zeros_stays_zeros():
    rows, scales = quantize(np.array([[0, 0], [1, -2]], dtype=np.float32))
    assert rows.tolist() == [[0, 0], [64, -127]]
    assert scales[0] == 0
    assert np.isfinite(scales).all()


def test_the_same_input_gives_the_same_bytes(tokenizer, tmp_path):
    vectors = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 8))
    card = {"name": "玩具", "version": "1", "a": {"z": 1, "b": 2}}
    turned = {key: card[key] for key in reversed(card)}
    write_model(tmp_path / "a" / "b", vectors.astype(np.float32), tokenizer, card)
    write_model(tmp_path / "c", vectors.astype(np.float32), tokenizer, turned)
    names = ["card.json", CHECKSUMS, ROW_CHECKS, "rows.npy", "scales.npy", "tokenizer.json.gz"]
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / "b" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()
    assert json.loads((tmp_path / "c" / "card.json").read_text("utf-8")) == card
    # The time of packing stands in no byte of the archive.
    assert (tmp_path / "c" / "tokenizer.json.gz").read_bytes()[4:8] == bytes(4)


def test_what_is_written_is_read_again(tokenizer, tmp_path):
    vectors = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 8))
    write_model(tmp_path, vectors.astype(np.float32), tokenizer, {"name": "a", "version": "1"})
    encoder = StaticEncoder(tmp_path)
    rows, scales = quantize(vectors.astype(np.float32))
    expected = rows.astype(np.float32) * scales[:, None]
    # All but the first row, which is the unknown piece and counts for nothing.
    assert (encoder.vectors()[1:] == expected[1:]).all()
    assert encoder.tokenizer.get_vocab() == tokenizer.get_vocab()
    text = "裁军会议 1579 Disarmaments"
    assert encoder.tokenize([text]) == [tokenizer.encode(text, add_special_tokens=False).ids]
