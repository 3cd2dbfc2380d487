"""Stretches and renderings that agree or do not."""

from __future__ import annotations

import pytest

from align.renderings.agreement import agrees, whole_word
from align.renderings.places import Offer


@pytest.mark.parametrize(
    ("zh", "en", "right"),
    [
        ("扩散", "non-proliferation", False),
        ("不扩散", "non-proliferation", True),
        ("恐怖主义", "counter-terrorism", False),
        ("反恐", "counter-terrorism", True),
        ("防空", "anti-aircraft", True),
        ("不得", "shall not", True),
        ("不得", "shall", False),
    ],
)
def test_a_prefix_that_denies_is_rendered_by_one(zh, en, right):
    assert agrees(zh, (0, len(zh)), en, "zh") is right


def test_the_passive_belongs_to_the_noun():
    text = "释放被扣押者。"
    offer = whole_word(Offer((3, 6), 1.0, 0.9, True), "captives", text, "en")
    assert text[slice(*offer.place)] == "被扣押者"
    verb = whole_word(Offer((3, 5), 1.0, 0.9, True), "seized", text, "en")
    assert text[slice(*verb.place)] == "扣押"


def test_the_adjective_is_less_sure_than_the_noun_in_ism():
    text = "sectarian views and sectarianism"
    views = whole_word(Offer((0, 9), 1.0, 0.8, True), "宗派主义", text, "zh")
    noun = whole_word(Offer((20, 32), 1.0, 0.8, True), "宗派主义", text, "zh")
    assert views.sure < noun.sure == 0.8


def test_an_abbreviation_of_a_body_is_a_body():
    text = "研训所和减灾署"
    cut = Offer((0, 2), 1.0, 0.9, True)
    assert text[slice(*whole_word(cut, "RTI", text, "en").place)] == "研训所"
    assert whole_word(cut, "research", text, "en") == cut
    whole = Offer((4, 7), 1.0, 0.9, True)
    assert whole_word(whole, "DRO", text, "en") == whole


@pytest.mark.parametrize(
    ("asked", "text", "place", "right"),
    [
        ("warehouses", "他们有三十个仓库。", (5, 8), "仓库"),
        ("warehouses", "他们有几个仓库。", (3, 7), "仓库"),
        ("several warehouses", "他们有几个仓库。", (3, 7), "几个仓库"),
        ("wrote in Arabic", "他以阿拉伯语写作。", (2, 8), "以阿拉伯语写作"),
        ("trade with neighbours", "发展与邻国贸易。", (3, 7), "与邻国贸易"),
        ("Arabic writing", "他以阿拉伯语写作。", (2, 8), "阿拉伯语写作"),
        ("in Arabic", "他以阿拉伯语写作。", (2, 6), "阿拉伯语"),
    ],
)
def test_a_measure_word_is_left_out_and_a_preposition_taken_in(asked, text, place, right):
    offer = whole_word(Offer(place, 1.0, 0.9, True), asked, text, "en")
    assert text[slice(*offer.place)] == right


def test_what_points_at_a_thing_is_not_its_name():
    text = "to all other freedom-loving peoples"
    offer = Offer((7, len(text)), 1.0, 0.9, True)
    assert text[slice(*whole_word(offer, "爱好自由之人民", text, "zh").place)] == text[13:]
    assert whole_word(offer, "其他爱好自由的人民", text, "zh") == offer


@pytest.mark.parametrize(
    ("asked", "text", "place", "right"),
    [
        ("distrust", "彼此不信任。", (3, 5), "不信任"),
        ("trust", "彼此不信任。", (3, 5), "信任"),
        ("no-war policy", "这是“不开战”政策。", (3, 9), "“不开战”政策"),
        ("no-war policy", '这是"不开战"政策。', (3, 9), '"不开战"政策'),
        ("Typhoon Otto", '受台风"奥托"影响。', (1, 6), '台风"奥托"'),
        ("Typhoon Otto", "受台风“奥托”影响。", (1, 6), "台风“奥托”"),
        ("Otto Brandt", "奥托·勃兰特(Otto Brandt)说", (0, 17), "奥托·勃兰特"),
        ("Otto Brandt", "奥托·勃兰特说", (0, 5), "奥托·勃兰特"),
        ("abstentions", "2票弃权。", (1, 4), "弃权"),
    ],
)
def test_a_rendering_is_neither_cut_nor_left_open(asked, text, place, right):
    offer = whole_word(Offer(place, 1.0, 0.9, True), asked, text, "en")
    assert text[slice(*offer.place)] == right


def test_one_sign_is_not_two_words():
    assert not agrees("a zone free of arms", (2, 11), "区", "en")
    assert agrees("a zone free of arms", (2, 6), "区", "en")
