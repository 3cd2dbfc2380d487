"""Every number that steers an alignment, with its unit and the measurement that set it.

"mac-dev" is the strict F1 on six literary chapters, "CD" that on the first third of CD/PV.1579;
`docs/ALIGNMENT.md` has the tables.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What `align_pair` may be told; the defaults serve records.

    Attributes:
        max_bead: most sentences of both sides together in one bead (at least 2). Beyond 8 mac-dev
            gains nothing.
        neighbour_weight: share of the mean cosine to the four sentences just outside a bead that
            is taken off the bead's own cosine (0 to 1). This is what finds the right merge; the
            idea is bertalign's "modified cosine" (Liu and Zhu 2023, doi 10.1093/llc/fqac089).
        length_spread: standard deviation of the logarithm of a bead's length ratio, once both
            documents are brought to one length. On mac-dev .4 to .8 lie within .02 of each other.
        type_weight: score taken off a bead for each natural-log unit by which its type is rarer in
            the document than 1-1.
        type_closeness: how much more that weighs in a close translation (see `align.manner`): by
            this much of itself. In records a merge is rare, and often an omission swallowed.
        weak_share: share of the document's median score below which a bead is weak. In records one
            right bead in a hundred lies below 0.6 of it, in novels one in ten.
        weak_cost: how much worse it is for each unit below, in a translation as close as a
            record. Without it what is left out on both sides near each other is paired.
        turn_cost: score taken off a bead inside which a speaker's turn begins; half of it if a turn
            begins at the bead's start on one side only.
        quote_cost: score taken off a bead for each opening and each closing quotation mark that
            one side has more than the other.
        number_cost: score taken off for each number of two digits or more on one side only.
        clause_cost: score taken off a bead, at either of its ends, for each unit of cosine by which
            the clauses beside the cut are drawn across it (see `align.evidence`).
        token_cost: the same for their tokens, one by one, in a translation as free as a novel.
        label_cost: score taken off a bead, at either of its ends, if a label ("He said:") is a
            sentence of its own before it on one side, and inside the sentence behind it on the
            other.
        null_alone: score of an omitted sentence where one or two are left out, in a document of
            which four beads in five are 1-1.
        null_freedom: how much dearer that is where the translation is free: by this much of itself
            for each unit by which the share of 1-1 beads lies below 0.8, and cheaper above.
        taken_in: how much dearer the omission of one or two sentences is for each unit of cosine
            that a bead beside it would gain by taking it in (see `align.runner_up`).
        long_open: score of the first sentence of a long omission.
        long_extend: score of each further one.
        band: how many sentences round the chain of anchors are searched, each way.
    """

    max_bead: int = 8
    neighbour_weight: float = 0.25
    length_spread: float = 0.6
    type_weight: float = 0.008
    type_closeness: float = 1.5
    weak_share: float = 0.45
    weak_cost: float = 1.0
    turn_cost: float = 0.2
    quote_cost: float = 0.05
    number_cost: float = 0.05
    clause_cost: float = 0.4
    token_cost: float = 0.25
    label_cost: float = 0.2
    null_alone: float = -0.08
    null_freedom: float = 4.5
    taken_in: float = 0.8
    long_open: float = -0.4
    long_extend: float = 0.0
    band: int = 6

    def __post_init__(self) -> None:
        """Refuse settings under which no path could be found.

        Raises:
            ValueError: `max_bead` below 2, `band` below 1, or `length_spread` not above 0.
        """
        if self.max_bead < 2 or self.band < 1 or not self.length_spread > 0:
            raise ValueError(
                "max_bead must be at least 2, band at least 1 and length_spread above 0, "
                f"not {self.max_bead}, {self.band} and {self.length_spread}"
            )

    @property
    def signature(self) -> str:
        """Eight hexadecimal digits that change whenever a setting does."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()[:8]
