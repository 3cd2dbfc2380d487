"""From a file to lines: plain text, and the files that are no record."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import RecordError
from corpora.read.file import MOST_BYTES, lines_of, read_lines


def shape(text):
    return [(line.text, line.page, line.indent, line.gap) for line in lines_of(text)]


def test_gaps_and_indents():
    text = "  主席(以英语发言)：我宣布\n\n 尊敬的各位同事， \n\n\n在此\n向你\t\n"
    assert shape(text) == [
        ("主席(以英语发言)：我宣布", 0, 2, 0),
        ("尊敬的各位同事，", 0, 1, 1),
        ("在此", 0, 0, 2),
        ("向你", 0, 0, 0),
    ]


def test_form_feeds_are_pages_and_the_first_line_of_each_has_no_gap():
    text = "one\n\ntwo\f\n\nthree\n\fHead\nfour"
    assert shape(text) == [
        ("one", 1, 0, 0),
        ("two", 1, 0, 1),
        ("three", 2, 0, 0),
        ("Head", 3, 0, 0),
        ("four", 3, 0, 0),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_line_ends_of_every_kind(end):
    assert shape(f"a{end}{end} b{end}") == [("a", 0, 0, 0), ("b", 0, 1, 1)]


def test_tabs_and_ideographic_spaces_indent():
    assert [line.indent for line in lines_of("\tx\n\u3000\u3000中\n  \tx\n\u00a0x")] == [8, 2, 8, 1]


def test_lines_of_invisible_characters_are_empty():
    assert shape("a\n\u200b\nb\n\ufeff \n") == [("a", 0, 0, 0), ("b", 0, 0, 1)]


@given(st.text(alphabet="ab 中\n\f\t\u3000", max_size=60))
def test_every_printed_character_comes_out_once_and_in_order(text):
    lines = lines_of(text)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert all(line.text == line.text.strip() != "" for line in lines)


def test_file(tmp_path):
    path = tmp_path / "CD_PV.1.zh.txt"
    path.write_bytes("\ufeff第一行\n第二行\n".encode())
    raw = read_lines(path)
    assert [line.text for line in raw.lines] == ["第一行", "第二行"]
    assert (raw.kind, raw.encoding, raw.notes) == ("txt", "utf-8", ())
    assert raw.name == "CD_PV.1.zh.txt"
    assert raw.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert raw.furniture == {}


def test_the_encoding_is_told_and_can_be_overruled(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes("主席：我宣布会议开始，现在请各国代表发言。".encode("gb18030"))
    raw = read_lines(path)
    assert raw.encoding == "gb18030"
    assert "--encoding" in raw.notes[0]
    assert read_lines(path, encoding="gbk").notes == ()
    with pytest.raises(RecordError, match="--encoding gb18030"):
        read_lines(path, encoding="utf-8")


def test_the_content_says_what_a_file_is_not_the_suffix(tmp_path):
    path = tmp_path / "record.pdf"
    path.write_text("This is plain text in a file of another name.")
    assert read_lines(path).kind == "txt"


# ------------------------------------------------------------------------------------ no record

HTML = (
    b"<!DOCTYPE html>\n<html><head><title>CD/PV.1579 - E</title></head><body>Loading</body></html>"
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "x.txt is empty"),
        (b" \n\r\n\t\n", "x.txt holds no text, only white space"),
        (b"\xef\xbb\xbf", "x.txt holds no text"),
        (HTML, r"web page \(HTML\).*download the PDF or Word file"),
        (b"\xef\xbb\xbf\n" + HTML.lower(), "web page"),
        (b"<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", "web page"),
        (b"<?xml version='1.0'?>\n<tmx/>", "XML file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), r"old Office file.*as \.docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture.*OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "a picture"),
        (b"\x1f\x8b\x08" + bytes(50), "compressed file.*unpack"),
        (b"PK\x03\x04" + bytes(50), "damaged or cut-off DOCX"),
        (bytes(range(256)) * 20, "not a text"),
    ],
)
def test_what_is_no_record_is_told_with_its_cure(tmp_path, data, says):
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=says) as caught:
        read_lines(path)
    message = str(caught.value)
    assert "x.txt" in message
    assert message.endswith(".")
    assert "\n" not in message


def test_missing(tmp_path):
    with pytest.raises(RecordError, match=r"There is no file .*gone\.txt"):
        read_lines(tmp_path / "gone.txt")


def test_folder(tmp_path):
    with pytest.raises(RecordError, match="is a folder"):
        read_lines(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(RecordError, match="a pipe or a device"):
            read_lines(path)


def test_a_file_larger_than_any_record_is_not_loaded(tmp_path):
    path = tmp_path / "x.txt"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)  # takes no room on the disk
    with pytest.raises(RecordError, match="has 200 MB, which no record has"):
        read_lines(path)


def test_a_line_or_a_text_longer_than_any_record_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text("我们讨论核裁军，" * 40_000, "utf-8")
    with pytest.raises(RecordError, match="a line of 320,000 characters"):
        read_lines(path)
    monkeypatch.setattr("corpora.read.file.MOST_CHARACTERS", 1000)
    path.write_text("我们讨论核裁军。\n" * 200, "utf-8")
    with pytest.raises(RecordError, match="has 1,600 characters"):
        read_lines(path)


@pytest.mark.parametrize(
    ("problem", "says"),
    [(PermissionError(), "may not be read by you"), (OSError(5, "I/O error"), "I/O error")],
)
def test_unreadable(tmp_path, monkeypatch, problem, says):
    path = tmp_path / "x.txt"
    path.write_text("text")

    def refuse(self):
        raise problem

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(RecordError, match=says):
        read_lines(path)


def test_the_seed_keeps_its_page_starts_and_paragraph_starts(shared):
    lines = read_lines(shared / "records" / "CD_PV.1579.zh.txt").lines
    assert sum(line.indent == 2 and line.gap == 0 for line in lines) >= 19
    assert sum(line.indent == 1 and line.gap >= 1 for line in lines) > 100
    assert lines[0].text.startswith("主席(以英语发言)：")
