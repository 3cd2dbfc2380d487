"""Furniture goes, speech stays: cases seen in real records, and lines that only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Line
from corpora.repair.furniture import REASONS, drop_furniture, name_furniture

FURNITURE = {
    "running header": [
        "CD/PV.1579",
        "CD/PV.1579/Add.1",
        "S/PV.4507",
        "S/PV.4507 (Resumption 1)",
        "S/PV.10011 Women and peace and security 06/10/2025",
        "06/10/2025 Women and peace and security S/PV.10011",
        "S/PV.10100 Xxxxx Xxxxxx Xxxxxx Xxxxxxx 30/01/2026",
        "26/11/2025 建设和平和保持和平 S/PV.10054",
        "S/PV.9722 秘书长关于苏丹和南苏丹的报告 11/09/2024",
        "CD/PV.941 5",
        "12 CD/PV.941",
    ],
    "job number": [
        "10 GE.21-16521",
        "GE.21-16521 11",
        "GE.19-07481  (E)   280619   010719",
        "GE.04-60152 (E) 060204 170204",
        "2/42 25-25750",
        "25-25750 3/42",
        "25-25750 (E)",
        "25-25750 (E) *2525750*",
        "98-33343 (E) 021198 /...",
    ],
    "barcode": ["*1907481*", "*2525750*"],
    "publisher's notice": [
        "Accessible document  Please recycle",
        "无障碍文件 请回收",
        "请回收",
    ],
    "dot leader": [
        "中国 . . . . . . . . . . . . . . . 孙磊先生",
        "United Kingdom of Great Britain and Northern Ireland . . . . . . Mr. Young",
        "President: Mr. Yurii Klymenko ...... (Ukraine)",
    ],
    "page number": ["Page 2", "第 3 页"],
    "rule": ["-----", "_______________", "/..."],
}

SPEECH = [
    "文件S/2026/8，其中",
    "我谨提请安理会成员注意文件S/2026/8，其中载有秘书长关于联合国塞浦",
    "S/PV.9721）证明，即使在各种立场似乎难以调和的情",
    "第1234次",
    "第 1579 次全体会议",
    "Resolution 984 (1995)",
    "984 (1995); and (c) protocols to the treaties establishing regional nuclear-weapon-free",
    "阿尔及利亚、中国、丹麦、法国、希腊、圭亚那、巴基斯坦、巴拿马、大韩民国、",
    "巴基斯坦、索马里",
    "Pakistan, Somalia",
    "决议草案获得15票赞成。",
    "The President: The draft resolution received 15 votes in favour.",
    "– be it intentional use resulting from the escalation of a",
    "- and this we have always said.",
    "――我再说一遍，要求――",
    "—— 国家安全 ——",
    "通过议程",
    "议程通过。",
    "塞浦路斯局势",
    "秘书长关于联合国塞浦路斯行动的报告(S/2026/8)",
    "上午10时05分开会。",
    "下午3时10分散会。",
    "中午散会。",
    "The meeting was called to order at 10 a.m.",
    "The meeting rose at noon.",
    "Adoption of the agenda",
    "In favour:",
    "赞成：",
    "None",
    "无",
    "(以英语发言)",
    "(spoke in English)",
    "1995",
    "We waited. . . and nothing came.",
    "他说……我们不能再等……",
    "1995 年 7 月 8 日",
    "The report is contained in document CD/1639",
    "on 30/01/2026 we shall return to document S/2026/50",
]


def make_lines(*texts: str, page: int = 0) -> list[Line]:
    return [Line(text, page, number) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("reason", "text"), [(reason, text) for reason, texts in FURNITURE.items() for text in texts]
)
def test_furniture_is_named_by_its_pattern_alone(reason: str, text: str) -> None:
    assert name_furniture(text) == reason
    assert reason in REASONS


@pytest.mark.parametrize("text", SPEECH)
def test_speech_is_kept(text: str) -> None:
    assert name_furniture(text) is None
    kept, dropped = drop_furniture(
        make_lines("主席(以英语发言)：现在开会。", text, "主席(以英语发言)：谢谢。")
    )
    assert [line.text for line in kept][1:2] == [text]
    assert dropped == ()


ZH_COVER = [
    "无障碍文件 请回收",
    "本记录包括中文发言的文本和其他语言发言的译文。定本将刊印在《安全理事会正式记录》。更正",
    "统(http://documents.un.org)上重发。",
    "联合国 S/PV.10100",
    "安全理事会",
    "第八十一年",
    "第一〇一〇〇次会议",
    "2026年1月30日星期五下午3时举行",
    "纽约",
    "临时逐字记录",
    "主席： 奥斯曼先生 . . . . . . . . . . . . （索马里）",
    "成员： 巴林 . . . . . . . . . . . . . . . 鲁瓦伊先生",
    "议程项目",
    "塞浦路斯局势",
    "2/3 26-01225",
    "S/PV.10100 Xxxxx Xxxxxx Xxxxxx Xxxxxxx 30/01/2026",
]
EN_COVER_NEW = [
    "CD/PV.1475",
    "Conference on Disarmament                                        English",
    "Final record of the one thousand four hundred and seventy-fifth plenary meeting",
    "Held at the Palais des Nations, Geneva, on Monday, 21 January 2019, at 10.10 a.m.",
    "President: Mr. Yurii Klymenko ...... (Ukraine)",
    "GE.19-07481  (E)   280619   010719",
    "*1907481*",
]
EN_COVER_OLD = [
    "CONFERENCE ON DISARMAMENT",
    "CD/PV.941",
    "20 January 2004",
    "ENGLISH",
    "FINAL RECORD OF THE NINE HUNDRED AND FORTY-FIRST PLENARY MEETING",
    "Held at the Palais des Nations, Geneva,",
    "on Tuesday, 20 January 2004, at 3.20 p.m.",
    "President: Ms. Amina MOHAMED (Kenya)",
    "GE.04-60152 (E) 060204 170204",
]
ZH_COVER_CD = [
    "裁军谈判会议",
    "CD/PV.1579",
    "Chinese",
    "第一千五百七十九次全体会议最后记录",
    "2021年8月3日星期二上午10时在日内瓦万国宫举行",
    "主席：穆罕默德先生 (喀麦隆)",
    "GE.21-16521 (C) 031221 081221",
]


@pytest.mark.parametrize(
    ("cover", "opening"),
    [
        (ZH_COVER, "下午3时05分开会。"),
        (ZH_COVER, "主 席（以英语发言）：根 据 安 理 会 暂 行 议事规"),
        (ZH_COVER_CD, "主席(以英语发言)：我宣布裁军谈判会议第 1579 次全体会议开始。"),
        (EN_COVER_NEW, "The President: I call to order the 1475th plenary meeting."),
        (EN_COVER_OLD, "The PRESIDENT: I declare open the 941st plenary meeting of the"),
        (EN_COVER_OLD, "The meeting was called to order at 10 a.m."),
    ],
)
def test_everything_before_the_opening_is_cover(cover: list[str], opening: str) -> None:
    kept, dropped = drop_furniture(make_lines(*cover, opening, "通过议程", "Women and peace"))
    assert [line.text for line in kept] == [opening, "通过议程", "Women and peace"]
    assert len(dropped) == len(cover)


def test_without_cover_marks_what_stands_before_the_opening_stays() -> None:
    texts = ("安全理事会的议程很长。", "一些说明。", "主席(以英语发言)：现在开会。")
    kept, dropped = drop_furniture(make_lines(*texts))
    assert len(kept) == 3
    assert not dropped


def test_the_masthead_of_other_documents_goes_and_their_title_stays() -> None:
    head = ["United Nations A/RES/70/10", "General Assembly Distr.: General", "2 December 2015"]
    body = ["Resolution adopted by the General Assembly", "The General Assembly,"]
    texts = [*head, "Seventieth session", "Agenda item 87", "*1516764* Please recycle", *body]
    first = [Line(text, 1, number) for number, text in enumerate(texts, 1)]
    second = [
        Line("A/RES/70/10 Report of the International Atomic Energy Agency", 2, 20),
        Line("2/2", 2, 21),
        Line("efficiency of the process in A/RES/70/10", 2, 22),
    ]
    kept, _ = drop_furniture([*first, *second])
    assert [line.text for line in kept] == [*body, second[-1].text]


def test_a_letter_that_names_an_organ_keeps_it() -> None:
    texts = ("Security Council", "New York", "We write to you about the Council.")
    kept, dropped = drop_furniture(make_lines(*texts))
    assert not dropped
    assert len(kept) == 3


def test_the_notice_goes_wherever_it_stands() -> None:
    notice = [
        "This record contains the text of speeches delivered in English and of the translation of",
        "speeches delivered in other languages. Corrections should be submitted to the original",
        "the United Nations (http://documents.un.org).",
    ]
    kept, dropped = drop_furniture(
        make_lines("The President: Good morning.", *notice, "Thank you.")
    )
    assert [line.text for line in kept] == ["The President: Good morning.", "Thank you."]
    assert {line.reason for line in dropped} == {"publisher's notice"}


def test_header_text_is_learnt_from_repetition() -> None:
    body = [f"This is what the speaker of page {n} had to say" for n in range(4)]
    texts: list[str] = []
    for number, text in enumerate(body, 1):
        texts += [text, f"{number}/4 25-25750", "Women and peace and security", "CD/PV.1579"]
    kept, dropped = drop_furniture(make_lines(*texts))
    assert [line.text for line in kept] == body
    assert {line.reason for line in dropped} == {"running header", "job number"}


def test_repeated_speech_is_not_learnt_as_a_header() -> None:
    texts: list[str] = []
    for number in range(1, 5):
        texts += ["主席(以英语发言)：", "In favour:", "(以英语发言)", f"{number}/4 25-25750"]
    kept, _ = drop_furniture(make_lines(*texts))
    assert len(kept) == 12


def test_an_entry_of_several_lines_is_not_cut_at_its_dots() -> None:
    dots = " ." * 40
    texts = [
        f"Overall orientation{dots} 3",
        "Part two. People have safe and,  where feasible,",
        f"lasting access to work and to fair markets{dots} 6",
        "Part three. Records are accurately kept and their status",
        f"maintained{dots} 9",
        f"Annexes{dots} 12",
    ]
    kept, dropped = drop_furniture(make_lines(*texts))
    assert [line.text for line in kept] == texts[1:5]
    assert [line.text for line in dropped] == [texts[0], texts[5]]


def test_bare_page_numbers_need_a_page_edge_or_other_furniture() -> None:
    beside = make_lines("The vote was", "15", "to 2.", "CD/PV.1579", "7")
    kept, dropped = drop_furniture(beside)
    assert [line.text for line in kept] == ["The vote was", "15", "to 2."]
    assert [(line.text, line.reason) for line in dropped] == [
        ("CD/PV.1579", "running header"),
        ("7", "page number"),
    ]
    page = [Line(text, 1, n) for n, text in enumerate(["3", "a", "b", "15", "c", "d", "e"], 1)]
    assert [line.text for line in drop_furniture(page)[1]] == ["3"]


def test_what_the_file_says_is_furniture_goes_with_its_reason() -> None:
    kept, dropped = drop_furniture(make_lines("One.", "Two.", "Three."), {2: "footnote"})
    assert [line.text for line in kept] == ["One.", "Three."]
    assert [(line.number, line.reason) for line in dropped] == [(2, "footnote")]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [text for texts in FURNITURE.values() for text in texts] + SPEECH + ZH_COVER
            ),
            st.text(max_size=20),
        ),
        max_size=60,
    ),
    st.integers(0, 5),
)
def test_kept_and_dropped_are_the_input_in_order(texts: list[str], per_page: int) -> None:
    lines = [
        Line(text, number // per_page + 1 if per_page else 0, number)
        for number, text in enumerate(texts, 1)
    ]
    kept, dropped = drop_furniture(lines)
    assert sorted([(line.number, line.page, line.text) for line in (*kept, *dropped)]) == [
        (line.number, line.page, line.text) for line in lines
    ]
    assert [line.number for line in kept] == sorted(line.number for line in kept)
    assert [line.number for line in dropped] == sorted(line.number for line in dropped)
    assert {line.reason for line in dropped} <= set(REASONS)


def test_a_symbol_that_ends_a_sentence_beside_furniture_is_text() -> None:
    lines = make_lines(
        "The President: We have before us documents CD/2119 and",
        "31-25750 21/44",
        "CD/2126.",
        "We thank you.",
    )
    kept, dropped = drop_furniture(lines)
    assert [line.text for line in dropped] == ["31-25750 21/44"]
    assert kept[1].text == "CD/2126."


def test_dots_that_lead_to_paragraphs_and_a_page_are_a_leader() -> None:
    texts = [f"Introduction {'.' * 40} 1–4 2", f"Visits {'.' * 46} 5 3", f"Costs {'.' * 47} 6-12 4"]
    kept, dropped = drop_furniture(make_lines(*texts, "1. The group met in the spring."))
    assert [line.reason for line in dropped] == ["dot leader"] * 3
    assert [line.text for line in kept] == ["1. The group met in the spring."]
