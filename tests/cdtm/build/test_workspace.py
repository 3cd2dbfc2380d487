"""The workspace's folder: made, opened, refused, locked; its two lists."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest

from cdtm.build.schemas import CATALOGUE, MANIFEST
from cdtm.build.workspace import FORMAT, locked, make_workspace, open_workspace
from corpora import UserError


def row(schema, **values):
    return dict.fromkeys(schema) | values


def test_what_was_made_is_opened(tmp_path):
    made = make_workspace(tmp_path / "w", "records", None)
    opened = open_workspace(tmp_path / "w")
    assert opened == made
    assert opened.records == "records"
    assert opened.store.root == str(tmp_path / "w" / "records")


def test_the_place_of_the_tables_is_remembered(tmp_path):
    make_workspace(tmp_path / "w", "records", "memory://tables")
    assert make_workspace(tmp_path / "w", "others", None).store.root == "memory://tables"
    assert open_workspace(tmp_path / "w").records == "others"


def test_a_workspace_may_be_moved(tmp_path):
    make_workspace(tmp_path / "w", "records", None)
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
def test_a_list_that_cannot_be_read_is_made_anew(tmp_path, content):
    workspace = make_workspace(tmp_path / "w", "records", None)
    if content is None:  # another program's columns
        workspace.save_manifest([row(MANIFEST, key="a")])
        (tmp_path / "w" / "manifest.parquet").rename(tmp_path / "w" / "catalogue.parquet")
    else:
        (tmp_path / "w" / "catalogue.parquet").write_bytes(content)
    assert workspace.catalogue() == []


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
    make_workspace(tmp_path, "records", None)
    told = {"format": FORMAT + 1, "records": "records", "store": None}
    (tmp_path / "workspace.json").write_text(json.dumps(told))
    for opening in (open_workspace, lambda folder: make_workspace(folder, "records", None)):
        with pytest.raises(UserError, match="newer cdtm"):
            opening(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="no such lock")
def test_one_build_at_a_time(tmp_path):
    workspace = make_workspace(tmp_path, "records", None)
    with locked(workspace), pytest.raises(UserError, match="Another build"), locked(workspace):
        pass
    with locked(workspace):
        pass
