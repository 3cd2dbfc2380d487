"""The files that a record was made of: opened, and what was left out of them shown in its place.

An address names a record and a side, and never a file. What is sent is no page: a PDF, plain text
in UTF-8, or bytes to be kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from cdtm.build.place import Place
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cdtm.build.workspace import Workspace
    from cdtm.desk.bitext.placed import Begin
    from cdtm.lookup.looker import Looker
    from cdtm.memory.units import Record
    from corpora import DroppedLine, Language


class File(NamedTuple):
    """A file to be sent.

    Attributes:
        data: its bytes.
        kind: MIME type; none that a browser would run.
        disposition: whether it is shown or kept, and its name.
    """

    data: bytes
    kind: str
    disposition: str


class Sources:
    """Where the files of records are.

    Args:
        workspace: names the folder of records.
        files: of a single pair, by the name that its record has of each, with their encodings.
    """

    def __init__(
        self, workspace: Workspace, files: Mapping[str, tuple[Path, str | None]] | None = None
    ) -> None:
        self._records = workspace.records
        self._files = files

    @contextmanager
    def local(self, record: Record, side: Language) -> Iterator[tuple[Path, str | None]]:
        """Give a file of this machine, and its encoding if that was told.

        Raises:
            UserError: there is none.
        """
        if record.is_imported:
            raise UserError("This record was imported, and its file is not kept here.")
        name = record.zh_file if side == "zh" else record.en_file
        if self._files is not None:
            yield self._files[name]
        elif self._records is None or ".." in PurePosixPath(name).parts or Path(name).is_absolute():
            raise UserError("The files of this record are not known here.")
        else:
            with Place(self._records).local(name) as path:
                if not path.is_file():
                    raise UserError(f"{name} is no longer where the record was built from.")
                yield path, None

    @contextmanager
    def as_built(self, record: Record, side: Language) -> Iterator[tuple[Path, str | None]]:
        """Give a file as `local` does, if it still is what the record was built from.

        Raises:
            UserError: it is gone, or another one now, whose lines are not those of the record.
        """
        wanted = record.zh_sha256 if side == "zh" else record.en_sha256
        with self.local(record, side) as (path, encoding):
            stat = path.stat()
            if wanted and _sha256(path, (stat.st_mtime_ns, stat.st_size)) != wanted:
                raise UserError(
                    f"{path.name} was changed since the record was built: run cdtm build."
                )
            yield path, encoding

    def lines(self, record: Record, side: Language) -> tuple[str, ...]:
        """Give the lines of a text file as they were read; none of another or a missing file."""
        try:
            with self.as_built(record, side) as (path, encoding):
                if path.suffix.lower() != ".txt":
                    return ()
                return _lines(path, path.stat().st_mtime_ns, encoding)
        except (UserError, OSError):
            return ()  # who opens the file is told

    def file(self, record: Record, side: Language, *, placed: bool = False) -> File:
        """Give a file as it is sent.

        Args:
            record: of which.
            side: which.
            placed: whether a place in it is asked for, so that another file will not do.

        Raises:
            UserError: it is gone, cannot be read, or is another one where a place is asked for.
        """
        from corpora.read.encoding import decode_text

        give = self.as_built if placed else self.local
        with give(record, side) as (path, encoding):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise UserError(f"{path.name} cannot be read: {error.strerror}.") from None
            name = f"filename*=UTF-8''{quote(path.name, safe='')}"
            ending = path.suffix.lower()
            if ending == ".pdf":
                return File(data, "application/pdf", f"inline; {name}")
            if ending == ".txt":
                text = decode_text(data, path.name, encoding).text
                return File(text.encode(), "text/plain; charset=utf-8", f"inline; {name}")
        return File(data, "application/octet-stream", f"attachment; {name}")


class Links:
    """Links from the rows of a record to their places in its files.

    Args:
        sources: where its files are.
        record: which.
    """

    def __init__(self, sources: Sources, record: Record) -> None:
        self._sources, self._record = sources, record
        self._lines: dict[Language, tuple[tuple[str, ...], Counter[str]]] = {}

    def of(self, begins: Iterable[Begin]) -> list[Link]:
        """Give the links of a row; a side whose place cannot be told has none."""
        found = []
        for side, page, line in begins:
            told = urlencode({"record": self._record.key, "side": side})
            if part := self._fragment(side, line):
                found.append(Link(f"/source?{told}#:~:text={part}", side, page))
            elif page:
                found.append(Link(f"/source?{told}&placed=1#page={page}", side, page))
        return found

    def _fragment(self, side: Language, line: int) -> str:
        """Give what makes a browser scroll to a line of a text; empty if there is none.

        A line that stands there several times is told by the one before it.
        (WICG, Text Fragments: ``#:~:text=prefix-,start``)
        """
        if side not in self._lines:
            lines = self._sources.lines(self._record, side)
            self._lines[side] = lines, Counter(lines)
        lines, often = self._lines[side]
        if not 0 < line <= len(lines):
            return ""
        before = lines[line - 2] if line > 1 and often[lines[line - 1]] > 1 else ""
        parts = [f"{_escaped(before)}-"] if before else []
        return ",".join((*parts, _escaped(lines[line - 1])))


class Link(NamedTuple):
    """A link to the place of a side in its file.

    Attributes:
        address: of it.
        side: which.
        page: from 1; 0 if the file knows none, and the link leads to a line.
    """

    address: str
    side: Language
    page: int


def _escaped(text: str) -> str:
    """Write a text as a part of an address; what is no ASCII stays, for a browser writes it so."""
    return re.sub(r"[\x00-\x7f]", lambda sign: _ASCII[ord(sign[0])], text)


_ASCII: Final = [chr(n) if chr(n).isalnum() else f"%{n:02X}" for n in range(128)]


def left_out(looker: Looker, sources: Sources, record: Record) -> list[dict[str, Any]]:
    """Give what was left out of a record's files, each passage behind the row that it follows.

    Args:
        looker: on the workspace.
        sources: of it.
        record: which.

    Returns:
        ``row``, the name of a unit, empty before the first one; ``side``; ``page``, 0 if unknown;
        ``reason``; ``text``.

    Raises:
        UserError: a file is gone, or cannot be read.
    """
    from cdtm.build.tables import read_sentences
    from cdtm.desk.bitext.placed import SIDES, placed

    rows = looker.memory.rows_of(record)
    sentences = read_sentences(looker.workspace.store, record.key)
    if sentences is None:
        raise UserError("The tables of this record are gone: run cdtm build.")
    now = placed([(row.zh, row.en) for row in rows], sentences)
    found: list[dict[str, Any]] = []
    for number, side in enumerate(SIDES):
        with sources.as_built(record, side) as (path, encoding):
            stat = path.stat()
            dropped = _dropped(path, (stat.st_mtime_ns, stat.st_size), side, encoding)
        lines = [one.line for one in (now.en if number else now.zh).sentences]
        for line in dropped:
            above = max((at for at, own in enumerate(lines) if 0 < own < line.number), default=-1)
            row = next((n for n, ends in enumerate(now.links) if ends[number][1] > above), 0)
            name = rows[row].tuid if above >= 0 else ""
            told = {"row": name, "side": side, "page": line.page, "reason": line.reason}
            if found and {**found[-1], "text": ""} == {**told, "text": ""}:
                found[-1]["text"] += f"\n{line.text}"
            else:
                found.append({**told, "text": line.text})
    return found


@lru_cache(maxsize=64)
def _sha256(path: Path, _stamp: tuple[int, int]) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=16)
def _lines(path: Path, _stamp: int, encoding: str | None) -> tuple[str, ...]:
    from corpora.read.encoding import decode_text
    from corpora.read.text import lines_of

    text = decode_text(path.read_bytes(), path.name, encoding).text
    return tuple(line.text for line in lines_of(text))


@lru_cache(maxsize=16)
def _dropped(
    path: Path, _stamp: tuple[int, int], side: Language, encoding: str | None
) -> tuple[DroppedLine, ...]:
    from corpora import read_document

    found = read_document(path, language=side, encoding=encoding).dropped
    return tuple(sorted(found, key=lambda line: line.number))
