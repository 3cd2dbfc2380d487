"""Running heads and page numbers: what a line may be by its form it must prove by its place.

Proof is the record's own symbol, the edge of a page with the page's number in step, the same words
at the edges of many pages with the number taken off, or other furniture on the next line.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from corpora.lazy import lazy_pattern
from corpora.meeting import BLANK, DATE, PAGE, REISSUED, SYMBOL, blank_symbols, normal_symbol
from corpora.prose import is_prose
from corpora.repair.labels import match_label
from corpora.repair.learnt import (
    LONGEST_HEADER,
    find_changing,
    find_repeated,
    find_section_heads,
    may_be_header,
)
from corpora.repair.pages import (
    NAMED_PAGE,
    NEAR,
    REPEATS_NEEDED,
    Found,
    Pages,
    edges_of,
    name_bare,
    number_of,
)

SERIES: Final = 5
"""Bare numbers that rise by one through a text without pages before they are taken for pages'."""
SCANNED: Final = 30
"""Characters of a line that may be the record's symbol as OCR reads it."""
LEAST_APART: Final = 8
"""Lines between two of them; numbers in a table stand closer."""

_LANGUAGE: Final = r"(?:English|Chinese|French|中文|Original:? \w+)"
_HEADER: Final = lazy_pattern(
    rf"(?:{PAGE}\s+)?+(?:{BLANK}\s+(?:\S.*\s+)?{DATE}|{DATE}\s+(?:\S.*\s+)?{BLANK}"
    rf"|(?:{_LANGUAGE}\s+)?{BLANK}{REISSUED}(?:\s+(?:{_LANGUAGE}|Page\s+\d{{1,3}}))?)(?:\s+{PAGE})?"
)
_CONFUSED: Final = str.maketrans("/\\|!IL]OQ", "111111100", ".,·'’:;-_")
_BRACKETED: Final = lazy_pattern(r"[(（]([^()（）。；;:：]{2,80})[)）]")


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


def _fold_scanned(text: str) -> str:
    """Write alike what OCR takes for one another: ``CD/PV.34l``, ``CDIPV. 341``."""
    return "".join(text.upper().translate(_CONFUSED).split())


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
    scanned = {_fold_scanned(symbol) for symbol in page.own}
    found |= {
        place
        for place, line in enumerate(lines)
        if place not in known and len(line.text) <= SCANNED and _fold_scanned(line.text) in scanned
    }
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
            reason = "page number" if place in series else name_bare(line.text)
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


def _in_step(page: Pages) -> set[int]:
    """Places of numbers that rise with the pages, or by one at a time through a text without."""
    numbers = [
        (place, number)
        for place, line in enumerate(page.lines)
        if len(line.text) < 20 and (number := number_of(line.text)) is not None
    ]
    if page.edges:
        # `Page 2` is the third line of a head, or the fourth.
        wide = edges_of(page.lines, page.flow, 2 * NEAR)
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
        and may_be_header(page.lines[place].text)
        and not is_prose(page.lines[place].text)
        and page.near(place, known, across=True)
        and _is_titled(page.lines[place].text, page.own)
    }


def _is_titled(text: str, own: frozenset[str]) -> bool:
    """Whether `text` is one of the symbols and a title, in either order."""
    match = re.fullmatch(rf"(?:({SYMBOL})\s+)?+(.*?)(?:\s+({SYMBOL}))?", text)
    first = match[2][:1] if match is not None else ""
    if match is None or not (first.isupper() or not first.isascii()) or first == "号":
        return False  # `CD/PV.1579 号文件所载的` goes on from the page before
    symbol = match[1] or match[3]
    return symbol is not None and normal_symbol(symbol) in own


# In this order: a later one knows what the earlier ones found.
FINDERS: Final = (
    _find_own_heads,
    _find_numbers,
    _find_speakers,
    _find_titled_heads,
    find_repeated,
    find_changing,
    find_section_heads,
    _find_numbers,
)
