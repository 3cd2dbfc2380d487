"""Which characters of a page are not seen, or are there twice: they are no text of the record.

A page with a picture and invisible text is a scan with the layer that OCR made: there the
invisible text is the only one. Beside printed text an invisible layer is its copy, or was left by
the program that made the page.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from corpora.read.page.stamps import DOUBLED, WATERMARK
from corpora.read.pdf_objects import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.read.page.glyphs import Glyph
    from corpora.read.pdf_objects import PageObjects

NEAR: Final = 0.6
"""Em: two layers of the same text lie no further apart; lines do, by 1 em and more."""
TWINS: Final = 0.5
"""Share of the letters of a run that must be printed nearby too for it to be a copy."""
SCANNED: Final = 0.1
"""Printed letters on a page, of the invisible ones: a scan has a stamp or a page number."""
STAMPED: Final = 0.5
"""Share of a page's letters that may be slanted for them to be a stamp: else the page is."""

_WHY: Final = attrgetter("why")


def find_unseen(glyphs: list[Glyph], objects: PageObjects) -> list[Glyph]:
    """Give a reason to what is not seen; slanted text that is most of a page is given back."""
    marked = any(map(_WHY, glyphs))
    if not marked and not objects.has_invisible:
        return glyphs
    letters = sum(not glyph.text.isspace() for glyph in glyphs)
    slanted = sum(glyph.why == WATERMARK and not glyph.source.why for glyph in glyphs)
    if slanted > STAMPED * letters:
        glyphs = [g._replace(why="") if g.why == WATERMARK else g for g in glyphs]
    if not objects.has_invisible:
        return glyphs
    printed = [g for g in glyphs if not g.source.invisible and not g.why and g.text.strip()]
    scan = len(printed) < SCANNED * letters
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in printed:
        places[glyph.text, int(glyph.left / CELL), int(glyph.y / CELL)].append(glyph)
    out: list[Glyph] = []
    for _, run in groupby(glyphs, key=lambda glyph: id(glyph.source)):
        members = list(run)
        source = members[0].source
        if not source.invisible or source.why:
            out += members
            continue
        why = ""
        if _has_twins(members, places):
            why = DOUBLED
        elif not scan and not _on_picture(members, objects):
            why = HIDDEN
        out += [glyph._replace(why=glyph.why or why) for glyph in members]
    return out


CELL: Final = 12.0
"""Points: side of the squares in which nearby letters are looked for."""


def _has_twins(glyphs: Sequence[Glyph], places: dict[tuple[str, int, int], list[Glyph]]) -> bool:
    letters = [glyph for glyph in glyphs if glyph.text.strip()]
    twins = 0
    for glyph in letters:
        column, row = int(glyph.left / CELL), int(glyph.y / CELL)
        near = NEAR * glyph.size
        twins += any(
            abs(other.left - glyph.left) < near and abs(other.y - glyph.y) < near
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in places.get((glyph.text, x, y), ())
        )
    return twins >= TWINS * len(letters)


def _on_picture(glyphs: Sequence[Glyph], objects: PageObjects) -> bool:
    """Whether a picture, of a scanned page, lies under the middle of the run."""
    if glyphs[0].turn:
        return bool(objects.images)
    x = (glyphs[0].left + glyphs[-1].right) / 2
    y = glyphs[0].y
    return any(left < x < right and bottom < y < top for left, bottom, right, top in objects.images)
