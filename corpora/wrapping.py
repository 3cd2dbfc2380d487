"""Where a paragraph begins: by indent, by empty space, by how far a line fills its column.

Readers give what they know of a place (`Line.indent`, `Line.gap`). Text files of some records
have neither, so labels, list marks, fixed lines and the fill of a line must tell alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import is_han
from corpora.labels import close_spacing, match_label, stands_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Line

INDENT: Final = 0.4
"""Characters: less is the jitter of PDF positions; first lines of the seed have 1 or 2."""
GAP: Final = 0.35
"""Line heights: leading in New York PDFs varies by 0.2, paragraphs stand apart by 0.5 and more."""
MOST_INDENTED: Final = 0.9
"""Share of lines: where more are indented, the indent is a margin. Short turns can reach 0.7."""
MOST_SPACED: Final = 0.6
"""Share of lines: where more have empty space above them (the seed: all), it tells nothing."""
UNWRAPPED_WIDTH: Final = 160.0
"""Columns: a printed page holds at most 110; longer lines are whole paragraphs."""
UNWRAPPED_SHARE: Final = 0.7
"""Share of lines that end a sentence: wrapped records have 0.1 to 0.35, a paragraph a line 0.9."""
NEIGHBOURS: Final = 12
"""Lines up and down within which the column's width is measured: pages may change columns."""
ROOM: Final = {"zh": 4.0, "en": 3.0}
"""Columns left over when the next word is put on the line: justified Chinese varies by 2 to 4."""
SHORT: Final = 0.6
"""Of the column's width: a line so short, with no mark at its end, is a heading."""

TITLE: Final = 0.85
"""Of the column's width: a title with a symbol at its end that is shorter does not go on."""

_TITLE_END: Final = re.compile(r"[(（][A-Z]+/[\w/.-]+[)）]$")
_TERMINAL: Final = re.compile(r"[。！？｡.!?…][”’」』》）)\]\"']*\d{0,2}$|[”’」』\"']$")
_CLOSED: Final = re.compile(r"[:：;；,，、][¹²³⁰-⁹]*$")
_FOOTNOTE: Final = re.compile(r"[¹²³⁰-⁹]+\s?\S")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|No|Nos|Prof|para|paras|art|arts|vol|chap|sect|cf|vs|p|pp|[A-Z])\.$"
)
_LIST_MARK: Final = re.compile(
    r"[(（](?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[.．]\s|[•●▪■–—-]\s"
    r"|[一二三四五六七八九十]{1,3}、"
)
_TOKEN: Final = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+|.")


# Unicode's East_Asian_Width W and F, in blocks.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)
_COMBINING: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a document can tell about where paragraphs begin.

    Attributes:
        by_line: every line is a paragraph (DOCX, or text that was never wrapped).
        by_indent: an indented line begins a paragraph.
        by_gap: empty space above a line begins a paragraph.
        margin: indent of a line that continues a paragraph, in characters.
        widths: for each line, the width of the column it stands in, in columns.
    """

    by_line: bool
    by_indent: bool
    by_gap: bool
    margin: float
    widths: tuple[float, ...]


def measure_width(text: str) -> int:
    """Width of `text` in columns: 2 for a full-width or wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_COMBINING.findall(text))


def measure_layout(lines: Sequence[Line], *, by_line: bool = False) -> Layout:
    """Find out which evidence of paragraph starts these lines have."""
    count = len(lines)
    if not count:
        return Layout(by_line, False, False, 0.0, ())
    raw = [float(measure_width(line.text)) for line in lines]
    widths = tuple(
        _typical_width(raw[max(0, n - NEIGHBOURS) : n + NEIGHBOURS + 1]) for n in range(count)
    )
    indents = sorted(line.indent for line in lines)
    margin = indents[count // 20]
    indented = sum(line.indent > margin + INDENT for line in lines)
    spaced = sum(line.gap > GAP for line in lines[1:])
    by_indent = 0 < indented <= MOST_INDENTED * count
    ends = sum(ends_sentence(line.text) for line in lines)
    unwrapped = sorted(raw)[int(0.9 * (count - 1))] > UNWRAPPED_WIDTH or (
        count > 2 and not by_indent and ends >= UNWRAPPED_SHARE * count
    )
    return Layout(
        by_line or unwrapped, by_indent, 0 < spaced <= MOST_SPACED * count, margin, widths
    )


def _typical_width(widths: Sequence[float]) -> float:
    """Width of a full line: the widest but for one line in eight, which may be stretched."""
    return sorted(widths)[-max(1, len(widths) // 8)]


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that can end a sentence, and not with an abbreviation."""
    return _TERMINAL.search(text) is not None and _ABBREVIATION.search(text) is None


def starts_paragraph(
    lines: Sequence[Line], place: int, layout: Layout, language: Language, *, cut: bool
) -> bool:
    """Whether the line at `place` begins a paragraph.

    Args:
        lines: the document's kept lines.
        place: index of the line in question.
        layout: what `measure_layout` says of `lines`.
        language: of the document.
        cut: furniture or a page end stood between this line and the one before.
    """
    if place == 0 or layout.by_line:
        return True
    line, before = lines[place], lines[place - 1]
    if _stands_alone(line.text) or _stands_alone(before.text) or _FOOTNOTE.match(line.text):
        return True
    closed = ends_sentence(before.text) or _CLOSED.search(before.text) is not None
    short = _leaves_room(before, line, layout.widths[place - 1], language)
    indented = line.indent > layout.margin + INDENT
    may_turn = indented or short or ends_sentence(before.text) or before.text.endswith((":", "："))
    if may_turn and _opens_label(lines, place):
        return True
    if _LIST_MARK.match(line.text) and closed and short:
        return True
    if language == "zh" and closed and _is_much_shorter(before, layout.widths[place - 1]):
        return True  # Chinese is justified: only a paragraph's last line is so short
    if layout.by_indent and indented:
        return not _continues_block(lines, place, layout, short=short)
    if layout.by_indent and _ends_block(lines, place, layout):
        return True
    if layout.by_gap and not cut:
        return line.gap > GAP and (closed or short)
    if not layout.by_indent and ends_sentence(before.text) and (short or cut):
        return True
    # Indents and gaps say nothing across a page end but that a heading does not run on.
    return (cut or not layout.by_indent) and _is_heading(lines, place - 1, layout)


@lru_cache(maxsize=4096)  # each line is asked about twice and more
def _stands_alone(text: str) -> bool:
    return stands_alone(text)


def _opens_label(lines: Sequence[Line], place: int) -> bool:
    """Whether a speaker's label begins here; it may run on into the next lines."""
    text = " ".join(line.text for line in lines[place : place + 3])
    joined = "".join(line.text for line in lines[place : place + 3])
    return any(match_label(tried) is not None for tried in (close_spacing(joined), text))


def _leaves_room(before: Line, line: Line, width: float, language: Language) -> bool:
    """Whether the first word of `line` would have fitted on the line before it."""
    first = _TOKEN.match(line.text)
    word = measure_width(first.group()) if first is not None else 0
    space = 0 if first is not None and is_han(first.group()) else 1
    return measure_width(before.text) + before.indent + space + word + ROOM[language] <= width


def _is_much_shorter(line: Line, width: float) -> bool:
    return measure_width(line.text) < SHORT * width


def _is_heading(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Whether a short line without any mark at its end is a paragraph of its own.

    An agenda's title may be longer if it ends with a document's symbol in brackets. Nothing may
    stand before a heading that it could go on from.
    """
    text, width = lines[place].text, layout.widths[place]
    titled = _TITLE_END.search(text) is not None and measure_width(text) < TITLE * width
    if not titled and (
        measure_width(text) >= SHORT * width or re.search(r"[\w)）》”]$", text) is None
    ):
        return False
    earlier = lines[place - 1].text if place else ""
    return (
        not earlier
        or ends_sentence(earlier)
        or earlier.endswith((";", "；", ":", "："))
        or _stands_alone(earlier)
        or _is_heading(lines, place - 1, layout)
    )


def _continues_block(
    lines: Sequence[Line], place: int, layout: Layout, *, short: bool = False
) -> bool:
    """Whether an indented line goes on from the one before: a block quotation, a hanging indent."""
    line, before = lines[place], lines[place - 1]
    closed = _CLOSED.search(before.text) is not None
    if (
        ends_sentence(before.text)
        or before.text.endswith((":", "："))
        or (closed and _LIST_MARK.match(line.text) is not None)
        or (closed and layout.by_gap and line.gap > GAP)
        or _is_much_shorter(before, layout.widths[place - 1])
    ):
        return False
    if abs(line.indent - before.indent) <= INDENT:
        return True
    hangs = line.indent > before.indent and _LIST_MARK.match(before.text) is not None
    return hangs or not (closed or short)  # a full line without a mark at its end runs on


def _ends_block(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Whether a line at the margin follows a block of equally indented lines that is complete."""
    if place < 2:
        return False
    before, earlier = lines[place - 1], lines[place - 2]
    return (
        before.indent > layout.margin + INDENT
        and abs(before.indent - earlier.indent) <= INDENT
        and _continues_block(lines, place - 1, layout)
        and ends_sentence(before.text)
    )
