"""Anchors, and the band round them."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import neighbours as module
from align.encoder.directions import unit_rows
from align.neighbours import (
    OPEN,
    band_round,
    drop_lone,
    find_anchors,
    heaviest_chain,
    nearest,
)
from align.scores import new_side


@st.composite
def point_lists(draw):
    """Up to 9 points, sorted by i and each i once; j may come again.

    Weights are whole numbers, so that equal totals are frequent and sums exact.
    """
    rows = draw(st.lists(st.integers(0, 12), unique=True, max_size=9).map(sorted))
    return [(i, draw(st.integers(0, 8)), float(draw(st.integers(1, 6)))) for i in rows]


def rises(points):
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(points))


@given(point_lists())
def test_no_chain_is_heavier(points):
    chain = heaviest_chain(points)
    assert rises(chain)
    weight = {(i, j): w for i, j, w in points}
    best = max(
        sum(point[2] for point in chosen)
        for size in range(len(points) + 1)
        for chosen in combinations(points, size)
        if rises(chosen)
    )
    assert sum(weight[point] for point in chain) == best


CHAINS = [
    ("none", [], []),
    ("one", [(3, 5, 0.1)], [(3, 5)]),
    ("all in order", [(0, 0, 1), (1, 1, 1), (2, 5, 1)], [(0, 0), (1, 1), (2, 5)]),
    ("one heavy point beats two light ones", [(0, 9, 3), (1, 1, 1), (2, 2, 1)], [(0, 9)]),
    ("two light points beat one", [(0, 9, 1.5), (1, 1, 1), (2, 2, 1)], [(1, 1), (2, 2)]),
    ("the same j counts once, the heavier", [(0, 4, 1), (1, 4, 2), (2, 4, 1)], [(1, 4)]),
    ("the same j again, lighter, then on", [(0, 4, 2), (1, 4, 1), (2, 5, 1)], [(0, 4), (2, 5)]),
]


@pytest.mark.parametrize(("name", "points", "chain"), CHAINS, ids=[case[0] for case in CHAINS])
def test_chains(name, points, chain):
    assert heaviest_chain(points) == chain


@st.composite
def anchored(draw):
    n, m = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    count = draw(st.integers(0, min(n, m, 8)))
    rows = sorted(draw(st.sets(st.integers(0, n - 1), min_size=count, max_size=count)))
    columns = sorted(draw(st.sets(st.integers(0, m - 1), min_size=count, max_size=count)))
    return list(zip(rows, columns, strict=True)), n, m, draw(st.integers(1, 30))


@given(anchored())
def test_a_band_always_has_a_way_through(drawn):
    anchors, n, m, width = drawn
    band = band_round(anchors, n, m, width)
    assert band.low.shape == band.high.shape == (n + 1,)
    assert band.low.dtype == band.high.dtype == np.int64
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low <= band.high).all()
    assert band.low[0] == 0
    assert band.high[n] == m
    assert band.low.min() >= 0
    assert band.high.max() <= m
    # A step down from the end of one row lands in the next.
    assert (band.low[1:] <= band.high[:-1]).all()


@given(anchored())
def test_a_band_holds_its_anchors_and_what_lies_round_them(drawn):
    anchors, n, m, width = drawn
    band = band_round(anchors, n, m, width)
    for i, j in anchors:
        for row in range(max(0, i - width), min(n, i + width) + 1):
            near = np.arange(max(0, j - width), min(m, j + width) + 1)
            near = near if row not in (0, n) else np.array([j])
            assert (band.low[row] <= near).all()
            assert (near <= band.high[row]).all()


def test_the_band_is_the_rectangle_between_anchors_that_lie_far_apart():
    band = band_round([(10, 10), (50, 30)], 60, 40, 3)
    assert (band.low[20], band.high[20]) == (7, 33)
    assert (band.low[40], band.high[40]) == (7, 33)
    assert (band.low[0], band.high[0]) == (0, 13)
    assert (band.low[60], band.high[60]) == (27, 40)


def test_a_band_without_anchors_is_everything():
    band = band_round([], 5, 9, 2)
    assert not band.low.any()
    assert (band.high == 9).all()


def side_of(vectors):
    return new_side(["x"] * len(vectors), np.asarray(vectors, dtype=np.float32), 2)


@pytest.mark.parametrize("seed", range(5))
def test_planted_anchors_are_found(seed):
    """Sentences in order have partners; others are swapped far away or have none."""
    random = np.random.default_rng(seed)
    zh = random.normal(size=(80, 60)) + 0.5
    partner = np.arange(80)
    moved = random.choice(80, 16, replace=False)
    partner[moved] = partner[random.permutation(moved)]
    en = zh[partner] + 0.2 * random.normal(size=zh.shape)
    alone = random.choice(80, 10, replace=False)
    en[alone] = random.normal(size=(10, 60)) + 0.5
    found = find_anchors(side_of(zh), side_of(en))
    assert rises(found)
    true = {(int(partner[j]), j) for j in range(80) if j not in alone}
    assert set(found) <= true
    still = {(j, j) for j in range(80) if partner[j] == j and j not in alone}
    assert len(set(found) & still) > 0.8 * len(still)


def test_length_of_the_vectors_does_not_matter():
    random = np.random.default_rng(0)
    zh = random.normal(size=(20, 30))
    lengths = random.uniform(0.1, 50, size=(20, 1))
    assert find_anchors(side_of(zh), side_of(zh * lengths)) == [(i, i) for i in range(20)]


def test_what_does_not_stand_out_is_no_anchor():
    """All sentences alike, and half of them twice: the nearest is no better than the next."""
    random = np.random.default_rng(0)
    alike = np.ones((12, 8)) + 1e-3 * random.normal(size=(12, 8))
    assert find_anchors(side_of(alike), side_of(alike)) == []
    apart = random.normal(size=(12, 30)) + 0.2
    often = np.repeat(apart[:1], 6, axis=0)
    found = find_anchors(side_of(np.concatenate([apart, often])), side_of(apart))
    twice = find_anchors(side_of(apart), side_of(np.concatenate([apart, often])))
    assert (0, 0) not in twice
    assert {(i, i) for i in range(1, 12)} == set(twice)
    assert {(i, i) for i in range(1, 12)} <= set(found)


def test_only_mutual_neighbours_are_anchors():
    """Two Chinese sentences want the same English one; it wants the nearer of them."""
    zh = [[1, 0, 0], [0.9, 0.3, 0], [0, 0, 1]]
    en = [[1, 0.02, 0], [0, 0, 1]]
    assert find_anchors(side_of(zh), side_of(en)) == [(0, 0), (2, 1)]
    # The nearer one does not stand out and so is no anchor; that makes none of the other.
    zh = [[0.6, 0.8, 0], [0.714, 0, 0.7]]
    en = [[1, 0, 0], [0, 0, 1]]
    assert find_anchors(side_of(zh), side_of(en)) == []
    assert find_anchors(side_of(zh[:1]), side_of(en)) == [(0, 0)]


@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 2), (2, 1), (1, 9), (9, 1)])
def test_documents_of_one_sentence(n, m):
    vectors = np.eye(9)
    zh, en = side_of(vectors[:n]), side_of(vectors[:m])
    found = find_anchors(zh, en)
    assert found == [(0, 0)]
    band = band_round(found, n, m, 24)
    assert (band.low[0], band.high[-1]) == (0, m)


def test_documents_without_known_words_have_no_anchors():
    zh, en = side_of(np.zeros((3, 4))), side_of(np.zeros((2, 4)))
    assert find_anchors(zh, en) == []
    assert find_anchors(side_of(np.zeros((1, 4))), side_of(np.zeros((1, 4)))) == []


@pytest.mark.parametrize("by_faiss", [False, True])
def test_nearest_is_what_a_matrix_product_says(monkeypatch, by_faiss):
    if by_faiss:
        monkeypatch.setattr(module, "FAISS_FROM", 1)
    random = np.random.default_rng(0)
    queries = unit_rows(random.normal(size=(7, 6)).astype(np.float32))
    base = unit_rows(random.normal(size=(5, 6)).astype(np.float32))
    for count in (1, 3, 5, 9):
        cosines, rows = nearest(queries, base, count)
        all_cosines = queries @ base.T
        order = np.argsort(-all_cosines, axis=1)[:, :count]
        assert (rows == order).all()
        expected = np.take_along_axis(all_cosines, order, axis=1)
        np.testing.assert_allclose(cosines, expected, atol=1e-6)


# ------------------------------------------------------------------------------ long documents


def translated(zh, seed=0, noise=0.3):
    """The other side of a document: every sentence's vector, a little changed."""
    return zh + noise * np.random.default_rng(seed).normal(size=zh.shape) / zh.shape[1] ** 0.5


def long_document(n, seed=0):
    """`n` sentences of 32 dimensions that have something in common, as those of a subject have."""
    random = np.random.default_rng(seed)
    return unit_rows((random.normal(size=(n, 32)) + 0.5).astype(np.float32))


def lies_in(band, i, j):
    return bool(band.low[i] <= j <= band.high[i])


def outside(band, pairs):
    """Which of the planted pairs have a corner outside the band."""
    return [(i, j) for i, j in pairs if not lies_in(band, i, j) or not lies_in(band, i + 1, j + 1)]


def compared(monkeypatch):
    """Count the pairs of vectors that are compared from now on."""
    counted = []
    search = module.nearest

    def counting(queries, base, count):
        counted.append(len(queries) * len(base))
        return search(queries, base, count)

    monkeypatch.setattr(module, "nearest", counting)
    return counted


def test_the_work_grows_with_the_length_and_not_its_square(monkeypatch):
    counted = compared(monkeypatch)
    pairs, visited = {}, {}
    sizes = (4_000, 8_000, 16_000, 32_000)
    for n in sizes:
        counted.clear()
        zh = long_document(n)
        en = np.delete(translated(zh), np.arange(0, n, 20), axis=0)
        band = band_round(find_anchors(side_of(zh), side_of(en)), len(zh), len(en), 6)
        pairs[n], visited[n] = sum(counted) / n, (band.high - band.low + 1).sum() / n
    assert max(visited.values()) < 1.02 * min(visited.values())
    # The rounds of the search come in whole numbers, so there are steps.
    assert max(pairs.values()) < 2_500
    assert pairs[32_000] < 1.2 * pairs[16_000]


ALL = np.arange(9_000)
LACKS = [
    ("nothing", ALL, ALL),
    ("English lacks 3,000", ALL, np.r_[0:2_000, 5_000:9_000]),
    ("Chinese lacks 3,000", np.r_[0:2_000, 5_000:9_000], ALL),
    ("English begins later", ALL, ALL[2_000:]),
    ("Chinese ends sooner", ALL[:-2_000], ALL),
    ("each lacks what the other has", np.r_[0:3_000, 4_500:9_000], np.r_[0:4_500, 6_000:9_000]),
    ("a fifth of the pages", ALL[(ALL // 40) % 5 != 2], ALL),
    ("every fifth sentence", ALL, ALL[ALL % 5 != 2]),
]


@pytest.mark.parametrize(("name", "left", "right"), LACKS, ids=[case[0] for case in LACKS])
def test_a_band_holds_what_omissions_leave(name, left, right):
    zh = long_document(9_000)
    en = translated(zh)[right]
    places = {int(number): place for place, number in enumerate(right)}
    pairs = [(i, places[number]) for i, number in enumerate(left.tolist()) if number in places]
    anchors = find_anchors(side_of(zh[left]), side_of(en))
    assert rises(anchors)
    assert len(set(anchors) & set(pairs)) > 0.9 * len(pairs)
    band = band_round(anchors, len(left), len(en), 6)
    assert outside(band, pairs) == []
    assert (band.high - band.low + 1).sum() < 60 * (len(left) + len(en))


def test_blocks_that_changed_places_leave_the_rest_alone():
    """One of the two blocks cannot be in a rising chain; all else is as if it were not there."""
    zh = long_document(9_000)
    order = np.r_[0:3_000, 5_000:7_500, 3_000:5_000, 7_500:9_000]
    en = translated(zh)[order]
    anchors = find_anchors(side_of(zh), side_of(en))
    band = band_round(anchors, 9_000, 9_000, 6)
    stays = [(int(i), j) for j, i in enumerate(order) if not 3_000 <= i < 5_000]
    assert outside(band, stays) == []
    assert (band.high - band.low + 1).sum() < 60 * 18_000


def test_a_document_that_repeats_itself():
    """Every third sentence is one of twenty that come again and again, as in the text of laws."""
    zh = long_document(9_000)
    often = long_document(20, seed=1)
    zh[::3] = often[np.random.default_rng(2).integers(0, 20, len(zh[::3]))]
    kept = np.delete(np.arange(9_000), np.arange(7, 9_000, 25))
    en = translated(zh)[kept]
    pairs = [(int(i), j) for j, i in enumerate(kept)]
    band = band_round(find_anchors(side_of(zh), side_of(en)), 9_000, len(en), 6)
    assert outside(band, pairs) == []


def test_a_document_without_a_counterpart_is_searched_in_linear_area():
    zh, en = long_document(5_000), long_document(4_000, seed=9)
    anchors = find_anchors(side_of(zh), side_of(en))
    for found in (anchors, []):
        band = band_round(found, 5_000, 4_000, 6)
        assert (band.high - band.low + 1).sum() < (2 * OPEN + 100) * 9_000
        assert (band.low[0], band.high[-1]) == (0, 4_000)


def test_other_text_on_both_sides_for_two_thousand_sentences():
    zh = long_document(9_000)
    en = translated(zh)
    en[3_000:5_000] = long_document(2_000, seed=5)
    band = band_round(find_anchors(side_of(zh), side_of(en)), 9_000, 9_000, 6)
    pairs = [(i, i) for i in range(9_000) if not 3_000 <= i < 5_000]
    assert outside(band, pairs) == []
    assert (band.high - band.low + 1).sum() < (2 * OPEN + 100) * 18_000


@given(anchored(), st.integers(0, 4))
def test_a_corridor_always_has_a_way_through(drawn, room):
    """As a band without one, however narrow the corridors are."""
    anchors, n, m, width = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "OPEN", room)
        band = band_round(anchors, n, m, width)
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low <= band.high).all()
    assert (band.low[0], band.high[n]) == (0, m)
    assert (band.low[1:] <= band.high[:-1]).all()
    assert band.low.min() >= 0
    assert band.high.max() <= m
    for i, j in anchors:
        assert lies_in(band, i, j)
        assert lies_in(band, i + 1, j + 1)


@pytest.mark.parametrize("sample", [8, 40, 300])
def test_coarse_to_fine_finds_what_all_against_all_finds(monkeypatch, sample):
    zh = long_document(1_200)
    kept = np.r_[0:500, 620:1_200]
    en = translated(zh, noise=0.2)[kept]
    exact = find_anchors(side_of(zh), side_of(en))
    assert len(exact) > 1_000
    monkeypatch.setattr(module, "EXACT", 0)
    monkeypatch.setattr(module, "SAMPLE", sample)
    monkeypatch.setattr(module, "BLOCK", 32)
    found = find_anchors(side_of(zh), side_of(en))
    assert len(set(found) & set(exact)) > 0.98 * len(exact)


def test_a_wide_window_is_searched_at_its_ends(monkeypatch):
    monkeypatch.setattr(module, "WIDEST", 10)
    assert module._ends_of(np.arange(10)).tolist() == list(range(10))
    assert module._ends_of(np.arange(3, 30)).tolist() == [3, 4, 5, 6, 7, 25, 26, 27, 28, 29]


def test_a_false_anchor_beside_a_block_does_not_lead_its_window_astray():
    zh = side_of(long_document(2_000))
    chain = [(i, i) for i in range(0, 2_000, 50)]
    chain[10], chain[16] = (500, 549), (800, 751)  # false, and still rising
    windows = {int(sought[0]): rest for sought, *rest in module._windows(zh, 2_000, chain, 1)}
    rows, columns = windows[512]  # to 767
    assert rows[0] <= columns[0] <= 512
    assert columns[-1] >= rows[-1] >= 767
    assert len(columns) < 700


LONE = [
    ("nothing", [], []),
    ("one by itself", [(5, 5)], []),
    ("two side by side", [(5, 5), (6, 6)], [(5, 5), (6, 6)]),
    ("two far apart on one diagonal", [(5, 5), (90, 95)], [(5, 5), (90, 95)]),
    ("a free translation", [(5, 5), (25, 37)], [(5, 5), (25, 37)]),
    ("one that leads astray", [(4, 4), (9, 9), (30, 12), (40, 40)], [(4, 4), (9, 9)]),
    (
        "a page that is missing",
        [(4, 4), (9, 9), (30, 12), (31, 13)],
        [(4, 4), (9, 9), (30, 12), (31, 13)],
    ),
]


@pytest.mark.parametrize(("name", "chain", "kept"), LONE)
def test_anchors_with_which_no_neighbour_agrees_are_left_out(name, chain, kept):
    assert drop_lone(chain) == kept, name


def test_a_false_anchor_does_not_bend_the_band():
    """Sixty sentences side by side; the chain has one anchor that is twenty off."""
    chain = [(i, i) for i in range(0, 20, 4)] + [(45, 22)] + [(i, i) for i in range(48, 60, 4)]
    band = band_round(drop_lone(chain), 60, 60, 6)
    i = np.arange(61)
    assert ((band.low <= i) & (i <= band.high)).all()
    bent = band_round(chain, 60, 60, 6)
    assert not ((bent.low <= i) & (i <= bent.high)).all()
