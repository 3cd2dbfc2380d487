"""How often a text stands in the records by year, body and speaker, as a small chart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from cdtm.memory.choice import body_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tmx_out.units import Unit

UNKNOWN: Final = "unknown"

BAR: Final = 24
"""Signs of the longest bar."""

ROWS: Final = 12
"""Rows of a group; years stand in their order, others by frequency."""


def count_units(units: Iterable[Unit]) -> dict[str, Counter[str]]:
    """Count units by ``year``, ``body`` and ``speaker``."""
    out: dict[str, Counter[str]] = {"year": Counter(), "body": Counter(), "speaker": Counter()}
    for unit in units:
        out["year"][str(unit.date.year) if unit.date else UNKNOWN] += 1
        out["body"][body_of(unit.document) or UNKNOWN] += 1
        out["speaker"][unit.speaker or UNKNOWN] += 1
    return out


def chart(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """Draw the counts as lines; what is left out is told."""
    for group, found in counts.items():
        rows = found.most_common(ROWS)
        most = max((count for _, count in rows), default=0)
        width = max((len(name) for name, _ in rows), default=0)
        yield f"by {group}"
        for name, count in sorted(rows) if group == "year" else rows:
            bar = "█" * max(round(BAR * count / most), 1)
            yield f"  {name:<{width}}  {bar} {count:,}"
        if len(found) > ROWS:
            rest = sum(found.values()) - sum(count for _, count in rows)
            yield f"  and {len(found) - ROWS:,} more with {rest:,} units"
