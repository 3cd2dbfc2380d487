"""Where a paragraph begins: named rules in order, over what `corpora.repair.layout` measures.

Labels, list marks, fixed lines and the fill of a line must tell where a file has neither indents
nor gaps. `why_starts` names the rule that decided, for `cdtm trace`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import CJK_LETTER, is_han
from corpora.lazy import lazy_pattern
from corpora.meeting import DATE, SYMBOLS
from corpora.prose import is_prose
from corpora.repair.labels import close_spacing, match_label, stands_alone
from corpora.repair.layout import (
    BULLETS,
    CLOSED,
    EMPTY_LINE,
    FOOTNOTE,
    GAP,
    INDENT,
    LEADER,
    LIST_MARK,
    TERMINAL,
    Layout,
    has_ended,
    is_cut,
    leaves_room,
    measure_width,
    room_left,
    solid_width,
)
from corpora.repair.mastheads import ORGAN_EN, ORGAN_ZH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Line

LONGEST_VOTES: Final = 12
"""Lines: a vote of the Security Council takes 6 in a narrow column."""
LONGEST_ENTRY: Final = 4
"""Lines of an entry of contents."""
AMPLE: Final = 0.15
"""Of the column's width: room that no line has which goes on, justified or ragged."""
APART: Final = 0.45
"""Line heights of white above a heading; leading varies by .2, raised figures part by .3."""
SHORT: Final = 0.6
"""Of the column's width: a line so short, with no mark at its end, is a heading."""

TITLE: Final = 0.85
"""Of the column's width: a title with a symbol at its end that is shorter does not go on."""

# No heading ends so: `Conference on`, `on 4`, `resolution`.
_OPEN_WORD: Final = lazy_pattern(
    r"\b(?:of|the|to|and|or|for|from|an?|by|with|at|its|their|between|(?:on|in)(?: \d{1,2})?)$"
)
_TITLE_END: Final = lazy_pattern(r"[(（][A-Z]+/[\w/.-]+[)）]$")

# What opens a resolution.
_ENACTS: Final = lazy_pattern(rf"The (?:{ORGAN_EN}),|(?:{ORGAN_ZH})[，,]")
# What heads one, below `[on the report of the First Committee]`: its number and its title.
_ADOPTED: Final = lazy_pattern(r"\d{1,4}/\d{1,3}[.．]\s*\S")
# What begins a paragraph of a preamble; in mid-sentence English writes it small.
_RECALLS: Final = lazy_pattern(
    r"(?=[A-Z])(?:(?:Also|Further|Again|Once again|Deeply|Gravely|Seriously|Fully|Strongly|Firmly"
    r"|Particularly|Still|Thus)\s+)*(?i:recalling|recognizing|noting|reaffirming|affirming|bearing"
    r"|considering|welcoming|emphasizing|stressing|expressing|underlining|underscoring|taking|having"
    r"|acknowledging|believing|reiterating|desiring|realizing|acting|regretting|deploring|mindful"
    r"|commending|observing|condemning|appreciating|confirming|declaring|hoping|wishing|convinced"
    r"|concerned|alarmed|aware|conscious|cognizant|desirous|determined|disturbed|encouraged|guided"
    r"|inspired|persuaded|seized|dismayed|resolved|looking|proceeding|seeking)\b"
)
_RECALLS_ZH: Final = lazy_pattern(
    "(?:又|还|并|再次|深为|深切|严重|非常|十分|充分|坚决)*(?:回顾|重申|申明|注意到|确认|认识到|意识到|深信|铭记|考虑到|欢迎"
    "|强调|表示|关切|关注|念及|赞扬|赞赏|遗憾|审议了|听取了|收到|感谢|相信|希望|决心|谴责|鼓舞|震惊|有鉴于|受|按照)"
)
_ENACTING: Final = lazy_pattern(rf"\d{{1,3}}[.．]\s*(?:[A-Z][a-z]|{CJK_LETTER})")
_SMALL: Final = lazy_pattern(r"[a-z]{2}")
_STARRED: Final = lazy_pattern(r"\*{1,3}\s?[^\s*]")
_OLD_NOTE: Final = lazy_pattern(r"(?:\d{1,3}|[a-z])/\s+(?!\d{1,3}/)\S")
_BULLET: Final = lazy_pattern(rf"[{BULLETS}]\s*\S")
# What may hang to the left of its text besides a list's marks: those of notes.
_HANGS: Final = lazy_pattern(r"\*{1,3}\s?\S|[¹²³⁰-⁹ᵃ-ᵗ]{1,3}\s?\S|[a-z]{1,2}[.)]?\s(?=[A-Z])")
_DATED: Final = lazy_pattern(rf"\s{DATE}$")
_TITLE: Final = lazy_pattern(rf"\Z|\s+(?:[A-Z“《]|{CJK_LETTER})")
_GOES_ON: Final = (",", "，", "、", "-", "‐", "(", "（", "/", "“", "《")
"""Ends of a line that no item of a list stands below."""


class _Place:
    """A line, the one before it, and what is asked about the two."""

    def __init__(
        self, lines: Sequence[Line], place: int, layout: Layout, language: Language
    ) -> None:
        self.lines, self.place, self.layout, self.language = lines, place, layout, language
        self.line, self.before = lines[place], lines[place - 1]
        self.width = layout.widths[place - 1]
        self.cut = is_cut(self.before, self.line)
        self.ended = has_ended(lines, place, language)
        self.closed = self.ended or CLOSED.search(self.before.text) is not None
        self.short = leaves_room(self.before, self.line, self.width, language)
        self.indented = self.line.indent > layout.margin + INDENT


def starts_paragraph(lines: Sequence[Line], place: int, layout: Layout, language: Language) -> bool:
    """Whether the line at `place` begins a paragraph; arguments as of `why_starts`."""
    return why_starts(lines, place, layout, language)[0]


def why_starts(
    lines: Sequence[Line], place: int, layout: Layout, language: Language
) -> tuple[bool, str]:
    """Tell whether the line at `place` begins a paragraph, and by which of `START_RULES`.

    Args:
        lines: the document's kept lines.
        place: index of the line in question.
        layout: what `measure_layout` says of `lines`.
        language: of the document.
    """
    if place == 0:
        return True, "the first line"
    if layout.by_line:
        goes_on = _goes_on_behind_furniture(lines[place - 1], lines[place])
        return not goes_on, "a paragraph a line"
    asked = _Place(lines, place, layout, language)
    for name, rule in START_RULES:
        answer = rule(asked)
        if answer is not None:
            return answer, name
    return False, "nothing shows a beginning"


def _goes_on_behind_furniture(before: Line, line: Line) -> bool:
    """Whether a page's head was pasted between the halves of a sentence, each a paragraph."""
    if not is_cut(before, line) or TERMINAL.search(before.text) or not is_prose(before.text):
        return False
    return line.text[0].islower() or (is_han(line.text[0]) and is_han(before.text[-1]))


def _told(at: _Place) -> bool | None:
    """The reader of the file knows: cells of a table. No cell goes on below its table."""
    below = at.line.begins is None and at.before.begins is not None
    return True if below and not _SMALL.match(at.line.text) else at.line.begins


def _entry_of_contents(at: _Place) -> bool | None:
    """An entry ends with its page; until then it goes on."""
    if _leads(at.before.text):
        return True
    ahead = at.lines[at.place : at.place + LONGEST_ENTRY]
    if not any(_leads(line.text) for line in ahead):
        return None
    if at.ended or at.cut or at.before.text.endswith((":", "：")):
        return None
    for line in ahead:
        if _leads(line.text):
            begins = LIST_MARK.match(at.line.text) or at.short
            return None if begins and not at.line.text[0].islower() else False
        if line is not at.line and LIST_MARK.match(line.text):
            break
    return None


@lru_cache(maxsize=4096)  # each line is asked about once for each that it may end
def _leads(text: str) -> bool:
    return text[-1:].isalnum() and LEADER.search(text) is not None


def _fixed_line(at: _Place) -> bool | None:
    alone = _stands_alone(at.line.text) or _stands_alone(at.before.text)
    enacts = any(
        text.endswith((",", "，")) and _ENACTS.fullmatch(text)
        for text in (at.line.text, at.before.text)
    )
    adopted = at.before.text.endswith("]") and _ADOPTED.match(at.line.text)
    note = FOOTNOTE.match(at.line.text) or _is_note(at)
    return True if alone or enacts or adopted or note or _goes_on_enacting(at) else None


def _goes_on_enacting(at: _Place) -> bool:
    """Below a comma the next paragraph of a preamble: ``Recalling …``, ``回顾……``."""
    if not at.before.text.endswith((",", "，")):
        return False
    if at.language == "en":
        return _RECALLS.match(at.line.text) is not None
    return at.short and _RECALLS_ZH.match(at.line.text) is not None


def _is_note(at: _Place) -> bool:
    """Notes below a text: those with asterisks, and `3/ A/50/1` behind a rule or another note."""
    if at.line.text[:1] == "*" and _STARRED.match(at.line.text):
        return TERMINAL.search(at.before.text) is not None
    return (
        "/" in at.line.text[:4]
        and _OLD_NOTE.match(at.line.text) is not None
        and (at.cut or _OLD_NOTE.match(at.before.text) is not None)
    )


def _label(at: _Place) -> bool | None:
    may_turn = at.indented or at.short or at.ended or at.before.text.endswith((":", "："))
    may_turn = may_turn or _ends_votes(at.lines, at.place)
    return True if may_turn and _opens_label(at.lines, at.place) else None


def _numbered_item(at: _Place) -> bool | None:
    """The next of a series of numbers, unless the line before it cannot end there.

    A resolution's preamble ends with a comma: ``1. Requests`` below it is no number in a sentence.
    """
    enacts = at.before.text.endswith((",", "，")) and _ENACTING.match(at.line.text)
    open_end = at.before.text.endswith(_GOES_ON) and not at.ended and not enacts
    counts = at.place in at.layout.numbered and not open_end
    return True if counts else None


def _bullet(at: _Place) -> bool | None:
    return True if _BULLET.match(at.line.text) else None


def _document_entry(at: _Place) -> bool | None:
    """Entries of a list of documents, a symbol at the head of each; what stands below the last."""
    if "/" not in at.line.text and "/" not in at.before.text:
        return None
    entries = [_is_entry(line.text) for line in at.lines[max(0, at.place - 2) : at.place + 2]]
    here = min(at.place, 2)
    above, below = entries[here - 1], here + 1 < len(entries) and entries[here + 1]
    if entries[here]:
        return True if above or (below and at.closed) else None
    ends = SYMBOLS.fullmatch(at.before.text) or _DATED.search(at.before.text)
    listed = above and here > 1 and entries[here - 2] and ends
    return True if listed and not at.line.text[0].islower() else None


def _is_entry(text: str) -> bool:
    symbol = SYMBOLS.match(text)
    return symbol is not None and _TITLE.match(text, symbol.end()) is not None


def _list_mark(at: _Place) -> bool | None:
    if not at.short or LIST_MARK.match(at.line.text) is None:
        return None
    room = room_left(at.before, at.line, at.width)
    bracket = at.line.text[0] in "(（" and not at.before.text.endswith(_GOES_ON)
    ample = bracket and room > AMPLE * at.width
    return True if at.closed or ample else None


def _chinese_last_line(at: _Place) -> bool | None:
    """Chinese is justified: only a paragraph's last line is so short."""
    chinese = at.language == "zh" and at.closed
    return True if chinese and _is_much_shorter(at.before, at.width) else None


def _unfilled_line(at: _Place) -> bool | None:
    """A line with an empty one under it that has ample room left and ends no clause: an item."""
    if at.line.gap < EMPTY_LINE or at.cut or not at.short or at.layout.by_indent:
        return None  # where indents tell, room and gaps say less
    room = room_left(at.before, at.line, at.width)
    open_end = at.before.text.endswith(_GOES_ON) and not at.before.text.endswith((":", "："))
    return True if (at.closed or room > AMPLE * at.width) and not open_end else None


def _lower_case(at: _Place) -> bool | None:
    """A word in lower case below an indented line that ends with a comma: its entry goes on."""
    inside = at.indented and at.before.indent > at.layout.margin + INDENT
    goes_on = at.before.text.endswith(",") and at.line.text[:1].islower()
    return False if inside and goes_on and not at.cut and at.line.gap < EMPTY_LINE else None


def _indent(at: _Place) -> bool | None:
    if not at.layout.by_indent:
        return None
    if at.indented:
        return not _continues_block(at.lines, at.place, at.layout, at.language, short=at.short)
    return True if _ends_block(at.lines, at.place, at.layout, at.language) else None


def _gap(at: _Place) -> bool | None:
    if not at.layout.by_gap or at.cut:
        return None
    if at.line.gap > GAP and LIST_MARK.match(at.line.text):
        return not at.before.text.endswith(_GOES_ON) or at.closed
    return at.line.gap > GAP and (at.closed or at.short or _is_set_off(at.line, at.before))


def _set_apart(at: _Place) -> bool | None:
    """White above a line, and room on the one before it: a heading where indents mark the rest."""
    if at.cut or at.layout.spaced or at.line.gap < APART or at.line.text[0].islower():
        return None
    room = room_left(at.before, at.line, at.width) > AMPLE * at.width
    return True if room and not at.before.text.endswith(_GOES_ON) else None


def _last_line(at: _Place) -> bool | None:
    ended = not at.layout.by_indent and at.ended and (at.short or at.cut)
    return True if ended else None


def _below_heading(at: _Place) -> bool | None:
    """Indents and gaps say nothing across a page end but that a heading does not run on."""
    if (not at.cut and at.layout.by_indent) or at.line.text[:1].islower():
        return None
    return True if _is_heading(at.lines, at.place - 1, at.layout, at.language) else None


START_RULES: Final = (
    ("the file says so", _told),
    ("an entry of contents", _entry_of_contents),
    ("a fixed line or a note", _fixed_line),
    ("a speaker's label", _label),
    ("the next number of a list", _numbered_item),
    ("a bullet", _bullet),
    ("an entry of a list of documents", _document_entry),
    ("a list's mark behind a line's end", _list_mark),
    ("a short last line", _chinese_last_line),
    ("an item that does not fill its line", _unfilled_line),
    ("lower case that goes on", _lower_case),
    ("an indent", _indent),
    ("a gap", _gap),
    ("white above", _set_apart),
    ("a sentence's end that leaves room", _last_line),
    ("a heading above", _below_heading),
)
"""In this order: the first that knows an answer gives it."""


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
        if TERMINAL.search(line.text):
            return False
    return False


def _is_much_shorter(line: Line, width: float) -> bool:
    return solid_width(line.text) < SHORT * width


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
    if _OPEN_WORD.search(text):
        return False
    earlier = lines[place - 1].text if place else ""
    return (
        not earlier
        or has_ended(lines, place, language)
        or earlier.endswith((";", "；", ":", "："))
        or _stands_alone(earlier)
        or _is_heading(lines, place - 1, layout, language)
    )


def _continues_block(
    lines: Sequence[Line], place: int, layout: Layout, language: Language, *, short: bool = False
) -> bool:
    """Whether an indented line goes on from the one before: a block quotation, a hanging indent."""
    line, before = lines[place], lines[place - 1]
    closed = CLOSED.search(before.text) is not None
    if (
        has_ended(lines, place, language)
        or before.text.endswith((":", "："))
        or (closed and LIST_MARK.match(line.text) is not None)
        or (closed and layout.by_gap and line.gap > GAP)
        or _is_much_shorter(before, layout.widths[place - 1])
    ):
        return False
    if abs(line.indent - before.indent) <= INDENT:
        return True
    marked = LIST_MARK.match(before.text) or _HANGS.match(before.text)
    hangs = line.indent > before.indent and marked is not None
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
        and has_ended(lines, place, language)
    )
