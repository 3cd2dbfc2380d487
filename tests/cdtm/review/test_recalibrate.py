"""Confidences against decisions: a known distortion is found, and too little is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cdtm.memory.journal import Decision
from cdtm.review.recalibrate import LEAST, Curve, fit, held_out, judged, recalibrated
from corpora import UserError


def drawn(curve, size=4000, seed=1):
    """Confidences, and verdicts as they fall if the curve is what these are worth."""
    chance = np.random.default_rng(seed)
    confidence = chance.uniform(0.3, 0.999, size)
    return confidence, (chance.uniform(size=size) < curve.mend(confidence)).astype(float)


def test_a_known_distortion_is_found_and_mended():
    truth = Curve(-1.0, 0.6)
    confidence, right = drawn(truth)
    found = fit(confidence, right)
    assert found.offset == pytest.approx(truth.offset, abs=0.15)
    assert found.slope == pytest.approx(truth.slope, abs=0.1)
    told = recalibrated(confidence, right)
    assert told.better
    assert told.error_before > 0.1
    assert told.error_after < 0.03
    assert told.loss_after < told.loss_before


def test_confidences_that_are_right_are_left_alone():
    confidence, right = drawn(Curve(0.0, 1.0))
    found = fit(confidence, right)
    assert np.abs(found.mend(confidence) - confidence).max() < 0.05


def test_no_unit_is_judged_by_a_curve_that_saw_it():
    confidence, right = drawn(Curve(-1.0, 0.6), size=300)
    told = held_out(confidence, right)
    other = right.copy()
    other[7] = 1 - other[7]
    # Verdict 7 changes the curves of the other parts, and not its own (same order of confidences).
    assert held_out(confidence, other)[7] == pytest.approx(told[7])


@pytest.mark.parametrize(("size", "wrong"), [(LEAST - 1, 50), (1000, 9)])
def test_too_few_decisions_or_faults_are_refused(size, wrong):
    right = np.ones(size)
    right[:wrong] = 0
    with pytest.raises(UserError, match=f"needs {LEAST} with 10"):
        recalibrated(np.full(size, 0.9), right)


def decision(number, word, **values):
    given = {
        "time": "2026-01-01T00:00:00+00:00", "reviewer": "Anna", "record": "R",
        "tuid": f"R_{number}", "number": number, "zh_hash": number, "en_hash": number,
        "zh": "一", "en": "One", "decision": word, "new_zh": "", "new_en": "", "labels": "",
        "comment": "", "book": "s", "sheet_row": 2, "confidence": 0.9, "kind": "1-1",
        "stratum": "", "id": number,
    }  # fmt: skip
    return Decision(**(given | values))


def test_only_units_that_were_not_chosen_by_doubt_count():
    decisions = [
        decision(1, "accept"),
        decision(2, "reject"),
        decision(3, "translation error"),
        decision(4, "translation error", labels="alignment: wrong pair"),
        decision(5, "reject", book="f"),
        decision(6, "accept", zh=""),
        decision(7, "reject", effect="held"),
        decision(8, "reject", zh_hash=1, en_hash=1, tuid="R_1", supersedes="1"),
    ]
    books = {"s": ("s.xlsx", {"kind": "sample"}), "f": ("f.xlsx", {"kind": "flagged"})}
    confidence, right = judged(decisions, books)
    assert confidence.tolist() == [0.9] * 4
    assert right.tolist() == [0.0, 1.0, 0.0, 0.0]
