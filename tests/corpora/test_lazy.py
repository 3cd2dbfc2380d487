"""What is made when it is first asked for."""

from __future__ import annotations

import re

import pytest

from corpora.lazy import LazyPattern, lazy_pattern


def test_a_lazy_pattern_is_compiled_once_at_its_first_use_and_does_what_it_would():
    pattern = lazy_pattern(r"(?P<day>\d+) May", re.IGNORECASE)
    assert isinstance(pattern, LazyPattern)
    assert "compiled" not in vars(pattern)
    found = pattern.fullmatch("3 MAY")
    assert found is not None
    assert found["day"] == "3"
    compiled = pattern.compiled
    assert compiled is re.compile(r"(?P<day>\d+) May", re.IGNORECASE)
    assert pattern.sub("June", "3 May") == "June"
    assert pattern.pattern == compiled.pattern
    assert pattern.compiled is compiled


def test_a_mistake_in_it_is_told_at_the_first_use():
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.search("")


@pytest.mark.parametrize("name", ["nothing", "__html__"])
def test_it_has_no_more_attributes_than_a_pattern(name):
    with pytest.raises(AttributeError):
        getattr(lazy_pattern("a"), name)
