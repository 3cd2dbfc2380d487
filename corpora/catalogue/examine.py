"""What a file of a folder is: format, language, symbol and day, without reading it as a record.

A TXT is decoded and its lines are
looked at as they are, of a PDF the first pages are laid out, of a DOCX the XML is read once; no
paragraph is repaired and no sentence split. What the text says is believed before what the name
says, and where the two differ a note tells it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpora.errors import RecordError
from corpora.identify import (
    find_date,
    guess_language,
    language_of_name,
    symbol_of_name,
    symbol_of_record,
)
from corpora.meeting import normal_symbol
from corpora.read.encoding import decode_text
from corpora.read.file import MOST_BYTES, RawText, sniff_kind
from corpora.read.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from corpora.document import Language
    from corpora.read.file import Kind

PAGES: Final = 3
"""Pages of a PDF that are looked at: cover, the first page of text and one running head more."""

LANGUAGE_SAMPLE: Final = 8_000
"""Characters from which the language is told: those in the middle of the file, for a cover, and a
list of members before it, say little in any language."""

LEAST_WORDS: Final = 20
"""Words or Han characters: text that has so many and is neither Chinese nor English is in another
language; of less text the name decides."""


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
        return _fail(file, f"{name} has {many:,.0f} MB, which no record has: take it out.")
    try:
        data = (root / path).read_bytes()
    except OSError as problem:
        return _fail(
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
        return _fail(file, str(problem))
    except Exception as problem:  # one file must not stop a catalogue of thousands
        return _fail(
            file,
            f"{file.name} cannot be read ({type(problem).__name__}: {problem}): "
            "leave it out and report this fault with the file.",
        )


def _fail(file: File, problem: str) -> File:
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
    furniture: Mapping[int, str] = {}
    notes: tuple[str, ...] = ()
    if kind == "pdf":
        from corpora.read.pdf import read_pdf  # late: pdfium takes a while to load

        lines, furniture, _ = read_pdf(data, name, most_pages=PAGES)
    elif kind == "docx":
        from corpora.read.docx import read_docx  # late: so does lxml

        lines, furniture, notes = read_docx(data, name)
    else:
        decoded = decode_text(data, name)
        lines, notes = lines_of(decoded.text), decoded.notes
    return RawText(lines, kind, "", notes, "", name, furniture)


def _identify(file: File, raw: RawText) -> File:
    """Fill in language, symbol and day, the text's before the name's."""
    notes = list(file.notes)
    lines = [line.text for line in raw.lines]
    in_text, in_name = tell_language(lines), language_of_name(file.name)
    language = in_text or in_name
    if in_text and in_name and in_text != in_name:
        notes.append(
            f"Its name says {_LANGUAGES[in_name]}, its text is {_LANGUAGES[in_text]}: "
            "the text was believed."
        )
    symbol, symbol_from = symbol_of_record(raw.lines, file.name, raw.furniture, raw.kind)
    named = symbol_of_name(file.name)
    if symbol and named and normal_symbol(symbol) != normal_symbol(named):
        notes.append(f"Its name says {named}, its text {symbol}: the text was believed.")
    day = None
    if language in ("zh", "en"):
        day = find_date(lines, "zh" if language == "zh" else "en")
    return _with(
        file,
        language=language,
        symbol=symbol,
        symbol_from=symbol_from,
        date=day,
        notes=tuple(notes),
    )


# -------------------------------------------------------------------------------------- language

_LANGUAGES: Final = {
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "ar": "Arabic",
    "und": "another language",
}
_SCRIPTS: Final = (
    ("ru", re.compile(r"[\u0400-\u052f]+")),
    ("ar", re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")),
)
_FRENCH: Final = "le la les des du et est que qui une pour dans sur au aux je nous"
_SPANISH: Final = "el la los las del y que una por con para se en es su al como"
_LATIN_WORDS: Final = {"fr": frozenset(_FRENCH.split()), "es": frozenset(_SPANISH.split())}


def name_language(code: str) -> str:
    """Name the language of a `File.language`: ``fr`` is French."""
    return _LANGUAGES.get(code, _LANGUAGES["und"])


def tell_language(lines: Sequence[str]) -> str | None:
    """Tell the language of a file's text: as `File.language` writes it, None if it is too short."""
    text = _middle(lines)
    language: Language | None = guess_language(text)
    if language is not None:
        return language
    words = re.findall(r"[\u3041-\u9fff\uac00-\ud7a3]|[^\W\d_]+", text)
    if len(words) < LEAST_WORDS:
        return None
    for code, letters in _SCRIPTS:
        if 2 * len(letters.findall(text)) > len(words):
            return code
    low = [word.lower() for word in words]
    counts = {code: sum(word in own for word in low) for code, own in _LATIN_WORDS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if 10 * counts[best] > len(words) else "und"


def _middle(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    start = max(0, (len(text) - LANGUAGE_SAMPLE) // 2)
    return text[start : start + LANGUAGE_SAMPLE]


def _with(file: File, **changes: object) -> File:
    return replace(file, **changes)  # type: ignore[arg-type]
