"""English words of one stem."""

from __future__ import annotations

import pytest

from cdtm.lookup.inflection import inflections


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
