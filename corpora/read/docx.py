"""DOCX into lines: paragraphs, tables, text boxes and notes, in the order of the document.

The parts are read as XML, for python-docx shows neither notes, text boxes nor tracked changes.
Read is what Word shows, all changes accepted:

* a paragraph is a `Line` with gap 1; a line break in mid-sentence is a space, another one begins a
  line with gap 0;
* a table is read row by row, cell by cell; a merged cell once; cells of figures are marked;
* a text box comes before the paragraph that it is anchored in;
* headers and footers of all sections come first and last, each once, marked in the furniture;
* footnotes and endnotes come after the text (before the footers), their marks stay as ``¹``, or as
  the author typed them;
* tracked deletions, moved-away text and the codes of fields are left out; tracked insertions and
  the results of fields are kept, and a paragraph whose mark is deleted goes on in the next one;
  comments are left out;
* hidden text, by itself or by its style, and prompts of forms come out marked in the furniture;
* equations come out on one line, raised figures as ``⁸``, characters of symbol fonts as plain ones;
* a no-break hyphen is ``-``, a soft one vanishes: Word wraps lines itself, so none is at a line's
  end; a tab is a space, at a line's head an indent.

What is there and cannot be read is noted, and so is text that is struck through. Pages are not
known (0): Word lays them out anew each time. The numbers of automatic lists come out as Word shows
them, their bullets do not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from corpora.document import Line
from corpora.errors import RecordError
from corpora.read.figures import FIGURES, is_figures
from corpora.read.symbol_fonts import is_symbol_font, symbol_of
from corpora.read.word.breaks import part_lines
from corpora.read.word.math import linear_text
from corpora.read.word.numbering import Numbering
from corpora.read.word.package import M, R, W, open_package
from corpora.read.word.styles import Look, Styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corpora.read.word.package import Package

HIDDEN: Final = "hidden text"
PROMPT: Final = "form prompt"
DEEPEST_CHUNK: Final = 3
"""Files within a file, each in the other, that are read."""

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT: Final = (
    *("del", "moveFrom", "rt", "instrText", "delText"),
    *("rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "sdtPr"),
    *("annotationRef", "footnoteRef", "endnoteRef"),
)
_SKIPPED: Final = frozenset(W + tag for tag in _LEFT_OUT)
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WITHOUT: Final = str.maketrans({"\u00ad": "", "\u00a0": " ", "\n": " ", "\f": " ", "\v": " "})
_GONE_MARKS: Final = tuple(W + tag for tag in ("del", "moveFrom", "vanish"))
_UNREAD: Final = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "a chart",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "a chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "a diagram (SmartArt)",
}


def read_docx(
    data: bytes, name: str
) -> tuple[tuple[Line, ...], Mapping[int, str], tuple[str, ...]]:
    """Read the lines of a DOCX in the order of the document.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.

    Returns:
        The lines, what the file itself says is no running text (line number → ``running header``,
        ``running footer``, ``hidden text``, ``form prompt`` or ``figures in a table``), and notes
        for the user.

    Raises:
        RecordError: the file is another kind of ZIP, damaged, locked or without text.
    """
    return _read(data, name, 0)


def _read(
    data: bytes, name: str, depth: int
) -> tuple[tuple[Line, ...], Mapping[int, str], tuple[str, ...]]:
    package = open_package(data, name)
    reader = _Reader(package, depth)
    output = _Output()
    for text in _once(reader, package.parts("header")):
        output.add(text, "running header")
    for text, reason in reader.read_story(package.body):
        output.add(text, reason)
    for kind in ("footnote", "endnote"):
        for text in _note_texts(package, kind, reader):
            output.add(text)
    for text in _once(reader, package.parts("footer")):
        output.add(text, "running footer")
    lines = tuple(
        Line(text, 0, number, indent, 0.0 if number == 1 else gap)
        for number, (text, indent, gap, _) in enumerate(output.lines, 1)
    )
    furniture = {n: reason for n, (*_, reason) in enumerate(output.lines, 1) if reason}
    if len(furniture) == len(lines):
        raise RecordError(f"{name} is a Word file without any text: give a file with the record.")
    return lines, furniture, tuple(reader.notes())


# ---------------------------------------------------------------------------------------- the lines


@dataclass(slots=True)
class _Output:
    """Lines as they are found: text, indent and gap of each, and its reason if it is furniture."""

    lines: list[tuple[str, float, float, str]] = field(default_factory=list)

    def add(self, text: str, reason: str = "") -> None:
        """Add a paragraph's text, parted at its line breaks; nothing for empty ones."""
        gap = 1.0
        for part in part_lines(text):
            before = len(part) - len(part.lstrip(" \u3000\t"))
            printed = " ".join(part.split())
            if printed:
                self.lines.append((printed, float(before), gap, reason))
                gap = 0.0


# ----------------------------------------------------------------------------------------- the text


class _Reader:
    """Reads the stories of a document: its body, and each header, footer and note.

    Attributes:
        numbers: kind and id of each note that is referred to → its mark, ``""`` if the author
            typed it.
    """

    def __init__(self, package: Package, depth: int) -> None:
        self.numbers: dict[tuple[str, str], str] = {}
        self._counted = 0
        self._package = package
        self._depth = depth
        self._styles = Styles(package.parts("styles"))
        self._numbering = Numbering(package.parts("numbering"), self._styles)
        self._unread = Counter[str]()
        self._tracked = False
        self._comments = 0
        self._struck = 0  # letters
        self._found: list[tuple[str, str]] = []
        self._parts: list[str] = []  # of the paragraph that is being read
        self._aside: list[tuple[str, str]] = []  # what is left out of it, with the reason
        self._begun = ""  # text of paragraphs whose mark is gone
        self._cells = 0  # how many cells of tables, one in the other, are being read
        self._style: str | None = None
        self._look = Look()
        self._prompt = False
        self._fields: list[bool] = []  # of each open field, whether its code is being read
        self._marks: dict[Any, str] = {}
        self._handlers: dict[str, Callable[[Any], None]] = {
            W + "p": self._read_paragraph,
            W + "r": self._read_run,
            W + "tr": self._read_row,
            W + "tc": self._read_apart,
            W + "txbxContent": self._read_apart,
            W + "tbl": self._read_apart,
            W + "sdt": self._read_control,
            W + "t": lambda t: self._put((t.text or "").translate(_WITHOUT)),
            W + "tab": lambda _: self._put("\t"),
            W + "ptab": lambda _: self._put("\t"),
            W + "cr": lambda _: self._put("\n"),
            W + "br": lambda br: self._put("\n" if br.get(W + "type") in _SOFT else "\f"),
            W + "noBreakHyphen": lambda _: self._put("-"),
            W + "sym": self._read_symbol,
            W + "fldChar": self._read_field_mark,
            W + "footnoteReference": self._read_call,
            W + "endnoteReference": self._read_call,
            W + "commentReference": self._count_comment,
            W + "altChunk": self._read_chunk,
            W + "subDoc": lambda _: self._miss("a document taken in by a link"),
            W + "object": self._read_object,
            _A + "graphicData": self._read_graphic,
            M + "oMath": lambda math: self._put(linear_text(math)),
            _MC + "AlternateContent": self._read_alternate,
        }

    def read_story(self, root: Any) -> list[tuple[str, str]]:
        """Texts of the paragraphs below `root`, in order, each with ``""`` or why it is left out.

        Args:
            root: the root of a part, or a note.
        """
        self._found, self._parts, self._aside = [], [], []
        self._begun, self._fields, self._style = "", [], None
        self._marks = _match_fields(root)
        self._tracked = self._tracked or any(
            root.find(f".//{W}{tag}") is not None for tag in ("del", "ins", "moveFrom")
        )
        self._walk(root)
        self._end_paragraph()
        return self._found

    def notes(self) -> Iterator[str]:
        """Sentences for the user about what was found, once all stories are read."""
        if self._tracked:
            yield (
                "The file has tracked changes: it was read as if all were accepted; "
                "reject them in Word first if the older text is meant."
            )
        if self._struck:
            yield f"Text that is struck through ({self._struck} characters) was read as any other."
        if self._comments:
            yield f"The file has comments ({self._comments}), which are not read."
        if self._unread:
            many = ", ".join(
                what if count == 1 else f"{what} ({count} times)"
                for what, count in self._unread.items()
            )
            yield f"Not read, so its text is missing here: {many}."

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            handler = self._handlers.get(tag)
            if handler is not None:
                handler(child)
            else:
                self._walk(child)

    def _put(self, text: str) -> None:
        if any(self._fields) or not text:
            return
        if self._prompt or self._look.hidden:
            self._aside.append((text, PROMPT if self._prompt else HIDDEN))
            return
        self._struck += len(text.strip()) if self._look.struck else 0
        font = self._look.font
        if font is not None and is_symbol_font(font):
            text = "".join(symbol_of(ord(ch), font) or ch for ch in text)
        self._parts.append(text.translate(_RAISED) if self._look.raised else text)

    def _miss(self, what: str) -> None:
        self._unread[what] += 1

    # ---------------------------------------------------------------- paragraphs, cells, boxes

    def _read_paragraph(self, paragraph: Any) -> None:
        kept = self._parts, self._aside, self._style, self._look
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else properties.find(W + "pStyle")
        mark = None if properties is None else properties.find(W + "rPr")
        self._parts, self._aside = [], []
        self._style = None if style is None else style.get(W + "val", "")
        self._look = self._styles.look(None, self._style)
        begun, self._begun = self._begun, ""
        number = self._numbering.number(properties, self._style)
        self._walk(paragraph)
        text = "".join(self._parts)
        if number and text.strip() and not begun:
            text = number + text.lstrip()
        self._begun = begun + text
        if mark is None or not any(mark.find(tag) is not None for tag in _GONE_MARKS):
            self._end_paragraph()
        for reason in (HIDDEN, PROMPT):
            self._found.append(("".join(t for t, why in self._aside if why == reason), reason))
        self._parts, self._aside, self._style, self._look = kept

    def _end_paragraph(self) -> None:
        if self._begun:
            figures = self._cells > 0 and is_figures(self._begun.strip())
            self._found.append((self._begun, FIGURES if figures else ""))
        self._begun = ""

    def _read_apart(self, element: Any) -> None:
        """Read a table, a cell or a text box: no paragraph goes on from without or into it."""
        begun, self._begun = self._begun, ""
        if element.tag == W + "tbl" and begun:
            self._found.append((begun, ""))
            begun = ""
        self._cells += element.tag == W + "tc"
        self._walk(element)
        self._end_paragraph()
        self._cells -= element.tag == W + "tc"
        self._begun = begun

    def _read_row(self, row: Any) -> None:
        if row.find(f"{W}trPr/{W}del") is None:
            self._walk(row)

    def _read_control(self, control: Any) -> None:
        showing = control.find(f"{W}sdtPr/{W}showingPlcHdr")
        before = self._prompt
        if showing is not None and showing.get(W + "val") not in ("0", "false", "off"):
            self._prompt = True
        self._walk(control)
        self._prompt = before

    def _read_alternate(self, element: Any) -> None:
        """Read the first of the alternatives: the others are there for older readers."""
        chosen = element.find(_MC + "Choice")
        chosen = element.find(_MC + "Fallback") if chosen is None else chosen
        if chosen is not None:
            self._walk(chosen)

    # ----------------------------------------------------------------------------- within a run

    def _read_run(self, run: Any) -> None:
        before, self._look = self._look, self._styles.look(run.find(W + "rPr"), self._style)
        self._walk(run)
        self._look = before

    def _read_symbol(self, element: Any) -> None:
        try:
            code = int(element.get(W + "char", "0"), 16)
        except ValueError:
            code = 0
        text = symbol_of(code, element.get(W + "font", ""))
        if text:
            self._put(text)
        elif 0x20 <= code < 0xE000:
            self._put(chr(code))
        elif code:
            self._miss(f"a character of the font {element.get(W + 'font', '')}")

    def _read_field_mark(self, element: Any) -> None:
        mark = self._marks.get(element)
        if mark == "begin":
            self._fields.append(True)
        elif mark == "separate" and self._fields:
            self._fields[-1] = False
        elif mark == "end" and self._fields:
            self._fields.pop()

    def _read_call(self, element: Any) -> None:
        """Put a note's mark; one that the author typed follows as text."""
        if any(self._fields) or self._look.hidden:
            return
        key = (element.tag.removeprefix(W).removesuffix("Reference"), element.get(W + "id", ""))
        if key not in self.numbers:
            typed = element.get(W + "customMarkFollows") not in (None, "0", "false", "off")
            self._counted += not typed
            self.numbers[key] = "" if typed else str(self._counted).translate(_RAISED)
        self._put(self.numbers[key])

    def _read_object(self, element: Any) -> None:
        program = "".join(child.get("ProgID", "") for child in element.iter() if _is_ole(child))
        self._miss("an equation of the old editor" if "Equation" in program else "an object")
        self._walk(element)

    def _count_comment(self, _: Any) -> None:
        self._comments += 1

    def _read_graphic(self, element: Any) -> None:
        if element.get("uri") in _UNREAD:
            self._miss(_UNREAD[element.get("uri")])
        self._walk(element)

    def _read_chunk(self, element: Any) -> None:
        """Read a file that the document takes in at this place."""
        name, data = self._package.chunks.get(element.get(R + "id", ""), ("", b""))
        self._end_paragraph()
        texts = read_chunk(name, data, self._depth + 1)
        if texts is None:
            self._miss(f"a file taken in ({name or 'which is not there'})")
        else:
            self._found += [(text, "") for text in texts]


_SOFT: Final = (None, "textWrapping")


def _is_ole(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}OLEObject")


def _match_fields(root: Any) -> dict[Any, str]:
    """Begin, separator and end of each field that has an end.

    A field without one would hide all text to the document's end.
    """
    matched: dict[Any, str] = {}
    open_: list[list[Any]] = []
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if any(ancestor.tag in _SKIPPED for ancestor in mark.iterancestors()):
            continue
        if kind == "begin":
            open_.append([mark])
        elif open_:
            open_[-1].append(mark)
            if kind == "end":
                for each in open_.pop():
                    matched[each] = each.get(W + "fldCharType")
    return matched


def read_chunk(name: str, data: bytes, depth: int) -> list[str] | None:
    """Texts of the paragraphs of a file within a document; None if it cannot be read."""
    from corpora.read.encoding import decode_text
    from corpora.read.html import read_html

    if depth > DEEPEST_CHUNK:
        return None
    try:
        if data.startswith(b"PK\x03\x04"):
            lines, furniture, _ = _read(data, name, depth)
            return [line.text for line in lines if line.number not in furniture]
        if b"<" in data[:64] and b"html" in data[:1024].lower():
            return [line.text for line in read_html(data, name)[0]]
        if name.lower().endswith(".txt"):
            return decode_text(data, name).text.splitlines()
    except RecordError:
        return None
    return None


def _once(reader: _Reader, roots: Iterable[Any]) -> Iterator[str]:
    """Texts of header or footer parts; sections repeat theirs, each text comes once."""
    seen: set[str] = set()
    for root in roots:
        for text, _ in reader.read_story(root):
            if text.strip() and text not in seen:
                seen.add(text)
                yield text


def _note_texts(package: Package, kind: str, reader: _Reader) -> Iterator[str]:
    """Texts of the footnotes or endnotes in the order of their marks, each after its mark."""
    notes = {
        note.get(W + "id", ""): note
        for root in package.parts(f"{kind}s")
        for note in root
        if note.tag == W + kind
    }
    for (found, number), mark in list(reader.numbers.items()):
        note = notes.get(number) if found == kind else None
        if note is None:
            continue
        texts = [text for text, why in reader.read_story(note) if text.strip() and not why]
        for place, text in enumerate(texts):
            yield f"{mark} {text.strip()}".strip() if place == 0 else text
