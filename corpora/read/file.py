"""From a record's file to its physical lines, whatever the file's format.

The format is told from the content (magic bytes), never from the suffix: downloaded records are
often misnamed. Every line that holds anything comes out, furniture included, in reading order;
telling furniture from text is the work of `corpora.repair.furniture`.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from corpora.errors import RecordError
from corpora.lazy import lazy_pattern
from corpora.read.encoding import decode_text
from corpora.read.ideographs import fold_ideographs
from corpora.read.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from corpora.document import Line

__all__ = ["PRINTED", "Kind", "RawText", "lines_of", "read_content", "read_lines", "sniff_kind"]

Kind = Literal["txt", "pdf", "docx", "doc", "odt", "rtf", "html", "tei"]

PRINTED: Final = frozenset({"txt", "pdf"})
"""Kinds whose lines are those of a page; the others have a line for each paragraph."""


@dataclass(frozen=True, slots=True)
class RawText:
    """What a file says, line by line, before anything is repaired or left out.

    Attributes:
        lines: every line that holds anything, furniture included, in reading order; the numbers
            run 1, 2, 3 … without holes.
        kind: the format that the content was recognised as.
        encoding: how the bytes of a text or page were decoded, ``utf-8`` …; ``""`` for others.
        notes: sentences for the user about what was found, in the order of finding.
        sha256: of the file's bytes, hexadecimal.
        name: the file's name without its folder.
        furniture: what the *file itself* says is no running text: line number → a short reason,
            ``running header`` and ``running footer`` (parts of a DOCX), ``hidden text``,
            ``form prompt``, ``figures in a table``, ``margin text`` (turned by 90 degrees),
            ``watermark``, ``doubled text``, ``line number``. Lines that are not here may be
            furniture all the same: a TXT says nothing.
    """

    lines: tuple[Line, ...]
    kind: Kind
    encoding: str
    notes: tuple[str, ...]
    sha256: str
    name: str
    furniture: Mapping[int, str] = field(default_factory=dict)


_HEAD: Final = 1024
"""Bytes: a PDF's magic may stand anywhere in so many (ISO 32000-1, annex H)."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
_ODT: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
_TEI: Final = lazy_pattern(rb"<TEI(?:\.2)?[\s>]")
# What begins so is none of ours: what it is, and the cure.
_FOREIGN: Final = (
    (_OLE, "an old Office file, and no Word file", "save the record as .docx or PDF"),
    (b"\x89PNG\r\n", "a picture", "give the record with its text (PDF, DOCX or TXT), or OCR it"),
    (b"\xff\xd8\xff", "a picture", "give the record with its text (PDF, DOCX or TXT), or OCR it"),
    (b"GIF8", "a picture", "give the record with its text (PDF, DOCX or TXT), or OCR it"),
    (b"II*\x00", "a picture", "give the record with its text (PDF, DOCX or TXT), or OCR it"),
    (b"MM\x00*", "a picture", "give the record with its text (PDF, DOCX or TXT), or OCR it"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"\x1f\x8b", "a compressed file", "unpack it and give what it holds"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it and give what it holds"),
    (b"Rar!", "a compressed file", "unpack it and give what it holds"),
)
_HTML: Final = lazy_pattern(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML: Final = lazy_pattern(rb"\s*<\?xml\b")


MOST_BYTES: Final = 200_000_000
"""Bytes: the longest record with pictures has 20 million; more is no record, and is not loaded."""


MOST_CHARACTERS: Final = 20_000_000
"""Of a file's text: a record of a day has under a million."""
LONGEST_LINE: Final = 300_000
"""Characters of a line: a whole record on one (CD/PV.1579 in English has 91,000) is still read. A
sentence of a million takes 21 seconds to align."""


def read_lines(path: Path, *, encoding: str | None = None) -> RawText:
    """Read a record's file into its physical lines.

    Args:
        path: a TXT, PDF, DOCX, DOC, ODT, RTF, HTML or TEI file.
        encoding: the encoding of a TXT when the guess is wrong; ignored for other kinds.

    Raises:
        RecordError: the file cannot be read as a record; the text says why and what to do.
    """
    name = path.name or str(path)
    data = _read_bytes(path, name)
    kind = sniff_kind(data, name)
    lines, furniture, codec, notes = read_content(data, kind, name, encoding=encoding)
    if not lines:
        raise RecordError(f"{name} holds no text, only white space: give a file with the record.")
    return RawText(lines, kind, codec, notes, hashlib.sha256(data).hexdigest(), name, furniture)


def read_content(
    data: bytes,
    kind: Kind,
    name: str,
    *,
    encoding: str | None = None,
    most_pages: int | None = None,
) -> tuple[tuple[Line, ...], Mapping[int, str], str, tuple[str, ...]]:
    """Read the bytes of a file of a kind that `sniff_kind` told.

    Args:
        data: the file's bytes.
        kind: its format.
        name: its name, for messages.
        encoding: of a TXT; told from its bytes if None.
        most_pages: how many pages of a PDF are read, from the first; None for all.

    Returns:
        Lines, furniture, encoding and notes, as `RawText` has them.

    Raises:
        RecordError: the file cannot be read as a record; the text says why and what to do.
    """
    furniture: Mapping[int, str] = {}
    codec = ""
    notes: tuple[str, ...] = ()
    # Readers are loaded late: their libraries take a while.
    if kind == "pdf":
        from corpora.read.pdf import read_pdf

        lines, furniture, notes = read_pdf(data, name, most_pages=most_pages)
    elif kind == "html":
        from corpora.read.html import read_html

        lines, codec, notes = read_html(data, name)
    elif kind == "tei":
        from corpora.read.html import read_tei

        lines, furniture = read_tei(data, name)
    elif kind == "txt":
        decoded = decode_text(data, name, encoding)
        lines, codec, notes = lines_of(decoded.text), decoded.encoding, decoded.notes
    else:
        from corpora.read.docx import read_docx

        if kind != "docx":
            from corpora.read.office import KINDS, convert_to_docx

            data = convert_to_docx(data, kind, name)
            notes = (f"It is {KINDS[kind]} and was read through LibreOffice.",)
        lines, furniture, found = read_docx(data, name)
        notes += found
    _check_size(lines, name)
    return _fold(lines), furniture, codec, notes


def _check_size(lines: Sequence[Line], name: str) -> None:
    """Refuse a text that would take more time and memory than any record.

    Raises:
        RecordError: so it is.
    """
    longest = max((len(line.text) for line in lines), default=0)
    if longest > LONGEST_LINE:
        raise RecordError(
            f"{name} has a line of {longest:,} characters, which no record has: break its lines."
        )
    total = sum(len(line.text) for line in lines)
    if total > MOST_CHARACTERS:
        raise RecordError(f"{name} has {total:,} characters, which no record has: part it.")


def _fold(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Write radicals and private code points as ideographs, in lines that have any."""
    folded = fold_ideographs([line.text for line in lines])
    return tuple(
        line if line.text == text else replace(line, text=text)
        for line, text in zip(lines, folded, strict=True)
    )


def sniff_kind(data: bytes, name: str) -> Kind:
    """Tell a file's format from its bytes.

    Args:
        data: the whole content.
        name: the file's name, for messages.

    Raises:
        RecordError: it is empty, or in a format that is recognised and not read here.
    """
    if not data:
        raise RecordError(f"{name} is empty (0 bytes): download or save the record again.")
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "odt" if _ODT in head[:100] else "docx"
    if head.startswith(_OLE) and _ENCRYPTED in data:
        raise RecordError(
            f"{name} is a Word file with a password: open it in Word, save it without."
        )
    if head.startswith(_OLE) and _WORD_STREAM in data:
        return "doc"
    if head.startswith(rb"{\rtf"):
        return "rtf"
    for magic, what, cure in _FOREIGN:
        if head.startswith(magic):
            raise RecordError(f"{name} is {what}, which cannot be read here: {cure}.")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(text):
        return "html"
    if _XML.match(text) or _TEI.match(text.lstrip()):
        if _TEI.search(head):
            return "tei"
        raise RecordError(f"{name} is an XML file: give the record as PDF, DOCX or plain text.")
    return "txt"


def _read_bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise RecordError(f"{path} is a folder: give one record's file (PDF, DOCX or TXT) in it.")
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device may never end
            raise RecordError(f"{path} is no file but a pipe or a device: save the record first.")
        if path.stat().st_size > MOST_BYTES:
            many = path.stat().st_size / 1e6
            raise RecordError(f"{name} has {many:,.0f} MB, which no record has: give the record.")
        return path.read_bytes()
    except FileNotFoundError:
        if str(path).startswith(("http:/", "https:/")):
            raise RecordError(
                f"{path} is an address and no file: download it first, or let cdtm fetch get the "
                "records by their symbol."
            ) from None
        raise RecordError(f"There is no file {path}: check its name and folder.") from None
    except PermissionError:
        raise RecordError(
            f"{name} may not be read by you: ask its owner for permission, or copy it to a folder "
            "of your own."
        ) from None
    except OSError as problem:
        raise RecordError(
            f"{name} cannot be read ({problem.strerror or problem}): copy it to a local disk first."
        ) from None
