"""How often an interval of the audit holds the truth: `python -m benchmarks.intervals`.

Memories are made up with a known number of right units in each stratum, judged samples drawn from
them without replacement, and `align.quality.sampling.weighted_estimate` asked. Coverage is told by
sample design and by true rate, beside that of the textbook's normal interval. The designs of
`CHOSEN_ON` are those on which `align.quality.sampling.PSEUDO` was chosen; those of `HELD_OUT` were
looked at later.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from align.quality.sampling import PSEUDO, Stratum, weighted_estimate, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Design = tuple[Sequence[int], Sequence[int]]

RATES: Final = (0.90, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.998)
"""True shares of right units."""

LEVEL: Final = 0.95
"""Nominal coverage."""

PSEUDOS: Final = (1.0, 4.0, 8.0, 16.0, 24.0, 40.0, 1e9)
"""Values of `align.quality.sampling.PSEUDO` to compare; the last takes all strata for alike."""

CHOSEN_ON: Final[Mapping[str, Design]] = {
    "simple, 400 of 10,000": ((10_000,), (400,)),
    "3 bands, most of the doubtful": ((9_000, 800, 200), (200, 100, 100)),
    "2 bands of a small memory": ((520, 34), (120, 34)),
    "3 bands of a large memory": ((90_000, 8_000, 2_000), (300, 50, 50)),
    "4 eras in proportion": ((4_000, 3_000, 2_000, 1_000), (160, 120, 80, 40)),
    "6 eras, 50 each": ((30_000, 20_000, 10_000, 5_000, 3_000, 1_000), (50,) * 6),
    "5 kinds": ((80_000, 9_000, 7_000, 2_500, 1_500), (150, 60, 60, 30, 30)),
}
HELD_OUT: Final[Mapping[str, Design]] = {
    "simple, 150 of 554": ((554,), (150,)),
    "4 bands": ((89_000, 8_000, 2_000, 1_000), (250, 60, 50, 40)),
    "4 bands of a small memory": ((493, 44, 11, 6), (90, 30, 11, 6)),
    "5 decades": ((9_000, 7_000, 6_000, 5_000, 4_000), (60, 50, 45, 40, 35)),
    "2 eras and 3 bands": ((40_000, 45_000, 5_000, 6_000, 1_500, 900), (90, 90, 45, 45, 30, 30)),
    "4 kinds": ((91_000, 5_000, 3_000, 1_000), (180, 45, 45, 30)),
}


class Case(NamedTuple):
    """A memory and how it was sampled, with what came of it.

    Attributes:
        design: its name.
        rate: share of right units that was asked for.
        covered: share of the samples whose interval holds the truth.
        normal: the same of the normal interval.
        width: mean width of the interval.
    """

    design: str
    rate: float
    covered: float
    normal: float
    width: float


def wrong_units(sizes: Sequence[int], rate: float, *, graded: bool) -> list[int]:
    """Share the wrong units out: alike, or the more of them the later the stratum."""
    weights = np.array(sizes) / sum(sizes)
    steps = (4.0 if len(sizes) <= 3 else 1.8) ** np.arange(len(sizes)) * graded + (not graded)
    shares = np.minimum(0.6, (1 - rate) * steps / (weights * steps).sum())
    return [round(size * share) for size, share in zip(sizes, shares, strict=True)]


def simulate(
    designs: Mapping[str, Design], samples: int, seed: int, pseudo: float = PSEUDO
) -> Iterator[Case]:
    """Draw `samples` samples of each design at each rate, with wrong units alike and graded."""
    rng = np.random.default_rng(seed)
    for name, (sizes, judged) in designs.items():
        for graded in (False, True)[: 1 + (len(sizes) > 1)]:
            for rate in RATES:
                wrong = wrong_units(sizes, rate, graded=graded)
                seen = np.stack(
                    [
                        rng.hypergeometric(bad, size - bad, count, samples)
                        for bad, size, count in zip(wrong, sizes, judged, strict=True)
                    ],
                    axis=1,
                )
                truth = 1 - sum(wrong) / sum(sizes)
                yield Case(name, rate, *_coverage(seen, truth, sizes, judged, pseudo))


def _coverage(
    wrong: NDArray[np.int64],
    truth: float,
    sizes: Sequence[int],
    judged: Sequence[int],
    pseudo: float,
) -> tuple[float, float, float]:
    """Give the coverage of our interval and of the normal one, and the mean width of ours."""
    distinct, counts = np.unique(wrong, axis=0, return_counts=True)
    ours = normal = width = 0.0
    for row, count in zip(distinct.tolist(), counts.tolist(), strict=True):
        parts = [
            Stratum(size, many, many - bad)
            for size, many, bad in zip(sizes, judged, row, strict=True)
        ]
        found = weighted_estimate(parts, LEVEL, pseudo)
        ours += count * (found.low - 1e-12 <= truth <= found.high + 1e-12)
        normal += count * (abs(found.value - truth) <= _normal(parts) + 1e-12)
        width += count * (found.high - found.low)
    return ours / len(wrong), normal / len(wrong), width / len(wrong)


def _normal(parts: Sequence[Stratum]) -> float:
    """Give half the width of the textbook's interval."""
    total = sum(part.units for part in parts)
    variance = 0.0
    for part in parts:
        share = part.right / part.judged
        unseen = (part.units - part.judged) / (part.units - 1)
        variance += (part.units / total) ** 2 * share * (1 - share) / part.judged * unseen
    return NormalDist().inv_cdf((1 + LEVEL) / 2) * float(variance**0.5)


def main(samples: int = 4000, seed: int = 20) -> None:
    """Tell the coverage of 95 % intervals, by design and by true rate."""
    console = Console()
    for title, designs in (("Chosen on", CHOSEN_ON), ("Held out", HELD_OUT)):
        cases = list(simulate(designs, samples, seed))
        console.print(f"\n{title}: {len(cases)} memories, {samples} samples of each")
        for heading, key in (("design", "design"), ("true rate", "rate")):
            groups: dict[object, list[Case]] = defaultdict(list)
            for case in cases:
                groups[getattr(case, key)].append(case)
            groups["all"] = cases
            table = Table(heading, "coverage", "least", "normal interval", "mean width", box=None)
            for name, members in groups.items():
                table.add_row(
                    str(name),
                    f"{np.mean([case.covered for case in members]):.3f}",
                    f"{min(case.covered for case in members):.3f}",
                    f"{np.mean([case.normal for case in members]):.3f}",
                    f"{np.mean([case.width for case in members]):.4f}",
                )
            console.print(table)
    console.print(f"\nPseudo-observations, on the first designs ({PSEUDO:.0f} are shipped)")
    table = Table("number", "coverage", "least of the true rates", "mean width", box=None)
    for pseudo in PSEUDOS:
        cases = list(simulate(CHOSEN_ON, samples // 4, seed, pseudo))
        by_rate = [np.mean([case.covered for case in cases if case.rate == r]) for r in RATES]
        table.add_row(
            f"{pseudo:g}",
            f"{np.mean([case.covered for case in cases]):.3f}",
            f"{min(by_rate):.3f}",
            f"{np.mean([case.width for case in cases]):.4f}",
        )
    console.print(table)
    console.print("\nOne share, n judged: probability that the interval holds it, mean over rates")
    table = Table("n", "Wilson", "Clopper-Pearson", box=None)
    for n in (50, 100, 200):
        table.add_row(
            str(n),
            *(
                f"{np.mean([exact_coverage(n, rate, method) for rate in RATES]):.3f}"
                for method in ("wilson", "clopper-pearson")
            ),
        )
    console.print(table)


def exact_coverage(n: int, rate: float, method: str, level: float = 0.95) -> float:
    """Give the probability that the interval of one share of `n` judged units holds the truth."""
    from math import comb

    covered = 0.0
    for right in range(n + 1):
        low, high = interval(right, n, level, method)
        if low <= rate <= high:
            covered += comb(n, right) * rate**right * (1 - rate) ** (n - right)
    return covered


@cache
def interval(right: int, n: int, level: float, method: str) -> tuple[float, float]:
    """Give the interval of a share of which `right` of `n` units were seen.

    Beside Wilson's stands that of Clopper and Pearson ("The use of confidence or fiducial limits",
    1934), which covers the truth at least as often as it says always, and is wider for it.
    """
    if method == "wilson":
        low, high = wilson(right / n, n, level)
        return 0.0 if right == 0 else low, 1.0 if right == n else high
    tail = (1 - level) / 2
    low = 0.0 if right == 0 else _solve(lambda p: 1 - _at_most(right - 1, n, p), tail)
    high = 1.0 if right == n else _solve(lambda p: 1 - _at_most(right, n, p), 1 - tail)
    return low, high


def _at_most(k: int, n: int, p: float) -> float:
    """Give the probability of at most `k` of `n` at a share of `p` between 0 and 1."""
    if p <= 0 or p >= 1:
        return float(p <= 0 or k >= n)
    term = math.lgamma(n + 1) + n * math.log1p(-p)
    step = math.log(p) - math.log1p(-p)
    return min(
        1.0,
        math.fsum(
            math.exp(term - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * step)
            for i in range(k + 1)
        ),
    )


def _solve(rising: Callable[[float], float], wanted: float) -> float:
    """Give where a rising function of 0 to 1 has a value, by halving."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


if __name__ == "__main__":
    typer.run(main)
