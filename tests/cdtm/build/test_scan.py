"""What is looked into: one bad file is blamed alone, and not for ever."""

from __future__ import annotations

import os
import shutil

import pytest

from cdtm.build.engines import Serial
from cdtm.build.place import Place
from cdtm.build.run import build_folder
from cdtm.build.scan import scan
from cdtm.jobs.build import BuildJob
from tests.cdtm.build.faults import Deadly, deadly

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals")


@pytest.fixture
def with_bad(records):
    """The records, and a pair of which one file takes along whatever looks into it."""
    for end in ("zh", "en"):
        name = "bad" if end == "zh" else "good"
        shutil.copy(records / "part0" / f"CD_PV.9001.{end}.txt", records / f"{name}.{end}.txt")
    return records


def test_a_file_that_takes_its_worker_along_is_blamed_alone(with_bad):
    files, lost = scan(Place(str(with_bad)), [], Deadly(2), lambda *_: None)
    assert lost == ["bad.zh.txt"]
    assert [file.path for file in files if file.problem] == ["bad.zh.txt"]
    assert len(files) == 8


def test_it_is_looked_into_again_the_next_time(with_bad, tmp_path, monkeypatch):
    job = BuildJob(str(with_bad), tmp_path / "w", quiet=True)
    monkeypatch.setattr("cdtm.build.run.make_engine", deadly)
    built = build_folder(job)
    assert (built.lost, len(built.fresh), built.failed) == (["bad.zh.txt"], 3, [])
    monkeypatch.undo()
    again = build_folder(BuildJob(str(with_bad), tmp_path / "w", engine="serial", quiet=True))
    assert again.lost == []
    assert {row["state"] for row in again.files} <= {"joined", "duplicate"}


def test_an_unreadable_file_is_not_taken_as_known(with_bad):
    place = Place(str(with_bad))
    files, _ = scan(place, [], Serial(), lambda *_: None)
    rows = [
        {name: getattr(file, name) for name in file.__slots__} | {"notes": "", "problem": "Bad."}
        for file in files
    ]
    assert all(file.problem is None for file in scan(place, rows, Serial(), lambda *_: None)[0])


@pytest.mark.parametrize("content", ["", "[]", "{", '{"asked": 1}', '{"joins": 3}', "[" * 9999])
def test_a_damaged_note_of_what_was_joined_by_content_is_made_anew(
    content, tmp_path, records, zh, en
):
    folder = tmp_path / "texts"
    folder.mkdir()
    for file, name in ((zh, "a.txt"), (en, "b.txt")):
        lines = file.read_text("utf-8").splitlines()
        spoken = [line for line in lines if "9999" not in line and "2031" not in line]
        (folder / name).write_text("\n".join(spoken[8:]), "utf-8")
    job = BuildJob(str(folder), tmp_path / "w", engine="serial", quiet=True)
    first = build_folder(job)
    note = tmp_path / "w" / "matches.json"
    noted = note.read_bytes()
    note.write_text(content)
    assert build_folder(job).rows == first.rows
    assert note.read_bytes() == noted
