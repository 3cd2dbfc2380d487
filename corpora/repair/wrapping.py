"""Where a paragraph begins: by indent, by empty space, by how far a line fills its column.

Readers give what they know of a place (`Line.indent`, `Line.gap`). Text files of some records
have neither, so labels, list marks, fixed lines and the fill of a line must tell alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN, is_han
from corpora.repair.labels import close_spacing, match_label, stands_alone
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
LONGEST_VOTES: Final = 12
"""Lines: a vote of the Security Council takes 6 in a narrow column."""
CONTEXT: Final = 30
"""Characters: a shorter line is judged together with the line before it; chosen, not measured."""
AGREEING: Final = 0.5
"""Share of the paragraphs that short last lines show which must begin with an indent or a gap:
real records have 0.9 and more of their own mark; lists alone in S/1996/112 reach 0.12."""
UNWRAPPED_WIDTH: Final = 160.0
"""Columns: a printed page holds at most 110; longer lines are whole paragraphs."""
UNWRAPPED_SHARE: Final = 0.7
"""Share of lines that end a sentence: wrapped records have 0.1 to 0.35, a paragraph a line 0.9."""
UNWRAPPED_FULL: Final = 0.05
"""Share of lines that fill the column and end no sentence; chosen: a heading in 20 lines."""
NEIGHBOURS: Final = 12
"""Lines up and down within which the column's width is measured: pages may change columns."""
ROOM: Final = {"zh": 4.0, "en": 3.0}
"""Columns left over when the next word is put on the line: justified Chinese varies by 2 to 4."""
SHORT: Final = 0.6
"""Of the column's width: a line so short, with no mark at its end, is a heading."""

TITLE: Final = 0.85
"""Of the column's width: a title with a symbol at its end that is shorter does not go on."""

_TITLE_END: Final = re.compile(r"[(（][A-Z]+/[\w/.-]+[)）]$")
_TERMINAL: Final = re.compile(r"[。！？｡.!?…][”’」』》）)\]\"']*$")
_FOOTNOTE_CALL: Final = re.compile(r"(?<=[a-zà-ÿ])([”’)\]]*[.!?][”’)\]]*)(\d{1,2})$")
_CLOSED: Final = re.compile(r"[:：;；,，、][¹²³⁰-⁹]*$")
_FOOTNOTE: Final = re.compile(r"[¹²³⁰-⁹]+\s?\S")
_LIST_MARK: Final = re.compile(
    r"[(（](?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[.．]\s|[•●▪■–—-]\s"
    r"|[一二三四五六七八九十]{1,3}、"
)
_TOKEN: Final = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+|.")


# Unicode's East_Asian_Width W and F, in blocks.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]+"
)
_COMBINING: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff]")
# It begins with the space that it is about and looks behind from there, so that `re` leaps from
# space to space.
_STRETCH: Final = re.compile(rf"\s(?<=[{HAN}，、。；：]\s)\s*(?=[{HAN}，、。；：])")


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
    return len(text) + sum(map(len, _WIDE.findall(text))) - len(_COMBINING.findall(text))


def measure_layout(lines: Sequence[Line], language: Language, *, by_line: bool = False) -> Layout:
    """Find out which evidence of paragraph starts these lines have.

    An indent or a gap is evidence if the paragraphs that other lines show (a sentence ends and
    leaves room on its line) begin with it: one block quotation does not make a record indented.
    """
    count = len(lines)
    if not count:
        return Layout(by_line, False, False, 0.0, ())
    raw = [float(_solid_width(line.text)) for line in lines]
    widths = tuple(
        _typical_width(raw[max(0, n - NEIGHBOURS) : n + NEIGHBOURS + 1]) for n in range(count)
    )
    indents = sorted(line.indent for line in lines)
    margin = indents[count // 20]
    if by_line or sorted(raw)[int(0.9 * (count - 1))] > UNWRAPPED_WIDTH:
        return Layout(True, False, False, margin, widths)  # nobody asks for the rest
    indented = [line.indent > margin + INDENT for line in lines]
    spaced = [n > 0 and line.gap > GAP for n, line in enumerate(lines)]
    by_indent = by_gap = False
    if any(indented) or any(spaced):
        shown = _shown(lines, widths, language)
        by_indent = 0 < sum(indented) <= MOST_INDENTED * count and _agree(indented, spaced, shown)
        by_gap = 0 < sum(spaced) <= MOST_SPACED * count and _agree(spaced, indented, shown)
    unwrapped = count > 2 and not by_indent and _is_unwrapped(lines, widths, language)
    return Layout(unwrapped, by_indent, by_gap, margin, widths)


def _shown(lines: Sequence[Line], widths: Sequence[float], language: Language) -> list[int]:
    """Places of the lines before which a sentence ends and leaves room on its line."""
    return [
        n
        for n in range(1, len(lines))
        if not is_cut(lines[n - 1], lines[n])
        and _leaves_room(lines[n - 1], lines[n], widths[n - 1], language)
        and _has_ended(lines, n, language)
    ]


def _is_unwrapped(lines: Sequence[Line], widths: Sequence[float], language: Language) -> bool:
    """Whether nearly every line ends a sentence, and hardly any runs on because it is full."""
    count = len(lines)
    if sum(_TERMINAL.search(line.text) is not None for line in lines) < UNWRAPPED_SHARE * count:
        return False
    runs_on = [n for n in range(1, count) if not _has_ended(lines, n, language)]
    full = sum(not _leaves_room(lines[n - 1], lines[n], widths[n - 1], language) for n in runs_on)
    return count - len(runs_on) >= UNWRAPPED_SHARE * count and full <= UNWRAPPED_FULL * count


def _agree(marked: Sequence[bool], otherwise: Sequence[bool], shown: Sequence[int]) -> bool:
    """Whether enough of the paragraphs that begin at the places `shown` are marked.

    Those that have the other mark alone say nothing against this one: articles may have gaps and
    their numbered paragraphs indents.
    """
    alone = [n for n in shown if not otherwise[n]]
    return any(
        sum(marked[n] for n in asked) >= AGREEING * len(asked) for asked in (shown, alone or shown)
    )


def _typical_width(widths: Sequence[float]) -> float:
    """Width of a full line: the widest but for one line in eight, which may be stretched."""
    return sorted(widths)[-max(1, len(widths) // 8)]


@lru_cache(maxsize=8192)  # each line is asked about several times
def _solid_width(text: str) -> int:
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
    if _TERMINAL.search(before) is None:
        return False
    if _LIST_MARK.match(after) or _FOOTNOTE.match(after) or match_label(after) is not None:
        after = "The" if language == "en" else "这"  # what can begin a paragraph can be a sentence
    joined = before + (" " if language == "en" else "") + after
    solid, seen = len("".join(before.split())), 0
    for sentence in split_sentences(joined, language)[:-1]:
        seen += len("".join(sentence.split()))
        if seen >= solid:
            return seen == solid
    return False


def _has_ended(lines: Sequence[Line], place: int, language: Language) -> bool:
    """Whether a sentence has ended before the line at `place`."""
    before = lines[place - 1].text
    if place > 1 and len(before) < CONTEXT:  # `4.7.` alone would be a list's number
        before = f"{lines[place - 2].text} {before}"
    return ends_between(before, lines[place].text, language)


def starts_paragraph(lines: Sequence[Line], place: int, layout: Layout, language: Language) -> bool:
    """Whether the line at `place` begins a paragraph.

    Args:
        lines: the document's kept lines.
        place: index of the line in question.
        layout: what `measure_layout` says of `lines`.
        language: of the document.
    """
    if place == 0 or layout.by_line:
        return True
    line, before = lines[place], lines[place - 1]
    if _stands_alone(line.text) or _stands_alone(before.text) or _FOOTNOTE.match(line.text):
        return True
    cut = is_cut(before, line)
    ended = _has_ended(lines, place, language)
    closed = ended or _CLOSED.search(before.text) is not None
    short = _leaves_room(before, line, layout.widths[place - 1], language)
    indented = line.indent > layout.margin + INDENT
    may_turn = indented or short or ended or before.text.endswith((":", "："))
    if (may_turn or _ends_votes(lines, place)) and _opens_label(lines, place):
        return True
    if _LIST_MARK.match(line.text) and closed and short:
        return True
    if language == "zh" and closed and _is_much_shorter(before, layout.widths[place - 1]):
        return True  # Chinese is justified: only a paragraph's last line is so short
    if layout.by_indent and indented:
        return not _continues_block(lines, place, layout, language, short=short)
    if layout.by_indent and _ends_block(lines, place, layout, language):
        return True
    if layout.by_gap and not cut:
        return line.gap > GAP and (closed or short or _is_set_off(line, before))
    if not layout.by_indent and ended and (short or cut):
        return True
    # Indents and gaps say nothing across a page end but that a heading does not run on.
    return (cut or not layout.by_indent) and _is_heading(lines, place - 1, layout, language)


@lru_cache(maxsize=4096)  # each line is asked about twice and more
def _stands_alone(text: str) -> bool:
    return stands_alone(text)


def _opens_label(lines: Sequence[Line], place: int) -> bool:
    """Whether a speaker's label begins here; it may run on into the next lines."""
    text = " ".join(line.text for line in lines[place : place + 3])
    joined = "".join(line.text for line in lines[place : place + 3])
    return any(match_label(tried) is not None for tried in (close_spacing(joined), text))


def _is_set_off(line: Line, before: Line) -> bool:
    """Whether an empty line parts `line` from one that it cannot well go on from."""
    return (
        line.gap >= EMPTY_LINE
        and re.search(r"[\w)）》”]$", before.text) is not None
        and not line.text[0].islower()
        and not is_han(line.text[0])
    )


def _ends_votes(lines: Sequence[Line], place: int) -> bool:
    """Whether the line before ends a list that a fixed line opens, ``In favour:`` and States."""
    for line in reversed(lines[max(0, place - LONGEST_VOTES) : place]):
        if _stands_alone(line.text):
            return True
        if _TERMINAL.search(line.text):
            return False
    return False


def _leaves_room(before: Line, line: Line, width: float, language: Language) -> bool:
    """Whether the first word of `line` would have fitted on the line before it."""
    first = _TOKEN.match(line.text)
    word = measure_width(first.group()) if first is not None else 0
    space = 0 if first is not None and is_han(first.group()) else 1
    filled = _solid_width(before.text) + before.indent
    return filled + space + word + ROOM[language] <= width


def _is_much_shorter(line: Line, width: float) -> bool:
    return _solid_width(line.text) < SHORT * width


def _is_heading(lines: Sequence[Line], place: int, layout: Layout, language: Language) -> bool:
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
        or _has_ended(lines, place, language)
        or earlier.endswith((";", "；", ":", "："))
        or _stands_alone(earlier)
        or _is_heading(lines, place - 1, layout, language)
    )


def _continues_block(
    lines: Sequence[Line], place: int, layout: Layout, language: Language, *, short: bool = False
) -> bool:
    """Whether an indented line goes on from the one before: a block quotation, a hanging indent."""
    line, before = lines[place], lines[place - 1]
    closed = _CLOSED.search(before.text) is not None
    if (
        _has_ended(lines, place, language)
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


def _ends_block(lines: Sequence[Line], place: int, layout: Layout, language: Language) -> bool:
    """Whether a line at the margin follows a block of equally indented lines that is complete."""
    if place < 2:
        return False
    before, earlier = lines[place - 1], lines[place - 2]
    return (
        before.indent > layout.margin + INDENT
        and abs(before.indent - earlier.indent) <= INDENT
        and _continues_block(lines, place - 1, layout, language)
        and _has_ended(lines, place, language)
    )
