"""The doubts about all records, the greatest first, so that one goes on from record to record.

A record is examined as its own page examines it, in a process apart, so that nobody who looks up
meanwhile waits. What was decided since is known by the journal; a page that shows a record anew
puts in what it found.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import urlencode

from align.doubt.rules import REASONS
from cdtm.build.workspace import open_workspace
from cdtm.desk.record import examined, record_of_key, turns_of
from cdtm.memory.journal import NAME, Journal
from cdtm.memory.memory import Memory
from cdtm.memory.rows import in_place
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from align.encoder.static import StaticEncoder
    from cdtm.build.workspace import Workspace
    from cdtm.desk.record import Turn
    from cdtm.memory.units import Record

Stamp: TypeAlias = "tuple[str, int]"
"""As what a record was examined: its signature, and the newest decision on it."""

SHOWN: Final = 200
"""Characters of a side that the list shows."""

AT_ONCE: Final = 200
"""Places that the list shows, if not more are asked for."""

MOST: Final = 5_000
"""Places that are given at once."""

NULL_LINK: Final = "null-link"
"""The kind of a place where a side is missing; the other kinds are flags."""


class Place(NamedTuple):
    """A row that somebody should look at.

    Attributes:
        weight: see `cdtm.desk.record.Line`.
        id: of the row in the memory.
        unit: its name.
        zh, en: the beginning of its texts.
        reasons: against it, sentences.
        kinds: its flags, and whether it is a null link.
    """

    weight: float
    id: int
    unit: str
    zh: str
    en: str
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def rank(self) -> tuple[float, tuple[int, int]]:
        """Its place in the queue: the greatest doubt first, then as the rows stand."""
        return -round(self.weight, 2), in_place(self.id)

    @property
    def token(self) -> str:
        """Its place in the queue, as an address has it."""
        return f"{self.weight:.2f}~{self.id}"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a record.

    Attributes:
        places: in its order.
        problem: why it could not be examined, a sentence; empty if it was.
    """

    places: tuple[Place, ...] = ()
    problem: str = ""


class _Job(NamedTuple):
    folder: Path
    key: str
    stamp: Stamp


class Queue:
    """The doubts about a workspace's records.

    Args:
        workspace: with a memory.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._kept: dict[str, tuple[Stamp, Looked]] = {}
        self._at_work = False

    def put(self, record: Record, stamp: Stamp, turns: Sequence[Turn]) -> None:
        """Take in what the page of a record has found.

        Args:
            record: which.
            stamp: of `stamps`, taken before its rows were read.
            turns: of it.
        """
        with self._lock:
            self._kept[record.key] = stamp, Looked(places_of(turns))

    def listed(self, memory: Memory, asked: Mapping[str, str]) -> dict[str, Any]:
        """Give the first places, and how many there are.

        Args:
            memory: of the workspace.
            asked: ``kind`` of the places, ``of``, the key of a record, and ``limit``.

        Returns:
            ``places``; ``total`` of what is asked; ``examined`` of so many ``records``; places of
            each record that was examined (``of``), and of each kind with its sentence (``kinds``);
            ``problems``, sentences about records that could not be examined.
        """
        records = memory.records()
        found = self._found(memory, records)
        wanted = _wanted(records, found, asked)
        every = [place for one in found.values() for place in one.places]
        of_key = {record.key: record for record in records}
        kinds = Counter(kind for place in every for kind in place.kinds)
        text = asked.get("limit", "")
        limit = min(int(text), MOST) if text.isdecimal() and len(text) < 9 else AT_ONCE
        return {
            "places": [
                {"record": of_key[key].name, "address": address_of(of_key[key], place, asked)}
                | {"zh": place.zh, "en": place.en, "reasons": place.reasons}
                for key, place in wanted[:limit]
            ],
            "total": len(wanted),
            "examined": len(found),
            "records": len(records),
            "of": [
                {"key": record.key, "name": record.name, "n": len(found[record.key].places)}
                for record in records
                if record.key in found
            ],
            "kinds": [
                {"kind": kind, "n": n, "reason": REASONS.get(kind, kind)}
                for kind, n in kinds.most_common()
            ],
            "problems": [
                {"record": of_key[key].name, "reason": one.problem}
                for key, one in found.items()
                if one.problem
            ],
        }

    def following(self, memory: Memory, asked: Mapping[str, str]) -> str | None:
        """Give the address of the place behind one, of the first one at the end; None if none is.

        Args:
            memory: of the workspace.
            asked: ``after``, a `Place.token`, and what `listed` reads.
        """
        records = memory.records()
        wanted = _wanted(records, self._found(memory, records), asked)
        weight, _, number = asked.get("after", "").partition("~")
        try:
            last = -float(weight), in_place(int(number))
        except ValueError:  # from the beginning
            last = -float("inf"), (0, 0)
        behind = (one for one in wanted if one[1].rank > last)
        key, place = next(behind, wanted[0] if wanted else (None, None))
        if key is None or place is None:
            return None
        return address_of(next(one for one in records if one.key == key), place, asked)

    def _found(self, memory: Memory, records: Sequence[Record]) -> dict[str, Looked]:
        """Give what is known of each record by its key, and let what is not be examined."""
        now = stamps(self._workspace, memory)
        with self._lock:
            self._kept = {key: kept for key, kept in self._kept.items() if key in now}
            jobs = [
                _Job(self._workspace.folder, record.key, now[record.key])
                for record in records
                if self._kept.get(record.key, (None,))[0] != now[record.key]
            ]
            if jobs and not self._at_work:
                self._at_work = True
                Thread(target=self._work, args=(jobs,), daemon=True).start()
            stale = {job.key for job in jobs}
            return {key: one for key, (_, one) in self._kept.items() if key not in stale}

    def _work(self, jobs: Sequence[_Job]) -> None:
        from cdtm.build.workers import Died, Processes

        left = dict(enumerate(jobs))
        try:
            for number, found in Processes(1).map(examine_record, jobs):
                one = Looked(problem=found.reason) if isinstance(found, Died) else found
                self._keep(left.pop(number), one)
        except Exception as error:  # no process can be begun, or it fails at each record
            for job in left.values():
                self._keep(job, Looked(problem=f"{type(error).__name__}: {error}"))
        finally:
            with self._lock:
                self._at_work = False

    def _keep(self, job: _Job, found: Looked) -> None:
        with self._lock:
            if self._kept.get(job.key, (None,))[0] != job.stamp:  # else a page knows it better
                self._kept[job.key] = job.stamp, found


def stamps(workspace: Workspace, memory: Memory) -> dict[str, Stamp]:
    """Say of each record, by its key, as what it would be examined now."""
    with Journal.open(workspace.folder / NAME) as journal:
        newest = journal.newest()
    return {key: (told, newest.get(key, 0)) for key, told in memory.signatures().items()}


def examine_record(job: _Job) -> Looked:
    """Examine a record, in a process of its own."""
    workspace = open_workspace(job.folder)
    try:
        with Memory.open(workspace.memory) as memory:
            rows = memory.rows_of(record_of_key(memory, job.key))
        found = examined(workspace.store, job.key, rows, _encoder())
    except UserError as error:
        return Looked(problem=str(error))
    return Looked(places_of(turns_of(rows, found)))


@cache
def _encoder() -> StaticEncoder:
    from align.encoder.static import StaticEncoder

    return StaticEncoder()


def places_of(turns: Sequence[Turn]) -> tuple[Place, ...]:
    """Give the places of a record where one who goes from doubt to doubt stops."""
    return tuple(
        Place(
            line.weight,
            line.row.id,
            line.row.tuid,
            _clipped(line.row.zh),
            _clipped(line.row.en),
            line.reasons,
            (*line.flags, *((NULL_LINK,) if line.look == "gap" else ())),
        )
        for turn in turns
        for line in turn.lines
        if line.stops
    )


def _clipped(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _wanted(
    records: Sequence[Record], found: Mapping[str, Looked], asked: Mapping[str, str]
) -> list[tuple[str, Place]]:
    kind, of = asked.get("kind", ""), asked.get("of", "")
    wanted = [
        (record.key, place)
        for record in records
        if record.key in found and of in ("", record.key)
        for place in found[record.key].places
        if not kind or kind in place.kinds
    ]
    return sorted(wanted, key=lambda one: one[1].rank)


def _chosen(asked: Mapping[str, str]) -> dict[str, str]:
    """Give what is chosen of the doubts, as an address has it."""
    return {one: asked[one] for one in ("kind", "of") if asked.get(one)}


def address_of(record: Record, place: Place, asked: Mapping[str, str]) -> str:
    """Give the address of a place in its record, from which one goes on as it was asked."""
    told = {"name": record.name, "record": record.key, "unit": place.unit, "queue": place.token}
    told |= _chosen(asked)
    return f"/record?{urlencode(told)}"


def onward(asked: Mapping[str, str]) -> str:
    """Give the address at which one goes on from the page of a record; empty if nowhere.

    Args:
        asked: of the page: ``queue``, a `Place.token` or ``sample``, and what `listed` reads.
    """
    queue = asked.get("queue", "")
    if queue in ("", "sample"):
        return "/sample" if queue else ""
    told = {"after": queue} | _chosen(asked)
    return f"/doubts/next?{urlencode(told)}"
