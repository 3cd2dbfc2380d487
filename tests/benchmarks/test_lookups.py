"""The questions that are asked of a memory to time its answers."""

from __future__ import annotations

import random
import re

from benchmarks.lookups import changed, piece, queries, spread
from tmx_out import Unit

ZH = "裁军谈判会议关注核裁军。"
EN = "The Conference considers nuclear disarmament and verification."
UNITS = [Unit(tuid=str(n), zh=ZH, en=EN) for n in range(60)]


def test_a_piece_is_of_its_text_and_of_mixed_length():
    rng = random.Random(1)
    zh = {piece(ZH, "zh", rng) for _ in range(100)}
    en = {piece(EN, "en", rng) for _ in range(100)}
    assert all(text in ZH and re.fullmatch(r"[\u4e00-\u9fff]+", text) for text in zh)
    assert all(text in EN and not text.startswith(" ") for text in en)
    assert {len(text) for text in zh} >= {2, 3, 4, 6}
    assert {len(text.split()) for text in en} >= {1, 2, 3, 4, 6}


def test_a_text_too_short_for_a_piece_is_its_own():
    assert piece("第", "zh", random.Random(1)) == "第"
    assert piece("1995", "en", random.Random(1)) == "1995"


def test_a_changed_sentence_differs_in_one_place():
    rng = random.Random(1)
    for text, language in ((ZH, "zh"), (EN, "en")):
        other = changed(text, language, rng)
        parts = (list(text), list(other)) if language == "zh" else (text.split(), other.split())
        assert sum(a != b for a, b in zip(*parts, strict=True)) == 1


def test_the_queries_are_of_both_languages_and_all_kinds():
    asked = list(queries(UNITS, 48, random.Random(1)))
    assert len(asked) == 48
    chinese = [text for text in asked if re.search(r"[\u4e00-\u9fff]", text)]
    assert len(chinese) == 24
    assert asked.count(ZH) == asked.count(EN) == 4
    assert sum("龘" in text for text in asked) == 4


def test_the_spread_is_in_milliseconds():
    assert spread([0.010] * 19 + [1.0]) == "median 10 ms, 95th percentile 60 ms"
