"""The comparison of two checkouts' exports: what it must see, and what it must not mind."""

import openpyxl
import pytest

from benchmarks.same_exports import compare


@pytest.fixture
def pair(tmp_path):
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
    return tmp_path / "ours", tmp_path / "theirs"


def book(path, *rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)


def test_equal_folders(pair):
    for folder in pair:
        (folder / "a.tmx").write_bytes(b"<tmx/>")
        book(folder / "a.xlsx", ["x", 1])
    assert compare(*pair) == []


def test_a_time_is_no_difference(pair):
    (pair[0] / "a.txt").write_text("written 20261130T014500Z in 0.9 s")
    (pair[1] / "a.txt").write_text("written 20251130T014500Z in 12.1 s")
    assert compare(*pair) == []


def test_a_byte_a_cell_and_a_missing_file_are(pair):
    (pair[0] / "a.tmx").write_bytes(b"<tmx/>")
    (pair[1] / "a.tmx").write_bytes(b"<tmx />")
    book(pair[0] / "b.xlsx", ["x", 1])
    book(pair[1] / "b.xlsx", ["x", 2])
    (pair[1] / "c.tsv").write_bytes(b"")
    (pair[0] / "memory").mkdir()
    (pair[0] / "memory" / "not looked at").write_bytes(b"")
    assert compare(*pair) == ["a.tmx: differs", "b.xlsx: differs", "c.tsv: only there"]
