"""What lies in the folder of records: files examined, joined by symbol, then by content."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.build.workers import Died
from corpora.catalogue.examine import File, examine, examine_bytes, fail
from corpora.catalogue.folder import list_files
from corpora.catalogue.join import join, join_by_content
from corpora.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from align import Encoder
    from cdtm.build.engines import Engine
    from cdtm.build.place import Place
    from cdtm.build.workspace import Workspace
    from corpora.catalogue.types import Catalogue

    Row = dict[str, Any]
    Tell = Callable[[int, int], None]

JOINED = "joined"


def scan(
    place: Place, known: Sequence[Row], engine: Engine, tell: Tell
) -> tuple[list[File], list[str]]:
    """Examine the files of a place; those that have not changed since are taken as known.

    A file that could not be read is looked at again each time: it may have been the machine's
    fault. Where a worker ends, each file of its batch is examined alone, so that none is blamed
    for its neighbours.

    Args:
        place: the folder of records.
        known: rows of the former catalogue.
        engine: does the work.
        tell: is told how many of how many files have been examined.

    Returns:
        The files by path, and the paths of those that ended the worker that examined them.

    Raises:
        UserError: there is no such folder.
    """
    former = {(row["path"], row["size"], row["modified"]): row for row in known}
    former = {each: row for each, row in former.items() if row["problem"] is None}
    found = list_place(place)
    files = [file_of(former[each]) for each in found if each in former]
    unknown = [each for each in found if each not in former]
    lost: list[str] = []
    # Small batches: a file takes a few milliseconds.
    batches = [unknown[start : start + BATCH] for start in range(0, len(unknown), BATCH)]
    while batches:
        alone = []
        work = engine.map(partial(examine_all, place), batches, seconds=SECONDS)
        for number, result in work:
            batch = batches[number]
            if not isinstance(result, Died):
                files += result
            elif len(batch) > 1:
                alone += [[each] for each in batch]
            else:
                files.append(fail(File(*batch[0]), result.reason))
                lost.append(batch[0][0])
            tell(len(files), len(found))
        batches = alone
    return sorted(files, key=lambda file: file.path), sorted(lost)


BATCH = 16
"""Files that a worker examines at a time."""

SECONDS = 30.0
"""Of a processor, that a batch may take."""


def list_place(place: Place) -> list[tuple[str, int, int]]:
    """List the files that may be records: path, bytes, nanoseconds since 1970."""
    if place.is_local:
        return list_files(Path(place.root))
    return sorted(each for each in place.details() if "/." not in f"/{each[0]}")  # none hidden


def examine_all(place: Place, found: Sequence[tuple[str, int, int]]) -> list[File]:
    """Examine some files of a place."""
    if place.is_local:
        # As listed: a file that is changed meanwhile is then examined again by the next build.
        return [
            replace(examine(Path(place.root), path), size=size, modified=modified)
            for path, size, modified in found
        ]
    return [examine_bytes(File(*each), place.read(each[0]) or b"") for each in found]


def file_of(row: Row) -> File:
    """Make a file of its row of the catalogue."""
    names = File.__dataclass_fields__
    values = {name: row[name] for name in names}
    return File(**values | {"notes": tuple(filter(None, row["notes"].split("\n")))})


def join_files(
    files: Sequence[File], place: Place, workspace: Workspace, engine: Engine, encoder: Encoder
) -> Catalogue:
    """Join files to pairs: by symbol, and what is left by content."""
    catalogue = join(files)
    found = matches(catalogue, place, workspace, engine, encoder)
    return join_by_content(catalogue, found["joins"], found["doubtful"])


def catalogue_rows(files: Sequence[File], catalogue: Catalogue) -> Iterable[Row]:
    """Give each file its row: of which record it is a side, or why it is left out."""
    keys = {file.path: pair.key for pair in catalogue.pairs for file in (pair.zh, pair.en)}
    left_out = {each.path: each for each in catalogue.left_out}
    for file in files:
        row = asdict(file) | {"notes": "\n".join(file.notes), "key": keys.get(file.path)}
        out = left_out.get(file.path)
        yield row | {
            "state": JOINED if file.path in keys else out.reason if out else "",
            "reason": out.sentence if out else None,
        }


def matches(
    catalogue: Catalogue, place: Place, workspace: Workspace, engine: Engine, encoder: Encoder
) -> dict[str, list[Any]]:
    """Find by content what no symbol joins; it takes reading them all, so the answer is noted.

    Returns:
        ``joins`` and ``doubtful``: path of the Chinese file, of the English one, confidence.
    """
    zh, en = (
        [f for f in catalogue.unjoined if f.language == language] for language in ("zh", "en")
    )
    if not zh or not en or all(file.symbol for file in catalogue.unjoined):
        return {"joins": [], "doubtful": []}
    files = [(file.path, file.sha256, file.symbol) for file in (*zh, *en)]
    asked = hashlib.sha256(repr((MATCHING, encoder.signature, files)).encode()).hexdigest()
    noted = workspace.note("matches")
    if not (isinstance(noted, dict) and noted.get("asked") == asked and _is_whole(noted)):
        found, whole = match_files(zh, en, place, engine, encoder)
        noted = {"asked": asked} | found
        if whole:
            workspace.save_note("matches", noted)
    told: dict[str, list[Any]] = noted
    return told


def _is_whole(noted: dict[str, Any]) -> bool:
    """Whether a note has the form of what `match_files` finds; a damaged file has not."""
    rows = [noted.get("joins"), noted.get("doubtful")]
    return all(
        isinstance(row, list) and list(map(type, row)) == [str, str, float]
        for found in rows
        for row in (found if isinstance(found, list) else [None])
    )


MATCHING = "1"
"""Raised whenever the same files would be joined otherwise."""


def match_files(
    zh: Sequence[File], en: Sequence[File], place: Place, engine: Engine, encoder: Encoder
) -> tuple[dict[str, list[Any]], bool]:
    """Read the files and find those that translate each other, surely or perhaps.

    Returns:
        See `matches`; and whether no worker was lost over a file, so that it may be noted.
    """
    from align.matching import sort_matches, weigh_documents  # nothing for who examines files

    files = [*zh, *en]
    read: dict[int, Document] = {}
    whole = True
    asked = [(file.path, file.language) for file in files]
    for number, document in engine.map(partial(read_one, place), asked):
        whole = whole and not isinstance(document, Died)
        if isinstance(document, Document):
            # The catalogue's symbol: a document may take one from a line of prose.
            read[number] = replace(document, symbol=files[number].symbol)
    sides = [
        [number for number in read if (number < len(zh)) is chinese] for chinese in (True, False)
    ]
    left, right = (sorted(side) for side in sides)
    weighed = weigh_documents([read[i] for i in left], [read[j] for j in right], encoder)
    joins, doubtful = (
        [(files[left[m.zh]].path, files[right[m.en]].path, m.confidence) for m in found]
        for found in sort_matches(weighed)
    )
    return {"joins": joins, "doubtful": doubtful}, whole


def read_one(place: Place, asked: tuple[str, Any]) -> Document | None:
    """Read a record; None if it cannot be read, which the build of its pair will tell."""
    from corpora.record import read_document  # nor this

    path, language = asked
    try:
        with place.local(path) as local:
            return read_document(local, language=language)
    except Exception:
        return None
