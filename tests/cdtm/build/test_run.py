"""`cdtm build` and `cdtm status` on a small corpus made of the bundled sample."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import openpyxl
import pytest

from cdtm.build.run import build_folder
from cdtm.build.workspace import locked, open_workspace
from cdtm.jobs.build import BuildJob
from corpora import UserError
from tests.cdtm.build.faults import deadly_build

SYMBOLS = ["CD/PV.9001", "CD/PV.9002", "CD/PV.9003"]  # of the fixture `records`


def build(records, workspace, **options):
    options = {"engine": "serial"} | options
    return build_folder(BuildJob(str(records), workspace, **options, quiet=True))


def export(cdtm, workspace, out):
    run = cdtm("export", "-w", workspace, "-o", out, "--tier", "all")
    assert run.status == 0, run.err
    return out.read_bytes()


def keys(rows):
    return [row["key"] for row in rows]


def test_a_folder_becomes_a_memory_and_a_second_run_has_nothing_to_do(records, tmp_path, cdtm):
    first = build(records, tmp_path / "w")
    assert keys(first.fresh) == ["CD-PV-9001", "CD-PV-9002", "CD-PV-9003"]
    assert {row["status"] for row in first.fresh} == {"done"}
    assert {row["state"] for row in first.files} == {"joined"}
    tmx = export(cdtm, tmp_path / "w", tmp_path / "one.tmx")
    assert all(symbol.encode() in tmx for symbol in SYMBOLS)
    second = build(records, tmp_path / "w")
    assert (second.fresh, second.current) == ([], 3)
    assert export(cdtm, tmp_path / "w", tmp_path / "two.tmx") == tmx


def test_the_summary_says_what_was_done(records, tmp_path, cdtm):
    (records / "CD_PV.9004.zh.txt").write_bytes(b"")
    run = cdtm("build", records, "-w", tmp_path / "w", "--engine", "serial")
    assert run.status == 0, run.err
    assert run.out == ""
    for words in ("7 files, 3 pairs", "1 file: unreadable", "3 built", "3 records"):
        assert words in run.err
    assert cdtm("build", records, "-w", tmp_path / "w", "-q", "--engine", "serial").err == ""


def test_engines_make_the_same_memory(records, tmp_path, cdtm):
    for engine in ("serial", "processes"):
        build(records, tmp_path / engine, engine=engine, workers=2)
    one, other = (
        export(cdtm, tmp_path / engine, tmp_path / f"{engine}.tmx")
        for engine in ("serial", "processes")
    )
    assert one == other


def test_only_what_is_new_is_built(records, tmp_path, cdtm):
    build(records, tmp_path / "w")
    changed = records / "part1" / "CD_PV.9002.en.txt"
    changed.write_text(changed.read_text("utf-8").replace("disarmament", "peace"), "utf-8")
    built = build(records, tmp_path / "w")
    assert keys(built.fresh) == ["CD-PV-9002"]
    tmx = export(cdtm, tmp_path / "w", tmp_path / "w.tmx")
    build(records, tmp_path / "anew")
    assert export(cdtm, tmp_path / "anew", tmp_path / "anew.tmx") == tmx


def test_a_moved_file_is_no_new_record(records, tmp_path):
    build(records, tmp_path / "w")
    (records / "part1" / "CD_PV.9002.en.txt").rename(records / "CD-PV-9002-E.txt")
    built = build(records, tmp_path / "w")
    assert (built.fresh, built.current) == ([], 3)
    manifest = open_workspace(tmp_path / "w").manifest()
    assert manifest["CD-PV-9002"]["en_file"] == "CD-PV-9002-E.txt"


def test_limit_only_and_force(records, tmp_path):
    workspace = tmp_path / "w"
    built = build(records, workspace, only=("cd/pv.900[12]",), limit=1)
    assert (keys(built.fresh), built.waiting) == (["CD-PV-9001"], 1)
    built = build(records, workspace, only=("cd/pv.900[12]",))
    assert (keys(built.fresh), built.current) == (["CD-PV-9002"], 1)
    assert keys(built.rows) == ["CD-PV-9001", "CD-PV-9002"]
    assert keys(build(records, workspace, only=("CD-PV-9001",), force=True).fresh) == ["CD-PV-9001"]
    with pytest.raises(UserError, match="No record fits --only S/PV"):
        build(records, workspace, only=("S/PV.1",))


def test_a_record_that_fails_does_not_stop_the_others(records, tmp_path, cdtm):
    long = records / "part0" / "CD_PV.9001.zh.txt"
    text = long.read_text("utf-8")
    long.write_text(text + text.partition("主席")[2] * 40, "utf-8")
    built = build(records, tmp_path / "w")
    assert [row["status"] for row in built.fresh] == ["failed", "done", "done"]
    assert built.fresh[0]["stage"] == "align"
    told = cdtm("status", "-w", tmp_path / "w", "--troubles")
    assert "failed\tCD-PV-9001\talign: " in told.out
    assert keys(build(records, tmp_path / "w").fresh) == ["CD-PV-9001"]  # it is tried again


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_record_whose_worker_is_killed_is_told_and_built_later(
    records, tmp_path, cdtm, monkeypatch
):
    monkeypatch.setattr("cdtm.build.run.make_engine", deadly_build)
    run = cdtm("build", records, "-w", tmp_path / "w")
    assert run.status == 1
    assert "Failed     CD-PV-9002, process: The process that worked on it was ended" in run.err
    assert "2 built" in run.err
    monkeypatch.undo()
    assert cdtm("status", "-w", tmp_path / "w", "--troubles").out.count("failed\t") == 1
    run = cdtm("build", records, "-w", tmp_path / "w", "--engine", "serial")
    assert (run.status, "1 built" in run.err) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_build_that_is_refused_writes_nothing(records, tmp_path, cdtm):
    build(records, tmp_path / "w")

    def files():
        return {p: p.read_bytes() for p in (tmp_path / "w").rglob("*") if p.is_file()}

    before = files()
    other = tmp_path / "others"
    other.mkdir()
    of = ("-w", tmp_path / "w", "--engine", "serial")
    with locked(tmp_path / "w"):
        assert "at work" in cdtm("build", other, *of).err
    assert "keeps its tables in" in cdtm("build", records, *of, "--store", tmp_path / "t").err
    assert "no engine" in cdtm("build", other, "-w", tmp_path / "w", "--engine", "spark").err
    assert "No record fits" in cdtm("build", other, *of, "--only", "CD/PV.1").err
    assert cdtm("build", other, *of, "--encoder", "nowhere").status == 1
    assert files() == before


def test_what_is_gone_is_kept_until_it_is_pruned(records, tmp_path, cdtm):
    build(records, tmp_path / "w")
    tmx = export(cdtm, tmp_path / "w", tmp_path / "one.tmx")
    for file in (records / "part1").iterdir():
        file.unlink()
    built = build(records, tmp_path / "w")
    assert built.gone.kept == ["CD-PV-9002"]
    assert export(cdtm, tmp_path / "w", tmp_path / "two.tmx") == tmx
    build(records, tmp_path / "w", prune=True)
    pruned = export(cdtm, tmp_path / "w", tmp_path / "three.tmx")
    assert b"CD/PV.9002" not in pruned
    assert b"CD/PV.9001" in pruned


def test_the_memory_is_made_again_from_the_tables(records, tmp_path, cdtm):
    build(records, tmp_path / "w")
    tmx = export(cdtm, tmp_path / "w", tmp_path / "one.tmx")
    for name in ("memory.sqlite", "nearest.faiss", "manifest.parquet", "catalogue.parquet"):
        (tmp_path / "w" / name).unlink()
    built = build(records, tmp_path / "w")
    assert (built.fresh, built.current) == ([], 3)
    assert export(cdtm, tmp_path / "w", tmp_path / "two.tmx") == tmx


def test_a_file_that_says_nothing_is_joined_by_its_content(records, tmp_path, cdtm, zh, en):
    """Neither symbol nor number nor date: only what is said."""
    for file, name in ((zh, "a.txt"), (en, "b.txt")):
        lines = file.read_text("utf-8").splitlines()
        spoken = [line for line in lines if "9999" not in line and "2031" not in line]
        (records / name).write_text("\n".join(spoken[8:]), "utf-8")
    for folder in ("part0", "part1"):
        for file in (records / folder).iterdir():
            file.unlink()
    built = build(records, tmp_path / "w")
    [row] = built.fresh
    assert (row["zh_file"], row["en_file"], row["joined_by"]) == ("a.txt", "b.txt", "content")
    assert 0.9 < row["joining"] <= 1
    again = build(records, tmp_path / "w")
    assert (again.fresh, again.current) == ([], 1)
    assert "by content\t" in cdtm("status", "-w", tmp_path / "w", "--troubles").out


def test_status_tells_what_was_passed_over(records, tmp_path, cdtm):
    (records / "notes.xlsx").write_bytes(b"PK")
    build(records, tmp_path / "w")
    told = cdtm("status", "-w", tmp_path / "w", "--troubles").out
    assert "passed over\tnotes.xlsx\ta .xlsx file" in told


def test_status_tells_programs_everything(records, tmp_path, cdtm):
    build(records, tmp_path / "w")
    told = json.loads(cdtm("status", "-w", tmp_path / "w", "--json").out)
    assert [row["symbol"] for row in told["manifest"]] == SYMBOLS
    assert len(told["files"]) == 6
    shown = cdtm("status", "-w", tmp_path / "w").out
    assert "3 records" in shown
    assert "2041" in shown


@pytest.mark.parametrize(
    ("records", "workspace", "told"),
    [("nowhere", "w", "no folder nowhere"), (".", ".", "in the workspace")],
)
def test_wrong_folders_are_one_sentence(tmp_path, monkeypatch, cdtm, records, workspace, told):
    monkeypatch.chdir(tmp_path)
    run = cdtm("build", records, "-w", workspace)
    assert run.status == 1
    assert told in run.err
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_build_says_that_nothing_is_lost(records, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("cdtm.build.keeper.Keeper.build", interrupt)
    with pytest.raises(UserError, match="nothing is lost"):
        build(records, tmp_path / "w")
    monkeypatch.undo()
    assert len(build(records, tmp_path / "w").fresh) == 3


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_killed_at_random_moments_it_comes_to_the_same(records, tmp_path, cdtm):
    """`python -m benchmarks.build --kills 20` does it with more records."""
    build(records, tmp_path / "calm")
    calm = export(cdtm, tmp_path / "calm", tmp_path / "calm.tmx")
    command = [sys.executable, "-m", "cdtm", "build", str(records), "-w", str(tmp_path / "w")]
    moments = random.Random(4)
    for _ in range(5):
        process = subprocess.Popen(
            [*command, "-q", "--engine", "serial"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0.4, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    build(records, tmp_path / "w")
    assert export(cdtm, tmp_path / "w", tmp_path / "w.tmx") == calm
    left = {path.name for path in (tmp_path / "w").iterdir()}
    assert left <= {path.name for path in (tmp_path / "calm").iterdir()} | {".lock"}


def test_what_a_killed_review_left_in_its_journal_is_worked_in(records, tmp_path, cdtm):
    build(records, tmp_path / "w")
    memory, book = tmp_path / "w" / "memory.sqlite", tmp_path / "book.xlsx"
    before = memory.read_bytes()
    assert cdtm("audit", "-w", tmp_path / "w", "-o", book, "--record", SYMBOLS[0]).status == 0
    filled = openpyxl.load_workbook(book)
    sheet = filled["Review"]
    places = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, places["decision"]).value = "reject"
    sheet.cell(2, places["reviewer"]).value = "Anna"
    filled.save(book)
    assert cdtm("audit", "apply", book, "-w", tmp_path / "w").status == 0
    decided = export(cdtm, tmp_path / "w", tmp_path / "decided.tmx")
    memory.write_bytes(before)  # as if the process had been killed before this was written
    assert export(cdtm, tmp_path / "w", tmp_path / "at once.tmx") == decided
    memory.write_bytes(before)
    build(records, tmp_path / "w", only=(SYMBOLS[1],))
    assert export(cdtm, tmp_path / "w", tmp_path / "again.tmx") == decided
