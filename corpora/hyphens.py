"""Joining line ends: a hyphen there may be a compound's own, or only mark the line's end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Line

SOFT_HYPHEN: Final = "\u00ad"
LINE_END_HYPHEN: Final = "\ufffe"
"""What pdfium puts for any hyphen at a line's end, real or soft, when it joins the two lines."""
_KEEPS_HYPHEN: Final = re.compile(
    r"non|self|ex|vice|all|co|cross|far|half|high|long|low|mid|multi|near|new|old|off|one|open|post"
    r"|pre|pro|quasi|re|semi|short|so|sub|two|three|four|five|six|well|wide|anti|counter|inter"
    r"|nuclear|legally|internationally|policy|decision|peace|confidence|security|civil|full|state"
    r"|large|small|time"
)
"""First parts of compounds that United Nations English hyphenates (its Editorial Manual)."""
_PIECES: Final = re.compile(
    r"(?:(?:s?|t?)ions?|ments?|ings?|(?:i|a)?bly|ly|ness|(?:i|a)ties|(?:i|a)?ty|ers?|ed|tives?|(?:i|e)?ble"
    r"|ance|ence|ances|ences|tional\w*|mental\w*|ism|ists?|iz\w+|cies|cy|tary|tory|ally|ical\w*)"
)
"""Ends of words that are no words: what follows the hyphen belongs to the word before it."""
_BROKEN: Final = re.compile(r"([A-Za-zÀ-ÿ’'-]*[A-Za-zÀ-ÿ])[-‐\u00ad\ufffe]$")
_AT_LINE_END: Final = re.compile("([A-Za-zÀ-ÿ’'-]+)\ufffe([A-Za-zÀ-ÿ’'-]+)")
_FIRST_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'-]*")
SHORTEST_WORD: Final = 4
"""Letters of a word that may follow a compound's hyphen although the document has it nowhere else:
all 20 hyphens at line ends of S/PV.10011 and S/PV.4507 are real ones."""
_SUSPENDED: Final = frozenset({"and", "or", "to", "nor", "but"})
_WORDS: Final = re.compile(r"[a-zß-ÿ]+(?:-[a-zß-ÿ]+)*")


def has_cut_word(text: str) -> bool:
    """Whether a line ends with a hyphen, or pdfium left one of a line's end in it."""
    return _BROKEN.search(text) is not None or LINE_END_HYPHEN in text


def collect_words(lines: Sequence[Line]) -> frozenset[str]:
    """Every word and compound that stands whole in the document, in lower case, and their parts.

    Words at a line's end before a hyphen are cut and do not count.
    """
    words: set[str] = set()
    for line in lines:
        text = line.text
        broken = _BROKEN.search(text)
        if broken is not None:
            text = text[: broken.start()]
        text = _AT_LINE_END.sub(" ", text)
        words.update(_WORDS.findall(text.lower().replace("‐", "-")))
    for word in [word for word in words if "-" in word]:
        parts = word.split("-")
        words.update("-".join(parts[n:]) for n in range(1, len(parts)))
        words.update("-".join(parts[:n]) for n in range(1, len(parts)))
    return frozenset(words)


def join_words(head: str, tail: str, words: frozenset[str]) -> str | None:
    """Join two lines where a hyphen cuts a word; None if none does.

    The hyphen stays if it is a compound's (``Secretary-`` / ``General``, ``non-`` / ``nuclear``)
    and goes if it only marked the line's end (``disarma-`` / ``ment``). What the same document
    writes elsewhere decides first, then the form of the parts.
    """
    broken = _BROKEN.search(head)
    follows = _FIRST_WORD.match(tail)
    if broken is None or follows is None:
        return None
    left, right = broken[1], follows.group()
    if head[-1] == SOFT_HYPHEN:
        return head[:-1] + tail
    if right.lower() in _SUSPENDED:
        return f"{head[:-1]}- {tail}"
    return f"{head[:-1]}-{tail}" if _is_compound(left, right, words) else head[:-1] + tail


def resolve_hyphens(text: str, words: frozenset[str]) -> str:
    """Decide, as `join_words` does, each line-end hyphen that pdfium left inside a line."""

    def resolve(match: re.Match[str]) -> str:
        joined = join_words(match[1] + LINE_END_HYPHEN, match[2], words)
        return match.group() if joined is None else joined

    text = _AT_LINE_END.sub(resolve, text)
    return text[:-1].replace(LINE_END_HYPHEN, "-") + text[-1:]


def _is_compound(left: str, right: str, words: frozenset[str]) -> bool:
    if right[0].isupper() and not left.isupper():
        return True
    low, high = left.lower(), right.lower().rstrip("’'-")
    first = high.split("-")[0]
    if f"{low}-{high}" in words or f"{low}-{first}" in words:
        return True
    if f"{low}{high}" in words or f"{low}{first}" in words:
        return False
    if _KEEPS_HYPHEN.fullmatch(low) is not None:
        return True
    if "-" in left:
        return _PIECES.fullmatch(first) is None
    if _PIECES.fullmatch(first):
        return False
    return low in words and (first in words or len(first) >= SHORTEST_WORD)


def join_lines(head: str, tail: str, language: Language, words: frozenset[str]) -> str:
    """Join the end of one line to the beginning of the next within a paragraph."""
    if not head or not tail:
        return head + tail
    joined = join_words(head, tail, words)
    if joined is not None:
        return joined
    if head[-1] == SOFT_HYPHEN:
        return head[:-1] + tail
    if head[-1] == LINE_END_HYPHEN:
        return f"{head[:-1]}-{tail}"
    if head.endswith("/") or (head[-1] in "—–" and not head.endswith((" —", " –"))):
        return head + tail
    if language == "zh" and not (head[-1].isascii() and tail[0].isascii()):
        return head + tail
    return f"{head} {tail}"
