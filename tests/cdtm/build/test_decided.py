"""What is journalled takes effect at the next command, whatever happened to the files."""

from __future__ import annotations

import shutil

import pytest

from cdtm.build.decided import open_memory
from cdtm.build.workspace import make_workspace, open_workspace
from cdtm.memory.backup import COPY
from cdtm.memory.journal import NAME
from tests.cdtm.reviewing import PAIRS, apply, fill, make_book, put


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "w"
    make_workspace(folder, "records", None).save()
    put(folder, PAIRS)
    return folder


def decide(folder, row, decision):
    book = fill(make_book(folder), (row, decision))
    apply(folder, book)


def states(folder):
    with open_memory(open_workspace(folder)) as memory:
        return [row.status for record in memory.records() for row in memory.rows_of(record)]


def test_a_review_that_was_killed_after_its_journal_counts_at_once(folder):
    before = (folder / "memory.sqlite").read_bytes()
    decide(folder, 2, "reject")
    after = states(folder)
    assert "rejected" in after
    (folder / "memory.sqlite").write_bytes(before)
    assert states(folder) == after


def test_a_journal_that_was_brought_back_from_a_backup_counts_at_once(folder):
    decide(folder, 2, "reject")
    one = states(folder)
    shutil.copy(folder / NAME, folder.parent / "mine")
    decide(folder, 3, "accept")
    two = states(folder)
    assert one != two
    shutil.copy(folder.parent / "mine", folder / NAME)
    assert states(folder) == one
    shutil.copy(folder / COPY, folder / NAME)  # and forward again
    assert states(folder) == two


def test_a_backup_that_went_on_otherwise_counts_at_once(folder):
    decide(folder, 2, "reject")
    shutil.copy(folder / NAME, folder.parent / "mine")
    memory = (folder / "memory.sqlite").read_bytes()
    decide(folder, 3, "accept")
    other = (folder / "memory.sqlite").read_bytes()
    shutil.copy(folder.parent / "mine", folder / NAME)
    (folder / "memory.sqlite").write_bytes(memory)
    decide(folder, 4, "reject")
    wanted = states(folder)
    (folder / "memory.sqlite").write_bytes(other)  # as many decisions, but not the same
    assert states(folder) == wanted


def test_what_lacks_its_tables_is_told(folder, capsys):
    before = (folder / "memory.sqlite").read_bytes()
    decide(folder, 2, "reject")
    (folder / "memory.sqlite").write_bytes(before)
    for table in (folder / "records").rglob("beads.parquet"):
        table.write_bytes(table.read_bytes()[:99])
    assert "rejected" not in states(folder)
    told = capsys.readouterr().err
    assert "is damaged: cdtm build makes it anew" in told
    assert "Decisions on 1 record are not worked in" in told
