"""From kept lines to paragraphs: join what the line and page ends cut, repair spacing.

Three steps. `LINE_RULES` mend characters in each line; the lines of one paragraph are joined;
`PARAGRAPH_RULES` mend spacing in the whole paragraph, and change nothing else: so the place at
which a physical line begins can be found again in the repaired text. Each paragraph says which
rules changed it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import is_han, normalize_spacing
from corpora.labels import close_spacing, match_label, stands_alone

if TYPE_CHECKING:
    from corpora.document import Language, Line

Rule = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One repaired paragraph, on one line.

    Attributes:
        text: the text, without white space at its ends.
        page: 1-based page on which it begins; 0 if unknown.
        line: 1-based number of the physical line with which it begins.
        starts: (offset in `text`, page, line) for each physical line in it, ascending.
        rules: names of the rules that changed it, in the order of work.
    """

    text: str
    page: int = 0
    line: int = 0
    starts: tuple[tuple[int, int, int], ...] = ()
    rules: tuple[str, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """Page and line of the physical line in which the character at `offset` stands."""
        if not self.starts:
            return self.page, self.line
        index = bisect_right(self.starts, offset, key=lambda start: start[0]) - 1
        _, page, line = self.starts[max(index, 0)]
        return page, line


# -------------------------------------------------------- rules for the characters of a line

_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
_SOFT_HYPHEN: Final = "\u00ad"
_LINE_END_HYPHEN: Final = "\ufffe"
"""What pdfium puts for any hyphen at a line's end, real or soft, when it joins the two lines."""
_LIGATURES: Final = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)
_RADICAL: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def compose_accents(text: str) -> str:
    """Put a letter and its accent into one character (NFC): PDF text often has them apart."""
    return unicodedata.normalize("NFC", text)


def replace_radicals(text: str) -> str:
    """Turn Kangxi radicals and compatibility forms, which PDF fonts give, into ideographs."""
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def split_ligatures(text: str) -> str:
    """Write ``ﬁ`` as two letters."""
    return text.translate(_LIGATURES)


def remove_invisible(text: str) -> str:
    """Remove control, direction and zero-width characters."""
    return _INVISIBLE.sub("", text)


def unify_spaces(text: str) -> str:
    """Make every run of white space, ideographic and no-break ones included, one U+0020."""
    return " ".join(text.split())


def remove_soft_hyphens(text: str) -> str:
    """Remove soft hyphens inside the line; one at its end still says that a word goes on."""
    if not text:
        return text
    return text[:-1].replace(_SOFT_HYPHEN, "") + text[-1]


LINE_RULES: Final[tuple[Rule, ...]] = (
    compose_accents,
    replace_radicals,
    split_ligatures,
    remove_invisible,
    unify_spaces,
    remove_soft_hyphens,
)

# ------------------------------------------------------------- rules for the spacing of a paragraph

_BEFORE_MARK: Final = re.compile(
    r"(?<=[\w)\]”’\"']) +(?=[,;:?!](?:\s|$|[”’)\]])|\.(?:\s|$|[”’)\]])(?!\s*\.))"
)
_SPLIT_HYPHEN: Final = re.compile(r"(?<=[A-Za-z]) +-(?=[A-Za-z])|(?<=[a-z]-) +(?=[A-Z][a-z])")
_INSIDE_BRACKET: Final = re.compile(r"(?<=[(\[“]) +| +(?=[)\]”])")
_MIDDLE_DOT: Final = re.compile(r" *([·・‧]) *")
_FULL_WIDTH: Final = re.compile(r" *([，。；：？！、（）《》「」『』〔〕【】]) *")


def tighten_punctuation(text: str) -> str:
    """``press release ,`` → ``press release,``; ``. . .`` and `` – `` stay as they are."""
    return _BEFORE_MARK.sub("", text)


def tighten_hyphens(text: str) -> str:
    """``Secretary -General``, ``Secretary- General`` → ``Secretary-General``."""
    return _SPLIT_HYPHEN.sub(lambda match: match.group().strip(), text)


def tighten_brackets(text: str) -> str:
    """``( Pakistan )`` → ``(Pakistan)``, and the same for curly double quotes."""
    return _INSIDE_BRACKET.sub("", text)


def close_full_width(text: str) -> str:
    """``得出结论 ：`` → ``得出结论：``: full-width marks bring their own space."""
    return _FULL_WIDTH.sub(r"\1", text)


def close_names(text: str) -> str:
    """``雅尼娜 · 亨尼斯`` → ``雅尼娜·亨尼斯``."""
    return _MIDDLE_DOT.sub(r"\1", text)


PARAGRAPH_RULES: Final[dict[Language, tuple[Rule, ...]]] = {
    "zh": (close_full_width, close_names, normalize_spacing),
    "en": (tighten_punctuation, tighten_hyphens, tighten_brackets),
}

# ------------------------------------------------------------------------- where a paragraph begins

INDENT: Final = 0.4
"""Characters: less is the jitter of PDF positions; first lines of the seed have 1 or 2."""
GAP: Final = 0.35
"""Line heights: leading in New York PDFs varies by 0.2, paragraphs stand apart by 0.5 and more."""
MOST_INDENTED: Final = 0.9
"""Share of lines: where more are indented, the indent is a margin. Short turns can reach 0.7."""
MOST_SPACED: Final = 0.6
"""Share of lines: where more have empty space above them (the seed: all), it tells nothing."""
UNWRAPPED_WIDTH: Final = 160.0
"""Columns: a printed page holds at most 110; longer lines are whole paragraphs."""
UNWRAPPED_SHARE: Final = 0.7
"""Share of lines that end a sentence: wrapped records have 0.1 to 0.35, a paragraph a line 0.9."""
NEIGHBOURS: Final = 12
"""Lines up and down within which the column's width is measured: pages may change columns."""
ROOM: Final = {"zh": 4.0, "en": 3.0}
"""Columns left over when the next word is put on the line: justified Chinese varies by 2 to 4."""
SHORT: Final = 0.6
"""Of the column's width: a line so short, with no mark at its end, is a heading."""

TITLE: Final = 0.85
"""Of the column's width: a title with a symbol at its end that is shorter does not go on."""

_TITLE_END: Final = re.compile(r"[(（][A-Z]+/[\w/.-]+[)）]$")
_TERMINAL: Final = re.compile(r"[。！？｡.!?…][”’」』》）)\]\"']*\d{0,2}$|[”’」』\"']$")
_CLOSED: Final = re.compile(r"[:：;；,，、][¹²³⁰-⁹]*$")
_FOOTNOTE: Final = re.compile(r"[¹²³⁰-⁹]+\s?\S")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|St|Sr|Jr|No|Nos|Prof|para|paras|art|arts|vol|chap|sect|cf|vs|p|pp|[A-Z])\.$"
)
_LIST_MARK: Final = re.compile(
    r"[(（](?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[.．]\s|[•●▪■–—-]\s"
    r"|[一二三四五六七八九十]{1,3}、"
)
_TOKEN: Final = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+|.")


# Unicode's East_Asian_Width W and F, in blocks.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)
_COMBINING: Final = re.compile("[\u0300-\u036f\u20d0-\u20ff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a document can tell about where paragraphs begin.

    Attributes:
        by_line: every line is a paragraph (DOCX, or text that was never wrapped).
        by_indent: an indented line begins a paragraph.
        by_gap: empty space above a line begins a paragraph.
        margin: indent of a line that continues a paragraph, in characters.
        widths: for each line, the width of the column it stands in, in columns.
    """

    by_line: bool
    by_indent: bool
    by_gap: bool
    margin: float
    widths: tuple[float, ...]


def measure_width(text: str) -> int:
    """Width of `text` in columns: 2 for a full-width or wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_COMBINING.findall(text))


def measure_layout(lines: Sequence[Line], *, by_line: bool = False) -> Layout:
    """Find out which evidence of paragraph starts these lines have."""
    count = len(lines)
    if not count:
        return Layout(by_line, False, False, 0.0, ())
    raw = [float(measure_width(line.text)) for line in lines]
    widths = tuple(
        _typical_width(raw[max(0, n - NEIGHBOURS) : n + NEIGHBOURS + 1]) for n in range(count)
    )
    indents = sorted(line.indent for line in lines)
    margin = indents[count // 20]
    indented = sum(line.indent > margin + INDENT for line in lines)
    spaced = sum(line.gap > GAP for line in lines[1:])
    by_indent = 0 < indented <= MOST_INDENTED * count
    ends = sum(ends_sentence(line.text) for line in lines)
    unwrapped = sorted(raw)[int(0.9 * (count - 1))] > UNWRAPPED_WIDTH or (
        count > 2 and not by_indent and ends >= UNWRAPPED_SHARE * count
    )
    return Layout(
        by_line or unwrapped, by_indent, 0 < spaced <= MOST_SPACED * count, margin, widths
    )


def _typical_width(widths: Sequence[float]) -> float:
    """Width of a full line: the widest but for one line in eight, which may be stretched."""
    return sorted(widths)[-max(1, len(widths) // 8)]


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that can end a sentence, and not with an abbreviation."""
    return _TERMINAL.search(text) is not None and _ABBREVIATION.search(text) is None


def starts_paragraph(
    lines: Sequence[Line], place: int, layout: Layout, language: Language, *, cut: bool
) -> bool:
    """Whether the line at `place` begins a paragraph.

    Args:
        lines: the document's kept lines.
        place: index of the line in question.
        layout: what `measure_layout` says of `lines`.
        language: of the document.
        cut: furniture or a page end stood between this line and the one before.
    """
    if place == 0 or layout.by_line:
        return True
    line, before = lines[place], lines[place - 1]
    if _stands_alone(line.text) or _stands_alone(before.text) or _FOOTNOTE.match(line.text):
        return True
    closed = ends_sentence(before.text) or _CLOSED.search(before.text) is not None
    short = _leaves_room(before, line, layout.widths[place - 1], language)
    indented = line.indent > layout.margin + INDENT
    may_turn = indented or short or ends_sentence(before.text) or before.text.endswith((":", "："))
    if may_turn and _opens_label(lines, place):
        return True
    if _LIST_MARK.match(line.text) and closed and short:
        return True
    if language == "zh" and closed and _is_much_shorter(before, layout.widths[place - 1]):
        return True  # Chinese is justified: only a paragraph's last line is so short
    if layout.by_indent and indented:
        return not _continues_block(lines, place, layout, short=short)
    if layout.by_indent and _ends_block(lines, place, layout):
        return True
    if layout.by_gap and not cut:
        return line.gap > GAP and (closed or short)
    if not layout.by_indent and ends_sentence(before.text) and (short or cut):
        return True
    # Indents and gaps say nothing across a page end but that a heading does not run on.
    return (cut or not layout.by_indent) and _is_heading(lines, place - 1, layout)


@lru_cache(maxsize=4096)  # each line is asked about twice and more
def _stands_alone(text: str) -> bool:
    return stands_alone(text)


def _opens_label(lines: Sequence[Line], place: int) -> bool:
    """Whether a speaker's label begins here; it may run on into the next lines."""
    text = " ".join(line.text for line in lines[place : place + 3])
    joined = "".join(line.text for line in lines[place : place + 3])
    return any(match_label(tried) is not None for tried in (close_spacing(joined), text))


def _leaves_room(before: Line, line: Line, width: float, language: Language) -> bool:
    """Whether the first word of `line` would have fitted on the line before it."""
    first = _TOKEN.match(line.text)
    word = measure_width(first.group()) if first is not None else 0
    space = 0 if first is not None and is_han(first.group()) else 1
    return measure_width(before.text) + before.indent + space + word + ROOM[language] <= width


def _is_much_shorter(line: Line, width: float) -> bool:
    return measure_width(line.text) < SHORT * width


def _is_heading(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Whether a short line without any mark at its end is a paragraph of its own.

    An agenda's title may be longer if it ends with a document's symbol in brackets. Nothing may
    stand before a heading that it could go on from.
    """
    text, width = lines[place].text, layout.widths[place]
    titled = _TITLE_END.search(text) is not None and measure_width(text) < TITLE * width
    if not titled and (
        measure_width(text) >= SHORT * width or re.search(r"[\w)）》”]$", text) is None
    ):
        return False
    earlier = lines[place - 1].text if place else ""
    return (
        not earlier
        or ends_sentence(earlier)
        or _stands_alone(earlier)
        or _is_heading(lines, place - 1, layout)
    )


def _continues_block(
    lines: Sequence[Line], place: int, layout: Layout, *, short: bool = False
) -> bool:
    """Whether an indented line goes on from the one before: a block quotation, a hanging indent."""
    line, before = lines[place], lines[place - 1]
    closed = _CLOSED.search(before.text) is not None
    if (
        ends_sentence(before.text)
        or before.text.endswith((":", "："))
        or (closed and _LIST_MARK.match(line.text) is not None)
        or (closed and layout.by_gap and line.gap > GAP)
        or _is_much_shorter(before, layout.widths[place - 1])
    ):
        return False
    if abs(line.indent - before.indent) <= INDENT:
        return True
    hangs = line.indent > before.indent and _LIST_MARK.match(before.text) is not None
    return hangs or not (closed or short)  # a full line without a mark at its end runs on


def _ends_block(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Whether a line at the margin follows a block of equally indented lines that is complete."""
    if place < 2:
        return False
    before, earlier = lines[place - 1], lines[place - 2]
    return (
        before.indent > layout.margin + INDENT
        and abs(before.indent - earlier.indent) <= INDENT
        and _continues_block(lines, place - 1, layout)
        and ends_sentence(before.text)
    )


# ------------------------------------------------------------------------------------ joining lines

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
    if head[-1] == _SOFT_HYPHEN:
        return head[:-1] + tail
    if right.lower() in _SUSPENDED:
        return f"{head[:-1]}- {tail}"
    return f"{head[:-1]}-{tail}" if _is_compound(left, right, words) else head[:-1] + tail


def resolve_hyphens(text: str, words: frozenset[str]) -> str:
    """Decide, as `join_words` does, each line-end hyphen that pdfium left inside a line."""

    def resolve(match: re.Match[str]) -> str:
        joined = join_words(match[1] + _LINE_END_HYPHEN, match[2], words)
        return match.group() if joined is None else joined

    text = _AT_LINE_END.sub(resolve, text)
    return text[:-1].replace(_LINE_END_HYPHEN, "-") + text[-1:]


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
    if head[-1] == _SOFT_HYPHEN:
        return head[:-1] + tail
    if head[-1] == _LINE_END_HYPHEN:
        return f"{head[:-1]}-{tail}"
    if head.endswith("/") or (head[-1] in "—–" and not head.endswith((" —", " –"))):
        return head + tail
    if language == "zh" and not (head[-1].isascii() and tail[0].isascii()):
        return head + tail
    return f"{head} {tail}"


# ------------------------------------------------------------------------------------ the whole way


def repair_lines(
    lines: Sequence[Line], language: Language, *, by_line: bool = False
) -> tuple[Paragraph, ...]:
    """Make paragraphs of a record's kept lines.

    Args:
        lines: the kept lines; a hole in their numbers means that furniture stood there.
        language: of the record.
        by_line: each line is a paragraph already (DOCX).
    """
    if not lines:
        return ()
    layout = measure_layout(lines, by_line=by_line)
    broken = any(_BROKEN.search(line.text) or _LINE_END_HYPHEN in line.text for line in lines)
    words = collect_words(lines) if broken else frozenset()
    groups: list[list[int]] = []
    for place in range(len(lines)):
        cut = place > 0 and is_cut(lines[place - 1], lines[place])
        if starts_paragraph(lines, place, layout, language, cut=cut):
            groups.append([])
        groups[-1].append(place)
    paragraphs = (
        repair_paragraph([lines[place] for place in group], language, words) for group in groups
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def is_cut(before: Line, line: Line) -> bool:
    """Whether a page end, or furniture that was dropped, stands between two kept lines."""
    return before.page != line.page or line.number != before.number + 1


def repair_paragraph(
    lines: Sequence[Line], language: Language, words: frozenset[str] = frozenset()
) -> Paragraph:
    """Mend and join the lines of one paragraph and mend its spacing."""
    applied: dict[str, None] = {}
    mended = [(line, _apply(LINE_RULES, line.text, applied)) for line in lines]
    hyphens = _SOFT_HYPHEN + _LINE_END_HYPHEN
    full = [(line, text) for line, text in mended if text.strip(hyphens)] or mended[:1]
    lines, texts = [line for line, _ in full], [text for _, text in full]
    resolved = [resolve_hyphens(text, words) for text in texts]
    if resolved != texts:
        applied["resolve_hyphens"] = None
    texts = resolved
    text = texts[0]
    solids = [0]  # how many characters that no later rule touches stand before each line
    for number, tail in enumerate(texts[1:], 1):
        joined = join_lines(text, tail, language, words)
        applied["join_lines"] = None
        if language == "en" and not joined.startswith(f"{text} "):
            applied["join_words"] = None
        if is_cut(lines[number - 1], lines[number]):
            applied["rejoin_pages"] = None
        solids.append(solids[-1] + _count_solid(texts[number - 1]))
        text = joined
    text = _apply(PARAGRAPH_RULES[language], text.strip(), applied)
    text = text.removesuffix(_SOFT_HYPHEN).replace(_LINE_END_HYPHEN, "-")
    starts = tuple(
        (offset, line.page, line.number)
        for offset, line in zip(_find_solids(text, solids), lines, strict=True)
    )
    return Paragraph(text, lines[0].page, lines[0].number, starts, tuple(applied))


def _apply(rules: Sequence[Rule], text: str, applied: dict[str, None]) -> str:
    for rule in rules:
        mended = rule(text)
        if mended != text:
            applied[rule.__name__] = None
        text = mended
    return text


_SOLID: Final = re.compile("[^\\s\u00ad\ufffe‐-]+")
"""What neither joining nor a paragraph rule adds or takes away: all but space and hyphens."""


def _count_solid(text: str) -> int:
    return sum(map(len, _SOLID.findall(text)))


def _find_solids(text: str, counts: Sequence[int]) -> list[int]:
    """Offsets in `text` of the solid characters with these ordinals, which ascend."""
    offsets: list[int] = []
    passed = 0
    for run in _SOLID.finditer(text):
        length = run.end() - run.start()
        while len(offsets) < len(counts) and counts[len(offsets)] < passed + length:
            offsets.append(run.start() + counts[len(offsets)] - passed)
        passed += length
    return offsets + [len(text)] * (len(counts) - len(offsets))
