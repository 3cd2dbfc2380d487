"""English words of one stem."""

from __future__ import annotations

import pytest

from cdtm.lookup.inflection import inflections, is_related_adjective


@pytest.mark.parametrize(
    ("asked", "found", "right"),
    [
        ("marketing", ["markets", "market"], [False, False]),
        ("marketing", ["markets", "marketed"], [True, True]),
        ("physics", ["physical"], [False]),
        ("condemns", ["condemned", "condemning"], [True, True]),
        ("policies", ["policy"], [True]),
        ("Syria", ["Syrian", "syringe"], [True, False]),
        ("WHO", ["who", "WHO"], [False, True]),
    ],
)
def test_other_words_of_a_stem_are_no_inflections(asked, found, right) -> None:
    assert inflections(asked, found) == right


def test_an_adjective_is_of_its_own_noun() -> None:
    assert is_related_adjective("historical", "history")
    assert is_related_adjective("ethical", "ethics")
    assert not is_related_adjective("comprehensive", "complete")
