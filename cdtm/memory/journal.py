"""The journal of what reviewers decided: append-only, beside the memory, kept through every build.

A decision names its unit by the record's key and the hashes of both texts as the reviewer saw them,
so that it is found again after a rebuild or a changed alignment. Nothing is ever changed or deleted
here: a later decision says which former ones it supersedes.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal

from cdtm.damaged import DamagedError
from cdtm.memory.backup import DRAWN, SCRIPT, copy_of, cure, is_missing, read_all
from cdtm.memory.database import connect, explained
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from sqlite3 import Connection

NAME: Final = "decisions.sqlite"
"""Of the journal's file, in the workspace."""

Effect = Literal["worked in", "seconded", "held", "withdraws"]
"""What became of a decision: it shapes the memory; another reviewer had decided the same; it
differs from what another decided, and waits to be settled; or it is none, and takes back the one
that it supersedes, a decision (undo) or another taking back (redo)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        time: UTC, ISO 8601.
        reviewer: who decided.
        record: key of the record.
        tuid: of the unit, as the reviewer saw it.
        number: of the bead, 0-based; `cdtm.memory.rows.SECOND` is added for the second half of a
            split.
        zh_hash, en_hash: `cdtm.memory.words.hash_of` the texts as the reviewer saw them.
        zh, en: those texts: what was before.
        decision: of `tmx_out.review.form.DECISIONS`.
        new_zh, new_en: what the texts are to be; empty where they stay as they are.
        labels: error label; empty for none.
        comment: anything.
        book: token of the review book.
        sheet_row: 1-based, in the book.
        confidence: of the bead, 0 to 1.
        kind: of the bead, 1-1 …
        stratum: of the sample; empty outside one.
        next_zh_hash, next_en_hash: of the unit that is merged; None unless one is.
        effect: what became of it.
        supersedes: ids of former decisions that count no longer, with commas between.
        drawn: of the decision realign, what its units are worth, see `cdtm.memory.redraw.Drawn`;
            empty where it was written by hand.
        id: in the journal; 0 before it is written.
    """

    time: str
    reviewer: str
    record: str
    tuid: str
    number: int
    zh_hash: int
    en_hash: int
    zh: str
    en: str
    decision: str
    new_zh: str
    new_en: str
    labels: str
    comment: str
    book: str
    sheet_row: int
    confidence: float
    kind: str
    stratum: str
    next_zh_hash: int | None = None
    next_en_hash: int | None = None
    effect: Effect = "worked in"
    supersedes: str = ""
    drawn: str = ""
    id: int = 0

    @property
    def unit(self) -> tuple[str, str, int, int]:
        """What names the unit and its texts."""
        return self.record, self.tuid, self.zh_hash, self.en_hash

    @property
    def verdict(self) -> tuple[str, str, str]:
        """What it asks for."""
        return self.decision, self.new_zh, self.new_en

    @property
    def superseded(self) -> set[int]:
        """Give the ids of former decisions that count no longer."""
        return {int(number) for number in self.supersedes.split(",") if number}

    @property
    def judges(self) -> bool:
        """Whether a person says by it what a unit is worth: not where the aligner drew it."""
        return not self.drawn.startswith('["realigned"')

    @property
    def content(self) -> tuple[str, ...]:
        """All that the reviewer wrote."""
        return (self.reviewer, *self.verdict, self.labels, self.comment)


_COLUMNS = [field.name for field in fields(Decision) if field.name != "id"]

_NEWER: Final = f"""
BEGIN;
ALTER TABLE decision ADD COLUMN {DRAWN};
PRAGMA user_version = 2;
COMMIT;
"""
"""Makes a journal of an older cdtm one of this."""


class Journal:
    """An open journal; see `Journal.open`."""

    def __init__(
        self, database: Connection | None, path: Path | None = None, version: int = 2
    ) -> None:
        self._database, self._path = database, path
        self._read = ["'' AS drawn" if n == "drawn" and version < 2 else n for n in _COLUMNS]

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, create: bool = False) -> Iterator[Journal]:
        """Open the journal of a workspace; one that is missing has no decisions.

        Raises:
            DamagedError: it is damaged.
            UserError: it is gone, cannot be used, or a newer program wrote it.
        """
        if is_missing(path):
            raise UserError(f"{path} is gone: {cure(path)}.")
        if not create and not path.is_file():
            yield cls(None)
            return
        with explained(path, lambda: cure(path), read_all), closing(connect(path)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version > 2:
                raise UserError(f"{path} was written by a newer cdtm: update cdtm to use it.")
            if not version and copy_of(path).exists():
                raise DamagedError(path, cure(path))  # it was begun anew: nothing is in it
            if create and not version:
                database.executescript(SCRIPT)
            if create and version == 1:
                database.executescript(_NEWER)
            yield cls(database if version or create else None, path, 2 if create else version)

    def add(
        self, decisions: Iterable[Decision], *, token: str, name: str, about: Mapping[str, Any]
    ) -> None:
        """Write the decisions of one book, all or none of them.

        Args:
            decisions: new ones, in the order in which they are worked in.
            token: of the book.
            name: of its file.
            about: how its units were drawn.
        """
        decisions = list(decisions)
        if not decisions or self._database is None:
            return
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._database.execute(
                "INSERT OR IGNORE INTO book VALUES (?, ?, ?, ?)",
                (token, name, decisions[0].time, json.dumps(about, ensure_ascii=False)),
            )
            self._database.executemany(
                f"INSERT INTO decision ({', '.join(_COLUMNS)}) "
                f"VALUES ({', '.join('?' * len(_COLUMNS))})",
                [astuple(decision)[:-1] for decision in decisions],
            )
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def decisions(self, record: str | None = None) -> list[Decision]:
        """Give every decision ever made, or those on one record, the oldest first."""
        where, values = ("", ()) if record is None else (" WHERE record = ?", (record,))
        found = self._ask(
            f"SELECT {', '.join(self._read)}, id FROM decision{where} ORDER BY id", values
        )
        return [Decision(*row) for row in found]

    def records(self) -> set[str]:
        """Give the keys of the records that somebody decided on."""
        return {key for (key,) in self._ask("SELECT DISTINCT record FROM decision")}

    def newest(self) -> dict[str, int]:
        """Give the id of the newest decision on each record that somebody decided on."""
        return dict(self._ask("SELECT record, max(id) FROM decision GROUP BY record"))

    def changed_since(self, last: int) -> tuple[set[str], int]:
        """Give the records with decisions newer than one, and the newest decision's id."""
        if self._database is None:
            return set(), 0
        rows = self._ask("SELECT record, id FROM decision WHERE id > ?", (last,))
        return {key for key, _ in rows}, max((number for _, number in rows), default=last)

    def mark(self, last: int) -> int:
        """Tell the decisions up to one from every other journal's, in 63 bits; 0 for none."""
        if self._database is None:
            return 0
        [(count,)] = self._ask("SELECT count(*) FROM decision WHERE id <= ?", (last,))
        newest = self._ask(
            "SELECT id, time, reviewer, record, tuid, decision FROM decision WHERE id <= ? "
            "ORDER BY id DESC LIMIT 1",
            (last,),
        )
        told = hashlib.blake2b(repr((count, *newest)).encode(), digest_size=8).digest()
        return int.from_bytes(told) >> 1 if newest else 0

    def books(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Give the name of each book, and how its units were drawn, by its token."""
        found = self._ask("SELECT token, name, about FROM book ORDER BY applied")
        return {token: (name, json.loads(about)) for token, name, about in found}

    def _ask(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Read, so that a damaged journal is never blamed on the memory that is open, too."""
        if self._database is None or self._path is None:
            return []
        path = self._path
        with explained(path, lambda: cure(path), read_all):
            return self._database.execute(query, values).fetchall()


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions that no later one supersedes, whatever became of them.

    What was taken back supersedes nothing: what it had superseded stands again.
    """
    decisions = list(decisions)
    back = withdrawn(decisions)
    gone = {number for d in decisions if d.id not in back for number in d.superseded}
    return [d for d in decisions if d.id not in gone and d.effect != "withdraws"]


def withdrawn(decisions: Iterable[Decision]) -> set[int]:
    """Give the ids of what was taken back, decisions and takings back that were taken back."""
    back: set[int] = set()
    for decision in sorted(decisions, key=lambda d: d.id or NEWEST, reverse=True):
        if decision.effect == "withdraws" and decision.id not in back:
            back |= decision.superseded
    return back


NEWEST: Final = 1 << 62
"""Stands for the id of what is not written yet."""


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Give the decisions that shape the memory, in the order in which they are worked in."""
    return [decision for decision in standing(decisions) if decision.effect == "worked in"]
