"""The pages of a document: their edges, and what a line may say of their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.identify import page_edges, tell_symbol
from corpora.lazy import lazy_pattern
from corpora.meeting import DATE, normal_symbol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corpora.document import Line

REPEATS_NEEDED: Final = 3
"""Pages on which a line must stand at the edge before it is learnt as a running header."""
NEAR: Final = 2
"""Lines: how near to other furniture a bare number or a date must stand to be furniture too."""
STEADY: Final = 0.6
"""Share of the heads whose numbers keep step with the pages; a page may be missing."""

OF_PAGES: Final = lazy_pattern(r"(\d{1,3})/(\d{1,3})")
_BARE_PAGE: Final = lazy_pattern(r"[-–—]?\s?\d{1,3}\s?[-–—]?")
NAMED_PAGE: Final = lazy_pattern(
    r"(?:Page|page|PAGE)\s+(\d{1,3})(?:\s+of\s+\d{1,3})?|第\s*(\d{1,3})\s*页"
)
_BARE_DATE: Final = lazy_pattern(DATE)
_CORRECTS: Final = lazy_pattern(r"/Corr\.|corrigend|correction|更正", re.IGNORECASE)
_PROVES: Final = frozenset(
    {"running header", "running footer", "page number", "job number", "barcode", "cover page"}
    | {"publisher's notice"}
)
"""Reasons that prove a bare number or date beside them; a rule or a dot leader stands in tables."""


Found = dict[int, str]


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
        edges = frozenset(edges_of(lines, flow, NEAR))
        texts = [line.text for line in lines]
        own = symbol or tell_symbol(texts, "", pages=pages)[0]
        owns = {normal_symbol(own)} if own else set()
        corrects = any(_CORRECTS.search(text) for text in (own or "", *texts[:20]))
        return cls(lines, flow, edges, frozenset(owns), corrects, whole)

    def counted(self, known: Mapping[int, str]) -> set[int]:
        """Pages that have their number on a line of its own."""
        return {self.lines[n].page for n, reason in known.items() if reason == "page number"}

    def near(self, place: int, known: Mapping[int, str], *, across: bool = False) -> bool:
        """Whether a line beside this one is furniture of the page, or with `across` of the next."""
        return any(
            known.get(beside) in _PROVES
            and (across or self.lines[beside].page == self.lines[place].page)
            for beside in (place - 1, place + 1)
        )


def edges_of(lines: Sequence[Line], flow: Sequence[int], reach: int) -> set[int]:
    """Places of the first and last `reach` lines of each page, of those that run down it."""
    return {flow[n] for n in page_edges([lines[place].page for place in flow], reach)}


def name_bare(text: str) -> str | None:
    """Say what a line may be that is nothing but a number, a date or a language; None if none."""
    pages = OF_PAGES.fullmatch(text)
    if pages is not None and 0 < int(pages[1]) <= int(pages[2]):
        return "page number"
    if _BARE_PAGE.fullmatch(text) or NAMED_PAGE.fullmatch(text):
        return "page number"
    if _BARE_DATE.fullmatch(text) or text in ("English", "Chinese", "ENGLISH", "CHINESE"):
        return "running header"
    return None


def number_of(text: str) -> int | None:
    """Read the page's number of a line that is nothing else."""
    if name_bare(text) != "page number" and not (len(text) == 4 and text.isdecimal()):
        return None
    return digits_in(text)


def digits_in(text: str) -> int | None:
    """Read the first number of up to four digits in `text`."""
    digits = re.search(r"\d{1,4}", text)
    return int(digits.group()) if digits is not None else None
