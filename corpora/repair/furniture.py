"""Which lines of a record are furniture: covers, running headers and footers, numbers, notices.

Nothing is thrown away: every line comes back, kept or dropped with one of the `REASONS`. Patterns
carry alone, for text files know no pages; where a reader knows the page, or the file itself says
what a line is, that is used too. Titles in the body (``通过议程``) are text of the record.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.document import DroppedLine, Line
from corpora.repair.labels import OPENING, close_spacing, is_procedure, match_label, stands_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

LONGEST_COVER: Final = 120
"""Lines: a cover of 15 members takes 35; one with a list of 60 members under 100."""
COVER_MARKS_NEEDED: Final = 2
"""Different kinds of line that only covers have. One alone may be an address in a letter."""
LONGEST_NOTICE: Final = 12
"""Lines: the longest seen is 8 (English, S/PV.10011)."""
LONGEST_HEADER: Final = 120
"""Characters of a running header; the longest seen is 82."""
REPEATS_NEEDED: Final = 3
"""Pages on which a line must stand at the edge before it is learnt as a running header."""
NEAR: Final = 2
"""Lines: how near to other furniture a bare number or a date must stand to be furniture too."""

_SYMBOL: Final = (
    r"(?:(?:A|S|E|T|CD|CCW|NPT|BWC|ST|TD|HRI|CAT|CCPR|CEDAW|CERD|CRC|DP|ECE|ESCAP|ECA|ECLAC|ESCWA"
    r"|UNEP|FCCC|CBD|DC|ISBA|SPLOS|APLC|CCM|IAEA|LOS|PBC|UNW)/(?:[A-Z0-9][\w.-]*/?)*[\w.-]*\d[\w.-]*"
    r"(?:/(?:Add|Corr|Rev|Resumption)\.?\s?\d+)*(?:\s?\((?:Resumption|Part|Add)\.?\s?\w+\))?)"
)
_VERBATIM: Final = re.compile(r"/(?:[A-Z0-9.]+/)*(?:PV|SR)\.")
_WHOLE_SYMBOL: Final = re.compile(rf"{_SYMBOL}(?<!\.)")  # a stop is a sentence's
_DATE: Final = r"\d{1,2}/\d{1,2}/\d{4}"
_PAGE: Final = r"\d{1,3}(?:/\d{1,3})?"
_HEADERS: Final = tuple(
    re.compile(rf"(?:{_PAGE}\s+)?{body}(?:\s+{_PAGE})?")
    for body in (
        rf"{_SYMBOL}\s+(?:\S.*\s+)?{_DATE}",
        rf"{_DATE}\s+(?:\S.*\s+)?{_SYMBOL}",
        rf"{_SYMBOL}\s+{_PAGE}",
        rf"{_PAGE}\s+{_SYMBOL}",
        rf"(?:English|Chinese|French|Original:? \w+)\s+{_SYMBOL}",
        rf"{_SYMBOL}\s+(?:English|Chinese|French|中文)",
        rf"{_SYMBOL}\s+Page\s+\d{{1,3}}",
    )
)
# The tokens of a footer: `2/42 25-25750`, `GE.19-07481  (E)   280619   010719`, `*2525750*`.
_JOB: Final = re.compile(
    r"GE\.\d{2}-\d{5}(?:\(?[ACEFRS]\)?)?|\d{2}-\d{5}[ACEFRS]?|GE\.\d{2}-?\d{5}"
)
_BARCODE: Final = re.compile(r"\*\d{6,9}[A-Z]?\*|\*[A-Z]?\d{6,12}\*")
_OF_PAGES: Final = re.compile(r"(\d{1,3})/(\d{1,3})")
_NUMBER: Final = re.compile(
    r"\d{1,3}|[-–—]\s?\d{1,3}\s?[-–—]|\d{6}|\([ACEFRS]\)|/?\.\.\.|\([A-Z]{1,3}\)"
)
_BARE_PAGE: Final = re.compile(r"[-–—]?\s?\d{1,3}\s?[-–—]?")
_NAMED_PAGE: Final = re.compile(
    r"(?:Page|page|PAGE)\s+\d{1,3}(?:\s+of\s+\d{1,3})?|第\s*\d{1,3}\s*页"
)
_BARE_DATE: Final = re.compile(_DATE)
_RULE: Final = re.compile(r"[-–—_=*․.\s]{3,}|/\s?\.\.\.|\.\.\./?")
_LEADER: Final = re.compile(r"(?:\.\s?){5,}|…{3,}|(?:·\s?){5,}|(?:\.\s?){2}(?=\s+(?:Mr|Ms|Mrs)\.)")
_IN_LEADERS: Final = ("..", ". .", "………", "··", "· ·")
_ENTRY_END: Final = re.compile(r"[\w)）\].]$")
_RECYCLE: Final = re.compile(
    r"(?:Accessible document|Please recycle|无障碍文件|请回收|請回收|[♲♺♻]|\s)+", re.IGNORECASE
)
_NOTICES: Final = (
    (
        re.compile(r"本记录包括中文发言的文本|本逐字记录可以?更正|本记录可以?更正|本记录可予更正"),
        re.compile(r"(?:重发|印发|更正)。$|documents\.un\.org.{0,3}上?.{0,4}。$"),
    ),
    (
        re.compile(
            r"This record (?:contains the (?:original )?text of speeches|is subject to correction)"
        ),
        re.compile(
            r"documents\.un\.org/?\)?\.?$|(?:consolidated corrigendum|end of the session)\.$"
            r"|room [A-Z]+-\d+\.$"
        ),
    ),
)

# Kinds of line that only covers have, a name for each: two different ones make a cover.
_COVER_MARKS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("house", rf"(?:United Nations|联合国|聯合國)\s*(?:{_SYMBOL})?"),
        ("organ", r"Conference on Disarmament(?:\s+(?:English|Chinese|Original.*))?"),
        ("organ", r"Security Council|General Assembly|裁军谈判会议(?:\s+Chinese|\s*中文)?"),
        ("organ", r"安全理事会|大会|裁军审议委员会"),
        ("year", r"\S+ (?:year|session)|第[一二三四五六七八九十〇零百\d]+(?:年|届会议)"),
        ("number", r".*(?:final|verbatim) record of the .* (?:plenary )?meeting.*"),
        ("number", r"\d+(?:st|nd|rd|th) (?:plenary )?meeting"),
        (
            "number",
            r"第[一二三四五六七八九十〇零百千\d\s]+次(?:全体)?会议(?:的?最后记录|逐字记录)?",
        ),
        ("place", r"Held at the Palais des Nations.*|.*在日内瓦万国宫举行.*|New York|纽约|日内瓦"),
        (
            "time",
            r"\d{4}年\d{1,2}月\d{1,2}日.*举行。?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,.*",
        ),
        ("status", r"(?:Provisional|Official Records|临时逐字记录|正式记录|最后记录|逐字记录)"),
        ("chair", r"President:.*|Chair(?:man|person)?:.*|主席[：:].*[)）]|Members?:.*|成员[：:].*"),
        ("agenda", r"Agenda|议程项目|议程"),
        ("date", r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}年\d{1,2}月\d{1,2}日"),
        ("agenda", r"Agenda items? [\d\s,()a-z]+|议程项目\s*[\d、和()a-z\s]+"),
        ("house", r"UNITED|NATIONS(?: [A-Z ]{1,5})?"),
        ("language", r"(?:General Assembly|Security Council|大会|安全理事会) Distr\.?.*|\S+：一般"),
        ("language", r"English|Chinese|中文|Original:.*|原文：.*|Distr\.:?.*|GENERAL|LIMITED"),
    )
)
_CHAIR_ON_COVER: Final = re.compile(
    r"主席[：:](?:[^，。；？！]{0,40}[(（][^)）]{1,30}[)）]|[^，。；？！]{0,24})"
)

Kept = tuple[Line, ...]


def drop_furniture(
    lines: Sequence[Line], marked: Mapping[int, str] | None = None
) -> tuple[Kept, tuple[DroppedLine, ...]]:
    """Part a record's lines into text and furniture.

    Args:
        lines: every line of the file in reading order.
        marked: line number → reason, where the file itself says that a line is furniture
            (`RawText.furniture`).

    Returns:
        The lines to keep and the lines dropped with their reason, each in the order of `lines`;
        together they are exactly `lines`.
    """
    reasons: dict[int, str] = {}
    for place, line in enumerate(lines):
        reason = (marked or {}).get(line.number) or name_furniture(line.text)
        if reason is not None:
            reasons[place] = reason
    for find in _FINDERS:
        for place, reason in find(lines, reasons).items():
            reasons.setdefault(place, reason)
    kept = tuple(line for place, line in enumerate(lines) if place not in reasons)
    dropped = tuple(
        DroppedLine(line.text, line.page, line.number, reasons[place])
        for place, line in enumerate(lines)
        if place in reasons
    )
    return kept, dropped


def name_furniture(text: str) -> str | None:
    """Say why a line that says `text` is furniture wherever it stands; None if it is not."""
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
    if "/" in text:  # as in every symbol
        if any(pattern.fullmatch(text) for pattern in _HEADERS):
            return "running header"
        if _WHOLE_SYMBOL.fullmatch(text) and _VERBATIM.search(text):
            return "running header"
    if _NAMED_PAGE.fullmatch(text):
        return "page number"
    if _RULE.fullmatch(text):
        return "rule"
    if leader is not None and text[: leader.start()].strip() and _ENTRY_END.search(text):
        return "dot leader" if text[leader.end() :].strip() else None
    return None


def _find_leader(text: str) -> re.Match[str] | None:
    """Match the dot leader in a text of single spaces, soon told where there is none."""
    return _LEADER.search(text) if any(map(text.__contains__, _IN_LEADERS)) else None


def _name_footer(text: str) -> str | None:
    """Name a line made of nothing but footer tokens, at least one of which no prose line has."""
    strong = None
    for token in text.split():
        if _JOB.fullmatch(token):
            strong = "job number"
        elif _BARCODE.fullmatch(token):
            strong = strong or "barcode"
        elif not (_OF_PAGES.fullmatch(token) or _NUMBER.fullmatch(token)):
            return None
    return strong


Found = dict[int, str]


def _find_notices(lines: Sequence[Line], known: Found) -> Found:
    """Find the publisher's notice, from the words it opens with to the words it ends with."""
    found: Found = {}
    for place, line in enumerate(lines):
        for opening, ending in _NOTICES:
            if place in found or opening.match(line.text) is None:
                continue
            for end in range(place, min(place + LONGEST_NOTICE, len(lines))):
                if ending.search(lines[end].text):
                    found.update(dict.fromkeys(range(place, end + 1), "publisher's notice"))
                    break
    return found


def _find_own_symbol(lines: Sequence[Line], known: Found) -> Found:
    """Find the document's own symbol: alone on a line, again and again or beside furniture."""
    alone = defaultdict(list)
    for place, line in enumerate(lines):
        if place not in known and _WHOLE_SYMBOL.fullmatch(line.text):
            alone[line.text].append(place)
    edges = _page_edges(lines)
    found: Found = {}
    for places in alone.values():
        if len(places) >= REPEATS_NEEDED or all(
            place in edges or _is_near(place, known, len(lines), 1) for place in places
        ):
            found.update(dict.fromkeys(places, "running header"))
    return found


def _find_edges(lines: Sequence[Line], known: Found) -> Found:
    """Bare page numbers, dates and language names at a page's edge or beside other furniture."""
    edges = _page_edges(lines)
    found: Found = {}
    for _ in range(NEAR):  # what was found beside furniture is furniture for its neighbour
        for place, line in enumerate(lines):
            if place in known or place in found:
                continue
            reason = _name_bare(line.text)
            if reason is not None and (
                place in edges or _is_near(place, {**known, **found}, len(lines), 1)
            ):
                found[place] = reason
    return found


def _name_bare(text: str) -> str | None:
    pages = _OF_PAGES.fullmatch(text)
    if pages is not None and 0 < int(pages[1]) <= int(pages[2]):
        return "page number"
    if _BARE_PAGE.fullmatch(text):
        return "page number"
    if _BARE_DATE.fullmatch(text) or text in ("English", "Chinese", "ENGLISH", "CHINESE"):
        return "running header"
    return None


def _find_repeated(lines: Sequence[Line], known: Found) -> Found:
    """Header text learnt from repetition: it always stands at an edge, and at many edges."""
    edges = _page_edges(lines)
    anywhere = Counter(line.text for line in lines)
    at_edge = Counter(
        line.text
        for place, line in enumerate(lines)
        if place in edges or _is_near(place, known, len(lines), 1)
    )
    return {
        place: "running header"
        for place, line in enumerate(lines)
        if REPEATS_NEEDED <= at_edge[line.text] == anywhere[line.text] and _may_be_header(line.text)
    }


def _may_be_header(text: str) -> bool:
    """Whether a repeated line can be a header at all: speech and fixed lines never are."""
    return (
        0 < len(text) <= LONGEST_HEADER
        and re.search(r"[。！？.!?：:；;，,—-]$", text) is None
        and match_label(text) is None
        and not stands_alone(text)
    )


def _find_cover(lines: Sequence[Line], known: Found) -> Found:
    """All that stands before the opening of the body, if what stands there is a cover."""
    opening = _find_opening(lines, known)
    if opening is None or opening > LONGEST_COVER:
        return {}
    marks = {
        name
        for line in lines[:opening]
        for name, pattern in _COVER_MARKS
        if pattern.fullmatch(line.text.strip())
    }
    leaders = any(known.get(place) == "dot leader" for place in range(opening))
    if len(marks) + leaders < COVER_MARKS_NEEDED:
        return {}
    return dict.fromkeys(range(opening), "cover page")


def _find_masthead(lines: Sequence[Line], known: Found) -> Found:
    """Find the block that heads a document without a cover page: house, symbol, date, Distr."""
    kinds: set[str] = set()
    end = 0
    for place, line in enumerate(lines[:LONGEST_COVER]):
        text = " ".join(line.text.split())
        marks = _name_marks(text)
        if not marks and place not in known and not _WHOLE_SYMBOL.fullmatch(text):
            break
        kinds |= marks
        end = place + 1
    if len(kinds) < COVER_MARKS_NEEDED or not kinds & {"house", "language"}:
        return {}
    return dict.fromkeys(range(end), "cover page")


def _name_marks(text: str) -> set[str]:
    """Kinds of cover line that make up `text`: one, or two that a PDF has on the same height."""
    whole = {name for name, pattern in _COVER_MARKS if pattern.fullmatch(text)}
    if whole:
        return whole
    for space in re.finditer(" ", text[:LONGEST_HEADER]):
        left, right = text[: space.start()], text[space.end() :]
        halves = [
            {name for name, pattern in _COVER_MARKS if pattern.fullmatch(half)}
            for half in (left, right)
        ]
        if all(halves):
            return halves[0] | halves[1]
    return set()


def _find_titled_symbol(lines: Sequence[Line], known: Found) -> Found:
    """Find the document's own symbol beside a title at the edge of a page."""
    own = {text for line in lines if (text := _HOUSE.sub("", line.text)) != line.text} | {
        line.text for line in lines if _WHOLE_SYMBOL.fullmatch(line.text)
    }
    edges = _page_edges(lines)
    return {
        place: "running header"
        for place in edges
        if lines[place].page > 1
        and _may_be_header(lines[place].text)
        and _is_near(place, known, len(lines), 1)
        and _is_titled(lines[place].text, own)
    }


def _is_titled(text: str, own: set[str]) -> bool:
    """Whether `text` is a title after one of the symbols, or a capitalised one before it."""
    words = text.split() or [""]
    return words[0] in own or (words[-1] in own and text[0].isupper())


def _find_opening(lines: Sequence[Line], known: Found) -> int | None:
    """Where the body begins: the opening time, the adoption of the agenda, or the first speaker."""
    for place, line in enumerate(lines[: LONGEST_COVER + 1]):
        if place in known:
            continue
        text = close_spacing(line.text)  # a label may be letter-spaced: 主 席（以英语发言）
        if OPENING.fullmatch(text) or _BODY_HEAD.fullmatch(text) or is_procedure(text):
            return place
        following = close_spacing(lines[place + 1].text) if place + 1 < len(lines) else ""
        if match_label(text) or match_label(f"{text}{following}"):
            if _CHAIR_ON_COVER.fullmatch(text) or _CHAIR_ON_COVER.fullmatch(f"{text}{following}"):
                continue
            return place
    return None


# In this order: a later one knows what the earlier ones found.
_FINDERS: Final = (
    _find_notices,
    _find_own_symbol,
    _find_edges,
    _find_titled_symbol,
    _find_repeated,
    _find_cover,
    _find_masthead,
)
_HOUSE: Final = re.compile(r"^(?:United Nations|联合国|聯合國)\s+(?=[A-Z]+/)")
_BODY_HEAD: Final = re.compile(r"Adoption of the agenda|通过议程", re.IGNORECASE)


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Places of the first two and last two lines of each page, where the reader knows pages."""
    edges: set[int] = set()
    starts = [0] + [n + 1 for n, (a, b) in enumerate(pairwise(lines)) if a.page != b.page]
    if not lines or not lines[0].page:
        return edges
    for start, end in pairwise([*starts, len(lines)]):
        edges.update(range(start, min(start + NEAR, end)))
        edges.update(range(max(end - NEAR, start), end))
    return edges


def _is_near(place: int, known: Mapping[int, str], count: int, reach: int) -> bool:
    return any(
        near in known
        for near in range(max(0, place - reach), min(count, place + reach + 1))
        if near != place
    )
