"""DOCX into lines: paragraphs, tables, text boxes and notes, in the order of the document.

The parts are read as XML, for python-docx shows neither notes, text boxes nor tracked changes.
What becomes of what:

* a paragraph is a `Line` with gap 1; a line break in it begins a line with gap 0;
* a table is read row by row, cell by cell; a merged cell once;
* a text box comes before the paragraph that it is anchored in;
* headers and footers of all sections come first and last, each once, marked in the furniture;
* footnotes and endnotes come after the text (before the footers), their marks stay as ``¹``;
* tracked deletions, moved-away and hidden text, and the codes of fields are left out; tracked
  insertions and the results of fields are kept; comments are left out;
* a no-break hyphen is ``-``, a soft one vanishes: Word wraps lines itself, so none is at a line's
  end; a tab is a space, at a line's head an indent.

Pages are not known (0): Word lays them out anew each time. The numbers of automatic lists are no
text of the file and do not come out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from corpora.document import Line
from corpora.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_UNPACKED: Final = 200_000_000
"""Bytes of XML in one part: the longest record has 3 million; more is an archive bomb."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What `zipfile` raises for damaged, cut-off, locked and unheard-of archives.
_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)
_LEFT_OUT: Final = (
    *("del", "moveFrom", "rt"),
    *("rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr"),
    *("commentReference", "annotationRef", "footnoteRef", "endnoteRef"),
)
# Besides, the copy of a text box that is there for old readers.
_SKIPPED: Final = frozenset({*(_W + tag for tag in _LEFT_OUT), _MC + "Fallback"})
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class _Output:
    """Lines as they are found: text, indent and gap of each, and its reason if it is furniture."""

    lines: list[tuple[str, float, float, str]] = field(default_factory=list)

    def add(self, text: str, reason: str = "") -> None:
        """Add a paragraph's text, parted at its line breaks; nothing for empty ones."""
        gap = 1.0
        for part in text.split("\n"):
            before = len(part) - len(part.lstrip(" \u3000\t"))
            printed = " ".join(part.split())
            if printed:
                self.lines.append((printed, float(before), gap, reason))
                gap = 0.0


def read_docx(
    data: bytes, name: str
) -> tuple[tuple[Line, ...], Mapping[int, str], tuple[str, ...]]:
    """Read the lines of a DOCX in the order of the document.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.

    Returns:
        The lines, what the file itself says is no running text (line number → ``running header``
        or ``running footer``), and notes for the user.

    Raises:
        RecordError: the file is another kind of ZIP, damaged, locked or without text.
    """
    package = _open_package(data, name)
    body = package.body
    output = _Output()
    for text in _once(package.parts("header")):
        output.add(text, "running header")
    notes: list[str] = []
    numbers: dict[tuple[str, str], str] = {}
    for text in _paragraphs(body, numbers):
        output.add(text)
    for kind in ("footnote", "endnote"):
        for text in _note_texts(package, kind, numbers):
            output.add(text)
    for text in _once(package.parts("footer")):
        output.add(text, "running footer")
    if body.find(f".//{_W}del") is not None or body.find(f".//{_W}ins") is not None:
        notes.append(
            "The file has tracked changes: it was read as if all were accepted; "
            "reject them in Word first if the older text is meant."
        )
    lines = tuple(
        Line(text, 0, number, indent, 0.0 if number == 1 else gap)
        for number, (text, indent, gap, _) in enumerate(output.lines, 1)
    )
    furniture = {n: reason for n, (*_, reason) in enumerate(output.lines, 1) if reason}
    if len(furniture) == len(lines):
        raise RecordError(f"{name} is a Word file without any text: give a file with the record.")
    return lines, furniture, tuple(notes)


# -------------------------------------------------------------------------------------- the package


@dataclass(frozen=True, slots=True)
class _Package:
    """The XML trees of an opened DOCX: its body, and other parts by their kind."""

    body: Any
    others: tuple[tuple[str, Any], ...]

    def parts(self, kind: str) -> list[Any]:
        return [tree for found, tree in self.others if found == kind]


def _open_package(data: bytes, name: str) -> _Package:
    """Open the ZIP and parse the parts, resolving no entity and reading nothing from outside."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _find_main_part(archive, name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            body = _parse(archive, main, parser, name)
            others = []
            for part in sorted(archive.namelist(), key=_natural):
                kind = re.fullmatch(r"word/(header|footer|footnotes|endnotes)\d*\.xml", part)
                if kind is not None:
                    others.append((kind[1].rstrip("s"), _parse(archive, part, parser, name)))
    except _DAMAGES as problem:
        if "encrypted" in str(problem):
            raise RecordError(f"{name} is locked with a password: save it without.") from None
        raise RecordError(f"{name} is a damaged or cut-off DOCX file: download it again.") from None
    return _Package(body, tuple(others))


def _find_main_part(archive: zipfile.ZipFile, name: str) -> str:
    parts = set(archive.namelist())
    if "[Content_Types].xml" not in parts or "word/document.xml" not in parts:
        what = "an Excel file" if any(part.startswith("xl/") for part in parts) else ""
        what = "slides" if any(part.startswith("ppt/") for part in parts) else what
        what = "an OpenDocument file" if "content.xml" in parts else what
        if what:
            raise RecordError(
                f"{name} is {what}, which cannot be read here: save it as .docx or UTF-8 text."
            )
        raise RecordError(
            f"{name} is a ZIP archive, not a Word file: unpack it and give the record inside."
        )
    return "word/document.xml"


def _parse(archive: zipfile.ZipFile, part: str, parser: Any, name: str) -> Any:
    from lxml import etree

    if archive.getinfo(part).file_size > MOST_UNPACKED:
        raise RecordError(
            f"{name} unpacks to far more than any record holds ({part}): save it anew in Word."
        )
    data = archive.read(part)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise RecordError(
            f"{name} declares XML entities, which no Word file does and which are not resolved "
            "here: open it in Word and save it anew as .docx."
        )
    try:
        # Strict documents name the same elements in another namespace.
        return etree.fromstring(data.replace(_W_STRICT[1:-1].encode(), _W[1:-1].encode()), parser)
    except etree.XMLSyntaxError:
        raise RecordError(
            f"{name} is a damaged DOCX file ({part}): open and save it in Word."
        ) from None


def _natural(part: str) -> tuple[str, int]:
    digits = re.search(r"\d+", part)
    return re.sub(r"\d+", "", part), int(digits.group()) if digits else 0


# ----------------------------------------------------------------------------------------- the text


def _once(trees: list[Any]) -> Iterator[str]:
    """Texts of header or footer parts; sections repeat theirs, each text comes once."""
    seen: set[str] = set()
    for tree in trees:
        for text in _paragraphs(tree, {}):
            if text.strip() and text not in seen:
                seen.add(text)
                yield text


def _paragraphs(tree: Any, numbers: dict[tuple[str, str], str]) -> Iterator[str]:
    """Texts of the paragraphs below `tree`, tables and text boxes among them, in order.

    Args:
        tree: the root of a part, or a note.
        numbers: kind and id of each note that is referred to → its mark; filled on the way.
    """
    for paragraph in tree.iter(_W + "p"):
        if any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        for box in _boxes_of(paragraph):
            yield from _paragraphs(box, numbers)
        if not _in_box(paragraph, tree):
            yield "".join(_run_texts(paragraph, numbers))


def _boxes_of(paragraph: Any) -> list[Any]:
    """Text boxes anchored in `paragraph` itself, without their copies for old readers."""
    return [
        box
        for box in paragraph.iter(_W + "txbxContent")
        if next(box.iterancestors(_W + "p")) is paragraph
        and not any(ancestor.tag == _MC + "Fallback" for ancestor in box.iterancestors())
    ]


def _in_box(paragraph: Any, tree: Any) -> bool:
    """Whether a text box below `tree` holds the paragraph, so that it is read with the box."""
    for ancestor in paragraph.iterancestors():
        if ancestor is tree:
            return False
        if ancestor.tag == _W + "txbxContent":
            return True
    return False


def _run_texts(element: Any, numbers: dict[tuple[str, str], str]) -> Iterator[str]:
    """Texts of the runs of a paragraph, in order, breaks as line feeds."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or tag == _W + "txbxContent":
            continue
        if tag == _W + "t":
            yield (child.text or "").replace("\u00ad", "").replace("\u00a0", " ")
        elif tag == _W + "tab":
            yield "\t"
        elif tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif tag == _W + "noBreakHyphen":
            yield "-"
        elif tag == _W + "sym":
            yield _symbol(child)
        elif tag in (_W + "footnoteReference", _W + "endnoteReference"):
            kind = tag.removeprefix(_W).removesuffix("Reference")
            key = (kind, child.get(_W + "id", ""))
            yield numbers.setdefault(key, str(len(numbers) + 1).translate(_RAISED))
        elif tag == _W + "r" and _is_hidden(child):
            continue
        elif tag != _W + "p":
            yield from _run_texts(child, numbers)


def _symbol(element: Any) -> str:
    """Character of a symbol font; its private code points say nothing outside that font."""
    code = int(element.get(_W + "char", "0"), 16)
    return "" if not code or 0xF000 <= code <= 0xF0FF else chr(code)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_W + "val") not in ("0", "false", "off")


def _note_texts(
    package: _Package, kind: str, numbers: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """Texts of the footnotes or endnotes in the order of their marks, each after its mark."""
    notes = {
        note.get(_W + "id", ""): note
        for tree in package.parts(kind)
        for note in tree
        if note.tag == _W + kind
    }
    for (found, number), mark in list(numbers.items()):
        note = notes.get(number) if found == kind else None
        if note is None:
            continue
        texts = [text for text in _paragraphs(note, {}) if text.strip()]
        for place, text in enumerate(texts):
            yield f"{mark} {text.strip()}" if place == 0 else text
