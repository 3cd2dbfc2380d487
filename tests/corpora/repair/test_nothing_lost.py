"""Nothing is lost: what is read is kept or left out with a reason, and no sentence is left out.

Made layouts of the sample and the real files; a sentence of prose is put at every kind of place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

import cdtm
from corpora.document import Line
from corpora.errors import RecordError
from corpora.identify import symbol_of_record
from corpora.read.file import RawText, read_lines
from corpora.read.text import lines_of
from corpora.record import Stages, read_document, run_stages
from corpora.repair.furniture import part_lines
from corpora.repair.rules import close_leaders
from tests.corpora.making_layouts import STYLES, lay_out

SAMPLE = Path(cdtm.__file__).parent / "sample"
REAL = ("records/*.txt", "records/pdf/*.pdf", "documents/*.pdf", "documents/*.docx")

PARAGRAPHS = 20
"""Of the sample: two or three pages."""
PLACES = 4
"""Of a real file, at which a sentence is put, in the suite; hundreds were tried."""
SENTENCES = [
    "We agree.",
    "Thank you.",
    "The Committee met in the morning.",
    "We thank all delegations for the work that they have done on it this year.",
    "It was read out at the 1405th plenary meeting, on 21 January 2035.",
    "The report is document S/2035/77, which was issued on 03/11/2035.",
    "Is there any objection?",
    "The Conference on Disarmament met in Geneva.",
    "In 2035 there were 15 of them.",
    "同意。",
    "会议将于明天继续。",
    "我们感谢各代表团今年就这个问题所做的工作。",
    "第1405次全体会议于2035年1月21日在日内瓦万国宫举行。",
    "该报告是2035年11月3日印发的S/2035/77号文件。",
    "有没有人反对？",
]
WRAPPED = [
    ("The Committee met in the morning and heard the", "report of the group that it had set up."),
    ("委员会上午开会，审议了它所设立的小组的", "报告，并且表示感谢。"),
]


@cache
def paragraphs_of_sample(language: str) -> tuple[str, ...]:
    document = read_document(SAMPLE / f"CD_PV.9999.{language}.txt")
    joint = "" if language == "zh" else " "
    texts: dict[int, list[str]] = {}
    for sentence in document.sentences:
        texts.setdefault(sentence.paragraph, []).append(sentence.text)
    return tuple(joint.join(each) for each in texts.values())[:PARAGRAPHS]


def made(name: str, seed: int) -> list[Line]:
    """A layout of the sample, with furniture between its pages, below a cover."""
    style = STYLES[name]
    layout = lay_out(paragraphs_of_sample(style.language), style, Random(seed))
    return list(lines_of("\n".join([*COVERS[style.language], "", layout.text])))


COVERS = {
    "en": [
        "United Nations S/PV.9999",
        "Security Council",
        "Ninetieth year",
        "9999th meeting",
        "Saturday, 3 November 2035, 3 p.m.",
        "New York",
        "President: Mr. Doe . . . . . . . . . . . . . . (Utopia)",
        "Members: Arcadia . . . . . . . . . . . . . . . Ms. Roe",
        "Erewhon . . . . . . . . . . . . . . . . . . . . Mr. Poe",
        "Agenda",
        "Roads and stations",
        "This record contains the text of speeches delivered in English and of the translation of",
        "speeches delivered in other languages. Corrections should be submitted to the original",
        "languages only. Corrected records will be reissued electronically on the Official",
        "Document System of the United Nations (http://documents.un.org).",
        "35-25750 (E)",
    ],
    "zh": [
        "联合国 S/PV.9999",
        "安全理事会",
        "第九十年",
        "第九九九九次会议",
        "2035年11月3日星期六下午3时举行",
        "纽约",
        "主席： 多先生 . . . . . . . . . . . . . . （乌托邦）",
        "成员： 甲国 . . . . . . . . . . . . . . . 罗女士",
        "乙国 . . . . . . . . . . . . . . . . . . . . 波先生",
        "议程项目",
        "道路和台站问题",
        "本记录包括中文发言的文本和其他语言发言的译文。更正应只对原文提出。更正后的记录将以电子",
        "文本方式在联合国正式文件系统(http://documents.un.org)上重发。",
        "35-25750 (C)",
    ],
}


def renumber(lines: list[Line]) -> list[Line]:
    return [replace(line, number=number) for number, line in enumerate(lines, 1)]


def insert(lines: list[Line], place: int, *texts: str) -> list[Line]:
    page = lines[min(place, len(lines) - 1)].page
    new = [Line(text, page, 0) for text in texts]
    return renumber([*lines[:place], *new, *lines[place:]])


def kept(lines: list[Line], symbol: str | None = None) -> set[str]:
    return {line.text for line in part_lines(lines, None, symbol).kept}


@pytest.mark.parametrize("name", STYLES)
def test_a_sentence_at_any_place_of_a_made_record_is_kept(name):
    random = Random(name)
    lines = made(name, 3)
    for place in range(len(lines) + 1):
        sentence = random.choice(SENTENCES)
        assert sentence in kept(insert(lines, place, sentence)), (place, sentence)


@pytest.mark.parametrize("name", ["new york en, wide", "geneva zh", "new york zh, wide"])
def test_a_wrapped_sentence_at_any_place_is_kept(name):
    random = Random(name)
    lines = made(name, 4)
    for place in range(len(lines) + 1):
        two = random.choice(WRAPPED)
        assert set(two) <= kept(insert(lines, place, *two)), (place, two)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sentence_on_the_line_of_furniture_is_kept(language):
    """Beside a dot leader, a symbol, a page's number, a date: the line is text then."""
    lines = list(lines_of("\n".join([*COVERS[language], *paragraphs_of_sample(language)])))
    furniture = [line.text for line in part_lines(lines).dropped]
    assert len(furniture) >= len(COVERS[language]) - 1
    random = Random(language)
    mine = [s for s in SENTENCES if s.isascii() == (language == "en")]
    for place in range(len(COVERS[language])):
        sentence = random.choice(mine)
        for text in (f"{lines[place].text} {sentence}", f"{sentence} {lines[place].text}"):
            mutated = [*lines]
            mutated[place] = replace(lines[place], text=text)
            assert text in kept(mutated), text


def pages_of(lines: list[Line], per_page: int) -> list[Line]:
    return [replace(line, page=n // per_page + 1) for n, line in enumerate(lines)]


@pytest.mark.parametrize("name", ["new york en, narrow", "new york zh, narrow, indented"])
@pytest.mark.parametrize("per_page", [7, 20])
def test_a_sentence_at_the_edge_of_a_page_is_kept(name, per_page):
    random = Random(per_page)
    lines = pages_of(made(name, 5), per_page)
    for place in range(len(lines) + 1):
        sentence = random.choice(SENTENCES)
        assert sentence in kept(insert(lines, place, sentence)), (place, sentence)


@pytest.mark.parametrize("name", ["new york en, narrow", "geneva zh"])
def test_a_sentence_on_every_page_is_kept(name):
    """A formula may be repeated page by page; it says something all the same."""
    for sentence in SENTENCES:
        lines = made(name, 6)
        for place in range(len(lines), 30, -17):
            lines = insert(lines, place, sentence)
        assert sentence in kept(pages_of(lines, 17)), sentence


def real_files(shared: Path) -> list[Path]:
    files = [path for pattern in REAL for path in sorted(shared.glob(pattern))]
    return [path for path in files if path.name != "A_35_789-EN.pdf"]  # in French


@cache
def read(path: Path) -> RawText:
    return read_lines(path)


def test_a_sentence_at_any_place_of_a_real_file_is_kept(shared):
    random = Random(14)
    for path in real_files(shared):
        raw = read(path)
        lines = list(raw.lines)
        marked = raw.furniture
        symbol, _ = symbol_of_record(lines, raw.name, marked, raw.kind)
        edges = [n for n, line in enumerate(lines) if n < 60 or lines[n - 1].page != line.page]
        for place in random.sample(edges, min(PLACES, len(edges))):
            sentence = random.choice(SENTENCES)
            line = Line(sentence, lines[place].page, 10**6)
            mutated = [*lines[:place], line, *lines[place:]]
            found = part_lines(mutated, marked, symbol, whole=raw.kind == "docx")
            assert line in found.kept, (path.name, place, sentence)


# --------------------------------------------------------------------- what is read is accounted


def solid(text: str) -> str:
    """Characters that no rule of repair adds or takes away."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(
        r"[\s\u00ad\ufffe‐\-\u200b-\u200f\u2060-\u2064\ufeff\ufffd\x00-\x1f\x7f]+", "", text
    )


def check_account(stages: Stages) -> None:
    """Lines are kept or dropped, and what is kept stands in the sentences, in order.

    Of an entry of contents the dots do not.
    """
    raw = stages.raw
    numbers = sorted([line.number for line in (*stages.kept, *stages.dropped)])
    assert numbers == [line.number for line in raw.lines]
    assert all(line.reason for line in stages.dropped)
    read = sum(len(line.text) for line in raw.lines)
    assert read == sum(len(line.text) for line in (*stages.kept, *stages.dropped))
    text = solid("".join(close_leaders(line.text) for line in stages.kept))
    said = solid("".join(sentence.text for sentence in stages.document.sentences))
    assert text == said


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("seed", range(3))
def test_all_that_is_read_of_a_made_record_is_kept_or_left_out(name, seed):
    lines = tuple(made(name, seed))
    raw = RawText(lines, "txt", "", (), "", "x.txt")
    check_account(run_stages(raw, language=STYLES[name].language))


def test_all_that_is_read_of_a_real_file_is_kept_or_left_out(shared):
    for path in real_files(shared):
        raw = read(path)
        try:
            stages = run_stages(raw)
        except RecordError:
            continue
        check_account(stages)
