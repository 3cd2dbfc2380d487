"""Places: a folder of this machine and one of an object store behave alike."""

from __future__ import annotations

import pickle

import pytest

from cdtm.build.place import Place
from corpora import UserError


@pytest.fixture(params=["folder", "store"])
def place(request, tmp_path):
    if request.param == "folder":
        return Place(str(tmp_path / "tables"))
    fsspec = pytest.importorskip("fsspec", reason="needs fsspec (the extra cluster)")
    files = fsspec.filesystem("memory")
    files.store.clear()
    return Place("memory://tables")


def test_what_was_written_is_read_and_replaced(place):
    assert place.read("a/b.json") is None
    place.write("a/b.json", b"one")
    place.write("a/b.json", b"two")
    assert place.read("a/b.json") == b"two"


def test_removing_twice_is_removing_once(place):
    place.write("a/b.json", b"one")
    place.remove("a/b.json")
    place.remove("a/b.json")
    assert place.read("a/b.json") is None


def test_a_file_can_be_had_on_this_machine_under_its_name(place):
    place.write("a/CD_PV.1.zh.txt", "主席".encode())
    with place.local("a/CD_PV.1.zh.txt") as path:
        assert path.name == "CD_PV.1.zh.txt"
        assert path.read_text("utf-8") == "主席"


def test_a_store_lists_its_files_and_says_what_is_missing(tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="needs fsspec (the extra cluster)")
    fsspec.filesystem("memory").store.clear()
    place = Place("memory://records")
    place.write("1579/zh.txt", b"12345")
    place.write("en.txt", b"1")
    listed = sorted((path, size) for path, size, _ in place.details())
    assert listed == [("1579/zh.txt", 5), ("en.txt", 1)]
    with pytest.raises(UserError, match=r"no file fr\.txt"), place.local("fr.txt"):
        pass


def test_a_place_travels_to_workers(place):
    place.write("a", b"one")
    assert pickle.loads(pickle.dumps(place)) == place


def test_a_failed_write_leaves_the_former_file(tmp_path, monkeypatch):
    place = Place(str(tmp_path))
    place.write("a", b"one")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(UserError):
        place.write("a", b"two")
    assert place.read("a") == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("name", ["\ud800/record.json", "a\0b"])
def test_a_name_that_no_file_can_have_is_no_file(tmp_path, name):
    assert Place(str(tmp_path)).read(name) is None
