"""The bundled sample: segmented as a person would, aligned as a person did."""

from __future__ import annotations

import subprocess
import sys

from align import align_pair, load_encoder
from align.links import read_links
from align.quality.evaluate import links_of, score_links, strict
from cdtm.demo import SAMPLE, run_demo
from corpora import read_document

FLOOR = 1.0
"""Strict F1 on the sample: it is a demonstration, so it may only be right."""


def test_sample_aligns_as_its_gold_says(zh, en):
    gold = read_links(zh.parent / "CD_PV.9999.gold")
    alignment = align_pair(read_document(zh), read_document(en), load_encoder())
    assert strict(score_links(gold, links_of(alignment))).f1 >= FLOOR


def test_gold_covers_the_sentences_as_segmented(zh, en):
    gold = read_links(zh.parent / "CD_PV.9999.gold")
    for side, path in enumerate((zh, en)):
        numbers = [number for link in gold for number in link[side]]
        assert numbers == list(range(len(read_document(path).sentences)))


def test_sample_reads_as_it_was_written(zh, en):
    chinese, english = read_document(zh), read_document(en)
    assert (chinese.symbol, english.symbol) == ("CD/PV.9999", "CD/PV.9999")
    assert chinese.meeting == english.meeting == 9999
    assert chinese.date == english.date
    for document in (chinese, english):
        text = "\n".join(sentence.text for sentence in document.sentences)
        assert "GE.31" not in text
        assert "3109999" not in text
        assert len({sentence.turn for sentence in document.sentences}) >= 9
    texts = {sentence.text for sentence in english.sentences}
    # A hyphen at a line's end, and a sentence over a page's end.
    assert any("States and nuclear-weapon States; and (c)" in text for text in texts)
    assert any("不可逆转性。" in sentence.text for sentence in chinese.sentences)
    assert "(spoke in English)" in texts


def test_demo_writes_three_files_and_shows_the_first_units(tmp_path, capfd):
    run_demo(tmp_path / "out")
    out, err = capfd.readouterr()
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".tmx", ".tsv", ".links"}
    assert "strict F1 1.000" in out
    assert "I call to order the" in out
    assert "85 sentences" in err


def test_demo_runs_as_a_module(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "cdtm.demo", str(tmp_path / "x")], capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_sample_is_package_data():
    assert sorted(path.name for path in SAMPLE.iterdir()) == [
        "CD_PV.9999.en.txt",
        "CD_PV.9999.gold",
        "CD_PV.9999.zh.txt",
    ]
