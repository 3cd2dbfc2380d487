"""The journal's copy: made, told of, used; and never written over by another journal's."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from cdtm.damaged import DamagedError
from cdtm.memory.backup import COPY, copy_of, cure, keep_copy, mend_journal, rows_of
from cdtm.memory.journal import NAME, Decision, Journal
from cdtm.memory.memory import Memory
from corpora import UserError
from tests.cdtm.build.faults import damages


def decision(number, reviewer="Anna"):
    texts = {"zh": "裁军。", "en": "Disarmament.", "zh_hash": 1, "en_hash": 2}
    empty = dict.fromkeys(("new_zh", "new_en", "labels", "comment", "stratum"), "")
    return Decision(
        time=f"2026-11-{number:02d}T00:00:00+00:00",
        reviewer=reviewer,
        record="CD-PV-1",
        tuid=f"u{number}",
        number=number,
        decision="accept",
        book="b",
        sheet_row=2,
        confidence=0.9,
        kind="1-1",
        **texts,
        **empty,
    )


def add(path, *numbers, reviewer="Anna"):
    with Journal.open(path, create=True) as journal:
        journal.add([decision(n, reviewer) for n in numbers], token="b", name="b", about={})


@pytest.fixture
def path(tmp_path):
    add(tmp_path / NAME, 1, 2)
    keep_copy(tmp_path / NAME)
    return tmp_path / NAME


def test_a_copy_follows_its_journal(path):
    assert rows_of(copy_of(path)) == rows_of(path)
    add(path, 3)
    assert len(rows_of(copy_of(path))) == 2
    keep_copy(path)
    assert len(rows_of(copy_of(path))) == 3
    assert {file.name for file in path.parent.iterdir()} == {NAME, COPY}


@pytest.mark.parametrize("kind", damages(b""))
def test_a_damaged_journal_is_never_said_to_be_removed_and_comes_back(path, kind):
    rows, whole = rows_of(path), path.read_bytes()
    garbled = damages(whole)[kind]
    if kind == "garbled":
        garbled = whole[:4096] + b"\xff" * 4096 + whole[8192:]  # a page, rather than a text
    path.write_bytes(garbled)
    with (
        pytest.raises(DamagedError, match="cdtm build brings it back") as told,
        Journal.open(path) as journal,
    ):
        journal.decisions()
    assert "remove" not in str(told.value)
    assert "were taken from" in mend_journal(path)
    assert rows_of(path) == rows
    assert (path.parent / "decisions.damaged.sqlite").read_bytes() == garbled


def test_a_journal_that_is_gone_is_missed(path):
    path.unlink()
    with pytest.raises(UserError, match="is gone: cdtm build brings it back"), Journal.open(path):
        pass
    assert "was gone: 2 decisions, the last of 2026-11-02" in mend_journal(path)
    assert len(rows_of(path)) == 2


def test_without_a_sound_copy_the_truth_is_told(path):
    whole = path.read_bytes()
    for each in (path, copy_of(path)):
        each.write_bytes(whole[:4096] + b"\xff" * 4096)
    with pytest.raises(DamagedError, match="cannot be made again: put a backup"):
        mend_journal(path)
    assert path.read_bytes() == whole[:4096] + b"\xff" * 4096


def test_the_copy_of_another_journal_is_kept(path):
    path.unlink()
    copied = copy_of(path).read_bytes()
    copy_of(path).rename(path.parent / "away")
    add(path, 4, reviewer="Ben")  # an older backup of the user's, and what came after it
    (path.parent / "away").rename(copy_of(path))
    keep_copy(path)
    assert rows_of(copy_of(path)) == rows_of(path)
    assert (path.parent / "decisions.backup.other.sqlite").read_bytes() == copied


def test_no_journal_needs_no_copy(tmp_path):
    keep_copy(tmp_path / NAME)
    assert mend_journal(tmp_path / NAME) is None
    assert list(tmp_path.iterdir()) == []


GARBLED = (
    "UPDATE decision SET zh = CAST(x'ff' AS TEXT)",
    "UPDATE book SET about = '{'",
    "ALTER TABLE decision RENAME COLUMN tuid TO tui",
    "DROP TABLE book",
)


@pytest.mark.parametrize("garble", GARBLED)
def test_a_garbled_journal_is_told(path, garble):
    with closing(sqlite3.connect(path)) as other:
        other.executescript(garble)
    with pytest.raises(DamagedError, match="cdtm build brings it back"):
        read(path)


@pytest.mark.parametrize(
    "garble",
    [
        *GARBLED,
        "UPDATE decision SET comment = x'00'",
        "UPDATE book SET about = '[]'",
    ],
)
def test_a_garbled_journal_is_damaged_and_its_copy_is_taken(path, garble):
    rows = rows_of(path)
    with closing(sqlite3.connect(path)) as other:
        other.executescript(garble)
    assert rows_of(path) is None
    assert "brings it back" in cure(path)
    assert "2 decisions" in mend_journal(path)
    assert rows_of(path) == rows
    read(path)


def read(path):
    with Journal.open(path) as journal:
        journal.decisions(), journal.books(), journal.records(), journal.mark(2)


def test_a_damaged_journal_is_not_blamed_on_the_memory(path):
    memory = path.with_name("memory.sqlite")
    with Memory.open(memory, create=True):
        pass
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE decision SET record = CAST(x'ff' AS TEXT)")
        other.commit()
    with pytest.raises(DamagedError) as told, Memory.open(memory):
        pass
    assert told.value.path == path


def test_a_damaged_copy_is_made_again(path):
    with closing(sqlite3.connect(copy_of(path))) as other:
        other.execute("UPDATE decision SET zh = CAST(x'ff' AS TEXT)")
        other.commit()
    keep_copy(path)
    assert rows_of(copy_of(path)) == rows_of(path)


def test_a_copy_under_way_has_no_journal_of_its_own(path, monkeypatch):
    """A command that is killed would leave it, and it is named like no leftover of ours."""
    seen = set()

    class Slow(sqlite3.Connection):
        def backup(self, target):
            look = lambda *_: seen.update(file.name for file in path.parent.iterdir())  # noqa: E731
            super().backup(target, pages=1, progress=look)

    monkeypatch.setattr(
        "cdtm.memory.backup.connect",
        lambda path: sqlite3.connect(path, factory=Slow, isolation_level=None),
    )
    add(path, 3)
    keep_copy(path)
    assert any(name.startswith(".cdtm-") for name in seen)
    assert not any(name.endswith("-journal") for name in seen)
