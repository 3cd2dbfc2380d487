"""Scores against hand-made links, and against an independent program."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from align import Alignment, Bead, align_pair
from align.links import links_of
from align.quality.evaluate import (
    Counts,
    JudgedBead,
    NullCounts,
    Scores,
    count_nulls,
    evaluate_folder,
    gold_names,
    judge_beads,
    lax,
    score_links,
    strict,
)
from corpora import UserError

A, B, C = ((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))
ZH_NULL, EN_NULL, NOTHING = ((4,), ()), ((), (3,)), ((), ())

CASES = [
    # name, gold, predicted, (predicted, strict, lax), (gold, strict, lax)
    ("the same", [A, B, C], [A, B, C], (3, 3, 3), (3, 3, 3)),
    ("order and repetition do not matter", [A, B, A], [B, A, B, B], (2, 2, 2), (2, 2, 2)),
    ("nothing predicted", [A, B], [], (0, 0, 0), (2, 0, 0)),
    ("no gold", [], [A, B], (2, 0, 0), (0, 0, 0)),
    ("nothing at all", [], [], (0, 0, 0), (0, 0, 0)),
    ("a link empty on both sides does not count", [A, NOTHING], [A, NOTHING], (1, 1, 1), (1, 1, 1)),
    ("a pair in common is lax", [A, B], [A, ((1,), (1,))], (2, 1, 2), (2, 1, 2)),
    ("one side in common is nothing", [A, B], [A, ((1, 2), (5,))], (2, 1, 1), (2, 1, 1)),
    ("both sides, of different links", [A, B], [((0,), (1,))], (1, 0, 0), (2, 0, 0)),
    ("null links count in precision", [A, ZH_NULL], [A, ZH_NULL], (2, 2, 2), (1, 1, 1)),
    ("null links missed cost no recall", [A, ZH_NULL, EN_NULL], [A], (1, 1, 1), (1, 1, 1)),
    ("false null links cost precision", [A], [A, ZH_NULL, EN_NULL], (3, 1, 1), (1, 1, 1)),
    ("a null link shares no pair", [B], [((1,), ()), ((), (1,))], (2, 0, 0), (1, 0, 0)),
    (
        "a null link in the gold, a bead predicted",
        [A, ((1,), ())],
        [A, ((1,), (1,))],
        (2, 1, 1),
        (1, 1, 1),
    ),
    (
        "crossing links and gaps",
        [((0,), (1,)), ((1,), (0,)), ((2, 5), (4,))],
        [((0, 1), (0, 1)), ((5,), (4,))],
        (2, 0, 2),
        (3, 0, 3),
    ),
    (
        "one great bead",
        [A, B, C],
        [((0, 1, 2, 3), (0, 1, 2))],
        (1, 0, 1),
        (3, 0, 3),
    ),
]


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "precision", "recall"), CASES, ids=[case[0] for case in CASES]
)
def test_counts(name, gold, predicted, precision, recall):
    assert score_links(gold, predicted) == Counts(*precision, *recall)


def test_scores():
    counts = Counts(4, 2, 3, 5, 1, 4)
    assert strict(counts) == Scores(0.5, 0.2, pytest.approx(2 / 7))
    assert lax(counts) == Scores(0.75, 0.8, pytest.approx(2 * 0.75 * 0.8 / 1.55))
    assert strict(Counts()) == lax(Counts()) == Scores(0.0, 0.0, 0.0)


def test_files_are_pooled_by_their_counts():
    one, two = Counts(1, 1, 1, 1, 1, 1), Counts(9, 0, 3, 9, 0, 3)
    assert one + two == Counts(10, 1, 4, 10, 1, 4)
    assert strict(one + two).f1 == pytest.approx(0.1)


@pytest.fixture(scope="session")
def oracle(shared):
    """`tools/score_links.py`, which was not written here."""
    path = shared / "tools" / "score_links.py"
    if not path.is_file():
        pytest.skip("the independent scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("independent_score_links", path)
    found = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(found)
    finally:
        sys.dont_write_bytecode = writes
    return found


numbers = st.lists(st.integers(0, 5), max_size=3, unique=True).map(lambda ids: tuple(sorted(ids)))
link_lists = st.lists(st.tuples(numbers, numbers), max_size=9)


@given(gold=link_lists, predicted=link_lists)
@example(gold=[NOTHING], predicted=[NOTHING, A])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_independent_scorer_counts_the_same(oracle, gold, predicted):
    c = score_links(gold, predicted)
    assert oracle.counts(gold, predicted) == (
        c.predicted,
        c.strict_of_predicted,
        c.lax_of_predicted,
        c.gold,
        c.strict_of_gold,
        c.lax_of_gold,
    )
    theirs = oracle.summarise(oracle.counts(gold, predicted))
    for name, ours in (("strict", strict(c)), ("lax", lax(c))):
        assert ours.precision == pytest.approx(theirs[f"precision_{name}"])
        assert ours.recall == pytest.approx(theirs[f"recall_{name}"])
        assert ours.f1 == pytest.approx(theirs[f"f1_{name}"])


@given(gold=link_lists, predicted=link_lists)
def test_strict_is_never_above_lax(gold, predicted):
    c = score_links(gold, predicted)
    assert 0 <= c.strict_of_predicted <= c.lax_of_predicted <= c.predicted
    assert 0 <= c.strict_of_gold <= c.lax_of_gold <= c.gold
    assert strict(c).f1 <= lax(c).f1 <= 1


@pytest.fixture
def gold_folder(toy, tmp_path):
    """Two triples: one of five pairs, one whose gold says what nobody would find."""
    zh, en = toy.sentences(8, seed=4)
    for name, texts in (("002", slice(5)), ("001", slice(3, 8))):
        (tmp_path / f"{name}.zh").write_text("\n".join(zh[texts]) + "\n", "utf-8")
        (tmp_path / f"{name}.en").write_text("\n".join(en[texts]) + "\n", "utf-8")
    (tmp_path / "002.gold").write_text("".join(f"[{i}]:[{i}]\n" for i in range(5)), "utf-8")
    (tmp_path / "001.gold").write_text("[0]:[4]\n[1,2]:[]\n", "utf-8")
    (tmp_path / "notes.txt").write_text("no gold", "utf-8")
    return tmp_path


def test_a_folder_is_aligned_and_judged(gold_folder, tiny, document, toy):
    told = []
    result = evaluate_folder(gold_folder, tiny, progress=told.append)
    assert told == list(result.files) == ["001", "002"]
    assert result.files["002"] == Counts(5, 5, 5, 5, 5, 5)
    assert result.files["001"] == Counts(5, 0, 0, 1, 0, 0)
    assert result.pooled == result.files["001"] + result.files["002"]
    zh, en = toy.sentences(5, seed=4)
    alignment = align_pair(document("zh", zh), document("en", en), tiny)
    assert result.signature == alignment.signature
    assert len(links_of(alignment)) == 5


def test_null_links_are_counted_on_both_sides():
    gold = [A, ((1,), ()), ((), (1,)), ((2,), ()), NOTHING]
    found = [A, ((1,), ()), ((2,), (1,)), ((3,), ())]
    nulls = count_nulls(gold, found) + count_nulls([], [])
    assert nulls == NullCounts(gold=3, predicted=2, found=1)
    assert (nulls.recall, nulls.precision) == (pytest.approx(1 / 3), 0.5)
    assert (NullCounts().recall, NullCounts().precision) == (1.0, 1.0)


def test_beads_are_judged_one_by_one(document):
    beads = (
        Bead((0, 1), (0, 1), 0, 0.9),
        Bead((1, 3), (1, 2), 0, 0.4),
        Bead((3, 3), (2, 3), 0, 0.7),
    )
    alignment = Alignment(document("zh", "一二三"), document("en", "abc"), beads)
    assert judge_beads([A, ((1,), (1,)), ((), (2,))], alignment) == (
        JudgedBead(0.9, right=True, is_null=False),
        JudgedBead(0.4, right=False, is_null=False),
        JudgedBead(0.7, right=True, is_null=True),
    )


def test_an_evaluation_keeps_confidences_and_null_links(gold_folder, tiny):
    result = evaluate_folder(gold_folder, tiny)
    assert result.nulls == {"001": NullCounts(1, 0, 0), "002": NullCounts()}
    assert result.pooled_nulls == NullCounts(1, 0, 0)
    assert [bead.right for bead in result.pooled_beads] == [False] * 5 + [True] * 5
    assert all(0 < bead.confidence < 1 for bead in result.beads["002"])


def test_settings_are_passed_on(gold_folder, tiny):
    from align import Settings

    other = evaluate_folder(gold_folder, tiny, Settings(null_alone=5.0))
    assert other.signature != evaluate_folder(gold_folder, tiny).signature
    assert other.files["002"].strict_of_predicted == 0


def test_folders_that_are_no_gold(tmp_path):
    with pytest.raises(UserError, match=r"There is no folder .*none: give one that holds"):
        gold_names(tmp_path / "none")
    with pytest.raises(UserError, match="holds no gold: it needs files"):
        gold_names(tmp_path)
    (tmp_path / "a.gold").write_text("[0]:[0]\n")
    (tmp_path / "a.zh").write_text("一\n", "utf-8")
    with pytest.raises(UserError, match=r"a\.en is missing beside a\.gold: add it"):
        evaluate_folder(tmp_path, SimpleNamespace())
    (tmp_path / "a.en").write_text("one\n")
    assert gold_names(tmp_path) == ["a"]


def test_gold_that_is_no_gold_is_told_with_its_line(gold_folder, tiny):
    (gold_folder / "001.gold").write_text("[0]:[0]\n0-1\n")
    with pytest.raises(UserError, match=r"001\.gold, line 2: '0-1' is not a link"):
        evaluate_folder(gold_folder, tiny)


def test_an_empty_text_is_told(gold_folder, tiny):
    (gold_folder / "002.en").write_text("\n\n")
    with pytest.raises(UserError, match=r"^002\.en holds no "):
        evaluate_folder(gold_folder, tiny)
