"""The ZIP of a DOCX: which part is what, as its relationships say, and their XML, within bounds."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_UNPACKED: Final = 100_000_000
"""Bytes of all parts that are read: the longest of 79 pages has 4 million; more is a bomb."""
MOST_PARTS: Final = 2_000
"""Headers, footers and notes that are read; a report of 79 pages has 40."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Strict documents name the same elements in other namespaces.
_STRICT: Final = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), usual[1:-1].encode())
    for strict, usual in (
        ("wordprocessingml/main", W),
        ("officeDocument/relationships", R),
        ("officeDocument/math", M),
    )
)
# What `zipfile` raises for damaged, cut-off, locked and unheard-of archives.
_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,  # a name in the archive that is no UTF-8
)
_READ: Final = ("header", "footer", "footnotes", "endnotes", "styles", "numbering")


@dataclass(frozen=True, slots=True)
class Package:
    """An opened DOCX.

    Attributes:
        body: root of the main part.
        others: kind (``header``, ``footer``, ``footnotes``, ``endnotes``, ``styles``) and root of
            other parts, in the order of their names.
        chunks: relationship's id → name and bytes of a file that the main part takes in.
    """

    body: Any
    others: tuple[tuple[str, Any], ...]
    chunks: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    def parts(self, kind: str) -> list[Any]:
        """Roots of the parts of one kind."""
        return [root for found, root in self.others if found == kind]


def open_package(data: bytes, name: str) -> Package:
    """Open the ZIP and parse the parts, resolving no entity and reading nothing from outside.

    Raises:
        RecordError: it is another kind of ZIP, damaged, locked, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_parts(_Archive(archive, name))
    except _DAMAGES as problem:
        if "encrypted" in str(problem):
            raise RecordError(f"{name} is locked with a password: save it without.") from None
        raise RecordError(f"{name} is a damaged or cut-off DOCX file: download it again.") from None


class _Archive:
    """A ZIP whose parts are found whatever their capitals, and add up to a bound."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._left = MOST_UNPACKED
        self.name = name
        self.names = {part.replace("\\", "/").lower(): part for part in archive.namelist()}

    def read(self, part: str) -> bytes:
        info = self._archive.getinfo(self.names[part.lower()])
        self._left -= info.file_size
        if self._left < 0:
            raise RecordError(
                f"{self.name} unpacks to far more than any record holds ({part}): "
                "save it anew in Word."
            )
        try:
            return self._archive.read(info)
        except (RecordError, OSError):
            raise
        except Exception as problem:  # zipfile raises eight kinds of errors on damaged archives
            raise RecordError(
                f"{self.name} is a damaged Word file ({part}): save it anew in Word."
            ) from problem

    def parse(self, part: str) -> Any:
        from lxml import etree

        data = self.read(part)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise RecordError(
                f"{self.name} declares XML entities, which no Word file does and which are not "
                "resolved here: open it in Word and save it anew as .docx."
            )
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise RecordError(
                f"{self.name} is a damaged DOCX file ({part}): open and save it in Word."
            ) from None

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Kind, id and target's name of each relationship of `part` (``""``: of the package)."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name.lower() not in self.names:
            return []
        found = []
        for relation in self.parse(name):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if target.lower() in self.names:
                kind = relation.get("Type", "").rpartition("/")[2]
                found.append((kind, relation.get("Id", ""), target))
        return found


def _read_parts(archive: _Archive) -> Package:
    main = _find_main_part(archive)
    body = archive.parse(main)
    related = archive.relations(main)
    kinds = {target: kind for kind, _, target in related if kind in _READ}
    told = set(kinds.values())
    for part in archive.names.values():  # where relationships are lost, usual names tell
        usual = re.fullmatch(rf"word/({'|'.join(_READ)})\d*\.xml", part)
        if usual is not None and usual[1] not in told:
            kinds[part] = usual[1]
    ordered = sorted(kinds, key=_natural)[:MOST_PARTS]
    others = tuple((kinds[part], archive.parse(part)) for part in ordered)
    chunks = {
        key: (posixpath.basename(target), archive.read(target))
        for kind, key, target in related
        if kind == "aFChunk"
    }
    return Package(body, others, chunks)


def _find_main_part(archive: _Archive) -> str:
    """Name of the part that the package calls its document, ``word/document.xml`` as a rule."""
    names = archive.names
    mains = [target for kind, _, target in archive.relations("") if kind == "officeDocument"]
    main = mains[0] if mains else "word/document.xml"
    if "[content_types].xml" in names and main.lower() in names and _is_word(main, names):
        return main
    what = "an Excel file" if any(part.startswith("xl/") for part in names) else ""
    what = "slides" if any(part.startswith("ppt/") for part in names) else what
    what = "an OpenDocument file" if "content.xml" in names else what
    if what:
        raise RecordError(
            f"{archive.name} is {what}, which cannot be read here: save it as .docx or UTF-8 text."
        )
    raise RecordError(
        f"{archive.name} is a ZIP archive, not a Word file: unpack it and give the record inside."
    )


def _is_word(main: str, names: Mapping[str, str]) -> bool:
    return main.startswith("word/") or not any(part.startswith(("xl/", "ppt/")) for part in names)


def _natural(part: str) -> tuple[str, int]:
    digits = re.search(r"\d+", part)
    return re.sub(r"\d+", "", part), int(digits.group()) if digits else 0
