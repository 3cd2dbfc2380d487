"""Every file of a workspace, damaged in every way: told, mended, and in nobody's way."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import openpyxl
import pytest

from cdtm.build.run import build_folder
from cdtm.build.workspace import BUILDING, locked, make_workspace, open_workspace
from cdtm.damaged import DamagedError
from cdtm.jobs.build import BuildJob
from tests.cdtm.build.faults import damages

KEY = "records/CD-PV-9001"
FILES = [
    *("workspace.json", "catalogue.parquet", "manifest.parquet", "memory.sqlite"),
    *("nearest.faiss", "nearest.json", "decisions.sqlite", "decisions.backup.sqlite"),
    *(f"{KEY}/{name}" for name in ("sentences.parquet", "beads.parquet", "record.json")),
]
KINDS = ["missing", *damages(b"")]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A workspace, with a decision, and its records."""
    return {"at": tmp_path_factory.mktemp("built")}


@pytest.fixture
def workspace(built, records, tmp_path, cdtm):
    """A copy of one workspace that is built once."""
    if "export" not in built:
        shutil.copytree(records, built["at"] / "records")
        folder = built["at"] / "w"
        build_folder(BuildJob(str(built["at"] / "records"), folder, engine="serial", quiet=True))
        book = tmp_path / "book.xlsx"
        assert cdtm("audit", "-w", folder, "-o", book, "--record", "CD/PV.9001").status == 0
        filled = openpyxl.load_workbook(book)
        sheet = filled["Review"]
        places = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, places["decision"]).value = "reject"
        sheet.cell(2, places["reviewer"]).value = "Anna"
        filled.save(book)
        assert cdtm("audit", "apply", book, "-w", folder).status == 0
        built["export"] = export(cdtm, folder, tmp_path)
    shutil.copytree(built["at"] / "w", tmp_path / "w")
    return tmp_path / "w"


def export(cdtm, folder, out):
    run = cdtm("export", "-w", folder, "-o", out / "all.tmx", "--tier", "all", "-q")
    assert run.status == 0, run.err
    return (out / "all.tmx").read_bytes()


def damage(path, kind):
    data = path.read_bytes()
    if kind == "missing":
        path.unlink()
    elif kind == "garbled" and path.suffix == ".sqlite":
        path.write_bytes(data[:4096] + b"\xff" * 4096 + data[8192:])
    else:
        path.write_bytes(damages(data)[kind])


def lists(folder):
    workspace = open_workspace(folder)
    return workspace.manifest(), workspace.catalogue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("file", FILES)
def test_damage(file, kind, workspace, built, tmp_path, cdtm):
    before = lists(workspace)
    damage(workspace / file, kind)
    check = cdtm("status", "-w", workspace, "--check")
    told = check.out + check.err
    if not file.startswith("decisions.backup") or kind != "missing":
        # A garbled list may say what it said: its statistics were hit, which nobody reads.
        same = kind == "garbled" and file.count(".parquet") and not file.count("/")
        assert check.status == 1 or kind == "missing" or (same and lists(workspace) == before), told
    commands = (
        ("status", "-w", workspace),
        ("export", "-w", workspace, "-o", tmp_path / "some.tmx", "--tier", "all"),
        ("lookup", "disarmament", "-w", workspace),
        ("audit", "-w", workspace, "-o", tmp_path / "a.html"),
        ("audit", "-w", workspace, "-o", tmp_path / "a.xlsx", "--record", "CD/PV.9001"),
    )
    for command in commands:
        run = cdtm(*command)  # a traceback would come out here
        assert run.status in (0, 1)
        if run.status == 1 and command[0] != "status":
            assert run.err.startswith("cdtm: "), run.err
            assert "decisions.sqlite" not in run.err or "remove" not in run.err
    job = BuildJob(str(built["at"] / "records"), workspace, engine="serial", quiet=True)
    assert build_folder(job).failed == []
    again = cdtm("status", "-w", workspace, "--check")
    if again.status == 1:  # what a build with nothing to do does not meet
        damaged = [line.split("\t") for line in again.out.splitlines() if line[:7] == "damaged"]
        assert [name for _, name, _ in damaged] == ["memory.sqlite"]
        assert "remove it" in damaged[0][2]
        (workspace / "memory.sqlite").unlink()
        build_folder(job)
        again = cdtm("status", "-w", workspace, "--check")
    assert again.status == 0, again.out
    assert export(cdtm, workspace, tmp_path) == built["export"]
    assert "damaged" not in cdtm("status", "-w", workspace, "--troubles").out


def test_damaged_tables_are_not_up_to_date(workspace, built):
    for name in ("beads.parquet", "sentences.parquet"):
        path = workspace / KEY / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1  # one bit: no size is another
        path.write_bytes(data)
        job = BuildJob(str(built["at"] / "records"), workspace, engine="serial", quiet=True)
        assert [row["key"] for row in build_folder(job).fresh] == ["CD-PV-9001"]


def test_no_garbled_list_comes_out_as_another(workspace):
    """Forty bytes at any place of it: it is told, or it says what it said."""
    path, before = workspace / "manifest.parquet", lists(workspace)
    data, told = path.read_bytes(), 0
    for place in range(4, len(data) - 40, 97):
        garbled = bytes(255 - byte for byte in data[place : place + 40])
        path.write_bytes(data[:place] + garbled + data[place + 40 :])
        try:
            assert lists(workspace) == before, place
        except DamagedError:
            told += 1
    assert told > 10


def test_a_build_that_was_interrupted_is_told_with_what_is_left(workspace, cdtm, built):
    opened = open_workspace(workspace)
    rows = opened.manifest()
    todo = {key: row["signature"] for key, row in rows.items()} | {"CD-PV-9009": "new"}
    opened.save_note(BUILDING, {"began": "2026-11-30T01:02:03+00:00", "todo": todo})
    told = cdtm("status", "-w", workspace).out
    assert "3 records built since 2026-11-30" in told
    assert "1 left to do; the build was interrupted" in told
    with locked(workspace):
        assert "the build is at work" in cdtm("status", "-w", workspace).out
    build_folder(BuildJob(str(built["at"] / "records"), workspace, engine="serial", quiet=True))
    assert "Unfinished" not in cdtm("status", "-w", workspace).out


def test_a_memory_that_lacks_a_record_is_no_memory_of_all(workspace, cdtm):
    with closing(sqlite3.connect(workspace / "memory.sqlite")) as memory:
        memory.execute("DELETE FROM record WHERE key = 'CD-PV-9002'")
        memory.commit()
    told = cdtm("status", "-w", workspace)
    assert told.status == 1
    assert "lacks 1 record that were built: cdtm build" in told.out


def test_what_only_a_store_says_is_checked(tmp_path, cdtm):
    make_workspace(tmp_path / "w", "records", None).save()
    run = cdtm("status", "-w", tmp_path / "w", "--check")
    assert (run.status, run.out) == (0, "")
    for damaged in ([1], {"old.tmx": {}}, {"old.tmx": {"records": "1"}}, {"old.tmx": None}):
        (tmp_path / "w" / "imports.json").write_text(json.dumps(damaged))
        run = cdtm("status", "-w", tmp_path / "w", "--check")
        assert run.status == 1
        assert "import the files again" in run.out
