"""Records and units, read off the rows of the memory."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tmx_out.dates import midnight
from tmx_out.units import Context, Unit, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from cdtm.memory.choice import Choice
    from corpora import Language

    Row = tuple[Any, ...]

NUMBERS = 20
"""Bits of a unit's id that number the bead within its record: a million beads."""

COLUMNS = (
    "id, tuid, zh, en, kind, confidence, flags, speaker, paragraph, page, "
    "zh_first, zh_last, en_first, en_last, status"
)
"""What a unit is read from, in the order in which `units_from` takes it."""


SECOND = 1 << (NUMBERS - 1)
"""Added to a unit's number by the second half of a unit that a reviewer split."""


class Record(NamedTuple):
    """A record of the memory.

    Attributes:
        id: its number in the memory.
        key: names it in the workspace.
        symbol: of the document; None if unknown.
        date: of the meeting; None if unknown.
        zh_file, en_file: names of its files.
    """

    id: int
    key: str
    symbol: str | None
    date: date | None
    zh_file: str
    en_file: str

    @property
    def name(self) -> str:
        """The symbol, else the name of the Chinese file."""
        return self.symbol or self.zh_file.rpartition("/")[2]

    @property
    def span(self) -> tuple[int, int]:
        """The ids of its units: from the first up to but without the second."""
        return self.id << NUMBERS, (self.id + 1) << NUMBERS


def read_records(database: Connection) -> list[Record]:
    """Give the records in the order of their symbols: CD/PV.9 before CD/PV.10."""
    found = database.execute("SELECT id, key, symbol, date, zh_file, en_file FROM record")
    records = [
        Record(number, key, symbol, date.fromisoformat(day) if day else None, zh, en)
        for number, key, symbol, day, zh, en in found
    ]
    return sorted(records, key=lambda record: (natural(record.name), record.key))


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give a key by which CD/PV.9 stands before CD/PV.10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", name.upper())
        if part
    )


def newest_first(records: Sequence[Record]) -> list[Record]:
    """Sort records of a fixed order by date, the newest first, those without one last."""
    return sorted(records, key=lambda r: -(r.date or date.min).toordinal())


def read_units(
    database: Connection, record: Record, names: Mapping[int, str], choice: Choice
) -> Iterator[Unit]:
    """Give the wanted units of a record in its order.

    Args:
        database: of the memory.
        record: of which.
        names: of the speakers by their numbers.
        choice: what is wanted of the record; that the record is, is not looked at.
    """
    # All at once: while a statement is open, no build could begin to write.
    rows = database.execute(
        f"SELECT {COLUMNS} FROM unit WHERE id >= ? AND id < ? ORDER BY id", record.span
    ).fetchall()
    if rows and rows[-1][0] & SECOND:
        rows.sort(key=lambda row: in_place(row[0]))
    zh_around = _around([row[2] for row in rows], [r[10] for r in rows], [r[11] for r in rows])
    en_around = _around([row[3] for row in rows], [r[12] for r in rows], [r[13] for r in rows])
    made = _made(record)
    for row, zh_context, en_context in zip(rows, zh_around, en_around, strict=True):
        status = row[14]
        if row[2] and row[3] and status != "rejected":
            speaker = names.get(row[7], "")
            if choice.takes_unit(row[5], row[6], speaker, status):
                unit = _unit(row, record, speaker, made, zh_context, en_context)
                yield unit if status is None else _reviewed(database, unit, row[0])


def read_unit(
    database: Connection, number: int, record: Record, names: Mapping[int, str], *, context: bool
) -> Unit | None:
    """Give one unit by its id, with the sentences beside it if wanted; None if there is none."""
    row = database.execute(f"SELECT {COLUMNS} FROM unit WHERE id = ?", (number,)).fetchone()
    if row is None or not (row[2] and row[3]) or row[14] == "rejected":
        return None
    contexts = [("", "")] * 2
    if context:
        contexts = [
            (_beside(database, number, record, s, -1), _beside(database, number, record, s, 1))
            for s in ("zh", "en")
        ]
    unit = _unit(row, record, names.get(row[7], ""), _made(record), *contexts)
    return unit if row[14] is None else _reviewed(database, unit, number)


def in_place(number: int) -> tuple[int, int]:
    """Give a key that puts the second half of a split unit behind the first."""
    return number & ~SECOND, number & SECOND


def _made(record: Record) -> datetime | None:
    return None if record.date is None else midnight(record.date)


def _unit(
    row: Row,
    record: Record,
    speaker: str,
    made: datetime | None,
    zh_context: tuple[str, str],
    en_context: tuple[str, str],
) -> Unit:
    flags = row[6]
    return Unit(
        tuid=row[1],
        zh=row[2],
        en=row[3],
        document=record.name,
        date=record.date,
        speaker=speaker,
        paragraph=row[8],
        page=row[9],
        kind=row[4],
        confidence=percent(row[5]) / 100,
        zh_context=Context(*zh_context),
        en_context=Context(*en_context),
        flags=tuple(flags.split(",")) if flags else (),
        created=made,
        status=row[14] or "",
    )


def _reviewed(database: Connection, unit: Unit, number: int) -> Unit:
    """Add who decided on a unit, and when."""
    found = database.execute("SELECT by, at FROM decided WHERE unit = ?", (number,)).fetchone()
    if found is None:
        return unit
    return replace(unit, changed_by=found[0], changed=datetime.fromisoformat(found[1]))


def _around(
    texts: Sequence[str], firsts: Sequence[int], lasts: Sequence[int]
) -> list[tuple[str, str]]:
    """Give the sentence before and after each row in one language, omissions passed over.

    Args:
        texts: of the rows; empty for an omission.
        firsts: characters of each one's first sentence.
        lasts: characters of each one's last sentence.
    """
    after, said = [""] * len(texts), ""
    for place in range(len(texts) - 1, -1, -1):
        after[place] = said
        if text := texts[place]:
            said = text[: firsts[place]]
    around, said = [], ""
    for text, last, following in zip(texts, lasts, after, strict=True):
        around.append((said, following))
        if text:
            said = text[len(text) - last :]
    return around


def _beside(
    database: Connection, number: int, record: Record, language: Language | str, step: int
) -> str:
    """Give the sentence before (step -1) or after (1) a unit in one language."""
    first, end = record.span
    size = "last" if step < 0 else "first"
    split = "SELECT 1 FROM unit WHERE id >= ? AND id < ? LIMIT 1"
    if database.execute(split, (first + SECOND, end)).fetchone():
        return _beside_of_all(database, number, record, language, step)
    span, order = ((first, number), "DESC") if step < 0 else ((number + 1, end), "ASC")
    found = database.execute(
        f"SELECT {language}, {language}_{size} FROM unit WHERE id >= ? AND id < ? "
        f"AND {language} <> '' ORDER BY id {order} LIMIT 1",
        span,
    ).fetchone()
    if found is None:
        return ""
    text, characters = found
    return str(text[len(text) - characters :] if step < 0 else text[:characters])


def _beside_of_all(
    database: Connection, number: int, record: Record, language: Language | str, step: int
) -> str:
    """Do what `_beside` does where a unit was split, so that ids do not tell the order."""
    rows = database.execute(
        f"SELECT id, {language}, {language}_first, {language}_last FROM unit "
        f"WHERE id >= ? AND id < ? AND ({language} <> '' OR id = ?)",
        (*record.span, number),
    ).fetchall()
    rows.sort(key=lambda row: in_place(row[0]))
    at = [row[0] for row in rows].index(number) + step
    if not 0 <= at < len(rows):
        return ""
    _, text, first, last = rows[at]
    return str(text[len(text) - last :] if step < 0 else text[:first])
