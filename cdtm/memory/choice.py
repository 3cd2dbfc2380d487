"""Which units of a memory are wanted: by tier, date, symbol, speaker and confidence."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Literal

from corpora.facts.names import full_names
from tmx_out.units import OPEN, PASSED

Tier = Literal["accepted", "review"]

PRECISION = 0.99
"""Share of right beads, estimated, among those of the tier ``accepted``."""


@cache
def least_accepted() -> float:
    """Give the confidence from which a bead without a flag is accepted."""
    from align.quality.calibration import stored_thresholds

    return stored_thresholds()[PRECISION]


def tier_of(confidence: float, flags: Sequence[str] | str, status: str | None = None) -> Tier:
    """Tell whether a unit may be used as it is, or should be looked at first.

    Args:
        confidence: 0 to 1.
        flags: reasons for doubt.
        status: what a reviewer decided, which outweighs both unless it is of `OPEN`; empty or None
            if nobody did.
    """
    if status and status not in OPEN:
        return "accepted" if status in PASSED else "review"
    return "review" if flags or confidence < least_accepted() else "accepted"


def body_of(symbol: str) -> str:
    """Give the body that made a document, as its symbol begins with it: ``CD`` of CD/PV.1579."""
    return symbol.split("/")[0].strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of a memory; the defaults ask for everything.

    Attributes:
        tier: ``accepted``, ``review`` or ``all``.
        min_confidence: 0 to 1.
        since: first day; records without a date are then left out.
        until: last day; the same.
        symbols: shell patterns, in any case, of which one must fit the record's symbol or key.
        speaker: a part of the speaker's name or country, in any case, or another name of the
            country, in either language.
        body: what the symbol must begin with, as `body_of` has it; None for any.
    """

    tier: Literal["accepted", "review", "all"] = "all"
    min_confidence: float = 0.0
    since: date | None = None
    until: date | None = None
    symbols: tuple[str, ...] = ()
    speaker: str | None = None
    body: str | None = None

    def takes_record(self, key: str, symbol: str | None, day: date | None) -> bool:
        """Whether units of this record are wanted."""
        if self.since is not None and (day is None or day < self.since):
            return False
        if self.until is not None and (day is None or day > self.until):
            return False
        if self.body is not None and body_of(symbol or "") != self.body:
            return False
        if not self.symbols:
            return True
        names = [key.upper(), (symbol or "").upper()]
        return any(
            fnmatch.fnmatchcase(name, pattern.upper()) for pattern in self.symbols for name in names
        )

    def takes_unit(
        self, confidence: float, flags: str, speaker: str, status: str | None = None
    ) -> bool:
        """Whether this unit of a wanted record is wanted; one that was passed is sure enough."""
        if confidence < self.min_confidence and status not in PASSED:
            return False
        if self.tier != "all" and tier_of(confidence, flags, status) != self.tier:
            return False
        return self.takes_speaker(speaker)

    def takes_speaker(self, speaker: str) -> bool:
        """Whether units of this speaker are wanted; he is empty outside a turn."""
        if self.speaker is None or self.speaker.casefold() in speaker.casefold():
            return True
        return bool(speaker) and any(name.search(speaker) for name in _other_names(self.speaker))


@cache
def _other_names(country: str) -> tuple[re.Pattern[str], ...]:
    """Give what finds a country as speakers have it behind their names, by its other names.

    中国 finds ``Mr. Shen (China)``, and the other way round; 几内亚 finds no Guinea-Bissau.
    """
    names = dict.fromkeys(chain(full_names(country), full_names(country.title())))
    names |= dict.fromkeys(chain.from_iterable(map(full_names, names)))
    return tuple(re.compile(rf"(?:^|[(（]){re.escape(name)}(?![\w-])") for name in names)
