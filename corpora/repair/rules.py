"""From kept lines to paragraphs: join what the line and page ends cut, repair spacing.

Three steps. `LINE_RULES` mend characters in each line; the lines of one paragraph are joined;
`PARAGRAPH_RULES` mend spacing in the whole paragraph, and change nothing else: so the place at
which a physical line begins can be found again in the repaired text. Each paragraph says which
rules changed it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpora.chinese import normalize_spacing
from corpora.lazy import lazy_pattern
from corpora.repair.hyphens import (
    LINE_END_HYPHEN,
    NO_WORDS,
    SOFT_HYPHEN,
    Vocabulary,
    collect_words,
    has_cut_word,
    join_lines,
    resolve_hyphens,
)
from corpora.repair.layout import LEADER, is_cut, measure_layout
from corpora.repair.wrapping import why_starts

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
        begins: name of the rule by which its first line begins a paragraph.
    """

    text: str
    page: int = 0
    line: int = 0
    starts: tuple[tuple[int, int, int], ...] = ()
    rules: tuple[str, ...] = ()
    begins: str = ""

    def place(self, offset: int) -> tuple[int, int]:
        """Page and line of the physical line in which the character at `offset` stands."""
        if not self.starts:
            return self.page, self.line
        index = bisect_right(self.starts, offset, key=lambda start: start[0]) - 1
        _, page, line = self.starts[max(index, 0)]
        return page, line


# -------------------------------------------------------- rules for the characters of a line

_INVISIBLE: Final = lazy_pattern(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
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
# Presentation forms for vertical text, and small forms.
_FORMS: Final = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞",
    "，、。：；！？〖〗…—–（）｛｝〔〕【】《》〈〉「」『』［］，、．；：？！—（）｛｝〔〕",
)
_FORM: Final = lazy_pattern("[\ufe10-\ufe19\ufe30-\ufe6f]")
_LIGATURE: Final = lazy_pattern(f"[{''.join(map(chr, _LIGATURES))}]")
_LEADING: Final = ("...", ". . .", "………", "···", "· · ·", "․․․")
_RADICAL: Final = lazy_pattern("[\u2e80-\u2fd5\uf900-\ufaff]")


def _has_one_of(text: str, strings: Sequence[str]) -> bool:
    """Whether `text` holds what a rule is about: sooner told than by the rule's own search."""
    return any(map(text.__contains__, strings))


def compose_accents(text: str) -> str:
    """Put a letter and its accent into one character (NFC): PDF text often has them apart."""
    return unicodedata.normalize("NFC", text)


def replace_radicals(text: str) -> str:
    """Turn Kangxi radicals and compatibility forms, which PDF fonts give, into ideographs."""
    return _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def straighten_forms(text: str) -> str:
    """Write marks in the forms of vertical text, and small ones, as any other: ``︒`` is ``。``."""
    return text.translate(_FORMS) if _FORM.search(text) else text


def split_ligatures(text: str) -> str:
    """Write ``ﬁ`` as two letters."""
    return text if text.isascii() or not _LIGATURE.search(text) else text.translate(_LIGATURES)


def uncross_brackets(text: str) -> str:
    """``《条约》《(简称》)`` → ``《条约》(《简称》)``: Chromium sets them in the room of one."""
    return text.replace("》《(", "》(《") if "》《(" in text else text


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
    return text[:-1].replace(SOFT_HYPHEN, "") + text[-1]


def close_leaders(text: str) -> str:
    """``under the law . . . . . . . . 6`` → ``under the law 6``, an entry as Word has it."""
    return LEADER.sub(" ", text) if text[-1:].isalnum() and _has_one_of(text, _LEADING) else text


LINE_RULES: Final[tuple[Rule, ...]] = (
    compose_accents,
    replace_radicals,
    straighten_forms,
    split_ligatures,
    uncross_brackets,
    remove_invisible,
    unify_spaces,
    remove_soft_hyphens,
    close_leaders,
)

# ------------------------------------------------------------- rules for the spacing of a paragraph

_BEFORE_MARK: Final = lazy_pattern(
    r"(?<=[\w)\]”’\"']) +(?=[,;:?!](?:\s|$|[”’)\]])|\.(?:\s|$|[”’)\]])(?!\s*\.))"
)
_SPACED_MARKS: Final = (" ,", " ;", " :", " ?", " !", " .")
_SPLIT_HYPHEN: Final = lazy_pattern(r"(?<=[A-Za-z]) +-(?=[A-Za-z])|(?<=[a-z]-) +(?=[A-Z][a-z])")
_SPACED_HYPHENS: Final = (" -", "- ")
_INSIDE_BRACKET: Final = lazy_pattern(r"(?<=[(\[“]) ++|(?<! ) ++(?=[)\]”])")
_SPACED_BRACKETS: Final = ("( ", "[ ", "“ ", " )", " ]", " ”")
_MIDDLE_DOT: Final = lazy_pattern(r"(?<! ) *+([·・‧]) *")
_FULL_WIDTH: Final = lazy_pattern(r"(?<! ) *+([，。；：？！、（）《》「」『』〔〕【】]) *")


def tighten_punctuation(text: str) -> str:
    """``press release ,`` → ``press release,``; ``. . .`` and `` – `` stay as they are."""
    return _BEFORE_MARK.sub("", text) if _has_one_of(text, _SPACED_MARKS) else text


def tighten_hyphens(text: str) -> str:
    """``Secretary -General``, ``Secretary- General`` → ``Secretary-General``."""
    if not _has_one_of(text, _SPACED_HYPHENS):
        return text
    return _SPLIT_HYPHEN.sub(lambda match: match.group().strip(), text)


def tighten_brackets(text: str) -> str:
    """``( Pakistan )`` → ``(Pakistan)``, and the same for curly double quotes."""
    return _INSIDE_BRACKET.sub("", text) if _has_one_of(text, _SPACED_BRACKETS) else text


def close_full_width(text: str) -> str:
    """``得出结论 ：`` → ``得出结论：``: full-width marks bring their own space."""
    return _FULL_WIDTH.sub(r"\1", text) if " " in text else text


def close_names(text: str) -> str:
    """``雅尼娜 · 亨尼斯`` → ``雅尼娜·亨尼斯``."""
    return _MIDDLE_DOT.sub(r"\1", text) if " " in text else text


PARAGRAPH_RULES: Final[dict[Language, tuple[Rule, ...]]] = {
    "zh": (close_full_width, close_names, normalize_spacing),
    "en": (tighten_punctuation, tighten_hyphens, tighten_brackets),
}

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
    layout = measure_layout(lines, language, by_line=by_line)
    broken = any(has_cut_word(line.text) for line in lines)
    vocabulary = collect_words(lines) if broken else NO_WORDS
    groups: list[tuple[str, list[Line]]] = []
    for place, line in enumerate(lines):
        begins, why = why_starts(lines, place, layout, language)
        if begins:
            groups.append((why, []))
        groups[-1][1].append(line)
    paragraphs = (
        replace(repair_paragraph(group, language, vocabulary), begins=why) for why, group in groups
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph.text)


def repair_paragraph(
    lines: Sequence[Line], language: Language, vocabulary: Vocabulary = NO_WORDS
) -> Paragraph:
    """Mend and join the lines of one paragraph and mend its spacing."""
    applied: dict[str, None] = {}
    mended = [(line, _apply(LINE_RULES, line.text, applied)) for line in lines]
    hyphens = SOFT_HYPHEN + LINE_END_HYPHEN
    full = [(line, text) for line, text in mended if text.strip(hyphens)] or mended[:1]
    lines, texts = [line for line, _ in full], [text for _, text in full]
    resolved = [resolve_hyphens(text, vocabulary) for text in texts]
    if resolved != texts:
        applied["resolve_hyphens"] = None
    texts = resolved
    text = texts[0]
    solids = [0]  # how many characters that no later rule touches stand before each line
    for number, tail in enumerate(texts[1:], 1):
        joined = join_lines(text, tail, language, vocabulary)
        applied["join_lines"] = None
        if language == "en" and not joined.startswith(f"{text} "):
            applied["join_words"] = None
        if is_cut(lines[number - 1], lines[number]):
            applied["rejoin_pages"] = None
        solids.append(solids[-1] + _count_solid(texts[number - 1]))
        text = joined
    text = _apply(PARAGRAPH_RULES[language], text.strip(), applied)
    text = text.removesuffix(SOFT_HYPHEN).replace(LINE_END_HYPHEN, "-")
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


_SOLID: Final = lazy_pattern("[^\\s\u00ad\ufffe‐-]+")
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
        if len(offsets) == len(counts):
            break
        passed += length
    return offsets + [len(text)] * (len(counts) - len(offsets))
