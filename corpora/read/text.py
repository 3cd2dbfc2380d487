"""Plain text into lines: page breaks, empty lines and indents kept as numbers."""

from __future__ import annotations

from typing import Final

from corpora.document import Line
from corpora.lazy import lazy_pattern

TAB: Final = 8
"""Characters from one tab stop to the next, as terminals and editors have it."""

# Every line end of Unicode, but a form feed, which ends a page.
_LINE_END: Final = lazy_pattern("\r\n|[\n\r\v\x85\u2028\u2029]")
_SEPARATORS: Final = lazy_pattern("[\x1c-\x1e]")
_INVISIBLE: Final = "\ufeff\u200b\u2060"
_WITHOUT_INVISIBLE: Final = dict.fromkeys(map(ord, _INVISIBLE))


def lines_of(text: str) -> tuple[Line, ...]:
    """Split text in memory into `Line`s, as `read_lines` does for a TXT file.

    Pages are counted by form feeds: in a text without any, every page is 0 (unknown). `gap` is the
    number of empty lines above, 0 for the first line of the text and of each page; `indent` is the
    white space before the first character, a tab to the next multiple of `TAB`, an ideographic
    space as one character.
    """
    pages = text.split("\f")
    # `splitlines` is many times as fast, and parts at three separators more than we do.
    split = str.splitlines if not _SEPARATORS.search(text) else _LINE_END.split
    lines: list[Line] = []
    for page, content in enumerate(pages, 1):
        gap, first = 0, True
        for raw in split(content):
            printed = raw.strip().strip(_INVISIBLE).strip()
            if not printed:
                gap += 1
                continue
            before = raw[: raw.index(printed[0])]
            if before:
                before = before.translate(_WITHOUT_INVISIBLE)
            lines.append(
                Line(
                    printed,
                    page=page if len(pages) > 1 else 0,
                    number=len(lines) + 1,
                    indent=float(len(before.expandtabs(TAB))) if before else 0.0,
                    gap=0.0 if first else float(gap),
                )
            )
            gap, first = 0, False
    return tuple(lines)
