"""What lines show together: a text that was pasted line by line, columns, series of numbers."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

import cdtm
from corpora.read.text import lines_of
from corpora.record import read_document
from corpora.repair.layout import PASTED, PASTED_IN_PART, measure_layout, share_of_broken_lines

SAMPLE = Path(cdtm.__file__).parent / "sample"


def save(path: Path, paragraphs: list[str]) -> Path:
    document, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(out)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("empty", [False, True])
def test_a_word_file_with_a_paragraph_for_every_printed_line_is_joined(tmp_path, language, empty):
    source = SAMPLE / f"CD_PV.9999.{language}.txt"
    lines = [line.strip() for line in source.read_text("utf-8").splitlines()]
    pasted = read_document(save(tmp_path / "x.docx", [line for line in lines if line or empty]))
    assert [s.text for s in pasted.sentences] == [s.text for s in read_document(source).sentences]
    assert any("every printed line" in note for note in pasted.notes)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_word_file_with_paragraphs_as_typed_is_left(tmp_path, language):
    whole = read_document(SAMPLE / f"CD_PV.9999.{language}.txt")
    paragraphs: dict[int, list[str]] = {}
    for sentence in whole.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
    texts = [("" if language == "zh" else " ").join(each) for each in paragraphs.values()]
    typed = read_document(save(tmp_path / "x.docx", texts), language=language)
    assert not any("printed line" in note for note in typed.notes)
    assert len(typed.sentences) == len(whole.sentences)


def test_a_word_file_that_was_pasted_in_part_is_warned_of(tmp_path):
    typed = [f"Item {n} of the list was agreed on by all the members." for n in range(40)]
    pasted = [
        "The members of the Conference who had come to the meeting spoke of the roads and",
        "of the stations that they had seen, and they said that these should be kept open",
        "until the end of the year at least.",
    ]
    document = read_document(save(tmp_path / "x.docx", typed + pasted * 5))
    assert any("in mid-sentence" in note for note in document.notes)


def test_cells_of_a_table_are_not_pasted_text():
    cells = [
        text for n in range(60) for text in (f"Land {n}", f"{n} tonnes of steel and more", "4.2")
    ]
    assert share_of_broken_lines(lines_of("\n".join(cells)), "en") < PASTED_IN_PART


def test_real_word_files_are_as_typed(shared):
    from corpora.read.file import read_lines

    for path in sorted((shared / "documents").glob("*.docx")):
        raw = read_lines(path)
        lines = [line for line in raw.lines if line.number not in raw.furniture]
        assert share_of_broken_lines(lines, "en") < PASTED_IN_PART, path.name
    for path in sorted((shared / "records").glob("*.txt")):
        language = path.name.split(".")[-2]
        lines = read_lines(path).lines
        assert share_of_broken_lines(lines, language) > PASTED, path.name


@pytest.mark.parametrize(
    ("lines", "numbered"),
    [
        (["1. One", "more of it", "2. Two", "3. Three"], {0, 2, 3}),
        (["26.3 One", "26.4 Two", "27.9 Other"], {0, 1}),
        (["一、甲", "二、乙", "四、丁"], {0, 1}),
        (["1. One", "3. Three", "12.5 per cent"], set()),
    ],
)
def test_series_of_numbers(lines, numbered):
    assert measure_layout(lines_of("\n".join(lines)), "en").numbered == numbered
