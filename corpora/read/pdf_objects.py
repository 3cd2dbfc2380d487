"""What a PDF's page says of its text besides the characters: what of it is not seen, and its ink.

Text may be there and not be seen: drawn in invisible mode (the layer that OCR lays over a scan),
outside the page or its clipping path, or in a layer that is switched off. pdfium alone knows which
layers are on, so what is in a layer, or in a form, which may be in one, is drawn by itself on an
empty page: without a trace it is off.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from corpora.read.page.glyphs import Box, Source
from corpora.read.page.stamps import WATERMARK

HIDDEN: Final = "hidden text"

PALE: Final = 245
"""Of 255, in red, green and blue: such text is seen on a dark ground only."""
BEYOND: Final = 2.0
"""Points that a character's middle may lie outside what is shown."""
DEEPEST_FORM: Final = 12
"""Forms in a form, over and over; pdfium itself stops at some depth."""
MOST_LAYERS: Final = 60
"""Layers and forms of a page that are drawn one by one; of a page with more none is."""
_EMPTY: Final = (250, 3, 252, 255)
"""Colour of the empty page: one that no text has."""
_INVISIBLE_MODES: Final = frozenset({3, 7})
_MARK: Final = ctypes.c_ushort * 64


@dataclass(slots=True)
class PageObjects:
    """The text objects of a page, found by the place of a character.

    Attributes:
        box: left, bottom, right, top of what of the page is shown, in points.
        images: the same of each picture on it.
    """

    box: Box
    images: list[Box] = field(default_factory=list)
    _reasons: dict[int, str] = field(default_factory=dict)
    _in_forms: set[int] = field(default_factory=set)
    _known: dict[int, Source] = field(default_factory=dict)

    def of(self, address: int) -> Source:
        """What is known of the text object at an address of pdfium's."""
        found = self._known.get(address)
        if found is None:
            import pypdfium2.raw as pdfium

            handle = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            found = _look_at(handle)
            found.why = self._reasons.get(address, "")
            if address in self._in_forms:
                found.clip = None  # it is told in the form's own coordinates
                found.cut = True
            else:
                found.cut = not all(
                    _holds(box, _bounds(handle)) for box in (self.box, found.clip) if box
                )
            self._known[address] = found
        return found

    @property
    def has_invisible(self) -> bool:
        """Whether any object that was asked for is drawn without ink."""
        return any(source.invisible for source in self._known.values())

    def is_inside(self, text: Source, glyph: Any, y: float) -> bool:
        """Whether a character is within the page and what its object may paint.

        Args:
            text: the object that it belongs to.
            glyph: its box, with ``left``, ``bottom``, ``right`` and ``top``.
            y: its base line.
        """
        middle, height = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        for box in (self.box, text.clip):
            if box is not None and not (
                box[0] - BEYOND < middle < box[2] + BEYOND
                and (box[1] - BEYOND < height < box[3] + BEYOND or box[1] < y < box[3])
            ):
                return False
        return True


@cache
def object_finder() -> Any:
    """A function of a text page and a character's number: the address of its object, or None.

    It is pdfium's own; to be given a number and no pointer object saves half of its time.
    """
    import pypdfium2.raw as pdfium

    place = ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value
    assert place is not None
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(place)


def look_at_page(page: Any) -> PageObjects:
    """Find out what of a page's text is in layers, forms, watermarks and under pictures.

    Args:
        page: of pypdfium2.
    """
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
    objects = PageObjects((box.left, box.bottom, box.right, box.top))
    groups: dict[str, list[tuple[Any, list[Any]]]] = {}
    pale: list[Any] = []
    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        handle = pdfium.FPDFPage_GetObject(page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            objects.images.append(_bounds(handle))
            continue
        texts = [handle] if kind == pdfium.FPDF_PAGEOBJ_TEXT else []
        pale += [text for text in texts if _is_pale(_ink_of(text))]
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            texts = list(_texts_of_form(handle, 0))
            objects._in_forms.update(map(_address, texts))
        if not texts:
            continue
        marks = list(_marks_of(handle))
        for inner in texts if kind == pdfium.FPDF_PAGEOBJ_FORM else ():
            marks += _marks_of(inner)
        if ("Artifact", "Watermark") in marks:
            objects._reasons.update((_address(text), WATERMARK) for text in texts)
        layers = "/".join(named for mark, named in marks if mark == "OC")
        if kind == pdfium.FPDF_PAGEOBJ_FORM or layers or ("OC", "") in marks:
            key = f"form {number}" if kind == pdfium.FPDF_PAGEOBJ_FORM else layers
            groups.setdefault(key, []).append((handle, texts))
    if 0 < len(groups) <= MOST_LAYERS:
        for members in _find_unseen(page, list(groups.values())):
            for _, texts in members:
                objects._reasons.update((_address(text), HIDDEN) for text in texts)
    objects._reasons.update((_address(text), HIDDEN) for text in _find_blank(page, pale))
    return objects


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0] + BEYOND
        and outer[1] <= inner[1] + BEYOND
        and inner[2] - BEYOND <= outer[2]
        and inner[3] - BEYOND <= outer[3]
    )


def _look_at(handle: Any) -> Source:
    import pypdfium2.raw as pdfium

    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(handle, size)
    ink, mode = _ink_of(handle), pdfium.FPDFTextObj_GetTextRenderMode(handle)
    invisible = mode in _INVISIBLE_MODES or not ink & 0xFF
    return Source(size.value, ink, invisible, clip=_clip_of(handle))


def _ink_of(handle: Any) -> int:
    """Colour of the letters, as `Source.ink` has it; black if none is told."""
    import pypdfium2.raw as pdfium

    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(handle, *parts):
        return 0xFF
    red, green, blue, alpha = (part.value for part in parts)
    return red << 24 | green << 16 | blue << 8 | alpha


def _is_pale(ink: int) -> bool:
    return min(ink >> 24, ink >> 16 & 0xFF, ink >> 8 & 0xFF) >= PALE


def _find_blank(page: Any, texts: list[Any]) -> list[Any]:
    """Pale text whose place on the page as it is shown has one colour all over."""
    if not texts:
        return []
    bitmap = page.render(scale=1, may_draw_forms=False, rev_byteorder=True)
    shown = bytes(bitmap.buffer)
    width, height = page.get_size()
    blank = []
    for text in texts:
        place = _pixels_of(page, _bounds(text), bitmap.width / width, bitmap.height / height)
        if place is None:
            continue
        left, top, right, bottom = place
        rows = {
            shown[
                y * bitmap.stride + left * bitmap.n_channels : y * bitmap.stride
                + right * bitmap.n_channels
            ]
            for y in range(max(0, top), min(bitmap.height, bottom))
        }
        first = next(iter(rows), b"")[: bitmap.n_channels]
        if all(row == first * (right - left) for row in rows):
            blank.append(text)
    bitmap.close()
    return blank


def _pixels_of(page: Any, box: Box, across: float, down: float) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom pixel of a box of an upright page; None if it is turned."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_GetRotation(page.raw):
        return None
    shown = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(shown))
    left, right = (box[0] - shown.left) * across, (box[2] - shown.left) * across
    top, bottom = (shown.top - box[3]) * down, (shown.top - box[1]) * down
    if right - left < 1 or bottom - top < 1 or left < 0:
        return None
    return int(left), int(top), int(right) + 1, int(bottom) + 1


def _clip_of(handle: Any) -> Box | None:
    """Box around what all clipping paths of an object leave over."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(handle)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    left, bottom, right, top = float("-inf"), float("-inf"), float("inf"), float("inf")
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, count)):
        points = []
        for number in range(max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append((x.value, y.value))
        if points:
            across, along = zip(*points, strict=True)
            left, right = max(left, min(across)), min(right, max(across))
            bottom, top = max(bottom, min(along)), min(top, max(along))
    return (left, bottom, right, top) if count > 0 else None


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _bounds(handle: Any) -> Box:
    import pypdfium2.raw as pdfium

    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(handle, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _texts_of_form(form: Any, depth: int) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    if depth > DEEPEST_FORM:
        return
    for number in range(pdfium.FPDFFormObj_CountObjects(form)):
        handle = pdfium.FPDFFormObj_GetObject(form, number)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield handle
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _texts_of_form(handle, depth + 1)


def _marks_of(handle: Any) -> Iterator[tuple[str, str]]:
    """Marks around an object: ``OC`` and a layer's name, ``Artifact`` and ``Watermark``."""
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFPageObj_CountMarks(handle)):
        mark = pdfium.FPDFPageObj_GetMark(handle, number)
        buffer, length = _MARK(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        name = _decode(buffer, length)
        key = {"OC": b"Name", "Artifact": b"Subtype"}.get(name)
        if key is None:
            continue
        found = pdfium.FPDFPageObjMark_GetParamStringValue(
            mark, key, buffer, ctypes.sizeof(buffer), length
        )
        yield name, _decode(buffer, length) if found else ""


def _decode(buffer: Any, length: Any) -> str:
    size = min(length.value, ctypes.sizeof(buffer))
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _find_unseen(
    page: Any, groups: list[list[tuple[Any, list[Any]]]]
) -> Iterator[list[tuple[Any, list[Any]]]]:
    """Groups of objects that leave no trace when they alone are drawn."""
    import pypdfium2.raw as pdfium

    every = [
        pdfium.FPDFPage_GetObject(page.raw, number)
        for number in range(pdfium.FPDFPage_CountObjects(page.raw))
    ]
    for handle in every:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    for members in groups:
        for handle, _ in members:
            pdfium.FPDFPageObj_SetIsActive(handle, True)
        bitmap = page.render(scale=1, fill_color=_EMPTY, may_draw_forms=False, rev_byteorder=True)
        if not _is_traced(bitmap):
            yield members
        bitmap.close()
        for handle, _ in members:
            pdfium.FPDFPageObj_SetIsActive(handle, False)
    for handle in every:
        pdfium.FPDFPageObj_SetIsActive(handle, True)


def _is_traced(bitmap: Any) -> bool:
    """Whether any pixel differs from the first one."""
    shown = bytes(bitmap.buffer)
    width = bitmap.width * bitmap.n_channels
    row = shown[: bitmap.n_channels] * bitmap.width
    return any(
        shown[start : start + width] != row
        for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)
    )
