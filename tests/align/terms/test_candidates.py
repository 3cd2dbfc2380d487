"""Candidates of terms: what may begin, stand inside and end one."""

from __future__ import annotations

import pytest

from align import load_encoder
from align.terms.candidates import (
    chinese_candidates,
    chinese_key,
    english_candidates,
    english_key,
    singular,
)


@pytest.fixture(scope="module")
def tokenizer():
    return load_encoder().tokenizer


def chinese(text, tokenizer):
    (found,) = chinese_candidates([text], tokenizer)
    return {one.surface: one for one in found}


def english(text):
    return {one.surface for one in english_candidates(text)}


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("我们欢迎海洋保护区的建立。", ["海洋保护区"], ["我们欢迎", "欢迎海洋保护区", "的建立"]),
        ("渔业资源和海洋环境，渔业管理", ["渔业资源和海洋环境"], ["和海洋环境", "海洋环境渔业"]),
        ("请尊敬的代表先生发言", [], ["代表先生"]),
        ("渔业大使谈渔业", ["渔业"], ["渔业大使"]),
        ("2015年渔业会议", ["渔业会议"], ["2015年渔业会议", "年渔业会议"]),
        ("12国集团的会议", ["12国集团"], ["12"]),
        ("第三届渔业大会", ["渔业大会"], ["第三届渔业大会"]),
    ],
)
def test_chinese_candidates(text, has, lacks, tokenizer):
    found = chinese(text, tokenizer)
    assert found.keys() >= set(has)
    assert not found.keys() & set(lacks)


def test_a_title_is_a_candidate_whatever_is_in_it(tokenizer):
    found = chinese("根据《关于在远海捕鱼和报告的公约》，", tokenizer)
    assert found["关于在远海捕鱼和报告的公约"].title
    assert "报告的公约" not in found
    assert not found["公约"].title


def test_places_are_where_the_text_stands(tokenizer):
    text = "我们讨论了渔业管理。"
    for one in next(chinese_candidates([text], tokenizer)):
        assert text[one.start : one.end] == one.surface
    text = "The herring quota’s limits and the Herring Council's report"
    for one in english_candidates(text):
        assert text[one.start : one.end] == one.surface


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        (
            "We welcome the protection of herring in cold waters.",
            {"herring", "protection of herring", "protection of herring in cold waters"},
            {"welcome the protection", "the protection", "herring in", "of herring"},
        ),
        ("legally binding herring quotas", {"legally binding", "herring quotas"}, {"legally"}),
        ("I thank Mr. Haddock for herring", {"herring"}, {"Haddock", "Mr", "thank"}),
        ("the herring, quota", {"herring", "quota"}, {"herring, quota", "herring quota"}),
        ("Group of 12 and article 7", {"Group of 12"}, {"12", "article 7"}),
        ("marine herring stocks", {"marine herring stocks"}, {"verifiable"}),
        ("the Middle East and east", {"Middle East"}, {"east"}),
        ("deep-sea fishing", {"deep-sea fishing"}, {"deep", "sea fishing"}),
    ],
)
def test_english_candidates(text, has, lacks):
    found = english(text)
    assert found >= has
    assert not found & lacks


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Deep-Sea Zones", "deep sea zone"),
        ("quotas of the herring", "quota of herring"),
        ("South-East Bay", "Southeast Bay"),
        ("South East Bay", "south-east bay"),
        ("fisher’s net", "fisher net"),
    ],
)
def test_spellings_have_one_key(one, two):
    assert english_key(one) == english_key(two)


def test_a_chinese_key_has_no_marks_of_a_title():
    assert chinese_key("《渔业 公约（草案）》") == "渔业公约(草案)"


@pytest.mark.parametrize(
    ("word", "one"),
    [("bodies", "body"), ("boxes", "box"), ("status", "status"), ("gas", "gas"), ("seas", "sea"),
     ("process", "process"), ("crisis", "crisis"), ("classes", "class"), ("uses", "use")],
)  # fmt: skip
def test_singular(word, one):
    assert singular(word) == one
