"""The dynamic program against every way there is to cut two documents."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from align import path as module
from align.neighbours import Band, band_round, find_anchors
from align.path import Prices, best_path
from align.scores import bead_types, new_side
from align.settings import Settings

SMALL = Settings(max_bead=4)

PRICES = [
    ("defaults", -0.08, -0.4, 0.0),
    ("long from the third on", -0.1, -0.22, -0.02),
    ("never long", -0.1, -9.0, -9.0),
    ("at once long", -0.5, -0.5, 0.0),
    ("omissions for nothing", 0.0, -0.1, 0.0),
    ("hardly any omission", -3.0, -4.0, -1.0),
]


def whole(zh, en):
    """The band that leaves nothing out."""
    return Band(np.zeros(len(zh) + 1, dtype=np.int64), np.full(len(zh) + 1, len(en)))


def flat(zh, en, alone, long_open, long_extend):
    return Prices(
        np.full(len(zh), alone), np.full(len(en), alone), float(long_open), float(long_extend)
    )


def omission(alone, prices):
    """Omitted sentences that stand together: some by the sentence, the rest as a long omission."""
    k = len(alone)
    return max(
        sum(alone[:t]) + (prices.long_open + prices.long_extend * (k - t - 1) if t < k else 0.0)
        for t in range(k + 1)
    )


def every_way(i, j, types):
    """All paths through `i` and `j` sentences, each step (sentences of zh, of en)."""
    if i == 0 and j == 0:
        yield []
    for a, b in types:
        if i >= a and j >= b:
            for way in every_way(i - a, j - b, types):
                yield [*way, (a, b)]


def value(way, direct, prices):
    """Total score of one path; null steps of one side that follow each other are one omission."""
    total, i, j = 0.0, 0, 0
    runs = []
    for a, b in way:
        if a and b:
            total += direct.score(i, i + a, j, j + b)
            runs.append(None)
        else:
            side, alone = ("zh", prices.zh_alone[i]) if a else ("en", prices.en_alone[j])
            if runs and runs[-1] and runs[-1][0] == side:
                runs[-1][1].append(alone)
            else:
                runs.append((side, [alone]))
        i, j = i + a, j + b
    return total + sum(omission(run[1], prices) for run in runs if run)


def best_value(direct, prices, types, band=None, start=(0, 0), stop=None):
    """The same over all ways within the band, each end of a path valued once.

    From the boundaries `start` to the boundaries `stop`, the documents' ends if none are given.
    """

    @cache
    def best(i, j, last):
        if band and not band.low[i] <= j <= band.high[i]:
            return -math.inf
        if (i, j) == start:
            return 0.0
        found = -math.inf
        for a, b in types:
            if i - a >= start[0] and j - b >= start[1]:
                found = max(found, best(i - a, j - b, None) + direct.score(i - a, i, j - b, j))
        for k in range(1, i - start[0] + 1) if last != "zh" else ():
            found = max(found, best(i - k, j, "zh") + omission(prices.zh_alone[i - k : i], prices))
        for k in range(1, j - start[1] + 1) if last != "en" else ():
            found = max(found, best(i, j - k, "en") + omission(prices.en_alone[j - k : j], prices))
        return found

    return best(*(stop or (len(direct.zh), len(direct.en))), None)


def check_steps(steps, zh, en, settings):
    """Every sentence in exactly one step, in order; no bead is too big, no step is empty."""
    i = j = 0
    for step in steps:
        assert (step.zh[0], step.en[0]) == (i, j)
        a, b = step.zh[1] - i, step.en[1] - j
        assert (a, b) in [(1, 0), (0, 1), *bead_types(settings.max_bead)]
        i, j = i + a, j + b
    assert (i, j) == (len(zh), len(en))


def check_scores(steps, direct, prices):
    """Scores of the steps are those of their beads, and of the omissions their price."""
    way = [(s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in steps]
    for step in steps:
        if step.zh[0] < step.zh[1] and step.en[0] < step.en[1]:
            assert step.score == pytest.approx(direct.score(*step.zh, *step.en), abs=1e-5)
    total = sum(step.score for step in steps)
    assert total == pytest.approx(value(way, direct, prices), abs=1e-5)
    return total


def links(steps):
    return [(tuple(range(*s.zh)), tuple(range(*s.en))) for s in steps]


@pytest.mark.parametrize("counts", [(1, 1), (1, 3), (2, 2), (3, 3), (4, 3)])
@pytest.mark.parametrize("seed", range(3))
def test_no_way_is_better_though_each_is_tried(make_case, directly, counts, seed):
    case = cut_to(make_case, seed, counts)
    types = [(1, 0), (0, 1), *bead_types(4)]
    direct = directly(case[0], case[1], SMALL)
    for _, *numbers in PRICES:
        prices = flat(*case, *numbers)
        steps = best_path(*case, whole(*case), prices, SMALL)
        check_steps(steps, *case, SMALL)
        best = max(value(way, direct, prices) for way in every_way(*counts, types))
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=1e-5)
        assert best_value(direct, prices, bead_types(4)) == pytest.approx(best, abs=1e-9)


def cut_to(make_case, seed, counts):
    """Documents of the given sizes with merges and omissions, whatever the beads come to."""
    for attempt in range(1000):
        case = make_case(seed * 1000 + attempt, max(counts), turns=seed % 2 == 1)
        if (len(case.zh), len(case.en)) == counts:
            return case.zh, case.en
    # No chance gave these sizes: one bead and omissions do.
    n, m = counts
    case = make_case(seed, 0, shapes=[(1, 1)] + [(1, 0)] * (n - 1) + [(0, 1)] * (m - 1))
    return case.zh, case.en


@pytest.mark.parametrize(("name", "alone", "long_open", "long_extend"), PRICES)
def test_the_best_total_of_many_documents(make_case, directly, name, alone, long_open, long_extend):
    kinds = set()
    for seed in range(40):
        settings = SMALL if seed % 2 else Settings(max_bead=6)
        case = make_case(
            seed, 1 + seed % 6, omitted=0.3, turns=seed % 3 == 0, evidence=seed % 4 > 1
        )
        if not (len(case.zh) and len(case.en)):
            continue
        prices = flat(case.zh, case.en, alone, long_open, long_extend)
        steps = best_path(case.zh, case.en, whole(case.zh, case.en), prices, settings)
        check_steps(steps, case.zh, case.en, settings)
        direct = directly(case.zh, case.en, settings)
        best = best_value(direct, prices, bead_types(settings.max_bead))
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=2e-5), seed
        kinds |= {(s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in steps}
    # The documents are no easy ones: what is found is of many kinds.
    assert {(1, 1), (1, 2), (2, 1)} <= kinds
    assert len(kinds) >= 5


def test_prices_may_differ_from_sentence_to_sentence(make_case, directly):
    random = np.random.default_rng(0)
    for seed in range(40):
        case = make_case(seed, 5, omitted=0.4)
        prices = Prices(
            zh_alone=-random.uniform(0, 0.5, len(case.zh)),
            en_alone=-random.uniform(0, 0.5, len(case.en)),
            long_open=-0.4,
            long_extend=0.0,
        )
        steps = best_path(case.zh, case.en, whole(case.zh, case.en), prices, SMALL)
        check_steps(steps, case.zh, case.en, SMALL)
        direct = directly(case.zh, case.en, SMALL)
        best = best_value(direct, prices, bead_types(4))
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=2e-5), seed


@pytest.mark.parametrize("rows", [1, 2, 7])
def test_blocks_of_rows_change_nothing(make_case, monkeypatch, rows):
    for seed in range(2):
        case = make_case(seed, 60, turns=True, topics=40)
        settings = Settings()
        prices = flat(case.zh, case.en, -0.08, -0.4, 0.0)
        band = band_round(find_anchors(case.zh, case.en), len(case.zh), len(case.en), 6)
        assert module._ROWS_AT_ONCE == 64
        expected = best_path(case.zh, case.en, band, prices, settings)
        with monkeypatch.context() as patch:
            patch.setattr(module, "_ROWS_AT_ONCE", rows)
            steps = best_path(case.zh, case.en, band, prices, settings)
        assert links(steps) == links(expected)
        assert [s.score for s in steps] == pytest.approx([s.score for s in expected], abs=1e-5)


def test_a_band_round_anchors_gives_the_way_of_the_whole_table(make_case):
    for seed in range(3):
        case = make_case(seed, 200, turns=seed == 1, topics=60)
        zh, en = case.zh, case.en
        settings = Settings()
        prices = flat(zh, en, settings.null_alone, settings.long_open, settings.long_extend)
        band = band_round(find_anchors(zh, en), len(zh), len(en), settings.band)
        assert (band.high - band.low).mean() < len(en) / 2, "the band should leave something out"
        steps = best_path(zh, en, band, prices, settings)
        check_steps(steps, zh, en, settings)
        assert links(steps) == links(best_path(zh, en, whole(zh, en), prices, settings))


@pytest.mark.parametrize("rows", [1, 3, 48])
def test_the_best_way_within_a_narrow_band(make_case, directly, monkeypatch, rows):
    """However bad the band is, no way within it is better, and none leaves it."""
    monkeypatch.setattr(module, "_ROWS_AT_ONCE", rows)
    random = np.random.default_rng(rows)
    for seed in range(20):
        case = make_case(seed, 7, omitted=0.3)
        n, m = len(case.zh), len(case.en)
        anchors = [(n // 3, min(m // 2, m - 1)), (2 * n // 3, min(m // 2 + 1, m - 1))]
        band = band_round(anchors[: 1 + seed % 2], n, m, 1)
        assert (band.high - band.low).min() < m
        prices = Prices(
            zh_alone=-random.uniform(0, 0.5, n),
            en_alone=-random.uniform(0, 0.5, m),
            long_open=-0.4,
            long_extend=0.0,
        )
        steps = best_path(case.zh, case.en, band, prices, SMALL)
        check_steps(steps, case.zh, case.en, SMALL)
        for step in steps:
            assert band.low[step.zh[1]] <= step.en[1] <= band.high[step.zh[1]]
        direct = directly(case.zh, case.en, SMALL)
        best = best_value(direct, prices, bead_types(4), band)
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=2e-5), seed


def test_beads_are_found_again(make_case):
    """On documents made of beads most are found, merges and omissions among them."""
    settings = Settings()
    made, found = set(), set()
    for seed in range(8):
        case = make_case(seed, 60, topics=60)
        prices = flat(case.zh, case.en, settings.null_alone, settings.long_open, 0.0)
        steps = best_path(case.zh, case.en, whole(case.zh, case.en), prices, settings)
        made |= {(seed, link) for link in case.made_of}
        found |= {(seed, link) for link in links(steps)}
    assert len(made & found) > 0.6 * len(made)
    for kind in ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1)):
        of_kind = {(s, link) for s, link in made if (len(link[0]), len(link[1])) == kind}
        assert of_kind & found, kind


@pytest.mark.parametrize("missing", ["zh", "en"])
@pytest.mark.parametrize("place", [0, 35, 70])
def test_a_long_omission_is_found(make_case, missing, place):
    lone = (0, 1) if missing == "zh" else (1, 0)
    shapes = [(1, 1)] * place + [lone] * 30 + [(1, 1)] * (70 - place)
    case = make_case(11, 0, shapes=shapes, topics=60)
    settings = Settings()
    prices = flat(case.zh, case.en, settings.null_alone, settings.long_open, settings.long_extend)
    band = band_round(find_anchors(case.zh, case.en), len(case.zh), len(case.en), settings.band)
    steps = best_path(case.zh, case.en, band, prices, settings)
    found = [link for link in links(steps) if not all(link)]
    made = [link for link in case.made_of if not all(link)]
    assert len(made) == 30
    assert len(set(made) & set(found)) >= 28
    assert len(found) <= 32
    # All of it at the price of one long omission.
    assert sum(s.score for s in steps if links([s])[0] in made) >= settings.long_open - 0.2


def test_an_omission_costs_the_lesser_price():
    """Sentences that are like nothing on the other side: only prices speak."""
    zeros = np.zeros((9, 2), dtype=np.float32)
    one = new_side(["x"], zeros[:1], 2)
    settings = Settings(max_bead=2, neighbour_weight=0.0)
    for count in range(1, 9):
        many = new_side(["x"] * count, zeros[:count], 2)
        steps = best_path(
            one, many, whole(one, many), flat(one, many, -0.1, -0.35, -0.01), settings
        )
        # A bead scores 0, which is better than any omission, and leaves count - 1.
        left = count - 1
        expected = max(-0.1 * left, -0.35 - 0.01 * (left - 1)) if left else 0.0
        assert sum(s.score for s in steps) == pytest.approx(expected)
        steps = best_path(
            many, one, whole(many, one), flat(many, one, -0.1, -0.35, -0.01), settings
        )
        assert sum(s.score for s in steps) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [(1, 1), (1, 2), (2, 1), (1, 7), (7, 1), (1, 12), (12, 1)])
def test_one_sentence_against_one_or_many(make_case, directly, counts):
    n, m = counts
    settings = Settings()
    for seed in range(5):
        case = make_case(seed, 0, shapes=[counts])
        prices = flat(case.zh, case.en, -0.08, -0.4, 0.0)
        steps = best_path(case.zh, case.en, whole(case.zh, case.en), prices, settings)
        check_steps(steps, case.zh, case.en, settings)
        direct = directly(case.zh, case.en, settings)
        best = best_value(direct, prices, bead_types(settings.max_bead))
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=1e-5)
        if n + m <= 3:
            assert links(steps) == case.made_of


class Priced:
    """Scores of beads after what `prices` take off weak and rare ones."""

    def __init__(self, direct, prices):
        self.zh, self.en, self.direct, self.prices = direct.zh, direct.en, direct, prices

    def score(self, i0, i1, j0, j1):
        score = self.direct.score(i0, i1, j0, j1)
        weak = self.prices.weak_cost * max(self.prices.weak - score, 0.0)
        return score - weak - self.prices.beads.get((i1 - i0, j1 - j0), 0.0)


def test_weak_and_rare_beads_cost_what_the_prices_say(make_case, directly):
    for seed in range(20):
        case = make_case(seed, 5, omitted=0.3)
        n, m = len(case.zh), len(case.en)
        dear = {(1, 2): 0.1, (2, 1): 0.02, (2, 2): 0.3}
        alone = np.full(n, -0.1), np.full(m, -0.2)
        prices = Prices(*alone, -0.4, 0.0, weak=0.35, weak_cost=1.5, beads=dear)
        steps = best_path(case.zh, case.en, whole(case.zh, case.en), prices, SMALL)
        check_steps(steps, case.zh, case.en, SMALL)
        direct = Priced(directly(case.zh, case.en, SMALL), prices)
        best = best_value(direct, prices, bead_types(4))
        assert check_scores(steps, direct, prices) == pytest.approx(best, abs=2e-5), seed


def between(cuts, n, m):
    return list(pairwise([(0, 0), *cuts, (n, m)]))


@pytest.mark.parametrize("cells", [1, 2000])
@pytest.mark.parametrize("edge", ["low", "high", "anywhere"])
def test_no_way_through_the_cuts_is_better(make_case, directly, monkeypatch, edge, cells):
    """Pieces of any size, also with an empty side, and cuts at the edge of a narrow band."""
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", cells)
    random = np.random.default_rng(5)
    empty = set()
    for seed in range(24):
        case = make_case(seed, 8, omitted=0.3, turns=seed % 3 == 0, evidence=seed % 2 == 0)
        n, m = len(case.zh), len(case.en)
        band = band_round([(n // 2, m // 2)], n, m, 1 + seed % 2)
        cuts = []
        for i in sorted(random.integers(0, n + 1, size=1 + seed % 4).tolist()):
            least = max(int(band.low[i]), cuts[-1][1] if cuts else 0)
            j = {"low": least, "high": int(band.high[i])}.get(edge)
            cuts.append((i, int(random.integers(least, band.high[i] + 1)) if j is None else j))
        stretches = between(cuts, n, m)
        # A cut that stands twice is none.
        stretches = [(start, stop) for start, stop in stretches if start != stop]
        empty |= {(a[0] == b[0], a[1] == b[1]) for a, b in stretches}
        prices = flat(case.zh, case.en, -0.15, -0.4, -0.01)
        steps = best_path(case.zh, case.en, band, prices, SMALL, stretches)
        check_steps(steps, case.zh, case.en, SMALL)
        reached = {(s.zh[1], s.en[1]) for s in steps}
        direct = directly(case.zh, case.en, SMALL)
        for start, stop in stretches:
            assert stop in reached
            part = [s for s in steps if start <= (s.zh[0], s.en[0]) and (s.zh[1], s.en[1]) <= stop]
            best = best_value(direct, prices, bead_types(4), band, start, stop)
            assert sum(s.score for s in part) == pytest.approx(best, abs=2e-5), (seed, start, stop)
    assert {(True, False), (False, True), (False, False)} <= empty


def test_cuts_on_the_way_of_the_whole_change_nothing(make_case):
    """Pieces of one bead and of a hundred, side by side."""
    for seed in range(4):
        case = make_case(seed, 150, turns=seed % 2 == 1, topics=40, evidence=seed > 1)
        n, m = len(case.zh), len(case.en)
        prices = flat(case.zh, case.en, -0.08, -9.0, -9.0)
        expected = best_path(case.zh, case.en, whole(case.zh, case.en), prices, Settings())
        ends = [(s.zh[1], s.en[1]) for s in expected[:-1]]
        for chosen in (ends[:3], ends[10:11] + ends[110:], ends[::7], ends):
            stretches = between(chosen, n, m)
            for band in (whole(case.zh, case.en), band_round(ends, n, m, 8)):
                steps = best_path(case.zh, case.en, band, prices, Settings(), stretches)
                assert links(steps) == links(expected)


def test_some_of_the_stretches_alone(make_case):
    case = make_case(2, 60, topics=40)
    prices = flat(case.zh, case.en, -0.08, -0.4, 0.0)
    band = whole(case.zh, case.en)
    one = ((20, 20), (40, 41))
    steps = best_path(case.zh, case.en, band, prices, Settings(), [one])
    assert (steps[0].zh[0], steps[0].en[0]) == one[0]
    assert (steps[-1].zh[1], steps[-1].en[1]) == one[1]
