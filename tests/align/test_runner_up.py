"""The margin of a step against all paths of a small document, one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from align import align_pair, load_encoder
from align.manner import prices_of, usual_manner
from align.neighbours import Band
from align.pair import align_sides
from align.path import best_path
from align.runner_up import (
    FEW,
    LEAST_GAIN,
    OFTEN,
    WIDEST,
    Step,
    leave_out,
    margins,
    note_partings,
    settle_formulas,
    take_in,
)
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


# Bead 1-2 that scores .5; without its last sentence .4, without its first one .1.
MERGE = [step((0, 1), (0, 2), 0.5), step((1, 2), (2, 3), 0.6)]
PARTS = {
    ((0, 0), (1, 1)): 0.4,
    ((1, 1), (1, 2)): -0.02,
    ((0, 1), (1, 2)): 0.1,
    ((0, 0), (0, 1)): -0.02,
}


def drawn_by(values):
    """Strain of which a cut is wrongly accused: by the place of the omission."""
    return lambda bead, omission: values.get((omission.zh, omission.en), 0.0)


def test_a_sentence_is_left_out_where_only_its_own_strain_speaks_against_it():
    last = {((1, 1), (1, 2)): 0.2}
    same = gains({((0, 1), (0, 2)): LEAST_GAIN})
    noted = note_partings(MERGE, table(PARTS), same, drawn_by(last), (1.0, 1.0))
    assert noted[1] == MERGE[1]
    # It costs .12 to part the merge, and .2 speak for it.
    assert [(s.zh, s.en) for s in leave_out(noted, 1.0)] == [
        ((0, 1), (0, 1)),
        ((1, 1), (1, 2)),
        ((1, 2), (2, 3)),
    ]
    assert [s.margin for s in leave_out(noted, 1.0)] == pytest.approx([0.08, 0.08, 0.0])
    # In a freer translation the merge stays, the less sure the nearer.
    sure = [replace(s, margin=0.3) for s in noted]
    for closeness, margin in ((0.0, 0.12), (0.5, 0.02)):
        kept = leave_out(sure, closeness)
        assert [(s.zh, s.en) for s in kept] == [(s.zh, s.en) for s in MERGE]
        assert [s.margin for s in kept] == pytest.approx([margin, 0.3])


def test_a_sentence_that_makes_its_bead_more_alike_stays():
    everywhere = drawn_by({((1, 1), (1, 2)): 0.9, ((0, 0), (0, 1)): 0.9})
    alike = gains({((0, 1), (0, 2)): LEAST_GAIN + 0.01})
    noted = note_partings(MERGE, table(PARTS), alike, everywhere, (1.0, 1.0))
    assert leave_out(noted, 1.0) == MERGE
    # One that makes it less alike goes, whatever the clauses say.
    unlike = gains({((0, 1), (0, 2)): LEAST_GAIN - 0.13})
    noted = note_partings(MERGE, table(PARTS), unlike, drawn_by({}), (1.0, 1.0))
    assert len(leave_out(noted, 1.0)) == 3


AROUND = [
    (
        "会议现在审议港口管理局的年度报告。",
        "The meeting will now consider the annual report of the port authority.",
    ),
    (
        "去年进港船舶数量增加了两成。",
        "Last year the number of ships entering the port grew by a fifth.",
    ),
    ("码头的起重机需要更换。", "The cranes on the quay need to be replaced."),
    ("我们建议在北岸修建一座新的仓库。", "We propose building a new warehouse on the north shore."),
    ("渔民抱怨航道太窄。", "The fishermen complain that the channel is too narrow."),
    ("海关的检查手续应当简化。", "Customs inspection procedures should be simplified."),
    (
        "委员会通过了关于防止油污的准则。",
        "The commission adopted guidelines on preventing oil pollution.",
    ),
    ("这项工程的费用由三个省分担。", "The cost of this project is shared by three provinces."),
    ("工会要求缩短夜班时间。", "The unions demand shorter night shifts."),
    ("统计数据表明事故有所减少。", "Statistics show that accidents have decreased."),
    (
        "培训中心每年招收四百名学员。",
        "The training centre admits four hundred trainees every year.",
    ),
    ("气候变化使海平面上升。", "Climate change is raising the sea level."),
    ("堤坝必须在雨季之前加固。", "The dykes must be reinforced before the rainy season."),
    (
        "铁路将把港口与内地城市连接起来。",
        "A railway will connect the port with the cities of the interior.",
    ),
    ("许多小企业得到了低息贷款。", "Many small enterprises received low-interest loans."),
    ("灯塔的灯光已经修复。", "The light of the lighthouse has been repaired."),
    ("保险公司拒绝支付赔偿。", "The insurance companies refused to pay compensation."),
    (
        "环境部正在研究疏浚的影响。",
        "The ministry of the environment is studying the effects of dredging.",
    ),
    ("下一次会议将于三月举行。", "The next meeting will be held in March."),
    ("我国支持这项决议草案。", "My country supports this draft resolution."),
]
FLOOR = (
    ("现在请巴西的索萨大使发言。", "I now give the floor to Ambassador Souza of Brazil."),
    ("大使，请吧。", "Ambassador, the floor is yours."),
    (
        "索萨先生(巴西)(以英语发言)：主席女士，尊敬的各位代表，我感谢贵国组织这次关于渔业补贴的专题讨论。",
        "Mr. Souza (Brazil): Madam President, distinguished delegates, I would like to thank your "
        "country for organizing this thematic discussion on fishery subsidies.",
    ),
)
ANSWER = (
    (
        "如果某些沿海国家根本无意对邻国船只使用武力，那么这些国家为何不能签署一项具有约束力的协定呢？",
        "If certain coastal States have no intention at all of using force against the ships of "
        "their neighbours, why can they not sign a binding agreement?",
    ),
    ("这些问题应当得到答复。", "These are questions that call for an answer."),
    (
        "我们认为，国际海洋法所载的不使用武力的原则也适用于渔船，但不影响自卫权。",
        "In our view, the principle of the non-use of force contained in the international law of "
        "the sea also applies to fishing vessels, without prejudice to the right of self-defence.",
    ),
)


@pytest.mark.parametrize("passage", [FLOOR, ANSWER])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_clause_behind_an_omission_is_no_reason_to_swallow_it(document, passage, language):
    """It is like the sentence before the omission, being about the same thing."""
    texts = [*AROUND[:10], *passage, *AROUND[10:]]
    sides = [list(side) for side in zip(*texts, strict=True)]
    del sides[language == "zh"][11]
    found = align_pair(document("zh", sides[0]), document("en", sides[1]), load_encoder())
    kinds = ["1-1"] * 11 + ["1-0" if language == "zh" else "0-1"] + ["1-1"] * 11
    assert [bead.kind for bead in found.beads] == kinds


@pytest.mark.parametrize("passage", [FLOOR, ANSWER])
def test_what_is_translated_within_its_neighbour_stays_with_it(document, passage):
    first, second, third = passage
    joined = first[0][:-1] + "，" + second[0]
    zh = [zh for zh, _ in (*AROUND[:10], (joined, ""), third, *AROUND[10:])]
    en = [en for _, en in (*AROUND[:10], *passage, *AROUND[10:])]
    found = align_pair(document("zh", zh), document("en", en), load_encoder())
    assert [bead.kind for bead in found.beads] == ["1-1"] * 10 + ["1-2"] + ["1-1"] * 11


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
