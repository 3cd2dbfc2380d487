"""Word alignment inside a bead: on made-up sentences with the shipped encoder."""

from __future__ import annotations

import pytest

from align import load_encoder
from align.word_alignment import align_words, translation_of

PAIRS = [
    (
        "我们支持无核武器区，也支持消极安全保证。",
        "We support nuclear-weapon-free zones, and we also support negative security assurances.",
        [
            ("无核武器区", "nuclear-weapon-free zones"),
            ("消极安全保证", "negative security assurances"),
        ],
    ),
    (
        "大会在第68/32号决议中呼吁谈判裂变材料条约，并加强国际合作。",
        "In its resolution 68/32, the General Assembly called for negotiations on a treaty on "
        "fissile material and for stronger international cooperation.",
        [("大会", "General Assembly"), ("国际合作", "international cooperation")],
    ),
    (
        "核裁军是首要任务，核查也很重要。",
        "Nuclear disarmament is the first priority, and verification is important too.",
        [("裁军", "disarmament"), ("核查", "verification")],
    ),
]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def part(text, words):
    start = text.lower().index(words.lower())
    return start, start + len(words)


@pytest.mark.parametrize(
    ("zh", "en", "term", "translation"),
    [(zh, en, *each) for zh, en, terms in PAIRS for each in terms],
)
def test_a_term_is_found_on_the_other_side(encoder, zh, en, term, translation):
    for side, asked, text, wanted in (
        ("zh", part(zh, term), en, translation),
        ("en", part(en, translation), zh, term),
    ):
        [(start, end)] = translation_of(zh, en, side, asked, encoder)
        assert wanted.lower() in text[start:end].lower()
        assert end - start <= len(wanted) + 8


def test_a_word_of_several_pieces_is_marked_whole_or_not_at_all(encoder):
    zh, en = PAIRS[1][:2]
    [(start, end)] = translation_of(zh, en, "zh", part(zh, "裂变材料"), encoder)
    assert "material" in en[start:end]
    assert not en[start - 1 : start].isalnum()
    assert not en[end : end + 1].isalnum()


def test_a_bracket_that_is_opened_is_closed(encoder):
    zh, en = "安理会通过第984(1995)号决议。", "The Council adopted resolution 984 (1995)."
    [(start, end)] = translation_of(zh, en, "zh", part(zh, "984(1995)"), encoder)
    assert en[start:end].endswith("984 (1995)")
    [(start, end)] = translation_of(zh, en, "en", part(en, "Council"), encoder)
    assert zh[start:end] == "安理会"


def test_of_two_equal_words_the_nearer_is_meant(encoder):
    zh, en = "条约很重要，所以我们要条约。", "The treaty is important, and so we want the treaty."
    for place in (zh.index("条约"), zh.rindex("条约")):
        [(start, _)] = translation_of(zh, en, "zh", (place, place + 2), encoder)
        assert start == (en.index("treaty") if place == 0 else en.rindex("treaty"))


def test_words_are_linked_in_order_and_function_words_are_not(encoder):
    zh, en = PAIRS[2][:2]
    links = align_words(zh, en, encoder)
    words = {(zh[slice(*link.zh)], en[slice(*link.en)].lower()) for link in links}
    assert ("核查", "verification") in words
    assert links == sorted(links, key=lambda link: (link.zh, link.en))
    assert not {english for _, english in words} & {"the", "and", "is"}
    assert all(0 < link.score <= 1.001 for link in links)


def test_offsets_point_into_the_text_as_given(encoder):
    """The tokenizer normalises: full-width digits, a ligature, an accent of its own character."""
    zh = "第１５７９次会议讨论核查。"
    en = "The 1579th meeting of the oﬃce in Que\u0301bec discussed verification."
    [(start, end)] = translation_of(zh, en, "zh", part(zh, "核查"), encoder)
    assert en[start:end] == "verification"
    [(start, end)] = translation_of(zh, en, "en", part(en, "verification"), encoder)
    assert zh[start:end] == "核查"


@pytest.mark.parametrize(
    ("zh", "en"), [("", ""), ("裁军。", ""), ("", "Disarmament."), ("ꙮꙮ", "ꙮꙮ"), ("。", ".")]
)
def test_nothing_to_link(encoder, zh, en):
    assert align_words(zh, en, encoder) == []
    assert translation_of(zh, en, "zh", (0, len(zh)), encoder) == []


def test_what_has_no_counterpart_is_not_translated(encoder):
    zh, en = "裁军会议在日内瓦举行。", "Thank you."
    assert translation_of(zh, en, "zh", part(zh, "日内瓦"), encoder) == []
