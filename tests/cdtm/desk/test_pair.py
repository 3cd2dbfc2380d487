"""One pair of files at the desk."""

from __future__ import annotations

import pytest

from cdtm.build.workspace import open_workspace
from cdtm.desk.correct import correct
from cdtm.desk.pair import pair_workspace, save_pair
from cdtm.desk.record import name_of
from cdtm.jobs.pair import AlignJob
from cdtm.memory.memory import Memory
from corpora.errors import UserError


def test_a_pair_is_aligned_corrected_and_saved_and_nothing_else_is_left(zh, en, tmp_path):
    job = AlignJob(zh, en, (tmp_path / "out.tsv",))
    with pair_workspace(job) as (folder, name):
        assert name == "CD/PV.9999"
        save_pair(folder, job)
        before = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
        workspace = open_workspace(folder)
        with Memory.open(workspace.memory) as memory:
            [record] = memory.records()
            row = next(row for row in memory.rows_of(record) if row.zh and row.en)
        told = {"record": record.key, "unit": name_of(row), "decision": "edit", "new_en": "Begun."}
        assert correct(workspace, told, "Anna").conflict == ""
        save_pair(folder, job)
        after = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
    assert len(before) == len(after) > 80
    assert [line for line in after if "Begun." in line]
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv"]
    assert not folder.exists()


def test_files_that_do_not_fit_are_told(zh, tmp_path):
    with pytest.raises(UserError), pair_workspace(AlignJob(zh, zh, (tmp_path / "o.tmx",))):
        pass
