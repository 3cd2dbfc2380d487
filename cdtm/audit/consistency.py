"""Where a memory contradicts itself, as the audit page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from align.doubt.consistency import KINDS, Anomaly, anomalies
from align.terms.glossary import Term, read_glossary
from align.terms.known import verify
from cdtm.memory.rows import NUMBERS
from tmx_out.audit_page.figures import AnomalyKind, AnomalyLine
from tmx_out.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.terms.types import TermPair
    from tmx_out.audit_page.figures import BeadLine

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

    def anomalies(
        self, imported: Sequence[TermPair] = ()
    ) -> tuple[tuple[AnomalyKind, ...], tuple[AnomalyLine, ...]]:
        """Give every rule with its count, and the first anomalies of each.

        Args:
            imported: the user's terms, which are looked at beside the built-in ones.
        """
        columns = {"id": self.ids, "zh": self.zh, "en": self.en}
        schema = {"id": pl.Int64, "zh": pl.String, "en": pl.String}
        counts: Counter[str] = Counter()
        lines = []
        frame = pl.DataFrame(columns, schema=schema)
        # Where both have a Chinese form the built-in one is asked what is custom.
        own = (Term(one.domain, one.zh, one.en, one.note) for one in imported)
        found_all = [
            *anomalies(frame, (*own, *read_glossary())),
            *(_disagreements(frame, imported) if imported else ()),
        ]
        for found in found_all:
            counts[found.kind] += 1
            if counts[found.kind] <= LISTED:
                ids = map(int, found.ids)
                places = tuple((one >> NUMBERS, one & ((1 << NUMBERS) - 1)) for one in ids)
                lines.append(AnomalyLine(found.kind, found.text, places))
        rules = KINDS | ({IMPORT_VARIES: IMPORT_MEANING} if imported else {})
        kinds = tuple(
            AnomalyKind(kind, meaning, counts[kind], FALSE_ALARMS.get(kind, "not measured"))
            for kind, meaning in rules.items()
        )
        return kinds, tuple(lines)


IMPORT_VARIES: Final = "import-varies"
IMPORT_MEANING: Final = "An imported glossary has a term that the memory never renders so."
PLACES: Final = 3
"""Units that are shown for a term."""


def _disagreements(frame: pl.DataFrame, imported: Sequence[TermPair]) -> Iterator[Anomaly]:
    """Give the user's terms whose Chinese stands in units, but never with their English."""
    units = (Unit("", zh, en) for zh, en in frame.select("zh", "en").iter_rows())
    against = [term for term in verify(imported, units) if term.zh_count and not term.count]
    for term in sorted(against, key=lambda term: -term.zh_count)[:LISTED]:
        holds = pl.any_horizontal(pl.col("zh").str.contains(form, literal=True) for form in term.zh)
        ids = frame.filter(holds)["id"].head(PLACES).to_list()
        yield Anomaly(
            IMPORT_VARIES,
            tuple(ids),
            f"{term.zh[0]} is {term.en[0]} by the imported glossary, and in none of the "
            f"{term.zh_count:,} units that have it.",
        )
