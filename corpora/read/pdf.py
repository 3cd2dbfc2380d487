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
* Footnotes come after the text of the last page, so that no sentence is cut by one.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import RecordError
from corpora.read.pdf_layout import Glyph, lay_out

if TYPE_CHECKING:
    from corpora.document import Line

TAIL: Final = 4096
"""Bytes at the end in which ``%%EOF`` must stand; servers append up to some hundred bytes."""
LEAST_TEXT: Final = 3.0
"""Characters a page, on average: a scan with a stamp or a page number has no more."""
MOST_UNREADABLE: Final = 0.3
"""Share of characters without a Unicode value: fonts without a map give .9, odd symbols .01."""

_HYPHEN_AT_BREAK: Final = 2
_SPACE: Final = 32
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
    try:
        document = pypdfium2.PdfDocument(data)
        size = len(document)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise RecordError(
                f"{name} is locked with a password: open it in a PDF reader and save it without."
            ) from None
        raise RecordError(f"{name} is a damaged PDF: download it again.") from None
    pages: list[list[Glyph]] = []
    failed = []
    try:
        for number in range(size):
            if most is not None and number >= most and sum(map(len, pages)) >= LEAST_TEXT * number:
                break
            try:
                page = document[number]
                pages.append(_read_glyphs(page))
                page.close()
            except pypdfium2.PdfiumError:
                pages.append([])
                failed.append(number + 1)
    finally:
        document.close()
    if not size or len(failed) == len(pages):
        raise RecordError(f"{name} is a damaged PDF: download it again.")
    return pages, failed


def _read_glyphs(page: Any) -> list[Glyph]:
    """Read the printed characters of one page in the order of its content.

    A box is the advance of its character, from its origin, as high as its font; the size is the
    em in points. Spaces that the page contains come too, those that pdfium adds do not.
    """
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    raw = textpage.raw
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    at_matrix, at_box = ctypes.byref(matrix), ctypes.byref(box)
    # A record has 100,000 characters: the functions are looked up once.
    get_unicode, is_generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
    get_matrix, get_box = pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetLooseCharBox
    get_size = pdfium.FPDFText_GetFontSize
    glyphs = []
    for index in range(textpage.count_chars()):
        code = get_unicode(raw, index)
        if code in _NO_CHARACTER or (code == _SPACE and is_generated(raw, index) == 1):
            continue
        get_matrix(raw, index, at_matrix)
        get_box(raw, index, at_box)
        size = get_size(raw, index) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4 if matrix.b else 0
        turn = 2 if not turn and matrix.a < 0 else turn
        if not size or not math.isfinite(box.left + box.right + matrix.e + matrix.f):
            continue
        left, right, y = _turn_back(box, matrix.e, matrix.f, turn)
        glyphs.append(Glyph(_plain_character(code), left, right, y, size, turn, index))
    textpage.close()
    return glyphs


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
