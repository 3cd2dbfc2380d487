"""How a document is translated: closely or freely, at what length. Learnt from a first pass.

Records keep their sentences and lie at one length ratio; novels are cut and joined at will. What a
first pass of the dynamic program finds in a document tells which manner it is in, and a second pass
reckons with it: with its own length ratio, its own share of each bead type, and omissions that cost
more where the translation is free, because there a sentence without a partner has more often been
worked into its neighbours.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.path import Prices
from align.scores import bead_types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.runner_up import Step
    from align.scores import Side
    from align.settings import Settings

_ONE_TO_ONE = (1, 1)

USUAL_RATIO = 1.25
"""Bytes of English for a byte of Chinese: 1.22 to 1.27 in real records, 0.9 to 1.7 in novels."""

USUAL_SHARES: dict[tuple[int, int], float] = {
    (1, 1): 0.86,
    (1, 2): 0.07,
    (2, 1): 0.04,
    (1, 3): 0.01,
    (2, 2): 0.005,
    (3, 1): 0.003,
    (1, 4): 0.003,
    (2, 3): 0.002,
}
"""Share of each bead type, after the gold of CD/PV.1579 part 1 and the three S/PV records."""

_RARE_SHARE = 0.0005
"""Share of any other type."""

RATIO_WEIGHT = 2000.0
"""Bytes of Chinese that `USUAL_RATIO` counts for in a document's own ratio."""

SHARES_WEIGHT = 20.0
"""Beads that the usual shares count for in a document's own. 60 gives the same to .001."""

RATIO_LIKE_ENOUGH = 0.05
"""Difference of the logarithms of two length ratios that is worth no second pass."""

SHARE_LIKE_ENOUGH = 0.08
"""Difference of two shares of 1-1 beads that is worth no second pass."""

CLOSE = 0.8
"""Share of 1-1 beads at which an omission costs what the settings say."""

USUAL_LEVEL = 0.58
"""Median score of the 1-1 beads of a record: .58 to .60 in the gold, .26 to .50 in mac-dev."""

FEWEST_SINGLES = 20
"""1-1 beads from which a document has a level of its own."""

VERY_CLOSE = (0.82, 0.88)
"""Shares of 1-1 beads between which a rare bead grows dearer: novels lie below (0.53 to 0.81 in
mac-dev), records above (0.87 to 0.96)."""

LITERAL, MOSTLY_SINGLE = (0.54, 0.62), (0.80, 0.86)
"""Levels, and shares of 1-1 beads, between which a translation is taken for a literal one. Levels
are .63 to .69 in records and UN text, .53 in Hansard, .32 to .54 in mac-dev."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one document is translated.

    Attributes:
        ratio: bytes of English for a byte of Chinese.
        shares: share of each bead type among the beads that are no omissions, adding up to about 1.
        level: median score of the 1-1 beads.
    """

    ratio: float
    shares: Mapping[tuple[int, int], float]
    level: float

    @property
    def closeness(self) -> float:
        """How far the translation is like a record's: 0 for a novel, 1 for most records."""
        return _between(self.shares[_ONE_TO_ONE], VERY_CLOSE)

    @property
    def literalness(self) -> float:
        """How far what is left out shows in the vectors: 0 for a novel, 1 for a record.

        The level of a document is the encoder's as well, so that most beads must be 1-1 besides.
        """
        single = _between(self.shares[_ONE_TO_ONE], MOSTLY_SINGLE)
        return min(single, _between(self.level, LITERAL))


def _between(value: float, edges: tuple[float, float]) -> float:
    """Say where a value lies: 0 at the first edge or below, 1 at the second or above."""
    least, most = edges
    return min(1.0, max(0.0, (value - least) / (most - least)))


def usual_manner(settings: Settings) -> Manner:
    """What is expected of a document before anything is known of it: a record."""
    types = bead_types(settings.max_bead)
    shares = {t: USUAL_SHARES.get(t, _RARE_SHARE) for t in types}
    return Manner(USUAL_RATIO, shares, USUAL_LEVEL)


def learn_manner(steps: Sequence[Step], zh: Side, en: Side, usual: Manner) -> Manner:
    """Say how a document is translated, from the path of a first pass and what is usual."""
    pairs = [s for s in steps if s.zh[0] < s.zh[1] and s.en[0] < s.en[1]]
    zh_bytes = sum(float(zh.bytes[s.zh[1]] - zh.bytes[s.zh[0]]) for s in pairs)
    en_bytes = sum(float(en.bytes[s.en[1]] - en.bytes[s.en[0]]) for s in pairs)
    ratio = (en_bytes + usual.ratio * RATIO_WEIGHT) / (zh_bytes + RATIO_WEIGHT)
    seen = Counter((s.zh[1] - s.zh[0], s.en[1] - s.en[0]) for s in pairs)
    total = len(pairs) + SHARES_WEIGHT
    shares = {t: (seen[t] + SHARES_WEIGHT * share) / total for t, share in usual.shares.items()}
    return Manner(ratio, shares, level_of(steps))


def level_of(steps: Sequence[Step]) -> float:
    """Median score of the 1-1 beads; what is usual where they are few."""
    singles = [s.score for s in steps if s.zh[1] - s.zh[0] == s.en[1] - s.en[0] == 1]
    return float(np.median(singles)) if len(singles) >= FEWEST_SINGLES else USUAL_LEVEL


def are_alike(one: Manner, other: Manner) -> bool:
    """Whether two manners are so alike that a second pass would change nothing."""
    ratio = abs(math.log(one.ratio / other.ratio))
    share = abs(one.shares[_ONE_TO_ONE] - other.shares[_ONE_TO_ONE])
    return ratio < RATIO_LIKE_ENOUGH and share < SHARE_LIKE_ENOUGH


def prices_of(manner: Manner, zh: Side, en: Side, settings: Settings) -> Prices:
    """What beads and omissions cost in a document of this manner."""
    one = manner.shares[_ONE_TO_ONE]
    alone = settings.null_alone * max(0.0, 1 + settings.null_freedom * (CLOSE - one))
    weight = settings.type_weight * (1 + settings.type_closeness * manner.closeness)
    return Prices(
        zh_alone=np.full(len(zh), alone),
        en_alone=np.full(len(en), alone),
        long_open=settings.long_open,
        long_extend=settings.long_extend,
        taken_in=settings.taken_in,
        literalness=manner.literalness,
        weak=settings.weak_share * manner.level,
        weak_cost=settings.weak_cost * manner.closeness,
        beads={t: weight * (math.log(one) - math.log(share)) for t, share in manner.shares.items()},
    )
