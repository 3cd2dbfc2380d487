"""Where a stretch of one side of a unit may be rendered on the other side, and how likely.

The text opposite is split into a stretch and what is around it; the best split is the one under
which the words inside render the asked ones and the words outside render the others, in both
directions (phrase alignment as sentence splitting: Vogel, "PESA: Phrase pair extraction as sentence
splitting", MT Summit X (2005), https://aclanthology.org/2005.mtsummit-papers.33).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from align.renderings.parts import Words

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Place = tuple[int, int]

SMALL: Final = 0.05
"""Probability that is added to each, so that one word alone decides nothing."""

LONELY: Final = 2.5
"""How many times likelier a word that renders nothing known belongs to the stretch beside it than
to the rest: ``border`` in ``border crossing``, 国 in 保存国."""

LIGHT: Final = 0.3
"""Weight of a word that stands for nothing by itself."""

TOUCHED: Final = 0.1
"""Probability from which a word may render an asked one."""

ASIDE: Final = 2
"""Words beside such a word that a rendering may take in."""

LONGER: Final = 3
"""A rendering has at most so many times as many words as the asked stretch, and so many more."""

CUT: Final = 2.0
"""What a stretch loses, as a natural logarithm, for each end inside a word with a hyphen."""

OFFERS: Final = 6
"""Stretches that are given for a place."""


class Offer(NamedTuple):
    """A stretch that may be the rendering.

    Attributes:
        place: in the other text, half-open.
        score: logarithm of how much likelier the split is than rendering nothing.
        sure: 0 to 1: the geometric mean of how far the asked words are rendered inside, and of how
            far the words inside render asked ones.
    """

    place: Place
    score: float
    sure: float


def offers(
    asked: Words, place: Place, other: Words, text: str, tables: tuple[Floats, Floats]
) -> list[Offer]:
    """Give the likeliest renderings of a stretch, the best first.

    Args:
        asked: the words of the side that holds the stretch.
        place: the stretch, half-open characters of that side.
        other: the words of the other side.
        text: the other side.
        tables: as `align.word_alignment.renderings` gives them, turned so that rows are asked
            words: how likely each is rendered by each other word, and the reverse.
    """
    to_other, to_asked = tables
    rows = np.array([_is_inside(own, place) for own in asked.places], dtype=np.bool_)
    if not (rows & ~asked.silent).any():
        return []
    inside, outside = to_asked[rows].sum(axis=0), to_asked[~rows].sum(axis=0)
    starts, ends = _stretches(other, (inside > TOUCHED) | (to_other[rows].sum(axis=0) > TOUCHED),
                              LONGER * int(rows.sum()) + LONGER)
    if not len(starts):
        return []
    weight = np.where(other.empty, LIGHT, 1.0) * ~other.silent
    lonely = np.where(other.empty, 1.0, LONELY)
    gain = weight * (np.log(inside + SMALL * lonely) - np.log(outside + SMALL))
    score = _over(gain, starts, ends)
    weight_rows = np.where(asked.empty, LIGHT, 1.0) * ~asked.silent
    sums = np.zeros((len(to_other), len(other) + 1))
    np.cumsum(to_other, axis=1, out=sums[:, 1:])
    within = sums[:, ends] - sums[:, starts]
    without = np.maximum(sums[:, -1:] - within, 0)
    score += weight_rows[rows] @ (np.log(within[rows] + SMALL) - np.log(SMALL))
    score += weight_rows[~rows] @ (
        np.log(without[~rows] + SMALL) - np.log(sums[~rows, -1:] + SMALL)
    )
    score -= CUT * _cuts(text, other, starts, ends)
    rendered = weight_rows[rows] @ within[rows] / max(float(weight_rows[rows].sum()), 1e-6)
    own = _over(weight * inside, starts, ends) / np.maximum(_over(weight, starts, ends), 1e-6)
    best = np.argsort(-score, kind="stable")[:OFFERS]
    return [
        Offer(
            (other.places[starts[n]][0], other.places[ends[n] - 1][1]),
            float(score[n]),
            float(np.sqrt(rendered[n] * own[n])),
        )
        for n in best
    ]


def _is_inside(own: Place, place: Place) -> bool:
    """Whether most of a word lies in a stretch: of an anchor all of it need not."""
    shared = min(own[1], place[1]) - max(own[0], place[0])
    return 2 * shared > own[1] - own[0]


def _stretches(other: Words, touched: Flags, longest: int) -> tuple[Numbers, Numbers]:
    """Give starts and ends of the stretches that may be a rendering.

    Each holds a touched word, and ends `ASIDE` words from one at most.
    """
    near = touched.copy()
    for shift in range(1, ASIDE + 1):
        near[shift:] |= touched[:-shift]
        near[:-shift] |= touched[shift:]
    sound = near & ~other.empty
    starts = np.nonzero(sound & ~other.runs_on[:-1])[0]
    ends = np.nonzero(sound & ~other.runs_on[1:])[0] + 1
    held = np.concatenate([[0], np.cumsum(touched)])
    first, last = (grid.ravel() for grid in np.meshgrid(starts, ends, indexing="ij"))
    size = last - first
    kept = (size > 0) & (size <= longest) & (held[last] > held[first])
    return first[kept], last[kept]


def _over(values: NDArray[np.float64], starts: Numbers, ends: Numbers) -> NDArray[np.float64]:
    """Sum values over stretches."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    out: NDArray[np.float64] = sums[ends] - sums[starts]
    return out


def _cuts(text: str, other: Words, starts: Numbers, ends: Numbers) -> NDArray[np.float64]:
    """Count the ends of stretches that lie beside a hyphen within a word."""
    opens = np.array([_hyphen(text, a - 1) for a, _ in other.places], dtype=np.float64)
    closes = np.array([_hyphen(text, b) for _, b in other.places], dtype=np.float64)
    out: NDArray[np.float64] = opens[starts] + closes[ends - 1]
    return out


def _hyphen(text: str, at: int) -> bool:
    """Whether a hyphen between letters stands at a place."""
    return 0 < at < len(text) - 1 and text[at] in "-‑" and text[at - 1].isalnum() and text[at + 1].isalnum()
