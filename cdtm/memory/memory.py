"""The memory: every unit of a workspace in one SQLite file, to be searched and exported.

Each occurrence of a sentence is a row with its provenance; what is the same is found by hashes.
Null links are rows too, so that the sentences around a unit can be read off the rows beside it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from cdtm.memory.choice import Choice, least_accepted
from cdtm.memory.database import (
    DECIDED,
    STEPS,
    TABLES,
    begin_writing,
    connect,
    end_writing,
    explained,
    migrate,
    typed_rows,
)
from cdtm.memory.journal import NAME as JOURNAL
from cdtm.memory.journal import Journal, in_force
from cdtm.memory.replay import replay
from cdtm.memory.rows import INSERT, NUMBERS, read_rows, rows_of_beads
from cdtm.memory.search import Conditions, frequency, search
from cdtm.memory.units import Record, newest_first, read_records, read_some_units, read_units
from cdtm.memory.words import as_words
from corpora.errors import UserError
from tmx_out.units import OPEN, PASSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    import polars as pl

    from cdtm.memory.rows import UnitRow
    from corpora import Language
    from tmx_out.units import Unit

_T = TypeVar("_T")

ANEW = "remove it, and cdtm build makes it anew, with all decisions"
"""What helps against a damaged memory; a build that meets one does so itself."""

STOPS = 20_000
"""Steps of SQLite's, about a millisecond, between two looks whether a search is still wanted."""


def read_all(database: Connection) -> None:
    """Read all that a memory holds, as its users do.

    Raises:
        ValueError: something is not as it was put in.
    """
    (version,) = database.execute("PRAGMA user_version").fetchone()
    script = "".join(STEPS[:version])
    for table in TABLES:
        for _ in typed_rows(database, table, script):
            pass
    if version < len(STEPS):
        return
    (last, *_) = [[*typed_rows(database, table, script)] for table in DECIDED]
    if not last:
        raise ValueError("what is worked in is not told")
    for record in read_records(database):
        for _ in read_units(database, record, Choice()):
            pass


_PASSED = f"status IN {PASSED}"


class Memory:
    """An open memory; see `Memory.open`."""

    def __init__(self, database: Connection, journal: Journal | None = None) -> None:
        self._database = database
        self._journal = Journal(None) if journal is None else journal
        self._decided = self._journal.records()
        self._kept: dict[str, tuple[tuple[int, int], Any]] = {}

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, *, create: bool = False, journal: Journal | None = None
    ) -> Iterator[Memory]:
        """Open the memory of a workspace; what is changed is there for good when the block ends.

        Args:
            path: the file.
            create: make it if it is missing, and let it be changed.
            journal: of the workspace, if it is open already.

        Raises:
            UserError: it is missing, is no memory, or a newer program wrote it.
        """
        if not create and not path.is_file():
            raise UserError(f"There is no memory {path}: make it with cdtm build.")
        with (
            nullcontext(journal) if journal else Journal.open(path.with_name(JOURNAL)) as journal,
            explained(path, lambda: ANEW, read_all),
            closing(connect(path)) as database,
        ):
            database.execute(f"PRAGMA cache_size = -{24 if create else 64}000")  # kB
            if create:
                begin_writing(database)
            migrate(database, str(path))
            if create:
                database.execute("BEGIN")
            yield cls(database, journal)
            if create:
                database.execute("COMMIT")
                end_writing(database)

    def stop_when(self, gone: Callable[[], bool]) -> None:
        """Break a search off, with an error of SQLite's, as soon as this says that it may end."""
        self._database.set_progress_handler(gone, STOPS)

    def commit(self) -> None:
        """Make what was put in so far last; a killed process loses what came after."""
        if self._database.in_transaction:  # else a full disk has undone it
            self._database.execute("COMMIT")
        self._database.execute("BEGIN")

    # ---------------------------------------------------------------------------------- filling

    def put_record(self, row: Mapping[str, Any], beads: pl.DataFrame) -> None:
        """Put in a record with its units, in the place of those that it had.

        What reviewers decided on them is worked in again.

        Args:
            row: of the manifest.
            beads: see `cdtm.build.schemas.BEADS`.
        """
        with self._whole():
            day = row["date"]
            self._database.execute(
                "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(self._number(row["key"]), row["key"], row["symbol"]),
                    *(None if day is None else day.isoformat(), row["signature"]),
                    *(row["zh_file"], row["en_file"], row["zh_sha256"], row["en_sha256"]),
                    row["joined_by"],
                ),
            )
            self.work_in(row["key"], beads)

    def work_in(self, key: str, beads: pl.DataFrame) -> None:
        """Put in the units of a record of the memory, with all that reviewers decided on them."""
        rows, unplaced = rows_of_beads(beads), dict[int, str]()
        if key in self._decided:
            rows, unplaced = replay(rows, in_force(self._journal.decisions(key)))
        self.put_units(key, rows, unplaced)

    def put_units(self, key: str, rows: Sequence[UnitRow], unplaced: Mapping[int, str]) -> None:
        """Put in the units of a record of the memory, in the place of those that it had.

        Args:
            key: of the record.
            rows: in order, with the numbers of their beads for ids; they get those of the memory.
            unplaced: why a decision is not worked into them, by its id.
        """
        record = self._number(key)
        for row in rows:
            row.id += record << NUMBERS
        speakers = dict.fromkeys(row.speaker for row in rows if row.speaker)
        with self._whole():
            self._remove_units(record)
            write = self._database.executemany
            write("INSERT OR IGNORE INTO speaker (name) VALUES (?)", [(name,) for name in speakers])
            write(INSERT, [row.values() for row in rows])
            write(
                "INSERT INTO decided VALUES (?, ?, ?)",
                [(row.id, row.by, row.at) for row in rows if row.status is not None],
            )
            write(
                "INSERT OR REPLACE INTO unplaced VALUES (?, ?, ?)",
                [(decision, record, reason) for decision, reason in unplaced.items()],
            )
            for language in ("zh", "en"):
                said = ((r.id, getattr(r, language)) for r in rows if r.status != "rejected")
                write(
                    f"INSERT INTO words_{language} (rowid, text) VALUES (?, ?)",
                    [(number, as_words(text)) for number, text in said if text],
                )

    def behind(self) -> set[str]:
        """Give the keys of records of which the journal says something else than the memory knows.

        A killed command did not work it in, or the journal was brought back from a backup.
        """
        # An older cdtm noted the newest decision only, not the mark of all up to it.
        (last,), *marks = self._database.execute("SELECT last FROM worked_in").fetchall()
        known = marks[0][0] if marks else 0
        if self._journal.mark(last) == known:
            changed = self._journal.changed_since(last)[0]
        else:
            changed = self._journal.records() | self._touched()
        return changed & self.signatures().keys()

    def _touched(self) -> set[str]:
        """Give the keys of the records on which somebody decided, as far as the memory knows."""
        found = self._database.execute(
            f"SELECT key FROM record WHERE id IN (SELECT unit >> {NUMBERS} FROM decided) "
            "OR id IN (SELECT record FROM unplaced)"
        )
        return {key for (key,) in found}

    def note_worked_in(self) -> None:
        """Note that every decision is worked in: the newest, then the mark of all."""
        _, last = self._journal.changed_since(0)
        self._database.execute("DELETE FROM worked_in")
        self._database.executemany(
            "INSERT INTO worked_in VALUES (?)", [(last,), (self._journal.mark(last),)]
        )

    def decided(self) -> set[int]:
        """Give the ids of the units and omissions that somebody decided on."""
        return {unit for (unit,) in self._database.execute("SELECT unit FROM decided")}

    def drawn_anew(self) -> list[int]:
        """Give the ids of the units and omissions that the aligner drew at somebody's wish."""
        found = self._database.execute("SELECT id FROM unit WHERE status = 'realigned' ORDER BY id")
        return [unit for (unit,) in found]

    def unplaced(self) -> list[tuple[int, str, str]]:
        """Give the decisions that fit no unit any more: id, key of the record, why."""
        return self._database.execute(
            "SELECT decision, key, reason FROM unplaced JOIN record ON record.id = record "
            "ORDER BY decision"
        ).fetchall()

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
            raise

    def _number(self, key: str) -> int:
        found = self._database.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
        if found is None:
            found = self._database.execute("SELECT coalesce(max(id), 0) + 1 FROM record").fetchone()
        return int(found[0])

    def _remove_units(self, record: int) -> None:
        span = (record << NUMBERS, (record + 1) << NUMBERS)
        rows = self._database.execute(
            "SELECT id, zh, en FROM unit WHERE id >= ? AND id < ? AND status IS NOT 'rejected'",
            span,
        ).fetchall()
        # An index without the texts has to be told what is to go.
        for language, column in (("zh", 1), ("en", 2)):
            self._database.executemany(
                f"INSERT INTO words_{language} (words_{language}, rowid, text) "
                "VALUES ('delete', ?, ?)",
                [(row[0], as_words(row[column])) for row in rows if row[column]],
            )
        self._database.execute("DELETE FROM unit WHERE id >= ? AND id < ?", span)
        self._database.execute("DELETE FROM decided WHERE unit >= ? AND unit < ?", span)
        self._database.execute("DELETE FROM unplaced WHERE record = ?", (record,))

    # ---------------------------------------------------------------------------------- reading

    def records(self, choice: Choice | None = None) -> list[Record]:
        """Give the wanted records in the order of their symbols: CD/PV.9 before CD/PV.10."""
        found = self._keep("records", lambda: read_records(self._database))
        if choice is None:
            return found.copy()
        return [r for r in found if choice.takes_record(r.key, r.symbol, r.date)]

    def _keep(self, name: str, read: Callable[[], _T]) -> _T:
        """Give what was read under this name, unless the file has changed since."""
        (others,) = self._database.execute("PRAGMA data_version").fetchone()
        state = others, self._database.total_changes
        if name not in self._kept or self._kept[name][0] != state:
            self._kept[name] = state, read()
        kept: _T = self._kept[name][1]
        return kept

    def units(self, choice: Choice | None = None) -> Iterator[Unit]:
        """Give the wanted units: records by symbol, units as they stand there.

        The order does not depend on when a record was put in, and memory does not grow with the
        units. Null links are no units.
        """
        choice = choice or Choice()
        for record in self.records(choice):
            yield from self.units_of(record, choice)

    def units_of(self, record: Record, choice: Choice | None = None) -> Iterator[Unit]:
        """Give the wanted units of one record in its order."""
        return read_units(self._database, record, choice or Choice())

    def units_at(self, ids: Iterable[int]) -> list[Unit]:
        """Give units by their ids, in the order of these; an id without a unit is passed over."""
        asked = list(ids)
        found = self.units_by_id(asked)
        return [found[number] for number in asked if number in found]

    def units_by_id(self, ids: Iterable[int], choice: Choice | None = None) -> dict[int, Unit]:
        """Give the wanted units that have one of these ids, without the sentences beside them."""
        choice = choice or Choice()
        records = self._keep("by id", lambda: {record.id: record for record in self.records()})
        asked = list(ids)
        taken = {
            record.id: record
            for record in map(records.get, {number >> NUMBERS for number in asked})
            if record and choice.takes_record(record.key, record.symbol, record.date)
        }
        asked = [number for number in asked if number >> NUMBERS in taken]
        found = read_some_units(self._database, asked, taken, choice)
        return {number: found[number] for number in asked if number in found}

    def texts_at(self, ids: Sequence[int], language: Language) -> dict[int, str]:
        """Give one side of the units and omissions that have one of these ids."""
        asked = ",".join(map(str, ids))
        found = self._database.execute(f"SELECT id, {language} FROM unit WHERE id IN ({asked})")
        return dict(found.fetchall())

    def rows_of(self, record: Record) -> list[UnitRow]:
        """Give all rows of a record as they stand, omissions and rejected units among them."""
        return read_rows(self._database, record.span)

    def population(self) -> list[tuple[int, str, float, str]]:
        """Give id, name, confidence and kind of every unit that is not rejected, by id."""
        return self._database.execute(
            "SELECT id, tuid, confidence, kind FROM unit WHERE zh_hash IS NOT NULL ORDER BY id"
        ).fetchall()

    def preferred(self, source: Language) -> set[tuple[int, int]]:
        """Give the translation to be taken first of each text that has several.

        Those that a reviewer passed come before others, then what stands in most units, then what
        is newest.

        Args:
            source: the language of the text.

        Returns:
            hashes of the Chinese and the English text (`cdtm.memory.words.hash_of`).
        """
        own, other = ("zh", "en") if source == "zh" else ("en", "zh")
        several = (
            f"SELECT {own}_hash FROM unit WHERE {own}_hash IS NOT NULL "
            f"GROUP BY 1 HAVING min({other}_hash) < max({other}_hash)"
        )
        found = self._database.execute(
            f"SELECT unit.zh_hash, unit.en_hash, max(coalesce(unit.{_PASSED}, 0)) AS passed, "
            "count(*) AS units, max(coalesce(record.date, '')) AS day, min(unit.id) AS first "
            f"FROM unit JOIN record ON record.id = unit.id >> {NUMBERS} "
            f"WHERE unit.{own}_hash IN ({several}) GROUP BY 1, 2 "
            "ORDER BY passed, units, day, first DESC"
        )
        side = 0 if source == "zh" else 1
        # The last of each text is its best.
        return set({row[side]: (row[0], row[1]) for row in found}.values())

    def count(self, choice: Choice | None = None) -> int:
        """Count the wanted units."""
        choice = choice or Choice()
        conditions = self._conditions(choice)
        found = self._database.execute(
            f"SELECT id >> {NUMBERS}, count(*) FROM unit WHERE zh_hash IS NOT NULL"
            f"{conditions.sql} GROUP BY 1",
            conditions.values,
        )
        taken = {record.id for record in self.records(choice)}
        return sum(units for record, units in found if record in taken)

    def _conditions(self, choice: Choice) -> Conditions:
        """Ask in SQL what `Choice.takes_unit` asks."""
        where: list[str] = []
        values: list[float] = []
        if choice.min_confidence > 0:
            where.append(f"(confidence >= ? OR coalesce({_PASSED}, 0))")
            values.append(choice.min_confidence)
        if choice.tier != "all":
            accepted = (
                f"CASE WHEN status IS NULL OR status IN {OPEN} "
                f"THEN flags = '' AND confidence >= ? ELSE {_PASSED} END"
            )
            where.append(accepted if choice.tier == "accepted" else f"NOT ({accepted})")
            values.append(least_accepted())
        if choice.speaker is not None:
            names = dict(self._database.execute("SELECT id, name FROM speaker").fetchall())
            ids = [n for n in (None, *names) if choice.takes_speaker(names.get(n, "") if n else "")]
            within = ", ".join(str(n or 0) for n in ids)
            where.append(f"coalesce(speaker, 0) IN ({within})")
        return Conditions(tuple(where), tuple(values))

    # -------------------------------------------------------------------------------- searching

    def frequency(self, text: str, language: Language, most: int = 2_000) -> int:
        """Count the units that hold a text, word for word; `most` stands for so many or more."""
        return frequency(self._database, text, language, most)

    def search(
        self, text: str, language: Language, *, limit: int = 50, choice: Choice | None = None
    ) -> tuple[list[int], int]:
        """Find the units that hold a text, word for word (English: in any inflection).

        Args:
            text: anything; signs of the query language mean nothing.
            language: in which to look.
            limit: how many to give.
            choice: where to look; None looks everywhere.

        Returns:
            Ids of units, the newest record first, and how many there are in all; 10,000
            (`cdtm.memory.search.COUNTED`), or `limit` if that is more, stands for so many or more.
        """
        choice = choice or Choice()
        newest = self._keep("newest", lambda: newest_first(self.records()))
        taken = [r for r in newest if choice.takes_record(r.key, r.symbol, r.date)]
        return search(
            self._database,
            text,
            language,
            taken,
            self._conditions(choice),
            everywhere=len(taken) == len(newest),
            limit=limit,
        )
