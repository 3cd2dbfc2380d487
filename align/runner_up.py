"""How much worse the runner-up of each step is: the best path that does without it, near by.

The path is the best of all; how sure a step of it is shows in what else would do nearly as well. Of
two steps in a row the boundary between them is moved by a sentence on either side or dropped, and a
step is split; what is lost by the best of these changes is the step's margin. Ways that change more
than two steps at once are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.path import Step

    Point = tuple[int, int]
    Look = Callable[[Point, Point], float]

WIDEST = 1.0
"""A margin is at most this: a step without any other way is as sure as can be."""


def margins(steps: Sequence[Step], look: Look) -> list[float]:
    """Give what each step is better than the best way round it, 0 to `WIDEST`.

    Args:
        steps: a path, each step beginning where the last one ends.
        look: what one step between two pairs of boundaries scores, a bead or a run of omissions of
            one side; -inf for one that cannot be.
    """
    found = [WIDEST] * len(steps)
    for number, step in enumerate(steps):
        start, stop = _ends(step)
        split = max(
            (look(start, way) + look(way, stop) for way in _box(start, stop)), default=-np.inf
        )
        found[number] = min(found[number], step.score - split)
        if number + 1 == len(steps):
            break
        after = steps[number + 1]
        last = (after.zh[1], after.en[1])
        best = look(start, last)
        for way in _round(stop):
            if (
                start[0] <= way[0] <= last[0]
                and start[1] <= way[1] <= last[1]
                and way not in (start, last)
            ):
                best = max(best, look(start, way) + look(way, last))
        lost = step.score + after.score - best
        found[number] = min(found[number], lost)
        found[number + 1] = min(found[number + 1], lost)
    return [max(0.0, margin) for margin in found]


def _ends(step: Step) -> tuple[Point, Point]:
    return (step.zh[0], step.en[0]), (step.zh[1], step.en[1])


def _box(start: Point, stop: Point) -> list[Point]:
    """Every pair of boundaries by which a step may be split."""
    if stop[0] - start[0] == stop[1] - start[1] == 1:
        return [(stop[0], start[1])]  # both omitted; in which order makes no difference
    ways = [(i, j) for i in range(start[0], stop[0] + 1) for j in range(start[1], stop[1] + 1)]
    return ways[1:-1]


def _round(place: Point) -> list[Point]:
    """The eight pairs of boundaries round one."""
    i, j = place
    return [(i + a, j + b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]
