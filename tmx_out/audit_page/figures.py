"""What the audit page shows: figures of a memory, and the beads of each record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class BeadLine(NamedTuple):
    """A bead as it stands after the reviewers' decisions.

    Attributes:
        number: names it on the page: its place in the record.
        zh, en: half-open ranges of sentences, 0-based; one is empty for a null link.
        zh_text, en_text: empty for the missing side of a null link.
        confidence: 0 to 1.
        flags: codes of reasons for doubt.
        speaker: empty outside a turn.
        page: 1-based; 0 if unknown.
        status: what a reviewer decided; empty if nobody did.
    """

    number: int
    zh: tuple[int, int]
    en: tuple[int, int]
    zh_text: str
    en_text: str
    confidence: float
    flags: tuple[str, ...] = ()
    speaker: str = ""
    page: int = 0
    status: str = ""

    @property
    def is_null(self) -> bool:
        """Whether one side has no text."""
        return not (self.zh_text and self.en_text)


class DoubtLine(NamedTuple):
    """A bead, or a stretch of them, that somebody should look at.

    Attributes:
        record: place of its record in the page's list, from 0.
        number: of its first bead.
        last: of its last bead.
        reasons: sentences, the weightiest first.
        zh_text, en_text: of its first bead.
    """

    record: int
    number: int
    last: int
    reasons: tuple[str, ...]
    zh_text: str
    en_text: str


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """One line of the table of records.

    Attributes:
        key: names the record in the workspace.
        name: its symbol, else its file's name.
        date: of the meeting; None if unknown.
        zh_file, en_file: names of its files.
        zh_sentences, en_sentences: how many there are.
        units: beads with both sides, rejected ones left out.
        nulls: beads without a partner.
        null_sentences: sentences in those.
        confidence: mean of the units, 0 to 1.
        flagged: units with a flag.
        doubts: places to look at.
        strip: the weakest of each part of the record, in its order: a digit 0 (sure) to 4 (least
            sure), or ``x`` where sentences have no partner.
    """

    key: str
    name: str
    date: date | None
    zh_file: str
    en_file: str
    zh_sentences: int
    en_sentences: int
    units: int
    nulls: int
    null_sentences: int
    confidence: float
    flagged: int
    doubts: int
    strip: str


class TierFigures(NamedTuple):
    """One tier of the memory.

    Attributes:
        name: accepted or review.
        meaning: which units these are, in words.
        units: how many.
        expected: share of right units that the confidences promise, 0 to 1.
        measured: what reviewers found, as ``98.2 % (96.0 to 99.1)``; empty if nobody looked.
    """

    name: str
    meaning: str
    units: int
    expected: float
    measured: str = ""


class ThresholdLine(NamedTuple):
    """What a threshold of confidence keeps.

    Attributes:
        threshold: 0 to 1.
        units: that are not below it.
        expected: share of right ones among them that the confidences promise, 0 to 1.
        wanted: the precision that the threshold was set for, 0 to 1; None for a round number.
        held_out: the precision it gave on gold that had no part in setting it; None if unknown.
    """

    threshold: float
    units: int
    expected: float
    wanted: float | None = None
    held_out: float | None = None


class FlagFigures(NamedTuple):
    """One rule, and what it found.

    Attributes:
        code: of the flag.
        reason: in a sentence.
        units: with the flag; for ``reordered`` also null links.
        record: place of the example's record in the page's list, from 0.
        example: a bead with it.
    """

    code: str
    reason: str
    units: int
    record: int
    example: BeadLine


class AnomalyLine(NamedTuple):
    """Units that do not fit together, which is no verdict on any.

    Attributes:
        kind: of the rule that told it.
        text: what is odd, a sentence.
        places: of the units: place of the record in the page's list, from 0, and bead's number.
    """

    kind: str
    text: str
    places: tuple[tuple[int, int], ...]


class AnomalyKind(NamedTuple):
    """A rule that compares units: its code, what it says, how often, how often in right pairs."""

    code: str
    meaning: str
    found: int
    false_alarms: str


class ReliabilityBin(NamedTuple):
    """Beads of about the same confidence: their mean, the share that is right, how many."""

    confidence: float
    right: float
    beads: int


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """All that the page shows but the records' texts.

    Attributes:
        title: what was audited.
        made: when, in words.
        version: of the program.
        notes: sentences on how it was made.
        records: in the order of the page.
        tiers: both tiers, then all.
        measured: heading and sentence of each thing that reviewers' decisions say.
        histogram: how many units lie in each of equal parts of 0 to 1, the lowest first.
        thresholds: the lowest first.
        reliability: bins; empty if there is nothing to draw.
        reliability_source: where the bins come from, a sentence.
        flags: the commonest first.
        doubts: what to look at first, the weightiest first.
        doubts_total: how many there are in all.
        reasons: the sentence of each flag.
        anomaly_kinds: every rule that compares units.
        anomalies: what they told, the first ones of each rule.
    """

    title: str
    made: str
    version: str
    notes: tuple[str, ...]
    records: tuple[RecordFigures, ...]
    tiers: tuple[TierFigures, ...]
    measured: tuple[tuple[str, str], ...]
    histogram: Sequence[int]
    thresholds: tuple[ThresholdLine, ...]
    reliability: tuple[ReliabilityBin, ...]
    reliability_source: str
    flags: tuple[FlagFigures, ...]
    doubts: tuple[DoubtLine, ...]
    doubts_total: int
    reasons: dict[str, str]
    anomaly_kinds: tuple[AnomalyKind, ...] = ()
    anomalies: tuple[AnomalyLine, ...] = ()
