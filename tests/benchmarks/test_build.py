"""How a build of a whole corpus is judged."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import build, corpus, lookups, results
from benchmarks.build import Judged, judge
from cdtm.build.run import build_folder
from cdtm.jobs.build import BuildJob

TRUTH: dict[str, Any] = {
    "records": [
        {"symbol": "CD/PV.1", "zh": ["a.zh", "a2.zh"], "en": ["a.en"], "by": "symbol"},
        {"symbol": "CD/PV.2", "zh": ["b.zh"], "en": ["b.en"], "by": "content"},
    ],
    "faults": [
        {"reason": "duplicate", "files": ["a.zh", "a2.zh"], "kept": 1},
        {"reason": "unreadable", "files": ["c.pdf"], "kept": 0},
        {"reason": "no-partner", "files": ["d.en"], "kept": 0},
    ],
}


def row(zh, en, by="symbol", symbol="CD/PV.1", **more):
    told = {"zh_file": zh, "en_file": en, "joined_by": by, "symbol": symbol, "key": zh}
    return {**told, "status": "done", "stage": None, "reason": None, **more}


def states(**changes):
    usual = {"a.zh": "duplicate", "a2.zh": "joined", "a.en": "joined", "b.zh": "joined"}
    usual |= {"b.en": "joined", "c.pdf": "unreadable", "d.en": "no-partner"}
    renamed = {path.replace("_", "."): state for path, state in changes.items()}
    return [{"path": path, "state": state} for path, state in (usual | renamed).items()]


RIGHT = (row("a2.zh", "a.en"), row("b.zh", "b.en", "content", None))


def test_all_right():
    assert judge(TRUTH, RIGHT, states()) == Judged(2, 2, 0, 3, 3, ())


def test_a_pair_that_is_not_joined():
    found = judge(TRUTH, RIGHT[:1], states())
    assert (found.right, found.wrong) == (1, 0)
    assert found.missed == ("not joined: b.zh and b.en",)


def test_a_pair_that_is_no_record():
    found = judge(TRUTH, [row("a.zh", "b.en"), RIGHT[1]], states())
    assert (found.records, found.right, found.wrong) == (2, 1, 1)
    assert found.missed[1] == "wrongly joined: a.zh and b.en"


def test_a_copy_that_is_joined_too_is_wrong():
    found = judge(TRUTH, [*RIGHT, row("a.zh", "a.en")], states())
    assert (found.right, found.wrong) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"by": "content"}, "joined by content, not by symbol: a.zh"),
        ({"symbol": "CD/PV.9"}, "symbol CD/PV.9, not CD/PV.1"),
        (
            {"status": "failed", "stage": "read", "reason": "It is torn."},
            "failed: a.zh, read: It is torn.",
        ),
    ],
)
def test_what_else_may_be_wrong_with_a_right_pair(changes, said):
    found = judge(TRUTH, [row("a.zh", "a.en", **changes), RIGHT[1]], states())
    assert (found.right, found.missed) == (2, (said,))


def test_a_fault_that_is_not_told_or_told_as_another():
    found = judge(TRUTH, RIGHT, states(c_pdf="no-symbol", a_zh="version"))
    assert (found.faults, found.told) == (3, 1)
    assert found.missed == (
        "no duplicate: a.zh version, a2.zh joined",
        "no unreadable: c.pdf no-symbol",
    )


def test_a_file_whose_partner_is_doubtful_is_told():
    assert judge(TRUTH, RIGHT, states(d_en="doubtful")).told == 3
    assert judge(TRUTH, RIGHT, states(c_pdf="doubtful")).told == 2


def test_both_copies_left_out_count_once():
    assert judge(TRUTH, RIGHT, states(a2_zh="duplicate")).told == 3


def test_a_file_that_the_catalogue_forgot():
    found = judge(TRUTH, RIGHT, states(), ["a.zh", "z.txt"])
    assert found.missed == ("not in the catalogue: z.txt",)


def rows():
    """Give sentences of which no two are alike, for a real build."""
    things = ("treaty", "budget", "session", "report", "agenda", "border", "mission", "resolution")
    wares = ("条约", "预算", "会议", "报告", "议程", "边界", "特派团", "决议")
    for number in range(400):
        thing, ware = things[number % 8], wares[number % 8]
        yield f"第{number}个国家支持这项{ware}。", f"Country No. {number} supports this {thing}."


def test_a_build_of_a_corpus_is_judged_right(tmp_path):
    """A real build of records of a few sentences: all pairs, all faults, no mistake."""
    root = tmp_path / "corpus"
    corpus.make_corpus(root, 14, 1, rows, 15)
    build_folder(BuildJob(str(root), tmp_path / "workspace", engine="serial", quiet=True))
    facts = dict(build.judge_workspace(root, tmp_path / "workspace"))
    assert facts["pairs joined right"].startswith("14 of 14 (100.00%), 0 wrong")
    assert facts["faults listed"].startswith("9 of 9")
    assert "missed" not in facts


@pytest.mark.parametrize("section", [build, lookups])
def test_the_section_of_the_results(section, tmp_path, monkeypatch):
    facts = [("build", "9 s"), ("second run", "1 s")]
    monkeypatch.setattr(section, "RECORDED", tmp_path / "kept.json")
    section.RECORDED.write_text(json.dumps({"about": ["- today"], "facts": facts}), "utf-8")
    lines = results.recorded(section)
    assert lines[0] == f"## {section.TITLE}"
    assert f"{section.__name__} --record" in lines[2]
    assert "- today" in lines
    assert lines[-2:] == ["| build | 9 s |", "| second run | 1 s |"]


def test_without_a_run_the_section_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "RECORDED", tmp_path / "none.json")
    assert "--record" in results.recorded(build)[-1]
