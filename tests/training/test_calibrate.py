"""The logistic fit, and the calibration error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from align.confidence import FEATURES, probabilities
from align.encoder.static import StaticEncoder
from align.quality.calibration import expected_calibration_error
from training.calibrate import (
    GOLD,
    Judged,
    cross_validate,
    fit,
    judge,
    measure_thresholds,
    pool,
    set_threshold,
)
from training.made_up import made_up, singles
from training.pack import write_model


def planted(weights, count, seed, name="a"):
    random = np.random.default_rng(seed)
    described = random.normal(size=(count, len(weights)))
    described[:, 0] = 1.0
    right = random.random(count) < probabilities(described, np.array(weights))
    return Judged(name, described, right.astype(float))


def test_fit_finds_the_planted_weights():
    weights = [0.5, -2.0, 1.0, 0.0]
    judged = [planted(weights, 20_000, seed, str(seed)) for seed in range(3)]
    assert fit(judged) == pytest.approx(weights, abs=0.06)


def test_fit_bears_what_can_be_told_without_error():
    described = np.column_stack([np.ones(100), np.linspace(-1, 1, 100)])
    weights = fit([Judged("a", described, (described[:, 1] > 0).astype(float))])
    assert np.isfinite(weights).all()
    assert weights[1] > 3
    # A feature that is never there has no say.
    described = np.column_stack([described, np.zeros(100)])
    assert fit([Judged("a", described, (described[:, 1] > 0).astype(float))])[2] == 0


def test_a_planted_model_is_calibrated_on_documents_it_has_not_seen():
    judged = [planted([0.5, -2.0, 1.0], 2000, seed, f"d{seed % 5}") for seed in range(10)]
    expected, right = cross_validate(judged)
    assert len(expected) == len(right) == 20_000
    assert expected_calibration_error(expected, right) < 0.02


def test_nobody_judges_a_document_it_has_seen():
    """Two parts of one document are left out together: the other document says the opposite."""
    yes, no = (
        Judged(name, np.ones((50, 1)), np.full(50, value))
        for name, value in (("a", 1.0), ("b", 0.0))
    )
    expected, right = cross_validate([yes, no, yes])
    assert right.tolist() == [1.0] * 100 + [0.0] * 50
    assert (expected[:100] < 0.1).all()
    assert (expected[100:] > 0.9).all()


def test_a_threshold_keeps_its_precision_on_kinds_that_did_not_set_it():
    judged = [planted([1.5, -2.0, 1.0], 2000, seed, f"d{seed % 5}") for seed in range(10)]
    measured = measure_thresholds(judged, (0.9, 0.95))
    assert list(measured) == [f"d{number}" for number in range(5)]
    for rows in measured.values():
        assert [row.wanted for row in rows] == [0.9, 0.95]
        for row in rows:
            # A model that knows the odds keeps more than it must: its threshold is no lower.
            assert row.threshold >= row.wanted
            assert row.precision > row.wanted
            assert 0.1 < row.share < 0.9
            assert row.beads == pytest.approx(row.share * 4000)
    pooled = pool([rows[0] for rows in measured.values()])
    assert pooled.beads == sum(rows[0].beads for rows in measured.values())
    assert pooled.share == pytest.approx(pooled.beads / 20_000)
    precisions = [rows[0].precision for rows in measured.values()]
    assert min(precisions) < pooled.precision < max(precisions)


def test_the_threshold_is_that_of_the_kind_that_asks_for_most():
    """Confidences that one kind does not deserve raise the threshold for all."""
    right = np.array([0.0] * 20 + [1.0] * 80)
    fair, unfair = (Judged(name, np.ones((100, 1)), right) for name in ("fair", "unfair"))
    deserved = np.where(right > 0, 0.93, 0.1)
    sure = np.linspace(0.96, 0.999, 100)
    assert set_threshold(0.95, [(fair, deserved)]) == 0.95
    raised = set_threshold(0.95, [(fair, deserved), (unfair, sure)])
    # Of the 84 surest beads 80 are right.
    assert raised == pytest.approx(sure[16])
    # The surest are wrong: no threshold serves, and none is named.
    assert set_threshold(0.95, [(fair, deserved), (unfair, sure[::-1].copy())]) is None


def test_the_kind_held_out_has_no_say_in_its_threshold():
    """Nine kinds agree; the tenth, whose confident beads are all wrong, must show."""
    judged = [planted([1.5, -2.0, 1.0], 2000, seed, f"d{seed}") for seed in range(9)]
    liar = planted([1.5, -2.0, 1.0], 2000, 99, "liar")
    measured = measure_thresholds([*judged, replace(liar, right=liar.right * 0)], (0.95,))
    assert measured["liar"][0].precision == 0.0
    assert measured["liar"][0].beads > 200
    # And of the honest ones nothing is kept: with the liar among the others no threshold serves.
    assert measured["d0"][0].beads == 0


def test_omissions_do_not_count_as_units():
    judged = [planted([1.5, -2.0, 1.0], 2000, seed, f"d{seed}") for seed in range(4)]
    # Added omissions are always wrong: they would ruin any precision if they counted.
    with_null = [
        replace(
            j,
            described=np.vstack([j.described, j.described]),
            right=np.concatenate([j.right, j.right * 0]),
            null=np.arange(4000) >= 2000,
        )
        for j in judged
    ]
    for (row,) in measure_thresholds(with_null, (0.9,)).values():
        assert row.precision > 0.9
        assert row.beads == pytest.approx(row.share * 2000)


def test_a_precision_out_of_reach_keeps_nothing():
    judged = [Judged(name, np.ones((50, 1)), np.array([1.0, 0.0] * 25)) for name in ("a", "b", "c")]
    for (row,) in measure_thresholds(judged, (0.99,)).values():
        assert (row.beads, row.threshold) == (0, np.inf)


def test_beads_are_judged_by_the_gold(record, words, tokenizer, tmp_path):
    """An encoder of the words' own lexicon finds the beads of a made-up record."""
    random = np.random.default_rng(0)
    zh, en = record
    vectors = random.normal(size=(tokenizer.get_vocab_size(), 32))
    for word_zh, word_en in words.items():
        pieces = tokenizer.encode(word_zh).ids
        vectors[tokenizer.token_to_id(word_en)] = vectors[pieces].sum(axis=0)
    card = {"name": "toy", "version": "0"}
    write_model(tmp_path, vectors.astype(np.float32), tokenizer, card)
    left, right, gold = made_up(singles(zh[:150], en[:150]), seed=1)
    found = judge("made-up", left, right, gold, StaticEncoder(tmp_path))
    assert found.name == "made-up"
    assert found.described.shape == (len(found.right), len(FEATURES))
    assert set(found.right) <= {0.0, 1.0}
    assert (~found.units).sum() == (found.described[:, FEATURES.index("omission")] > 0).sum() > 0
    assert found.right.mean() > 0.8
    assert judge("x", left, right, set(), StaticEncoder(tmp_path)).right.sum() == 0


def test_the_gold_is_there(shared):
    for folder in GOLD:
        assert any((shared / "gold" / folder).glob("*.gold"))
