"""A repeated sentence and its translations."""

from __future__ import annotations

import pytest

from align.doubt.repeated import translated_otherwise

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
