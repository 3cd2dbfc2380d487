"""Each rule on texts that it must accuse and on texts that it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment import Bead
from align.doubt.flags import (
    REASONS,
    ends_alike,
    flags_of,
    language_flag,
    missing_abbreviations,
    odd_lengths,
    text_flags,
    translated_otherwise,
)
from align.quality.evaluate import gold_names
from benchmarks.flags import flag_gold
from corpora import Document, Sentence

ROOT = Path(__file__).resolve().parents[3]


def flag(pairs, beads=None):
    """Flag pairs of texts as the beads of one document."""
    zh = Document("zh", "zh", tuple(Sentence(pair[0]) for pair in pairs))
    en = Document("en", "en", tuple(Sentence(pair[1]) for pair in pairs))
    return flags_of(beads or [Bead((i, i + 1), (i, i + 1)) for i in range(len(pairs))], zh, en)


TEXTS = {
    # in the wild: what the records and the UN Parallel Corpus hold
    "as it should be": (
        "21国集团欢迎联合国大会第69/66号决议，该决议决定2015年在纽约召开为期一天的会议。",
        "The Group of 21 welcomes General Assembly resolution 69/66, in which the Assembly decided "
        "to convene in New York in 2015 a one-day meeting.",
        set(),
    ),
    "the group as a pronoun": (
        "21国集团中的《不扩散条约》缔约国重申，1995年关于中东问题的决议始终有效。",
        "They reiterate that the 1995 resolution on the Middle East remains valid.",
        set(),
    ),
    "the country as a pronoun": (
        "伊拉克共和国政府还促请裁军谈判会议设立一个小组委员会。",
        "It also calls on the Conference on Disarmament to establish a subcommittee.",
        set(),
    ),
    "another day": (
        "14. 12月24日部长理事会核可了2015年联邦预算法案。",
        "14. On 29 January, the Council of Representatives approved the 2015 federal budget bill.",
        {"date-differs"},
    ),
    "another sum": (
        "与2011年12月31日终了两年期的4 210美元相比",
        "compared with $42.1 million for the biennium ending 31 December 2011",
        {"number-differs"},
    ),
    "another country": (
        "俄罗斯常驻联合国代表",
        "Permanent Representative of India to the United Nations",
        {"name-missing"},
    ),
    "nothing to compare": ("谢谢你。", "Thank you.", set()),
    # synthetic
    "symbol": ("见CD/1978号文件。", "See document CD/1987.", {"symbol-differs"}),
    "paragraph numbers": ("10. 委员会商定", "11. The Commission agreed", {"number-differs"}),
    "abbreviation": ("由UNDP资助", "financed by FAO", {"name-missing"}),
    "all at once": (
        "2006年5月16日，中国提交了CD/1978号文件，共25页。",
        "On 17 May 2006 Japan submitted document CD/1979, of 26 pages.",
        {"number-differs", "date-differs", "symbol-differs", "name-missing"},
    ),
}


@pytest.mark.parametrize(("zh", "en", "flags"), TEXTS.values(), ids=TEXTS)
def test_text_flags(zh, en, flags):
    assert text_flags(zh, en) == flags


@pytest.mark.parametrize(
    ("zh", "en", "flag"),
    [
        ("我宣布会议开始。", "我宣布会议开始。", "untranslated"),
        ("We call the meeting to order now.", "We call the meeting to order.", "untranslated"),
        ("我宣布会议开始。", "Объявляю заседание открытым.", "wrong-language"),
        ("我宣布会议开始。", "La séance est ouverte par le Président.", "wrong-language"),
        ("我宣布会议开始。", "Se abre la sesión de la Conferencia.", "wrong-language"),
        ("会議を開始します。よろしくお願いします。", "The meeting begins.", "wrong-language"),
        # names, symbols and quotations are no other language
        ("我宣布会议开始。", "The meeting is open.", None),
        ("CD/1978", "CD/1978", None),
        ("Abel Adelakun Ayoko先生", "Mr. Abel Adelakun Ayoko", None),
        ("他说：“Pacta sunt servanda”。", "He said, “Pacta sunt servanda”.", None),
        ("“和平”一词", "The word 和平", None),
        ("科特迪瓦", "République de Côte d’Ivoire", None),
        ("妇女与发展网络", "the Réseau Femme et Développement of the country", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_language(zh, en, flag):
    assert language_flag(zh, en) == flag


@pytest.mark.parametrize(
    ("zh", "en", "alike"),
    [
        ("这些国家为何不能作出保证呢？", "Why can they not give assurances?", True),
        ("这些国家为何不能作出保证呢？", "They can give assurances.", False),
        ("这些国家可以作出保证。", "Can they give assurances?", False),
        # one bead of several sentences: the question stands in the middle
        ("为何不能作出保证呢？", "Why not? These are questions that deserve an answer.", True),
        ("他问：“为什么？”", "He asked, “Why?”", True),
        ("为什么？)", "Why?)", True),
        # marks that part and marks that end are set otherwise in Chinese
        ("(a) 讨论；", "(a) Discussion.", True),
        ("各方：", "the parties.", True),
        ("第六十九届会议", "Sixty-ninth session", True),
        ("上午10时举行", "To be held at 10 a.m.", True),
        ("上午10时举行。", "It will be held at 10 a.m.", True),
        # cut off
        ("我们支持无核武器区。", "We support nuclear-weapon-free", False),
        ("我们支持", "We support the zones.", False),
    ],
)
def test_end_marks(zh, en, alike):
    assert ends_alike(zh, en) is alike


@pytest.mark.parametrize(
    ("zh", "en", "lost"),
    [
        ("INFOCAP网络", "the network", ["INFOCAP"]),
        ("INFOCAP网络", "the INFOCAP network", []),
        ("Choporlu村附近", "near Choporlu village", []),
        ("前Séleka武装分子", "ex-Séléka fighters", []),
        ("JabalMukaber村", "Jabal AlMukaber", []),
        ("由UNDP资助", "funded by UNDO", ["UNDP"]),
        ("第XII章", "chapter 12", []),
        ("附件a", "annex", []),
    ],
)
def test_abbreviations(zh, en, lost):
    assert missing_abbreviations(zh, en) == lost


def test_a_length_that_fits_no_other_bead_is_odd():
    usual = [("裁军谈判会议的工作" * n, "the work of the Conference " * n) for n in range(1, 40)]
    assert odd_lengths(usual) == []
    assert odd_lengths([*usual, ("裁军谈判会议的工作" * 6, "the work")]) == [len(usual)]
    assert odd_lengths([*usual, ("工作", "the work of the Conference " * 6)]) == [len(usual)]


def test_the_usual_length_is_the_documents_own():
    wordy = [
        ("裁军谈判会议的工作" * n, "the work of the Conference " * 3 * n) for n in range(1, 60)
    ]
    assert odd_lengths(wordy) == []
    assert odd_lengths([("裁军谈判会议的工作" * 9, "the work of the Conference " * 27)]) == [0]


def test_a_free_translation_is_judged_by_its_own_spread():
    free = [("裁军谈判会议的工作" * 9, "the work of the Conference " * n) for n in range(3, 27)]
    strict = [("裁军谈判会议的工作" * 9, "the work of the Conference " * 9)] * 24
    long = ("裁军谈判会议的工作" * 9, "the work of the Conference " * 26)
    assert odd_lengths([*strict, long]) == [24]
    assert odd_lengths([*free * 4, long]) == []


def test_no_bead_has_no_length():
    assert odd_lengths([]) == []
    assert odd_lengths([("", "")]) == []


SENTENCE = "请将本函及其附件作为大会文件分发为荷。"


def test_the_usual_translation_of_a_repeated_sentence_is_left_alone():
    pairs = [(SENTENCE, "Kindly circulate this letter.")] * 2 + [(SENTENCE, "No.")]
    assert translated_otherwise(pairs) == [2]


def test_without_a_usual_translation_all_are_accused():
    assert translated_otherwise([(SENTENCE, "Kindly circulate it."), (SENTENCE, "No.")]) == [0, 1]


def test_english_repeated_with_other_chinese_is_accused():
    english = "Kindly circulate this letter and its annex."
    assert translated_otherwise([("请分发。", english), ("不行。", english)]) == [0, 1]


@pytest.mark.parametrize(
    "pairs",
    [
        [("谢谢主席。", "Thank you."), ("谢谢主席。", "I thank the President.")],
        [(SENTENCE, "Kindly circulate it."), (SENTENCE, "Kindly, circulate it")],
        [(SENTENCE, "Kindly circulate it.")],
        [],
    ],
    ids=["courtesy", "punctuation", "once", "nothing"],
)
def test_no_other_translation(pairs):
    assert translated_otherwise(pairs) == []


def test_neighbours_of_an_omission_are_flagged_and_the_omission_is_not():
    pairs = [("甲。", "A."), ("乙。", "B."), ("丙。", "C."), ("丁。", "D.")]
    beads = [
        Bead((0, 1), (0, 1)),
        Bead((1, 2), (1, 1)),
        Bead((2, 3), (1, 3)),
        Bead((3, 4), (3, 4)),
    ]
    near = ("next-to-omission",)
    assert flag(pairs, beads) == [near, (), near, ()]


def test_flags_come_in_one_order_and_once():
    pairs = [("2006年5月16日CD/1978，25。", "25 27 28 29, 17 June 2007, CD/1979?")] * 2
    for found in flag(pairs):
        assert list(found) == [word for word in REASONS if word in found]
        assert len(found) > 2


def test_labels_count_for_no_length():
    label = "哈希姆·穆斯塔法先生(阿拉伯叙利亚共和国)(以阿拉伯语发言)："
    zh = Document("zh", "zh", (Sentence(label + "谢谢主席。", label=len(label)),))
    en = Document("en", "en", (Sentence("Thank you."),))
    assert "length-odd" not in flags_of([Bead((0, 1), (0, 1))], zh, en)[0]


def test_words_and_reasons_are_fit_for_use():
    for word, reason in REASONS.items():
        assert word.replace("-", "").isalpha(), "commas part flags in TMX and tables"
        assert word == word.lower()
        assert reason[0].isupper(), reason
        assert reason.endswith("."), reason


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_any_text_gets_known_flags(pairs):
    found = flag(pairs)
    assert len(found) == len(pairs)
    assert all(set(flags) <= set(REASONS) for flags in found)


def test_no_bead():
    assert flags_of([], Document("zh", "zh", ()), Document("en", "en", ())) == []


MOST_FALSE_ALARMS = 0.02
"""Of right beads of records, by rule; `next-to-omission` says nothing about the bead itself."""


@pytest.mark.parametrize("folder", ["spv", "cdpv-1579-part1"])
def test_false_alarms_on_records_with_gold(shared, folder):
    assert gold_names(shared / "gold" / folder)
    found = flag_gold(shared / "gold" / folder)
    for word in set(REASONS) - {"next-to-omission"}:
        assert sum(word in flags for flags in found) <= MOST_FALSE_ALARMS * len(found), word


def test_every_flag_is_in_the_documentation():
    text = (ROOT / "docs" / "TMX.md").read_text("utf-8")
    for word, reason in REASONS.items():
        assert f"| `{word}` | {reason} |" in text
