"""In what two sentences differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdtm.lookup.difference import difference


@pytest.mark.parametrize(
    ("asked", "found", "language", "told"),
    [
        ("感谢主席。", "感谢主席！", "zh", [("same", "感谢主席！")]),
        (
            "感谢大使发言。",
            "我感谢大使的发言。",
            "zh",
            [("more", "我"), ("same", "感谢大使"), ("more", "的"), ("same", "发言。")],
        ),
        (
            "The 1578th meeting.",
            "the 1579th plenary meeting",
            "en",
            [
                *(("same", "the "), ("missing", "1578th")),
                *(("more", "1579th plenary "), ("same", "meeting")),
            ],
        ),
        ("Peace.", "", "en", [("missing", "Peace")]),
        ("x", "İstanbul x", "en", [("same", "İstanbul x")]),
    ],
)
def test_what_is_more_and_what_is_missing(asked, found, language, told):
    assert difference(asked, found, language) == told


@given(st.text("ab 。，甲乙.İ", max_size=12), st.text("ab 。，甲乙.İ", max_size=12))
def test_the_found_sentence_stands_there_whole(asked, found):
    for language in ("zh", "en"):
        pieces = difference(asked, found, language)
        whole = "".join(text for change, text in pieces if change != "missing")
        assert whole in (found, "")  # of a sentence without a word nothing can differ
