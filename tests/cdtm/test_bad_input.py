"""Each mistake gets one sentence that says what and how to cure, exit 1, and no output."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# Sentences that no reader can take for another language or another record.
ZH_SENTENCE = "裁军谈判会议今天上午举行全体会议，审议消极安全保证问题。\n"
EN_SENTENCE = "The Conference on Disarmament met this morning to consider security assurances.\n"


def assert_refused(run, *words: str, tmp_path: Path) -> None:
    assert run.status == 1
    assert run.out == ""
    lines = run.err.strip().splitlines()
    assert len(lines) == 1, run.err
    assert lines[0].startswith("cdtm: ")
    assert lines[0].endswith(".")
    for word in words:
        assert word in lines[0]
    # Nothing was written, whole, half or under a temporary name.
    assert not [path for path in (tmp_path / "out").glob("**/*") if path.is_file()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "memory.tmx"


@pytest.fixture
def make(tmp_path: Path):
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def test_missing_file(cdtm, zh, out, tmp_path):
    run = cdtm("align", zh, tmp_path / "absent.txt", "-o", out)
    assert_refused(run, "absent.txt", tmp_path=tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n\n \n", b"\xef\xbb\xbf"])
def test_empty_file(cdtm, zh, out, make, tmp_path, content):
    run = cdtm("align", zh, make("en.txt", content), "-o", out)
    assert_refused(run, "en.txt", tmp_path=tmp_path)


def test_folder_as_input(cdtm, zh, out, tmp_path):
    (tmp_path / "records").mkdir()
    assert_refused(cdtm("align", zh, tmp_path / "records", "-o", out), "records", tmp_path=tmp_path)


def test_two_chinese_files(cdtm, zh, out, make, tmp_path):
    run = cdtm("align", zh, make("other.txt", zh.read_bytes()), "-o", out)
    assert_refused(run, "both Chinese", "other.txt", "English", tmp_path=tmp_path)


def test_two_english_files(cdtm, en, out, make, tmp_path):
    run = cdtm("align", en, make("other.txt", en.read_bytes()), "-o", out)
    assert_refused(run, "both English", "other.txt", tmp_path=tmp_path)


def test_one_file_twice(cdtm, zh, out, tmp_path):
    assert_refused(cdtm("align", zh, zh, "-o", out), "both files", tmp_path=tmp_path)


def test_files_of_different_symbols(cdtm, zh, en, out, make, tmp_path):
    other = make("en.txt", en.read_bytes().replace(b"9999", b"9998"))
    run = cdtm("align", zh, other, "-o", out)
    assert_refused(run, "CD/PV.9999", "CD/PV.9998", "--force", tmp_path=tmp_path)


def test_truncated_pdf(cdtm, zh, out, make, tmp_path):
    broken = make("en.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R")
    assert_refused(cdtm("align", zh, broken, "-o", out), "en.pdf", tmp_path=tmp_path)


def test_docx_that_is_a_renamed_zip(cdtm, zh, out, tmp_path):
    path = tmp_path / "en.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("record.txt", EN_SENTENCE)
    assert_refused(cdtm("align", zh, path, "-o", out), "en.docx", tmp_path=tmp_path)


@pytest.mark.parametrize("name", ["en.txt", "en.pdf", "en.docx", "en"])
def test_binary_noise(cdtm, zh, out, make, tmp_path, name):
    noise = make(name, random.Random(5).randbytes(20_000))
    assert_refused(cdtm("align", zh, noise, "-o", out), name, tmp_path=tmp_path)


def test_one_sentence_against_a_thousand(cdtm, out, make, tmp_path):
    one, many = make("zh.txt", ZH_SENTENCE), make("en.txt", EN_SENTENCE * 1000)
    run = cdtm("align", one, many, "--segmented", "-o", out)
    assert_refused(run, "zh.txt", "en.txt", tmp_path=tmp_path)


@pytest.mark.parametrize("name", ["memory", "memory.docx", "memory.tmx.bak", "-"])
def test_unknown_suffix(cdtm, zh, en, tmp_path, out, name):
    run = cdtm("align", zh, en, "-o", out.parent / name)
    assert_refused(run, ".tmx", ".tsv", ".links", tmp_path=tmp_path)


def test_output_folder_missing(cdtm, zh, en, out, tmp_path):
    run = cdtm("align", zh, en, "-o", out.parent / "deeper" / "memory.tmx")
    assert_refused(run, "deeper", tmp_path=tmp_path)


def test_one_bad_output_stops_the_good_one(cdtm, zh, en, out, tmp_path):
    run = cdtm("align", zh, en, "-o", out, "-o", out.parent / "memory.xyz")
    assert_refused(run, "memory.xyz", tmp_path=tmp_path)


def test_output_that_is_an_input(cdtm, zh, en, out, make, tmp_path):
    source = make("zh.tsv", zh.read_bytes())
    run = cdtm("align", source, en, "-o", source)
    assert_refused(run, "zh.tsv", tmp_path=tmp_path)
    assert source.read_bytes() == zh.read_bytes()


def test_output_given_twice(cdtm, zh, en, out, tmp_path):
    assert_refused(cdtm("align", zh, en, "-o", out, "-o", out), "twice", tmp_path=tmp_path)


@pytest.mark.parametrize(
    "code", ["zh=zh_CN", "zh=", "zh=en-US", "fr=fr-FR", "zh-CN", "en=english!"]
)
def test_bad_language_code(cdtm, zh, en, out, tmp_path, code):
    # Also where the format has no languages, for the user meant something.
    for output in (out, out.with_suffix(".links")):
        run = cdtm("align", zh, en, "-o", output, "--lang", code)
        assert_refused(run, code.rpartition("=")[2], tmp_path=tmp_path)


def test_unknown_encoder(cdtm, zh, en, out, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    run = cdtm("align", zh, en, "-o", out, "--encoder", tmp_path / "no-such-model")
    assert_refused(run, "no-such-model", tmp_path=tmp_path)


def test_unknown_encoding(cdtm, zh, en, out, tmp_path):
    run = cdtm("align", zh, en, "-o", out, "--encoding", "klingon")
    assert_refused(run, "klingon", "gb18030", tmp_path=tmp_path)


def test_wrong_encoding(cdtm, zh, en, out, tmp_path):
    # The sample is UTF-8; as UTF-16 its bytes are no text.
    run = cdtm("align", zh, en, "-o", out, "--encoding", "ascii")
    assert_refused(run, "ascii", tmp_path=tmp_path)


def test_three_encodings(cdtm, zh, en, out, tmp_path):
    three = ["--encoding", "utf-8"] * 3
    assert_refused(cdtm("align", zh, en, "-o", out, *three), "--encoding", tmp_path=tmp_path)


def test_former_output_survives_a_failure(cdtm, zh, out, tmp_path):
    out.write_text("the memory of last week")
    assert cdtm("align", zh, tmp_path / "absent.txt", "-o", out).status == 1
    assert out.read_text() == "the memory of last week"
    assert [path.name for path in out.parent.iterdir()] == [out.name]


@pytest.mark.parametrize("number", [85, 100_000])
def test_trace_of_a_sentence_that_is_not_there(cdtm, zh, en, out, tmp_path, number):
    run = cdtm("trace", zh, en, "--sentence", number)
    assert_refused(run, f"no sentence {number}", "0 to 84", tmp_path=tmp_path)


def test_gold_folder_without_gold(cdtm, out, tmp_path):
    assert_refused(cdtm("evaluate", tmp_path), ".gold", tmp_path=tmp_path)
    assert_refused(cdtm("evaluate", tmp_path / "absent"), "absent", tmp_path=tmp_path)


def test_validate_of_a_missing_file(cdtm, out, tmp_path):
    assert_refused(cdtm("validate", tmp_path / "no.tmx"), "no.tmx", tmp_path=tmp_path)
