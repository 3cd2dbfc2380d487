"""Joining line ends: a hyphen there may be a compound's own, or only mark the line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Line

SOFT_HYPHEN: Final = "\u00ad"
LINE_END_HYPHEN: Final = "\ufffe"
"""What pdfium puts for any hyphen at a line's end, real or soft, when it joins the two lines."""
_KEEPS_HYPHEN: Final = lazy_pattern(
    r"non|self|ex|vice|cross|half|high|long|quasi|well|wide|anti|policy|decision|peace|confidence"
    r"|security|one|legally|internationally|nuclear|civil|state|large|small|short|two|three|four|five|six"
    r"|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|first|second|third"
    r"|lower|lowest|higher|highest|least|common|follow|gender|conflict|early|late|near|part|hard|free"
)
"""First parts of compounds that United Nations English hyphenates (its Editorial Manual), and that
are no syllables with which longer words begin."""
_MAY_KEEP_HYPHEN: Final = lazy_pattern(
    r"all|far|low|mid|multi|new|old|off|open|post|semi|sub|counter|inter|full|time|under|over|per|pre"
    r"|man|day|year|end|ill|real|right|left|ever|best|land|sea|air|fact|top|net|mass|data|oil|gas"
)
"""The same, and words like ``internal``, ``offer`` and ``president`` begin so: a compound only in a
document that breaks no words, or if it has the second part as a word."""
_KEEPS_BEFORE: Final = {
    prefix: lazy_pattern(rf"(?:{second})\w*")
    for prefix, second in (
        ("re", "e"),
        ("de", "[aeiou]"),
        ("so", "called"),
        (
            "in",
            "depth|kind|person|country|house|service|session|year|built|between|field|principle",
        ),
        ("on", "site|going|line|the|duty|demand|board"),
        ("up", "to|and"),
        ("out", "of"),
        ("pro", "govern|democra|active|nuclear|rata|poor"),
        (
            "co",
            "chair|sponsor|author|facilit|host|lead|presid|financ|educat|rapp|organiz|own|pen|perp"
            "|conven|found|direct|sign|pilot|opt|locat",
        ),
    )
}
"""Short prefixes with which many words begin, and what they are hyphenated before."""
_NEVER_FIRST: Final = frozenset(
    re.findall(
        r"\w+",
        "a an and are be but can do for had has he her his if is it its me my no not of or our the"
        " to us was we who you",
    )
)
SHORTEST_FIRST: Final = 4
"""Letters of a first part that no table and no other line of the document knows as one."""
_SOLID_WORDS: Final = lazy_pattern(
    r"(?:international|intergovern|interdepend|interven|interest|internal|interpret|interact|multilateral"
    r"|cooperat|coordinat|company|counterpart|counterproduct|countermeasure|countr|subject|submi|subsequen"
    r"|substan|society|social|offer|office|official|allow|allian|allocat|person|perio|perman|provi"
    r"|produc|progress|promot|propos|protect|protocol|outcome|output|outside|oversight|overall|overcome"
    r"|under(?:stand|take|mine|line)|indeed|individual|inform|initi|include|increas|install|institut"
    r"|insist|instead|integ|intend|intent|invit|involve|timel|newl|something|solution|solely"
    r"|oneself|peace(?:build|keep|mak)|pre(?:sid|sen|ven|par|fer|cis|mis|ser|vi|dec|dict|requi|cedin)|openi|postpone|upda|uphold|uphe|realit|realiz|rightf|manda|manage|manner|many|ende?avour)\w*"
)
"""Frequent words that begin with what can be a compound's first part, or their beginnings."""
_SECOND_PARTS: Final = lazy_pattern(
    r"led|up|based|related|free|wide|term|level|scale|sense|fold|off|out|owned|driven|term|held|made|year"
    r"|old|day|month|hour|man|way|life|use|proof|like|time|range|risk|party|State|building|making"
    r"|keeping|sharing|hanging|\w{3,}ing|\w{3,}[^e]ed|\w{3,}iented|fifths?|thirds?|first|second|third"
    r"|fourth|sixth|seventh|eighth|ninth|one|two|three|four|five|six|seven|eight|nine"
)
"""Second parts of compounds, as a rule participles, where nothing is known of the first."""
_PIECES: Final = lazy_pattern(
    r"(?:(?:s?|t?)ions?|ments?|ings?|(?:i|a)?bly|ly|ness|(?:i|a)ties|(?:i|a)?ty|ers?|ed|tives?|(?:i|e)?ble"
    r"|ance|ence|ances|ences|tional\w*|mental\w*|ism|ists?|iz\w+|cies|cy|tary|tory|ally|ical\w*)"
)
"""Ends of words that are no words: what follows the hyphen belongs to the word before it."""
_MARKS_IN_WORDS: Final = "’'-"
_IN_WORDS: Final = "".join(map(chr, (*range(65, 91), *range(97, 123), *range(0xC0, 0x100))))
_LETTERS: Final = frozenset(_IN_WORDS)
_HYPHENS: Final = ("-", "‐", SOFT_HYPHEN, LINE_END_HYPHEN)
_AT_LINE_END: Final = lazy_pattern("(?<![A-Za-zÀ-ÿ’'-])([A-Za-zÀ-ÿ’'-]++)\ufffe([A-Za-zÀ-ÿ’'-]+)")
_FIRST_WORD: Final = lazy_pattern(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'-]*")
SHORTEST_WORD: Final = 4
"""Letters of a word that may follow a compound's hyphen although the document has it nowhere else:
all 20 hyphens at line ends of S/PV.10011 and S/PV.4507 are real ones."""
_SUSPENDED: Final = frozenset({"and", "or", "to", "nor", "but"})
_WORDS: Final = lazy_pattern(r"[a-zß-ÿ]+(?:-[a-zß-ÿ]+)*")


def has_cut_word(text: str) -> bool:
    """Whether a line ends with a hyphen, or pdfium left one of a line's end in it."""
    return _find_broken(text) is not None or LINE_END_HYPHEN in text


def _find_broken(text: str) -> tuple[int, str] | None:
    """Find the word that a hyphen at the end of `text` cuts: where it begins, and its letters."""
    if not text.endswith(_HYPHENS) or text[-2:-1] not in _LETTERS:
        return None
    start = len(text[:-1].rstrip(_IN_WORDS + _MARKS_IN_WORDS))
    return start, text[start:-1]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a document shows about the words that line ends cut.

    Attributes:
        words: every word and compound that stands whole in it, in lower case, and their parts.
        breaks: it breaks words at line ends (old records, and text set by other hands): then a
            hyphen there is as likely to be none of a compound's.
    """

    words: frozenset[str] = frozenset()
    breaks: bool = False


NO_WORDS: Final = Vocabulary()
"""Of a document that shows nothing."""


def collect_words(lines: Sequence[Line]) -> Vocabulary:
    """Collect the words of a document and tell whether it breaks words at line ends.

    Words at a line's end before a hyphen are cut and do not count.
    """
    words: set[str] = set()
    cuts: list[tuple[str, str]] = []
    for place, line in enumerate(lines):
        text = line.text
        broken = _find_broken(text)
        if broken is not None:
            follows = _FIRST_WORD.match(lines[place + 1].text) if place + 1 < len(lines) else None
            if follows is not None:
                cuts.append((broken[1].lower(), follows.group().rstrip("’'-")))
            text = text[: broken[0]]
        if LINE_END_HYPHEN in text:
            text = _AT_LINE_END.sub(" ", text)
        words.update(_WORDS.findall(text.lower().replace("‐", "-")))
    for word in [word for word in words if "-" in word]:
        parts = word.split("-")
        words.update("-".join(parts[n:]) for n in range(1, len(parts)))
        words.update("-".join(parts[:n]) for n in range(1, len(parts)))
    breaks = any(
        right.islower()
        and f"{left}-{right}" not in words
        and (f"{left}{right}" in words or (left not in words and _PIECES.fullmatch(right)))
        for left, right in cuts
    )
    return Vocabulary(frozenset(words), breaks)


def join_words(head: str, tail: str, vocabulary: Vocabulary) -> str | None:
    """Join two lines where a hyphen cuts a word; None if none does.

    The hyphen stays if it is a compound's (``Secretary-`` / ``General``, ``non-`` / ``nuclear``)
    and goes if it only marked the line's end (``disarma-`` / ``ment``). What the same document
    writes elsewhere decides first, then the form of the parts.
    """
    broken = _find_broken(head)
    if broken is None:
        return None
    follows = _FIRST_WORD.match(tail)
    if follows is None:
        return None
    left, right = broken[1], follows.group()
    if head[-1] == SOFT_HYPHEN:
        return head[:-1] + tail
    if right.lower() in _SUSPENDED:
        return f"{head[:-1]}- {tail}"
    return f"{head[:-1]}-{tail}" if _is_compound(left, right, vocabulary) else head[:-1] + tail


def resolve_hyphens(text: str, vocabulary: Vocabulary) -> str:
    """Decide, as `join_words` does, each line-end hyphen that pdfium left inside a line."""
    if LINE_END_HYPHEN not in text:
        return text

    def resolve(match: re.Match[str]) -> str:
        joined = join_words(match[1] + LINE_END_HYPHEN, match[2], vocabulary)
        return match.group() if joined is None else joined

    text = _AT_LINE_END.sub(resolve, text)
    return text[:-1].replace(LINE_END_HYPHEN, "-") + text[-1:]


def _is_compound(left: str, right: str, vocabulary: Vocabulary) -> bool:
    if right[0].isupper() and not left.isupper():
        return True
    words, breaks = vocabulary.words, vocabulary.breaks
    low, high = left.lower(), right.lower().rstrip("’'-")
    first = high.split("-")[0]
    if f"{low}-{high}" in words or f"{low}-{first}" in words:
        return True
    if f"{low}{high}" in words or f"{low}{first}" in words:
        return False
    if _SOLID_WORDS.fullmatch(low + first) and not _SOLID_WORDS.fullmatch(low):
        return False
    if _PIECES.fullmatch(first) or low in _NEVER_FIRST:
        return False
    if low in _KEEPS_BEFORE:
        return _KEEPS_BEFORE[low].fullmatch(first) is not None
    if "-" in left or _KEEPS_HYPHEN.fullmatch(low) is not None:
        return True
    if breaks:
        return low in words and first in words
    if _MAY_KEEP_HYPHEN.fullmatch(low) is not None:
        return True
    if low in words:
        return first in words or len(first) >= SHORTEST_WORD
    return len(low) >= SHORTEST_FIRST and _SECOND_PARTS.fullmatch(first) is not None


# A footnote's call of the old style behind a mark: `by the Assembly. 14/`
_CALLED: Final = lazy_pattern(r"[.,;:?!”\"’)] ?(?:\d{1,3}|[a-z])/$|(?<=/ )(?:\d{1,3}|[a-z])/$")


def join_lines(head: str, tail: str, language: Language, vocabulary: Vocabulary) -> str:
    """Join the end of one line to the beginning of the next within a paragraph."""
    if not head or not tail:
        return head + tail
    joined = join_words(head, tail, vocabulary)
    if joined is not None:
        return joined
    if head[-1] == SOFT_HYPHEN:
        return head[:-1] + tail
    if head[-1] == LINE_END_HYPHEN:
        return f"{head[:-1]}-{tail}"
    if head.endswith("/") and not _CALLED.search(head):
        return head + tail
    if head[-1] in "—–" and not head.endswith((" —", " –")):
        return head + tail
    if head[-1] == "-" and len(head) > 1 and head[-2].isdigit() and tail[0].isalnum():
        return head + tail  # `a 36-` `year career`, `in 2010-` `2015`
    if language == "zh" and not (head[-1].isascii() and tail[0].isascii()):
        return head + tail
    if language == "zh" and not (tail[0].isalnum() or tail[0] in "([{$\"'"):
        return head + tail
    return f"{head} {tail}"
