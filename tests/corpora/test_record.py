"""The whole way of a file, and the real records beside their gold."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from corpora.document import Sentence, Speaker
from corpora.errors import RecordError
from corpora.record import (
    document_from_text,
    read_document,
    read_segmented,
    read_stages,
    split_lines,
)
from corpora.repair.furniture import REASONS

if TYPE_CHECKING:
    from pathlib import Path

    from corpora.document import Document, Language

ZH = """\
CD/PV.1579

  主席(以法语发言)：谢谢你。

(以英语发言)

 尊敬的各位同事，现在请大家发言。我的名单上第一位发言者是肯尼亚的

CD/PV.1579

10 GE.21-16521

吉女士，她代表 21 国集团发言。

 吉女士(肯尼亚)(以英语发言)：谢谢。

中午散会。
"""


def spaceless(text: str) -> str:
    return "".join(text.split())


def gold_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def compared(texts: list[str], language: Language) -> list[str]:
    return [spaceless(t) if language == "zh" else " ".join(t.split()) for t in texts]


# ------------------------------------------------------------ text in memory


def test_the_whole_way() -> None:
    document = document_from_text(ZH, name="CD_PV.1579.zh.txt")
    assert document.language == "zh"
    assert document.script == "simplified"
    assert document.symbol == "CD/PV.1579"
    assert document.meeting == 1579
    assert [s.text for s in document.sentences] == [
        "主席(以法语发言)：谢谢你。",
        "(以英语发言)",
        "尊敬的各位同事，现在请大家发言。",
        "我的名单上第一位发言者是肯尼亚的吉女士，她代表21国集团发言。",
        "吉女士(肯尼亚)(以英语发言)：谢谢。",
        "中午散会。",
    ]
    assert [s.turn for s in document.sentences] == [0, 0, 0, 0, 1, 2]
    assert [s.paragraph for s in document.sentences] == [0, 1, 2, 2, 3, 4]
    assert [s.speaker and s.speaker.name for s in document.sentences] == [
        *["主席"] * 4,
        "吉女士",
        None,
    ]
    assert [s.speaker and s.speaker.spoken for s in document.sentences] == [
        "fr",
        *["en"] * 4,
        None,
    ]
    assert [s.text[: s.label] for s in document.sentences] == [
        "主席(以法语发言)：",
        *[""] * 3,
        "吉女士(肯尼亚)(以英语发言)：",
        "",
    ]
    assert [s.line for s in document.sentences] == [2, 3, 4, 4, 8, 9]
    assert [(d.number, d.reason) for d in document.dropped] == [
        (1, "running header"),
        (5, "running header"),
        (6, "job number"),
    ]


def test_an_english_label_keeps_its_space() -> None:
    text = (
        "Mr. Hwang (France) (spoke in French): Thank you. I have finished my statement for today."
    )
    document = document_from_text(text, name="x.en.txt", language="en")
    assert [s.text for s in document.sentences] == [
        "Mr. Hwang (France) (spoke in French): Thank you.",
        "I have finished my statement for today.",
    ]
    assert document.sentences[0].text[document.sentences[0].label :] == " Thank you."


def test_a_label_alone_is_a_sentence() -> None:
    document = document_from_text("The President:\n", name="x", language="en")
    assert [(s.text, s.label) for s in document.sentences] == [("The President:", 14)]


@pytest.mark.parametrize("text", ["", "\n\n", "CD/PV.1579\n\n10 GE.21-16521\n"])
def test_text_without_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="no sentence"):
        document_from_text(text, name="x.txt", language="zh")


def test_unknown_language_is_refused_with_the_cure() -> None:
    with pytest.raises(RecordError, match="zh for Chinese or en for English"):
        document_from_text("12 34 56\n", name="x.txt")


# ------------------------------------------------------------ one sentence a line


def test_every_line_of_a_segmented_file_counts(tmp_path: Path) -> None:
    path = tmp_path / "001.en"
    path.write_text(
        "The President: One.\n\nCD/PV.1579\n  Two and a half; Three. Four.\nMr. Hwang: Five.\n",
        encoding="utf-8",
    )
    document = read_segmented(path, language="en")
    assert [s.text for s in document.sentences] == [
        "The President: One.",
        "",
        "CD/PV.1579",
        "Two and a half; Three. Four.",
        "Mr. Hwang: Five.",
    ]
    assert [s.line for s in document.sentences] == [1, 2, 3, 4, 5]
    assert [s.turn for s in document.sentences] == [0, 0, 0, 0, 1]
    assert document.dropped == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\n", ["a", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\n\n", ["a", ""]),
        ("\ufeffa\u2028b\x0cc\n", ["a\u2028b\x0cc"]),
        ("", []),
    ],
)
def test_lines_end_at_line_ends_alone(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


def test_a_segmented_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "001.en"
    path.write_text("\n\n\n", encoding="utf-8")
    with pytest.raises(RecordError):
        read_segmented(path, language="en")


# ------------------------------------------------------------ real records

RECORDS = [
    f"{stem}.{language}.txt"
    for stem in ("CD_PV.1579", "S_PV.9722", "S_PV.10054", "S_PV.10100")
    for language in ("zh", "en")
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cd_record_begins_with_the_gold_sentences(shared: Path, language: Language) -> None:
    document = read_document(shared / "records" / f"CD_PV.1579.{language}.txt")
    gold = gold_lines(shared / "gold" / "cdpv-1579-part1" / f"001.{language}")
    got = [s.text for s in document.sentences[: len(gold)]]
    assert compared(got, language) == compared(gold, language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("stem", ["S_PV.9722", "S_PV.10054", "S_PV.10100"])
def test_council_records_hold_the_gold_sentences(
    shared: Path, stem: str, language: Language
) -> None:
    document = read_document(shared / "records" / f"{stem}.{language}.txt")
    gold = compared(gold_lines(shared / "gold" / "spv" / f"{stem}.{language}"), language)
    got = compared([s.text for s in document.sentences], language)
    assert gold[0] in got
    first = got.index(gold[0])
    assert got[first : first + len(gold)] == gold


@pytest.mark.parametrize("name", RECORDS)
def test_no_furniture_no_cut_sentence_every_line_told(shared: Path, name: str) -> None:
    stages = read_stages(shared / "records" / name)
    document: Document = stages.document
    texts = [s.text for s in document.sentences]
    assert not [t for t in texts if "GE.21" in t or "Xxxxx" in t or ". . ." in t]
    assert not [t for t in texts if t.startswith(("CD/PV", "S/PV", "26/11", "30/01", "11/09"))]
    bare = [t for t in texts if t[-1] not in "。！？：；.!?:;”)）"]
    assert all(len(t) < 220 for t in bare)  # titles and lists of States only
    assert {line.reason for line in document.dropped} <= set(REASONS)
    assert len(stages.kept) + len(document.dropped) == len(stages.raw.lines)
    whole = "".join(spaceless(line.text) for line in stages.kept)
    assert len("".join(map(spaceless, texts))) >= len(whole) - 20  # only line-end hyphens go


def test_both_languages_of_the_cd_record_have_the_same_turns(shared: Path) -> None:
    both = [read_document(shared / "records" / f"CD_PV.1579.{k}.txt") for k in ("zh", "en")]
    assert (
        len({s.turn for s in both[0].sentences}) == len({s.turn for s in both[1].sentences}) == 32
    )
    assert len({s.paragraph for s in both[0].sentences}) == 223
    for document in both:
        assert document.sentences[-1].speaker is None
        assert document.meeting == 1579
        assert document.symbol == "CD/PV.1579"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gold_files_read_line_by_line(shared: Path, language: Language) -> None:
    path = shared / "gold" / "cdpv-1579-part1" / f"001.{language}"
    document = read_segmented(path)
    assert document.language == language
    assert [s.text for s in document.sentences] == [t.strip() for t in gold_lines(path)]


# ---------------------------------------------------------------------------- real PDFs


def test_a_council_record_in_two_columns(shared: Path) -> None:
    document = read_document(shared / "records" / "pdf" / "S_PV.10011-EN.pdf")
    assert (document.symbol, document.meeting) == ("S/PV.10011", 10011)
    assert document.sentences[0].text == "The meeting was called to order at 10 a.m."
    speakers = {s.turn: s.speaker and s.speaker.name for s in document.sentences}
    assert [speakers[turn] for turn in range(6)] == [
        None,
        "The President",
        "The Secretary-General",
        "The President",
        "Ms. Bahous",
        "The President",
    ]
    assert len(speakers) == 56
    texts = [s.text for s in document.sentences]
    assert not [t for t in texts if t[0].islower() or "25-25750" in t or "06/10/2025" in t]
    assert len({d.page for d in document.dropped}) == 42  # each page has a header and a footer
    assert [t for t in texts if "conflict-related" in t]
    assert not [t for t in texts if "conflictrelated" in t or "highlevel" in t]


def test_the_declaration_in_both_languages(shared: Path) -> None:
    zh = read_document(shared / "records" / "pdf" / "UDHR_chinese.pdf")
    assert "人人生而自由,在尊严和权利上一律平等。" in [s.text for s in zh.sentences]
    assert "第一条" in [s.text for s in zh.sentences]
    assert not [s.text for s in zh.sentences if " " in s.text.removeprefix(s.text[:3])]
    en = read_document(shared / "records" / "pdf" / "UDHR_english.pdf")
    assert [s.text for s in en.sentences[:2]] == [
        "Universal Declaration of Human Rights",
        "Preamble",
    ]
    assert not [s.text for s in en.sentences if s.text[0].islower()]


def test_a_resolution(shared: Path) -> None:
    document = read_document(shared / "records" / "pdf" / "A_RES_70_10-EN.pdf")
    texts = [s.text for s in document.sentences]
    assert texts[0] == "Resolution adopted by the General Assembly on 17 November 2015"
    assert (
        "4. Appeals to Member States to continue to support the activities of the Agency;" in texts
    )
    assert not [t for t in texts if t[0].islower()]


def test_a_sentence_comes_whole_out_of_another_process():
    speaker = Speaker("Mr. Jadoon", "Pakistan")
    sentence = Sentence("We agree.", 1, 2, speaker, page=3, line=4, label=5)
    assert pickle.loads(pickle.dumps(sentence)) == sentence
