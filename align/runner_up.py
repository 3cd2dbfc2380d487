"""What else the path could have been near each step: how much worse, and whether more whole.

The path is the best of all; how sure a step of it is shows in what else would do nearly as well. Of
two steps in a row the boundary between them is moved by a sentence on either side or dropped, and a
step is split; what is lost by the best of these changes is the step's margin. Ways that change more
than two steps at once are not looked at.

What a merge costs says how rare merges are in a document, not whether this sentence belongs to the
bead beside it. What the bead's cosine gains by it does: taking in what is really left out makes a
bead less alike. So the omissions of a path are weighed once more. And where one of several formulas
in a row is left out, which of them it is shows in what they are linked to everywhere else, not in
how alike two short sentences happen to be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from align.evidence import drawn_past
from align.scores import cosine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from align.scores import Side

    Pair = tuple[bytes, bytes]
    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Look = Callable[[Places, Places], Floats]

WIDEST = 1.0
"""A margin is at most this: a step without any other way is as sure as can be."""

LEAST_GAIN = 0.02
"""Cosine that a bead must gain by a sentence that it takes in: of what is left out in damaged
records one in fifty gains so much by chance."""

MOST_LOST = 0.3
"""What parting a merge may cost the path to be looked at: those parted so far cost .15 at most."""

FEW = 2
"""Omissions in a row that may be taken in; more are a passage that is missing."""

OFTEN = 3
"""Times that a pair of sentences must be linked elsewhere to be a formula and its rendering."""

_ROUND = np.array([(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b])


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of the path.

    Attributes:
        zh: half-open range of Chinese sentences.
        en: the same of English ones; one of both is empty for an omission.
        score: the bead's own, or the price of the omission.
        margin: how much worse the best way round it is, see `margins`.
        parted: the best way to part a merge, see `note_partings`.
    """

    zh: tuple[int, int]
    en: tuple[int, int]
    score: float
    margin: float = 0.0
    parted: Parted | None = None

    def __reduce__(self) -> tuple[type[Step], tuple[Any, ...]]:
        """Pickle the values, as of `corpora.document.Sentence`."""
        return Step, (self.zh, self.en, self.score, self.margin, self.parted)

    @property
    def omitted(self) -> bool:
        """Whether it is an omission."""
        return self.zh[0] == self.zh[1] or self.en[0] == self.en[1]


def margins(steps: Sequence[Step], look: Look) -> list[float]:
    """Give what each step is better than the best way round it, 0 to `WIDEST`.

    Args:
        steps: a path, or several ones after another.
        look: what one step from each of some pairs of boundaries to another one scores, both of
            shape (steps, 2), a bead or a run of omissions of one side; -inf for one that cannot be.
    """
    if not steps:
        return []
    start, stop = _ends(steps)
    score = np.array([step.score for step in steps])
    found = np.minimum(WIDEST, score - _split(start, stop, look))
    first = np.flatnonzero((stop[:-1] == start[1:]).all(axis=1))
    if len(first):
        one, other = start[first], stop[first + 1]
        round_both = _moved(one, stop[first], other, look)
        # Omissions in a row are told in another order or as one run by the same links.
        omitted = np.array([step.omitted for step in steps])
        same = omitted[first] & omitted[first + 1]
        round_both[same] = look(one[same], other[same])
        round_both[same & (one == other).any(axis=1)] = -np.inf
        lost = score[first] + score[first + 1] - round_both
        found[first] = np.minimum(found[first], lost)
        found[first + 1] = np.minimum(found[first + 1], lost)
    margins: list[float] = np.maximum(found, 0.0).tolist()
    return margins


def weigh(
    steps: Sequence[Step],
    look: Look,
    zh: Side,
    en: Side,
    weights: tuple[float, float],
    *,
    parted: bool = True,
) -> list[Step]:
    """Weigh the omissions and the merges of a path once more, and give each step its margin.

    Args:
        steps: a path, or several ones after another.
        look: see `margins`.
        zh: the Chinese side.
        en: the English side.
        weights: score for each unit of cosine that a bead gains by a sentence, and for each unit
            of strain.
        parted: whether to note how merges would be parted.

    Returns:
        What `take_in`, `note_partings` and `margins` make of it.
    """
    known = cache(partial(cosine, zh, en))

    def gains(before: Step, after: Step) -> float:
        return known(after.zh, after.en) - known(before.zh, before.en)

    steps = take_in(steps, look, gains, weights[0])
    if parted:
        steps = note_partings(steps, look, gains, partial(drawn_past, zh, en), weights)
    found = zip(steps, margins(steps, look), strict=True)
    # Of thousands of steps; `replace` takes four times as long.
    return [Step(s.zh, s.en, s.score, margin, s.parted) for s, margin in found]


def take_in(
    steps: Sequence[Step], look: Look, gain: Callable[[Step, Step], float], weight: float
) -> list[Step]:
    """Let beads take in the omissions beside them that belong to them.

    Args:
        steps: a path, or several ones after another.
        look: see `margins`.
        gain: what the cosine of a bead gains if it becomes another one.
        weight: what each unit of cosine beyond `LEAST_GAIN` may cost the path.

    Returns:
        The path, each omission taken in at most once, and by the bead for which it is worth most.
    """
    runs = [(omitted, len(list(run))) for omitted, run in groupby(s.omitted for s in steps)]
    lengths = [length for _, length in runs]
    beads = np.repeat([not omitted for omitted, _ in runs], lengths)
    few = np.repeat([omitted and length <= FEW for omitted, length in runs], lengths)
    start, stop = _ends(steps)
    beside = (few[:-1] & beads[1:]) | (beads[:-1] & few[1:])
    places = np.flatnonzero(beside & (stop[:-1] == start[1:]).all(axis=1))
    # One of several omissions may have no price of its own.
    omission = np.where(few[places], places, places + 1)
    prices = look(start[omission], stop[omission]).tolist()
    scores = look(start[places], stop[places + 1]).tolist()
    ways: list[tuple[float, int, Step]] = []
    for place, price, score in zip(places.tolist(), prices, scores, strict=True):
        one, other = steps[place : place + 2]
        bead = other if one.omitted else one
        whole = replace(bead, zh=(one.zh[0], other.zh[1]), en=(one.en[0], other.en[1]), score=score)
        more = gain(bead, whole) - LEAST_GAIN
        worth = weight * more - (price + bead.score - score)
        if more > 0 and worth > 0:
            ways.append((worth, place, whole))
    path: list[Step | None] = list(steps)
    for _, place, whole in sorted(ways, key=lambda way: way[0], reverse=True):
        if path[place] is steps[place] and path[place + 1] is steps[place + 1]:
            path[place : place + 2] = whole, None
    return [step for step in path if step]


class Parted(NamedTuple):
    """The best way to part a merge into a bead and an outer sentence that is left out.

    Attributes:
        bead: what is left, with its score.
        omission: the sentence, with its price.
        evidence: what speaks for it beside the path's own score: how far the merge is from being
            made more alike by the sentence, and strain of which the cut between both is wrongly
            accused.
    """

    bead: Step
    omission: Step
    evidence: float


def note_partings(
    steps: Sequence[Step],
    look: Look,
    gain: Callable[[Step, Step], float],
    drawn: Callable[[Step, Step], float],
    weights: tuple[float, float],
) -> list[Step]:
    """Note beside each merge how it would best be parted, see `leave_out`.

    Args:
        steps: a path, or several ones after another.
        look: see `margins`.
        gain: see `take_in`.
        drawn: see `align.evidence.drawn_past`.
        weights: score for each unit of `gain` and of `drawn`.
    """
    ways = [(n, *both) for n, step in enumerate(steps) for both in _ways_to_part(step)]
    scores, prices = (
        look(*_ends(some)).tolist()
        for some in ([bead for _, bead, _ in ways], [omission for _, _, omission in ways])
    )
    found: dict[int, tuple[float, Parted]] = {}
    for (n, bead, omission), score, price in zip(ways, scores, prices, strict=True):
        if steps[n].score - score - price > MOST_LOST:
            continue
        more = gain(bead, steps[n])
        if more <= LEAST_GAIN:
            evidence = weights[0] * (LEAST_GAIN - more) + weights[1] * drawn(bead, omission)
            worth = score + price + evidence
            if n not in found or worth > found[n][0]:
                bead, omission = replace(bead, score=score), replace(omission, score=price)
                found[n] = worth, Parted(bead, omission, evidence)
    return [
        replace(step, parted=found[n][1]) if n in found else step for n, step in enumerate(steps)
    ]


def leave_out(steps: Sequence[Step], closeness: float) -> list[Step]:
    """Let merges of a close translation give up an outer sentence that does not belong to them.

    A merge that stays is less sure for what speaks against it.

    Args:
        steps: a path whose merges were looked at by `note_partings`.
        closeness: how much of the evidence counts, 0 to 1: a free translation works sentences into
            each other that are hardly alike.
    """
    path: list[Step] = []
    for step in steps:
        if step.parted:
            bead, omission, evidence = step.parted
            kept = step.score - bead.score - omission.score - closeness * evidence
            step = replace(step, margin=max(0.0, min(step.margin, kept)))
            if kept < 0:
                both = (replace(bead, margin=-kept), replace(omission, margin=-kept))
                path += sorted(both, key=lambda step: (step.zh, step.en))
                continue
        path.append(step)
    return path


def _ways_to_part(step: Step) -> Iterator[tuple[Step, Step]]:
    """Give the ways to part a bead into another one and an omitted sentence, at either end."""
    (i, k), (j, m) = step.zh, step.en
    score = step.score
    if k - i > 1 and m > j:
        yield Step((i, k - 1), step.en, score), Step((k - 1, k), (m, m), score)
        yield Step((i + 1, k), step.en, score), Step((i, i + 1), (j, j), score)
    if m - j > 1 and k > i:
        yield Step(step.zh, (j, m - 1), score), Step((k, k), (m - 1, m), score)
        yield Step(step.zh, (j + 1, m), score), Step((i, i), (j, j + 1), score)


def settle_formulas(steps: Sequence[Step], zh: Side, en: Side) -> list[Step]:
    """Exchange an omission and the sentence linked beside it, where that makes a known formula.

    The pair that is given up must stand nowhere else in the path. What is linked instead is worth
    what the least sure of its other places is.

    Args:
        steps: the path of both documents.
        zh: the Chinese side; sentences of equal vectors are the same formula.
        en: the English side.
    """
    path = list(steps)
    beside = [n for n, (a, b) in enumerate(pairwise(path)) if _stand_beside(a, b)]
    if not beside:
        return path

    def pair_of(i: int, j: int) -> Pair:
        return zh.vectors[i].tobytes(), en.vectors[j].tobytes()

    # Whole vectors are compared only where the first number is one of those asked about.
    first = zh.vectors[:, 0].tolist()
    asked = {
        first[step.zh[0]] for n in beside for step in path[n : n + 2] if step.zh[0] < step.zh[1]
    }
    known: dict[Pair, Step] = {}
    often: Counter[Pair] = Counter()
    for step in path:
        if _is_one_to_one(step) and first[step.zh[0]] in asked:
            pair = pair_of(step.zh[0], step.en[0])
            often[pair] += 1
            known[pair] = min(step, known.get(pair, step), key=lambda s: s.margin)
    for n in beside:
        one, other = path[n : n + 2]
        bead, omission = (other, one) if one.omitted else (one, other)
        if not _is_one_to_one(bead):  # it was exchanged with the one before
            continue
        in_chinese = omission.zh[0] < omission.zh[1]
        i = omission.zh[0] if in_chinese else bead.zh[0]
        j = bead.en[0] if in_chinese else omission.en[0]
        pair = pair_of(i, j)
        if often[pair] < OFTEN or often[pair_of(bead.zh[0], bead.en[0])] > 1:
            continue
        as_ever = known[pair]
        linked = replace(as_ever, zh=(i, i + 1), en=(j, j + 1))
        # The place of the omission on the side that has none is the other end of the link.
        end = (bead.en if in_chinese else bead.zh)[one is not bead]
        place = (end, end)
        spans = (bead.zh, place) if in_chinese else (place, bead.en)
        left_out = replace(omission, zh=spans[0], en=spans[1])
        path[n : n + 2] = (left_out, linked) if one is bead else (linked, left_out)
    return path


def _ends(steps: Sequence[Step]) -> tuple[Places, Places]:
    """Boundaries where steps begin and where they end, each shape (steps, 2)."""
    ends = np.array([(*step.zh, *step.en) for step in steps], dtype=np.int64).reshape(-1, 4)
    return ends[:, ::2], ends[:, 1::2]


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


def _stand_beside(a: Step, b: Step) -> bool:
    """Whether one of both is an omission, and the other one links a sentence with a sentence."""
    return (a.omitted and _is_one_to_one(b)) or (b.omitted and _is_one_to_one(a))


def _is_one_to_one(step: Step) -> bool:
    return step.zh[1] - step.zh[0] == 1 == step.en[1] - step.en[0]
