"""The index of unit vectors: what is near is found, what is taken out is not; the file is whole."""

from __future__ import annotations

import re

import numpy as np
import pytest

from align.encoder.directions import unit_rows
from cdtm.memory import nearest
from cdtm.memory.nearest import Nearest, cells_for, notes_of, wanted


@pytest.fixture
def vectors():
    random = np.random.default_rng(3)
    return random.integers(-127, 128, size=(600, 16)).astype(np.int8)


@pytest.fixture
def index(vectors, monkeypatch):
    monkeypatch.setattr(nearest, "CELL", 100)
    made = Nearest.learn(vectors, len(vectors))
    made.add(np.arange(1000, 1600), vectors)
    return made


def exact(vectors, query, count):
    cosines = unit_rows(vectors) @ unit_rows(query[None, :])[0]
    order = np.argsort(-cosines)[:count]
    return [(1000 + int(n), float(cosines[n])) for n in order]


def test_the_nearest_are_found_with_their_cosines(index, vectors):
    for number in (0, 7, 599):
        query = vectors[number].astype(np.float32) * 3.5
        found, right = index.search(query, 5), exact(vectors, query, 5)
        assert found[0][0] == 1000 + number
        assert [n for n, _ in found] == [n for n, _ in right]
        assert [c for _, c in found] == pytest.approx([c for _, c in right], abs=0.02)


def test_what_is_taken_out_is_not_found(index, vectors):
    index.remove(1000, 1100)
    assert len(index) == 500
    found = index.search(vectors[7].astype(np.float32), 600)
    assert min(n for n, _ in found) == 1100
    assert len(found) == 500


def test_a_file_brings_it_back(index, vectors, tmp_path):
    index.signatures = {1: "s"}
    index.save(tmp_path / "nearest.faiss")
    again = Nearest.open(tmp_path / "nearest.faiss")
    assert again is not None
    assert (again.signatures, again.learnt, len(again)) == ({1: "s"}, 600, 600)
    query = vectors[3].astype(np.float32)
    assert again.search(query, 9) == index.search(query, 9)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nearest.faiss", "nearest.json"]


def test_a_file_can_be_searched_without_being_loaded(index, vectors, tmp_path):
    path = tmp_path / "nearest.faiss"
    index.save(path)
    mapped = Nearest.open(path, reading=True)
    query = vectors[3].astype(np.float32)
    assert mapped.search(query, 9) == index.search(query, 9)
    with pytest.raises(ValueError, match="cannot be changed"):
        mapped.add(np.array([5]), vectors[:1])
    with pytest.raises(ValueError, match="cannot be changed"):
        mapped.remove(1000, 1001)
    index.remove(1003, 1004)
    index.save(path)  # a build beside it
    assert mapped.search(query, 1)[0][0] == 1003
    assert Nearest.open(path, reading=True).search(query, 1)[0][0] != 1003


def test_a_save_that_is_cut_off_leaves_no_notes_of_another_index(index, tmp_path, monkeypatch):
    path = tmp_path / "nearest.faiss"
    index.signatures = {1: "old"}
    index.save(path)
    index.signatures = {1: "new"}

    def cut_off(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(nearest, "atomic_write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        index.save(path)
    assert Nearest.open(path) is None
    monkeypatch.undo()
    index.save(path)
    assert Nearest.open(path).signatures == {1: "new"}
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("reading", [False, True])
@pytest.mark.parametrize(
    "harm", ["no file", "torn", "no notes", "other notes", "another's notes", "endless"]
)
def test_a_file_that_does_not_fit_is_made_anew(index, tmp_path, harm, reading):
    path = tmp_path / "nearest.faiss"
    index.save(path)
    if harm == "no file":
        path.unlink()
    elif harm == "torn":
        path.write_bytes(path.read_bytes()[:100])
    elif harm == "no notes":
        notes_of(path).unlink()
    elif harm == "other notes":
        notes_of(path).write_text('{"units": 600, "learnt": 600, "records": {}}')
    elif harm == "endless":
        notes = notes_of(path).read_text()
        notes_of(path).write_text(re.sub('"learnt": [0-9]+', '"learnt": 1e999', notes))
        assert "1e999" in notes_of(path).read_text()
    else:
        size = path.stat().st_size
        told = f'{{"units": 3, "learnt": 3, "records": {{}}, "bytes": {size}}}'
        notes_of(path).write_text(told)
    assert Nearest.open(path, reading=reading) is None


def test_the_same_vectors_make_the_same_file(vectors, tmp_path, monkeypatch):
    monkeypatch.setattr(nearest, "CELL", 100)
    for name in ("a", "b"):
        made = Nearest.learn(vectors, len(vectors))
        made.add(np.arange(600), vectors)
        made.save(tmp_path / f"{name}.faiss")
    assert (tmp_path / "a.faiss").read_bytes() == (tmp_path / "b.faiss").read_bytes()


def test_a_vector_of_nothing_is_near_to_nothing(index):
    index.add(np.array([5]), np.zeros((1, 16), np.int8))
    assert index.search(np.ones(16, np.float32), 1)[0][0] != 5


def test_cells_grow_with_the_memory():
    assert [cells_for(n) for n in (0, 10, 1999, 50_000, 10**7)] == [1, 1, 1, 50, 1024]
    assert wanted(100) == 60
    assert wanted(10**6) == 60_000
