"""A file that should be XML and is not: read as text, mended on the way, given on as UTF-8.

Only what has one meaning is mended: bytes in another coding than the file says, characters that
XML cannot hold, a ``&`` or ``<`` that begins nothing, entities of HTML. What was done is counted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.entities import html5
from pathlib import Path
from typing import IO, Final

from tmx_out.xml_text import is_utf8

SAMPLE: Final = 1 << 20
"""Bytes by which the coding is told."""

BYTES: Final = "byte that its coding does not have"
CONTROLS: Final = "character that XML cannot hold"
SIGNS: Final = "& or < that begins nothing"
ENTITIES: Final = "entity of HTML"

_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]*\?>")
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGN: Final = re.compile(r"&(#x?[0-9A-Fa-f]+;|\w+;)?|<(?=[\s\d=<,.，。])")
_FIVE: Final = ("lt;", "gt;", "amp;", "quot;", "apos;")
_HELD_BACK: Final = 40
"""Characters at the end of a piece among which an entity may be cut in two."""


def said_wrongly(path: Path) -> str | None:
    """Give the coding of a file that says another one; None if it may be right.

    A file of one byte a character is never broken as XML, so that alone is found here; another
    wrong one shows as no XML.
    """
    with path.open("rb") as stream:
        data = stream.read(SAMPLE)
    declared = _DECLARED.match(data.lstrip())
    if declared is None or data.isascii() or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    try:
        name = codecs.lookup(declared[1].decode()).name
    except LookupError:
        return _guessed(data)
    if name == "utf-8" or not is_utf8(data):
        return None
    return "utf-8"


def _guessed(data: bytes) -> str:
    from corpora.read.encoding import guess_encoding

    if is_utf8(data):
        return "utf-8"
    return guess_encoding(data) or "utf-8"


@contextmanager
def open_mended(path: Path, told: dict[str, int], coding: str | None = None) -> Iterator[Mended]:
    """Open a file as XML in UTF-8.

    Args:
        path: of it.
        told: takes what was mended, and how often.
        coding: of its bytes; told by them if None.
    """
    with path.open("rb") as stream:
        coding = coding or _guessed(stream.read(SAMPLE))
        stream.seek(0)
        yield Mended(stream, coding, told)


class Mended:
    """Gives the bytes of a mended file; has what lxml asks of a file."""

    def __init__(self, stream: IO[bytes], coding: str, told: dict[str, int]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(coding)(errors="replace")
        self._told = told
        self._held = ""
        self._begun = False
        self._declares = False  # entities of its own
        told[f"read as {coding.upper()}"] = 1

    def read(self, size: int = 1 << 16) -> bytes:
        """Give about so many bytes; none at the end."""
        while True:
            data = self._stream.read(max(size, 1 << 16))
            text = self._held + self._decoder.decode(data, final=not data)
            self._held = ""
            if not self._begun and (len(text) > 200 or not data):
                self._begun = True
                text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
                self._declares = "<!ENTITY" in text
            if data:
                cut = max(text.rfind("&", -_HELD_BACK), text.rfind("<", -2))
                if not self._begun:
                    cut = 0
                if cut >= 0:
                    text, self._held = text[:cut], text[cut:]
            if text or not data:
                return self._mend(text).encode()

    def _mend(self, text: str) -> str:
        self._count(BYTES, text.count("\ufffd"))
        text, gone = _NO_XML.subn("", text)
        self._count(CONTROLS, gone)
        return _SIGN.sub(self._sign, text)

    def _sign(self, found: re.Match[str]) -> str:
        name = found[1]
        if found[0] == "<":
            self._count(SIGNS, 1)
            return "&lt;"
        if name is None:
            self._count(SIGNS, 1)
            return "&amp;"
        if name in _FIVE:
            return found[0]
        if name[0] == "#":
            code = int(name[2:-1], 16) if name[1] in "xX" else _decimal(name[1:-1])
            if code is not None and 0 <= code < 0x110000 and not _NO_XML.match(chr(code)):
                return f"&#{code};"
            self._count(CONTROLS, 1)
            return ""
        if name in html5:
            self._count(ENTITIES, 1)
            return html5[name].replace("&", "&amp;").replace("<", "&lt;")
        if self._declares:
            return found[0]
        self._count(SIGNS, 1)
        return f"&amp;{name}"

    def _count(self, what: str, number: int) -> None:
        if number:
            self._told[what] = self._told.get(what, 0) + number


def _decimal(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None
