"""The file of a memory among other programs: in use, full, damaged, not ours, cut off by Ctrl-C."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cdtm.damaged import DamagedError
from cdtm.memory import database
from cdtm.memory.database import is_whole
from cdtm.memory.memory import Memory, read_all
from corpora import UserError
from tests.cdtm.making_beads import beads, row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory.sqlite"


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)


def fill(path, *keys):
    with Memory.open(path, create=True) as memory:
        for key in keys:
            memory.put_record(row(key), beads(("裁军。", "Disarmament.")))


def test_a_record_that_is_cut_off_goes_in_not_at_all_though_the_rest_is_committed(
    path, monkeypatch
):
    from cdtm.memory import memory as module

    def cut_off(text):
        if text == "Cut off.":
            raise KeyboardInterrupt
        return text

    fill(path, "CD-PV-1")
    with Memory.open(path, create=True) as memory:
        monkeypatch.setattr(module, "as_words", cut_off)
        with pytest.raises(KeyboardInterrupt):
            memory.put_record(
                row("CD-PV-2"), beads(("和平。", "Peace."), ("断。", "Cut off."), speaker="Mr. New")
            )
        with pytest.raises(KeyboardInterrupt):
            memory.put_record(row("CD-PV-1", signature="s2"), beads(("断。", "Cut off.")))
        monkeypatch.undo()
        assert memory.signatures() == {"CD-PV-1": "s1"}
        memory.commit()
        memory.put_record(row("CD-PV-3"), beads(("三。", "Three."), speaker="Mr. New"))
    with Memory.open(path) as memory:
        units = [(unit.en, unit.speaker) for unit in memory.units()]
        assert units == [("Disarmament.", "Mr. Jadoon (Pakistan)"), ("Three.", "Mr. New")]
        assert memory.search("裁军", "zh")[1] == 1
        assert memory.search("peace", "en")[1] == 0


def test_a_reader_does_not_keep_a_build_from_its_end(path, tmp_path):
    fill(path, "CD-PV-1")
    with Memory.open(path, create=True) as memory:
        memory.put_record(row("CD-PV-2"), beads(("和平。", "Peace.")))
        memory.commit()
        reader = sqlite3.connect(path)
        assert reader.execute("SELECT count(*) FROM unit").fetchone() == (2,)
        memory.put_record(row("CD-PV-3"), beads(("三。", "Three.")))
    assert reader.execute("SELECT count(*) FROM unit").fetchone() == (3,)
    copied = shutil.copy(path, tmp_path / "copied.sqlite")
    reader.close()
    with Memory.open(copied) as memory:
        assert memory.count() == 3
    assert {file.name for file in tmp_path.iterdir()} == {path.name, copied.name}


def test_a_reader_at_rest_does_not_keep_a_build_from_its_begin(path):
    fill(path, "CD-PV-1")
    with Memory.open(path) as reader:
        units = reader.units()
        next(units)
        fill(path, "CD-PV-2")
        assert reader.signatures().keys() == {"CD-PV-1", "CD-PV-2"}


@pytest.mark.usefixtures("impatient")
def test_a_memory_in_use_is_not_said_to_be_removed(path):
    fill(path, "CD-PV-1")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="let it finish"):
            fill(path, "CD-PV-2")
    fill(path, "CD-PV-2")


def test_a_full_disk_is_told_and_keeps_what_was_committed(path):
    def overfill():
        with Memory.open(path, create=True) as memory:
            memory.put_record(row("CD-PV-1"), beads(("裁军。", "Disarmament.")))
            memory.commit()
            memory._database.execute("PRAGMA max_page_count = 30")
            try:
                memory.put_record(row("CD-PV-2"), beads(*[("裁军。" * 99, "Arms. " * 99)] * 99))
            finally:
                memory.commit()

    with pytest.raises(UserError, match="free space"):
        overfill()
    with Memory.open(path) as memory:
        assert memory.signatures() == {"CD-PV-1": "s1"}


def test_a_file_of_another_program_is_left_alone(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photograph (taken TEXT)")
    before = path.read_bytes()
    for create in (True, False):
        with (
            pytest.raises(UserError, match="another program's"),
            Memory.open(path, create=create),
        ):
            pass
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photograph",)]
    assert len(path.read_bytes()) == len(before)


def test_a_file_of_another_program_with_a_version_is_told_too(path):
    with closing(sqlite3.connect(path)) as other:
        other.executescript("CREATE TABLE photograph (taken TEXT); PRAGMA user_version = 1")
    with pytest.raises(UserError, match="another program's"), Memory.open(path):
        pass


def test_a_folder_of_that_name_is_told(path):
    path.mkdir()
    with pytest.raises(UserError, match="must be a file"), Memory.open(path, create=True):
        pass


def migrate_one(path, go, told):
    go.wait()
    try:
        with Memory.open(path) as memory:
            told.put(memory.count())
    except BaseException as error:
        told.put(repr(error))


def test_an_old_memory_that_several_open_at_once_is_brought_up_once(path, tmp_path):
    """Processes, for a lock of SQLite's is of a process; ten times, for it is a race."""
    with closing(sqlite3.connect(path)) as old:
        old.executescript(f"BEGIN; {database.STEPS[0]} PRAGMA user_version = 1; COMMIT;")
    context = multiprocessing.get_context("fork")
    for time in range(10):
        copied = shutil.copy(path, tmp_path / f"{time}.sqlite")
        go, told = context.Event(), context.SimpleQueue()
        readers = [
            context.Process(target=migrate_one, args=(Path(copied), go, told)) for _ in range(6)
        ]
        for reader in readers:
            reader.start()
        go.set()
        assert [told.get() for _ in readers] == [0] * 6
        for reader in readers:
            reader.join()
        with closing(sqlite3.connect(copied)) as opened:
            assert opened.execute("PRAGMA user_version").fetchone() == (len(database.STEPS),)


def test_a_damaged_file_is_to_be_removed(path):
    fill(path, "CD-PV-1")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(UserError, match="remove it"), Memory.open(path) as memory:
        memory.count()


def test_a_mistake_of_ours_is_no_mistake_of_the_user(path):
    fill(path, "CD-PV-1")
    with pytest.raises(sqlite3.OperationalError), Memory.open(path) as memory:
        memory._database.execute("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(
    "garble",
    [
        "UPDATE record SET date = '2031-0X-03'",
        "UPDATE record SET key = CAST(x'ff' AS TEXT)",
        "UPDATE unit SET kind = 7.5, zh = CAST(x'e9' AS TEXT)",
        "ALTER TABLE record RENAME COLUMN date TO dat",
        "DROP TABLE worked_in",
        "ALTER TABLE unit RENAME COLUMN flags TO flag; UPDATE record SET signature = x'00'",
    ],
)
def test_garbled_values_and_tables_are_damage_and_no_traceback(path, garble):
    fill(path, "CD-PV-1")
    with closing(sqlite3.connect(path)) as other:
        other.executescript(garble)
    with pytest.raises(DamagedError, match="remove it"):
        read(path)


def read(path):
    with Memory.open(path) as memory:
        memory.behind()
        list(memory.units())


@pytest.mark.parametrize(
    "garble", ["UPDATE unit SET zh = x'ff'", "DELETE FROM worked_in", "UPDATE unit SET tuid = 'é'"]
)
def test_what_is_read_whole_is_told_from_what_is_not(path, garble):
    fill(path, "CD-PV-1")
    assert is_whole(path, read_all)
    with closing(sqlite3.connect(path)) as other:
        other.executescript(garble)
    assert is_whole(path, read_all) is ("tuid" in garble)


def test_a_garbled_head_is_damage(path):
    fill(path, "CD-PV-1")
    data = bytearray(path.read_bytes())
    data[47] = 255  # the format of the schema
    path.write_bytes(data)
    with pytest.raises(DamagedError, match="remove it"), Memory.open(path) as memory:
        memory.behind()


def test_a_mistake_beside_a_sound_memory_is_shown_as_it_is(path):
    fill(path, "CD-PV-1")
    with pytest.raises(KeyError, match="ours"), Memory.open(path):
        raise KeyError("ours")
