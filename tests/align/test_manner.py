"""What a first pass tells of a document, and what the second pass makes of it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from align import Settings
from align.manner import (
    LITERAL,
    MOSTLY_SINGLE,
    USUAL_RATIO,
    USUAL_SHARES,
    are_alike,
    learn_manner,
    prices_of,
    usual_manner,
)
from align.path import best_path
from align.runner_up import Step
from align.scores import bead_types, new_side

USUAL = usual_manner(Settings())


def beads(*kinds: tuple[int, int]) -> list[Step]:
    """Steps of these kinds, one after another."""
    steps, i, j = [], 0, 0
    for a, b in kinds:
        steps.append(Step((i, i + a), (j, j + b), 0.5))
        i, j = i + a, j + b
    return steps


def sides(steps: list[Step], zh_bytes: int = 100, en_bytes: int = 125):
    vectors = np.ones((max(steps[-1].zh[1], 1), 1), dtype=np.float32)
    zh = new_side(["x" * zh_bytes] * steps[-1].zh[1], vectors[: steps[-1].zh[1]], 2)
    vectors = np.ones((steps[-1].en[1], 1), dtype=np.float32)
    return zh, new_side(["x" * en_bytes] * steps[-1].en[1], vectors, 2)


def test_the_usual_shares_leave_room_for_every_type_and_add_up():
    assert set(USUAL.shares) == set(bead_types(Settings().max_bead))
    assert all(share > 0 for share in USUAL.shares.values())
    assert sum(USUAL.shares.values()) == pytest.approx(1.0, abs=0.02)
    assert max(USUAL_SHARES, key=USUAL_SHARES.__getitem__) == (1, 1)


def test_the_ratio_is_that_of_what_is_translated_drawn_towards_the_usual():
    vectors = np.ones((3, 1), dtype=np.float32)
    zh = new_side(["x" * 4000, "x" * 90000, "x" * 4000], vectors, 2)
    en = new_side(["x" * 8000, "x" * 8000, "x" * 70000], vectors, 2)
    steps = [Step((0, 1), (0, 1), 0.5), Step((1, 2), (1, 1), 0.0), Step((2, 3), (1, 2), 0.5)]
    steps.append(Step((3, 3), (2, 3), 0.0))
    assert 1.8 < learn_manner(steps, zh, en, USUAL).ratio < 2.0
    assert learn_manner([], zh, en, USUAL).ratio == USUAL_RATIO


def test_shares_are_those_of_the_beads_and_omissions_count_for_none():
    steps = beads(*[(1, 1)] * 30, *[(1, 2)] * 60, (1, 0), (0, 1), (0, 1))
    learnt = learn_manner(steps, *sides(steps), USUAL)
    assert sum(learnt.shares.values()) == pytest.approx(1.0, abs=0.02)
    assert learnt.shares[1, 2] == pytest.approx(60 / 90, abs=0.15)
    assert learnt.shares[1, 1] < USUAL.shares[1, 1]
    assert learn_manner([], *sides(steps), USUAL).shares == pytest.approx(USUAL.shares)


def test_a_record_is_like_the_usual_and_a_novel_is_not():
    record = beads(*[(1, 1)] * 90, *[(1, 2)] * 6, *[(2, 1)] * 4)
    assert are_alike(learn_manner(record, *sides(record), USUAL), USUAL)
    free = beads(*[(1, 1)] * 50, *[(1, 2)] * 40, *[(1, 3)] * 10)
    assert not are_alike(learn_manner(free, *sides(free), USUAL), USUAL)
    long = learn_manner(record, *sides(record, en_bytes=200), USUAL)
    assert not are_alike(long, USUAL)


def test_rare_types_cost_more_and_one_to_one_nothing():
    zh, en = sides(beads((1, 1)))
    costs = prices_of(USUAL, zh, en, Settings(type_weight=0.01, type_closeness=0.0)).beads
    assert costs[1, 1] == 0.0
    assert costs[1, 2] == pytest.approx(0.01 * math.log(0.86 / 0.07))
    assert costs[4, 4] > costs[1, 3] > costs[1, 2] > 0


def test_omissions_are_dearer_where_the_translation_is_free():
    close = beads(*[(1, 1)] * 400)
    free = beads(*[(1, 1)] * 50, *[(1, 2)] * 100)
    alone = []
    for steps in (close, free):
        zh, en = sides(steps)
        prices = prices_of(learn_manner(steps, zh, en, USUAL), zh, en, Settings())
        assert len(prices.zh_alone) == len(zh)
        assert len(prices.en_alone) == len(en)
        alone.append(prices.zh_alone[0])
    assert alone[1] < Settings().null_alone < alone[0] <= 0
    zh, en = sides(free)
    flat = prices_of(USUAL, zh, en, Settings(null_freedom=0.0))
    assert flat.zh_alone[0] == Settings().null_alone


def test_a_cost_of_a_type_can_turn_the_path(make_case):
    """The path takes the price of a type into account, and a step's score is after it."""
    case = make_case(3, 6)
    from align.neighbours import Band
    from align.path import Prices

    n, m = len(case.zh), len(case.en)
    band = Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m))
    free = Prices(np.full(n, -5.0), np.full(m, -5.0), -9.0, -9.0)
    dear = Prices(np.full(n, -5.0), np.full(m, -5.0), -9.0, -9.0, beads={(1, 1): 50.0})
    before = best_path(case.zh, case.en, band, free, Settings())
    after = best_path(case.zh, case.en, band, dear, Settings())
    assert (1, 1) in {(s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in before}
    assert (1, 1) not in {(s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in after}


CLOSENESS = [(0.5, 0.0), (0.82, 0.0), (0.85, 0.5), (0.88, 1.0), (0.96, 1.0)]


@pytest.mark.parametrize(("share", "closeness"), CLOSENESS)
def test_rare_and_weak_beads_are_dearer_where_the_translation_is_close(share, closeness):
    zh, en = sides(beads((1, 1)))
    manner = replace(USUAL, shares={**USUAL.shares, (1, 1): share}, level=0.4)
    assert manner.closeness == pytest.approx(closeness)
    settings = Settings(type_weight=0.01, type_closeness=3.0, weak_share=0.5, weak_cost=2.0)
    prices = prices_of(manner, zh, en, settings)
    weight = 0.01 * (1 + 3.0 * closeness)
    assert prices.beads[1, 2] == pytest.approx(weight * math.log(share / 0.07))
    assert prices.weak == pytest.approx(0.5 * 0.4)
    assert prices.weak_cost == pytest.approx(2.0 * closeness)


def test_a_translation_is_literal_if_its_beads_are_alike_and_mostly_one_to_one():
    record = USUAL
    literal = replace(record, level=LITERAL[1], shares=record.shares | {(1, 1): MOSTLY_SINGLE[1]})
    assert literal.literalness == 1.0
    assert replace(literal, level=LITERAL[0]).literalness == 0.0
    assert replace(literal, level=sum(LITERAL) / 2).literalness == pytest.approx(0.5)
    # Vectors of another encoder may be alike in a novel.
    free = record.shares | {(1, 1): MOSTLY_SINGLE[0]}
    assert replace(literal, level=0.9, shares=free).literalness == 0.0
