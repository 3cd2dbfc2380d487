"""The publisher's notice goes line by line; what stands in it and says something else stays."""

from __future__ import annotations

import pytest

from corpora.document import Line
from corpora.repair.notices import find_notices

NOTICES = {
    "new york": [
        "This record contains the text of speeches delivered in English and of the translation of",
        "speeches delivered in other languages. The final text will be printed in the Official",
        "Records of the General Assembly. Corrections should be submitted to the original",
        "languages only. They should be incorporated in a copy of the record and sent under the",
        "signature of a member of the delegation concerned to the Chief of the Verbatim Reporting",
        "Service, room U-9999 (verbatim@example.org). Corrected records will be reissued",
        "electronically on the Official Document System of the United Nations",
        "(http://documents.example.org).",
    ],
    "geneva": [
        "This record is subject to correction.",
        "Corrections should be submitted in one of the working languages. They should be set forth",
        "in a memorandum and also incorporated in a copy of the record. They should be sent within",
        "one week of the date of this document to the Editing Section, room E.9999, Palais des",
        "Nations, Geneva.",
        "Any corrections to the records of the public meetings of this session will be",
        "consolidated in a single corrigendum, to be issued shortly after the end of the session.",
    ],
    "chinese": [
        "本记录包括中文发言的文本和其他语言发言的译文。定本将刊印在《大会正式记录》。更正应只对",
        "原文提出。更正应作在印发的记录上，由有关的代表团成员一人署名，送交逐字记录处处长",
        "(U-9999) (verbatim@example.org)。更正后的记录将以电子文本方式在联合国正式文件系统",
        "(http://documents.example.org)上重发。",
    ],
    "chinese of summary records": [
        "本记录可以更正。",
        "更正应由有关的代表团成员签署，尽快送交文件管理科科长(dms@example.org)。",
    ],
}
AFTER = ["General Assembly", "大会", "The meeting was called to order at 3 p.m.", "Thank you."]
SAID = ["We agree.", "The roads will be opened.", "同意。", "这些道路将向各国代表团开放。"]


def lines(*texts: str) -> list[Line]:
    return [Line(text, 0, number) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("after", AFTER)
def test_a_notice_ends_where_its_wording_does(name, after):
    notice = NOTICES[name]
    assert find_notices(lines("One.", *notice, after)) == set(range(1, len(notice) + 1))


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("said", SAID)
def test_a_sentence_between_its_lines_stays(name, said):
    notice = NOTICES[name]
    for place in range(1, len(notice) + 1):
        texts = lines(*notice[:place], said, *notice[place:])
        assert place not in find_notices(texts)


def test_a_spaced_out_notice_goes():
    spaced = [" ".join(text) for text in NOTICES["chinese of summary records"][:1]]
    assert find_notices([Line(text, 1, n) for n, text in enumerate(spaced, 1)]) == {0}


def test_speech_about_the_record_is_no_notice():
    texts = lines(
        "This record is subject to correction, as we all know, and I should like to correct it.",
        "本记录可以更正，我国代表团明天将提出一份书面更正。",
    )
    assert find_notices(texts) == set()
