"""Lines become paragraphs: what line and page ends cut is whole again, and nothing else moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.document import Language, Line
from corpora.repair.hyphens import Vocabulary, collect_words, join_lines, join_words
from corpora.repair.layout import ends_between, measure_width
from corpora.repair.rules import LINE_RULES, PARAGRAPH_RULES, repair_lines, repair_paragraph


def wrap(*texts: str, skip: tuple[int, ...] = ()) -> list[Line]:
    """Lines of a TXT: leading blanks are the indent, numbers in `skip` were furniture."""
    lines, number = [], 0
    for text in texts:
        number += 1
        while number in skip:
            number += 1
        lines.append(Line(text.strip(), 0, number, float(len(text) - len(text.lstrip()))))
    return lines


def paragraphs(lines: list[Line], language: Language) -> list[str]:
    return [paragraph.text for paragraph in repair_lines(lines, language)]


# ------------------------------------------------------------------------------------ joining words

HYPHENS = [
    # head, tail, what the document writes elsewhere, joined
    ("against non-", "nuclear-weapon States", "", "against non-nuclear-weapon States"),
    ("the Secretary-", "General of", "", "the Secretary-General of"),
    ("the Non-", "Proliferation Treaty", "", "the Non-Proliferation Treaty"),
    ("the nuclear-", "weapon States", "", "the nuclear-weapon States"),
    ("a non-nuclear-", "weapon State", "", "a non-nuclear-weapon State"),
    ("on disarma-", "ment and", "", "on disarmament and"),
    ("on disarma-", "ment and", "disarmament", "on disarmament and"),
    ("DISARMA-", "MENT", "", "DISARMAMENT"),
    ("the far-", "reaching plan", "far-reaching", "the far-reaching plan"),
    ("to re-", "establish it", "re-establish", "to re-establish it"),
    ("is impor-", "tant to", "important", "is important to"),
    ("is impor-", "tant to", "", "is important to"),
    ("the develop\u00ad", "ment of", "", "the development of"),
    ("the ali\ufffe", "néa", "", "the alinéa"),
    ("to conflict\ufffe", "related", "conflict and related", "to conflict-related"),
    ("a gender\ufffe", "disaggregated", "gender", "a gender-disaggregated"),
    ("govern-", "mental", "govern", "governmental"),
    ("long- and short-", "and medium-term", "", "long- and short- and medium-term"),
    ("the policy-", "makers of", "", "the policy-makers of"),
    ("so-", "called", "", "so-called"),
    ("Abdul-", "Karim", "", "Abdul-Karim"),
    ("the United States’ long-", "standing", "", "the United States’ long-standing"),
]


@pytest.mark.parametrize(("head", "tail", "elsewhere", "joined"), HYPHENS)
def test_hyphens_at_line_ends(head: str, tail: str, elsewhere: str, joined: str) -> None:
    vocabulary = collect_words([Line(elsewhere, 0, 1)])
    assert join_words(head, tail, vocabulary) == joined


@pytest.mark.parametrize(
    ("head", "tail", "joined", "broken"),
    [
        ("the in-", "ception of", "the inception of", "the inception of"),
        ("to re-", "gard it", "to regard it", "to regard it"),
        ("the multi-", "donor fund", "the multi-donor fund", "the multidonor fund"),
        ("peacebuilding-", "related", "peacebuilding-related", "peacebuildingrelated"),
        ("peace-", "building", "peacebuilding", "peacebuilding"),
        ("the co-", "sponsors of", "the co-sponsors of", "the co-sponsors of"),
        ("all state-", "ments made", "all statements made", "all statements made"),
        ("to re-", "establish it", "to re-establish it", "to re-establish it"),
        ("the inter-", "national law", "the international law", "the international law"),
        ("the non-", "nuclear States", "the non-nuclear States", "the non-nuclear States"),
        ("the lowest-", "hanging fruit", "the lowest-hanging fruit", "the lowest-hanging fruit"),
        ("the twenty-", "fifth session", "the twenty-fifth session", "the twenty-fifth session"),
        ("a civilian-", "led body", "a civilian-led body", "a civilianled body"),
    ],
)
def test_a_document_that_breaks_words_loses_more_hyphens(
    head: str, tail: str, joined: str, broken: str
) -> None:
    cut = [Line("delegations met and a dele-", 0, 1), Line("gation left", 0, 2)]
    assert join_words(head, tail, collect_words(cut[:1])) == joined
    assert collect_words([*cut, Line("the delegation", 0, 3)]).breaks
    assert join_words(head, tail, collect_words([*cut, Line("the delegation", 0, 3)])) == broken


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("of 1968 -", "that is"),
        ("of States –", "be it"),
        ("States --", "all"),
        ("in 2010-", "2015"),
        ("no hyphen", "here"),
    ],
)
def test_no_word_is_cut_here(head: str, tail: str) -> None:
    assert join_words(head, tail, Vocabulary()) is None


@pytest.mark.parametrize(
    ("head", "tail", "language", "joined"),
    [
        ("我们就议程", "项目", "zh", "我们就议程项目"),
        ("同事 John", "Borrie 共同", "zh", "同事 John Borrie 共同"),
        ("2153", "A(XXI)号", "zh", "2153 A(XXI)号"),
        ("第", "984(1995)号", "zh", "第984(1995)号"),
        ("国家，", "“继续", "zh", "国家，“继续"),
        ("the United", "Nations", "en", "the United Nations"),
        ("document S/", "2026/8", "en", "document S/2026/8"),
        ("the end —", "no", "en", "the end — no"),
        ("a 36-", "year career", "en", "a 36-year career"),
        ("in 2010-", "2015, the", "en", "in 2010-2015, the"),
        ("A3", "+随时", "zh", "A3+随时"),
        ("the end—", "no", "en", "the end—no"),
        ("", "no", "en", "no"),
    ],
)
def test_lines_are_joined(head: str, tail: str, language: Language, joined: str) -> None:
    assert join_lines(head, tail, language, Vocabulary()) == joined


# ------------------------------------------------------------------------------------------ spacing

SPACING: list[tuple[Language, str, str]] = [
    ("en", "the report of the Secretary -General", "the report of the Secretary-General"),
    ("en", "a press release , and", "a press release, and"),
    ("en", "Is it so ?", "Is it so?"),
    ("en", "( Pakistan ) said", "(Pakistan) said"),
    ("zh", "主席得出结论 ：安理会", "主席得出结论：安理会"),
    ("zh", "审议其议程 上的项目", "审议其议程上的项目"),
    ("zh", "雅尼娜 · 亨尼斯", "雅尼娜·亨尼斯"),
    (
        "zh",
        "安 理 会 现 在准备对其 面 前 的 决议 草 案 进 行 表 决。",
        "安理会现在准备对其面前的决议草案进行表决。",
    ),
    ("zh", "主 席（以英语发言）：根 据", "主席（以英语发言）：根据"),
    ("zh", "罗德里格斯-伯基 特 夫人（ 圭 亚 那）：", "罗德里格斯-伯基特夫人（圭亚那）："),
    ("zh", "第 1579 次全体会议", "第1579次全体会议"),
    ("zh", "第 2153 A(XXI)号", "第2153 A(XXI)号"),
    ("zh", "⼈⼈⽣⽽⾃由", "人人生而自由"),
]
UNTOUCHED: list[tuple[Language, str]] = [
    ("en", "of nuclear weapons – be it intentional"),
    ("en", "He waited . . . and left"),
    ("en", "short- and medium-term"),
    ("en", "non-nuclear-weapon States’ views (a) and (b)"),
    ("en", "He said: “No.”"),
    ("en", "S/PV.10011 of 6 October 2025, at 12.05 p.m."),
    ("zh", "John Borrie"),
    ("zh", "国家――我再说一遍，要求――可靠的安全保证"),
    ("zh", "“《条约》”（以下简称“条约”）"),
]


@pytest.mark.parametrize(("language", "text", "mended"), SPACING)
def test_spacing_is_repaired(language: Language, text: str, mended: str) -> None:
    paragraph = repair_paragraph([Line(text, 0, 1)], language)
    assert paragraph.text == mended
    assert paragraph.rules


def test_marks_of_vertical_text_are_marks() -> None:
    lines = wrap("主席︵以英語發言︶︓﹁各位同意嗎︖﹂沒有人反對︒", "會議﹕繼續﹗")
    assert paragraphs(lines, "zh") == [
        "主席（以英語發言）：「各位同意嗎？」沒有人反對。會議：繼續！"
    ]


def test_brackets_that_chromium_crossed_are_put_right() -> None:
    """It prints ``(《`` where there is room for one mark, and pdfium finds the second first."""
    lines = wrap("根据《各国道路条约》《(道路条约》)，各国", "修路。")
    assert paragraphs(lines, "zh") == ["根据《各国道路条约》(《道路条约》)，各国修路。"]


@pytest.mark.parametrize(("language", "text"), UNTOUCHED)
def test_good_text_is_left_alone(language: Language, text: str) -> None:
    paragraph = repair_paragraph([Line(text, 0, 1)], language)
    assert paragraph.text == text
    assert paragraph.rules == ()


def test_hyphens_that_pdfium_left_inside_a_line() -> None:
    text = "this high\ufffelevel debate of Secretary\ufffeGeneral António on disarma\ufffement"
    (paragraph,) = repair_lines([Line(text, 1, 1)], "en")
    assert paragraph.text == "this high-level debate of Secretary-General António on disarmament"
    assert paragraph.rules == ("resolve_hyphens",)
    assert (
        repair_paragraph([Line("亨尼斯\ufffe普拉斯哈特", 1, 1)], "zh").text == "亨尼斯-普拉斯哈特"
    )


def test_a_paragraph_says_which_rules_changed_it() -> None:
    lines = wrap("审议其议程 上", "的 项 目。", skip=(2,))
    paragraph = repair_paragraph(lines, "zh")
    assert paragraph.text == "审议其议程上的项目。"
    assert paragraph.rules == ("join_lines", "rejoin_pages", "normalize_spacing")


# ------------------------------------------------------------------- where a paragraph begins


def test_chinese_without_indents_by_line_fill() -> None:
    lines = wrap(
        "主席（以英语发言）：根据安理会暂行议事规则第37条，我邀请埃及代表参加",
        "本次会议。",
        "安全理事会现在开始审议其议程上的项目。",
        "安理会成员面前摆着文件S/2025/758，其中载有斯洛文尼亚提交的一项决议",
        "草案的案文。",
        "进行了举手表决。",
        "赞成：",
        "阿尔及利亚、中国、丹麦、法国、希腊、圭亚那、巴基斯坦、巴拿马、大韩民国、",
        "俄罗斯联邦、塞拉利昂",
        "主席（以英语发言）：决议草案获得15票赞成。决议草案获得一致通过，成为",
        "第2805（2025）号决议。",
    )
    assert paragraphs(lines, "zh") == [
        "主席（以英语发言）：根据安理会暂行议事规则第37条，我邀请埃及代表参加本次会议。",
        "安全理事会现在开始审议其议程上的项目。",
        "安理会成员面前摆着文件S/2025/758，其中载有斯洛文尼亚提交的一项决议草案的案文。",
        "进行了举手表决。",
        "赞成：",
        "阿尔及利亚、中国、丹麦、法国、希腊、圭亚那、巴基斯坦、巴拿马、大韩民国、俄罗斯联邦、塞拉利昂",
        "主席（以英语发言）：决议草案获得15票赞成。决议草案获得一致通过，成为第2805（2025）号决议。",
    ]


def test_a_label_that_runs_over_the_line_end_still_begins_a_paragraph() -> None:
    lines = wrap(
        "主席（以英语发言）：我现在请阿拉伯联合酋长",
        "国代表在这次会议上就这个项目向安理会发言。",
        "阿布沙哈卜先生（阿拉伯联合酋长国）（以英语发",
        "言）：安全理事会必须继续处理苏丹的严峻局势。",
    )
    assert len(paragraphs(lines, "zh")) == 2


def test_a_greeting_before_a_label_is_no_label() -> None:
    lines = wrap(
        " My delegation has listened with care, and this is what we think of it all. Thank you,",
        "Mr. President.",
        " The President (spoke in French): I thank the Ambassador of France, Mr. Hwang.",
    )
    assert len(paragraphs(lines, "en")) == 2


def test_agenda_titles_stand_alone() -> None:
    lines = wrap(
        "下午3时05分开会。",
        "通过议程",
        "议程通过。",
        "塞浦路斯局势",
        "秘书长关于联合国塞浦路斯行动的报告(S/2026/8)",
        "秘书长关于塞浦路斯斡旋任务的报告(S/2026/9)",
        "主席（以英语发言）：安全理事会现在开始审议其议程上的项目。",
        "我谨提请安理会成员注意文件S/2026/8，其中载有秘书长关于联合国塞浦",
        "路斯行动的报告，以及文件S/2026/9，其中载有秘书长关于塞浦路斯斡旋任务",
        "的报告。",
    )
    assert [len(p) for p in paragraphs(lines, "zh")] == [10, 4, 5, 6, 27, 26, 29, 78]


def test_english_without_indents_by_line_fill() -> None:
    lines = wrap(
        "The Council is ready to proceed to the vote on the draft resolution before it. I",
        "shall put the draft resolution to the vote now.",
        "A vote was taken by show of hands.",
        "In favour:",
        "Algeria, China, Denmark, France, Greece, Guyana, Pakistan, Panama, Republic",
        "of Korea",
        "Against:",
        "None",
        "The President: The draft resolution received 15 votes in favour. The draft",
        "resolution has been adopted unanimously as resolution 2805 (2025).",
        "Members of the Council have before them document S/2026/50,",
        "which contains the text of a draft resolution submitted by the United Kingdom of",
        "Great Britain and Northern Ireland.",
    )
    got = paragraphs(lines, "en")
    assert [p.split()[0] for p in got] == [
        "The", "A", "In", "Algeria,", "Against:", "None", "The", "Members",
    ]  # fmt: skip
    assert got[-1].endswith(
        "S/2026/50, which contains the text of a draft resolution submitted "
        "by the United Kingdom of Great Britain and Northern Ireland."
    )


def test_first_line_indents_begin_paragraphs_and_lists_are_told_from_wrapped_letters() -> None:
    lines = wrap(
        " 第二个关键问题是，谁有资格获得保证，也就是排除的问题。最常讨论的例外包括：",
        "(a) 是否将包括借助延伸核威慑之保护伞享有积极安全安排的国家，提供基地的国家；",
        "(b) 未遵守不扩散义务的国家是否有资格获得这种保证。",
        " 因此，《最后文件》行动 5 特别呼吁核武器国家：",
        "(d) 讨论可以防止使用和最终消除核武器、减少核战争危险以及促进",
        "不扩散核武器和核武器裁军的各项政策；",
        "(e) 考虑到无核武器国家的正当利益，进一步降低核武器系统的战备",
        "状态，促进国际稳定与安全；",
        " 主席(以法语发言)：谢谢你。",
        "(以英语发言)",
        "  尊敬的各位同事，现在请大家发言。",
        "中午散会。",
    )
    assert [p[:2] for p in paragraphs(lines, "zh")] == [
        "第二", "因此", "(d", "(e", "主席", "(以", "尊敬", "中午",
    ]  # fmt: skip


def test_a_block_quotation_is_one_paragraph() -> None:
    lines = wrap(
        " The treaty stipulates, in the article that we quote here in full, that the parties:",
        "   undertake to pursue negotiations in good faith on effective measures,",
        "   and on a treaty on general and complete disarmament under strict and",
        "   effective international control.",
        "That is what it says, and it has said so for more than fifty years without being",
        "amended.",
        " We support it.",
    )
    assert [p.split()[0] for p in paragraphs(lines, "en")] == ["The", "undertake", "That", "We"]


def test_a_hanging_indent_is_one_paragraph() -> None:
    lines = wrap(
        "第十一条",
        " 1. 凡受刑事控告者,在未经获得辩护上所需的一切保证的公",
        "    开审判而依法证实有罪以前,有权被视为无罪。",
        " 2. 任何人的任何行为或不行为,在其发生时依国家法或国际",
        "    法均不构成刑事罪者,不得被判为犯有刑事罪。刑罚不得重于",
        "    犯罪时适用的法律规定。",
        "第十二条",
        "任何人的私生活、家庭、住宅和通信不得任意干涉,他的荣誉和名",
        "誉不得加以攻击。",
    )
    got = paragraphs(lines, "zh")
    assert [p[:2] for p in got[1:3]] == ["1.", "2."]
    assert all(p[-1] == "。" for p in got[1:3])


def test_short_chinese_lines_end_a_paragraph_even_at_a_comma() -> None:
    lines = [
        Line("鉴于对人类家庭所有成员的固有尊严及其平等的和不移的权利的", 1, 1),
        Line("承认,乃是世界自由、基础,", 1, 2),
        Line("鉴于对人权的无视和侮蔑已发展为野蛮暴行,这些暴行玷污了人类", 1, 3),
        Line("的良心。", 1, 4),
        Line("第一条", 1, 5, gap=1.0),
        Line("人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,", 2, 6),
        Line("并应以兄弟关系的精神相对待。", 2, 7),
    ]
    assert [p[:2] for p in paragraphs(lines, "zh")] == ["鉴于", "鉴于", "第一", "人人"]


def test_a_footnote_begins_a_paragraph() -> None:
    lines = wrap("17 November 2015", "¹ See A/70/219.", "² See A/70/220.")
    assert len(paragraphs(lines, "en")) == 3


@pytest.mark.parametrize(
    ("language", "lines", "count"),
    [
        ("zh", wrap(" 一段话：世界各地", "的和平却并未", "增加八倍。", " 二段。", skip=(3, 4)), 2),
        ("en", wrap(" We could not have done it", "alone and without.", " Next.", skip=(2, 3)), 2),
        # the page ends where a paragraph ends: what comes after the furniture is another one
        ("en", wrap(" We thank you all for this", "very much.", " Next page.", skip=(3, 4)), 2),
        ("en", wrap("We could not have done it", "alone and without them.", skip=(2, 3)), 1),
        ("en", wrap("We have all done it now.", "Another matter is before us", skip=(2, 3)), 2),
        ("zh", wrap("世界各地的和平却并未", "增加八倍。我们未来的", skip=(2, 3)), 1),
    ],
)
def test_pages(language: Language, lines: list[Line], count: int) -> None:
    got = repair_lines(lines, language)
    assert len(got) == count


def test_a_page_break_inside_a_sentence_is_told() -> None:
    (paragraph,) = repair_lines(wrap("却并未", "增加八倍。", skip=(2, 3)), "zh")
    assert paragraph.text == "却并未增加八倍。"
    assert "rejoin_pages" in paragraph.rules
    assert paragraph.place(0) == (0, 1)
    assert paragraph.place(4) == (0, 4)


def test_gaps_begin_paragraphs() -> None:
    lines = [
        Line("We thank the delegation for this very long", 1, 1),
        Line("statement, and we shall study it in Geneva.", 1, 2),
        Line("On another matter, we have nothing to say at", 1, 3, gap=1.0),
        Line("all, and we have said so to all who are here.", 1, 4),
        Line("Title of a section", 1, 5, gap=1.0),
        Line("We thank the delegation for this very long", 1, 6, gap=1.0),
        Line("statement and for all the others.", 1, 7),
    ]
    assert len(paragraphs(lines, "en")) == 4


def test_a_file_with_one_paragraph_a_line_is_not_joined() -> None:
    texts = ["First paragraph, which is long enough to be one.", "Second.", "Third, also."]
    assert paragraphs(wrap(*texts), "en") == texts
    heads = ["Introduction", "and then this", "goes on"]
    assert [p.text for p in repair_lines(wrap(*heads), "en", by_line=True)] == heads


def test_a_text_of_short_turns_is_wrapped_all_the_same() -> None:
    lines = wrap(
        "主席(以英语发言)：我感谢史密斯先生的发言，并感谢他对本国的代表团",
        "说的话。",
        "谢谢主席先生。",
        "何去何从？",
        "第六条的意思很清楚。",
        "我国代表团同意。",
        "谢谢各位。",
        "现在散会。",
    )
    assert paragraphs(lines, "zh")[0].endswith("代表团说的话。")


def test_width_counts_wide_characters_twice() -> None:
    assert measure_width("第1次，") == 7
    assert measure_width("e\u0301") == 1


def test_no_lines_no_paragraphs() -> None:
    assert repair_lines([], "en") == ()


@pytest.mark.parametrize(
    ("before", "after", "language", "ends"),
    [
        ("the statement was made.", "We thank", "en", True),
        ("the “guarantees.”", "We thank", "en", True),
        ("in the year 1948.", "We thank", "en", True),
        ("and assurances.12", "We thank", "en", True),
        ("until 3 p.m.", "The meeting", "en", True),
        ("in document CD/1299.", "Regrettably, it", "en", True),
        ("we shall do so:", "(a) to begin", "en", False),
        ("we have done so.", "(a) to begin", "en", True),
        ("the non-nuclear-weapon States’", "representatives, who", "en", False),
        ("the non-nuclear-weapon States’", "Parliaments, which", "en", False),
        ("and for “guarantees”", "that they", "en", False),
        ("by 3.5", "per cent", "en", False),
        ("document CD/PV.15", "The Conference", "en", False),
        ("paragraph 10.30", "The paragraph", "en", False),
        ("as is said in para.12", "The paragraph", "en", False),
        ("by the U.S.", "delegation, which", "en", False),
        ("by the U.S.", "Government", "en", False),
        ("by H.E.", "Mr. Smith", "en", False),
        ("until 3 p.m.", "on that day", "en", False),
        ("已经完成。", "我们感谢", "zh", True),
        ("他说：“够了！”", "我们感谢", "zh", True),
        ("“够了！”", "的呼声", "zh", False),
        ("提供“保证”", "我们感谢", "zh", False),
        ("达到 3.", "5 成", "zh", False),
    ],
)
def test_a_line_that_ends_like_a_sentence(
    before: str, after: str, language: Language, ends: bool
) -> None:
    assert ends_between(before, after, language) is ends


PLAIN = (
    "We thank the delegation for its statement, which was a good one. We shall study",
    "what it says.",
    "On another matter, we have nothing to say at all, and we have said so before to all",
    "of you.",
    "The third matter is the one on which we have the most to say, for it is the oldest",
    "on our agenda.",
)


@pytest.mark.parametrize("mark", ["indent", "gap", "page"])
def test_one_mark_elsewhere_does_not_hide_where_paragraphs_begin(mark: str) -> None:
    texts = (*PLAIN, "The text reads as follows, and nobody has ever asked that it be changed:",
             "peace is all, and it is all that there is to say here and now", *PLAIN)  # fmt: skip
    marked = len(PLAIN) + 1
    lines = [
        Line(
            text,
            0,
            number + (number > marked and mark == "page"),
            indent=4.0 if mark == "indent" and number == marked + 1 else 0.0,
            gap=1.0 if mark != "indent" and number == marked + 1 else 0.0,
        )
        for number, text in enumerate(texts, 1)
    ]
    got = paragraphs(lines, "en")
    assert [text.split()[0] for text in got if text.split()[0] in ("We", "On", "The")][:3] == [
        "We", "On", "The",
    ]  # fmt: skip


def test_an_empty_line_sets_off_a_line_without_a_mark_at_its_end() -> None:
    lines = [
        Line("Election-related supplies and services of all the missions 0", 1, 1),
        Line("Public information programmes 120", 1, 2, gap=1.0),
        Line("We thank the delegation for its long statement, and all others.", 1, 3, gap=1.0),
        Line("This is what it said to us.", 1, 4),
        Line("We thank the delegation for its long statement, and all others.", 1, 5, gap=1.0),
        Line("This is what it said to us.", 1, 6),
    ]
    assert len(paragraphs(lines, "en")) == 4


def test_a_short_line_is_judged_with_the_line_before_it() -> None:
    lines = wrap(
        "He quoted article VI, para. 2, of the Treaty, and paras. 4.1 to",
        "4.7.",
        "Growth was reached, as paragraph ten of the report says, in 2031",
        "and later.",
    )
    assert len(paragraphs(lines, "en")) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the non-nuclear-weapon States’", "representatives, who spoke."),
        ("has grown by more than 3.5", "per cent in a year."),
        ("asked for their “guarantees”", "that they would be heard."),
        ("I thank the delegation of the U.S.", "delegation for what it said."),
    ],
)
def test_a_page_end_cuts_no_sentence(before: str, after: str) -> None:
    assert len(paragraphs(wrap(before, after, skip=(2, 3)), "en")) == 1


# --------------------------------------------------------------------------------------- properties

TEXTS = st.text(
    st.sampled_from("安理会主席发言abcXYZ  -,.:;()（），。：、“”《》·—…123\u00ad\u3000\u2f08/"),
    max_size=30,
)


@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from(["zh", "en"]))
def test_repair_loses_nothing_but_space_and_hyphens(texts: list[str], language: Language) -> None:
    lines = [Line(text.strip(), 0, number) for number, text in enumerate(texts, 1)]

    def solid(text: str) -> str:
        for rule in LINE_RULES:
            text = rule(text)
        return "".join(ch for ch in text if not ch.isspace() and ch not in "-‐\u00ad\ufffe")

    got = repair_lines(lines, language)
    assert "".join(solid(p.text) for p in got) == "".join(solid(line.text) for line in lines)
    for paragraph in got:
        offsets = [start[0] for start in paragraph.starts]
        assert offsets == sorted(offsets)
        assert offsets[0] == 0 or not solid(paragraph.text[: offsets[0]])
        assert paragraph.place(0)[1] == paragraph.line or not solid(paragraph.text)


@given(TEXTS, st.sampled_from(["zh", "en"]))
def test_rules_are_idempotent(text: str, language: Language) -> None:
    for rule in (*LINE_RULES, *PARAGRAPH_RULES[language]):
        once = rule(text)
        assert rule(once) == once, rule.__name__
