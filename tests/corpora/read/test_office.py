"""Old files are read through LibreOffice where it is; where not, a sentence says so."""

from __future__ import annotations

import os
import sys
import time

import pytest

from corpora.errors import RecordError
from corpora.read import office
from corpora.read.file import read_lines, sniff_kind
from tests.corpora.making_docx import p, t, with_body

TEXT = "The experts met in the spring, and they will meet again in the autumn of the year."
RTF = rb"{\rtf1\ansi %s\par}" % TEXT.encode()
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(80) + "WordDocument".encode("utf-16-le")
ODT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK"
FILES = {"rtf": RTF, "doc": DOC, "odt": ODT}

needs_scripts = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")


def stand_in(tmp_path, monkeypatch, body):
    """A program in LibreOffice's place: it gets the same arguments."""
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\nimport pathlib, sys, time\n{body}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(program))


@pytest.mark.parametrize("kind", FILES)
def test_kinds_are_told_by_their_content(kind):
    assert sniff_kind(FILES[kind], "x.txt") == kind


@pytest.mark.parametrize(("kind", "what"), [("rtf", "RTF"), ("doc", "Word"), ("odt", "OpenDoc")])
def test_without_the_program_a_sentence_says_so(kind, what, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "find_office", lambda: None)
    path = tmp_path / f"x.{kind}"
    path.write_bytes(FILES[kind])
    with pytest.raises(RecordError, match=rf"{what}.*LibreOffice.*not installed: install it, or"):
        read_lines(path)


@needs_scripts
@pytest.mark.parametrize("kind", FILES)
def test_what_the_program_makes_is_read(kind, tmp_path, monkeypatch):
    made = tmp_path / "made.docx"
    made.write_bytes(with_body(p(t(TEXT))))
    body = (
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
        f"(out / 'record.docx').write_bytes(pathlib.Path({str(made)!r}).read_bytes())"
    )
    stand_in(tmp_path, monkeypatch, body)
    path = tmp_path / f"x.{kind}"
    path.write_bytes(FILES[kind])
    raw = read_lines(path)
    assert raw.kind == kind
    assert [line.text for line in raw.lines] == [TEXT]
    assert "through LibreOffice" in raw.notes[0]


@needs_scripts
def test_a_program_that_makes_nothing(tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch, "sys.exit(1)")
    with pytest.raises(RecordError, match="of which LibreOffice makes nothing"):
        office.convert_to_docx(RTF, "rtf", "x.rtf")


@needs_scripts
def test_a_program_that_never_ends_is_ended_with_its_children(tmp_path, monkeypatch):
    mark = tmp_path / "alive"
    child = (
        f"import time, pathlib\nwhile True:\n pathlib.Path({str(mark)!r}).touch(); time.sleep(.05)"
    )
    body = f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)"
    stand_in(tmp_path, monkeypatch, body)
    monkeypatch.setattr(office, "LONGEST", 2.0)
    started = time.monotonic()
    with pytest.raises(RecordError, match="more than 2 seconds"):
        office.convert_to_docx(RTF, "rtf", "x.rtf")
    assert time.monotonic() - started < 20
    mark.unlink(missing_ok=True)
    time.sleep(0.3)
    assert not mark.exists()


@pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_itself(tmp_path):
    path = tmp_path / "x.rtf"
    path.write_bytes(RTF)
    assert [line.text for line in read_lines(path).lines] == [TEXT]
