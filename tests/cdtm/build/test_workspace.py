"""The workspace's folder: made, opened, refused, locked; its two lists."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from cdtm.build.schemas import CATALOGUE, MANIFEST
from cdtm.build.workspace import FORMAT, BusyError, locked, make_workspace, open_workspace
from cdtm.damaged import DamagedError
from corpora import UserError
from corpora.atomic import part_in
from tests.cdtm.build.faults import damages


def row(schema, **values):
    return dict.fromkeys(schema) | values


def test_what_was_made_is_opened(tmp_path):
    made = make_workspace(tmp_path / "w", "records", None)
    assert list((tmp_path / "w").iterdir()) == []  # nothing is written before it is saved
    made.save()
    opened = open_workspace(tmp_path / "w")
    assert opened == made
    assert opened.records == "records"
    assert opened.store.root == str(tmp_path / "w" / "records")


def test_the_place_of_the_tables_is_remembered(tmp_path):
    make_workspace(tmp_path / "w", "records", "memory://tables").save()
    again = make_workspace(tmp_path / "w", "others", None)
    assert open_workspace(tmp_path / "w").records == "records"
    assert again.store.root == "memory://tables"
    again.save()
    assert open_workspace(tmp_path / "w").records == "others"


def test_a_workspace_may_be_moved(tmp_path):
    make_workspace(tmp_path / "w", "records", None).save()
    (tmp_path / "w").rename(tmp_path / "v")
    assert open_workspace(tmp_path / "v").store.root == str(tmp_path / "v" / "records")


def test_lists_come_back_in_order(tmp_path):
    workspace = make_workspace(tmp_path / "w", "records", None)
    assert workspace.manifest() == {}
    assert workspace.catalogue() == []
    rows = [row(MANIFEST, key="b", date=date(2015, 7, 21)), row(MANIFEST, key="a", units=3)]
    workspace.save_manifest(rows)
    assert list(workspace.manifest().items()) == [("a", rows[1]), ("b", rows[0])]
    files = [row(CATALOGUE, path="b"), row(CATALOGUE, path="a", size=5, modified=2**60)]
    workspace.save_catalogue(files)
    assert workspace.catalogue() == files[::-1]


@pytest.mark.parametrize("content", [b"", b"PAR1 cut", None])
def test_a_list_that_cannot_be_read_is_told(tmp_path, content):
    workspace = make_workspace(tmp_path / "w", "records", None)
    if content is None:  # another program's columns
        workspace.save_manifest([row(MANIFEST, key="a")])
        (tmp_path / "w" / "manifest.parquet").rename(tmp_path / "w" / "catalogue.parquet")
    else:
        (tmp_path / "w" / "catalogue.parquet").write_bytes(content)
    with pytest.raises(DamagedError, match=r"catalogue\.parquet is damaged: cdtm build records"):
        workspace.catalogue()


def test_notes_are_kept(tmp_path):
    workspace = make_workspace(tmp_path / "w", "records", None)
    assert workspace.note("matches") is None
    workspace.save_note("matches", {"joins": [["甲", "b", 0.5]]})
    assert workspace.note("matches") == {"joins": [["甲", "b", 0.5]]}


def test_another_folder_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("")
    with pytest.raises(UserError, match=r"holds thesis\.docx"):
        make_workspace(tmp_path, "records", None)
    with pytest.raises(UserError, match="is no workspace"):
        open_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_newer_workspace_is_refused(tmp_path):
    make_workspace(tmp_path, "records", None).save()
    told = {"format": FORMAT + 1, "records": "records", "store": None}
    (tmp_path / "workspace.json").write_text(json.dumps(told))
    for opening in (open_workspace, lambda folder: make_workspace(folder, "records", None)):
        with pytest.raises(UserError, match="newer cdtm"):
            opening(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no such lock")
def test_one_build_at_a_time(tmp_path):
    workspace = make_workspace(tmp_path, "records", None)
    with (
        locked(workspace.folder),
        pytest.raises(UserError, match="Another build"),
        locked(workspace.folder),
    ):
        pass
    with locked(workspace.folder):
        pass


def test_another_place_for_the_tables_is_refused_and_nothing_is_written(tmp_path):
    make_workspace(tmp_path / "w", "records", None).save()
    before = (tmp_path / "w" / "workspace.json").read_bytes()
    with pytest.raises(UserError, match="keeps its tables in"):
        make_workspace(tmp_path / "w", "records", str(tmp_path / "elsewhere"))
    assert (tmp_path / "w" / "workspace.json").read_bytes() == before
    own = str(tmp_path / "w" / "records")
    assert make_workspace(tmp_path / "w", "records", own).store.root == own


@pytest.mark.parametrize("kind", damages(b""))
def test_a_damaged_description_is_told_and_made_anew(tmp_path, kind):
    make_workspace(tmp_path, "records", None).save()
    path = tmp_path / "workspace.json"
    whole = path.read_bytes()
    path.write_bytes(damages(whole)[kind])
    with pytest.raises(DamagedError, match="cdtm build RECORDS"):
        open_workspace(tmp_path)
    make_workspace(tmp_path, "records", None).save()
    assert path.read_bytes() == whole


def test_a_lost_description_is_made_anew_where_the_rest_is_ours(tmp_path):
    workspace = make_workspace(tmp_path, "records", None)
    workspace.save_note("matches", {})  # a build that was killed at once
    with pytest.raises(DamagedError):
        open_workspace(tmp_path)
    make_workspace(tmp_path, "records", None).save()
    assert open_workspace(tmp_path) == workspace


def test_leftovers_of_killed_builds_are_removed(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        ended.wait()
    (tmp_path / "records" / "CD-PV-1").mkdir(parents=True)
    mine = part_in(tmp_path)
    theirs = [
        mine.with_name(mine.name.replace(f"-{os.getpid()}-", f"-{ended.pid}-")),
        tmp_path / "records" / "CD-PV-1" / mine.name.replace(f"-{os.getpid()}-", f"-{ended.pid}-"),
    ]
    elsewhere = mine.with_name(".cdtm-0a0b0c-1-00.part")  # another machine's, on a shared disk
    for part in (mine, elsewhere, *theirs):
        part.write_bytes(b"half")
    with locked(tmp_path):
        pass
    assert [part.exists() for part in (mine, elsewhere, *theirs)] == [True, True, False, False]


def test_a_folder_that_may_only_be_read_is_one_sentence(tmp_path):
    folder = tmp_path / "a file"
    folder.write_bytes(b"")
    with pytest.raises(UserError, match="Nothing may be written in"), locked(folder):
        pass


def test_on_windows_a_file_is_locked_by_what_that_has(tmp_path, monkeypatch):
    """Not on Windows itself: there is none here (docs/CORPUS.md)."""
    asked = []

    def locking(*how):
        asked.append(how)
        if len(asked) > 1:
            raise OSError("locked")

    monkeypatch.setattr("cdtm.build.workspace.sys.platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with locked(tmp_path), pytest.raises(BusyError), locked(tmp_path):
        pass
    assert [how[1:] for how in asked] == [(2, 1), (2, 1)]
