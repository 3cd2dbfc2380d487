"""Words of letters, and where they end."""

from __future__ import annotations

import pytest

from align.renderings.latin import in_word, is_latin, stands_in


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Adré", {1, 2, 3}),
        ("a-b c", {1, 2}),
        ("a- b", set()),
        ("-a-", set()),
        ("用NPT的", {2, 3}),
        ("核裁军", set()),
        ("São Tomé", {1, 2, 5, 6, 7}),
        ("non‑State", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("", set()),
    ],
)
def test_a_word_goes_on_between_letters_and_at_hyphens_of_any_alphabet(text, inside):
    assert {at for at in range(len(text) + 1) if in_word(text, at)} == inside


@pytest.mark.parametrize(
    ("text", "within", "more", "stands"),
    [
        ("east asia", "in southeast asia and east asia.", 0, True),
        ("east asia", "in southeast asia.", 0, False),
        ("host", "the hosts met", 0, False),
        ("host", "the hosts met", 3, True),
        ("host", "the hostesses met", 3, False),
        ("host", "the host-country met", 3, False),
        ("npt", "遵守npt的规定", 0, True),
        ("裁军", "核裁军", 0, True),
        ("adr", "in adré", 0, False),
        ("裁军", "扩军", 0, False),
    ],
)
def test_a_text_stands_as_words_or_not_at_all(text, within, more, stands):
    assert stands_in(text, within, more) is stands


@pytest.mark.parametrize(
    ("text", "latin"),
    [("Côte d’Ivoire", True), ("“Ōsaka” — №", True), ("A股", False), ("、", False), ("", True)],
)
def test_a_text_is_latin_without_signs_of_east_asia(text, latin):
    assert is_latin(text) is latin
