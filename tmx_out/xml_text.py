"""Text that XML 1.0 can hold, on one line, without outer white space.

XML has no way to write most control characters, not even as `&#x1F;`: one of them, pasted from a
word processor, makes every tool refuse the whole file (XML 1.0, production 2, Char). The control
characters of C1, U+0080 to U+009F, it allows and asks to avoid (2.2): they are no text either, and
some of them command a terminal.
"""

from __future__ import annotations

import codecs

from corpora.lazy import lazy_pattern

_LINE_BREAKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
"""Characters that stand between two words or lines: they become a space."""

_TEXT_NO_XML = "[^\t\n\r\u0020-\u007f\x85\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NO_TEXT = lazy_pattern(_TEXT_NO_XML)
_SUSPECT = lazy_pattern(f"{_TEXT_NO_XML}|[{_LINE_BREAKS}]")
_BREAK_RUN = lazy_pattern(f"(?<! ) *+[{_LINE_BREAKS}][ {_LINE_BREAKS}]*")


def clean_text(text: str) -> tuple[str, int]:
    r"""Give the text as it can stand in a segment or a prop.

    Line breaks and tabs, the word processors' vertical tab among them, become one space; every
    other control character of C1 or character outside XML 1.0 goes, lone surrogates too; outer
    white space goes.

    Returns:
        the text, and how many characters outside XML 1.0 and of C1 it held.

    >>> clean_text(" one\x0btwo\r\nthree\x07 "), clean_text("a\x9bb")
    (('one two three', 2), ('ab', 1))
    """
    # What can be printed needs none of it, and that is told many times as fast.
    if text.isprintable() or _SUSPECT.search(text) is None:
        return text.strip(), 0
    removed = len(_NO_TEXT.findall(text))
    return _NO_TEXT.sub("", _BREAK_RUN.sub(" ", text)).strip(), removed


def escape_text(text: str) -> str:
    """Give cleaned text as it stands between tags.

    >>> escape_text("a < b & c")
    'a &lt; b &amp; c'
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Give cleaned text as it stands in double quotes.

    >>> escape_attribute('a "b"')
    'a &quot;b&quot;'
    """
    return escape_text(text).replace('"', "&quot;")


# What neither a terminal nor a page should be given to interpret.
_CONTROL = lazy_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def without_controls(text: str) -> str:
    """Show control characters, lone surrogates and turns of direction as U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def is_utf8(data: bytes) -> bool:
    r"""Whether bytes are UTF-8; the last character may be cut off.

    >>> is_utf8("裁".encode()[:2]), is_utf8(b"\xff")
    (True, False)
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True
