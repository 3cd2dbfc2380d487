"""Lay sentences out as records are printed: lines, pages, furniture, hyphens, stretched lines.

What a record says is a list of paragraphs, each on one line; `lay_out` makes of it the text that a
user would have in a file, in one of `STYLES`, and tells which paragraph ends the layout shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from corpora.repair.layout import ROOM, measure_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from corpora.document import Language


@dataclass(frozen=True)
class Style:
    """How a house prints.

    Attributes:
        language: of the record.
        width: least and greatest width of a column, in columns.
        indent: what stands before a paragraph's first line.
        spread: an empty line after every line (the Chinese seed).
        gap: an empty line between paragraphs.
        house: whose running headers and footers stand between pages.
        page_indent: what stands before the first line of a page that begins a paragraph.
        paged: pages end anywhere, not only where a paragraph ends.
        broken: share of lines that end with a word cut by a hyphen, where one can be.
        stretched: share of Chinese lines with space between all characters.
        loose: share of spaces that are no-break spaces, and of lines with spaces at their end.
    """

    language: Language
    width: tuple[int, int]
    indent: str = ""
    spread: bool = False
    gap: bool = False
    house: str = "newyork"
    page_indent: str = ""
    paged: bool = True
    broken: float = 0.0
    stretched: float = 0.0
    loose: float = 0.0


_GENEVA_ZH = Style("zh", (66, 78), " ", spread=True, house="geneva", page_indent="  ")
_GENEVA_EN = Style("en", (84, 94), " ", gap=True, house="geneva")
_WIDE_EN = Style("en", (80, 90))
_NARROW_EN = Style("en", (44, 54))
_WIDE_ZH = Style("zh", (66, 78))
STYLES: Final = {
    "geneva zh, pages end with paragraphs": replace(_GENEVA_ZH, paged=False),
    "geneva zh": _GENEVA_ZH,
    "geneva zh, stretched and loose": replace(_GENEVA_ZH, stretched=0.3, loose=0.2),
    "geneva en": _GENEVA_EN,
    "geneva en, broken words": replace(_GENEVA_EN, broken=0.1, loose=0.1),
    "new york en, wide": _WIDE_EN,
    "new york en, wide, broken words": replace(_WIDE_EN, broken=0.1, loose=0.1),
    "new york en, narrow": _NARROW_EN,
    "new york en, narrow, indented": replace(_NARROW_EN, indent="  "),
    "new york zh, wide": _WIDE_ZH,
    "new york zh, wide, stretched and loose": replace(_WIDE_ZH, stretched=0.3, loose=0.2),
    "new york zh, narrow": replace(_WIDE_ZH, width=(38, 46)),
    "new york zh, narrow, indented": replace(_WIDE_ZH, width=(38, 46), indent="\u3000\u3000"),
}


@dataclass(frozen=True)
class Layout:
    """A record as printed.

    Attributes:
        text: of the file.
        shown: for each paragraph but the first, whether the layout shows that it begins.
        cuts: where pages end, in characters of the record, spaces and hyphens not counted.
    """

    text: str
    shown: tuple[bool, ...]
    cuts: frozenset[int]


def solid(text: str) -> int:
    """How many characters wrapping neither adds nor takes away."""
    return sum(not ch.isspace() and ch != "-" for ch in text)


def lay_out(paragraphs: Sequence[str], style: Style, random: Random) -> Layout:
    """Print `paragraphs` in `style`."""
    width = random.randint(*style.width)
    rows: list[tuple[str, int]] = []  # text without its indent, paragraph
    shown = []
    for number, paragraph in enumerate(paragraphs):
        texts = _wrap(paragraph, style, width, random)
        if number:
            shown.append(_is_shown(rows[-1][0], texts[0], style, width))
        rows += [(text, number) for text in texts]
    printed: list[str] = []
    cuts: set[int] = set()
    passed = 0  # solid characters
    left = random.randint(8, 25)
    page = random.randint(2, 40)
    for place, (text, number) in enumerate(rows):
        begins = place == 0 or rows[place - 1][1] != number
        left -= 1
        passed += solid(rows[place - 1][0]) if place else 0
        turns = place > 0 and left <= 0 and (begins or style.paged)
        if turns:
            cuts.add(passed)
            printed += _furniture(style, page, random)
            page, left = page + 1, random.randint(8, 25)
            if begins:
                shown[number - 1] = bool(style.indent)
        elif place and (style.spread or (style.gap and begins)):
            printed.append("")
        indent = (style.page_indent if turns else "") or style.indent
        printed.append((indent if begins else "") + _disturb(text, style, random))
    return Layout("\n".join(printed) + "\n", tuple(shown), frozenset(cuts))


def _is_shown(last: str, first: str, style: Style, width: int) -> bool:
    """Whether an indent, a gap or the room left on the last line shows that a paragraph begins."""
    if style.indent or style.gap:
        return True
    token = re.match(r"[^\s\u2e80-\u9fff\uff00-\uffef]+|.", first)
    assert token is not None
    # Twice the room that the rule asks for: the column's width is measured, not known.
    needed = measure_width(token.group()) + 1 + 2 * ROOM[style.language]
    return measure_width(last) + needed <= width


# ---------------------------------------------------------------------------------- lines

_NO_START = "，。、；：？！）》”’」』)】…―—,.;:!?%"
_NO_END = "（《“‘「『(【"
_ZH_TOKEN = re.compile(r"[A-Za-z0-9À-ÿ][A-Za-z0-9À-ÿ/.,'’-]*(?<![.,])|――|——|……|\s+|.")


def _wrap(text: str, style: Style, width: int, random: Random) -> list[str]:
    if style.language == "zh":
        return _wrap_chinese(text, width - len(style.indent))
    return _wrap_english(text, width - len(style.indent), style.broken, random)


def _wrap_chinese(text: str, width: int) -> list[str]:
    """Fill lines; no mark that closes begins one, none that opens ends one."""
    pieces: list[str] = []
    for token in _ZH_TOKEN.findall(text):
        glued = pieces and (token[0] in _NO_START or pieces[-1][-1] in _NO_END)
        if glued:
            pieces[-1] += token
        else:
            pieces.append(token)
    lines, line = [], ""
    for piece in pieces:
        if line.strip() and measure_width(line + piece.rstrip()) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


_EN_PIECE = re.compile(r"\s+|[^\s—–-]*(?:-(?=\w)|—|–)|[^\s—–-]+-?")
_BREAK = re.compile(
    r"(?<=[aeiouy])(?=[bcdfglmnprstv][aeiou])|(?<=[aeiou][lmnrs])(?=[bcdfgpt][aeiou])"
)


def _wrap_english(text: str, width: int, broken: float, random: Random) -> list[str]:
    lines, line = [], ""
    for piece in _EN_PIECE.findall(text):
        if line.strip() and len(line) + len(piece.rstrip()) > width:
            head = _break_word(piece, width - len(line) - 1) if random.random() < broken else ""
            if head:
                lines.append(f"{line}{head}-".strip())
                line, piece = "", piece[len(head) :]
            else:
                lines.append(line.strip())
                line = ""
        line += piece
    return [*lines, line.strip()] if line.strip() else lines


def _break_word(word: str, room: int) -> str:
    """Where a plain word may be cut between syllables: the longest head that has room."""
    if not re.fullmatch(r"[a-z]{6,}[,.;]?", word):
        return ""
    heads = [word[: at.start()] for at in _BREAK.finditer(word, 2, len(word) - 3)]
    return max((head for head in heads if len(head) <= room), key=len, default="")


def _disturb(text: str, style: Style, random: Random) -> str:
    if random.random() < style.stretched:
        text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff，。（])", " ", text)
    text = re.sub(" ", lambda _: "\u00a0" if random.random() < style.loose else " ", text)
    if random.random() < style.loose or style.spread:
        text += random.choice([" ", "  ", "\u00a0", "\t"])
    return text


# ------------------------------------------------------------------------------- furniture


def _furniture(style: Style, page: int, random: Random) -> list[str]:
    """The foot of one page and the head of the next, as their even and odd forms are."""
    if style.house == "geneva":
        if not style.paged and random.random() < 0.7:
            return []  # removed already: the page's first line alone tells
        foot = f"{page} GE.31-09999" if page % 2 == 0 else f"GE.31-09999 {page}"
        return ["", foot, "", "CD/PV.9999", ""] if random.random() < 0.5 else [
            "", "", "CD/PV.9999 ", "", f"{foot} ", "",
        ]  # fmt: skip
    title = "建设和平" if style.language == "zh" else "Women and peace and security"
    even = (f"S/PV.9999 {title} 06/10/2031", f"{page}/44 31-25750")
    odd = (f"06/10/2031 {title} S/PV.9999", f"31-25750 {page}/44")
    lines = list(even if page % 2 == 0 else odd)
    if random.random() < 0.5:
        lines.reverse()
    return ["", *lines, ""] if random.random() < 0.5 else lines
