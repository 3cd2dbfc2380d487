"""Rows taken apart into the sentences of their record."""

from __future__ import annotations

import polars as pl
import pytest

from cdtm.build.schemas import SENTENCES
from cdtm.desk.bitext.placed import placed

ZH = ["主席：开会。", "谢谢。", "我们支持裁军。", "谢谢。", "散会。"]
EN = ["The President: We begin.", "Thank you.", "We support disarmament.", "Thanks.", "Good bye."]


@pytest.fixture(scope="module")
def sentences():
    columns = dict.fromkeys(SENTENCES)
    told = [
        columns | {"language": side, "number": n, "text": text, "turn": n // 2, "label": 0}
        for side, texts in (("zh", ZH), ("en", EN))
        for n, text in enumerate(texts)
    ]
    return pl.DataFrame(told, schema=dict(SENTENCES))


def taken(pairs, sentences):
    found = placed(pairs, sentences)
    return found, [(found.texts(row, 0), found.texts(row, 1)) for row in range(len(pairs))]


def test_rows_are_made_of_the_sentences_of_the_record(sentences):
    pairs = [
        (ZH[0] + ZH[1], " ".join(EN[:2])),
        (ZH[2], ""),
        ("", EN[2]),
        (ZH[3], EN[3]),
        (ZH[4], EN[4]),
    ]
    found, texts = taken(pairs, sentences)
    assert texts == [
        (ZH[:2], EN[:2]),
        (ZH[2:3], []),
        ([], EN[2:3]),
        (ZH[3:4], EN[3:4]),
        (ZH[4:], EN[4:]),
    ]
    assert [sentence.turn for sentence in found.zh.sentences] == [0, 0, 1, 1, 2]
    assert found.links[1:3] == (((2, 3), (2, 2)), ((3, 3), (2, 3)))


def test_what_was_edited_is_cut_by_the_rules_and_the_rest_is_found_again(sentences):
    pairs = [
        (ZH[0], EN[0]),
        ("多谢。主席先生。", "Thank you, Sir. Indeed."),
        (ZH[2], EN[2]),
        (ZH[3], EN[3]),
    ]
    found, texts = taken(pairs, sentences)
    assert texts[1] == (["多谢。", "主席先生。"], ["Thank you, Sir.", "Indeed."])
    assert texts[2:] == [([ZH[2]], [EN[2]]), ([ZH[3]], [EN[3]])]
    assert [sentence.turn for sentence in found.zh.sentences] == [0, 0, 0, 1, 1]


def test_sides_that_were_exchanged_are_found(sentences):
    _, texts = taken([(ZH[2], EN[0]), (ZH[0], EN[2])], sentences)
    assert texts == [([ZH[2]], [EN[0]]), ([ZH[0]], [EN[2]])]


def test_a_sentence_cut_in_two_is_two(sentences):
    _, texts = taken([("我们支持", "We support"), ("裁军。", "disarmament.")], sentences)
    assert texts == [(["我们支持"], ["We support"]), (["裁军。"], ["disarmament."])]
