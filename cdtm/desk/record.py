"""A record as the desk shows it: its rows by the speakers' turns, null links in their places."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from align.doubt.rules import REASONS
from cdtm.desk.bitext.bands import bands_of, kinds_of
from cdtm.memory.choice import tier_of
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.doubt.rank import Doubt
    from align.encoder.load import Encoder
    from align.encoder.static import StaticEncoder
    from cdtm.build.place import Place
    from cdtm.desk.bitext.placed import Begin
    from cdtm.lookup.looker import Looker
    from cdtm.memory.memory import Memory
    from cdtm.memory.rows import UnitRow
    from cdtm.memory.units import Record


LOW: Final = "Its confidence is too low for the tier accepted."
"""What is said of a unit of the tier review that nothing else speaks against; it is no doubt."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is read of a record's rows as they stand.

    Attributes:
        doubts: the audit's, by the place of the row, of a stretch of its first row.
        begins: of each row, see `Line`; empty where the tables of the record are gone.
    """

    doubts: Mapping[int, Doubt]
    begins: Sequence[tuple[Begin, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown.

    Attributes:
        row: of the memory.
        look: ``gap``, ``rejected``, ``accepted`` or ``review``.
        begins: where each side that is not empty begins in its own file.
        reasons: against it, sentences, the weightiest first; none once somebody has decided.
        stops: whether one who goes from doubt to doubt comes to it.
        weight: of the doubt, see `align.doubt.rank`; 0 where only a flag tells.
        size: how many rows the doubt is about.
    """

    row: UnitRow
    look: str
    begins: tuple[Begin, ...] = ()
    reasons: tuple[str, ...] = ()
    stops: bool = False
    weight: float = 0.0
    size: int = 1

    @property
    def gain(self) -> float:
        """What its mending gains: the weight of the doubt for each row that it is about."""
        return self.weight * self.size

    @property
    def flags(self) -> tuple[str, ...]:
        """What a reader may jump by: the flags of a row on which nobody decided."""
        return tuple(self.row.flags.split(",")) if self.row.flags and self.look == "review" else ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Rows that one speaker says one after another.

    Attributes:
        speaker: empty outside every turn.
        lines: in their order.
    """

    speaker: str
    lines: tuple[Line, ...]


def find_record(memory: Memory, name: str, unit: str = "", key: str = "") -> Record:
    """Find a record by its symbol or the name of its Chinese file.

    Args:
        memory: where.
        name: see `cdtm.memory.units.Record.name`.
        unit: name of a unit, which tells records of one name apart; empty for none.
        key: of the record, which tells them apart, too; empty for none.

    Raises:
        UserError: there is none.
    """
    found = [record for record in memory.records() if record.name == name]
    if not found:
        raise UserError(f"There is no record {name} in this memory.")
    if len(found) == 1:
        return found[0]
    named = next((record for record in found if record.key == key), None)
    if named is None and unit:
        having = (r for r in found if any(row.tuid == unit for row in memory.rows_of(r)))
        named = next(having, None)
    return named or found[0]


def record_of_key(memory: Memory, key: str) -> Record:
    """Find a record by its key.

    Raises:
        UserError: there is none.
    """
    for record in memory.records():
        if record.key == key:
            return record
    raise UserError("The record is no longer in the memory.")


def turns_of(rows: Sequence[UnitRow], examined: Examined) -> list[Turn]:
    """Part rows into turns; a null link, which has no speaker, belongs to the turn around it.

    Args:
        rows: of a record, in order.
        examined: the same rows.
    """
    begins = examined.begins or [()] * len(rows)
    doubts = {}
    for doubt in examined.doubts.values():  # a stretch is told where nobody has decided yet
        stretch = range(doubt.number, doubt.last + 1)
        doubts[next((n for n in stretch if not _is_decided(rows[n])), doubt.number)] = doubt
    lines = [_line(row, begins[place], doubts.get(place)) for place, row in enumerate(rows)]
    pairs = zip(lines, _speakers(rows), strict=True)
    return [
        Turn(speaker, tuple(line for line, _ in group))
        for speaker, group in groupby(pairs, key=lambda pair: pair[1])
    ]


def examine(looker: Looker, record: Record, rows: Sequence[UnitRow]) -> Examined:
    """Read a record's rows as they stand; what was read once is kept in mind."""
    signature = looker.memory.signatures().get(record.key, "")
    kept = _KEPT.setdefault(looker.words, {})
    asked = (looker.workspace.store, record.key, signature, _told(rows))
    found = kept.get(asked)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[asked] = examined(looker.workspace.store, record.key, rows, looker.words)
    return found


MOST_KEPT: Final = 64
"""Records that are kept in mind."""

_KEPT: WeakKeyDictionary[StaticEncoder, dict[tuple[Any, ...], Examined]] = WeakKeyDictionary()
"""By the encoder that judged: it goes with its looker when a build has made another."""


def examined(store: Place, key: str, rows: Sequence[UnitRow], encoder: Encoder) -> Examined:
    """Read the rows of a record as they stand.

    Args:
        store: of the tables.
        key: of the record.
        rows: in order.
        encoder: tells how alike two sentences are.

    Raises:
        DamagedError: a table is.
    """
    # Tables and what judges them are loaded with the first record, not with the server.
    from align.doubt.rank import RecordBeads, doubts_of
    from cdtm.build.tables import read_sentences
    from cdtm.desk.bitext.placed import placed, tables_of

    sentences = read_sentences(store, key)
    if sentences is None:
        return Examined({}, ())
    now = placed([(row.zh, row.en) for row in rows], sentences)
    beads = RecordBeads(key, *tables_of(now, _told(rows)))
    doubts = {doubt.number: doubt for doubt in doubts_of(beads, encoder)}
    return Examined(doubts, [now.begins(row) for row in range(len(rows))])


def _told(rows: Sequence[UnitRow]) -> tuple[tuple[str, str, float, str], ...]:
    return tuple((row.zh, row.en, row.confidence, row.flags) for row in rows)


def _line(row: UnitRow, begins: tuple[Begin, ...], doubt: Doubt | None) -> Line:
    if _is_decided(row):
        look = tier_of(row.confidence, row.flags, row.status) if row.zh and row.en else "gap"
        return Line(row, "rejected" if row.status == "rejected" else look, begins)
    told = doubt.reasons if doubt else ()
    weighed = (doubt.weight, doubt.last - doubt.number + 1) if doubt else (0.0, 1)
    reasons = told or tuple(REASONS.get(flag, flag) for flag in row.flags.split(",") if flag)
    if not (row.zh and row.en):
        return Line(row, "gap", begins, told, bool(told), *weighed)
    look = tier_of(row.confidence, row.flags)
    if look == "review" and not reasons:
        return Line(row, look, begins, (LOW,))
    return Line(row, look, begins, reasons, bool(reasons), *weighed)


def _is_decided(row: UnitRow) -> bool:
    return row.status not in (None, "realigned")


def _speakers(rows: Iterable[UnitRow]) -> list[str]:
    speakers, last = [], ""
    for row in rows:
        if row.zh and row.en:
            last = row.speaker
        speakers.append(last)
    return speakers


def shown(looker: Looker, record: Record) -> dict[str, Any]:
    """Give a record and its turns, as the templates take them."""
    from cdtm.desk.bitext.sample import running_estimate  # loads the tables

    rows = looker.memory.rows_of(record)
    turns = turns_of(rows, examine(looker, record, rows))
    return {
        "record": record,
        "turns": turns,
        "doubts": sum(line.stops for turn in turns for line in turn.lines),
        "estimate": running_estimate(looker.workspace),
        "kinds": kinds_of(turns),
        "bands": bands_of(turns),
        "reasons": REASONS,
    }


def name_of(row: UnitRow) -> str:
    """Name a row with its texts as they stand, so that a page can say which it has seen."""
    return "|".join((row.tuid, *(f"{one & (1 << 64) - 1:016x}" for one in row.hashes)))
