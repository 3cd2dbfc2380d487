"""`cdtm evaluate` and the scorer that was written without it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from align.links import read_links
from align.quality.calibration import Bin
from align.quality.evaluate import Counts, Evaluation, JudgedBead
from cdtm.evaluate import _bar, confidence_figures


@pytest.fixture
def gold(tmp_path):
    """Two small pairs, one whose gold the aligner is bound to miss."""
    folder = tmp_path / "gold"
    folder.mkdir()
    texts = {
        "001.zh": "主席：会议现在开始。\n第一位发言者是巴西代表。\n现在休会。\n",
        "001.en": "The President: I call the meeting to order.\n"
        "The first speaker is the representative of Brazil.\nThe meeting is adjourned.\n",
        "001.gold": "[0]:[0]\n[1]:[1]\n[2]:[2]\n",
        "002.zh": "我们支持这项决议。\n核裁军是优先事项。\n谢谢。\n",
        "002.en": "We support the resolution.\nNuclear disarmament is a priority.\nThank you.\n",
        "002.gold": "[0,1]:[0]\n[]:[1]\n[2]:[2]\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def oracle(shared, gold, test):
    scorer = shared / "tools" / "score_links.py"
    run = subprocess.run(
        [sys.executable, scorer, gold, test, "--ext", ".links", "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(run.stdout)


def test_table(cdtm, gold):
    run = cdtm("evaluate", gold)
    assert run.status == 0, run.err
    rows = [line.split() for line in run.out.splitlines() if line.strip()]
    assert rows[0] == ["links", "gold", "strict", "P", "R", "F1", "lax", "P", "R", "F1"]
    assert [row[0] for row in rows if row[0] in ("001", "002", "all")] == ["001", "002", "all"]


def test_json_names_files_and_signature(cdtm, gold):
    figures = json.loads(cdtm("evaluate", gold, "--json").out)
    assert set(figures) == {"signature", "pooled", "null_links", "files"}
    assert figures["null_links"]["gold"] == 1
    assert list(figures["files"]) == ["001", "002"]
    # The gold of the second pair is wrong on purpose: its figures may not be perfect.
    assert figures["files"]["002"]["f1_strict"] < 1
    assert figures["pooled"]["test_links"] == sum(
        scores["test_links"] for scores in figures["files"].values()
    )


def test_thresholds_say_what_they_keep(cdtm, gold):
    run = cdtm("evaluate", gold, "--thresholds")
    assert run.status == 0, run.err
    assert "confidence at least" in run.out
    assert "expected calibration error" in run.out
    assert "confidence at least" not in cdtm("evaluate", gold).out


def test_thresholds_as_json_agree_with_the_scores(cdtm, gold):
    figures = json.loads(cdtm("evaluate", gold, "--thresholds", "--json").out)
    found = figures["confidence"]
    whole = found["thresholds"][0]
    assert (whole["threshold"], whole["beads"], whole["share"]) == (0.0, found["units"], 1.0)
    assert whole["recall"] == figures["pooled"]["recall_strict"]
    assert found["beads"] == figures["pooled"]["test_links"]
    assert sum(part["beads"] for part in found["reliability"]) == found["beads"]
    kept = [row["beads"] for row in found["thresholds"] if row["wanted"] is None]
    assert kept == sorted(kept, reverse=True)
    for row in found["thresholds"]:
        assert row["wanted"] is None or row["precision"] >= row["wanted"]


def test_shipped_thresholds_are_shown_with_what_they_give_here(cdtm, gold, monkeypatch):
    monkeypatch.setattr("cdtm.evaluate.stored_thresholds", lambda: {0.99: 0.0})
    run = cdtm("evaluate", gold, "--thresholds")
    all_kept, *_ = [line for line in run.out.splitlines() if "confidence at least" in line]
    (shipped,) = [line for line in run.out.splitlines() if "shipped for 99.0%" in line]
    assert shipped.split()[3:] == all_kept.split()[3:]


def test_omissions_are_no_units_but_count_for_calibration():
    beads = (
        JudgedBead(0.9, right=True, is_null=False),
        JudgedBead(0.8, right=False, is_null=False),
        JudgedBead(0.6, right=False, is_null=True),
    )
    found = confidence_figures(
        Evaluation({"001": Counts(3, 1, 1, 4, 1, 1)}, "x", {}, {"001": beads})
    )
    assert (found["units"], found["beads"]) == (2, 3)
    assert found["thresholds"][0]["precision"] == 1 / 2
    assert found["thresholds"][0]["recall"] == 1 / 4
    assert found["expected_calibration_error_units"] == pytest.approx((0.1 + 0.8) / 2)
    assert found["expected_calibration_error_beads"] == pytest.approx((0.1 + 0.8 + 0.6) / 3)


def test_the_bar_is_as_long_as_the_share_right():
    assert _bar(Bin(0.5, 0.25, 8)) == "=" * 10 + " " * 10 + "|"
    assert _bar(Bin(1.0, 1.0, 8)) == "=" * 40 + "|"
    assert _bar(Bin(0.25, 0.5, 8)) == "=" * 10 + "|" + "=" * 9


def test_one_file_needs_no_pooled_row(cdtm, gold):
    for path in gold.glob("002.*"):
        path.unlink()
    assert "all files" not in cdtm("evaluate", gold).out


@pytest.mark.parametrize("name", ["spv", "cdpv-1579-part1"])
def test_agrees_with_the_independent_scorer(cdtm, shared, tmp_path, name):
    folder = shared / "gold" / name
    for gold in folder.glob("*.gold"):
        stem = folder / gold.stem
        links = tmp_path / f"{gold.stem}.links"
        run = cdtm("align", f"{stem}.zh", f"{stem}.en", "--segmented", "-o", links, "--force")
        assert run.status == 0, run.err
        assert read_links(links)
    figures = json.loads(cdtm("evaluate", folder, "--json").out)
    assert figures["pooled"] == oracle(shared, folder, tmp_path)


def test_agrees_on_small_gold_with_faults(cdtm, shared, gold, tmp_path):
    for stem in ("001", "002"):
        pair = (gold / f"{stem}.zh", gold / f"{stem}.en")
        cdtm("align", *pair, "--segmented", "-o", tmp_path / f"{stem}.links")
    figures = json.loads(cdtm("evaluate", gold, "--json").out)
    assert figures["pooled"] == oracle(shared, gold, tmp_path)
