from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from corpora import UserError
from corpora.fetch.folder import MANIFEST, RecordFolder
from corpora.fetch.pace import StoppedError
from corpora.fetch.service import Answer, Wanted
from tests.corpora.serving_records import TEXTS, make_docx, make_record

ZH, EN = Wanted("CD/PV.1579", "zh"), Wanted("CD/PV.1579", "en")
NAME = "CD_PV.1579-C.pdf"


def found(wanted: Wanted, data: bytes | None = None, kind="pdf") -> Answer:
    data = make_record(wanted.symbol, wanted.language) if data is None else data
    return Answer(wanted, "found", "", "http://a/1", "http://a/2", data, kind, 2)


@pytest.fixture
def folder(tmp_path) -> RecordFolder:
    return RecordFolder(tmp_path / "new" / "records")


def lines(folder: RecordFolder) -> list[dict]:
    return [json.loads(line) for line in (folder.path / MANIFEST).read_text("utf-8").splitlines()]


def names(folder: RecordFolder) -> list[str]:
    return sorted(path.name for path in folder.path.iterdir())


def test_a_record_is_kept_and_entered(folder):
    entry = folder.keep(found(ZH))
    assert (entry.status, entry.file) == ("kept", NAME)
    assert (folder.path / NAME).read_bytes() == make_record("CD/PV.1579", "zh")
    (line,) = lines(folder)
    assert line["symbol"] == "CD/PV.1579"
    assert line["language"] == "zh"
    assert (line["url"], line["final_url"]) == ("http://a/1", "http://a/2")
    assert (line["bytes"], len(line["sha256"])) == ((folder.path / NAME).stat().st_size, 64)
    assert line["time"].endswith("+00:00")
    assert names(folder) == [NAME, MANIFEST]


def test_what_is_there_is_known_to_the_next_run(folder):
    assert folder.there(ZH) is None
    entry = folder.keep(found(ZH))
    again = RecordFolder(folder.path)
    assert again.there(ZH) == entry
    assert again.there(EN) is None
    assert len(lines(folder)) == 1


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_file_that_is_no_longer_the_same_is_not_there(folder, damage):
    folder.keep(found(ZH))
    if damage == "changed":
        (folder.path / NAME).write_bytes(make_record("CD/PV.1579", "zh", TEXTS["zh"] * 2))
    else:
        (folder.path / NAME).unlink()
    assert RecordFolder(folder.path).there(ZH) is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_another_language_is_kept_out(folder, language):
    entry = folder.keep(found(ZH, make_record("CD/PV.1579", language)))
    assert entry.status == "wrong_language"
    assert "Chinese was asked for" in entry.reason
    assert (entry.file, names(folder)) == ("", [MANIFEST])
    assert lines(folder)[0]["reason"] == entry.reason


def test_another_language_in_word_is_kept_out_too(folder):
    wanted = replace(ZH, format="docx")
    entry = folder.keep(found(wanted, make_docx("CD/PV.1579", "en"), "docx"))
    assert entry.status == "wrong_language"
    entry = folder.keep(found(wanted, make_docx("CD/PV.1579", "zh"), "docx"))
    assert (entry.status, entry.file) == ("kept", "CD_PV.1579-C.docx")


def test_a_scan_is_kept_with_a_note_unless_it_is_the_other_language_s(folder):
    scan = make_record("CD/PV.1579", "zh", "")
    entry = folder.keep(found(EN, scan))
    assert entry.status == "kept"
    assert "unchecked" in entry.notes[0]
    entry = folder.keep(found(ZH, scan))
    assert (entry.status, entry.reason) == ("wrong_language", "what came is the English file again")
    assert folder.keep(found(ZH, scan + b"\n")).status == "kept"


def test_the_symbol_of_another_record_is_noted(folder):
    entry = folder.keep(found(ZH, make_record("CD/PV.1578", "zh")))
    assert entry.status == "kept"
    assert "CD/PV.1578" in entry.notes[0]


def test_a_damaged_pdf_is_a_failure(folder):
    entry = folder.keep(found(ZH, b"%PDF-1.4\nrubbish\n%%EOF\n"))
    assert (entry.status, entry.file) == ("failed", "")
    assert "damaged" in entry.reason
    entry = folder.keep(found(replace(ZH, format="docx"), b"PK\3\4 PK\5\6", "docx"))
    assert entry.status == "failed"


def test_what_was_not_found_is_entered_and_asked_again(folder):
    entry = folder.keep(Answer(ZH, "not_found", "no such file", "http://a/1", "http://a/1"))
    assert (entry.status, entry.reason, entry.sha256) == ("not_found", "no such file", "")
    assert RecordFolder(folder.path).there(ZH) is None
    folder.keep(found(ZH))
    assert RecordFolder(folder.path).there(ZH).status == "kept"


def test_a_file_that_cannot_be_had_anew_is_not_forgotten(folder):
    folder.keep(found(ZH))
    entry = folder.keep(Answer(ZH, "failed", "status 502", "http://a/1", "http://a/1"))
    assert entry.status == "failed"
    there = RecordFolder(folder.path).there(ZH)
    assert (there.file, there.url) == (NAME, "http://a/1")


def test_an_unfinished_line_costs_one_fetch(folder):
    folder.keep(found(EN))
    folder.keep(found(ZH))
    manifest = folder.path / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-40])
    (folder.path / NAME).unlink()
    again = RecordFolder(folder.path)
    assert again.there(EN) is not None
    assert again.there(ZH) is None
    again.keep(found(ZH))
    third = RecordFolder(folder.path)
    assert third.there(EN).url == "http://a/1"
    assert third.there(ZH).url == "http://a/1"


@pytest.mark.parametrize("line", ["[]", "7", '"x"', "{}", '{"symbol": "CD/PV.1"}', "null", "\x00"])
def test_a_strange_line_is_passed_over(folder, line):
    folder.keep(found(ZH))
    with (folder.path / MANIFEST).open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    assert RecordFolder(folder.path).there(ZH) is not None


def test_a_file_without_an_entry_counts_if_it_is_the_record(folder):
    (folder.path / NAME).write_bytes(make_record("CD/PV.1579", "zh"))
    entry = folder.there(ZH)
    assert (entry.status, entry.file, entry.url) == ("kept", NAME, "")
    assert "was in the folder already" in entry.notes[-1]
    assert len(lines(folder)) == 1
    (folder.path / "CD_PV.1579-E.pdf").write_bytes(make_record("CD/PV.1579", "zh"))
    assert folder.there(EN) is None
    (folder.path / "CD_PV.1579-E.pdf").write_bytes(b"")
    assert folder.there(EN) is None


def test_the_part_of_a_killed_run_is_written_over(folder):
    (folder.path / f".{NAME}.part").write_bytes(b"%PDF half")
    folder.keep(found(ZH))
    assert names(folder) == [NAME, MANIFEST]


def test_nothing_is_written_through_a_link(folder, tmp_path):
    outside = tmp_path / "outside"
    for name in (f".{NAME}.part", NAME):
        outside.write_bytes(b"mine")
        (folder.path / name).unlink(missing_ok=True)
        (folder.path / name).symlink_to(outside)
        folder.keep(found(ZH))
        assert outside.read_bytes() == b"mine"
        assert not (folder.path / NAME).is_symlink()
    (folder.path / MANIFEST).unlink()
    (folder.path / MANIFEST).symlink_to(outside)
    with pytest.raises(UserError, match="cannot be written"):
        folder.keep(found(EN))
    assert outside.read_bytes() == b"mine"


def test_a_closed_folder_takes_nothing_more(folder):
    folder.close()
    with pytest.raises(StoppedError):
        folder.keep(found(ZH))
    with pytest.raises(StoppedError):
        folder.there(ZH)
    assert names(folder) == []


def test_a_full_disk_leaves_nothing_half_written(folder, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpora.fetch.folder.os.replace", fail)
    with pytest.raises(UserError, match="No space left"):
        folder.keep(found(ZH))
    assert names(folder) == []


def test_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="give a folder that you may write to"):
        RecordFolder(tmp_path / "file")
    with pytest.raises(UserError, match="give a folder"):
        RecordFolder(tmp_path / "file" / "below")


def test_a_manifest_that_cannot_be_written_is_told(folder):
    folder.keep(found(EN))
    shutil.move(folder.path / MANIFEST, folder.path / "elsewhere")
    (folder.path / MANIFEST).mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        folder.keep(found(ZH))


def test_real_records_are_told_apart(shared, folder):
    for name, language in (("S_PV.10011-EN.pdf", "en"), ("UDHR_chinese.pdf", "zh")):
        data = (shared / "records" / "pdf" / name).read_bytes()
        for wanted in (Wanted("S/PV.10011", "en"), Wanted("S/PV.10011", "zh")):
            right = wanted.language == language
            assert (folder.keep(found(wanted, data)).status == "kept") is right
