"""What says something is told from what only heads a page."""

from __future__ import annotations

import pytest

from corpora.prose import count_prose, is_prose, is_sentence

SENTENCES = [
    "We agree.",
    "Thank you.",
    "The Committee met in Geneva.",
    "We shall meet again at 10 a.m.",
    "“Is that so?”",
    "The report was taken note of.¹",
    "同意。",
    "会议注意到这一发言。",
    "何去何从？",
    "会议到此结束．",
    "他说：“够了！”",
]
RUNS_ON = [
    "The Committee had before it the following documents:",
    "the delegations that have not yet done so, and which",
    "Having considered the report of the Agency,",
    "委员会收到下列文件：",
    "我们认为，各国应当继续努力",
    "我现在请尊敬的乌托邦大使发言",
    "該條約應當在明年生效，各國",
]
HEADS = [
    "Women and peace and security",
    "Letter dated 2 May 2031 from the Permanent Representative of Utopia to the United Nations",
    "Distr.: General",
    "Seventieth session",
    "I. Mandate, results achieved and planned outcome",
    "President: Mr. J. Doe (Utopia)",
    "CD/PV.9001",
    "GE.31-09999 (E)",
    "25-25750 3/42",
    "塞浦路斯局势",
    "中东局势，包括巴勒斯坦问题",
    "其他事项和今后的工作安排",
    "与他国交流经验的合作机制",
    "主席：多先生(乌托邦)",
    "7",
    "",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_told(text):
    assert is_sentence(text)
    assert is_prose(text)


@pytest.mark.parametrize("text", RUNS_ON)
def test_a_line_within_a_sentence_is_told(text):
    assert is_prose(text)
    assert not is_sentence(text)


@pytest.mark.parametrize("text", HEADS)
def test_a_head_says_nothing(text):
    assert not is_prose(text)


def test_only_characters_of_prose_are_counted():
    assert count_prose(["Thank you.", "CD/PV.9001", "同意。"]) == 13
