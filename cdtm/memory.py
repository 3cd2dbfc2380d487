"""The memory: every unit of a workspace in one SQLite file, to be searched and exported.

Each occurrence of a sentence is a row with its provenance; what is the same is found by hashes.
Null links are rows too, so that the sentences around a unit can be read off the rows beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import blake2b
from itertools import starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from cdtm.choice import Choice, least_accepted
from cdtm.connecting import begin_writing, connect, end_writing, explained
from cdtm.migrations import migrate
from corpora import UserError
from corpora.chinese import is_han
from tmx_out.dates import midnight
from tmx_out.units import Context, Unit, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    import polars as pl

    from corpora import Language

NUMBERS = 20
"""Bits of a unit's id that number the bead within its record: a million beads."""


_FROM_BEADS = (
    *("number", "tuid", "zh", "en", "zh_size", "en_size", "confidence", "flags", "speaker"),
    *("paragraph", "page", "zh_first", "zh_last", "en_first", "en_last"),
)
"""What a unit's row is made of, in the order in which `Memory._unit` takes it."""


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


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which a text was rendered.

    Attributes:
        text: in the other language.
        count: how often.
        last: last day on which it was; None if no day is known.
        occurrences: ids of the units, the newest first.
    """

    text: str
    count: int
    last: date | None
    occurrences: tuple[int, ...]


class Memory:
    """An open memory; see `Memory.open`."""

    def __init__(self, database: Connection) -> None:
        self._database = database
        self._speakers = self._stored_speakers()

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, create: bool = False) -> Iterator[Memory]:
        """Open the memory of a workspace; what is changed is there for good when the block ends.

        Args:
            path: the file.
            create: make it if it is missing, and let it be changed.

        Raises:
            UserError: it is missing, is no memory, or a newer program wrote it.
        """
        if not create and not path.is_file():
            raise UserError(f"There is no memory {path}: make it with cdtm build.")
        with explained(path), closing(connect(path)) as database:
            database.execute("PRAGMA cache_size = -65536")  # 64 MB
            if create:
                begin_writing(database)
            migrate(database, str(path))
            if create:
                database.execute("BEGIN")
            yield cls(database)
            if create:
                database.execute("COMMIT")
                end_writing(database)

    def commit(self) -> None:
        """Make what was put in so far last; a killed process loses what came after."""
        if self._database.in_transaction:  # else a full disk has undone it
            self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    # ---------------------------------------------------------------------------------- filling

    def put_record(self, row: Mapping[str, Any], beads: pl.DataFrame) -> None:
        """Put in a record's units, in the place of those that it had.

        Args:
            row: of the manifest.
            beads: see `cdtm.schemas.BEADS`.
        """
        with self._whole():
            self._put(row, beads)

    def _put(self, row: Mapping[str, Any], beads: pl.DataFrame) -> None:
        number = self._number(row["key"])
        self._remove_units(number)
        day = row["date"]
        self._database.execute(
            "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(number, row["key"], row["symbol"], None if day is None else day.isoformat()),
                *(row["signature"], row["zh_file"], row["en_file"]),
                *(row["zh_sha256"], row["en_sha256"], row["joined_by"]),
            ),
        )
        beads = beads.with_columns(
            (beads["zh_end"] - beads["zh_start"]).alias("zh_size"),
            (beads["en_end"] - beads["en_start"]).alias("en_size"),
        )
        columns = (beads[name].to_list() for name in _FROM_BEADS)
        units = list(map(partial(self._unit, number), *columns))
        self._database.executemany(f"INSERT INTO unit VALUES ({', '.join('?' * 16)})", units)
        for language, column in (("zh", 2), ("en", 3)):
            self._database.executemany(
                f"INSERT INTO words_{language} (rowid, text) VALUES (?, ?)",
                [(unit[0], as_words(unit[column])) for unit in units if unit[column]],
            )

    def remove_record(self, key: str) -> None:
        """Take out a record with its units; nothing happens if it is not there."""
        found = self._database.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
        if found is not None:
            with self._whole():
                self._remove_units(found[0])
                self._database.execute("DELETE FROM record WHERE id = ?", found)

    def signatures(self) -> dict[str, str]:
        """Give the signature of every record by its key."""
        return dict(self._database.execute("SELECT key, signature FROM record").fetchall())

    def tidy(self) -> None:
        """Merge what the full-text index has in pieces; a search is then some times as fast."""
        for language in ("zh", "en"):
            self._database.execute(
                f"INSERT INTO words_{language} (words_{language}) VALUES ('optimize')"
            )

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Do all of the block or, if Ctrl-C or an error cuts it off, nothing of it."""
        self._database.execute("SAVEPOINT record")
        try:
            yield
            self._database.execute("RELEASE record")
        except BaseException:
            if self._database.in_transaction:  # a full disk has undone all since the last commit
                self._database.execute("ROLLBACK TO record")
                self._database.execute("RELEASE record")
            self._speakers = self._stored_speakers()
            raise

    def _stored_speakers(self) -> dict[str, int]:
        return dict(self._database.execute("SELECT name, id FROM speaker").fetchall())

    def _number(self, key: str) -> int:
        found = self._database.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
        if found is None:
            found = self._database.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()
        return int(found[0])

    def _remove_units(self, record: int) -> None:
        span = (record << NUMBERS, (record + 1) << NUMBERS)
        rows = self._database.execute(
            "SELECT id, zh, en FROM unit WHERE id >= ? AND id < ?", span
        ).fetchall()
        # An index without the texts has to be told what is to go.
        for language, column in (("zh", 1), ("en", 2)):
            self._database.executemany(
                f"INSERT INTO words_{language} (words_{language}, rowid, text) "
                "VALUES ('delete', ?, ?)",
                [(row[0], as_words(row[column])) for row in rows if row[column]],
            )
        self._database.execute("DELETE FROM unit WHERE id >= ? AND id < ?", span)

    def _unit(
        self,
        record: int,
        number: int,
        tuid: str,
        zh: str,
        en: str,
        zh_size: int,
        en_size: int,
        confidence: float,
        flags: str,
        speaker: str,
        *places: int | None,
    ) -> tuple[Any, ...]:
        """Give the row of a bead's columns `_FROM_BEADS`."""
        whole = bool(zh and en)
        return (
            (record << NUMBERS) + number,
            tuid,
            zh,
            en,
            f"{zh_size}-{en_size}",
            confidence,
            flags,
            self._speaker(speaker),
            *places,
            hash_of(zh) if whole else None,
            hash_of(en) if whole else None,
        )

    def _speaker(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self._speakers:
            added = self._database.execute("INSERT INTO speaker (name) VALUES (?)", (name,))
            self._speakers[name] = int(added.lastrowid or 0)
        return self._speakers[name]

    # ---------------------------------------------------------------------------------- reading

    def records(self) -> list[Record]:
        """Give the records in the order of their symbols: CD/PV.9 before CD/PV.10."""
        found = self._database.execute(
            "SELECT id, key, symbol, date, zh_file, en_file FROM record"
        ).fetchall()
        records = [
            Record(number, key, symbol, date.fromisoformat(day) if day else None, zh, en)
            for number, key, symbol, day, zh, en in found
        ]
        return sorted(records, key=lambda record: (natural(record.name), record.key))

    def units(self, choice: Choice | None = None) -> Iterator[Unit]:
        """Give the wanted units: records by symbol, units as they stand there.

        The order does not depend on when a record was put in, and memory does not grow with the
        units. Null links are no units.
        """
        choice = choice or Choice()
        for record in self.records():
            if choice.takes_record(record.key, record.symbol, record.date):
                yield from self.units_of(record, choice)

    def units_of(self, record: Record, choice: Choice | None = None) -> Iterator[Unit]:
        """Give the wanted units of one record in its order."""
        choice = choice or Choice()
        rows = self._rows(record.id)
        around = {language: _contexts(rows, language) for language in ("zh", "en")}
        made = None if record.date is None else midnight(record.date)
        for row, zh_context, en_context in zip(rows, around["zh"], around["en"], strict=True):
            if not row.zh or not row.en:
                continue
            speaker = row.speaker or ""
            if not choice.takes_unit(row.confidence, row.flags, speaker):
                continue
            yield Unit(
                tuid=row.tuid,
                zh=row.zh,
                en=row.en,
                document=record.name,
                date=record.date,
                speaker=speaker,
                paragraph=row.paragraph,
                page=row.page,
                kind=row.kind,
                confidence=percent(row.confidence) / 100,
                zh_context=zh_context,
                en_context=en_context,
                flags=tuple(row.flags.split(",")) if row.flags else (),
                created=made,
            )

    def _rows(self, record: int) -> list[_Row]:
        found = self._database.execute(
            "SELECT unit.id, tuid, zh, en, kind, confidence, flags, paragraph, page, zh_first, "
            "zh_last, en_first, en_last, name FROM unit LEFT JOIN speaker ON speaker.id = speaker "
            "WHERE unit.id >= ? AND unit.id < ? ORDER BY unit.id",
            (record << NUMBERS, (record + 1) << NUMBERS),
        )
        return list(starmap(_Row, found))

    def count(self, choice: Choice | None = None) -> int:
        """Count the wanted units."""
        choice = choice or Choice()
        where, values = ["zh_hash IS NOT NULL", "confidence >= ?"], [choice.min_confidence]
        accepted = "(flags = '' AND confidence >= ?)"
        if choice.tier != "all":
            where.append(accepted if choice.tier == "accepted" else f"NOT {accepted}")
            values.append(least_accepted())
        if choice.speaker is not None:
            named = choice.speaker.casefold()
            ids = [str(n) for name, n in self._speakers.items() if named in name.casefold()]
            where.append(f"speaker IN ({', '.join(ids)})")
        found = self._database.execute(
            f"SELECT id >> {NUMBERS}, count(*) FROM unit WHERE {' AND '.join(where)} GROUP BY 1",
            values,
        )
        taken = {r.id for r in self.records() if choice.takes_record(r.key, r.symbol, r.date)}
        return sum(units for record, units in found if record in taken)

    # -------------------------------------------------------------------------------- searching

    def search(self, text: str, language: Language, *, limit: int = 50) -> tuple[list[int], int]:
        """Find the units that hold a text, word for word (English: in any inflection).

        Args:
            text: anything; signs of the query language mean nothing.
            language: in which to look.
            limit: how many to give.

        Returns:
            Ids of units, the newest record first, and how many there are in all.
        """
        words = re.sub(r"[^\w]+", " ", as_words(text)).strip()
        if not words:
            return [], 0
        found = self._database.execute(
            f"SELECT rowid FROM words_{language} WHERE words_{language} MATCH ?", (f'"{words}"',)
        ).fetchall()
        return self._newest([number for (number,) in found])[:limit], len(found)

    def alternatives(self, text: str, language: Language) -> list[Rendering]:
        """Give every rendering of a source text, the most frequent first, then the newest."""
        other = "en" if language == "zh" else "zh"
        found = self._database.execute(
            f"SELECT id, {other} FROM unit WHERE {language}_hash = ? AND {language} = ?",
            (hash_of(text), text),
        ).fetchall()
        days = self._days()
        by_text: dict[str, list[int]] = defaultdict(list)
        for number, rendering in found:
            by_text[rendering].append(number)
        renderings = [
            Rendering(
                rendering,
                len(numbers),
                max((day for n in numbers if (day := days[n >> NUMBERS])), default=None),
                tuple(self._newest(numbers)),
            )
            for rendering, numbers in by_text.items()
        ]
        return sorted(
            renderings, key=lambda r: (-r.count, -(r.last or date.min).toordinal(), r.text)
        )

    def _days(self) -> dict[int, date | None]:
        found = self._database.execute("SELECT id, date FROM record").fetchall()
        return {number: date.fromisoformat(day) if day else None for number, day in found}

    def _newest(self, units: Sequence[int]) -> list[int]:
        days = self._days()
        return sorted(units, key=lambda n: (-(days[n >> NUMBERS] or date.min).toordinal(), n))


class _Row(NamedTuple):
    id: int
    tuid: str
    zh: str
    en: str
    kind: str
    confidence: float
    flags: str
    paragraph: int | None
    page: int | None
    zh_first: int
    zh_last: int
    en_first: int
    en_last: int
    speaker: str | None


def _contexts(rows: Sequence[_Row], language: Language) -> list[Context]:
    """Give the sentence before and after each row, in one language."""
    texts = [row.zh if language == "zh" else row.en for row in rows]
    firsts = [row.zh_first if language == "zh" else row.en_first for row in rows]
    lasts = [row.zh_last if language == "zh" else row.en_last for row in rows]
    before, after = [""] * len(rows), [""] * len(rows)
    said = ""
    for place, text in enumerate(texts):
        before[place] = said
        if text:
            said = text[len(text) - lasts[place] :]
    said = ""
    for place in range(len(texts) - 1, -1, -1):
        after[place] = said
        if texts[place]:
            said = texts[place][: firsts[place]]
    return list(map(Context, before, after))


class _Parted(dict[int, str]):
    """A table for `str.translate` that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = f" {character} " if is_han(character) else character
        return self[code]


_PARTED = _Parted()


def as_words(text: str) -> str:
    """Part Chinese characters by spaces, so that each is a word to the full-text index.

    A phrase of them then finds words of two characters, which the trigram tokenizer of SQLite
    never does.
    """
    return text if text.isascii() else text.translate(_PARTED)


def hash_of(text: str) -> int:
    """Give 64 bits, with a sign as SQLite's integers have, of a text."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give a key by which CD/PV.9 stands before CD/PV.10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", name.upper())
        if part
    )
