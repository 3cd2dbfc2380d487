"""A record as the desk shows it: its rows by the speakers' turns, null links in their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from align.doubt.rules import REASONS
from cdtm.memory.choice import tier_of
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.encoder.load import Encoder
    from cdtm.build.place import Place
    from cdtm.lookup.looker import Looker
    from cdtm.memory.memory import Memory
    from cdtm.memory.rows import UnitRow
    from cdtm.memory.units import Record


LOW: Final = "Its confidence is too low for the tier accepted."
"""What is said of a unit of the tier review that nothing else speaks against; it is no doubt."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown.

    Attributes:
        row: of the memory.
        look: ``gap``, ``rejected``, ``accepted`` or ``review``.
        reasons: against it, sentences, the weightiest first; none once somebody has decided.
        stops: whether one who goes from doubt to doubt comes to it.
    """

    row: UnitRow
    look: str
    reasons: tuple[str, ...] = ()
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Rows that one speaker says one after another.

    Attributes:
        speaker: empty outside every turn.
        lines: in their order.
    """

    speaker: str
    lines: tuple[Line, ...]


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


def record_of_key(memory: Memory, key: str) -> Record:
    """Find a record by its key.

    Raises:
        UserError: there is none.
    """
    for record in memory.records():
        if record.key == key:
            return record
    raise UserError("The record is no longer in the memory.")


def turns_of(rows: Sequence[UnitRow], doubts: Mapping[int, Sequence[str]]) -> list[Turn]:
    """Part rows into turns; a null link, which has no speaker, belongs to the turn around it.

    Args:
        rows: of a record, in order.
        doubts: see `doubts_about`.
    """
    lines = [_line(row, tuple(doubts.get(row.number, ()))) for row in rows]
    pairs = zip(lines, _speakers(rows), strict=True)
    return [
        Turn(speaker, tuple(line for line, _ in group))
        for speaker, group in groupby(pairs, key=lambda pair: pair[1])
    ]


def doubts_about(looker: Looker, record: Record) -> dict[int, tuple[str, ...]]:
    """Give the reasons to doubt a record's beads as the audit does, by the number of the bead.

    They are reckoned once for a record as it was built; a stretch is told at its first bead.
    """
    signature = looker.memory.signatures().get(record.key, "")
    return _doubts(looker.workspace.store, record.key, signature, looker.words)


@lru_cache(maxsize=64)
def _doubts(
    store: Place, key: str, _signature: str, encoder: Encoder
) -> dict[int, tuple[str, ...]]:
    # Tables and what judges them are loaded with the first record, not with the server.
    from align.doubt.rank import RecordBeads, doubts_of
    from cdtm.build.tables import read_beads, read_sentences

    beads, sentences = read_beads(store, key), read_sentences(store, key)
    if beads is None or sentences is None:
        return {}
    found = doubts_of(RecordBeads(key, sentences, beads), encoder)
    return {doubt.number: doubt.reasons for doubt in found}


def _line(row: UnitRow, doubts: tuple[str, ...]) -> Line:
    if row.status:
        return Line(row, "rejected" if row.status == "rejected" else tier_of(0, "", row.status))
    reasons = doubts or tuple(REASONS.get(flag, flag) for flag in row.flags.split(",") if flag)
    if not (row.zh and row.en):
        return Line(row, "gap", doubts, bool(doubts))
    look = tier_of(row.confidence, row.flags)
    if look == "review" and not reasons:
        return Line(row, look, (LOW,))
    return Line(row, look, reasons, bool(reasons))


def _speakers(rows: Iterable[UnitRow]) -> list[str]:
    speakers, last = [], ""
    for row in rows:
        if row.zh and row.en:
            last = row.speaker
        speakers.append(last)
    return speakers


def name_of(row: UnitRow) -> str:
    """Name a row with its texts as they stand, so that a page can say which it has seen."""
    return "|".join((row.tuid, *(f"{one & (1 << 64) - 1:016x}" for one in row.hashes)))
