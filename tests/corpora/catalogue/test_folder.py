"""Listing a folder tree: what may be a record, what is passed over, and that both are all."""

from __future__ import annotations

import os

import pytest

from corpora.catalogue.folder import list_files, list_skipped
from corpora.errors import UserError

RECORDS = [
    "CD_PV.1579",
    "CD_PV.1579.zh",
    "a/b/c/CD-PV-1579_zh.DOCX",
    "a/b/old.doc",
    "a/page.html",
    "a/裁谈会 1579.txt",
    "z.pdf",
]
OTHERS = {
    ".git": "hidden",
    "a/.hidden.txt": "hidden",
    "a/~$CD.docx": "hidden",
    "Thumbs.db": "hidden",
    "a/__MACOSX": "hidden",
    "list.xlsx": ".xlsx file",
    "a/memory.tmx": ".tmx file",
    "a/beads.parquet": ".parquet file",
}


@pytest.fixture
def tree(tmp_path):
    for path in (*RECORDS, *(other for other in OTHERS if other not in (".git", "a/__MACOSX"))):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("text", "utf-8")
    for folder in (".git", "a/__MACOSX"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "inside.txt").write_text("text", "utf-8")
    return tmp_path


def test_records_are_listed_sorted_with_size_and_time(tree):
    os.utime(tree / "z.pdf", ns=(5, 123_456_789))
    listed = list_files(tree)
    assert [path for path, _, _ in listed] == sorted(RECORDS)
    assert listed[-1] == ("z.pdf", 4, 123_456_789)


def test_what_is_passed_over_is_named_with_its_reason(tree):
    skipped = list_skipped(tree)
    assert {one.path for one in skipped} == set(OTHERS)
    assert all(OTHERS[one.path] in one.reason for one in skipped)


def test_linked_files_are_followed_linked_folders_are_told(tree):
    (tree / "link.pdf").symlink_to(tree / "z.pdf")
    (tree / "around").symlink_to(tree)
    (tree / "dead.pdf").symlink_to(tree / "nothing.pdf")
    assert "link.pdf" in [path for path, _, _ in list_files(tree)]
    skipped = {one.path: one.reason for one in list_skipped(tree)}
    assert "linked folder" in skipped["around"]
    assert "cannot be looked at" in skipped["dead.pdf"]


def test_what_is_no_file_and_what_has_no_name_is_told(tree):
    os.mkfifo(tree / "pipe.txt")
    (tree / os.fsdecode(b"\xff.txt")).write_text("x")
    skipped = {one.path: one.reason for one in list_skipped(tree)}
    assert skipped["pipe.txt"] == "no file"
    assert skipped[r"\xff.txt"].startswith("its name is not in UTF-8")
    assert [path for path, _, _ in list_files(tree)] == sorted(RECORDS)


def test_what_is_no_folder_is_the_users_mistake(tree):
    for path in ("z.pdf", "nowhere"):
        with pytest.raises(UserError, match="give the folder"):
            list_files(tree / path)
