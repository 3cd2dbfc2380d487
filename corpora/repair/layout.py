"""What the lines of a document show together: widths, indents, gaps, numbers, ends of sentences.

Readers give what they know of a place (`Line.indent`, `Line.gap`). Text files of some records
have neither, so the fill of a line must tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import CJK_LETTER, is_han, parse_chinese_number
from corpora.lazy import lazy_pattern
from corpora.repair.labels import match_label
from corpora.repair.sentences import split_sentences, which_exemptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Line

INDENT: Final = 0.4
"""Characters: less is the jitter of PDF positions; first lines of the seed have 1 or 2."""
GAP: Final = 0.35
"""Line heights: leading in New York PDFs varies by 0.2, paragraphs stand apart by 0.5 and more."""
EMPTY_LINE: Final = 0.9
"""Line heights: as much as an empty line; superscripts part lines by less."""
MOST_INDENTED: Final = 0.9
"""Share of lines: where more are indented, the indent is a margin. Short turns can reach 0.7."""
MOST_SPACED: Final = 0.6
"""Share of lines: where more have empty space above them (the seed: all), it tells nothing."""
CONTEXT: Final = 30
"""Characters: a shorter line is judged together with the line before it; chosen, not measured."""
AGREEING: Final = 0.5
"""Share of the paragraphs that short last lines show which must begin with an indent or a gap:
real records have 0.9 and more of their own mark; lists alone in S/1996/112 reach 0.12."""
UNWRAPPED_WIDTH: Final = 160.0
"""Columns: where one line in ten is so long, lines are whole paragraphs."""
PRINTED_WIDTH: Final = 110.0
"""Columns: the most that a printed page holds."""
TYPED_LINE: Final = 20
"""Columns of a line that is asked how it ends: cells and names end anyhow."""
TYPED_OPEN: Final = 0.2
"""Share of such lines that end in mid-clause: texts that Word or LibreOffice saved, a paragraph a
line, have up to .18; wrapped text with some long lines has .44 and more, beside tables .23."""
TYPED_CELLS: Final = 0.35
"""The same where no viewer made the long lines: typed text with tables has up to .23."""
LONG_PARAGRAPH: Final = 330.0
"""Columns: as wide as three lines; those that a viewer joins are as wide as two."""
LONG_SHARE: Final = 0.02
"""Share of such lines."""
UNWRAPPED_SHARE: Final = 0.7
"""Share of lines that end a sentence: wrapped records have 0.1 to 0.35, a paragraph a line 0.9."""
UNWRAPPED_FULL: Final = 0.05
"""Share of lines that fill the column and end no sentence; chosen: a heading in 20 lines."""
PASTED_LINES: Final = 12
"""Lines of a text of which it can be told that it was pasted line by line."""
PASTED_WIDTH: Final = 130.0
"""Columns of its widest lines; paragraphs of a file that was typed reach several hundreds."""
PASTED_COLUMN: Final = 36.0
"""Columns of its usual lines; cells of a table are narrower, printed columns have 38 and more."""
PASTED_FULL: Final = 0.75
"""Of the usual width: a line so wide that ends no clause was broken where the page ended."""
PASTED: Final = 0.3
"""Share of such lines from which the text is read as one that was printed: text wrapped at a page's
width has 0.45 to 0.8, paragraphs as typed (the DOCX of five reports) 0.02 at most."""
PASTED_IN_PART: Final = 0.1
"""Share from which the user is warned."""
LEAST_ITEMS: Final = 4
"""Lines of a list that stands apart from line to line."""
SPACED_BROKEN: Final = 0.4
"""Share of such broken lines from which lines that all stand apart are wrapped text."""
LISTED_MARKS: Final = 0.34
"""Share of the lines of a Chinese list that have any mark; of wrapped text most have one."""
TWICE: Final = 1.5
"""Of the column's width: a line so wide is two, or a paragraph."""
ALIKE: Final = 0.8
"""Of the column's width: full lines are as wide, also where letters differ in width."""
GOES_ON: Final = 0.3
"""Share of the lines of wrapped English that begin in lower case; records have .5 and more."""
MANY: Final = 0.25
"""Share of the lines that are full where text is wrapped; records have .5 and more."""
NEIGHBOURS: Final = 12
"""Lines up and down within which the column's width is measured: pages may change columns."""
ROOM: Final = {"zh": 4.0, "en": 3.0}
"""Columns left over when the next word is put on the line: justified Chinese varies by 2 to 4."""

TERMINAL: Final = lazy_pattern(r"[。！？｡．.!?…][”’」』》）)\]\"']*$")
_FOOTNOTE_CALL: Final = lazy_pattern(r"(?<=[a-zà-ÿ])([”’)\]]*[.!?][”’)\]]*)(\d{1,2})$")
_CLAUSE_END: Final = lazy_pattern(r"[,，、:：;；.。!！?？…”’」』）)\]][¹²³⁰-⁹]*$")
CLOSED_BY_STOP: Final = lazy_pattern(r"[:：;；。！？.!?]$")
CLOSED: Final = lazy_pattern(r"[:：;；,，、][¹²³⁰-⁹]*$")
FOOTNOTE: Final = lazy_pattern(r"[¹²³⁰-⁹]+\s?\S")
_NUMBER_MARK: Final = (
    r"(?P<one>\d{1,3})[.．](?=\s|$)|(?P<two>\d{1,3}\.\d{1,3})\.?(?=\s|$)|(?P<close>\d{1,3})[)）]\s"
    rf"|(?P<zh>[一二三四五六七八九十]{{1,3}})[、．.]|(?P<tight>\d{{1,3}})[.．、](?={CJK_LETTER})"
)
_NUMBERED: Final = lazy_pattern(_NUMBER_MARK)
BULLETS: Final = "•●▪■◦○‣▸➢➤✓✔◆\uf0b7\uf0a7\uf0d8\uf0fc"
LIST_MARK: Final = lazy_pattern(
    r"[(（](?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    rf"|[{BULLETS}–—-]\s|" + _NUMBER_MARK
)
_TOKEN: Final = lazy_pattern(r"[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+|.")


_PAGES: Final = r"\d{1,4}(?:[-–]\d{1,4})?"
# It begins behind a letter: a run of dots is not tried from each of them.
LEADER: Final = lazy_pattern(
    r"(?<=[^\s.․·…])\s*+(?:[.․·](?:\s*+[.․·]){7,}+|…(?:\s*+…){2,}+)\s*+"
    rf"(?=(?:{_PAGES} )?(?:{_PAGES}|[ivxlc]{{1,7}})$)"
)
"""Dots that lead to the number of a page, at a line's end."""

# Unicode's East_Asian_Width W and F, in blocks.
_WIDE: Final = lazy_pattern(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]+"
)
_COMBINING: Final = lazy_pattern("[\u0300-\u036f\u20d0-\u20ff]")
# It begins with the space that it is about and looks behind from there, so that `re` leaps from
# space to space.
_STRETCH: Final = lazy_pattern(
    rf"\s(?:(?<={CJK_LETTER}\s)|(?<=[，、。；：]\s))\s*(?=[，、。；：]|{CJK_LETTER})"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a document can tell about where paragraphs begin.

    Attributes:
        by_line: every line is a paragraph (DOCX, or text that was never wrapped).
        by_indent: an indented line begins a paragraph.
        by_gap: empty space above a line begins a paragraph.
        spaced: so many lines have empty space above them that it says nothing.
        margin: indent of a line that continues a paragraph, in characters.
        widths: for each line, the width of the column it stands in, in columns.
        numbered: places of the lines whose number follows that of the line numbered before them in
            the same way, or is followed by the next.
    """

    by_line: bool
    by_indent: bool
    by_gap: bool
    margin: float
    widths: tuple[float, ...]
    numbered: frozenset[int] = frozenset()
    spaced: bool = False


def measure_width(text: str) -> int:
    """Width of `text` in columns: 2 for a full-width or wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE.findall(text))) - len(_COMBINING.findall(text))


def measure_layout(lines: Sequence[Line], language: Language, *, by_line: bool = False) -> Layout:
    """Find out which evidence of paragraph starts these lines have.

    An indent or a gap is evidence if the paragraphs that other lines show (a sentence ends and
    leaves room on its line) begin with it: one block quotation does not make a record indented.
    """
    count = len(lines)
    if not count:
        return Layout(by_line, False, False, 0.0, ())
    raw = [float(solid_width(line.text)) for line in lines]
    widths = _column_widths(raw, copied=_is_copied(lines))
    indents = sorted(line.indent for line in lines)
    margin = indents[count // 20]
    if by_line or _is_typed(lines, raw):
        return Layout(True, False, False, margin, widths)  # nobody asks for the rest
    indented = [line.indent > margin + INDENT for line in lines]
    spaced = [n > 0 and line.gap > GAP for n, line in enumerate(lines)]
    by_indent = by_gap = False
    if any(indented) or any(spaced):
        shown = _shown(lines, widths, language)
        by_indent = 0 < sum(indented) <= MOST_INDENTED * count and _agree(indented, spaced, shown)
        by_gap = 0 < sum(spaced) <= MOST_SPACED * count and _agree(spaced, indented, shown)
    unwrapped = count > 2 and not by_indent and _is_unwrapped(lines, widths, language)
    unwrapped = unwrapped or _is_spaced_list(lines, widths, language)
    all_spaced = sum(spaced) > MOST_SPACED * count
    return Layout(unwrapped, by_indent, by_gap, margin, widths, _find_numbered(lines), all_spaced)


def share_of_broken_lines(lines: Sequence[Line], language: Language) -> float:
    """Share of the lines that fill the column and end no clause: broken by a page, not an author.

    Args:
        lines: of a file in which each line should be a paragraph (DOCX).
        language: of the document.

    Returns:
        0 to 1; 0 where lines are few, or so long that no page holds them.
    """
    widths = [float(solid_width(line.text)) for line in lines]
    if len(widths) < PASTED_LINES or sorted(widths)[int(0.9 * (len(widths) - 1))] > PASTED_WIDTH:
        return 0.0
    return _count_broken(lines, _column_widths(widths), language) / len(lines)


def _find_numbered(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines that bear the numbers of a series: 1. 2. 3., 26.4 26.5, 一、二、."""
    series: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for place, line in enumerate(lines):
        mark = _NUMBERED.match(line.text)
        if mark is None or mark.lastgroup is None:
            continue
        kind, written = mark.lastgroup, mark[mark.lastgroup]
        parts = written.split(".") if kind == "two" else [written]
        numbers = tuple(parse_chinese_number(part) or 0 for part in parts)
        series.setdefault("one" if kind == "tight" else kind, []).append((place, numbers))
    found: set[int] = set()
    for each in series.values():
        for (place, numbers), (next_place, next_numbers) in pairwise(each):
            if next_numbers == (*numbers[:-1], numbers[-1] + 1):
                found |= {place, next_place}
    return frozenset(found)


def _shown(lines: Sequence[Line], widths: Sequence[float], language: Language) -> list[int]:
    """Places of the lines before which a sentence ends and leaves room on its line."""
    return [
        n
        for n in range(1, len(lines))
        if not is_cut(lines[n - 1], lines[n])
        and leaves_room(lines[n - 1], lines[n], widths[n - 1], language)
        and has_ended(lines, n, language)
    ]


def _is_typed(lines: Sequence[Line], widths: Sequence[float]) -> bool:
    """Whether many lines are longer than a page prints, or some are and few end in mid-clause."""
    if sorted(widths)[int(0.9 * (len(widths) - 1))] > UNWRAPPED_WIDTH:
        return True
    if lines[0].page or max(widths) <= PRINTED_WIDTH:
        return False
    ends_open = sum(
        width >= TYPED_LINE and _CLAUSE_END.search(line.text) is None
        for width, line in zip(widths, lines, strict=True)
    )
    long = sum(width > LONG_PARAGRAPH for width in widths) >= LONG_SHARE * len(lines)
    return ends_open <= (TYPED_CELLS if long else TYPED_OPEN) * len(lines)


def _is_unwrapped(lines: Sequence[Line], widths: Sequence[float], language: Language) -> bool:
    """Whether nearly every line ends a sentence, and hardly any runs on because it is full."""
    count = len(lines)
    if sum(TERMINAL.search(line.text) is not None for line in lines) < UNWRAPPED_SHARE * count:
        return False
    runs_on = [n for n in range(1, count) if not has_ended(lines, n, language)]
    full = sum(not leaves_room(lines[n - 1], lines[n], widths[n - 1], language) for n in runs_on)
    return count - len(runs_on) >= UNWRAPPED_SHARE * count and full <= UNWRAPPED_FULL * count


def _is_spaced_list(lines: Sequence[Line], widths: Sequence[float], language: Language) -> bool:
    """Whether all lines stand apart and none is the beginning of what the next one goes on with.

    Wrapped text with an empty line after every line has full lines that end no clause.
    """
    count = len(lines)
    if count < LEAST_ITEMS or any(line.gap < EMPTY_LINE for line in lines[1:]):
        return False
    broken = _count_broken(lines, widths, language)
    if broken >= SPACED_BROKEN * count:
        return False
    if language == "en":
        return not any(line.text[0].islower() for line in lines)
    return sum(map(_has_mark, lines)) <= LISTED_MARKS * count


def _has_mark(line: Line) -> bool:
    return re.search("[，。；：、！？,;!?]", line.text) is not None


def _count_broken(lines: Sequence[Line], columns: Sequence[float], language: Language) -> int:
    """Count the lines that fill the column of a page and end no clause."""
    return sum(
        column >= PASTED_COLUMN
        and solid_width(before.text) >= PASTED_FULL * column
        and CLOSED_BY_STOP.search(before.text) is None
        and LIST_MARK.match(after.text) is None
        and match_label(after.text) is None
        and not ends_between(before.text, after.text, language)
        for column, (before, after) in zip(columns, pairwise(lines), strict=False)
    )


def _agree(marked: Sequence[bool], otherwise: Sequence[bool], shown: Sequence[int]) -> bool:
    """Whether enough of the paragraphs that begin at the places `shown` are marked.

    Those that have the other mark alone say nothing against this one: articles may have gaps and
    their numbered paragraphs indents.
    """
    alone = [n for n in shown if not otherwise[n]]
    return any(
        sum(marked[n] for n in asked) >= AGREEING * len(asked) for asked in (shown, alone or shown)
    )


def _column_widths(widths: Sequence[float], *, copied: bool = False) -> tuple[float, ...]:
    """Width of the column that each line stands in, from the lines around it."""
    measure = _copied_width if copied else _typical_width
    return tuple(
        measure(widths[max(0, n - NEIGHBOURS) : n + NEIGHBOURS + 1]) for n in range(len(widths))
    )


def _typical_width(widths: Sequence[float]) -> float:
    """Width of a full line: the widest but for one line in eight, which may be stretched."""
    return sorted(widths)[-max(1, len(widths) // 8)]


def _is_copied(lines: Sequence[Line]) -> bool:
    """Whether a text may have been copied out of a viewer: no pages, and lines that go on."""
    lower = sum(line.text[:1].islower() for line in lines)
    return not lines[0].page and lower >= GOES_ON * len(lines)


def _copied_width(widths: Sequence[float]) -> float:
    """Width of a full line in English text that was copied out of a viewer of PDFs.

    There some lines are twice as wide, two that a hyphen parted: where few lines are so wide, the
    column is that of the many which agree.
    """
    ordered, widest = sorted(widths), _typical_width(widths)
    for width in ordered[::-1]:
        agree = bisect_right(ordered, width) - bisect_left(ordered, ALIKE * width)
        if width >= PASTED_COLUMN and agree >= MANY * len(ordered):
            return width if width <= widest / TWICE else widest
    return widest


@lru_cache(maxsize=8192)  # each line is asked about several times
def solid_width(text: str) -> int:
    """Width of a line when it is closed up."""
    return measure_width(unstretch(text))


def unstretch(text: str) -> str:
    """Close up the Chinese of a line that justification spaced out, ``在 本 次 会 议 上``."""
    return text if text.isascii() else _STRETCH.sub("", text)


def is_cut(before: Line, line: Line) -> bool:
    """Whether a page end, or furniture that was dropped, stands between two kept lines."""
    return before.page != line.page or line.number != before.number + 1


@lru_cache(maxsize=65_536)  # a place is asked about several times, in passes over the document
def ends_between(before: str, after: str, language: Language) -> bool:
    """Whether a sentence ends where the line `before` does, read together with the line `after`.

    The rules of `sentences` decide, so that an abbreviation (``H.E.``, ``3 p.m.``), a lower case
    word behind a stop, or ``3.5`` at a line's end are judged here as they are there.
    """
    call = _FOOTNOTE_CALL.search(before)
    if call is not None:
        unmarked = before[: call.start(2)]
        if "number" in which_exemptions(f"{unmarked} {call[2]}", "en"):
            return False  # `para.12`
        before = unmarked
    before = before.rstrip()
    if TERMINAL.search(before) is None:
        return False
    if LIST_MARK.match(after) or FOOTNOTE.match(after) or match_label(after) is not None:
        after = "The" if language == "en" else "这"  # what can begin a paragraph can be a sentence
    joined = before + (" " if language == "en" else "") + after
    solid, seen = len("".join(before.split())), 0
    for sentence in split_sentences(joined, language)[:-1]:
        seen += len("".join(sentence.split()))
        if seen >= solid:
            return seen == solid
    return False


def has_ended(lines: Sequence[Line], place: int, language: Language) -> bool:
    """Whether a sentence has ended before the line at `place`."""
    before = lines[place - 1].text
    if place > 1 and len(before) < CONTEXT:  # `4.7.` alone would be a list's number
        before = f"{lines[place - 2].text} {before}"
    return ends_between(before, lines[place].text, language)


def leaves_room(before: Line, line: Line, width: float, language: Language) -> bool:
    """Whether the first word of `line` would have fitted on the line before it."""
    return room_left(before, line, width) >= ROOM[language]


def room_left(before: Line, line: Line, width: float) -> float:
    """Columns left over when the first word of `line` is put on the line before it."""
    first = _TOKEN.match(line.text)
    word = measure_width(first.group()) if first is not None else 0
    space = 0 if first is not None and is_han(first.group()) else 1
    filled = solid_width(before.text) + before.indent
    return width - filled - space - word
