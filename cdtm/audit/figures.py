"""The figures of an audit, gathered from the rows of a memory record by record."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cdtm.memory.choice import tier_of
from cdtm.memory.rows import SECOND
from tmx_out.audit_page.figures import (
    BeadLine,
    FlagFigures,
    RecordFigures,
    ThresholdLine,
    TierFigures,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from cdtm.memory.rows import UnitRow
    from cdtm.memory.units import Record

STEPS: Final = (0.95, 0.9, 0.8, 0.5)
"""Confidences (0 to 1) below which a bead is shaded a step darker: those of the doubts."""

PARTS: Final = 60
"""Of the line that draws a record: each is two pixels wide or more."""

BARS: Final = 20
"""Of the histogram: five per cent of confidence each."""

ROUND: Final = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Thresholds that the table shows besides those that ship."""

EXAMPLE: Final = (12, 90)
"""Chinese characters of a good example: enough to understand, short enough to read."""

MEANINGS: Final = {
    "accepted": "no reason for doubt, or passed by a reviewer",
    "review": "with a flag, a low confidence or a reviewer's complaint",
    "all": "every unit that is not rejected",
}


ENDS: Final = ("zh_start", "zh_end", "en_start", "en_end")
"""Columns of the beads: the sentences that each is made of."""


def bead_lines(rows: Sequence[UnitRow], beads: pl.DataFrame) -> list[BeadLine]:
    """Give a record's rows as they stand, each with the sentences that it is made of.

    Args:
        rows: of the memory, in order; a reviewer may have merged, split or rejected some.
        beads: of the record, as the alignment made them.
    """
    spans = {number: span for number, *span in beads.select("number", *ENDS).iter_rows()}
    ends = [max(beads["zh_end"].to_list(), default=0), max(beads["en_end"].to_list(), default=0)]
    found = []
    following = ends
    for row in reversed(rows):
        zh_start, zh_end, en_start, en_end = spans[row.number & ~SECOND]
        if row.kind:  # else a half of a split, of which nobody knows where it ends
            zh_end, en_end = following
        following = [zh_start, en_start]
        line = BeadLine(
            row.number,
            (zh_start, zh_end),
            (en_start, en_end),
            row.zh,
            row.en,
            row.confidence,
            tuple(flag for flag in row.flags.split(",") if flag),
            row.speaker or "",
            row.page or 0,
            row.status or "",
        )
        found.append(line)
    return found[::-1]


def shade(confidence: float) -> int:
    """Give the step that a confidence is shaded by: 0, sure, to 4, least sure."""
    return sum(confidence < step for step in STEPS)


def strip_of(lines: Sequence[BeadLine]) -> str:
    """Draw a record as a line of at most `PARTS` signs, each the weakest bead of its part."""
    parts = min(PARTS, len(lines))
    signs = ["x" if line.is_null else str(shade(line.confidence)) for line in lines]
    return "".join(
        max(signs[part * len(lines) // parts : (part + 1) * len(lines) // parts])
        for part in range(parts)
    )


@dataclass(slots=True)
class Gathering:
    """What is counted while records go by.

    Attributes:
        reasons: the sentence of each flag.
        records: done so far.
        confidences: of the units, by tier.
        flags: how often each occurs.
        examples: place of the record and bead of each flag.
    """

    reasons: Mapping[str, str]
    records: list[RecordFigures] = field(default_factory=list)
    confidences: dict[str, list[float]] = field(
        default_factory=lambda: {"accepted": [], "review": []}
    )
    flags: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[int, BeadLine]] = field(default_factory=dict)

    def add(self, record: Record, lines: Sequence[BeadLine], doubts: int) -> None:
        """Count one record."""
        units = [line for line in lines if not line.is_null and line.status != "rejected"]
        nulls = [line for line in lines if line.is_null]
        for line in units:
            self.confidences[tier_of(line.confidence, line.flags, line.status)].append(
                line.confidence
            )
        for line in lines:
            if line.status != "rejected":
                for flag in line.flags:
                    self._flag(flag, line)
        self.records.append(
            RecordFigures(
                key=record.key,
                name=record.name,
                date=record.date,
                zh_file=record.zh_file,
                en_file=record.en_file,
                zh_sentences=max((line.zh[1] for line in lines), default=0),
                en_sentences=max((line.en[1] for line in lines), default=0),
                units=len(units),
                nulls=len(nulls),
                null_sentences=sum(
                    line.zh[1] - line.zh[0] + line.en[1] - line.en[0] for line in nulls
                ),
                confidence=sum(line.confidence for line in units) / max(1, len(units)),
                flagged=sum(bool(line.flags) for line in units),
                doubts=doubts,
                strip=strip_of(lines),
            )
        )

    def _flag(self, flag: str, line: BeadLine) -> None:
        self.flags[flag] += 1
        least, most = EXAMPLE
        former = self.examples.get(flag)
        good = least <= len(line.zh_text) <= most
        if former is None or (good and not least <= len(former[1].zh_text) <= most):
            self.examples[flag] = len(self.records), line

    def flag_figures(self) -> tuple[FlagFigures, ...]:
        """Give the flags, the commonest first."""
        return tuple(
            FlagFigures(flag, self.reasons.get(flag, flag), count, *self.examples[flag])
            for flag, count in self.flags.most_common()
        )

    def tiers(self, measured: Mapping[str, str]) -> tuple[TierFigures, ...]:
        """Give both tiers and all; `measured` says what reviewers found, by tier."""
        of_tier = {**self.confidences, "all": self.all_confidences()}
        return tuple(
            TierFigures(
                name,
                MEANINGS[name],
                len(values),
                sum(values) / max(1, len(values)),
                measured.get(name, ""),
            )
            for name, values in of_tier.items()
        )

    def all_confidences(self) -> list[float]:
        """Give the confidences of all units, the lowest first."""
        return sorted(value for values in self.confidences.values() for value in values)

    def histogram(self) -> list[int]:
        """Count units in `BARS` equal parts of 0 to 1."""
        # The small term undoes binary fractions, as where confidences are shown.
        places = Counter(
            min(BARS - 1, int(value * BARS + 1e-9)) for value in self.all_confidences()
        )
        return [places[bar] for bar in range(BARS)]

    def thresholds(
        self, shipped: Mapping[float, float], held_out: Mapping[float, float]
    ) -> tuple[ThresholdLine, ...]:
        """Say what thresholds keep.

        Args:
            shipped: the wanted precision, and the threshold that keeps it.
            held_out: the wanted precision, and the one on gold that did not set it.
        """
        values = self.all_confidences()
        wanted: Iterable[tuple[float, float | None]] = sorted(
            [(value, None) for value in ROUND]
            + [(value, precision) for precision, value in shipped.items()],
            key=lambda pair: pair[0],
        )
        lines = []
        for threshold, precision in wanted:
            kept = values[bisect_left(values, threshold) :]
            expected = sum(kept) / max(1, len(kept))
            told = None if precision is None else held_out.get(precision)
            lines.append(ThresholdLine(threshold, len(kept), expected, precision, told))
        return tuple(lines)
