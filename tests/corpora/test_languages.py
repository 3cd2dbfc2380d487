"""Other languages are told and refused, whatever a file's name says."""

from __future__ import annotations

import docx
import pytest

from corpora.errors import RecordError
from corpora.languages import choose_language, describe_mixture, tell_language
from corpora.record import read_document

ZH = "主席(以英语发言)：我请法国代表发言。各位代表都同意这一安排，会议明天继续。\n" * 3
EN = "The President: I give the floor to the representative of France, who asked for it. " * 3
FR = "Le Président : Je donne la parole à la représentante de la France, qui va nous parler. " * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ZH, "zh"),
        (EN, "en"),
        (FR, "fr"),
        ("Doy la palabra al representante de Chile y del Perú, que la ha pedido. " * 3, "es"),
        ("Председатель: Я благодарю посла и предоставляю слово. " * 4, "ru"),
        ("أعطي الكلمة الآن لممثل الجزائر الموقر في هذا المؤتمر " * 4, "ar"),
        ("Der Präsident dankt dem Botschafter und gibt das Wort an den Vertreter. " * 3, "de"),
        ("議長：これから会議を始めます。よろしくお願いします。", "ja"),
        ("Il presidente ringrazia la delegazione e dà la parola al governo che è qui. " * 3, "it"),
        ("12/3 — 45", None),
    ],
)
def test_languages(text, language):
    assert tell_language(text.splitlines()) == language


@pytest.mark.parametrize("name", ["A_86_901-EN.txt", "A_86_901-C.txt", "x.txt"])
def test_another_language_is_refused_whatever_the_name_says(name, tmp_path):
    path = tmp_path / name
    path.write_text(FR * 2, "utf-8")
    with pytest.raises(RecordError, match="is in French; only Chinese and English are aligned"):
        read_document(path)


def test_a_quotation_in_another_language_changes_nothing():
    assert choose_language([EN, FR[: len(EN) // 3], EN], "x.txt") == "en"


def test_the_name_says_the_language_of_a_text_that_is_too_short():
    assert choose_language(["12/3 — 45"], "CD_PV.9001-C.txt") == "zh"
    with pytest.raises(RecordError, match="cannot be told"):
        choose_language(["12/3 — 45"], "x.txt")


PAIRS = [
    ("会议上午举行。", "The meeting was held in the morning."),
    ("主席感谢各位代表。", "The President thanked the delegates."),
    ("报告获得通过。", "The report was adopted by all of them."),
]


def test_a_file_that_holds_both_languages_is_told(tmp_path):
    made = docx.Document()
    for text in (text for pair in PAIRS for text in pair):
        made.add_paragraph(text)
    made.save(tmp_path / "x.zh.docx")
    document = read_document(tmp_path / "x.zh.docx", language="zh")
    assert "3 of its 6 sentences are in English" in document.notes[-1]
    assert describe_mixture([zh for zh, _ in PAIRS], "zh") is None
    assert describe_mixture([en for _, en in PAIRS] * 6 + [zh for zh, _ in PAIRS[:2]], "en") is None
