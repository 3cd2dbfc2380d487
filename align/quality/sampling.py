"""Which units a reviewer is given, and what his answers say of the whole memory.

A draw depends on the seed and on the units' own keys, not on the order in which they come: each key
is hashed with the seed, and the smallest hashes are drawn. A larger sample of the same seed holds
the smaller one.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

from corpora import UserError

By = Literal["confidence", "era", "kind"]

BANDS: Final = (0.9, 0.97, 0.99)
"""Confidences (0 to 1) that part the bands of a stratified sample: on the shared records 1, 2, 8
and 89 % of the units lie below the first, the second, the third and above."""

LEAST: Final = 5
"""Units that every stratum gets, if it has them and the sample is large enough."""

SURE: Final = 0.995
"""Mean confidence above which a stratum counts as no surer, so that it still gets its units."""

PSEUDO: Final = 24.0
"""Judged units that the share of the whole sample counts for in the variance of each stratum.

Chosen by the simulation of `benchmarks.intervals`: with few of them the intervals are too short
where few units are wrong, for a stratum without a wrong one seems to be without variance; with many
they are wider than they need be where the strata differ."""


@dataclass(frozen=True, slots=True)
class Item:
    """A unit that may be drawn.

    Attributes:
        key: names it in the whole memory; no two are equal.
        confidence: 0 to 1.
        kind: of its bead, ``1-1``.
        year: of the meeting; None if unknown.
    """

    key: str
    confidence: float = 1.0
    kind: str = "1-1"
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """What was judged of one part of a memory.

    Attributes:
        units: units of the memory in it.
        judged: units of these that a reviewer judged.
        right: units of these that are right.
    """

    units: int
    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of the whole memory, 0 to 1, with its interval."""

    value: float
    low: float
    high: float


def stratum_of(item: Item, by: Sequence[By]) -> str:
    """Name the stratum of a unit: ``0.97 to 0.99, 2010s, 1-1``; empty for no division."""
    names: dict[By, Callable[[Item], str]] = {"confidence": _band, "era": _era, "kind": _kind}
    return ", ".join(names[way](item) for way in by)


def _band(item: Item) -> str:
    if item.confidence < BANDS[0]:
        return f"below {BANDS[0]:.2f}"
    for low, high in zip(BANDS, (*BANDS[1:], None), strict=True):
        if high is None or item.confidence < high:
            return f"{low:.2f} to {high:.2f}" if high else f"from {low:.2f}"
    raise ValueError(item.confidence)


def _era(item: Item) -> str:
    return "no date" if item.year is None else f"{item.year // 10 * 10}s"


def _kind(item: Item) -> str:
    """Give the kind of the bead, rare ones together."""
    return item.kind if item.kind in ("1-1", "1-2", "2-1") else "other kinds"


def draw(items: Iterable[Item], n: int, seed: int, by: Sequence[By] = ()) -> list[str]:
    """Draw units at random, without replacement; all of them if there are no more than `n`.

    A stratum gets units in proportion to its size times the standard deviation that its mean
    confidence promises (J. Neyman, "On the two different aspects of the representative method",
    1934), and `LEAST` at least; `weighted_estimate` makes good that the parts are unequal.

    Args:
        items: in any order.
        n: units to draw.
        seed: another seed gives another sample.
        by: what parts the strata; nothing for a simple random sample.

    Returns:
        Keys, in random order.

    Raises:
        UserError: `n` is less than the strata.
    """
    strata: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        strata[stratum_of(item, by)].append(item)
    drawn: list[tuple[bytes, str]] = []
    for name, share in allocate(strata, n).items():
        hashes = sorted((_hash(item.key, seed), item.key) for item in strata[name])
        drawn += hashes[:share]
    return [key for _, key in sorted(drawn)]


def _hash(key: str, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed}\0{key}".encode(), digest_size=16).digest()


def allocate(strata: Mapping[str, Sequence[Item]], n: int) -> dict[str, int]:
    """Share `n` units out among strata; see `draw`.

    Raises:
        UserError: `n` is less than the strata.
    """
    n = min(n, sum(map(len, strata.values())))
    if n < len(strata):
        raise UserError(
            f"A sample of {n} cannot hold a unit of each of the {len(strata)} strata: "
            f"ask for {len(strata)} units or more, or for fewer kinds of strata."
        )
    least = min(LEAST, n // max(1, len(strata)))
    shares = {name: min(least, len(members)) for name, members in strata.items()}
    weights = {name: _weight(members) for name, members in strata.items()}
    while (left := n - sum(shares.values())) > 0:
        open_ = [name for name in sorted(strata) if shares[name] < len(strata[name])]
        total = sum(weights[name] for name in open_)
        wanted = {name: left * weights[name] / total for name in open_}
        more = {name: min(int(wanted[name]), len(strata[name]) - shares[name]) for name in open_}
        if not any(more.values()):  # the fractions: one unit each, the largest first
            for name in sorted(open_, key=lambda name: (-wanted[name], name))[:left]:
                more[name] = 1
        for name in open_:
            shares[name] += more[name]
    return shares


def _weight(members: Sequence[Item]) -> float:
    mean = math.fsum(item.confidence for item in members) / len(members)
    right = min(SURE, max(0.5, mean))
    return len(members) * math.sqrt(right * (1 - right))


def wilson(share: float, n: float, level: float) -> tuple[float, float]:
    """Give the interval of a share that was seen in `n` units, at a nominal coverage (0 to 1).

    E. B. Wilson's score interval ("Probable inference", 1927) covers the truth as often as it says
    on average (Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", 2001).
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def sample_size(
    margin: float, expected: float = 0.99, population: int | None = None, level: float = 0.95
) -> int:
    """Give how many units to judge so that the interval is no wider than `margin` on either side.

    It is the smallest sample whose Wilson interval, corrected for a finite population, has half the
    width `margin` at the share that is expected.

    Args:
        margin: half the interval's width, 0.004 for ± 0.4 %.
        expected: share of right units, 0 to 1.
        population: units of the memory; None for any number.
        level: nominal coverage.

    Raises:
        ValueError: `margin` or `expected` is out of range.
    """
    if not 0 < margin < 1 or not 0 <= expected <= 1:
        raise ValueError(f"a margin of {margin} at {expected} expected")

    def fits(n: int) -> bool:
        spared = 1.0 if population is None else _unseen(population, n)
        if spared == 0:
            return True
        low, high = wilson(expected, n / spared, level)
        return (high - low) / 2 <= margin

    few, enough = 0, 1
    while not fits(enough):
        few, enough = enough, enough * 2
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if fits(middle) else (middle, enough)
    return enough


def _unseen(units: int, judged: int) -> float:
    """Give the finite population correction of a variance: 1 for few judged, 0 for all."""
    return max(0.0, (units - judged) / (units - 1)) if units > 1 else float(judged < units)


def weighted_estimate(
    strata: Iterable[Stratum], level: float = 0.95, pseudo: float = PSEUDO
) -> Estimate:
    """Estimate the share of right units in the memory from a stratified sample.

    The value is the mean of the strata's shares weighted by their units. The interval is Wilson's
    with the effective sample size, value · (1 - value) / variance: the way that does best in the
    comparison of C. Franco, R. Little, T. Louis and E. Slud ("Comparative study of confidence
    intervals for proportions in complex sample surveys", 2019). Their estimate of the variance
    fails where a stratum has no wrong unit among those judged, as audits mostly have; here each
    stratum's share is moved towards that of the whole sample for the variance, and only there, as
    if `pseudo` more units had been judged. Finite population correction is by stratum.

    Args:
        strata: empty ones count for nothing.
        level: nominal coverage.
        pseudo: see `PSEUDO`.

    Raises:
        UserError: there is nothing to estimate, or a stratum of which no unit was judged.
        ValueError: counts that contradict each other.
    """
    parts = [part for part in strata if part.units]
    if not parts:
        raise UserError("There is no judged unit to estimate from: judge a sample first.")
    for part in parts:
        if not 0 <= part.right <= part.judged <= part.units:
            raise ValueError(part)
        if not part.judged:
            raise UserError(
                f"Of a part of {part.units} units none was judged: judge at least one of each part."
            )
    total = sum(part.units for part in parts)
    value = math.fsum(part.units * part.right / part.judged for part in parts) / total
    common = (sum(part.right for part in parts) + 0.5) / (sum(part.judged for part in parts) + 1)
    moved = variance = 0.0
    for part in parts:
        share = (part.right + pseudo * common) / (part.judged + pseudo)
        weight = part.units / total
        moved += weight * share
        unseen = _unseen(part.units, part.judged)
        variance += weight * weight * share * (1 - share) / part.judged * unseen
    if variance == 0:  # every unit was judged
        return Estimate(value, value, value)
    low, high = wilson(value, moved * (1 - moved) / variance, level)
    return Estimate(value, min(low, value), max(high, value))
