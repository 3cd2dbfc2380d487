"""Short forms: found by brackets and initials, and never joined by chance."""

from __future__ import annotations

import pytest

from align.terms.variants import (
    bracketed_chinese,
    bracketed_english,
    by_initials,
    is_acronym,
    same_chinese,
    same_english,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Deep Sea Fishing Treaty (DSFT)", {"dsft": "deep sea fishing treaty"}),
        ("the Treaty on Fishing for Sea (FST)", {"fst": "treaty on fishing for sea"}),
        (
            "by the Community of Northern Herring States (CENHERS) today",
            {"cenher": "community of northern herring state"},
        ),
        ("herring (Norway)", {}),
        ("as said (A) before", {}),
        ("the herring quota (NATO)", {}),
    ],
)
def test_english_brackets(text, found):
    assert bracketed_english([text]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北方鲱鱼国家共同体(北共体)的会议", {"北共体": "北方鲱鱼国家共同体"}),
        ("《远海捕鱼公约》（以下简称《捕鱼公约》）", {"捕鱼公约": "远海捕鱼公约"}),
        ("北方鲱鱼国家共同体(挪威)", {}),
    ],
)
def test_chinese_brackets(text, found):
    assert bracketed_chinese([text]) == found


def test_initials_take_the_most_frequent_form():
    keys = ["deep sea fishery", "dark sky forum", "sea fishing"]
    assert by_initials({"dsf", "sf"}, keys) == {"dsf": "deep sea fishery"}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("渔委会", "渔业委员会", True),
        ("鲱鱼配额", "鱼配额", False),
        ("渔业", "渔场", False),
        ("渔业", "渔业", False),
    ],
)
def test_chinese_short_forms(one, two, same):
    assert same_chinese(one, two) is same


@pytest.mark.parametrize(
    ("one", "two", "names", "same"),
    [
        ("zone free of herring", "herring free zone", False, True),
        ("security herring", "herring", False, False),
        ("herring treaty", "treaty on fishing of herring", True, True),
        ("herring treaty", "treaty on fishing of herring", False, False),
        ("dsft", "deep sea fishing treaty", False, True),
    ],
)
def test_english_short_forms(one, two, names, same):
    short = {"dsft": "deep sea fishing treaty"}
    assert same_english(one, two, names=names, short=short) is same


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("NPT", True), ("NWFZs", True), ("G20", True), ("A", False), ("Sea", False)],
)
def test_acronyms(text, is_one):
    assert is_acronym(text) is is_one
