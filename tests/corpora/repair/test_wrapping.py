"""Where paragraphs begin, by which rule: lists, headings, bullets, notes, and lines that go on."""

from __future__ import annotations

import pytest

from corpora.document import Line
from corpora.read.text import lines_of
from corpora.record import document_from_text, read_document
from corpora.repair.layout import measure_layout
from corpora.repair.rules import repair_lines
from corpora.repair.wrapping import START_RULES, why_starts


def sentences(text: str, language: str) -> list[str]:
    return [s.text for s in document_from_text(text, name="x", language=language).sentences]


def reasons(text: str, language: str) -> list[str]:
    lines = lines_of(text)
    layout = measure_layout(lines, language)
    return [why_starts(lines, place, layout, language)[1] for place in range(len(lines))]


AGENDA = {
    "en": [
        "Opening of the meeting",
        "Election of the bureau",
        "Adoption of the agenda and organization of the work of the meeting",
        "Report of the secretariat on stations",
        "Prevention of accidents on roads",
        "Other matters",
        "Closure of the meeting",
    ],
    "zh": [
        "会议开幕",
        "选举主席团",
        "通过议程和安排会议工作",
        "秘书处关于台站问题的报告",
        "防止道路事故",
        "其他事项",
        "会议闭幕",
    ],
}
MARKS = {
    "1. ": lambda n: f"{n}. ",
    "1.": lambda n: f"{n}.",
    "(1)": lambda n: f"{n}) ",
    "26.1": lambda n: f"26.{n} ",
    "一、": lambda n: f"{'一二三四五六七'[n - 1]}、",
    "•": lambda n: "• ",
    "private": lambda n: "\uf0b7 ",
    "▪": lambda n: "▪ ",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", MARKS)
def test_short_items_without_end_marks_are_each_a_sentence(language, between, mark):
    if mark in ("1.", "一、") and language == "en":
        pytest.skip("not written so in English")
    items = [MARKS[mark](n) + text for n, text in enumerate(AGENDA[language], 1)]
    got = sentences(
        between.join([{"zh": "会议议程", "en": "Agenda of the meeting"}[language], *items]),
        language,
    )
    assert len(got) == 8
    assert all(text.endswith(item) for text, item in zip(got[1:], AGENDA[language], strict=True))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_items_without_marks_that_stand_apart_are_each_a_sentence(language):
    assert sentences("\n\n".join(AGENDA[language]), language) == AGENDA[language]


def test_documents_in_a_list_are_each_a_sentence():
    entries = [
        "A/C.1/90/L.11 Draft resolution on the stations, tabled on 03/11/2035",
        "A/C.1/90/L.12 Draft resolution on the roads, tabled on 04/11/2035",
        "S/PV.9700",
    ]
    before, after = (
        "The Committee had these documents before it:",
        "The Committee took note of them.",
    )
    assert sentences("\n\n".join([before, *entries, after]), "en") == [before, *entries, after]


def test_numbers_of_a_paragraph_alone_on_a_line_open_it():
    text = (
        "工作文件*\n1.\n本集团重申，各国应当在下一次会议之前提出报告，并且应当说明自己采取了什么\n"
        "措施。本集团感谢主席。\n2.\n本集团还强调，秘书处应当在今年年底以前把报告翻译成正式语文。\n"
    )
    got = sentences(text, "zh")
    assert got[0] == "工作文件*"
    assert got[1].startswith("1.本集团重申")
    assert got[3].startswith("2.本集团还强调")


def test_a_heading_as_long_as_a_line_does_not_take_the_number_below_it():
    body = (
        "all of the staff had left the place by the middle of the month, as had been agreed\n"
        "before, and the roads were open."
    )
    items = [f"{n}. By then {body}" for n in range(30, 33)]
    later = [f"{n}. In the month {body}" for n in range(33, 36)]
    heading = (
        "Work that was still to be finished in the second half of the year, 1 January to 30 June"
    )
    got = sentences("\n".join([*items, heading, *later]), "en")
    assert heading in got
    assert sum(text.startswith("33. In the month") for text in got) == 1


def test_hanging_numbers_of_two_levels():
    text = ""
    for n in range(1, 7):
        text += (
            f"  26.{n} The office gives water, shelter, basic care, schooling, tents, blankets,\n"
            "       food and help with the law to those people who have lost all of their homes,\n"
            "       and it does so in every camp.\n\n"
        )
    got = sentences(text, "en")
    assert len(got) == 6
    assert all(sentence.endswith("in every camp.") for sentence in got)


@pytest.mark.parametrize("mark", ["* ", "** ", "¹³ ", "a "])
def test_notes_that_hang(mark):
    text = (
        "    The report was issued in the spring of the year and was read by all the members.\n"
        f"{mark}See the first report, which was issued in the year before by the same office,\n"
        "    and the annex to it, in which the tables of the year stand in full length, with\n"
        "    all their figures.\n"
        "    The members thanked the office for the report, which they had read with care.\n"
    )
    got = sentences(text, "en")
    assert any(sentence.endswith("with all their figures.") for sentence in got)
    assert not any(sentence.endswith(",") for sentence in got)


@pytest.mark.parametrize(
    "text",
    [
        "We speak of what was said in paragraphs 11,\n12. and 13. of the report of that year.",
        "The growth of the economy of the land in that year was\n4.2 per cent, more than the\n"
        "3.5 per cent before it.",
        "In the year of the report the roads were longer by\n26.4 per cent than before.",
    ],
)
def test_numbers_within_a_sentence_open_no_item(text):
    assert len(sentences(text, "en")) == 1


def test_each_rule_is_named_when_it_decides():
    text = (
        "The President: Good morning to all of you who have come here on this fine day, and\n"
        "welcome to the meeting.\n"
        "Mr. Doe (Utopia): Thank you.\n"
        "1. The first item.\n"
        "2. The second item.\n"
        "• A bullet\n"
        "In favour:\n"
        "Utopia\n"
    )
    names = [name for name, _ in START_RULES]
    got = reasons(text, "en")
    assert got[0] == "the first line"
    assert got[1] == "nothing shows a beginning"
    assert got[2] == "a speaker's label"
    assert got[4] == "the next number of a list"
    assert got[5] == "a bullet"
    assert got[6] == "a fixed line or a note"
    assert set(got[2:]) <= {*names, "nothing shows a beginning"}
    assert len(set(names)) == len(names)


def test_a_paragraph_says_by_which_rule_it_begins():
    from corpora.repair.rules import repair_lines

    paragraphs = repair_lines(lines_of("1. One\n2. Two\n3. Three\n"), "en")
    assert [paragraph.begins for paragraph in paragraphs][1:] == ["the next number of a list"] * 2


DOTS = " ." * 34


@pytest.mark.parametrize(
    ("language", "lines", "entries"),
    [
        (
            "en",
            [
                "Part one. Summary of the steps taken by the stations",
                f"   in the northern part of the land{DOTS[:46]} 2",
                "II. Summary of the steps taken by the stations in the northern part of the land",
                f"   under the agreement on roads and harbours{DOTS[:36]} 4",
                "III. Requests of the group of experts endorsed by the Assembly in its decision on",
                f"   Bridges and Ferries{DOTS[:56]} 6",
                "Work of the office in the field of safe water and of the supply of all stations",
                "   that lie in the hills, and the help given to them in the year by the partners",
                f"   of the programme{DOTS[:58]} xii",
            ],
            [
                "Part one.",
                "Summary of the steps taken by the stations in the northern part of the land 2",
                "II. Summary of the steps taken by the stations in the northern part of the land "
                "under the agreement on roads and harbours 4",
                "III. Requests of the group of experts endorsed by the Assembly in its decision on "
                "Bridges and Ferries 6",
                "Work of the office in the field of safe water and of the supply of all stations "
                "that lie in the hills, and the help given to them in the year by the partners of "
                "the programme xii",
            ],
        ),
        (
            "zh",
            [
                "二、北部地区各站根据关于道路和港口的协定所采取的步骤的摘要以及对今后工作的各项",
                f"    建议{'.' * 70} 4",
                "三、经大会在其关于桥梁和渡轮的决议中核可的专家组各项要求以及执行这些要求的情况",
                f"    说明{'…' * 36} 6",
            ],
            [
                "二、北部地区各站根据关于道路和港口的协定所采取的步骤的摘要以及对今后工作的各项建议4",
                "三、经大会在其关于桥梁和渡轮的决议中核可的专家组各项要求以及执行这些要求的情况说明6",
            ],
        ),
    ],
)
def test_an_entry_of_contents_goes_on_to_its_page_and_ends_there(language, lines, entries):
    after = {
        "en": "1. The report was written in the spring and tells of the work of the stations.",
        "zh": "1. 本报告于春季编写，介绍了各站所做的工作。",
    }
    found = sentences("\n".join([*lines, "", after[language]]), language)
    assert found[:-1] == entries


def test_dots_that_lead_to_no_page_stay():
    text = "Name of the station: ............ and of its head ............\nWe agree to that."
    assert sentences(text, "en")[0].count("............") == 2


def test_an_entry_of_contents_goes_on_below_its_comma_and_a_quotation_still_begins():
    """Indents tell where paragraphs begin, but not in the midst of an entry of several lines."""
    prose = (
        "  The members of the group have met three times in the course of the year and agreed\n"
        "on the text of the report, which is before the assembly for its consideration.\n"
    )
    contents = (
        "      Part four. People have safe and lasting homes and, where feasible,\n"
        "      access to work through training, advice and fair markets\n"
        "      Part five. Records are kept of all who are entitled\n"
    )
    text = prose * 6 + contents + prose
    at = text.split("\n").index("      access to work through training, advice and fair markets")
    assert reasons(text, "en")[at] == "lower case that goes on"
    assert any("where feasible, access to work" in told for told in sentences(text, "en"))


def test_a_dated_entry_of_a_list_of_documents_ends_at_its_date():
    text = (
        "The Conference had these papers before it:\n"
        "CCW/CONF.9/1 Provisional agenda 04/05/2041\n"
        "CCW/CONF.9/2 Note on costs 05/05/2041\n"
        "It took note of them and thanked those who had written them.\n"
    )
    assert sentences(text, "en")[-2:] == [
        "CCW/CONF.9/2 Note on costs 05/05/2041",
        "It took note of them and thanked those who had written them.",
    ]


@pytest.mark.parametrize(
    ("language", "title", "opening"),
    [
        ("en", "Adopted by the Council at its 9th meeting", "The Economic and Social Council,"),
        ("zh", "理事会第9次会议通过的决议", "经济及社会理事会，"),
    ],
)
def test_what_opens_a_resolution_stands_alone(language, title, opening):
    more = {"en": "Recalling its decision of last year,", "zh": "回顾其去年的决定，"}[language]
    found = sentences(f"{title}\n{opening}\n{more}\n", language)
    assert opening in found
    assert title in found


def test_notes_below_a_text_begin_anew():
    text = (
        "7. The group decides to meet again in the spring of the year that follows this one.\n"
        "* Reissued for technical reasons.\n"
    )
    assert sentences(text, "en")[-1] == "* Reissued for technical reasons."
    text = (
        "8. The group looked at the cost of it, 3/ and asked for a paper on the ferries. 4/\n"
        "______________\n3/ See paragraph 4 above.\n4/ Official Records, Supplement 9.\n"
    )
    assert sentences(text, "en")[-2:] == [
        "3/ See paragraph 4 above.",
        "4/ Official Records, Supplement 9.",
    ]


def test_a_lettered_heading_below_one_that_leaves_ample_room():
    text = (
        "Item 12: Other questions (continued)\n"
        "(a) Reports of the bodies that look after the coordination of the work of the system\n"
        "Reports of other bodies were not before the group this time, it was said at the opening.\n"
    )
    assert sentences(text, "en")[0] == "Item 12: Other questions (continued)"


def test_a_page_end_pasted_into_a_file_of_word_cuts_no_sentence(tmp_path):
    import docx

    halves = {
        "en": ("We have heard of the roads and of what the", "stations need this year."),
        "zh": ("我们听取了关于道路的报告，也听取了各", "站今年的需要。"),
    }
    for language, (first, second) in halves.items():
        document = docx.Document()
        for n in range(1, 8):
            document.add_paragraph(first)
            document.add_paragraph("CD/PV.9001")
            document.add_paragraph(second if n % 2 else second.upper())
            document.add_paragraph(
                {"en": "They were built long ago.", "zh": "早已建成。"}[language]
            )
        document.save(tmp_path / "CD_PV.9001.docx")
        found = [s.text for s in read_document(tmp_path / "CD_PV.9001.docx").sentences]
        whole = first + {"en": " ", "zh": ""}[language] + second
        assert whole in found
        assert (first in found) == (language == "en")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            ["Recalling its decision of 15 December 2030,", "1. Urges all States to build roads;"],
        ),
        ("zh", ["回顾其2030年12月15日的决定，", "1.敦促各国修建道路；"]),
    ],
)
def test_the_first_paragraph_below_a_preamble_that_ends_with_a_comma(language, lines):
    second = {"en": "2. Decides to come back to it.", "zh": "2.决定再行审议。"}[language]
    assert sentences("\n".join([*lines, second]), language) == [*lines, second]


HALVES = [
    "Others said that more time was needed for the work, and that talks should go on in",
    "the coming weeks until the middle of the year. My own delegation has put a paper on",
    "the table of the Conference. Of the other delegations none has so far done the like",
    "and we should be glad of it.",
]


def test_lines_that_a_hyphen_made_twice_as_long():
    """As in text copied out of a viewer of PDFs: the column is as wide as most lines are."""
    doubled = (
        "We believe that it would strengthen the regime of non-proliferation and the trust of all "
        "States in one another, in this year and in those that follow it, as it did so well before"
    )
    text = "\n".join(["GENERAL", *HALVES, doubled, HALVES[3], "ROADS", *HALVES, doubled, HALVES[3]])
    found = sentences(text, "en")
    last = "Of the other delegations none has so far done the like and we should be glad of it."
    assert found[:2] == ["GENERAL", f"{HALVES[0]} the coming weeks until the middle of the year."]
    assert found.count(last) == 2
    assert not any(sentence[0].islower() for sentence in found)


def test_what_goes_on_in_lower_case_stands_below_no_heading():
    text = (
        "The experts of the\nnorth and those of the\nsouth met twice in the spring of that year, "
        "and again in the summer.\nThey heard what States had to say, and put it all in a paper.\n"
    )
    assert sentences(text, "en")[0].startswith(
        "The experts of the north and those of the south met"
    )


PREAMBLES = {
    "en": [
        "The General Assembly,",
        "Recalling its decisions of 2029 and of 2030 on the roads of the North, and all those that "
        "went before them, in which it asked States to look after the stations,",
        "Recognizing the common interest of all in roads and in stations along the roads,",
        "Deeply concerned at the state of the bridges of the South, which were built so long ago,",
        "1. Asks States to build some;",
        "2. Asks them to say when.",
    ],
    "zh": [
        "大会，",
        "回顾其2029年和2030年关于北方道路问题的决定，以及此前的所有有关决定，其中请各国照管好沿途的车站，",
        "认识到道路和车站关系到所有人的利益，",
        "深为关切南方的桥梁年久失修，",
        "1.请各国修建新桥；",
        "2.请各国说明时间。",
    ],
}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_paragraph_of_a_preamble_ends_with_a_comma(language, gap):
    lines = PREAMBLES[language]
    wrapped = [*lines[:1], *_halves(lines[1], language), *lines[2:]]
    assert sentences(gap.join(wrapped), language) == lines


def _halves(text, language):
    place = text.rindex(" ", 0, 90) if language == "en" else 38
    return [text[:place], text[place:].strip()]


def test_a_name_below_a_comma_is_no_preamble():
    text = (
        "The experts met in the towns of the North, in those of the East and the South, in\n"
        "Wyoming and in some of the other States of the West, to look at the stations there.\n"
    )
    assert len(sentences(text, "en")) == 1


@pytest.mark.parametrize(
    ("language", "above", "heading"),
    [("en", "Annex", "Statement of the experts"), ("zh", "附件", "专家的声明")],
)
def test_a_heading_with_white_above_where_indents_mark_the_paragraphs(language, above, heading):
    paragraph = {
        "en": ["The experts met in the towns of the North, in the East and in the", "West of it."],
        "zh": [
            "专家们在北方、东方和西方的各个城镇举行了会议，听取了各国代表的意见，并",
            "提出了报告。",
        ],
    }[language]
    texts = [(above, 0.0, 0.0), (heading, 0.0, 0.5)]
    for _ in range(4):
        texts += [(paragraph[0], 2.0, 0.0), (paragraph[1], 0.0, 0.0)]
    texts += [(above, 20.0, 0.0), (heading, 0.0, 0.5)]
    lines = [Line(text, 1, n, indent, gap) for n, (text, indent, gap) in enumerate(texts, 1)]
    found = [p.text for p in repair_lines(lines, language)]
    assert found[:2] == found[-2:] == [above, heading]
    assert len(found) == 8


def test_the_number_of_a_resolution_stands_below_who_adopted_it():
    text = "[on the report of the First Committee (A/86/500)]\n86/45. Roads of the North\n"
    assert sentences(text, "en") == text.splitlines()


@pytest.mark.parametrize("end", ["of", "the", "on 4", "to the"])
def test_no_heading_ends_with_a_word_that_goes_on(end):
    rest = "May stations of the North which were looked at by the experts of many States together"
    text = f"Report {end}\n{rest}\nin the spring and in the summer of the year.\n"
    assert sentences(text, "en")[0].startswith(f"Report {end} May stations")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_with_a_paragraph_a_line_has_some_that_no_page_could_hold(language):
    """As word processors save it: most lines are short, the long ones show what lines are."""
    long = {
        "en": "The experts met in the towns of the North, and then in those of the South, and they "
        "heard what the States had to say about the roads there.",
        "zh": "专家们在北方和南方的各个城镇举行了会议，听取了各国代表的意见，"
        "并就道路和车站今后的工作提出了若干项具体建议，供各国审议和采用。",
    }[language]
    head, items = {
        "en": ("Report on roads and stations", ["Roads of the North;", "Stations;", "Bridges."]),
        "zh": ("关于道路和车站的报告全文如下所示", ["北方的道路；", "车站；", "桥梁。"]),
    }[language]
    lines = [head, long, *items, long, *items, long]
    assert sentences("\n".join(lines), language) == lines
