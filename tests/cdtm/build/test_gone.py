"""What goes out of a memory: nothing because something failed; with `--prune`, what is gone."""

from __future__ import annotations

import os

import pytest

from cdtm.build.run import build_folder
from cdtm.jobs.build import BuildJob
from cdtm.memory.memory import Memory
from tests.cdtm.build.faults import deadly


def build(records, workspace, **options):
    return build_folder(
        BuildJob(str(records), workspace, **{"engine": "serial"} | options, quiet=True)
    )


def remembered(workspace):
    with Memory.open(workspace / "memory.sqlite") as memory:
        return sorted(memory.signatures())


ALL = ["CD-PV-9001", "CD-PV-9002", "CD-PV-9003"]


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_a_worker_that_dies_while_examining_prunes_nothing(records, tmp_path, monkeypatch):
    bad = records / "part1" / "CD_PV.9002.en.txt"
    bad = bad.rename(records / "part1" / "bad CD_PV.9002.en.txt")
    build(records, tmp_path / "w")
    assert remembered(tmp_path / "w") == ALL
    os.utime(bad)  # so that it is looked into again
    monkeypatch.setattr("cdtm.build.run.make_engine", deadly)
    built = build(records, tmp_path / "w", prune=True)
    assert built.gone.held == ["CD-PV-9002"]
    assert remembered(tmp_path / "w") == ALL


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 cut"])
def test_a_file_that_cannot_be_read_any_more_prunes_nothing(records, tmp_path, content):
    build(records, tmp_path / "w")
    (records / "part1" / "CD_PV.9002.en.txt").write_bytes(content)
    built = build(records, tmp_path / "w", prune=True)
    assert (built.gone.held, built.gone.dropped) == (["CD-PV-9002"], [])
    assert remembered(tmp_path / "w") == ALL


def test_a_disk_that_is_not_there_prunes_nothing(records, tmp_path):
    build(records, tmp_path / "w")
    records.rename(tmp_path / "away")
    records.mkdir()
    built = build(records, tmp_path / "w", prune=True)
    assert built.gone.kept == ALL
    assert remembered(tmp_path / "w") == ALL


def test_files_that_no_longer_make_a_pair_but_are_there_prune_nothing(records, tmp_path):
    build(records, tmp_path / "w")
    (records / "part1" / "CD_PV.9002.en.txt").rename(records / ".CD_PV.9002.en.txt")
    built = build(records, tmp_path / "w", prune=True)  # hidden: not listed, and nowhere else
    assert built.gone.dropped == ["CD-PV-9002"]
    (records / ".CD_PV.9002.en.txt").rename(records / "part1" / "CD_PV.9002.en.txt")
    build(records, tmp_path / "w")
    assert remembered(tmp_path / "w") == ALL


def test_a_file_that_is_another_record_s_now_goes_at_once(records, tmp_path):
    build(records, tmp_path / "w")
    for file in (records / "part1").iterdir():
        text = file.read_text("utf-8").replace("9002", "9012")
        file.with_name(file.name.replace("9002", "9012")).write_text(text, "utf-8")
        file.unlink()
    built = build(records, tmp_path / "w")
    assert built.gone.kept == ["CD-PV-9002"]
    for file in (records / "part0").glob("*9001*"):
        text = file.read_text("utf-8").replace("9001", "9011")
        file.write_text(text, "utf-8")
    built = build(records, tmp_path / "w")
    assert built.gone.dropped == ["CD-PV-9001"]
    assert remembered(tmp_path / "w") == ["CD-PV-9002", "CD-PV-9003", "CD-PV-9011", "CD-PV-9012"]
