"""Text that XML 1.0 can hold, on one line, without outer white space.

XML has no way to write most control characters, not even as `&#x1F;`: one of them, pasted from a
word processor, makes every tool refuse the whole file (XML 1.0, production 2, Char).
"""

from __future__ import annotations

import re

_LINE_BREAKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters that stand between two words or lines: they become a space."""

_OUTSIDE_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUSPECT = re.compile(f"{_OUTSIDE_XML.pattern}|[{_LINE_BREAKS}]")
_BREAK_RUN = re.compile(f" *[{_LINE_BREAKS}][ {_LINE_BREAKS}]*")


def clean_text(text: str) -> tuple[str, int]:
    """Give the text as it can stand in a segment or a prop.

    Line breaks and tabs, the word processors' vertical tab among them, become one space; every
    other character outside XML 1.0 goes, lone surrogates too; outer white space goes.

    Returns:
        the text, and how many characters outside XML 1.0 it held.
    """
    # What can be printed is neither a break nor outside XML, and that is told many times as fast.
    if text.isprintable() or _SUSPECT.search(text) is None:
        return text.strip(), 0
    removed = len(_OUTSIDE_XML.findall(text))
    return _OUTSIDE_XML.sub("", _BREAK_RUN.sub(" ", text)).strip(), removed


def escape_text(text: str) -> str:
    """Give cleaned text as it stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Give cleaned text as it stands in double quotes."""
    return escape_text(text).replace('"', "&quot;")
