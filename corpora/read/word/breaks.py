"""Line breaks within a paragraph of Word: those that wrap a sentence, and those that end a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpora.chinese import is_han
from corpora.lazy import lazy_pattern

TAIL: Final = 40
"""Characters at a line's end that tell whether a sentence ends there."""

# A line break in mid-sentence is an author's way to wrap; these begin a line of their own.
_ENDS: Final = lazy_pattern(r"[.!?:;。！？：；…][”’\"'）)\]》」』]*[⁰¹²³⁴-⁹*]*$")
_BEGINS: Final = lazy_pattern(
    r"[(（]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[).）．、]|[•●▪■–—-]\s|[^\s:：]{1,30}[:：]"
)
_GOES_ON: Final = lazy_pattern(r"[,，、的和与及-]$")


def part_lines(text: str) -> Iterator[str]:
    """Part a paragraph at the line breaks that are more than a way to wrap its lines.

    A break is a space if a sentence goes on over it. It does unless it has ended, or a list or a
    label begins; where the paragraph ends without a mark, as titles and addresses do, the line
    itself must show that it goes on. The end of a page (a form feed) must show it in any case.

    Args:
        text: of a paragraph, with a line feed for each line break and a form feed for each page's.
    """
    if "\n" not in text and "\f" not in text:
        yield text
        return
    pieces = re.split("([\n\f])", text)
    prose = _ENDS.search(text.rstrip()[-TAIL:]) is not None
    current = pieces[0]
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        before, after = current.strip(), piece.strip()
        if before and after and not _goes_on(before, after, prose=prose and mark == "\n"):
            yield current
            current = piece
        elif before and after:
            chinese = is_han(before[-1]) and is_han(after[0])
            current = current.rstrip() + ("" if chinese else " ") + piece.lstrip()
        else:
            current += piece
    yield current


def _goes_on(before: str, after: str, *, prose: bool) -> bool:
    before = before[-TAIL:]
    if after[0].islower() or _GOES_ON.search(before):
        return True
    return prose and not _ENDS.search(before) and not _BEGINS.match(after)
