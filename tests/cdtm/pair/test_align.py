"""`cdtm align` on the bundled sample, whole way, with the shipped encoder."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from align import Alignment, Bead
from align.links import read_links
from cdtm.jobs.pair import AlignJob
from cdtm.pair.align import describe_beads, run_align
from cdtm.pair.fit import doubts_about
from corpora import Document, Sentence
from tmx_out import read_tmx, validate_tmx


def test_writes_a_sound_memory_and_says_what_it_did(cdtm, zh, en, tmp_path):
    out = tmp_path / "memory.tmx"
    run = cdtm("align", zh, en, "-o", out)
    assert run.status == 0, run.err
    assert run.out == ""
    assert validate_tmx(out) == []
    for words in ("85 sentences", "86 sentences", "CD/PV.9999", "3 June 2031", "null link"):
        assert words in run.err
    assert f"{out}, " in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["memory.tmx"]


def test_order_of_the_files_does_not_matter(cdtm, zh, en, tmp_path):
    for name, pair in (("a", (zh, en)), ("b", (en, zh))):
        assert cdtm("align", *pair, "-o", tmp_path / f"{name}.tmx").status == 0
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


def test_several_outputs_of_one_alignment(cdtm, zh, en, tmp_path):
    outputs = [tmp_path / f"m{suffix}" for suffix in (".tmx", ".TSV", ".links")]
    run = cdtm("align", zh, en, *(part for out in outputs for part in ("-o", out)))
    assert run.status == 0, run.err
    assert all(out.stat().st_size for out in outputs)
    links = read_links(outputs[2])
    assert sorted(number for link in links for number in link[0]) == list(range(85))
    assert sorted(number for link in links for number in link[1]) == list(range(86))


def test_direction_and_codes(cdtm, zh, en, tmp_path):
    out = tmp_path / "m.tmx"
    options = ["--source", "en", "--lang", "en=en-GB", "--lang", "zh=zh"]
    assert cdtm("align", zh, en, "-o", out, *options).status == 0
    text = out.read_text("utf-8")
    assert 'srclang="en-GB"' in text
    assert 'xml:lang="zh"' in text
    assert "zh-CN" not in text


def test_min_confidence_leaves_out_and_says_so(cdtm, zh, en, tmp_path):
    assert cdtm("align", zh, en, "-o", tmp_path / "all.tmx").status == 0
    run = cdtm("align", zh, en, "-o", tmp_path / "sure.tmx", "--min-confidence", "1")
    every, sure = (len(list(read_tmx(tmp_path / f"{name}.tmx"))) for name in ("all", "sure"))
    assert sure < every
    assert f"{every - sure} below the asked confidence" in run.err


def test_quiet_prints_nothing(cdtm, zh, en, tmp_path):
    run = cdtm("align", zh, en, "-o", tmp_path / "m.tmx", "--quiet")
    assert (run.status, run.out, run.err) == (0, "", "")


def test_pipe_has_no_colour_and_no_progress(zh, en, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "cdtm", "align", zh, en, "-o", tmp_path / "m.tmx"],
        capture_output=True,
        check=True,
    )
    assert run.stdout == b""
    assert b"\x1b" not in run.stderr
    assert b"\r" not in run.stderr


def test_segmented_numbers_the_lines_of_the_files(cdtm, tmp_path):
    # Two sentences in one line stay one, and a line that a record's page would lose stays too.
    zh = ["CD/PV.1", "主席：会议现在开始。请坐。谢谢。", "第一位发言者是巴西代表。", "现在休会。"]
    en = [
        "CD/PV.1",
        "The President: I call the meeting to order. Please be seated. Thank you.",
        "The first speaker is the representative of Brazil.",
        "The meeting is adjourned.",
    ]
    (tmp_path / "a.zh").write_text("\n".join(zh), "utf-8")
    (tmp_path / "a.en").write_text("\n".join(en), "utf-8")
    pair = (tmp_path / "a.zh", tmp_path / "a.en")
    assert cdtm("align", *pair, "--segmented", "-o", tmp_path / "a.links").status == 0
    assert read_links(tmp_path / "a.links") == [((n,), (n,)) for n in range(4)]


def test_force_aligns_other_symbols_and_notes_it(cdtm, zh, en, tmp_path):
    other = tmp_path / "en.txt"
    other.write_bytes(en.read_bytes().replace(b"CD/PV.9999", b"CD/PV.9998"))
    run = cdtm("align", zh, other, "-o", tmp_path / "m.tmx", "--force")
    assert run.status == 0, run.err
    assert "The symbols differ, CD/PV.9999 and CD/PV.9998" in run.err


@pytest.mark.parametrize("codec", ["gb18030", "utf-16"])
def test_encodings_are_told_and_can_be_given(cdtm, zh, en, tmp_path, codec):
    other = tmp_path / "zh.txt"
    other.write_bytes(zh.read_text("utf-8").encode(codec))
    told = tmp_path / "told.tmx"
    given = tmp_path / "given.tmx"
    assert cdtm("align", other, en, "-o", told).status == 0
    options = ["--encoding", codec, "--encoding", "utf-8"]
    assert cdtm("align", other, en, "-o", given, *options).status == 0
    assert told.read_bytes() == given.read_bytes()


def test_unknown_symbol_is_noted(cdtm, zh, en, tmp_path):
    other = tmp_path / "en.txt"
    other.write_bytes(en.read_bytes().replace(b"CD/PV.9999", b"").replace(b"9999th", b"last"))
    run = cdtm("align", zh, other, "-o", tmp_path / "m.tmx")
    assert run.status == 0, run.err
    assert "No document symbol was found in en.txt" in run.err


def test_whole_record_raises_no_doubt(cdtm, zh, en, tmp_path):
    run = cdtm("align", zh, en, "-o", tmp_path / "m.tmx")
    assert "Note" not in run.err


def test_half_a_record_is_noted(cdtm, zh, en, tmp_path):
    half = tmp_path / "half.en.txt"
    lines = en.read_text("utf-8").splitlines(keepends=True)
    half.write_text("".join(lines[: len(lines) // 2]), "utf-8")
    run = cdtm("align", zh, half, "-o", tmp_path / "m.tmx")
    assert "% of the sentences of CD_PV.9999.zh.txt have no partner" in run.err
    assert "check that half.en.txt is the whole record" in run.err


def test_other_record_of_the_same_length_is_noted(cdtm, shared, zh, tmp_path):
    other = shared / "records" / "S_PV.9722.en.txt"
    run = cdtm("align", zh, other, "-o", tmp_path / "m.tmx", "--force")
    assert "check that both files are the same record" in run.err


def test_nothing_linked_is_told_without_a_division_by_zero():
    zh = Document("a", "zh", (Sentence("甲。"),))
    en = Document("b", "en", (Sentence("A."),))
    nothing = Alignment(zh, en, (Bead((0, 1), (0, 0)), Bead((1, 1), (0, 1))))
    assert describe_beads(nothing) == "0 pairs, 2 null links"
    assert list(doubts_about(nothing)) == [
        "The pairs are doubtful: check that both files are the same record."
    ]


def test_a_long_pair_is_shared_among_processes_and_comes_out_the_same(tmp_path, monkeypatch):
    sample = files("cdtm") / "sample"
    pair = tuple(Path(str(sample / f"CD_PV.9999.{x}.txt")) for x in ("zh", "en"))
    whole, shared = tmp_path / "whole.tsv", tmp_path / "shared.tsv"
    # Cut alike in both runs: beside a cut a bead has fewer ways round it, and so is surer.
    monkeypatch.setattr("align.neighbours.LEAST_STRETCH", 10)
    run_align(AlignJob(*pair, (whole,), quiet=True))
    monkeypatch.setattr("cdtm.pair.align.LONG_FILES", 1)
    monkeypatch.setattr("cdtm.pair.align.LONG_DOCUMENT", 1)
    monkeypatch.setattr("align.doubt.flags.BEADS_AT_ONCE", 10)
    monkeypatch.setattr("align.path._CELLS_AT_ONCE", 1)
    run_align(AlignJob(*pair, (shared,), quiet=True))
    assert whole.read_text("utf-8") == shared.read_text("utf-8")
