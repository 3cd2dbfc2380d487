"""A record as the desk shows it: its rows by the speakers' turns, null links in their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from cdtm.memory.choice import tier_of
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cdtm.memory.memory import Memory
    from cdtm.memory.rows import UnitRow
    from cdtm.memory.units import Record


@dataclass(frozen=True, slots=True)
class Turn:
    """Rows that one speaker says one after another.

    Attributes:
        speaker: empty outside every turn.
        rows: in their order.
    """

    speaker: str
    rows: tuple[UnitRow, ...]


def list_records(memory: Memory) -> list[tuple[Record, int]]:
    """Give every record of a memory with the number of its rows."""
    return [(record, len(memory.rows_of(record))) for record in memory.records()]


def find_record(memory: Memory, name: str, unit: str = "") -> Record:
    """Find a record by its symbol or the name of its Chinese file.

    Args:
        memory: where.
        name: see `cdtm.memory.units.Record.name`.
        unit: name of a unit, which tells records of one name apart; empty for none.

    Raises:
        UserError: there is none.
    """
    found = [record for record in memory.records() if record.name == name]
    if not found:
        raise UserError(f"There is no record {name} in this memory.")
    for record in found if len(found) > 1 and unit else ():
        if any(row.tuid == unit for row in memory.rows_of(record)):
            return record
    return found[0]


def turns_of(rows: Sequence[UnitRow]) -> list[Turn]:
    """Part rows into turns; a null link, which has no speaker, belongs to the turn around it."""
    return [
        Turn(speaker, tuple(row for row, _ in group))
        for speaker, group in groupby(zip(rows, _speakers(rows), strict=True), key=lambda r: r[1])
    ]


def _speakers(rows: Iterable[UnitRow]) -> list[str]:
    speakers, last = [], ""
    for row in rows:
        if row.zh and row.en:
            last = row.speaker
        speakers.append(last)
    return speakers


def look_of(row: UnitRow) -> str:
    """Name how a row looks: ``gap``, ``rejected``, ``accepted`` or ``review``."""
    if row.status == "rejected":
        return "rejected"
    if not (row.zh and row.en):
        return "gap"
    return tier_of(row.confidence, row.flags, row.status)
