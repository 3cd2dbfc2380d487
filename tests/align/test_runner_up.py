"""The margin of a step against all paths of a small document, one by one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from align.manner import prices_of, usual_manner
from align.neighbours import Band
from align.pair import align_sides
from align.path import Step, best_path
from align.runner_up import FEW, LEAST_GAIN, OFTEN, WIDEST, margins, settle_formulas, take_in
from align.settings import Settings

SETTINGS = Settings(max_bead=4)


def step(zh, en, score):
    return Step(zh, en, score)


def table(values):
    """What single steps score: those named, and no others."""
    return by_one(lambda start, stop: 0.0 if start == stop else values.get((start, stop), -np.inf))


def by_one(look):
    """Look at one step after the other."""

    def looks(starts, stops):
        pairs = zip(starts.tolist(), stops.tolist(), strict=True)
        return np.array([look(tuple(start), tuple(stop)) for start, stop in pairs])

    return looks


def test_without_another_way_a_step_is_as_sure_as_can_be():
    steps = [step((0, 1), (0, 1), 0.5), step((1, 2), (1, 2), 0.4)]
    assert margins(steps, table({})) == [WIDEST, WIDEST]
    assert margins([], table({})) == []


def test_the_best_way_round_both_steps_counts():
    steps = [step((0, 1), (0, 1), 0.5), step((1, 2), (1, 2), 0.4)]
    merged = {((0, 0), (2, 2)): 0.7}
    assert margins(steps, table(merged)) == pytest.approx([0.2, 0.2])
    moved = {((0, 0), (1, 2)): 0.6, ((1, 2), (2, 2)): -0.1}
    assert margins(steps, table(moved)) == pytest.approx([0.4, 0.4])
    assert margins(steps, table(merged | moved)) == pytest.approx([0.2, 0.2])


def test_a_step_may_be_split():
    steps = [step((0, 2), (0, 1), 0.5), step((2, 3), (1, 2), 0.9)]
    split = {((0, 0), (1, 1)): 0.45, ((1, 1), (2, 1)): -0.05}
    assert margins(steps, table(split)) == pytest.approx([0.1, WIDEST])


def test_a_step_between_two_has_the_lesser_margin():
    steps = [step((i, i + 1), (i, i + 1), 0.5) for i in range(3)]
    ways = {((0, 0), (2, 2)): 0.9, ((1, 1), (3, 3)): 0.7}
    assert margins(steps, table(ways)) == pytest.approx([0.1, 0.1, 0.3])


def gains(values):
    """What the cosine of a bead gains by taking in an omission: by the place of the omission."""
    return lambda bead, whole: values.get((whole.zh, whole.en), 0.0)


def test_an_omission_that_belongs_to_the_bead_beside_it_is_taken_in():
    steps = [step((0, 1), (0, 1), 0.5), step((1, 2), (1, 1), -0.05), step((2, 3), (1, 2), 0.6)]
    look = table({((1, 1), (2, 1)): -0.05, ((1, 1), (3, 2)): 0.5, ((0, 0), (2, 1)): 0.4})
    assert take_in(steps, look, gains({}), 1.0) == steps
    behind = {((1, 3), (1, 2)): LEAST_GAIN + 0.06}
    whole = step((1, 3), (1, 2), 0.5)
    assert take_in(steps, look, gains(behind), 1.0) == [steps[0], whole]
    assert take_in(steps, look, gains(behind), 0.8) == steps  # loses .05, worth .048
    # The bead for which it is worth most has it.
    before = {((0, 2), (0, 1)): LEAST_GAIN + 0.2}
    assert take_in(steps, look, gains(behind | before), 1.0) == [
        step((0, 2), (0, 1), 0.4),
        steps[2],
    ]


def test_a_missing_passage_is_not_taken_in():
    passage = [step((i, i + 1), (1, 1), -0.05) for i in range(1, FEW + 2)]
    steps = [step((0, 1), (0, 1), 0.5), *passage, step((FEW + 2, FEW + 3), (1, 2), 0.6)]
    look = by_one(lambda start, stop: -0.05 if start[1] == stop[1] else 0.5)
    everything = {((0, 2), (0, 1)): 0.5, ((FEW + 1, FEW + 3), (1, 2)): 0.5}
    assert take_in(steps, look, gains(everything), 1.0) == steps
    assert len(take_in([steps[0], *passage[:-1]], look, gains(everything), 1.0)) == FEW


def test_omissions_in_a_row_are_no_runners_up_of_each_other():
    """Told in another order, or as one run, they are the same links."""
    steps = [step((0, 1), (0, 0), -0.05), step((1, 2), (0, 0), -0.05), step((2, 3), (0, 1), 0.6)]
    look = table({((0, 0), (2, 0)): -0.1, ((1, 0), (3, 1)): 0.35})
    assert margins(steps, look) == pytest.approx([WIDEST, 0.2, 0.2])
    both_sides = [step((0, 1), (0, 0), -0.05), step((1, 1), (0, 1), -0.05)]
    other_order = {((0, 0), (0, 1)): -0.05, ((0, 1), (1, 1)): -0.05}
    assert margins(both_sides, table(other_order)) == [WIDEST, WIDEST]
    paired = other_order | {((0, 0), (1, 1)): -0.2}
    assert margins(both_sides, table(paired)) == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize("seed", range(4))
def test_margins_are_those_of_the_paths_own_scores(make_case, directly, seed):
    """What the dynamic program kept and what is computed bead by bead give the same."""
    case = make_case(seed, 9, widest=4)
    zh, en = case.zh, case.en
    n, last = len(zh), len(en)
    band = Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, last))
    prices = prices_of(usual_manner(SETTINGS), zh, en, SETTINGS)
    steps = best_path(zh, en, band, prices, SETTINGS)
    direct = directly(zh, en, SETTINGS)

    @cache
    def look(start, stop):
        (i, j), (k, m) = start, stop
        if i == k or j == m:
            count = k - i + m - j
            alone = prices.zh_alone[i:k].sum() + prices.en_alone[j:m].sum()
            long = prices.long_open + (count - 1) * prices.long_extend
            return max(alone, long) if count else 0.0
        if k - i + m - j > SETTINGS.max_bead:
            return -np.inf
        score = direct.score(i, k, j, m)
        score -= prices.weak_cost * max(prices.weak - score, 0.0)
        return score - prices.beads[k - i, m - j]

    assert [s.margin for s in steps] == pytest.approx(margins(steps, by_one(look)), abs=1e-5)
    # And no single change is better than the path.
    assert min(s.margin for s in steps) >= 0
    assert max(s.margin for s in steps) > 0


def test_a_pair_that_could_as_well_be_otherwise_has_a_small_margin(make_case):
    """Identical sentences beside each other: either may be the one that is left out."""
    case = make_case(7, 30, omitted=0.0, merged=0.0)
    steps = align_sides(case.zh, case.en, Settings())
    assert all(0 <= s.margin <= WIDEST for s in steps)
    assert np.median([s.margin for s in steps]) > 0.05


def test_what_was_forgotten_is_computed_again(make_case, monkeypatch):
    """A band too wide to remember all its scores gives the same margins."""
    case = make_case(11, 60)
    steps = align_sides(case.zh, case.en, Settings())
    monkeypatch.setattr("align.path._CELLS_KEPT", 1)
    monkeypatch.setattr("align.path._ROWS_AT_ONCE", 7)
    again = align_sides(case.zh, case.en, Settings())
    assert [(s.zh, s.en) for s in again] == [(s.zh, s.en) for s in steps]
    assert [s.margin for s in again] == pytest.approx([s.margin for s in steps], abs=1e-6)


def side(*formulas):
    return SimpleNamespace(vectors=np.eye(9, dtype=np.float32)[list(formulas)])


def path(*links):
    """Steps one after another, of links by their counts: 11, 10 or 01."""
    i = j = 0
    steps = []
    for n, link in enumerate(links):
        a, b = divmod(link, 10)
        steps.append(Step((i, i + a), (j, j + b), score=n, margin=0.5 + n / 100))
        i, j = i + a, j + b
    return steps


def links(steps):
    assert all((a.zh[1], a.en[1]) == (b.zh[0], b.en[0]) for a, b in pairwise(steps))
    return [(s.zh[0], s.en[0]) for s in steps if not s.omitted]


# Floor (0) and "please" (1), again and again; once the floor is not given in the other language.
FIRST = [0, 1] * OFTEN


@pytest.mark.parametrize("chinese", [True, False])
def test_a_formula_keeps_its_rendering_where_one_beside_it_is_left_out(chinese):
    whole, cut = side(*FIRST, 0, 1, 2), side(*FIRST, 1, 2)
    zh, en = (whole, cut) if chinese else (cut, whole)
    # The one given is linked with "please", and what is left out is "please" itself.
    steps = path(*[11] * len(FIRST), 11, 10 if chinese else 1, 11)
    found = settle_formulas(steps, zh, en)
    n = len(FIRST)
    right = [*((k, k) for k in range(n)), (n + 1, n), (n + 2, n + 1)]
    assert links(found) == [pair if chinese else pair[::-1] for pair in right]
    assert found[n].omitted
    # It is as sure as the least sure of its kind.
    assert found[n + 1].margin == steps[1].margin
    assert settle_formulas(found, zh, en) == found


@pytest.mark.parametrize("chinese", [True, False])
def test_the_same_with_the_omission_first(chinese):
    first = [1, 0] * OFTEN
    whole, cut = side(*first, 1, 0, 2), side(*first, 1, 2)
    zh, en = (whole, cut) if chinese else (cut, whole)
    steps = path(*[11] * len(first), 10 if chinese else 1, 11, 11)
    n = len(first)
    right = [*((k, k) for k in range(n)), (n, n), (n + 2, n + 1)]
    found = settle_formulas(steps, zh, en)
    assert links(found) == [pair if chinese else pair[::-1] for pair in right]


def test_what_stands_nowhere_else_or_is_a_formula_itself_stays():
    rare = [0, 1] * (OFTEN - 1)
    steps = path(*[11] * len(rare), 11, 10, 11)
    assert settle_formulas(steps, side(*rare, 0, 1, 2), side(*rare, 1, 2)) == steps
    both = [0, 1] * OFTEN
    zh, en = side(*both, 0, 0, 1, 2), side(*both, 1, 1, 2)
    steps = path(*[11] * len(both), 11, 11, 10, 11)
    assert settle_formulas(steps, zh, en) == steps
    assert settle_formulas([], side(0), side(0)) == []
