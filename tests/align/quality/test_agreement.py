"""Agreement of two reviewers against a textbook."""

from __future__ import annotations

import pytest

from align.quality.agreement import cohens_kappa
from corpora import UserError


def answers(*runs):
    """Answers of two reviewers: (first, second, how often)."""
    first, second = {}, {}
    for one, other, count in runs:
        for _ in range(count):
            key = f"u{len(first):03d}"
            first[key], second[key] = one, other
    return first, second


def test_kappa_of_the_textbook():
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, table 18.1
    table = answers(
        ("p", "p", 75), ("p", "n", 1), ("p", "o", 4), ("n", "p", 5), ("n", "n", 4), ("n", "o", 1),
        ("o", "o", 10),
    )  # fmt: skip
    kappa = cohens_kappa(*table)
    assert kappa.value == pytest.approx(0.676, abs=0.001)
    assert (kappa.high - kappa.value) / 1.96 == pytest.approx(0.088, abs=0.001)
    assert kappa.agreed == pytest.approx(0.89)


def test_kappa_counts_what_both_judged():
    kappa = cohens_kappa({"a": "x", "b": "y", "c": "x"}, {"a": "x", "b": "y", "d": "y"})
    assert (kappa.units, kappa.value, kappa.agreed) == (2, 1.0, 1.0)


def test_one_answer_throughout_tells_nothing():
    kappa = cohens_kappa({"a": "x", "b": "x"}, {"a": "x", "b": "x"})
    assert (kappa.value, kappa.low, kappa.high, kappa.agreed) == (None, None, None, 1.0)


def test_no_unit_in_common_is_told():
    with pytest.raises(UserError, match="same sample"):
        cohens_kappa({"a": "x"}, {"b": "x"})
