"""What a record tells and nobody says, and what chairs say about the same."""

from __future__ import annotations

import pytest

from corpora.record import document_from_text
from corpora.repair.labels import match_label
from corpora.repair.narrative import is_narrative

TOLD = [
    "It was so decided.",
    "It was so agreed.",
    "Ms. Roe, President of Utopia, was escorted into the General Assembly Hall.",
    "Mr. J. P. Doe, Minister of Utopia, was escorted from the rostrum.",
    "Mr. Doe (Utopia), Vice-President, took the Chair.",
    "The President returned to the Chair.",
    "At the invitation of the President, Mr. Doe and Ms. Roe took seats at the Council table.",
    "Draft resolution A/90/L.7 was adopted by 91 votes to 4, with 2 abstentions (resolution 90/3).",
    "Draft resolution I was adopted (resolution 90/4 A).",
    "The amendment was rejected by 80 votes to 30, with 10 abstentions.",
    "Operative paragraph 6 was retained by 99 votes to none.",
    "The members of the General Assembly observed a minute of silence.",
    "就这样决定。",
    "就这样商定。",
    "乌托邦总统罗女士在陪同下进入大会堂。",
    "副主席多先生(乌托邦)主持会议。",
    "应主席邀请，多先生（乌托邦）在安理会会议厅一侧的座位就座。",
    "决议草案A/90/L.7以101票对4票、20票弃权获得通过(第90/3号决议)。",
    "决议草案一获得通过（第90/4号决议）。",
    "大会全体成员默哀一分钟。",
]
SAID = [
    "It is so decided.",
    "There being no objection, it is so decided.",
    "I shall now return to the Chair.",
    "The draft resolution has been adopted as resolution 2901 (2035).",
    "We took a seat at the table.",
    "You were escorted to the rostrum.",
    "The Council took a decision last year.",
    "决议草案获得通过。",
    "我们就这样决定。",
    "委员会通过了该报告。",
]


@pytest.mark.parametrize("text", TOLD)
def test_narrative_is_nobodys_speech(text):
    assert is_narrative(text)
    language = "en" if text.isascii() else "zh"
    said = ("The President: We begin.", "Mr. Doe (Utopia): Thank you.")
    if language == "zh":
        said = ("主席(以英语发言)：现在开会。", "多先生(乌托邦)：谢谢。")
    document = document_from_text(
        "\n\n".join((said[0], text, said[1])), name="x", language=language
    )
    speakers = [s.speaker and s.speaker.name for s in document.sentences]
    assert [speaker is None for speaker in speakers] == [False, True, False]


@pytest.mark.parametrize("text", SAID)
def test_what_a_chair_says_is_speech(text):
    assert not is_narrative(text)


@pytest.mark.parametrize(
    ("text", "name", "spoken"),
    [
        ("SECRETARY FOR TRANSPORT: Sir, yes.", "SECRETARY FOR TRANSPORT", None),
        ("THE FINANCIAL SECRETARY: Sir, yes.", "THE FINANCIAL SECRETARY", None),
        ("HIS EXCELLENCY THE PRESIDENT: Order.", "HIS EXCELLENCY THE PRESIDENT", None),
        ("MRS. ROE: Is that so?", "MRS. ROE", None),
        ("DR DOE CHI-MING asked (in Cantonese): Why?", "DR DOE CHI-MING", "zh"),
        ("多明志议员问：为什么？", "多明志议员", None),
        ("罗富丽議員問題的譯文：為什麼？", "罗富丽議員", None),
        ("运输司答复的译文：是的。", "运输司", None),
        ("总督答（译文）：是的。", "总督", None),
        ("多先生(乌托邦)(西班牙语发言)：谢谢。", "多先生", "es"),
    ],
)
def test_speakers_of_other_houses(text, name, spoken):
    speaker = match_label(text)
    assert speaker is not None
    assert (speaker.name, speaker.spoken) == (name, spoken)
    assert text.startswith(speaker.label)


@pytest.mark.parametrize(
    "text",
    [
        "MR. PRESIDENT: I beg to move.",
        "SUMMARY OF THE REPORT: it is short",
        "该公司答：我们不知道。",
        "我想请问多议员：为什么？",
        "Mr. Doe (in Geneva) said: yes",
    ],
)
def test_what_only_looks_like_them(text):
    assert match_label(text) is None
