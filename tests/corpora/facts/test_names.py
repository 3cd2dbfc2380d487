"""Names that a translation carries over, and what may stand for them."""

from __future__ import annotations

from importlib import resources

import pytest

from corpora.facts.names import TABLE, full_names, longer_names, missing_names, whole_name

KEPT = {
    "long and short": ("俄罗斯联邦代表发言。", "The representative of Russia spoke."),
    "adjective": ("法国代表团", "the French delegation"),
    "one letter": ("中俄两国", "China and Russia"),
    "apostrophe": ("科特迪瓦", "Côte d’Ivoire"),
    "two Koreas": ("大韩民国和朝鲜民主主义人民共和国", "the Republic of Korea and the DPRK"),
    "name in a name": ("索马里和尼日利亚", "Somalia and Nigeria"),
    "ocean": ("印度洋", "the Indian Ocean"),
    "no China": ("发展中国家的需要", "the needs of developing countries"),
    "no France": ("支持合法国家机构", "support the legitimate authorities"),
    "no South Africa": ("撒哈拉以南非洲", "sub-Saharan Africa"),
    "no Guam": ("有关岛屿", "the islands in question"),
    "pronoun": ("中国积极推动对话。", "It has been actively promoting dialogue."),
    "government": ("秘鲁政府指出", "The Government indicated"),
    "abbreviation": ("南苏丹特派团继续开展调查。", "Investigations by UNMISS continue."),
    "our country": ("我国的承诺", "France’s commitment"),
    "body by its short form": ("裁军谈判会议", "the Conference"),
    "lower case": ("土耳其", "turkey and Türkiye"),
}


@pytest.mark.parametrize(("zh", "en"), KEPT.values(), ids=KEPT)
def test_nothing_is_missing(zh, en):
    assert missing_names(zh, en) == []


LOST = {
    "swapped": ("俄罗斯常驻联合国代表", "Permanent Representative of India", ["俄罗斯", "India"]),
    "left out": ("巴西和智利都赞成。", "Brazil was in favour.", ["智利"]),
    "added": ("巴西赞成。", "Brazil and Chile were in favour.", ["Chile"]),
    "neighbouring names": ("尼日尔", "the State of Guinea", ["尼日尔", "Guinea"]),
    "long name first": ("几内亚", "Papua New Guinea", ["Papua New Guinea"]),
    "swapped in spite of a pronoun": ("日本认为", "It is for Iraq to say", ["Iraq"]),
}


@pytest.mark.parametrize(("zh", "en", "names"), LOST.values(), ids=LOST)
def test_missing(zh, en, names):
    assert missing_names(zh, en) == names


def rows() -> list[list[str]]:
    text = resources.files("corpora.facts").joinpath(TABLE).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_table_is_whole():
    assert all(len(row) == 4 for row in rows())
    for column in (0, 1):
        names = [name for row in rows() for name in row[column].lstrip("!").split("|") if name]
        assert len(names) == len(set(names)), "a name stands twice"
        assert all(len(name) > 1 for name in names)


def test_every_name_translates_itself():
    for zh, en, *_ in rows():
        if not zh.startswith("!") and en:
            for name in zh.split("|"):
                assert missing_names(name, en.split("|")[0]) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("俄罗斯联邦", {"Russian Federation", "Russia"}),
        ("法国", {"France"}),
        ("France", {"法国", "法兰西"}),
        ("france", {"法国", "法兰西"}),
        ("French", set()),
        ("法国代表团", set()),
        ("裁军", set()),
        ("", set()),
    ],
)
def test_full_names_of_what_a_full_name_calls(text, names):
    assert set(full_names(text)) == names


@pytest.mark.parametrize(
    ("asked", "text", "short", "whole"),
    [
        ("伊朗伊斯兰共和国", "Iran (Islamic Republic of), 1", "Iran", "Iran (Islamic Republic of)"),
        ("伊朗", "Iran (Islamic Republic of), Peru", "Iran", "Iran"),
        ("也门共和国", "the Republic of Yemen said", "Yemen", "Republic of Yemen"),
        ("美利坚合众国", "a United States of America", "United States", "United States of America"),
        ("俄罗斯联邦", "the Russian Federation is", "Russian Federation", "Russian Federation"),
        ("Russian Federation", "我国和俄罗斯联邦", "俄罗斯", "俄罗斯联邦"),
        ("Russia", "我国和俄罗斯联邦", "俄罗斯", "俄罗斯"),
        ("Syrian Arab Republic", "对阿拉伯叙利亚共和国", "叙利亚", "阿拉伯叙利亚共和国"),
        ("Republic of Cuba", "古巴和多米尼加共和国", "古巴", "古巴"),
    ],
)
def test_a_full_name_stands_as_a_whole(asked, text, short, whole):
    start = text.index(short)
    assert text[slice(*whole_name(asked, text, (start, start + len(short))))] == whole


def test_another_state_may_be_called_by_a_longer_name():
    assert "印度尼西亚" in longer_names("印度")
    assert "Guinea-Bissau" in longer_names("Guinea")
    assert longer_names("裁军") == longer_names("") == ()
