"""Records and units, read off the rows of the memory."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from align.alignment import percent
from cdtm.memory.rows import NUMBERS, read_rows, read_some
from tmx_out.dates import midnight
from tmx_out.units import Context, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from sqlite3 import Connection

    from cdtm.memory.choice import Choice
    from cdtm.memory.rows import UnitRow


OF_IMPORTS: Final = "import-"
"""How the key of a record begins that another tool's memory was imported as."""


class Record(NamedTuple):
    """A record of the memory.

    Attributes:
        id: its number in the memory.
        key: names it in the workspace.
        symbol: of the document; None if unknown.
        date: of the meeting; None if unknown.
        zh_file, en_file: names of its files.
        zh_sha256, en_sha256: of these when it was built, hexadecimal; empty if nobody noted them.
    """

    id: int
    key: str
    symbol: str | None
    date: date | None
    zh_file: str
    en_file: str
    zh_sha256: str = ""
    en_sha256: str = ""

    @property
    def name(self) -> str:
        """The symbol, else the name of the Chinese file."""
        return self.symbol or self.zh_file.rpartition("/")[2]

    @property
    def is_imported(self) -> bool:
        """Whether it is of another tool's memory, whose file nobody kept."""
        return self.key.startswith(OF_IMPORTS)

    @property
    def span(self) -> tuple[int, int]:
        """The ids of its units: from the first up to but without the second."""
        return self.id << NUMBERS, (self.id + 1) << NUMBERS


def read_records(database: Connection) -> list[Record]:
    """Give the records in the order of their symbols: CD/PV.9 before CD/PV.10."""
    found = database.execute(
        "SELECT id, key, symbol, date, zh_file, en_file, zh_sha256, en_sha256 FROM record"
    )
    records = [
        Record(number, key, symbol, date.fromisoformat(day) if day else None, *files)
        for number, key, symbol, day, *files in found
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


def read_units(database: Connection, record: Record, choice: Choice) -> Iterator[Unit]:
    """Give the wanted units of a record in its order.

    Args:
        database: of the memory.
        record: of which.
        choice: what is wanted of the record; that the record is, is not looked at.
    """
    rows, made = read_rows(database, record.span), _made(record)
    zh_around = _around([row.zh for row in rows], [(row.zh_first, row.zh_last) for row in rows])
    en_around = _around([row.en for row in rows], [(row.en_first, row.en_last) for row in rows])
    for row, zh_context, en_context in zip(rows, zh_around, en_around, strict=True):
        if _is_wanted(row, choice):
            yield _unit(row, record, made, zh_context, en_context)


def read_some_units(
    database: Connection, numbers: Sequence[int], records: Mapping[int, Record], choice: Choice
) -> dict[int, Unit]:
    """Give the wanted units that have one of these ids, without the sentences beside them.

    Args:
        database: of the memory.
        numbers: ids of units of `records`.
        records: by their numbers.
        choice: what is wanted of a record; that the record is, is not looked at.
    """
    nothing = Context()
    found = {}
    for row in read_some(database, numbers):
        if _is_wanted(row, choice):
            record = records[row.id >> NUMBERS]
            found[row.id] = _unit(row, record, _made(record), nothing, nothing)
    return found


def _is_wanted(row: UnitRow, choice: Choice) -> bool:
    return row.is_unit and choice.takes_unit(row.confidence, row.flags, row.speaker, row.status)


def _made(record: Record) -> datetime | None:
    return None if record.date is None else midnight(record.date)


def _unit(
    row: UnitRow,
    record: Record,
    made: datetime | None,
    zh_context: Context,
    en_context: Context,
) -> Unit:
    return Unit(
        tuid=row.tuid,
        zh=row.zh,
        en=row.en,
        document=record.name,
        date=record.date,
        speaker=row.speaker,
        paragraph=row.paragraph,
        page=row.page,
        kind=row.kind,
        confidence=percent(row.confidence) / 100,
        zh_context=zh_context,
        en_context=en_context,
        flags=tuple(row.flags.split(",")) if row.flags else (),
        created=made,
        status=row.status or "",
        changed_by=row.by,
        changed=datetime.fromisoformat(row.at) if row.at else None,
    )


def _around(texts: Sequence[str], sizes: Sequence[tuple[int, int]]) -> list[Context]:
    """Give the sentence before and after each row in one language, omissions passed over.

    Args:
        texts: of the rows; empty for an omission.
        sizes: characters of each one's first sentence, and of its last.
    """
    after, said = [""] * len(texts), ""
    for place in range(len(texts) - 1, -1, -1):
        after[place] = said
        if text := texts[place]:
            said = text[: sizes[place][0]]
    around, said = [], ""
    for text, (_, last), following in zip(texts, sizes, after, strict=True):
        around.append(Context(said, following))
        if text:
            said = text[len(text) - last :]
    return around
