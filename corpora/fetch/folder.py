"""The folder of fetched records: which files are there, what they were checked for, and whence.

Its manifest ``fetch.jsonl`` has one line of JSON for each thing that became known, in the order in
which it did; the last line about a wish holds. A line is written after its file is whole, so what a
killed run leaves is right as far as it goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from corpora.atomic import refusal
from corpora.errors import RecordError, UserError
from corpora.fetch.pace import StoppedError
from corpora.identify import find_symbol, guess_language
from corpora.read.file import sniff_kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from corpora.document import Language
    from corpora.fetch.service import Answer, Wanted
    from corpora.read.file import Kind

MANIFEST: Final = "fetch.jsonl"
PAGES: Final = 3
"""Pages that are looked at: a cover, a list of members, and one of text."""
LEAST_LETTERS: Final = 100
"""Letters from which a language is believed; covers of 20 lines have 300, a scan's stamp 30."""
MOST_UNREADABLE: Final = 0.3
"""Share of characters without a Unicode value from which a text says nothing (`read.pdf`)."""

Outcome = Literal["kept", "not_found", "wrong_language", "failed"]

_LETTERS: Final[dict[Language, str]] = {"zh": "C", "en": "E"}
_NAMES: Final[dict[Language, str]] = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest.

    Attributes:
        symbol, language, format: the wish; the format of the file itself is in its name.
        status: ``kept``: the file is in the folder; ``not_found``: the service has none;
            ``wrong_language``: it gave another language's; ``failed``: it could not be had.
        file: name in the folder; ``""`` without one.
        url: what was asked; final_url: what gave the file, after redirects; both ``""`` for a file
            that was in the folder already.
        sha256: of the file's bytes, hexadecimal; ``""`` without one.
        bytes: its size.
        time: when this became known, ISO 8601 in UTC.
        reason: a clause for the user, unless kept.
        notes: sentences about what the user may not expect.
    """

    symbol: str
    language: Language
    format: str
    status: Outcome
    file: str
    url: str
    final_url: str
    sha256: str
    bytes: int
    time: str
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What the entry is about."""
        return self.symbol, self.language, self.format


def name_of(symbol: str, language: Language, kind: Kind = "pdf") -> str:
    """Name a record's file as the UN does: ``CD_PV.1579-C.pdf``, ``CD_PV.1579-E.pdf``."""
    return f"{symbol.replace('/', '_')}-{_LETTERS[language]}.{kind}"


class RecordFolder:
    """A folder of fetched records with its manifest; threads may share it.

    Raises:
        UserError: it cannot be made, read or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()  # also for pdfium, which knows no threads
        self._closed = False
        try:
            path.mkdir(parents=True, exist_ok=True)
            manifest = path / MANIFEST
            text = manifest.read_text("utf-8", "replace") if manifest.exists() else ""
        except OSError as problem:
            raise UserError(
                f"{path} cannot be used as a folder of records ({problem.strerror or problem}): "
                "give a folder that you may write to."
            ) from None
        self._entries = {entry.key: entry for entry in _parse_lines(text)}
        self._broken_end = bool(text) and not text.endswith("\n")

    def there(self, wanted: Wanted) -> Entry | None:
        """Tell whether a wish's file is in the folder already, unchanged since it came.

        A file of the right name that the manifest does not know (a run was killed between the two,
        or someone put it there) counts if it is a record in the right language, and is entered.
        """
        with self._lock:
            self._check_open()
            entry = self._entries.get((wanted.symbol, wanted.language, wanted.format))
            if entry is not None and entry.status == "kept":
                data = self._read(entry.file)
                same = data is not None and hashlib.sha256(data).hexdigest() == entry.sha256
                return entry if same else None
            name = name_of(wanted.symbol, wanted.language, wanted.format)
            data = self._read(name)
            return None if data is None else self._adopt(wanted, name, data)

    def keep(self, answer: Answer) -> Entry:
        """Check what came, write it under its name if it is what was asked for, and enter it.

        Raises:
            UserError: the folder cannot be written.
            StoppedError: the folder was closed.
        """
        with self._lock:
            self._check_open()
            status: Outcome = "failed"
            reason, notes, wanted = answer.reason, list(answer.notes), answer.wanted
            name = digest = ""
            if answer.kind is not None:
                digest = hashlib.sha256(answer.data).hexdigest()
                status, reason, found = check_record(answer.data, answer.kind, wanted)
                notes += found
                if status == "kept" and (other := self._same_as(digest, wanted)):
                    status, reason = "wrong_language", f"what came is the {other} file again"
            elif answer.status == "not_found":
                status = "not_found"
            if status == "kept" and answer.kind is not None:
                name = name_of(wanted.symbol, wanted.language, answer.kind)
                self._write(name, answer.data)
            entry = Entry(
                *(wanted.symbol, wanted.language, wanted.format, status),
                file=name,
                url=answer.url,
                final_url=answer.last_url,
                sha256=digest,
                bytes=len(answer.data),
                time=_now(),
                reason=reason,
                notes=tuple(notes),
            )
            # A file that is there already is not forgotten because it cannot be had anew.
            if status == "kept" or self.there(wanted) is None:
                self._enter(entry)
            return entry

    def close(self) -> None:
        """Let what is being written be finished, and write no more."""
        with self._lock:
            self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise StoppedError

    def _adopt(self, wanted: Wanted, name: str, data: bytes) -> Entry | None:
        """Enter a file that lies in the folder without an entry, if it is what is wanted."""
        try:
            kind = sniff_kind(data, name)
        except RecordError:
            return None
        status, _, notes = check_record(data, kind, wanted)
        if status != "kept" or not name.endswith(kind):
            return None
        notes.append("It was in the folder already, and does not come from this command.")
        digest = hashlib.sha256(data).hexdigest()
        entry = Entry(
            *(wanted.symbol, wanted.language, wanted.format, "kept", name, "", "", digest),
            bytes=len(data),
            time=_now(),
            notes=tuple(notes),
        )
        self._enter(entry)
        return entry

    def _same_as(self, digest: str, wanted: Wanted) -> str | None:
        """Name the other language's file of a symbol if it has the same bytes."""
        other: Language = "en" if wanted.language == "zh" else "zh"
        for asked in ("pdf", "docx"):
            entry = self._entries.get((wanted.symbol, other, asked))
            if entry is not None and entry.status == "kept" and entry.sha256 == digest:
                return _NAMES[other]
        return None

    def _read(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def _write(self, name: str, data: bytes) -> None:
        """Write a whole file or none; the part that a killed run leaves is the next one's.

        What lies under either name is replaced and never written through: a link may lead out of
        the folder.
        """
        part = self.path / f".{name}.part"
        try:
            part.unlink(missing_ok=True)
            with part.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(part, self.path / name)
        except BaseException as error:
            part.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise UserError(refusal(self.path / name, error)) from None
            raise

    def _enter(self, entry: Entry) -> None:
        """Add a line; one that a killed run left unfinished is ended first."""
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        manifest = self.path / MANIFEST
        try:
            with open(manifest, "ab", opener=_open_no_link) as stream:
                stream.write((("\n" if self._broken_end else "") + line).encode("utf-8"))
        except OSError as error:
            raise UserError(refusal(manifest, error)) from None
        self._broken_end = False
        self._entries[entry.key] = entry


def _open_no_link(path: str, flags: int) -> int:
    """Open a file of the folder, and nothing that a link in its place leads to."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _parse_lines(text: str) -> Iterable[Entry]:
    """Read a manifest; what an unfinished line was about is fetched again."""
    for line in text.splitlines():
        try:
            fields: dict[str, Any] = json.loads(line)
            yield Entry(**{**fields, "notes": tuple(fields.get("notes", ()))})
        except (ValueError, TypeError, AttributeError):
            continue


def check_record(data: bytes, kind: Kind, wanted: Wanted) -> tuple[Outcome, str, list[str]]:
    """Look at the beginning of a file: is it a record in the language that was asked for.

    An unknown language gives English without a word, so the text itself is asked. A scan, and a
    text whose fonts do not say what they show, cannot be asked: they are kept, with a note.

    Returns:
        ``kept``, ``wrong_language`` or ``failed``; the reason unless kept; notes.
    """
    try:
        lines = _first_lines(data, kind)
    except RecordError as problem:
        return "failed", str(problem).partition(":")[0], []
    text = "\n".join(lines)
    letters = sum(map(str.isalpha, text))
    odd = sum(not (ch.isprintable() or ch.isspace()) for ch in text)
    if letters < LEAST_LETTERS or odd > MOST_UNREADABLE * len(text):
        return "kept", "", ["Its language is unchecked, for it has no text: run OCR on it first."]
    language = guess_language(text)
    if language != wanted.language:
        what = _NAMES[language] if language else "neither Chinese nor English"
        reason = f"what came is {what}, though {_NAMES[wanted.language]} was asked for"
        return "wrong_language", reason, []
    symbol = find_symbol(lines, "")
    if symbol and _squeeze(symbol) != _squeeze(wanted.symbol):
        return "kept", "", [f"Its first pages bear the symbol {symbol}: look whether it is right."]
    return "kept", "", []


def _squeeze(symbol: str) -> str:
    return "".join(symbol.split()).upper()


def _first_lines(data: bytes, kind: Kind) -> list[str]:
    """Lines of the first pages of a PDF, of the whole of another file.

    Raises:
        RecordError: it is damaged or locked.
    """
    if kind == "docx":
        from corpora.read.docx import read_docx  # late: python-docx takes a while to load

        return [line.text for line in read_docx(data, "the file")[0]]
    if kind != "pdf":
        raise RecordError("what came is neither PDF nor Word")
    import pypdfium2  # late: so does pdfium

    lines: list[str] = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise RecordError("the file is a damaged or locked PDF") from None
    try:
        for number in range(min(PAGES, len(document))):
            page = document[number]
            textpage = page.get_textpage()
            lines += textpage.get_text_range().splitlines()
            textpage.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise RecordError("the file is a damaged PDF") from None
    finally:
        document.close()
    return lines
