"""Word alignment inside a bead: on made-up sentences with the shipped encoder."""

from __future__ import annotations

import numpy as np
import pytest

from align import load_encoder
from align.renderings.parts import words_of
from align.word_alignment import align_words, renderings

ZH = "核裁军是首要任务，核查也很重要。"
EN = "Nuclear disarmament is the first priority, and verification is important too."


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def linked(zh, en, encoder):
    return {
        (zh[slice(*link.zh)], en[slice(*link.en)].lower()) for link in align_words(zh, en, encoder)
    }


def test_words_are_linked_in_order(encoder):
    links = align_words(ZH, EN, encoder)
    assert ("核查", "verification") in linked(ZH, EN, encoder)
    assert links == sorted(links, key=lambda link: (link.zh, link.en))
    assert all(0 < link.score <= 1 for link in links)


def test_probabilities_are_shares(encoder):
    [zh], [en] = words_of([ZH], "zh", encoder), words_of([EN], "en", encoder)
    forward, backward = renderings(zh, en, encoder)
    assert forward.shape == backward.shape == (len(zh), len(en))
    assert forward.sum(axis=1).max() <= 1.0001
    assert backward.sum(axis=0).max() <= 1.0001
    assert not forward[zh.silent].any()
    assert not backward[:, en.silent].any()


def test_of_two_equal_words_the_nearer_is_meant(encoder):
    zh, en = "条约很重要，所以我们要条约。", "The treaty is important, and so we want the treaty."
    pairs = {
        (link.zh[0], link.en[0])
        for link in align_words(zh, en, encoder)
        if en[slice(*link.en)] == "treaty" and zh[slice(*link.zh)] == "条约"
    }
    assert pairs == {
        (zh.index("条约"), en.index("treaty")),
        (zh.rindex("条约"), en.rindex("treaty")),
    }


def test_numbers_are_linked_by_their_values_alone(encoder):
    zh = "第七条和第十二条提到3.5亿美元和4亿美元。"
    en = "Articles XII and VII mention $400 million and $350 million."
    found = linked(zh, en, encoder)
    assert {("第七条", "vii"), ("第十二条", "xii")} <= found
    assert {("3.5亿美元", "$350 million"), ("4亿美元", "$400 million")} <= found
    assert not found & {("第七", "xii"), ("3.5亿美元", "$400 million")}


def test_offsets_point_into_the_text_as_given(encoder):
    """The tokenizer normalises: full-width digits, a ligature, an accent of its own character."""
    zh = "第１５７９次会议讨论核查。"
    en = "The 1579th meeting of the oﬃce in Que\u0301bec discussed verification."
    found = linked(zh, en, encoder)
    assert ("核查", "verification") in found
    assert ("第１５７９次", "1579th") in found


@pytest.mark.parametrize(
    ("zh", "en"), [("", ""), ("裁军。", ""), ("", "Disarmament."), ("ꙮꙮ", "ꙮꙮ"), ("。", ".")]
)
def test_nothing_to_link(encoder, zh, en):
    assert align_words(zh, en, encoder) == []


def test_another_encoder_does_without_the_table(encoder, monkeypatch):
    monkeypatch.setattr("align.word_alignment.translations", lambda signature: None)
    assert ("核查", "verification") in linked(ZH, EN, encoder)


def test_the_table_adds_what_vectors_do_not_tell(encoder):
    """北 and 南 lie close together in the vectors; the table has not one for the other."""
    zh, en = "南方国家同北方国家对话。", "Southern countries in dialogue with northern countries."
    found = linked(zh, en, encoder)
    assert not found & {("南方", "northern"), ("北方", "southern")}
    assert np.isfinite([link.score for link in align_words(zh, en, encoder)]).all()
