"""What a file is: symbol, language and day, from text before name; no bad file stops it."""

from __future__ import annotations

import hashlib
import io
import pickle
import runpy
from datetime import date
from pathlib import Path

import docx
import pytest

from corpora.catalogue import examine as module
from corpora.catalogue.examine import (
    File,
    examine,
    examine_bytes,
)
from corpora.identify import tell_symbol
from corpora.meeting import COVER, normal_symbol

# Tests are no package, so the writer of PDFs beside this file is run from its place.
MAKER = runpy.run_path(str(Path(__file__).parent.with_name("making_pdf.py")), run_name="making_pdf")
Put, make_pdf = MAKER["Put"], MAKER["make_pdf"]

ZH = """CD/PV.9001
裁军谈判会议                                        Chinese
第九千零一次全体会议最后记录
2031年6月3日星期二上午10时在日内瓦万国宫举行

主席(以英语发言)：我宣布裁军谈判会议第 9001 次全体会议开始。感谢各位大使今天的发言。
"""
EN = """CD/PV.9001
Conference on Disarmament                                        English
Final record of the nine thousand and first plenary meeting
Held at the Palais des Nations, Geneva, on Tuesday, 3 June 2031, at 10 a.m.

The President: I call to order the meeting of the Conference. I thank all the ambassadors.
"""
FR = "Le Président : Je donne la parole à la représentante de la France, qui va nous parler. " * 3
MUTE = "主席：我感谢各位大使今天的发言，现在请下一位代表发言。"


def look(data, name="x.txt"):
    return examine_bytes(File(name, 0, 0), data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize(("text", "language"), [(ZH, "zh"), (EN, "en")])
def test_a_text_says_what_it_is(text, language):
    found = look(text, "G3112345.pdf")
    assert (found.kind, found.language, found.symbol, found.symbol_from, found.date) == (
        ("txt", language, "CD/PV.9001", "text", date(2031, 6, 3))
    )
    assert (found.problem, found.notes) == (None, ())
    assert found.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_examine_reads_the_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(ZH, "utf-8")
    found = examine(tmp_path, "a/x.txt")
    status = (tmp_path / "a" / "x.txt").stat()
    assert (found.path, found.name) == ("a/x.txt", "x.txt")
    assert (found.size, found.modified) == (status.st_size, status.st_mtime_ns)
    assert found.symbol == "CD/PV.9001"
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_word_file_says_what_it_is():
    document, out = docx.Document(), io.BytesIO()
    document.sections[0].header.paragraphs[0].text = "CD/PV.9001"
    for line in ZH.splitlines()[1:]:
        document.add_paragraph(line)
    document.save(out)
    found = look(out.getvalue(), "x.pdf")
    assert (found.kind, found.language, found.symbol) == ("docx", "zh", "CD/PV.9001")


def test_of_a_pdf_only_the_first_pages_are_read():
    page = [Put(72, 700 - 20 * n, line) for n, line in enumerate(EN.split("\n"))]
    other = [Put(72, 700, "Le texte de la page est en langue anglaise et pas du tout.")] * 9
    found = look(make_pdf([page, page, page, *[other] * 30]), "x.txt")
    assert (found.kind, found.language, found.symbol) == ("pdf", "en", "CD/PV.9001")
    assert look(make_pdf([other] * 3 + [page] * 30)).language == "fr"


def test_pages_without_text_before_the_record_are_passed():
    page = [Put(72, 700 - 20 * n, line) for n, line in enumerate(EN.split("\n"))]
    assert look(make_pdf([[], [], [], [], page])).symbol == "CD/PV.9001"


# -------------------------------------------------------------------------------- text and name


@pytest.mark.parametrize(
    "name",
    ["CD_PV.9001-C.pdf", "CD-PV-9001_zh.docx", "cdpv9001c.txt", "CD_PV.9001", "cd pv 9001 zh.txt"],
)
def test_a_name_says_the_symbol_where_the_text_does_not(name):
    found = look(MUTE, name)
    assert (found.symbol, found.symbol_from, found.language) == ("CD/PV.9001", "name", "zh")
    assert found.notes == ()


def test_a_name_says_the_language_where_the_text_is_too_short():
    assert look("2031", "CD-PV-9001_zh.txt").language == "zh"
    assert look("2031", "cdpv9001e.txt").language == "en"
    assert look("2031", "cdpv9001.txt").language is None


@pytest.mark.parametrize("name", ["G2116521.pdf", "N2531415.pdf", "download (1).txt", "1579.txt"])
def test_a_job_number_is_no_symbol(name):
    found = look(MUTE, name)
    assert (found.symbol, found.symbol_from) == (None, None)


def test_text_is_believed_before_name_and_a_note_says_so():
    found = look(ZH, "S_PV.10100-E.pdf")
    assert (found.symbol, found.symbol_from, found.language) == ("CD/PV.9001", "text", "zh")
    assert found.notes == (
        "Its name says English, its text is Chinese: the text was believed.",
        "Its name says S/PV.10100, its text CD/PV.9001: the text was believed.",
    )


def test_other_spellings_of_the_same_symbol_are_no_difference():
    assert look(ZH, "cdpv9001c.txt").notes == ()


@pytest.mark.parametrize(
    "head", ["ＣＤ／ＰＶ．９００１", "cd/pv.9001", "CD/PV. 9001", "C D / P V . 9 0 0 1"]
)
def test_a_symbol_is_read_however_it_is_set(head):
    found = look(ZH.replace("CD/PV.9001", head), "G3112345.txt")
    assert (normal_symbol(found.symbol), found.symbol_from) == ("CD/PV.9001", "text")


def test_a_symbol_alone_on_a_line_of_prose_is_not_the_records():
    prose = [MUTE] * COVER
    assert tell_symbol([*prose, "CD/1864", MUTE], "x.txt") == (None, None)
    assert tell_symbol([*prose, "CD/1864", MUTE], "CD_PV.7.txt") == ("CD/PV.7", "name")
    assert tell_symbol([*prose, "CD/PV.7", MUTE, "CD/PV.7"], "x.txt") == ("CD/PV.7", "text")


def test_a_foreign_text_is_foreign_whatever_its_name_says():
    found = look(FR, "CD_PV.9001.en.txt")
    assert (found.language, found.problem) == ("fr", None)
    assert "its text is French" in found.notes[0]


# --------------------------------------------------------------------------------------- bad files


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"  \n\t\n", "holds no text"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old Office"),
        (b"%PDF-1.4 and no more", "cut off"),
        (b"PK\x03\x04and no more", "damaged or cut-off DOCX"),
        (bytes(range(256)) * 9, "not a text"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_what_it_should_have_been(data, says):
    found = look(data, "CD_PV.9001-C.pdf")
    assert says in found.problem
    assert (found.symbol, found.symbol_from, found.language) == ("CD/PV.9001", "name", "zh")


def test_files_that_are_gone_or_locked_or_too_large_are_told(tmp_path, monkeypatch):
    (tmp_path / "x.txt").write_text(ZH, "utf-8")
    assert "is gone" in examine(tmp_path, "y.txt").problem
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert "take it out" in examine(tmp_path, "x.txt").problem
    assert examine(tmp_path, "x.txt").sha256 == ""


def test_a_fault_of_ours_is_told_and_stops_nothing(monkeypatch):
    def fail(*_):
        raise KeyError("oops")

    monkeypatch.setattr(module, "symbol_of_record", fail)
    assert "KeyError" in look(ZH).problem


def test_the_real_records_say_what_they_are(shared):
    for path in sorted((shared / "records").glob("*.txt")):
        found = examine(shared / "records", path.name)
        symbol, language = path.name.split(".txt")[0].rsplit(".", 1)
        assert (found.symbol, found.language, found.symbol_from, found.notes) == (
            (symbol.replace("_", "/"), language, "text", ())
        )
