"""PDF into lines: pdfium gives the characters and their boxes, `corpora.read.pdf_layout` the rest.

What comes out differently from what the page shows:

* **Hyphens at a line's end.** A soft hyphen (U+00AD) comes out as U+00AD there and vanishes
  elsewhere; a printed ``-`` comes out as ``-``, also where pdfium calls it a word's break (its
  character 2, U+FFFE in its own text), for it may be a compound's: ``Secretary-`` / ``General``.
* Ligatures (``ﬁ``) and characters that fonts name by their radical (``⼈`` for ``人``) come out as
  plain ones.
* Raised figures, the marks of footnotes, come out as ``¹``, so that ``2014,¹`` is no number.
* Text that does not run the way of the page's other text (margins, stamps) comes at the page's end
  and is marked ``margin text``.
* What was typed into the fields of a form, or on a page, is read as if it were printed.
* Footnotes come after the text of the last page, so that no sentence is cut by one.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import RecordError
from corpora.read.page.glyphs import Glyph
from corpora.read.page.stamps import WATERMARK
from corpora.read.pdf_annotations import write_annotations
from corpora.read.pdf_forms import MOST_DRAWN, count_drawn
from corpora.read.pdf_layout import lay_out
from corpora.read.pdf_objects import HIDDEN, look_at_page, object_finder
from corpora.read.pdf_unseen import find_unseen

if TYPE_CHECKING:
    from corpora.document import Line
    from corpora.read.page.glyphs import Source
    from corpora.read.pdf_objects import PageObjects

TAIL: Final = 4096
"""Bytes at the end in which ``%%EOF`` must stand; servers append up to some hundred bytes."""
LEAST_TEXT: Final = 3.0
"""Characters a page, on average: a scan with a stamp or a page number has no more."""
MOST_UNREADABLE: Final = 0.3
"""Share of characters without a Unicode value: fonts without a map give .9, odd symbols .01."""

MOST_PAGES: Final = 3_000
"""The longest report has 1,200; ten thousand take minutes."""
MOST_CHARACTERS: Final = 3_000_000
"""In all: the longest record has 300,000; more cannot be laid out in a laptop's memory."""
STRIDE: Final = 24
"""Characters that are asked together which object they belong to."""
SLANT: Final = 3.0
"""Degrees: text further from upright is stamped over a page; scans lie askew by 1 or 2."""

_HYPHEN_AT_BREAK: Final = 2
_SPACE: Final = 32
_LAST_ASCII: Final = 126
_NO_CHARACTER: Final = frozenset((0, 10, 13))
_SPACES: Final = frozenset("\t\u00a0\u2002\u2003\u2009\u202f")
_RADICALS: Final = (0x2E80, 0x2FD5)
_LIGATURES: Final = (0xFB00, 0xFB06)


def read_pdf(
    data: bytes, name: str, *, most_pages: int | None = None
) -> tuple[tuple[Line, ...], dict[int, str], tuple[str, ...]]:
    """Read the lines of a PDF in reading order.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.
        most_pages: how many pages are read, from the first; None for all. More are read where the
            first ones have no text.

    Returns:
        The lines, what the file itself says is no running text (line number → reason), and notes
        for the user.

    Raises:
        RecordError: the file is damaged, cut off, locked, or has no text that can be read.
    """
    pages, failed = _read_pages(data, name, most_pages)
    count = sum(map(len, pages))
    if count < LEAST_TEXT * max(1, len(pages)):
        raise RecordError(
            f"{name} has no text layer, only pictures of its {len(pages)} pages: run OCR on it "
            "first (ocrmypdf, Acrobat), or get the record as DOCX."
        )
    counts = Counter(glyph.text for page in pages for glyph in page)
    unreadable = sum(many for text, many in counts.items() if _is_unreadable(text))
    if unreadable > MOST_UNREADABLE * count:
        raise RecordError(
            f"{name} does not say which characters its fonts show, so its text cannot be read: "
            "run OCR on it first, or get the record as DOCX."
        )
    lines, furniture = lay_out(pages)
    notes = []
    if failed:
        notes.append(f"{_name_pages(failed)} could not be read and is left out.")
    empty = [n for n, page in enumerate(pages, 1) if not page and n not in failed]
    if empty:
        notes.append(f"{_name_pages(empty)} has no text (a picture or an empty page).")
    return lines, furniture, tuple(notes)


def _name_pages(numbers: list[int]) -> str:
    many = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
    return f"Page {many}" if len(numbers) == 1 else f"Each of the pages {many}"


def _is_unreadable(text: str) -> bool:
    return any(unicodedata.category(ch) in ("Co", "Cc", "Cn") or ch == "\ufffd" for ch in text)


def _read_pages(data: bytes, name: str, most: int | None) -> tuple[list[list[Glyph]], list[int]]:
    """Read the characters of every page, and the 1-based numbers of pages that fail to load.

    With `most` it stops after so many pages, or as soon as there is text after them.
    """
    import pypdfium2  # late: the library takes a while to load

    if b"%%EOF" not in data[-TAIL:]:
        raise RecordError(f"{name} is cut off (a PDF without its end): download it again.")
    if count_drawn(data) > MOST_DRAWN:
        raise RecordError(
            f"{name} has pages that never end (forms that draw themselves or one another): print "
            "it to a new PDF, or get the record as DOCX."
        )
    try:
        document = pypdfium2.PdfDocument(data)
        size = len(document)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise RecordError(
                f"{name} is locked with a password: open it in a PDF reader and save it without."
            ) from None
        raise RecordError(f"{name} is a damaged PDF: download it again.") from None
    if size > MOST_PAGES:
        document.close()
        raise RecordError(
            f"{name} has {size:,} pages, more than any record ({MOST_PAGES:,} are read): "
            "give the record alone."
        )
    pages: list[list[Glyph]] = []
    failed = []
    try:
        for number in range(size):
            if most is not None and number >= most and sum(map(len, pages)) >= LEAST_TEXT * number:
                break
            try:
                page = document[number]
                if write_annotations(page):
                    page.close()
                    page = document[number]
                pages.append(_read_glyphs(page, name, MOST_CHARACTERS - sum(map(len, pages))))
                page.close()
            except pypdfium2.PdfiumError:
                pages.append([])
                failed.append(number + 1)
    finally:
        document.close()
    if not size or len(failed) == len(pages):
        raise RecordError(f"{name} is a damaged PDF: download it again.")
    return pages, failed


def _read_glyphs(page: Any, name: str, most: int) -> list[Glyph]:
    """Read the characters of one page in the order of its content.

    A box is the advance of its character, from its origin, as high as its font; the size is the
    em in points. Spaces that the page contains come too, those that pdfium adds do not.
    """
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw, count = textpage.raw, textpage.count_chars()
    if count > most:
        raise RecordError(
            f"{name} has more characters than any record ({MOST_CHARACTERS:,} are read): "
            "give the record alone."
        )
    objects = look_at_page(page)
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    at_matrix, at_box = ctypes.byref(matrix), ctypes.byref(box)
    # A record has 100,000 characters: the functions are looked up once.
    get_unicode, is_generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
    get_matrix, get_box = pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetLooseCharBox
    address_of = partial(object_finder(), raw)
    glyphs: list[Glyph] = []
    add, hypot, isfinite = glyphs.append, math.hypot, math.isfinite
    make = tuple.__new__  # a named tuple's own way in takes twice as long
    for start in range(0, count, STRIDE):
        indices = range(start, min(count, start + STRIDE))
        owners = _owners(objects, address_of, indices)
        for index in indices:
            code = get_unicode(raw, index)
            if code in _NO_CHARACTER or (code == _SPACE and is_generated(raw, index) == 1):
                continue
            own = owners[index - start] if len(owners) > 1 else owners[0]
            if own is None:
                continue
            get_matrix(raw, index, at_matrix)
            get_box(raw, index, at_box)
            size = own.font_size * hypot(matrix.c, matrix.d)
            if not size or not isfinite(box.left + box.right + matrix.e + matrix.f):
                continue
            left, right, y, turn, why = box.left, box.right, matrix.f, 0, own.why
            if matrix.b or matrix.a < 0:
                turn, slanted = _turn_of(matrix.a, matrix.b)
                why = why or (WATERMARK if slanted else "")
                left, right, y = _turn_back(box, matrix.e, matrix.f, turn)
            if own.cut and not why and not objects.is_inside(own, box, matrix.f):
                why = HIDDEN
            text = chr(code) if _SPACE <= code <= _LAST_ASCII else _plain_character(code)
            add(make(Glyph, (text, left, right, y, size, turn, index, own, why)))
    textpage.close()
    return find_unseen(glyphs, objects)


def _owners(objects: PageObjects, address_of: Any, indices: range) -> list[Source | None]:
    """The text objects of some characters; one alone if it is that of all.

    The characters of an object follow each other: where the first and the last have the same, those
    between have it too, and where they have not, each half is asked.
    """
    ends = address_of(indices[0]), address_of(indices[-1])
    if ends[0] and ends[0] == ends[1]:
        return [objects.of(ends[0])]
    return [
        objects.of(address) if address else None for address in _between(address_of, indices, *ends)
    ]


def _between(address_of: Any, indices: range, first: int, last: int) -> list[int]:
    """Addresses of the objects of some characters, of which those of the ends are known."""
    if len(indices) <= 2 or (first and first == last):
        return [first] * (len(indices) - 1) + [last]
    half = len(indices) // 2
    middle = address_of(indices[half])
    before = _between(address_of, indices[: half + 1], first, middle)
    return before[:-1] + _between(address_of, indices[half:], middle, last)


def _turn_of(a: float, b: float) -> tuple[int, bool]:
    """The nearest right angle of a character's way, and whether it is far from it."""
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % 4, abs(turns - round(turns)) > SLANT / 90


def _turn_back(box: Any, x: float, y: float, turn: int) -> tuple[float, float, float]:
    """Left and right edge and baseline of a box and its origin, turned by −90° × `turn`."""
    if turn == 0:
        return box.left, box.right, y
    if turn == 1:
        return box.bottom, box.top, -x
    if turn == 2:
        return -box.right, -box.left, -y
    return -box.top, -box.bottom, x


def _plain_character(code: int) -> str:
    if code == _HYPHEN_AT_BREAK:
        return "-"
    ch = chr(code)
    if _LIGATURES[0] <= code <= _LIGATURES[1] or _RADICALS[0] <= code <= _RADICALS[1]:
        return unicodedata.normalize("NFKC", ch)
    return " " if ch in _SPACES else ch
