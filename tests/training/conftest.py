"""A small corpus made on the spot: real words, thrown together, with their translations."""

from __future__ import annotations

import numpy as np
import pytest

from training.corpus import Pairs, Source

WORDS = {
    "裁军": "disarmament",
    "会议": "conference",
    "主席": "president",
    "条约": "treaty",
    "核武器": "nuclear",
    "代表": "delegate",
    "大使": "ambassador",
    "谈判": "negotiation",
    "外层空间": "space",
    "安全": "security",
    "报告": "report",
    "裂变": "fissile",
    "材料": "material",
    "委员会": "committee",
    "工作": "work",
    "建议": "proposal",
    "国家": "country",
    "和平": "peace",
    "化学": "chemical",
    "生物": "biological",
    "导弹": "missile",
    "核查": "verification",
    "透明": "transparency",
    "军备": "armament",
    "竞赛": "race",
    "禁止": "prohibition",
    "试验": "test",
    "议程": "agenda",
    "决定": "decision",
    "讨论": "discussion",
    "秘书长": "secretary",
    "发言": "statement",
    "感谢": "thanks",
    "欢迎": "welcome",
    "中国": "china",
    "法国": "france",
    "巴西": "brazil",
    "埃及": "egypt",
    "印度": "india",
    "日本": "japan",
}


def make_pairs(count, seed=0, source=None):
    """Pairs of 3 to 6 words each, in the same order on both sides."""
    random = np.random.default_rng(seed)
    words = list(WORDS.items())
    chosen = [
        [words[k] for k in random.choice(len(words), random.integers(3, 7), replace=False)]
        for _ in range(count)
    ]
    return Pairs(
        source or Source("toy", "parallel", "none"),
        ["".join(zh for zh, _ in pair) + "。" for pair in chosen],
        [" ".join(en for _, en in pair) + "." for pair in chosen],
        0,
    )


@pytest.fixture(scope="session")
def words():
    return WORDS


@pytest.fixture(scope="session")
def pairs_of():
    return make_pairs


@pytest.fixture(scope="session")
def corpus():
    return [make_pairs(200)]


@pytest.fixture(scope="session")
def record(pairs_of):
    """400 pairs of which each is told from the others by its number."""
    pairs = pairs_of(400, seed=9)
    zh = [f"{text}{i}号" for i, text in enumerate(pairs.zh)]
    en = [f"{text} no{i}" for i, text in enumerate(pairs.en)]
    return zh, en


@pytest.fixture(scope="session")
def tokenizer(corpus):
    """The tokenizer of the small corpus."""
    pytest.importorskip("rjieba", reason="rjieba, which cuts Chinese words, is not installed")
    from training.vocabulary import choose_pieces, new_tokenizer

    return new_tokenizer(choose_pieces(corpus))
