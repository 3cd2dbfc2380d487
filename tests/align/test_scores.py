"""Box sums and windows against scores computed one bead at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from align.scores import Block, bead_types, new_side
from align.settings import Settings

SETTINGS = Settings(max_bead=5)

BARE = replace(
    SETTINGS,
    neighbour_weight=0.0,
    length_spread=1e9,
    turn_cost=0.0,
    quote_cost=0.0,
    number_cost=0.0,
    clause_cost=0.0,
    label_cost=0.0,
)
"""The cosine alone."""

PARTS = [
    ("cosine", BARE),
    ("neighbours", replace(BARE, neighbour_weight=0.4)),
    ("length", replace(BARE, length_spread=0.6)),
    ("turns", replace(BARE, turn_cost=0.2)),
    ("quotes", replace(BARE, quote_cost=0.05)),
    ("numbers", replace(BARE, number_cost=0.05)),
    ("clauses", replace(BARE, clause_cost=0.4)),
    ("labels", replace(BARE, label_cost=0.2)),
    ("all", SETTINGS),
]

BLOCKS = [
    ("everything", (1, 13), (1, 11)),
    ("with the boundaries before all sentences", (0, 13), (0, 11)),
    ("first corner", (1, 2), (1, 2)),
    ("last corner", (12, 13), (10, 11)),
    ("other corners", (1, 3), (9, 11)),
    ("other corners", (11, 13), (1, 3)),
    ("middle", (6, 9), (5, 8)),
    ("one row", (7, 8), (0, 11)),
    ("one column", (1, 13), (6, 7)),
    ("far from the start", (11, 13), (8, 11)),
]


@pytest.fixture(scope="module")
def sides(make_case):
    """12 Chinese and 10 English sentences, with turns."""
    shapes = [(1, 1), (2, 1), (1, 0), (1, 3), (3, 1), (0, 1), (1, 1), (2, 1), (1, 1)]
    case = make_case(3, 0, turns=True, widest=5, shapes=shapes, evidence=True)
    assert (len(case.zh), len(case.en)) == (12, 10)
    assert case.zh.turns.any()
    assert case.en.turns.any()
    return case.zh, case.en


def score_of(block, a, b):
    """Scores of one type of bead."""
    return block.scores()[bead_types(block.settings.max_bead).index((a, b))]


@pytest.mark.parametrize(("part", "settings"), PARTS, ids=[case[0] for case in PARTS])
@pytest.mark.parametrize(("name", "rows", "columns"), BLOCKS)
def test_every_part_of_every_bead_of_a_block(sides, directly, name, rows, columns, part, settings):
    zh, en = sides
    scores = Block(zh, en, rows, columns, settings).scores()
    direct, types = directly(zh, en, settings), bead_types(settings.max_bead)
    assert scores.shape == (len(types), rows[1] - rows[0], columns[1] - columns[0])
    seen = 0
    for (number, r, c), value in np.ndenumerate(scores):
        (a, b), i, j = types[number], rows[0] + r, columns[0] + c
        if i >= a and j >= b:
            assert value == pytest.approx(direct.score(i - a, i, j - b, j), abs=2e-6), (a, b, i, j)
            seen += 1
        else:
            assert value == -np.inf
    assert seen


def test_the_sides_have_evidence_to_compare(sides, directly):
    direct = directly(*sides, SETTINGS)
    beads = [(i, i + 2, j, j + 1) for i in range(11) for j in range(10)]
    assert len({direct.quotes_apart(*bead) for bead in beads}) > 3
    assert len({direct.numbers_apart(*bead) for bead in beads}) > 3


@pytest.mark.parametrize(("name", "rows", "columns"), BLOCKS)
def test_cosines_of_the_block(sides, directly, name, rows, columns):
    zh, en = sides
    block, direct = Block(zh, en, rows, columns, SETTINGS), directly(zh, en, SETTINGS)
    for a, b in bead_types(SETTINGS.max_bead):
        cosines = block.cosine(a, b)
        assert cosines.shape == (rows[1] - rows[0], columns[1] - columns[0])
        for (r, c), value in np.ndenumerate(cosines):
            i, j = rows[0] + r, columns[0] + c
            expected = direct.cosine(i - a, i, j - b, j) if i >= a and j >= b else 0.0
            assert value == pytest.approx(expected, abs=1e-6), (a, b, i, j)


@pytest.mark.parametrize("counts", [(1, 1), (1, 6), (6, 1), (2, 3)])
def test_very_short_documents(make_case, directly, counts):
    shapes = [(1, 1)] + [(1, 0)] * (counts[0] - 1) + [(0, 1)] * (counts[1] - 1)
    case = make_case(5, 0, shapes=shapes)
    settings = Settings()
    direct = directly(case.zh, case.en, settings)
    block = Block(case.zh, case.en, (1, counts[0] + 1), (1, counts[1] + 1), settings)
    for a, b in bead_types(settings.max_bead):
        for (i, j), value in np.ndenumerate(score_of(block, a, b)):
            if i + 1 < a or j + 1 < b:
                assert value == -np.inf
            else:
                expected = direct.score(i + 1 - a, i + 1, j + 1 - b, j + 1)
                assert value == pytest.approx(expected, abs=2e-6)


def test_a_sentence_without_a_vector_is_like_nothing():
    """Far along a document the box sums are great, and their rounding must not become a cosine."""
    random = np.random.default_rng(0)
    background = random.normal(size=64) * 8

    def side(count, empty):
        vectors = (background + random.normal(size=(count, 64)) * 4).astype(np.float32)
        vectors[empty] = 0
        return new_side(["x" * 30] * count, vectors, 8)

    zh, en = side(100, [50, 51]), side(1500, [700, 701, 1400])
    block = Block(zh, en, (40, 88), (1, 1501), Settings())
    assert np.abs(block.cosine(1, 1)[:, [700, 701, 1400]]).max() < 1e-6
    assert np.abs(block.cosine(1, 2)[:, 701]).max() < 1e-6
    assert np.abs(block.cosine(2, 1)[52 - 40]).max() < 1e-6
    assert np.isfinite(score_of(block, 1, 1)).all()
    assert np.median(block.cosine(1, 1)) > 0.5


def test_spans_are_measured_from_their_sums(sides):
    for side in sides:
        for a in range(1, 6):
            assert not side.norms[a, :a].any()
            for i in range(a, len(side) + 1):
                expected = np.linalg.norm(side.vectors[i - a : i].astype(float).sum(axis=0))
                assert side.norms[a, i] == pytest.approx(expected)


def test_lengths_are_bytes_and_turns_begin_where_their_number_changes():
    vectors = np.ones((4, 2), dtype=np.float32)
    side = new_side(["ab", "裁军", "", "é"], vectors, 3, [0, 2, 2, 3])
    assert side.bytes.tolist() == [0, 2, 8, 8, 10]
    assert side.turns.tolist() == [False, True, False, True, False]
    assert not new_side(["a"] * 4, vectors, 3).turns.any()
    assert not new_side(["a"] * 4, vectors, 3, [5, 5, 5, 5]).turns.any()
    assert len(side) == 4


def test_a_document_without_sentences_can_be_measured():
    side = new_side([], np.zeros((0, 7), dtype=np.float32), 8, [])
    assert len(side) == 0
    assert side.bytes.tolist() == [0]
    assert side.norms.shape == (9, 1)


def test_bead_types_are_all_there():
    assert bead_types(2) == [(1, 1)]
    assert bead_types(4) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1)]
    assert len(bead_types(8)) == 28


# Sentences 0 1 2 | 3 4 | 5 in Chinese, 0 1 | 2 3 4 5 in English; a bead is its half-open ranges.
TURNS = [
    ("no turn near", (0, 1), (0, 1), 0.0),
    ("begins at both starts", (3, 4), (2, 3), 0.0),
    ("begins at the Chinese start only", (3, 4), (3, 4), 0.5),
    ("begins at the English start only", (2, 3), (2, 3), 0.5),
    ("inside the Chinese side", (2, 4), (3, 4), 1.0),
    ("inside the English side", (1, 2), (1, 3), 1.0),
    ("inside both counts once", (2, 4), (1, 3), 1.0),
    ("inside one and at one start", (3, 4), (1, 3), 1.5),
    ("at both starts and inside one", (3, 6), (2, 3), 1.0),
    ("just after the bead", (1, 3), (0, 2), 0.0),
    ("the documents' start is no turn's", (0, 2), (2, 3), 0.5),
]


@pytest.mark.parametrize(("name", "zh", "en", "doubt"), TURNS, ids=[case[0] for case in TURNS])
def test_turns(name, zh, en, doubt):
    vectors = np.ones((6, 2), dtype=np.float32)
    left = new_side(["a"] * 6, vectors, 5, [0, 0, 0, 1, 1, 2])
    right = new_side(["a"] * 6, vectors, 5, [0, 0, 1, 1, 1, 1])
    a, b = zh[1] - zh[0], en[1] - en[0]
    block = Block(left, right, (1, 7), (1, 7), SETTINGS)
    careless = Block(left, right, (1, 7), (1, 7), replace(SETTINGS, turn_cost=0.0))
    place = zh[1] - 1, en[1] - 1
    taken = score_of(careless, a, b)[place] - score_of(block, a, b)[place]
    assert taken == pytest.approx(SETTINGS.turn_cost * doubt)


def test_a_side_that_knows_of_no_turns_raises_no_doubt():
    vectors = np.ones((6, 2), dtype=np.float32)
    left = new_side(["a"] * 6, vectors, 5, [0, 0, 0, 1, 1, 2])
    right = new_side(["a"] * 6, vectors, 5)
    for zh, en in ((left, right), (right, left)):
        careless = Block(zh, en, (1, 7), (1, 7), replace(SETTINGS, turn_cost=0.0))
        assert (Block(zh, en, (1, 7), (1, 7), SETTINGS).scores() == careless.scores()).all()


def test_likeness_of_length():
    def likeness(zh, en, spread=0.6):
        vectors = np.ones((1, 2), dtype=np.float32)
        left, right = new_side(["x" * zh], vectors, 2), new_side(["x" * en], vectors, 2)
        settings = replace(BARE, max_bead=2, length_spread=spread)
        return Block(left, right, (1, 2), (1, 2), settings).scores()[0, 0, 0]

    assert likeness(70, 70) == pytest.approx(1.0)
    assert likeness(70, 140) == pytest.approx(likeness(140, 70))
    # With the floor of 30 bytes 100 and 100 * e ** 0.6 lie one spread apart.
    assert likeness(70, round(100 * np.exp(0.6)) - 30) == pytest.approx(np.exp(-0.5), abs=0.005)
    assert likeness(70, 100) > likeness(70, 140) > likeness(70, 1400) > 0
    assert likeness(70, 140, spread=0.3) < likeness(70, 140)
    # Of two short sentences the ratio says little.
    assert likeness(3, 6) > likeness(300, 600)
