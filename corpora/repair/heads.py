"""Running heads and page numbers: what a line may be by its form it must prove by its place.

Proof is the record's own symbol, the edge of a page with the page's number in step, the same words
at the edges of many pages with the number taken off, or other furniture on the next line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.identify import page_edges, tell_symbol
from corpora.lazy import lazy_pattern
from corpora.meeting import BLANK, DATE, PAGE, REISSUED, SYMBOL, blank_symbols, normal_symbol
from corpora.prose import is_prose
from corpora.repair.labels import match_label, stands_alone

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corpora.document import Line

LONGEST_HEADER: Final = 120
"""Characters of a running header; the longest seen is 82."""
REPEATS_NEEDED: Final = 3
"""Pages on which a line must stand at the edge before it is learnt as a running header."""
NEAR: Final = 2
"""Lines: how near to other furniture a bare number or a date must stand to be furniture too."""
STEADY: Final = 0.6
"""Share of the heads whose numbers keep step with the pages; a page may be missing."""
SERIES: Final = 5
"""Bare numbers that rise by one through a text without pages before they are taken for pages'."""
LEAST_APART: Final = 8
"""Lines between two of them; numbers in a table stand closer."""

_LANGUAGE: Final = r"(?:English|Chinese|French|中文|Original:? \w+)"
_HEADER: Final = lazy_pattern(
    rf"(?:{PAGE}\s+)?+(?:{BLANK}\s+(?:\S.*\s+)?{DATE}|{DATE}\s+(?:\S.*\s+)?{BLANK}"
    rf"|(?:{_LANGUAGE}\s+)?{BLANK}{REISSUED}(?:\s+(?:{_LANGUAGE}|Page\s+\d{{1,3}}))?)(?:\s+{PAGE})?"
)
OF_PAGES: Final = lazy_pattern(r"(\d{1,3})/(\d{1,3})")
_BARE_PAGE: Final = lazy_pattern(r"[-–—]?\s?\d{1,3}\s?[-–—]?")
NAMED_PAGE: Final = lazy_pattern(
    r"(?:Page|page|PAGE)\s+(\d{1,3})(?:\s+of\s+\d{1,3})?|第\s*(\d{1,3})\s*页"
)
_BARE_DATE: Final = lazy_pattern(DATE)
_BRACKETED: Final = lazy_pattern(r"[(（]([^()（）。；;:：]{2,80})[)）]")
_CORRECTS: Final = lazy_pattern(r"/Corr\.|corrigend|correction|更正", re.IGNORECASE)
_NUMBER_BEFORE: Final = lazy_pattern(r"^\d{1,4}\s+")
_NUMBER_BEHIND: Final = lazy_pattern(r"\s\d{1,4}$")
_PROVES: Final = frozenset(
    {"running header", "running footer", "page number", "job number", "barcode", "cover page"}
    | {"publisher's notice"}
)
"""Reasons that prove a bare number or date beside them; a rule or a dot leader stands in tables."""

Found = dict[int, str]


def head_symbol(text: str) -> str | None:
    """Read the symbol of a line that has the form of a running header.

    >>> head_symbol("S/PV.10011 Women and peace and security 06/10/2025")
    'S/PV.10011'
    >>> head_symbol("S/PV.10011 was issued on 06/10/2025") is None
    True
    """
    if is_prose(text):
        return None
    return next((symbol for symbol, rest in blank_symbols(text) if _HEADER.fullmatch(rest)), None)


@dataclass(frozen=True, slots=True)
class Pages:
    """Lines, and what is asked of them again and again.

    Attributes:
        lines: every line of the file.
        flow: places of those that run down a page: what the reader marks (line numbers, watermarks,
            text in margins) comes behind the page's foot.
        edges: places of the first and last two lines of each page; empty where pages are unknown.
        own: the record's own symbols, as `normal_symbol` writes them.
        corrects: it is a corrigendum, whose headings are pages.
        whole: each line is a paragraph or cell: numbers and repetition show nothing.
    """

    lines: Sequence[Line]
    flow: Sequence[int]
    edges: frozenset[int]
    own: frozenset[str]
    corrects: bool
    whole: bool

    @classmethod
    def of(
        cls, lines: Sequence[Line], symbol: str | None, marked: Collection[int] = (), *, whole: bool
    ) -> Pages:
        """Look over `lines`.

        Args:
            lines: every line of the file.
            symbol: the record's own; told from the lines if None.
            marked: numbers of the lines of which the file itself says that they are no text.
            whole: each line is a paragraph or cell of its own.
        """
        pages = [line.page for line in lines]
        flow = [place for place, line in enumerate(lines) if line.number not in marked]
        edges = frozenset(_edges_of(lines, flow, NEAR))
        texts = [line.text for line in lines]
        own = symbol or tell_symbol(texts, "", pages=pages)[0]
        owns = {normal_symbol(own)} if own else set()
        corrects = any(_CORRECTS.search(text) for text in (own or "", *texts[:20]))
        return cls(lines, flow, edges, frozenset(owns), corrects, whole)

    def near(self, place: int, known: Mapping[int, str], *, across: bool = False) -> bool:
        """Whether a line beside this one is furniture of the page, or with `across` of the next."""
        return any(
            known.get(beside) in _PROVES
            and (across or self.lines[beside].page == self.lines[place].page)
            for beside in (place - 1, place + 1)
        )


def _edges_of(lines: Sequence[Line], flow: Sequence[int], reach: int) -> set[int]:
    """Places of the first and last `reach` lines of each page, of those that run down it."""
    return {flow[n] for n in page_edges([lines[place].page for place in flow], reach)}


def _find_own_heads(page: Pages, known: Found) -> Found:
    """Heads with the record's own symbol, and with another one that goes with it page by page."""
    lines = page.lines
    heads: dict[int, str] = {}
    for place, line in enumerate(lines):
        if place not in known and "/" in line.text:
            symbol = head_symbol(" ".join(line.text.split()))
            if symbol is not None and len(line.text) <= LONGEST_HEADER:
                heads[place] = normal_symbol(symbol)
    found = {place for place, symbol in heads.items() if symbol in page.own}
    at_edge = [place for place in heads if place in page.edges]
    pages = Counter({(heads[place], lines[place].page): 1 for place in at_edge})
    often = Counter(symbol for symbol, _ in pages)
    beside = Counter(heads[n] for n in heads if n - 1 in found or n + 1 in found)
    for place, symbol in heads.items():
        twin = beside[symbol] > 1 and (place - 1 in found or place + 1 in found)
        if (place in page.edges and (often[symbol] >= REPEATS_NEEDED or twin)) or (
            symbol not in page.own and page.near(place, known) and not page.own
        ):
            found.add(place)
    return dict.fromkeys(found, "running header")


def _find_numbers(page: Pages, known: Found) -> Found:
    """Page numbers, dates and names of languages that are what their place says."""
    found: Found = {}
    if page.whole:
        return found
    series = _in_step(page)
    for _ in range(NEAR):  # what was found beside furniture is furniture for its neighbour
        for place, line in enumerate(page.lines):
            if place in known or place in found:
                continue
            reason = "page number" if place in series else _name_bare(line.text)
            if reason is None:
                continue
            near = page.near(place, {**known, **found})
            named = NAMED_PAGE.fullmatch(line.text) is not None
            if (
                place in series
                or (near and not (named and page.corrects))
                or (place in page.edges and not named and (reason != "page number" or not series))
            ):
                found[place] = reason
    return found


def _name_bare(text: str) -> str | None:
    pages = OF_PAGES.fullmatch(text)
    if pages is not None and 0 < int(pages[1]) <= int(pages[2]):
        return "page number"
    if _BARE_PAGE.fullmatch(text) or NAMED_PAGE.fullmatch(text):
        return "page number"
    if _BARE_DATE.fullmatch(text) or text in ("English", "Chinese", "ENGLISH", "CHINESE"):
        return "running header"
    return None


def _number_of(text: str) -> int | None:
    """Read the page's number of a line that is nothing else."""
    if _name_bare(text) != "page number" and not (len(text) == 4 and text.isdecimal()):
        return None
    digits = re.search(r"\d{1,4}", text)
    return int(digits.group()) if digits is not None else None


def _in_step(page: Pages) -> set[int]:
    """Places of numbers that rise with the pages, or by one at a time through a text without."""
    numbers = [
        (place, number)
        for place, line in enumerate(page.lines)
        if len(line.text) < 20 and (number := _number_of(line.text)) is not None
    ]
    if page.edges:
        # `Page 2` is the third line of a head, or the fourth.
        wide = _edges_of(page.lines, page.flow, 2 * NEAR)
        at_edge = [
            (place, number)
            for place, number in numbers
            if place in page.edges
            or (place in wide and NAMED_PAGE.fullmatch(page.lines[place].text))
        ]
        offsets = Counter(number - page.lines[place].page for place, number in at_edge)
        if not offsets or offsets.most_common(1)[0][1] < REPEATS_NEEDED:
            return set()
        usual = offsets.most_common(1)[0][0]
        return {place for place, number in at_edge if number - page.lines[place].page == usual}
    best: list[int] = []
    chains: dict[int, list[int]] = {}
    for place, number in numbers:
        chain = chains.get(number - 1, [])
        if chain and place - chain[-1] < LEAST_APART:
            chain = []
        chains[number] = [*chain, place]
        best = max(best, chains[number], key=len)
    return set(best) if len(best) >= SERIES else set()


def _find_speakers(page: Pages, known: Found) -> Found:
    """Who is speaking, told in brackets below the head of a page: ``(Mr. Doe, Utopia)``."""
    return {
        place: "running header"
        for place, line in enumerate(page.lines)
        if place not in known and _names_speaker(line.text) and page.near(place, known)
    }


def _names_speaker(text: str) -> bool:
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is None:
        return False
    name, _, state = re.sub("[，、]", ",", bracketed[1]).partition(",")
    return match_label(f"{name.strip()} ({state.strip()}):" if state else f"{name}:") is not None


def _find_titled_heads(page: Pages, known: Found) -> Found:
    """Heads at the edge of a page that have the record's own symbol beside a title."""
    return {
        place: "running header"
        for place in page.edges
        if page.lines[place].page > 1
        and _may_be_header(page.lines[place].text)
        and not is_prose(page.lines[place].text)
        and page.near(place, known, across=True)
        and _is_titled(page.lines[place].text, page.own)
    }


def _is_titled(text: str, own: frozenset[str]) -> bool:
    """Whether `text` is one of the symbols and a title, in either order."""
    match = re.fullmatch(rf"(?:({SYMBOL})\s+)?+(.*?)(?:\s+({SYMBOL}))?", text)
    if match is None or not match[2] or not (match[2][0].isupper() or not match[2][0].isascii()):
        return False
    symbol = match[1] or match[3]
    return symbol is not None and normal_symbol(symbol) in own


def _find_repeated(page: Pages, known: Found) -> Found:
    """Heads learnt from repetition, the page's number taken off, at most pages' edges."""
    if page.whole:
        return {}
    keys = _keys_of(page.lines)
    anywhere, at_edge = Counter(keys), Counter[str]()
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key and (place in page.edges or page.near(place, known)):
            at_edge[key] += 1
            places[key].append(place)
    count = len({line.page for line in page.lines})
    found: Found = {}
    for key, often in at_edge.items():
        # A title may stand in the text too; what stands there as often is text of it.
        usual = often == anywhere[key] or (
            page.edges and 2 * often >= count and 2 * often > anywhere[key]
        )
        if often >= REPEATS_NEEDED and usual and _keep_step(page.lines, places[key], key):
            found.update(dict.fromkeys(places[key], "running header"))
    if not page.edges:
        found.update(_find_numbered_heads(page.lines, keys))
    return found


def _keep_step(lines: Sequence[Line], places: Sequence[int], key: str) -> bool:
    """Whether the numbers beside a head, if there are any, rise with the pages: `Article 4` no."""
    numbers = [(_number_in(" ".join(lines[n].text.split()), key), lines[n].page) for n in places]
    offsets = Counter(number - page for number, page in numbers if number is not None)
    return not offsets or offsets.most_common(1)[0][1] >= STEADY * offsets.total()


def _find_numbered_heads(lines: Sequence[Line], keys: Sequence[str]) -> Found:
    """Heads of a text without pages: again and again, with numbers that rise from each to the next.

    The number stands on the head's line, now before it, now behind, or on the line beside it.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            places[key].append(place)
    found: Found = {}
    for key, each in places.items():
        if len(each) < REPEATS_NEEDED:
            continue
        texts = [" ".join(lines[place].text.split()) for place in each]
        sides = {(text.startswith(key), text.endswith(key)) for text in texts}
        if sides == {(True, False), (False, True)} and _rise([_number_in(t, key) for t in texts]):
            found.update(dict.fromkeys(each, "running header"))
        for step in (-1, 1) if sides == {(True, True)} else ():
            beside = [place + step for place in each if 0 <= place + step < len(lines)]
            if _rise([_number_of(lines[place].text) for place in beside]):
                found.update(dict.fromkeys(each, "running header"))
                found.update(dict.fromkeys(beside, "page number"))
    return found


def _rise(numbers: Sequence[int | None]) -> bool:
    return len(numbers) >= REPEATS_NEEDED and all(
        a is not None and b is not None and a < b <= a + NEAR for a, b in pairwise(numbers)
    )


def _number_in(text: str, key: str) -> int | None:
    digits = text.replace(key, "", 1).strip()
    return int(digits) if digits.isdecimal() else None


def _keys_of(lines: Sequence[Line]) -> list[str]:
    """What each line says without the page's number at its side; nothing if it can be no header.

    A date's year at the end looks like such a number: of the ways to read a line the one is taken
    that most lines share.
    """
    ways = [_ways_to_read(line.text) for line in lines]
    counts = Counter(way for each in ways for way in each)
    often = {
        key: count
        for key, count in counts.items()
        if count >= REPEATS_NEEDED and _may_be_header(key) and not is_prose(key)
    }
    return [
        max(
            (key for key in keys if key in often),
            key=lambda key: (often[key], len(key)),
            default="",
        )
        for keys in ways
    ]


def _ways_to_read(text: str) -> tuple[str, ...]:
    """Give a line whole and without a number before or behind it."""
    if len(text) > LONGEST_HEADER or NAMED_PAGE.fullmatch(text):
        return ()
    text = " ".join(text.split())
    if not (text[:1].isdecimal() or text[-1:].isdecimal()):
        return (text,)
    ways = (text, _NUMBER_BEFORE.sub("", text), _NUMBER_BEHIND.sub("", text))
    return tuple(dict.fromkeys(ways))


def _may_be_header(text: str) -> bool:
    """Whether a repeated line can be a header at all: speech and fixed lines never are."""
    return (
        0 < len(text) <= LONGEST_HEADER
        and any(map(str.isalpha, text))
        and re.search(r"[。！？.!?：:；;，,—-]$", text) is None
        and match_label(text) is None
        and not stands_alone(text)
    )


# In this order: a later one knows what the earlier ones found.
FINDERS: Final = (
    _find_own_heads,
    _find_numbers,
    _find_speakers,
    _find_titled_heads,
    _find_repeated,
    _find_numbers,
)
