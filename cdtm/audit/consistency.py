"""Where a memory contradicts itself, as the audit page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from align.doubt.consistency import KINDS, anomalies
from align.terms.glossary import read_glossary
from cdtm.memory.rows import NUMBERS
from tmx_out.audit_page import AnomalyKind, AnomalyLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmx_out.audit_page import BeadLine

LISTED: Final = 100
"""Anomalies of one rule that the page lists."""

FALSE_ALARMS: Final = {
    "number-varies": "0 %",
    "zh-varies": "0.10 %",
    "en-varies": "0.10 %",
    "term-varies": "0.15 %",
}
"""Share of units that a rule accuses in 1,962 right pairs (`python -m benchmarks.consistency`)."""


@dataclass(slots=True)
class Texts:
    """The units of a memory as columns, gathered while records go by.

    Attributes:
        ids: place of the record and number of the bead in one number.
        zh, en: the texts.
    """

    ids: list[int] = field(default_factory=list)
    zh: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)

    def add(self, place: int, lines: Sequence[BeadLine]) -> None:
        """Take in a record's units; null links and rejected units contradict nothing."""
        for line in lines:
            if not line.is_null and line.status != "rejected":
                self.ids.append((place << NUMBERS) + line.number)
                self.zh.append(line.zh_text)
                self.en.append(line.en_text)

    def anomalies(self) -> tuple[tuple[AnomalyKind, ...], tuple[AnomalyLine, ...]]:
        """Give every rule with its count, and the first anomalies of each."""
        columns = {"id": self.ids, "zh": self.zh, "en": self.en}
        schema = {"id": pl.Int64, "zh": pl.String, "en": pl.String}
        counts: Counter[str] = Counter()
        lines = []
        for found in anomalies(pl.DataFrame(columns, schema=schema), read_glossary()):
            counts[found.kind] += 1
            if counts[found.kind] <= LISTED:
                ids = map(int, found.ids)
                places = tuple((one >> NUMBERS, one & ((1 << NUMBERS) - 1)) for one in ids)
                lines.append(AnomalyLine(found.kind, found.text, places))
        kinds = tuple(
            AnomalyKind(kind, meaning, counts[kind], FALSE_ALARMS.get(kind, "not measured"))
            for kind, meaning in KINDS.items()
        )
        return kinds, tuple(lines)
