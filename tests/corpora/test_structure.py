"""Turns and speakers: labels of all houses, and prose that only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpora.repair.labels import (
    is_closing,
    is_procedure,
    match_label,
    spoken_language,
    standing_note,
    stands_alone,
)
from corpora.repair.rules import Paragraph
from corpora.structure import find_turns

if TYPE_CHECKING:
    from corpora.document import Speaker

LABELS = [
    ("主席(以英语发言)：我宣布", "主席", None, "en"),
    ("主席（以法语发言）：谢谢你。", "主席", None, "fr"),
    ("主席：现在开会。", "主席", None, None),
    ("代理主席(以西班牙语发言)：谢谢。", "代理主席", None, "es"),
    ("贾敦先生(巴基斯坦)(以英语发言)：主席先生，", "贾敦先生", "巴基斯坦", "en"),
    ("伍德先生（美利坚合众国）（以英语发言）：", "伍德先生", "美利坚合众国", "en"),
    ("吴百纳女爵士（联合王国）（以英语发言）：", "吴百纳女爵士", "联合王国", "en"),
    ("罗德里格斯-伯基特夫人（圭亚那）（以英语发言）：", "罗德里格斯-伯基特夫人", "圭亚那", "en"),
    ("本贾马先生（以英语发言）：", "本贾马先生", None, "en"),
    ("卫琛先生(中国)：感谢您", "卫琛先生", "中国", None),
    (
        "桑切斯·德莱林·加西亚－奥维斯先生(西班牙)(以西班牙语发言)：早上好。",
        "桑切斯·德莱林·加西亚－奥维斯先生",
        "西班牙",
        "es",
    ),
    (
        "莫罗斯先生(委内瑞拉玻利瓦尔共和国)(以西班牙语发言)：",
        "莫罗斯先生",
        "委内瑞拉玻利瓦尔共和国",
        "es",
    ),
    ("菲诺先生(日内瓦安全政策中心)(以英语发言)：", "菲诺先生", "日内瓦安全政策中心", "en"),
    ("哈希姆·穆斯塔法阁下(伊拉克)(以阿拉伯语发言)：", "哈希姆·穆斯塔法阁下", "伊拉克", "ar"),
    ("李松大使(中国)：主席先生，", "李松大使", "中国", None),
    ("巴蒂亚先生（伊朗（伊斯兰共和国））：", "巴蒂亚先生", "伊朗（伊斯兰共和国）", None),
    (
        "费利佩先生（巴西）（以葡萄牙语发言；英文本由代表团提供）：",
        "费利佩先生",
        "巴西",
        "pt",
    ),
    ("The President: I call to order", "The President", None, None),
    ("The PRESIDENT: I declare open", "The PRESIDENT", None, None),
    ("The President (spoke in French): Thank you.", "The President", None, "fr"),
    ("The PRESIDENT (translated from Spanish): I", "The PRESIDENT", None, "es"),
    ("The PRESIDENT (translated from Spanish) I declare", "The PRESIDENT", None, "es"),
    ("The Acting President: The meeting", "The Acting President", None, None),
    (
        "Mr. Hashim Mostafa (Iraq) (spoke in Arabic): Mr. President,",
        "Mr. Hashim Mostafa",
        "Iraq",
        "ar",
    ),
    ("Dame Barbara Woodward (United Kingdom): I", "Dame Barbara Woodward", "United Kingdom", None),
    (
        "Mr. Sergei Ordzhonikidze (Secretary-General of the Conference on Disarmament): Mr.",
        "Mr. Sergei Ordzhonikidze",
        "Secretary-General of the Conference on Disarmament",
        None,
    ),
    ("Mr. Hwang: In accordance with", "Mr. Hwang", None, None),
    ("H.E. Mr. Smith (Canada): I", "H.E. Mr. Smith", "Canada", None),
    ("H.R.H. Prince Zeid (Jordan): I", "H.R.H. Prince Zeid", "Jordan", None),
    (
        "Her Excellency Ms. Jones (Canada) (spoke in French): I",
        "Her Excellency Ms. Jones",
        "Canada",
        "fr",
    ),
    ("Ms. Amina MOHAMED (Kenya): I", "Ms. Amina MOHAMED", "Kenya", None),
    (
        "Mr. Sánchez de Lerín García-Ovies (Spain) (spoke in Spanish): Good",
        "Mr. Sánchez de Lerín García-Ovies",
        "Spain",
        "es",
    ),
    ("Mrs. Rodrigues-Birkett (Guyana): We", "Mrs. Rodrigues-Birkett", "Guyana", None),
    ("Mr. Alfaro de Alba (Panama) (spoke in Spanish): We", "Mr. Alfaro de Alba", "Panama", "es"),
    (
        "Mr. Takht-Ravanchi (Iran (Islamic Republic of)): I",
        "Mr. Takht-Ravanchi",
        "Iran (Islamic Republic of)",
        None,
    ),
    ("Mr. Al-Nima (Qatar) (spoke in Arabic): I", "Mr. Al-Nima", "Qatar", "ar"),
    ("Mr. al-Khasawneh (Jordan): I", "Mr. al-Khasawneh", "Jordan", None),
    ("Ms. Dar‘a (Yemen): I", "Ms. Dar‘a", "Yemen", None),
]

LEADERS = [
    ("多总统(乌托邦)：", "多总统", "乌托邦", None),
    ("保罗·多总理（以西班牙语发言）：谢谢", "保罗·多总理", None, "es"),
]
NO_LABELS = [
    "赞成：",
    "赞成:",
    "反对：",
    "弃权：",
    "无",
    "尊敬的各位同事：",
    "尊敬的大使女士：",
    "主席先生：",
    "主席女士：",
    "女士们、先生们：",
    "主席先生，今天讨论的项目",
    "他说：“我们反对。”",
    "我要引述特雷扎大使：“这一使命值得追求”",
    "正如菲诺先生：所说",
    "规定，各方:",
    "因此，《最后文件》行动 5 特别呼吁核武器国家：",
    "我引述多总统(乌托邦)：",
    "美国罗斯福总统：",
    "意大利前常驻裁谈会代表卡洛·特雷扎大使最近写道：“这一使命值得追求",
    "(以英语发言)",
    "主席(以英语发言)",
    "成员： 巴林",
    "主席团成员：",
    "In favour:",
    "Against:",
    "Mr. President, the item",
    "Mr. President: the item",
    "Mr. President.",
    "H.E. Mr. President: the item",
    "H.E. Mr. Smith said that: the item",
    "Madam President:",
    "Mr. President. The President (spoke in French): I thank",
    "Mr. Hwang. The President: I thank",
    "Mr. Jadoon said: we agree.",
    "Action 5 of the Final Document accordingly called upon the nuclear-weapon States, to:",
    "The President of the Republic said: no.",
    "The exceptions are: (a) whether",
    "Distinguished colleagues:",
    "As Ambassador Carlo Trezza recently wrote: “This is a mission worth pursuing",
    "Ambassador Carlo Trezza, former Permanent Representative of Italy, recently wrote: no",
    "(spoke in English)",
    "Resolution 984 (1995): the text",
]


@pytest.mark.parametrize(("text", "name", "affiliation", "spoken"), [*LABELS, *LEADERS])
def test_labels(text: str, name: str, affiliation: str | None, spoken: str | None) -> None:
    speaker = match_label(text)
    assert speaker is not None
    assert (speaker.name, speaker.affiliation, speaker.spoken) == (name, affiliation, spoken)
    assert text.startswith(speaker.label)
    assert speaker.label[-1] in ":：)"


@pytest.mark.parametrize("text", NO_LABELS)
def test_prose_is_no_label(text: str) -> None:
    assert match_label(text) is None


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("以英语发言", "en"),
        ("以阿拉伯语发言", "ar"),
        ("spoke in Russian", "ru"),
        ("translated from Spanish", "es"),
        ("译自西班牙文", "es"),
        ("interpretation from French", "fr"),
        ("以葡萄牙语发言；英文本由代表团提供", "pt"),
        ("spoke in Portuguese; English text provided by the delegation", "pt"),
        ("以塔加洛语发言", "und"),
        ("巴基斯坦", None),
        ("United States of America", None),
        ("联合国司", None),
    ],
)
def test_notes_of_language(note: str, code: str | None) -> None:
    assert spoken_language(note) == code


PROCEDURE = [
    "上午10时05分会议开始。",
    "进行了举手表决。",
    "A vote was taken by show of hands.",
    "A recorded vote was taken.",
    "赞成：",
    "In favour:",
    "Abstaining:",
    "下午3时10分散会。",
    "中午散会。",
    "下午 12 时 05 分散会。",
    "上午10时05分开会。",
    "The meeting rose at noon.",
    "The meeting rose at 12.05 p.m.",
    "The meeting was called to order at 10 a.m.",
    "The meeting was suspended at 12.50 p.m. and resumed at 3 p.m.",
    "议程通过。",
    "The agenda was adopted.",
]
SAID = [
    "现在休会。",
    "The meeting is adjourned.",
    "没有人反对，就这样决定。",
    "决议草案获得一致通过。",
    "There being no objection, it is so decided.",
    "我们今天下午散会。谢谢。",
    "I recall that the meeting rose at noon yesterday because of the heat",
    "赞成：我们认为",
    "In favour: those who",
]


@pytest.mark.parametrize("text", PROCEDURE)
def test_lines_of_the_record_itself(text: str) -> None:
    assert is_procedure(text)
    assert stands_alone(text)


@pytest.mark.parametrize("text", SAID)
def test_what_a_speaker_says_is_no_procedure(text: str) -> None:
    assert not is_procedure(text)


def test_closing_lines() -> None:
    assert is_closing("中午散会。")
    assert is_closing("The meeting rose at noon.")
    assert not is_closing("上午10时05分开会。")


def test_standing_notes() -> None:
    assert standing_note("(以英语发言)") == "en"
    assert standing_note("(spoke in English) Distinguished colleagues") == "en"
    assert standing_note("(消极安全保证)，进行专题辩论。") is None
    assert stands_alone("（以英语发言）")
    assert not stands_alone("(联合国司)")


def turns_of(*texts: str) -> list[tuple[int, Speaker | None]]:
    return [(p.turn, p.speaker) for p in find_turns([Paragraph(text) for text in texts])]


def test_a_meeting() -> None:
    passages = find_turns(
        [
            Paragraph(text)
            for text in (
                "下午3时05分开会。",
                "塞浦路斯局势",
                "主席（以法语发言）：谢谢你。",
                "（以英语发言）",
                "现在请黄先生发言。",
                "黄先生：谢谢。",
                "主席（以英语发言）：现在表决。",
                "进行了举手表决。",
                "赞成：",
                "巴林、中国",
                "主席（以英语发言）：通过。",
                "下午3时10分散会。",
            )
        ]
    )
    said = [
        (p.turn, p.speaker.name if p.speaker else None, p.speaker.spoken if p.speaker else None)
        for p in passages
    ]
    assert said == [
        (0, None, None),
        (0, None, None),
        (1, "主席", "fr"),
        (1, "主席", "en"),
        (1, "主席", "en"),
        (2, "黄先生", None),
        (3, "主席", "en"),
        (4, None, None),
        (4, None, None),
        (4, None, None),
        (5, "主席", "en"),
        (6, None, None),
    ]
    assert [p.label for p in passages][2] == len("主席（以法语发言）：")
    assert passages[3].label == 0


def test_a_record_that_begins_with_a_speaker_begins_with_turn_0() -> None:
    assert [turn for turn, _ in turns_of("The President: Hello.", "Mr. Hwang: Hello.")] == [0, 1]


def test_no_paragraphs_no_turns() -> None:
    assert find_turns([]) == ()
