"""A damaged model is told, and never aligned with."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from align.encoder.checks import CHECKSUMS, row_checks
from align.encoder.static import MODEL, StaticEncoder
from corpora import UserError

TEXTS = ["裁军谈判会议开始工作。", "The Conference on Disarmament began its work.", *"一二三四五"]


@pytest.fixture
def model(tmp_path):
    return shutil.copytree(MODEL, tmp_path / "model")


def use(folder):
    """Everything that an encoder does with its files."""
    encoder = StaticEncoder(folder)
    few, many = encoder.encode(TEXTS[:2]), encoder.encode(TEXTS)
    np.testing.assert_array_equal(few, many[:2])


def test_the_shipped_model_is_whole(model):
    use(model)
    StaticEncoder(model).vectors()


def flip_signs(path):
    rows = np.load(path)
    np.save(path, np.where(np.arange(len(rows))[:, None] % 2, -rows, rows))


def swap_dimensions(path):
    np.save(path, np.load(path)[:, ::-1].copy())


def shift(path):
    np.save(path, np.roll(np.load(path), 1, axis=0))


def halve(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def change_a_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x80
    path.write_bytes(data)


def empty(path):
    path.write_bytes(b"")


def remove(path):
    path.unlink()


@pytest.mark.parametrize("damage", [flip_signs, swap_dimensions, shift, halve, empty, remove])
def test_damaged_rows_are_told(model, damage):
    damage(model / "rows.npy")
    with pytest.raises(UserError, match=r"is damaged \(rows\.npy"):
        use(model)


@pytest.mark.parametrize("damage", [halve, change_a_byte, empty, remove])
@pytest.mark.parametrize("name", [*json.loads((MODEL / CHECKSUMS).read_text()), "card.json"])
def test_a_damaged_file_is_told(model, name, damage):
    damage(model / name)
    with pytest.raises(UserError, match=r"is damaged \("):
        use(model)


@pytest.mark.parametrize("damage", [halve, empty])
def test_damaged_checksums_are_told(model, damage):
    damage(model / CHECKSUMS)
    with pytest.raises(UserError, match="is damaged"):
        use(model)


def test_a_model_of_before_is_taken_as_it_is(model):
    (model / CHECKSUMS).unlink()
    use(model)


def test_one_value_of_a_row_changes_its_sum():
    rows = np.random.default_rng(1).integers(-127, 128, (1, 256)).astype(np.int8)
    for place in range(256):
        changed = rows.copy()
        changed[0, place] ^= 1
        assert row_checks(changed) != row_checks(rows)
