"""Where a stretch of one side of a unit may be rendered on the other side, and how likely.

The text opposite is split into a stretch and what is around it; the best split is the one under
which the words inside render the asked ones and the words outside render the others, in both
directions (phrase alignment as sentence splitting: Vogel, "PESA: Phrase pair extraction as sentence
splitting", MT Summit X (2005), https://aclanthology.org/2005.mtsummit-papers.33).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from align.renderings.latin import in_word, is_latin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.renderings.parts import Words

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]
    Place = tuple[int, int]

SMALL: Final = 0.05
"""Probability that is added to each, so that one word alone decides nothing."""

CLAIMED: Final = 0.1
"""Strength of a link, 0 to 1, from which a word belongs to another one than the asked."""

LONELY: Final = 1.0
"""What a stretch gains at least, as a natural logarithm, by a word of content that no other word
claims: ``border`` in ``border crossing``, 国 in 保存国."""

TIED: Final = 0.6
"""Share of the strength of a word's link with another word that its link with an asked one has at
least, if it goes with the asked."""

CHANCE: Final = 0.02
"""Strength of links that says nothing: it is added to both."""

GENERAL: Final = 0.6
"""Probability of rendering asked words below which a word of general use adds nothing."""

LIGHT: Final = 0.3
"""Weight of a word that stands for nothing by itself."""

TOUCHED: Final = 0.1
"""Probability from which a word may render an asked one."""

ASIDE: Final = 2
"""Words beside such a word that a rendering may take in."""

LONGER: Final = 3
"""A rendering has at most so many times as many words as the asked stretch, and so many more."""

CUT: Final = 3.0
"""What a stretch loses, as a natural logarithm, for each end inside a word."""

TAKEN: Final = 0.6
"""Chance, 0 to 1, that a word is rendered in a stretch from which the stretch takes it in."""

MOSTLY: Final = 0.5
"""Strength of a link, 0 to 1, from which a word inside a stretch is that of another word."""

UNEXPLAINED: Final = 0.1
"""Chance up to which an asked word is not rendered in a stretch."""

LEFT: Final = 0.12
"""Chance up to which nothing outside the stretch renders it."""

LIKE: Final = 3.0
"""Weight of the cosine of both stretches' vectors, beside the logarithms."""

BROKEN: Final = 4.0
"""What a stretch loses for each sign in it that parts clauses or items."""

JOINED: Final = 1.5
"""The same for each ``and`` and ``or``, unless what is asked has one."""

UNLIKE: Final = 0.4
"""Share of its sureness that is left of a stretch whose vector has nothing in common with the asked
one's: that no other word renders it is not enough."""

UNLIKE_LESS: Final = 2.0
"""What a stretch loses less for each cosine: from .3 on nothing."""

PLAIN: Final = 0.35
"""Strength of a link, 0 to 1, from which a word plainly renders another."""

PART: Final = 0.3
"""Share of its sureness that is left of a stretch that leaves such a word out, or that renders what
is not asked about."""

LONG_STRETCH: Final = 4
"""Characters from which a stretch may be of several words."""

LIGHT_VERBS: Final = re.compile(
    "取得|达成|实现|[作做]出|进行|提供|开展|展开|给予|予以|加以|采取|发挥|享有"
)
"""Chinese verbs that say little beside their noun."""

OPENING, CLOSING = '(（“‘《〈「"', ')）”’》〉」"'

ENCLOSED: Final = 4.0
"""What a stretch gains that brackets or quotation marks hold where they hold what is asked: an
abbreviation beside its long form is of unknown pieces."""

OFFERS: Final = 6
"""Stretches that are given for a place."""


class Offer(NamedTuple):
    """A stretch that may be the rendering.

    Attributes:
        place: in the other text, half-open.
        score: logarithm of how much likelier the split is than rendering nothing.
        sure: 0 to 1: the geometric mean of how far the asked words are rendered inside, and of how
            far the words inside render asked ones; less where the vectors differ, or where it does
            not fit.
        fits: whether it leaves no word out that plainly belongs to it, and takes none in that
            renders another one.
    """

    place: Place
    score: float
    sure: float
    fits: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """A unit's two sides, and which words of them may render each other.

    Attributes:
        asked: the words of the side that is asked about.
        other: the words of the other side.
        own: the side that is asked about.
        text: the other side.
        to_other: shape (asked, other): how likely a word is rendered by each opposite.
        to_asked: the same shape: how likely a word opposite is rendered by each.
        strength: the same shape: the geometric mean of both.
    """

    asked: Words
    other: Words
    own: str
    text: str
    to_other: Floats
    to_asked: Floats
    strength: Floats


def offers(sides: Sides, place: Place, also: Sequence[Place] = ()) -> list[Offer]:
    """Give the likeliest renderings of a stretch, the best first.

    Args:
        sides: of the unit.
        place: the stretch, half-open characters of the asked side.
        also: where the same stands besides: what renders it there counts neither for nor against.
    """
    asked, other = sides.asked, sides.other
    rows = _inside(asked, [place])
    if not (rows & ~asked.silent).any():
        return []
    rest = ~rows & ~_inside(asked, also) & ~_again(sides, rows, place)
    inside = sides.to_asked[rows].sum(axis=0)
    touched = (inside > TOUCHED) | (sides.to_other[rows].sum(axis=0) > TOUCHED)
    starts, ends = _stretches(sides.text, other, touched, LONGER * int(rows.sum()) + LONGER)
    if not len(starts):
        return []
    weight = np.where(other.empty, LIGHT, 1.0) * ~other.silent
    tied = _tied(sides, rows, rest)
    score = _over(weight * _gains(sides, rows, rest, tied), starts, ends)
    sums = np.zeros((len(asked), len(other) + 1))
    np.cumsum(sides.to_other, axis=1, out=sums[:, 1:])
    within = sums[:, ends] - sums[:, starts]
    without = np.maximum(sums[:, -1:] - within, 0)
    weight_asked = np.where(asked.empty, LIGHT, 1.0) * ~asked.silent
    own = weight_asked[rows]
    score += own @ (np.log(within[rows] + SMALL) - np.log(SMALL))
    score += weight_asked[rest] @ (np.log(without[rest] + SMALL) - np.log(sums[rest, -1:] + SMALL))
    like = _cosines(asked.vectors[rows & ~asked.silent].sum(axis=0), other, starts, ends)
    score += LIKE * like
    score -= CUT * _cuts(other, tied, starts, ends)
    if is_enclosed(sides.own, place):
        score += ENCLOSED * _enclosed(sides, starts, ends)
    if not asked.breaks[rows].any():
        score -= BROKEN * _over(other.breaks.astype(np.float64), starts, ends)
    joins = other.joins * (not asked.joins[rows].any())
    joined = _over(joins.astype(np.float64), starts, ends)
    score -= JOINED * joined
    rendered = own @ within[rows] / max(float(own.sum()), 1e-6)
    at_home = _over(weight * inside, starts, ends) / np.maximum(_over(weight, starts, ends), 1e-6)
    sure = np.sqrt(rendered * at_home)
    if not any(value for value, row in zip(asked.values, rows, strict=True) if row):
        sure *= np.clip(UNLIKE + UNLIKE_LESS * like, 0, 1)
    sure[(joined > 0) | _is_unlike(sides, rows, within, starts, ends)] *= PART
    best = np.argsort(-score, kind="stable")[:OFFERS]
    fits = _leaves_none_out(sides, rows, starts[best], ends[best])
    fits &= _over(_of_others(sides, rows, rest), starts[best], ends[best]) == 0
    fits &= ~_takes_in(within[:, best], without[:, best], rest & asked.content)
    return [
        Offer(
            (other.places[starts[n]][0], other.places[ends[n] - 1][1]),
            float(score[n]),
            float(sure[n]) * (1.0 if one else PART),
            bool(one),
        )
        for n, one in zip(best, fits, strict=True)
    ]


def _again(sides: Sides, rows: Flags, place: Place) -> Flags:
    """Mark the words that the stretch holds as well: 会议 beside 全体会议, 规划 beside 城市规划.

    Which of them a word renders is not plain.
    """
    stretch, places = sides.own[slice(*place)], sides.asked.places
    out = np.zeros(len(places), dtype=np.bool_)
    if len(stretch) < LONG_STRETCH:
        return out
    held = {*stretch.split()} if is_latin(stretch) else stretch
    for n in np.nonzero(sides.asked.content & ~rows)[0].tolist():
        a, b = places[n]
        out[n] = b - a > 1 and sides.own[a:b] in held
    return out


def _is_unlike(
    sides: Sides, rows: Flags, within: NDArray[np.float64], starts: Numbers, ends: Numbers
) -> Flags:
    """Tell the stretches with a number that is not asked for, or without an asked word.

    第六条 for ``article``, 阶段 for ``closing phase``.
    """
    content = rows & sides.asked.content
    out: Flags = np.zeros(len(starts), dtype=np.bool_)
    if content.sum() > 1:
        out |= within[content].min(axis=0) < UNEXPLAINED
    asked = any(value for value, row in zip(sides.asked.values, rows, strict=True) if row)
    if any(sides.other.values) and not asked:
        values = np.array([bool(value) for value in sides.other.values], dtype=np.float64)
        out |= _over(values, starts, ends) > 0
    return out


def _leaves_none_out(sides: Sides, rows: Flags, starts: Numbers, ends: Numbers) -> Flags:
    """Tell the stretches that leave no word out that plainly renders an asked one and no other.

    城市规划 where ``urban and territorial planning`` stands: ``urban`` is but a part of it.
    """
    content = rows & ~sides.asked.empty
    strength = sides.strength[content]
    if not strength.size:
        return np.ones(len(starts), dtype=np.bool_)
    rest = ~rows & ~sides.asked.empty
    elsewhere = sides.strength[rest].max(axis=0, initial=0)
    strength = np.where(strength >= elsewhere, strength, 0)
    plain = strength.argmax(axis=1)[strength.max(axis=1) > PLAIN]
    numbers = sides.other.numbers.tolist()
    wanted = plain.tolist()
    return np.array(
        [
            all(start <= word < end or numbers[word] in numbers[start:end] for word in wanted)
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
    )


def _takes_in(within: NDArray[np.float64], without: NDArray[np.float64], others: Flags) -> Flags:
    """Tell the stretches in which alone a word that is not asked about is rendered.

    性骚扰 for ``harassment`` of ``sexual harassment``: it renders ``sexual`` as well.
    """
    taken = (within[others] > TAKEN) & (without[others] < LEFT)
    out: Flags = np.logical_or.reduce(taken, axis=0)
    return out


def _of_others(sides: Sides, rows: Flags, rest: Flags) -> NDArray[np.float64]:
    """Mark the words that another word than the asked plainly renders, 1 or 0."""
    others = sides.strength[rest & sides.asked.content].max(axis=0, initial=0)
    own = sides.strength[rows].max(axis=0)
    taken = (others > MOSTLY) & (others > own) & sides.other.content
    out: NDArray[np.float64] = taken.astype(np.float64)
    return out


def _tied(sides: Sides, rows: Flags, rest: Flags) -> Flags:
    """Tell the words opposite that go with the asked ones, if with any: few links are plain.

    ``crossing`` goes with 过境点 and not with what is beside it, ``setting`` not with 虚拟.
    """
    own = sides.strength[rows].max(axis=0)
    others = sides.strength[rest].max(axis=0, initial=0)
    runs_on = sides.other.runs_on
    out: Flags = (own + CHANCE >= TIED * (others + CHANCE)) | runs_on[:-1] | runs_on[1:]
    return out


def _gains(sides: Sides, rows: Flags, rest: Flags, tied: Flags) -> Floats:
    """Give what each word opposite adds to a stretch that holds it."""
    inside, outside = sides.to_asked[rows].sum(axis=0), sides.to_asked[rest].sum(axis=0)
    gain = np.log(inside + SMALL) - np.log(outside + SMALL)
    claims = sides.strength[rest].max(axis=0, initial=0)
    content = sides.other.content
    touched = inside > TOUCHED
    beside = touched.copy()
    beside[1:] |= touched[:-1]
    beside[:-1] |= touched[1:]
    lonely = content & beside & (claims < CLAIMED) & tied
    gain = np.where(lonely, np.maximum(gain, LONELY), gain)
    weak = (inside < GENERAL) | _is_light(sides, rows)
    out: Floats = np.where(~content & weak, np.minimum(gain, 0), gain)
    return out


def _is_light(sides: Sides, rows: Flags) -> Flags:
    """Tell the light verbs opposite whose asked word is rendered by another word.

    取得 of 取得进展, where ``progress`` is asked about and no verb.
    """
    out = np.zeros(len(sides.other), dtype=np.bool_)
    for match in LIGHT_VERBS.finditer(sides.text):
        for n in np.nonzero((sides.other.edges == match.span()).all(axis=1))[0]:
            own = sides.to_asked[:, n] * rows
            out[n] = sides.to_other[own.argmax()].argmax() != n
    return out


def _cosines(phrase: Floats, other: Words, starts: Numbers, ends: Numbers) -> Floats:
    """Compare a phrase's vector with those of stretches."""
    low, high = starts.min(), ends.max()
    sums = np.zeros((high - low + 1, other.vectors.shape[1]), dtype=np.float32)
    np.cumsum(other.vectors[low:high], axis=0, out=sums[1:])
    spans = sums[ends - low] - sums[starts - low]
    lengths = np.sqrt(np.einsum("ij,ij->i", spans, spans) * (phrase @ phrase))
    out: Floats = spans @ phrase / np.maximum(lengths, 1e-6)
    return out


def is_enclosed(text: str, place: Place) -> bool:
    """Whether a stretch is all that brackets or quotation marks hold."""
    start, end = place
    opens, closes = text[max(start - 1, 0) : start], text[end : end + 1]
    return bool(opens) and opens in OPENING and bool(closes) and closes in CLOSING


def _enclosed(sides: Sides, starts: Numbers, ends: Numbers) -> NDArray[np.float64]:
    """Mark the stretches that brackets or quotation marks hold, 1 or 0."""
    places = sides.other.places
    held = [
        is_enclosed(sides.text, (places[start][0], places[end - 1][1]))
        for start, end in zip(starts, ends, strict=True)
    ]
    return np.array(held, dtype=np.float64)


def _inside(words: Words, places: Sequence[Place]) -> Flags:
    """Tell the words most of which lies in one of some stretches."""
    out = np.zeros(len(words), dtype=np.bool_)
    first, last = words.edges[:, 0], words.edges[:, 1]
    for start, end in places:
        out |= 2 * (np.minimum(last, end) - np.maximum(first, start)) > last - first
    return out


def _stretches(text: str, other: Words, touched: Flags, longest: int) -> tuple[Numbers, Numbers]:
    """Give starts and ends of the stretches that may be a rendering.

    Each holds a touched word, and ends `ASIDE` words from one at most.
    """
    near = touched.copy()
    for shift in range(1, ASIDE + 1):
        near[shift:] |= touched[:-shift]
        near[:-shift] |= touched[shift:]
    near &= ~other.joins
    opened = near & (~other.empty | other.runs_on[1:])
    closed = near & (~other.empty | other.runs_on[:-1])
    if "-" in text or "‑" in text:  # ``in-depth`` is one word or nothing
        opened &= [not in_word(text, a) for a, _ in other.places]
        closed &= [not in_word(text, b) for _, b in other.places]
    starts = np.nonzero(opened & ~other.runs_on[:-1])[0]
    ends = np.nonzero(closed & ~other.runs_on[1:])[0] + 1
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


def _cuts(other: Words, tied: Flags, starts: Numbers, ends: Numbers) -> NDArray[np.float64]:
    """Count the ends of stretches that lie within a word.

    Before a suffix, and between two single signs of which the outer one goes with the asked as
    well: 文草案 of 案文草案. The encoder knows no longer word there.
    """
    both = other.single[1:] & other.single[:-1] & (other.edges[1:, 0] == other.edges[:-1, 1])
    opens = np.append(False, both & tied[:-1])[starts] | (
        other.suffix[starts] & (ends > starts + 1)
    )
    closes = np.append(both & tied[1:], False)[ends - 1] | np.append(other.suffix, False)[ends]
    out: NDArray[np.float64] = opens.astype(np.float64) + closes
    return out
