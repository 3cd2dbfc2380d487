"""What heads a document goes, whoever issued it; titles, lists and letters below it stay."""

from __future__ import annotations

import pytest

from corpora.document import Line
from corpora.repair.furniture import part_lines
from corpora.repair.mastheads import MOST_SENTENCES, name_marks


def parted(*texts: str):
    return part_lines([Line(text, 0, number) for number, text in enumerate(texts, 1)])


# Lines parted by " | ".
MASTHEADS = {
    name: head.split(" | ")
    for name, head in {
        "resolution of the Council": (
            "United Nations S/RES/9801 (2035) | Security Council | Distr.: General | 3 "
            "November 2035"
        ),
        "its Chinese": (
            "联合国 S/RES/9801(2035) | 安全理事会 | Distr.: General | 3 November 2035 | "
            "Chinese | Original: English"
        ),
        "reissued": (
            "United Nations S/2035/77** | Security Council | Distr.: General | 5 April "
            "2035 | Original: French"
        ),
        "budget": (
            "United Nations A/90/6 (Sect. 14) | General Assembly Distr.: General | 17 "
            "March 2035 | Original: English | Ninetieth session | Items 138 and 139 of the "
            "preliminary list*"
        ),
        "conference of parties": (
            "NPT/CONF.2035/PC.I/WP.7 | Preparatory Committee for the 2035 Review | "
            "Conference of the Parties to the Treaty on | the Non-Proliferation of Nuclear "
            "Weapons | 11 April 2034 | Original: English"
        ),
        "the same in Chinese": (
            "NPT/CONF.2035/PC.I/WP.7 | 不扩散核武器条约缔约国 | 2035 年审议大会 | "
            "筹备委员会 | 11 April 2034 | Chinese | Original: English"
        ),
        "group of experts": (
            "CCW/GGE.1/2034/WP.4 | Group of Governmental Experts on Emerging | "
            "Technologies | 2 March 2034 | English only"
        ),
        "biological weapons": (
            "BWC/CONF.X/PC/WP.3 | Tenth Review Conference of the States Parties | Distr.: "
            "General | 9 April 2034 | Original: Spanish"
        ),
        "human rights": (
            "United Nations A/HRC/90/12 | General Assembly | Distr.: General | 2 March "
            "2035 | Original: English | Human Rights Council | Ninetieth session | Agenda "
            "item 3"
        ),
        "economic and social": (
            "United Nations E/2035/12 | Economic and Social Council | Distr.: General | 2 "
            "March 2035 | Original: English"
        ),
        "old": (
            "UNITED | NATIONS A S | General Assembly Distr. | GENERAL | Security Council | "
            "A/53/9568 | S/1998/9025 | 2 November 1998 | ORIGINAL: ENGLISH"
        ),
    }.items()
}
TITLE = ["Report of the Group on stations and roads", "1. The Group met and agreed on this."]


@pytest.mark.parametrize("name", MASTHEADS)
def test_a_masthead_goes_and_the_title_below_it_stays(name):
    found = parted(*MASTHEADS[name], *TITLE)
    assert [line.text for line in found.kept] == TITLE
    assert found.notes == ()


@pytest.mark.parametrize("name", MASTHEADS)
def test_a_sentence_stays_wherever_in_a_masthead_it_stands(name):
    head = MASTHEADS[name]
    for place in range(len(head) + 1):
        for sentence in ("We met in the morning.", "会议将于明天继续。"):
            found = parted(*head[:place], sentence, *head[place:], *TITLE)
            assert sentence in [line.text for line in found.kept]


AGENDA = [f"{n}. Item of the list" for n in range(1, 9)]
REPORT = [
    "Report of the Committee",
    "I. Introduction",
    "1. The Committee was set up by the Assembly.",
    "2. It met in three sessions.",
    "3. It heard all delegations.",
    "4. It thanks them.",
    "II. Agenda",
]


@pytest.mark.parametrize(
    "opening", ["Adoption of the agenda", "In favour:", "The President: We begin."]
)
@pytest.mark.parametrize("body", [REPORT, AGENDA])
def test_a_report_is_no_cover_of_what_is_found_further_down(opening, body):
    found = parted(*MASTHEADS["budget"], *body, opening, "5. The Committee did so.")
    assert [line.text for line in found.kept] == [*body, opening, "5. The Committee did so."]


COVER = [
    "联合国 S/PV.9801",
    "安全理事会",
    "第九十年",
    "第九八〇一次会议",
    "2035年11月3日星期六下午3时举行",
    "纽约",
    "临时逐字记录",
    "主席： 多先生 . . . . . . . . . . . . （乌托邦）",
    "成员： 甲国 . . . . . . . . . . . . . . . 甲女士",
    "议程项目",
    "道路和台站问题",
]


def test_a_cover_goes_but_a_sentence_on_it():
    said, opening = "本次会议谁也没有缺席。", "下午3时05分开会。"
    for place in range(len(COVER) + 1):
        kept = [line.text for line in parted(*COVER[:place], said, *COVER[place:], opening).kept]
        assert kept[-1] == opening
        assert said in kept
        # A title right above a sentence may be its beginning.
        assert set(kept) <= {said, opening, COVER[-1]}


def test_many_sentences_above_the_opening_are_no_cover_and_that_is_told():
    told = [f"第{n}段说了一件事。" for n in range(MOST_SENTENCES + 1)]
    found = parted(*COVER, *told, "下午3时05分开会。")
    kept = [line.text for line in found.kept]
    assert all(text in kept for text in told)
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Held in contempt by all, he left the room.",
        "The verbatim record of the last meeting was lost.",
        "Monday, as we know, is a holiday.",
        "President: I call the meeting to order.",
        "President: Mr. Doe has the floor.",
        "会议于8月3日在日内瓦万国宫举行，各代表团参加了会议。",
        "Original copies are kept in Geneva.",
        "We shall meet this year",
        "Security Council members differ",
    ],
)
def test_a_sentence_is_no_mark_of_a_cover(text):
    assert name_marks(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Held at the Palais des Nations, Geneva, on Monday, 21 January 2019, at 10.10 a.m.",
        "2031年6月3日星期二上午10时在日内瓦万国宫举行。",
        "CONFERENCE OF THE COMMITTEE ON DISARMAMENT",
        "FINAL VERBATIM RECORD OF THE FOUR HUNDRED AND SIXTIETH MEETING",
        "on Thursday, 12 March 1970, at 10.30 a.m.",
        "Resumed tenth emergency special session",
    ],
)
def test_marks_of_covers_are_known(text):
    assert name_marks(text)


@pytest.mark.parametrize("head", [[], ["running header"]])
def test_a_list_of_languages_is_no_masthead(head):
    listed = ["Languages", "Arabic", "Chinese", "English", "French", "Russian", "Spanish"]
    texts = ["CD/2490", *listed, "They are the languages of the Conference."]
    lines = [Line(text, 0, n) for n, text in enumerate(texts, 1)]
    parted = part_lines(lines, {1: head[0]} if head else None, "CD/2490")
    assert [line.text for line in parted.kept] == texts[1:]
