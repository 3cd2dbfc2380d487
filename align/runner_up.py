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

    from numpy.typing import NDArray

    from align.path import Step

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Look = Callable[[Places, Places], Floats]

WIDEST = 1.0
"""A margin is at most this: a step without any other way is as sure as can be."""

_ROUND = np.array([(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b])


def margins(steps: Sequence[Step], look: Look) -> list[float]:
    """Give what each step is better than the best way round it, 0 to `WIDEST`.

    Args:
        steps: a path, each step beginning where the last one ends.
        look: what one step from each of some pairs of boundaries to another one scores, both of
            shape (steps, 2), a bead or a run of omissions of one side; -inf for one that cannot be.
    """
    if not steps:
        return []
    start = np.array([(step.zh[0], step.en[0]) for step in steps])
    stop = np.array([(step.zh[1], step.en[1]) for step in steps])
    score = np.array([step.score for step in steps])
    found = np.minimum(WIDEST, score - _split(start, stop, look))
    if len(steps) > 1:
        lost = score[:-1] + score[1:] - _moved(start[:-1], stop[:-1], stop[1:], look)
        found[:-1] = np.minimum(found[:-1], lost)
        found[1:] = np.minimum(found[1:], lost)
    margins: list[float] = np.maximum(found, 0.0).tolist()
    return margins


def _split(start: Places, stop: Places, look: Look) -> Floats:
    """Score of the best way to part each step in two."""
    best = np.full(len(start), -np.inf)
    shapes, of_shape = np.unique(stop - start, axis=0, return_inverse=True)
    for number, (a, b) in enumerate(shapes.tolist()):
        own = np.flatnonzero(of_shape.ravel() == number)
        inside = np.array([(i, j) for i in range(a + 1) for j in range(b + 1)][1:-1])
        if len(inside):
            best[own] = _through(start[own], start[own][:, None] + inside, stop[own], look)
    return best


def _moved(start: Places, middle: Places, stop: Places, look: Look) -> Floats:
    """Score of the best way from start to stop that does not go through the middle."""
    ways = np.clip(middle[:, None] + _ROUND, start[:, None], stop[:, None])
    best = look(start, stop)
    # Where a way was clipped to the middle itself it is none.
    elsewhere = (ways != middle[:, None]).any(axis=2)
    return np.maximum(best, _through(start, ways, stop, look, elsewhere))


def _through(
    start: Places, ways: Places, stop: Places, look: Look, there: NDArray[np.bool_] | None = None
) -> Floats:
    """Score of the best of several ways, shape (steps, ways, 2), in two steps each."""
    starts, stops = (np.broadcast_to(end[:, None], ways.shape) for end in (start, stop))
    flat = ways.reshape(-1, 2)
    found = look(starts.reshape(-1, 2), flat) + look(flat, stops.reshape(-1, 2))
    found = found.reshape(ways.shape[:2])
    if there is not None:
        found[~there] = -np.inf
    best: Floats = found.max(axis=1)
    return best
