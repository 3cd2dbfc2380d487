"""What a file of a folder is: format, language, symbol and day, without reading it as a record.

A TXT is decoded and its lines are
looked at as they are, of a PDF the first pages are laid out, of a DOCX the XML is read once; no
paragraph is repaired and no sentence split. What the text says is believed before what the name
says, and where the two differ a note tells it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpora.errors import RecordError
from corpora.identify import (
    language_of_name,
    symbol_of_name,
    symbol_of_record,
)
from corpora.languages import name_language, tell_language
from corpora.meeting import find_date, normal_symbol
from corpora.read.file import MOST_BYTES, RawText, read_content, sniff_kind

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from corpora.read.file import Kind

PAGES: Final = 3
"""Pages of a PDF that are looked at: cover, the first page of text and one running head more."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a folder of records, as far as a short look tells.

    Attributes:
        path: relative to the folder, with forward slashes.
        size: in bytes.
        modified: nanoseconds since 1970.
        sha256: of the bytes, hexadecimal; ``""`` if they could not be loaded.
        kind: ``txt``, ``pdf``, ``docx``; ``""`` if it is none of them.
        language: ``zh``, ``en``; for other languages their code (``fr``, ``es``, ``ru``, ``ar``),
            ``und`` for one that is not named here; None if the text is too short to tell.
        symbol: the record's own, ``CD/PV.1579``, as text or name writes it.
        symbol_from: ``text`` or ``name``; None without a symbol.
        date: day of the meeting, if a cover or running head tells.
        problem: why the file cannot be used, one sentence with its cure.
        notes: sentences for the user.
    """

    path: str
    size: int
    modified: int
    sha256: str = ""
    kind: str = ""
    language: str | None = None
    symbol: str | None = None
    symbol_from: str | None = None
    date: date | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.path.rpartition("/")[2]


# -------------------------------------------------------------------------------------- one file


def examine(root: Path, path: str) -> File:
    """Look into one file.

    Never raises for the file's sake: what is wrong with it is its `File.problem`.

    Args:
        root: the folder of records.
        path: of the file, relative to `root`, with forward slashes.
    """
    name = path.rpartition("/")[2]
    try:
        found = (root / path).stat()
    except OSError as problem:
        return File(path, 0, 0, problem=f"{name} is gone ({problem.strerror}): look again.")
    file = File(path, found.st_size, found.st_mtime_ns)
    if found.st_size > MOST_BYTES:
        many = found.st_size / 1e6
        return fail(file, f"{name} has {many:,.0f} MB, which no record has: take it out.")
    try:
        data = (root / path).read_bytes()
    except OSError as problem:
        return fail(
            file,
            f"{name} may not be read ({problem.strerror}): ask its owner for permission.",
        )
    return examine_bytes(file, data)


def examine_bytes(file: File, data: bytes) -> File:
    """Fill in what the bytes of a file tell about it."""
    file = _with(file, sha256=hashlib.sha256(data).hexdigest())
    try:
        kind = sniff_kind(data, file.name)
        file = _with(file, kind=kind)
        raw = _read_head(data, kind, file.name)
        if not raw.lines:
            raise RecordError(
                f"{file.name} holds no text, only white space: give a file with the record."
            )
        return _identify(_with(file, notes=raw.notes), raw)
    except RecordError as problem:
        return fail(file, str(problem))
    except Exception as problem:  # one file must not stop a catalogue of thousands
        return fail(
            file,
            f"{file.name} cannot be read ({type(problem).__name__}: {problem}): "
            "leave it out and report this fault with the file.",
        )


def fail(file: File, problem: str) -> File:
    """Say what is wrong with a file, and what its name says it should be."""
    symbol = symbol_of_name(file.name)
    return _with(
        file,
        problem=problem,
        language=language_of_name(file.name),
        symbol=symbol,
        symbol_from="name" if symbol else None,
    )


def _read_head(data: bytes, kind: Kind, name: str) -> RawText:
    """Read the lines that tell what a file is, furniture included."""
    lines, furniture, _, notes = read_content(data, kind, name, most_pages=PAGES)
    notes = () if kind == "pdf" else notes  # of three pages only
    return RawText(lines, kind, "", notes, "", name, furniture)


def _identify(file: File, raw: RawText) -> File:
    """Fill in language, symbol and day, the text's before the name's."""
    notes = list(file.notes)
    lines = [line.text for line in raw.lines]
    in_text, in_name = tell_language(lines), language_of_name(file.name)
    language = in_text or in_name
    if in_text and in_name and in_text != in_name:
        notes.append(
            f"Its name says {name_language(in_name)}, its text is {name_language(in_text)}: "
            "the text was believed."
        )
    symbol, symbol_from = symbol_of_record(raw.lines, file.name, raw.furniture, raw.kind)
    named = symbol_of_name(file.name)
    if symbol and named and normal_symbol(symbol) != normal_symbol(named):
        notes.append(f"Its name says {named}, its text {symbol}: the text was believed.")
    day = None
    if language in ("zh", "en"):
        day = find_date(lines, "zh" if language == "zh" else "en", symbol)
    return _with(
        file,
        language=language,
        symbol=symbol,
        symbol_from=symbol_from,
        date=day,
        notes=tuple(notes),
    )


def _with(file: File, **changes: object) -> File:
    return replace(file, **changes)  # type: ignore[arg-type]
