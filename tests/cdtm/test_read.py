"""`cdtm read` shows all that was read: what was kept, what was left out and why."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import cdtm
from cdtm.jobs.pair import ReadJob
from cdtm.read import LeftOut, Paragraph, parts_of, run_read
from corpora.errors import UserError
from corpora.record import read_stages

SAMPLE = Path(cdtm.__file__).parent / "sample"
FILES = [SAMPLE / f"CD_PV.9999.{language}.txt" for language in ("zh", "en")]


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_and_every_line_left_out_is_shown_once(file):
    stages = read_stages(file)
    parts = list(parts_of(stages))
    sentences = [each for part in parts if isinstance(part, Paragraph) for each in part.sentences]
    assert sentences == list(enumerate(s.text for s in stages.document.sentences))
    lines = [line for part in parts if isinstance(part, LeftOut) for line in part.lines]
    assert lines == [line.text for line in stages.document.dropped]


@pytest.mark.parametrize("file", FILES)
def test_the_terminal_shows_text_speakers_and_reasons(file, capsys):
    run_read(ReadJob(file))
    shown = capsys.readouterr().out
    document = read_stages(file).document
    for number, sentence in enumerate(document.sentences):
        assert f"{number:>5}  {sentence.text}\n" in shown
    for line in document.dropped:
        assert f"✗ {line.text}   [{line.reason}]\n" in shown
    assert "CD/PV.9999" in shown
    assert "0 characters of sentences" in shown


def test_only_what_was_left_out(capsys):
    run_read(ReadJob(FILES[1], left_out=True))
    shown = capsys.readouterr().out
    assert "[cover page]" in shown
    assert "I call to order" not in shown


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def test_the_page_holds_the_same_and_nothing_of_the_record_is_markup(tmp_path):
    text = "The President: <script>alert(1)</script> \x1b[31m is red, we think & so it is.\n"
    record = tmp_path / "CD_PV.9001.en.txt"
    record.write_text(f"CD/PV.9001\n\n{text}\n<b>Hidden</b>\n", "utf-8")
    page = tmp_path / "x.html"
    run_read(ReadJob(record, page, language="en"))
    written = page.read_text("utf-8")
    reader = Reader()
    reader.feed(written)
    assert not {"script", "b", "img", "a", "link"} & set(reader.tags)
    assert "<script>alert(1)</script>" in reader.text
    assert not re.search("[\x00-\x08\x0b-\x1f]", written)


def test_a_record_says_what_of_it_was_text_though_left_out(tmp_path, capsys):
    import docx

    document = docx.Document()
    said = "The delegations spoke of the roads for the whole of the morning, and of the stations. "
    document.sections[0].header.paragraphs[0].text = said * 3
    document.add_paragraph("The meeting went on until the evening of that day.")
    document.save(tmp_path / "x.docx")
    run_read(ReadJob(tmp_path / "x.docx"))
    shown = capsys.readouterr().out
    assert "[running header, TEXT]" in shown
    assert "were left out as running header" in shown


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.docx"])
def test_a_report_is_a_page_or_a_text(tmp_path, name):
    with pytest.raises(UserError, match="form of report"):
        run_read(ReadJob(FILES[0], tmp_path / name))


def test_the_record_itself_is_not_written_over(tmp_path):
    record = tmp_path / "x.txt"
    record.write_bytes(FILES[0].read_bytes())
    with pytest.raises(UserError, match="another name"):
        run_read(ReadJob(record, record))
    assert record.read_bytes() == FILES[0].read_bytes()
