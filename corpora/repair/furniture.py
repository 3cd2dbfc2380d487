"""Which lines of a record are furniture: covers, running headers and footers, numbers, notices.

Nothing is thrown away: every line comes back, kept or dropped with one of the `REASONS`. A line is
furniture by what itself shows: its form, its place on the page, its repetition over the pages with
their number taken off, the marks of a masthead around it; never by what follows it. What a line may
be by its form (`name_furniture`) it must prove by its place where text may have the same form, and
a line that says something is text. Titles in the body (``通过议程``) are text of the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpora.document import DroppedLine, Line
from corpora.lazy import lazy_pattern
from corpora.prose import is_prose, is_sentence
from corpora.repair.heads import FINDERS, head_symbol
from corpora.repair.layout import measure_width
from corpora.repair.learnt import LONGEST_HEADER
from corpora.repair.mastheads import find_cover, find_masthead
from corpora.repair.notices import find_notices
from corpora.repair.pages import NAMED_PAGE, NEAR, OF_PAGES, Pages
from corpora.repair.sentences import split_sentences

REASONS: Final = {
    "cover page": "stands before the opening of the meeting on a page that names it",
    "publisher's notice": "how to send corrections, where the document is, that paper is recycled",
    "running header": "repeats the symbol, title or date at the head or foot of a page",
    "running footer": "a reader of DOCX says so",
    "page number": "a page's number, alone or with the number of pages",
    "job number": "the number of the print job, 25-25750 or GE.21-16521, and what stands beside it",
    "barcode": "the text under a barcode, *2525750*",
    "dot leader": "an entry of a list with dot leaders, members or contents",
    "rule": "a line of dashes or underscores, or the mark /... that more follows",
    "empty": "no character that is seen",
    "footnote": "a reader of DOCX or PDF says so",
    "margin text": "turned text in a PDF's margin",
}
"""Every reason that `drop_furniture` gives, and what it means. Readers may add reasons of their own
through `RawText.furniture`."""

SURE_DOTS: Final = 8
"""Dots of a leader that needs no other one beside it; an omission is written with six or fewer."""

FULL: Final = 0.75
"""Of the width of a line with a leader, which is the column's: an entry so long goes on below."""

# The tokens of a footer: `2/42 25-25750`, `GE.19-07481  (E)   280619   010719`, `*2525750*`.
_JOB: Final = lazy_pattern(
    r"GE\.\d{2}-\d{5}(?:\(?[ACEFRS]\)?)?|\d{2}-\d{5}[ACEFRS]?|GE\.\d{2}-?\d{5}"
)
_BARCODE: Final = lazy_pattern(r"\*\d{6,9}[A-Z]?\*|\*[A-Z]?\d{6,12}\*")
_NUMBER: Final = lazy_pattern(
    r"\d{1,3}|[-–—]\s?\d{1,3}\s?[-–—]|\d{6}|\([ACEFRS]\)|/?\.\.\.|\([A-Z]{1,3}\)"
)
_RULE: Final = lazy_pattern(r"[-–—_=*․.\s]{3,}|/\s?\.\.\.|\.\.\./?")
_LEADER: Final = lazy_pattern(
    r"(?:\.\s?){5,}|…{3,}|(?:·\s?){5,}|(?:\.\s?){2,4}(?=\s+(?:Mr|Ms|Mrs|Miss|Dr|Sir|Dame)\b)"
)
_IN_LEADERS: Final = ("..", ". .", "………", "··", "· ·")
# What dots lead to: a page, somebody's name, the State that somebody speaks for.
_LED_TO: Final = lazy_pattern(
    r"(?:\d{1,4}(?:\s?[-–]\s?\d{1,4})?\s+)?"  # paragraphs before the page
    r"(?:\d{1,4}|[ivxlc]{1,7})(?:\s?[-–]\s?(?:\d{1,4}|[ivxlc]{1,7}))?"
    r"|(?:Mr|Ms|Mrs|Miss|Dr|Sir|Dame|H\.\s?E)\.?\s[^:;!?]{2,50}"
    r"|[^，。：；！？,;:!?]{1,30}(?:先生|女士|夫人|小姐|爵士|大使|女爵|阁下)"
    r"|[(（][^()（）]{2,70}[)）]"
)
_ENDED: Final = lazy_pattern(r"[.。!?！？:：]$")
_RECYCLE: Final = lazy_pattern(
    r"(?:Accessible document|Please recycle|无障碍文件|请回收|請回收|[♲♺♻]|\s)+", re.IGNORECASE
)
_PLACED: Final = frozenset({"running header", "page number"})
"""Reasons that a line's form only suggests."""

Kept = tuple[Line, ...]
Found = dict[int, str]


@dataclass(frozen=True, slots=True)
class Parted:
    """A record's lines, parted into text and furniture.

    Attributes:
        kept: the lines that are text, in their order.
        dropped: the furniture, each line with its reason.
        notes: sentences for the user: what looked like furniture and was kept all the same.
    """

    kept: Kept
    dropped: tuple[DroppedLine, ...]
    notes: tuple[str, ...] = ()


def drop_furniture(
    lines: Sequence[Line], marked: Mapping[int, str] | None = None, symbol: str | None = None
) -> tuple[Kept, tuple[DroppedLine, ...]]:
    """Part a record's lines into text and furniture, as `part_lines` does.

    Returns:
        The lines to keep and the lines dropped with their reason, each in the order of `lines`;
        together they are exactly `lines`.
    """
    parted = part_lines(lines, marked, symbol)
    return parted.kept, parted.dropped


def part_lines(
    lines: Sequence[Line],
    marked: Mapping[int, str] | None = None,
    symbol: str | None = None,
    *,
    whole: bool = False,
) -> Parted:
    """Part a record's lines into text and furniture.

    Args:
        lines: every line of the file in reading order.
        marked: line number → reason, where the file itself says that a line is furniture
            (`RawText.furniture`).
        symbol: the record's own; told from the lines if None.
        whole: each line is a paragraph or cell of its own (DOCX): no page's number stands in it.
    """
    pages = Pages.of(lines, symbol, marked or {}, whole=whole)
    reasons: Found = {}
    for place, line in enumerate(lines):
        reason = (marked or {}).get(line.number) or name_furniture(line.text)
        if reason is not None and (line.number in (marked or {}) or reason not in _PLACED):
            reasons[place] = reason
    _keep_lonely_leaders(lines, reasons, marked or {})
    for place in find_notices(lines):
        reasons.setdefault(place, "publisher's notice")
    for find in FINDERS:
        for place, reason in find(pages, reasons).items():
            reasons.setdefault(place, reason)
    cover, sentences = find_cover(lines, reasons)
    for found in (cover, find_masthead(lines, reasons)):
        for place, reason in found.items():
            reasons.setdefault(place, reason)
    _keep_ends_of_entries(lines, reasons, marked or {})
    kept = tuple(line for place, line in enumerate(lines) if place not in reasons)
    dropped = tuple(
        DroppedLine(line.text, line.page, line.number, reasons[place])
        for place, line in enumerate(lines)
        if place in reasons
    )
    note = f"The {sentences:,} lines above the opening read like text: they were kept."
    return Parted(kept, dropped, (note,) if sentences else ())


def name_furniture(text: str) -> str | None:
    """Say which furniture a line may be by its form; None if it is none.

    A ``running header`` or a ``page number`` is one only where it stands at its place: a list of
    documents has lines of the same form.
    """
    text = " ".join(text.split())
    if not text:
        return "empty"
    if _RECYCLE.fullmatch(_BARCODE.sub("", text).strip() if "*" in text else text):
        return "publisher's notice"
    leader = _find_leader(text)
    if len(text) > LONGEST_HEADER and leader is None:
        return None
    footer = _name_footer(text)
    if footer is not None:
        return footer
    if "/" in text and head_symbol(text) is not None:  # as in every symbol
        return "running header"
    if NAMED_PAGE.fullmatch(text):
        return "page number"
    if _RULE.fullmatch(text):
        return "rule"
    return "dot leader" if leader is not None and _is_entry(text, leader) else None


def _find_leader(text: str) -> re.Match[str] | None:
    """Match the dot leader in a text of single spaces, soon told where there is none."""
    return _LEADER.search(text) if any(map(text.__contains__, _IN_LEADERS)) else None


def _is_entry(text: str, leader: re.Match[str]) -> bool:
    """Whether dots lead from an entry to a page or a name, and nothing else is on the line."""
    entry, goal = text[: leader.start()].strip(), text[leader.end() :].strip()
    return (
        bool(entry)
        and _LED_TO.fullmatch(goal) is not None
        and _find_leader(goal) is None
        and not is_prose(entry)
        and not is_prose(goal)
        and not any(map(is_sentence, split_sentences(entry, "en" if entry.isascii() else "zh")))
    )


def _keep_lonely_leaders(lines: Sequence[Line], reasons: Found, marked: Mapping[int, str]) -> None:
    """Take back a leader of few dots that has no other one near: it is an omission in a text."""
    leaders = [place for place, reason in reasons.items() if reason == "dot leader"]
    for place in leaders:
        leader = _find_leader(lines[place].text)
        dots = 0 if leader is None else sum(not ch.isspace() for ch in leader.group())
        near = any(place != other and abs(place - other) <= NEAR for other in leaders)
        if dots < SURE_DOTS and not near and lines[place].number not in marked:
            del reasons[place]


def _keep_ends_of_entries(lines: Sequence[Line], reasons: Found, marked: Mapping[int, str]) -> None:
    """Take back a leader that ends an entry whose lines before it are kept: none is cut in two."""
    for place, reason in [*reasons.items()]:
        if reason != "dot leader" or place == 0 or place - 1 in reasons:
            continue
        before, line = lines[place - 1], lines[place]
        goes_on = line.text[:1].islower() or before.text.endswith((",", "，", "、"))
        goes_on = goes_on or measure_width(before.text) >= FULL * measure_width(line.text)
        goes_on = goes_on and _find_leader(before.text) is None
        if goes_on and not _ENDED.search(before.text) and line.number not in marked:
            del reasons[place]


def _name_footer(text: str) -> str | None:
    """Name a line made of nothing but footer tokens, at least one of which no prose line has."""
    strong = None
    for token in text.split():
        if _JOB.fullmatch(token):
            strong = "job number"
        elif _BARCODE.fullmatch(token):
            strong = strong or "barcode"
        elif not (OF_PAGES.fullmatch(token) or _NUMBER.fullmatch(token)):
            return None
    return strong
