"""Planted faults are what they say, and the measure counts them right."""

from __future__ import annotations

import random
from itertools import chain

import pytest

from align.doubt.rules import REASONS
from benchmarks.flags import (
    FAULT_SHARE,
    FAULTS,
    Fault,
    change_number,
    cut,
    flag_pairs,
    measure_planted,
    plant,
    read_halves,
    shift,
)

EXPECTED = {word for fault in FAULTS for word in fault.expected if fault.spoil is not shift}
OF_RECORDS = {
    "next-to-omission",
    "translated-otherwise",
    "reordered",
    "large-omission-of-furniture",
}


def test_every_rule_has_a_fault_that_it_is_measured_on():
    assert EXPECTED | OF_RECORDS | {"wrong-language"} == set(REASONS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_changes_the_english(fault, shared):
    pairs = chain(*read_halves(shared))
    rng = random.Random(1)
    spoilt = [(pair[1], fault.spoil(pair, "The next sentence.", rng)) for pair in pairs]
    assert any(new not in (None, old) for old, new in spoilt), "no pair of UN text can bear it"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_where_there_is_nothing_to_spoil(fault, shared):
    if fault.spoil is not shift:
        assert fault.spoil(("谢谢。", "Thank you."), "Next.", random.Random(1)) is None


def test_as_many_faults_are_planted_as_stated_and_the_same_by_the_same_seed():
    english = "Document {} has been issued, as you all know."
    pairs = [(f"第{i}号文件已经分发。", english.format(i)) for i in range(400)]
    kinds = [Fault("cut", ("length-odd",), cut), Fault("shift", (), shift)]
    spoilt, planted = plant(pairs, kinds, 7)
    assert len(planted) == FAULT_SHARE * len(pairs)
    assert [i for i in range(400) if spoilt[i] != pairs[i]] == sorted(planted)
    assert plant(pairs, kinds, 7)[0] == spoilt
    assert plant(pairs, kinds, 8)[0] != spoilt


def test_found_faults_are_counted():
    pairs = [(f"这里有{i}份文件。", f"There are {i} documents here.") for i in range(30, 90)]
    kinds = [Fault("number", ("number-differs",), change_number)]
    counts = measure_planted(pairs, kinds, runs=2)
    assert counts.planted["number"] == counts.named["number"] == 6
    assert counts.alarms["number-differs"] == counts.right["number-differs"] == 6


def test_halves_share_no_pair(shared):
    development, reported = read_halves(shared)
    assert not set(development) & set(reported)
    assert min(len(development), len(reported)) > 1900


MOST_FALSE_ALARMS = 0.02
"""Of right pairs of UN text, by rule."""


def test_false_alarms_on_un_text(shared):
    _, reported = read_halves(shared)
    flags = flag_pairs(reported)
    for word in {word for mine in flags for word in mine}:
        assert sum(word in mine for mine in flags) <= MOST_FALSE_ALARMS * len(flags), word
