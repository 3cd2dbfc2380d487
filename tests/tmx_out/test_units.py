"""From beads to units."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from align.alignment import Alignment, Bead, percent
from corpora import Document, Sentence
from tmx_out.units import Context, Unit, bead_id, document_prefix, join_sentences, units


def test_every_bead_with_two_sides_is_a_unit(alignment: Alignment) -> None:
    made = list(units(alignment))
    assert [unit.tuid for unit in made] == [
        "CD-PV-9999_0001",
        "CD-PV-9999_0002",
        "CD-PV-9999_0004",
        "CD-PV-9999_0006",
    ]
    assert [unit.kind for unit in made] == ["1-1", "2-1", "1-2", "1-1"]


def test_a_unit_says_where_it_comes_from(alignment: Alignment) -> None:
    assert list(units(alignment))[2] == Unit(
        tuid="CD-PV-9999_0004",
        zh="林先生(海国)(以英语发言)：谢谢主席，我很高兴。",
        en='Mr. Lin (Seeland): Thank you, Mr. President. I am "glad" <& happy>.',
        document="CD/PV.9999",
        date=date(2015, 7, 21),
        speaker="Mr. Lin (Seeland)",
        paragraph=3,
        page=3,
        kind="1-2",
        confidence=0.5,
        zh_context=Context("CD/1864 号文件。", "此句未译。"),
        en_context=Context("We consider NPT and document CD/1864.", "- This was added."),
        flags=(),
        created=datetime(2015, 7, 21, tzinfo=UTC),
    )


def test_context_ends_with_the_document(alignment: Alignment) -> None:
    made = list(units(alignment))
    assert made[0].zh_context.pre == ""
    assert made[-1].en_context == Context("- This was added.", "")


def test_numbers_stay_when_other_beads_change(alignment: Alignment) -> None:
    names = {unit.zh: unit.tuid for unit in units(alignment)}
    beads = (Bead((0, 1), (0, 2)), Bead((1, 5), (2, 5)), Bead((5, 6), (5, 6)))
    changed = list(units(replace(alignment, beads=beads)))
    assert names["谢谢。"] == changed[-1].tuid == "CD-PV-9999_0006"


def test_null_links_have_names_too(alignment: Alignment) -> None:
    names = [bead_id(bead, "X") for bead in alignment.beads]
    assert names == ["X_0001", "X_0002", "X_0004", "X_0005", "X_en0005", "X_0006"]


def test_an_undated_document_takes_the_builds_date(alignment: Alignment) -> None:
    undated = replace(alignment, zh=replace(alignment.zh, date=None))
    built = datetime(2026, 1, 2, tzinfo=UTC)
    assert {unit.created for unit in units(undated, created=built)} == {built}
    assert {unit.created for unit in units(undated)} == {None}


SLUGS = [
    ("CD/PV.1579", "x", "CD-PV-1579"),
    (None, "CD_PV.1579.zh.txt", "CD-PV-1579"),
    (None, "001.zh", "001"),
    (None, "/some/where/S_PV.9722.zh.pdf", "S-PV-9722"),
    (None, "会议记录.docx", "会议记录"),
    (None, "...", "document"),
    (None, "A_53_568-C.pdf", "A-53-568"),
]


@pytest.mark.parametrize(("symbol", "name", "slug"), SLUGS)
def test_prefixes(alignment: Alignment, symbol: str | None, name: str, slug: str) -> None:
    zh = replace(alignment.zh, symbol=symbol, name=name)
    en = replace(alignment.en, symbol=None)
    assert document_prefix(replace(alignment, zh=zh, en=en)) == slug


def test_the_english_symbol_serves_if_the_chinese_is_unknown(alignment: Alignment) -> None:
    changed = replace(alignment, zh=replace(alignment.zh, symbol=None))
    assert next(units(changed)).document == "CD/PV.9999"


def test_the_speaker_is_chinese_if_the_english_has_none(alignment: Alignment) -> None:
    bare = tuple(replace(sentence, speaker=None) for sentence in alignment.en.sentences)
    changed = replace(alignment, en=replace(alignment.en, sentences=bare))
    assert [unit.speaker for unit in units(changed)] == [
        "主席",
        "主席",
        "林先生 (海国)",
        "林先生 (海国)",
    ]


JOINED = [
    ("zh", ["甲。", "乙。"], "甲。乙。"),
    ("zh", ["见 NPT", "CD/1 号"], "见 NPT CD/1 号"),
    ("zh", ["共 5", "6 个"], "共 5 6 个"),
    ("zh", ["See NPT.", "And so."], "See NPT. And so."),
    ("zh", ["第 5", "条"], "第 5条"),
    ("zh", ["甲：", "NPT"], "甲：NPT"),
    ("zh", ["“甲。”", "“乙。”"], "“甲。”“乙。”"),
    ("zh", ["甲", "", "乙"], "甲乙"),
    ("zh", ["ＮＰＴ", "ＣＤ"], "ＮＰＴＣＤ"),
    ("en", ["One.", "Two."], "One. Two."),
    ("en", ["One. ", " Two.", " "], "One. Two."),
]


@pytest.mark.parametrize(("language", "texts", "joined"), JOINED)
def test_sentences_are_joined(language: str, texts: list[str], joined: str) -> None:
    sentences = [Sentence(text) for text in texts]
    assert join_sentences(sentences, "zh" if language == "zh" else "en") == joined


@pytest.mark.parametrize(
    ("confidence", "whole"),
    [(0.0, 0), (0.29, 29), (0.8999, 89), (0.9, 90), (0.99999, 99), (1.0, 100), (1.2, 100), (-1, 0)],
)
def test_confidence_is_rounded_down(confidence: float, whole: int) -> None:
    assert percent(confidence) == whole


def test_every_hundredth_stays_itself() -> None:
    assert [percent(whole / 100) for whole in range(101)] == list(range(101))


def test_a_document_without_units(alignment: Alignment) -> None:
    empty = Document("x", "zh", ())
    assert list(units(Alignment(empty, empty, ()))) == []
