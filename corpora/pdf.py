"""PDF into lines: pdfium gives the characters and their boxes, `corpora.pdf_layout` the rest.

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
from typing import TYPE_CHECKING, Any, Final

from corpora.errors import RecordError
from corpora.pdf_layout import Glyph, lay_out

if TYPE_CHECKING:
    from corpora.document import Line

TAIL: Final = 4096
"""Bytes at the end in which ``%%EOF`` must stand; servers append up to some hundred bytes."""
LEAST_TEXT: Final = 3.0
"""Characters a page, on average: a scan with a stamp or a page number has no more."""
MOST_UNREADABLE: Final = 0.3
"""Share of characters without a Unicode value: fonts without a map give .9, odd symbols .01."""

_HYPHEN_AT_BREAK: Final = 2
_RADICALS: Final = (0x2E80, 0x2FD5)
_LIGATURES: Final = (0xFB00, 0xFB06)


def read_pdf(data: bytes, name: str) -> tuple[tuple[Line, ...], dict[int, str], tuple[str, ...]]:
    """Read the lines of a PDF in reading order.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.

    Returns:
        The lines, what the file itself says is no running text (line number → reason), and notes
        for the user.

    Raises:
        RecordError: the file is damaged, cut off, locked, or has no text that can be read.
    """
    pages, failed = _read_pages(data, name)
    count = sum(map(len, pages))
    if count < LEAST_TEXT * max(1, len(pages)):
        raise RecordError(
            f"{name} has no text layer, only pictures of its {len(pages)} pages: run OCR on it "
            "first (ocrmypdf, Acrobat), or get the record as DOCX."
        )
    unreadable = sum(_is_unreadable(glyph.text) for page in pages for glyph in page)
    if unreadable > MOST_UNREADABLE * count:
        raise RecordError(
            f"{name} does not say which characters its fonts show, so its text cannot be read: "
            "run OCR on it first, or get the record as DOCX."
        )
    lines, furniture = lay_out(pages)
    notes = []
    if failed:
        notes.append(f"{name}: {_name_pages(failed)} could not be read and is left out.")
    empty = [n for n, page in enumerate(pages, 1) if not page and n not in failed]
    if empty:
        notes.append(f"{name}: {_name_pages(empty)} has no text (a picture or an empty page).")
    return lines, furniture, tuple(notes)


def _name_pages(numbers: list[int]) -> str:
    many = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
    return f"page {many}" if len(numbers) == 1 else f"each of the pages {many}"


def _is_unreadable(text: str) -> bool:
    return any(unicodedata.category(ch) in ("Co", "Cc", "Cn") or ch == "\ufffd" for ch in text)


def _read_pages(data: bytes, name: str) -> tuple[list[list[Glyph]], list[int]]:
    """Read the characters of every page, and the 1-based numbers of pages that fail to load."""
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
            try:
                page = document[number]
                pages.append(_read_glyphs(page))
                page.close()
            except pypdfium2.PdfiumError:
                pages.append([])
                failed.append(number + 1)
    finally:
        document.close()
    if not size or len(failed) == size:
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
    x, y = ctypes.c_double(), ctypes.c_double()
    glyphs = []
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0, 10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(raw, index) == 1):
            continue
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        if not size or not all(map(math.isfinite, (box.left, box.right, x.value, y.value))):
            continue
        glyphs.append(
            Glyph(
                _plain_character(code),
                *_turn_back(box.left, box.right, box.bottom, box.top, x.value, y.value, turn),
                size=size,
                turn=turn,
                index=index,
            )
        )
    textpage.close()
    return glyphs


def _turn_back(
    left: float, right: float, bottom: float, top: float, x: float, y: float, turn: int
) -> tuple[float, float, float]:
    """Turn a box by −90° × `turn`: its left and right edge and its baseline, as if upright."""
    return {
        0: (left, right, y),
        1: (bottom, top, -x),
        2: (-right, -left, -y),
        3: (-top, -bottom, x),
    }[turn]


def _plain_character(code: int) -> str:
    if code == _HYPHEN_AT_BREAK:
        return "-"
    ch = chr(code)
    if _LIGATURES[0] <= code <= _LIGATURES[1] or _RADICALS[0] <= code <= _RADICALS[1]:
        return unicodedata.normalize("NFKC", ch)
    return " " if ch in "\t\u00a0\u2002\u2003\u2009\u202f" else ch
