"""`cdtm import`: other people's memories become records like others."""

from __future__ import annotations

from pathlib import Path

import pytest

import cdtm.imports.run
from cdtm.build.run import build_folder
from cdtm.demo import SAMPLE
from cdtm.imports.run import run_import
from cdtm.jobs.build import BuildJob
from cdtm.jobs.imports import MemoryJob
from cdtm.memory.choice import Choice
from cdtm.memory.memory import Memory
from corpora.errors import UserError
from tests.cdtm.imports.habits import HABITS, PAIRS, both, prop, tmx, tu
from tmx_out.tmx_reader import read_tmx


@pytest.fixture
def imported(tmp_path):
    """An import of two units into a new workspace: how to do it, and the workspace."""

    def do(text=None, name="old.tmx", **options):
        (tmp_path / name).write_text(text or both(), "utf-8")
        return run_import(MemoryJob(tmp_path / name, tmp_path / "w", **options))

    return do, tmp_path / "w"


def units_in(workspace, choice=None):
    with Memory.open(workspace / "memory.sqlite") as memory:
        return [*memory.units(choice or Choice())]


def state_of(workspace):
    """Give what a second import must leave alone."""
    kept = {"catalogue.parquet", "manifest.parquet", "memory.sqlite", "nearest.faiss"}
    files = [workspace / name for name in kept] + [*(workspace / "records").rglob("*.*")]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files if path.is_file()}


def test_units_are_found_judged_and_named_after_their_file(imported, cdtm):
    do, workspace = imported
    assert do()
    units = units_in(workspace)
    assert [(unit.zh, unit.en) for unit in units] == [*PAIRS]
    assert {unit.document for unit in units} == {"old.tmx"}
    assert all(unit.confidence > 0.9 and not unit.flags for unit in units)
    # What stands beside it in a memory need not have stood beside it in a text.
    assert all(not unit.zh_context.post and not unit.en_context.pre for unit in units)
    assert "nuclear disarmament" in cdtm("lookup", "核裁军", "-w", workspace).out
    assert "old.tmx, 2 units" in cdtm("status", "-w", workspace).out
    assert cdtm("audit", "-w", workspace, "-o", workspace.parent / "a.html").status == 0
    assert cdtm("export", "-w", workspace, "-o", workspace.parent / "a.tmx").status == 0


def test_a_wrong_pair_of_an_old_memory_is_doubted(imported):
    do, workspace = imported
    wrong = tu(0, texts=("我们在1998年支持核裁军。", "The meeting of 2004 is closed."))
    do(tmx(tu(0), wrong, tu(1)))
    sure, doubted, _ = units_in(workspace)
    assert doubted.flags
    assert doubted.confidence < sure.confidence


def test_importing_twice_changes_nothing(imported):
    do, workspace = imported
    do()
    before = state_of(workspace)
    do()
    assert state_of(workspace) == before
    do(name="copy.tmx")
    assert len(units_in(workspace)) == 2


def test_another_file_of_the_same_name_takes_its_place(imported):
    do, workspace = imported
    do(tmx(*(tu(n, props=prop("x-document", f"CD/{n}")) for n in range(2))))
    assert [unit.document for unit in units_in(workspace)] == ["CD/0", "CD/1"]
    do(tmx(tu(1)))
    assert [unit.zh for unit in units_in(workspace)] == [PAIRS[1][0]]
    assert len([*(workspace / "records").iterdir()]) >= 1
    do(tmx(tu(0)), name="more.tmx")
    assert len(units_in(workspace)) == 2


def test_a_document_is_a_record_with_its_day(imported):
    do, workspace = imported
    told = prop("x-document", "CD/PV.7") + prop("x-date", "20310506") + prop("x-speaker", "Mr. A")
    do(tmx(tu(0, props=told), tu(1)))
    named, plain = sorted(units_in(workspace), key=lambda unit: unit.document != "CD/PV.7")
    assert (named.document, named.date.isoformat(), named.speaker) == (
        "CD/PV.7",
        "2031-05-06",
        "Mr. A",
    )
    assert (plain.document, plain.date, plain.paragraph) == ("old.tmx", None, None)
    assert len(units_in(workspace, Choice(symbols=("CD/PV.*",)))) == 1


def test_what_a_reviewer_decided_is_kept_unless_it_is_not_wanted(imported):
    do, workspace = imported
    text = (
        HABITS["memoq"]
        .data.decode()
        .replace("<tu>", '<tu changeid="Ann" changedate="20310506T010203Z">')
    )
    do(text)
    first, _ = units_in(workspace)
    assert (first.status, first.changed_by, first.changed.isoformat()) == (
        "accepted", "Ann", "2031-05-06T01:02:03+00:00",
    )  # fmt: skip
    do(text, status=False)
    assert {unit.status for unit in units_in(workspace)} == {""}
    do(HABITS["an unknown status"].data.decode(), name="b.tmx")
    assert {unit.status for unit in units_in(workspace)} == {""}


def test_a_build_keeps_imports_and_makes_their_memory_anew(imported, tmp_path):
    do, workspace = imported
    do()
    (tmp_path / "r").mkdir()
    for side in ("zh", "en"):
        text = (SAMPLE / f"CD_PV.9999.{side}.txt").read_text("utf-8")
        (tmp_path / "r" / f"CD_PV.9999.{side}.txt").write_text(text, "utf-8")
    job = BuildJob(str(tmp_path / "r"), workspace, engine="serial", prune=True)
    assert build_folder(job).gone.kept == []
    assert sum(unit.document == "old.tmx" for unit in units_in(workspace)) == 2
    (workspace / "memory.sqlite").unlink()
    (workspace / "manifest.parquet").unlink()
    build_folder(job)
    units = units_in(workspace)
    assert sum(unit.document == "old.tmx" for unit in units) == 2 < len(units)


def test_an_import_is_forgotten(imported, cdtm):
    do, workspace = imported
    do()
    do(tmx(tu(1)), name="more.tmx")
    run = cdtm("import", "old.tmx", "-w", workspace, "--forget")
    assert "2 units of old.tmx" in run.out
    assert len(units_in(workspace)) == 1
    assert not [path for path in (workspace / "records").rglob("*old*") if path.is_file()]
    run = cdtm("import", "old.tmx", "-w", workspace, "--forget")
    assert (run.status, "there is: more.tmx" in run.err) == (1, True)


def test_a_long_document_is_parted_and_processes_do_the_same(imported, monkeypatch):
    do, workspace = imported
    monkeypatch.setattr(cdtm.imports.run, "UNITS", 7)
    text = tmx(*(tu(n % 2, texts=(f"{PAIRS[0][0]}{n}", f"{PAIRS[0][1]} {n}")) for n in range(30)))
    do(text, "one.tmx")
    one = [(unit.zh, unit.confidence, unit.flags) for unit in units_in(workspace)]
    assert len(one) == 30
    do("", "one.tmx", forget=True)
    monkeypatch.setattr(cdtm.imports.run, "ALONE", 1)
    do(text, "one.tmx", workers=2)
    assert [(unit.zh, unit.confidence, unit.flags) for unit in units_in(workspace)] == one
    assert len([*(workspace / "records").iterdir()]) >= 5


@pytest.mark.parametrize(
    "text", [both()[:-30], "<tmx><body/></tmx>", "<html/>", "no xml", tmx(tu(0, zh="fr"))]
)
def test_a_file_that_is_not_whole_or_holds_nothing_leaves_nothing(imported, text):
    do, workspace = imported
    do(tmx(tu(1)), "good.tmx")
    before = state_of(workspace)
    with pytest.raises(UserError):
        do(text)
    assert state_of(workspace) == before
    assert not [*Path(workspace).glob(".import-*")]


def test_the_preferred_of_several_translations_is_marked(imported, cdtm, tmp_path):
    do, workspace = imported
    rare = tu(0, texts=(PAIRS[0][0], "We are in favour of nuclear disarmament."))
    do(tmx(rare, tu(0), tu(1), tu(0)))
    for source, marked in (("zh", [PAIRS[0][1]]), ("en", [])):
        path = tmp_path / f"{source}.tmx"
        options = ("--mark-preferred", "--tier", "all", "--source", source)
        assert cdtm("export", "-w", workspace, "-o", path, *options).status == 0
        units = [*read_tmx(path)]
        assert len(units) == 3
        assert [unit.en for unit in units if unit.preferred] == marked
