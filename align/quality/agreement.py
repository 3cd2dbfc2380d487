"""How far two reviewers agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist

from corpora import UserError


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far two reviewers agree beyond chance.

    Attributes:
        value: 1 for full agreement, 0 for that of chance; None if both gave one and the same answer
            throughout, which tells nothing.
        low: lower end of the interval; None as `value`.
        high: upper end; None as `value`.
        agreed: share of the units on which both say the same, 0 to 1.
        units: judged by both.
    """

    value: float | None
    low: float | None
    high: float | None
    agreed: float
    units: int


def cohens_kappa(first: Mapping[str, str], second: Mapping[str, str], level: float = 0.95) -> Kappa:
    """Tell how far two reviewers agree on the units that both judged.

    J. Cohen, "A coefficient of agreement for nominal scales", 1960; the standard error is that of
    J. Fleiss, J. Cohen and B. Everitt, "Large sample standard errors of kappa", 1969.

    Args:
        first: answers by key.
        second: those of the other reviewer; keys that one alone has are left out.
        level: nominal coverage of the interval.

    Raises:
        UserError: no unit was judged by both.
    """
    keys = first.keys() & second.keys()
    n = len(keys)
    if not n:
        raise UserError("The two reviewers have no unit in common: give both the same sample.")
    pairs = Counter((first[key], second[key]) for key in keys)
    rows, columns = Counter[str](), Counter[str]()
    for (one, other), count in pairs.items():
        rows[one] += count
        columns[other] += count
    agreed = 1 - sum(first[key] != second[key] for key in keys) / n
    chance = sum(rows[label] * columns[label] for label in rows) / n**2
    if chance == 1:
        return Kappa(None, None, None, agreed, n)
    value = (agreed - chance) / (1 - chance)
    spread = -((value - chance * (1 - value)) ** 2)
    for (one, other), count in pairs.items():
        if one == other:
            spread += count / n * (1 - (rows[one] + columns[one]) / n * (1 - value)) ** 2
        else:
            share = (columns[one] + rows[other]) / n
            spread += (1 - value) ** 2 * count / n * share**2
    error = math.sqrt(max(0.0, spread) / n) / (1 - chance)
    z = NormalDist().inv_cdf((1 + level) / 2)
    return Kappa(value, max(-1.0, value - z * error), min(1.0, value + z * error), agreed, n)
