"""The forms of a concept in the cells of other people's glossaries.

People write several forms into one cell: on lines of its own each, with semicolons, with a stroke,
with an abbreviation in brackets. What surely parts forms is parted; what may belong to the term
(``chemical/biological weapons``, ``Iran (Islamic Republic of)``) stays in it.
"""

from __future__ import annotations

import re
from typing import Final

from corpora.chinese import is_han
from corpora.read.ideographs import fold_ideographs
from corpora.repair.rules import remove_invisible, replace_radicals
from tmx_out.xml_text import clean_text

_SURE: Final = re.compile(r"[|;；\n]|\s/\s|／")
"""What parts forms wherever it stands."""

_GOES_ON: Final = ("of", "the", "and", "or", "in", "on", "for", "to", "with", "by", "from", "at")
"""Words with which an English line goes on with the one before, or asks for another after it."""

_NUMBER: Final = re.compile(r"\s*(?:[(（]?[1-9]\d?[.)、）．]|[①-⑳])\s*(?=\D)")
"""Before each of several forms that are counted."""

_COUNTED: Final = re.compile(r"1[.)、）．].{1,200}\s2[.)、）．]")
"""Forms that are counted within one line."""

_BRACKET: Final = re.compile(
    r"(?P<outer>[^()（）\[\]【】]+?)(?P<gap>\s*)[(（\[【](?P<inner>[^()（）\[\]【】]{1,60})[)）\]】]"
)
_ABBREVIATION: Final = re.compile(r"[A-Z][A-Za-z]*[-.&A-Z0-9][-.&A-Za-z0-9]*")
_ROMAN: Final = re.compile(r"[IVXLC]+")
_CALLED: Final = re.compile(
    r"(?:abbr(?:eviation)?\.?:?|also:?|简称[:：]?|缩写[:：为]?|又称|亦称|也称)\s*(.+)"
)
_GRAMMAR: Final = frozenset({"n", "v", "vt", "vi", "adj", "adv", "pl", "sing", "abbr"}) | {
    *("noun", "verb", "adjective", "adverb", "plural", "singular"),
    *("名词", "动词", "形容词", "副词", "复数", "单数"),
}
_NOTHING: Final = frozenset({"n/a", "#n/a", "tbd", "待定", "none", "null", "nil"})
"""What people write into a cell for which they have nothing."""


_LOOKALIKE: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
"""Radicals and forms for compatibility: they can be printed, and are found by no search."""


def clean_lines(cell: str) -> str:
    r"""Give a cell as it reads: its lines, without characters that nobody sees.

    Radicals and private code points become the ideographs that they look like.

    >>> clean_lines(" ⻓⼸\u200b \r\n\ufeff核 查 ")
    '长弓\n核 查'
    """
    if cell.isprintable() and not _LOOKALIKE.search(cell):
        return " ".join(cell.split())
    if not cell.isascii():
        cell = remove_invisible(replace_radicals(fold_ideographs([cell])[0])).replace("\u00ad", "")
    lines = (" ".join(clean_text(line)[0].split()) for line in re.split(r"[\n\r\v\u2028]+", cell))
    return "\n".join(filter(None, lines))


def is_nothing(form: str) -> bool:
    """Whether a form says that there is none: no letter or digit, ``n/a``, an error of Excel."""
    plain = form.strip().casefold()
    return plain in _NOTHING or not any(ch.isalnum() for ch in plain)


def part_forms(zh: str, en: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    r"""Part the forms of a Chinese and an English cell.

    Args:
        zh: the cell, clean, with its lines.
        en: likewise.

    Returns:
        the forms of each, each once, and remarks that stood in brackets behind them.

    >>> part_forms("无核武器区（无核区）", "nuclear-weapon-free zone (NWFZ)")
    (('无核武器区', '无核区'), ('nuclear-weapon-free zone', 'NWFZ'), '')
    >>> part_forms("核查/核实", "verification (noun); verifying")
    (('核查', '核实'), ('verification', 'verifying'), 'noun')
    >>> part_forms("化学/生物武器", "chemical/biological weapons")
    (('化学/生物武器',), ('chemical/biological weapons',), '')
    """
    zh_parts = _strokes(_parts(zh), joint=re.search(r"/|\b(?:and|or)\b", en) is not None)
    en_parts = _strokes(_parts(_unwrapped(en)), joint=re.search("[/和或与及]", zh) is not None)
    forms_zh: dict[str, None] = {}
    forms_en: dict[str, None] = {}
    remarks: dict[str, None] = {}
    for part in en_parts:
        forms, remark = _unbracketed(part)
        forms_en |= dict.fromkeys(forms)
        remarks |= dict.fromkeys(filter(None, [remark]))
    for part in zh_parts:
        forms, remark = _unbracketed(part)
        found = _BRACKET.fullmatch(part)
        if found and len(forms) == 1 and any(_fits(found["inner"], form) for form in forms_en):
            forms = [found["outer"].strip()]
            forms_en[found["inner"].strip()] = None
        forms_zh |= dict.fromkeys(forms)
        remarks |= dict.fromkeys(filter(None, [remark]))
    return _some(forms_zh), _some(forms_en), "; ".join(remarks)


def _some(forms: dict[str, None]) -> tuple[str, ...]:
    # A quotation mark alone was to open or close the cell.
    bare = (form.strip('"') if form.count('"') == 1 else form for form in forms)
    return tuple(form for form in bare if not is_nothing(form))


def _parts(cell: str) -> list[str]:
    if _COUNTED.match(cell):
        cell = _NUMBER.sub("\n", cell)
    parts = [part for raw in _SURE.split(cell) if (part := raw.strip())]
    if len(parts) > 1 and all(map(_NUMBER.match, parts)):
        parts = [_NUMBER.sub("", part, count=1) for part in parts]
    return parts


def _unwrapped(cell: str) -> str:
    """Join lines that are one English form, broken to fit the cell."""
    out = ""
    for line in cell.split("\n"):
        words = line.split()
        before = out.split()
        joined = before and words and (
            words[0] in _GOES_ON or before[-1].casefold() in _GOES_ON or before[-1][-1] in ",-"
        )  # fmt: skip
        out = f"{out} {line}" if joined else f"{out}\n{line}"
    return out.strip()


def _strokes(parts: list[str], *, joint: bool) -> list[str]:
    """Part forms at a stroke without space, where it cannot belong to the term.

    A term of two things names both in both languages; so where the other side has neither a stroke
    nor an "and" (`joint`), a stroke parts forms, if each reads as a whole one.
    """
    if joint:
        return parts
    out: list[str] = []
    for part in parts:
        forms = [form.strip() for form in part.split("/")]
        whole = len(forms) > 1 and all(_alike(forms[0], form) for form in forms[1:])
        out += forms if whole else [part]
    return out


def _alike(one: str, other: str) -> bool:
    """Whether two texts may be names of one thing: of some words, or with one beginning or end."""
    if all(map(is_han, one + other)):
        return min(len(one), len(other)) > 1 and not {*one}.isdisjoint(other)
    if "(" in one + other or not (one.isascii() and other.isascii()):
        return False
    words = min(len(one.split()), len(other.split()))
    return words > 1 or (words == 1 and len(one) > 3 and one[:4].islower() and one[:4] == other[:4])


def _unbracketed(part: str) -> tuple[list[str], str]:
    """Give the forms of one with a bracket at its end, and what the bracket remarks."""
    found = _BRACKET.fullmatch(part)
    if found is None:
        name, comma, short = part.rpartition(", ")  # "negative security assurances, NSA"
        return [part, *((name, short) if comma and _fits(short, name) else ())], ""
    outer, inner = found["outer"].strip(), found["inner"].strip()
    if inner.casefold().rstrip(".") in _GRAMMAR:
        return [outer], inner
    if called := _CALLED.fullmatch(inner):
        return [outer, called[1].strip(" \"'“”《》")], ""
    if inner in ("s", "es") and not found["gap"] and outer[-1].isalpha():
        return [outer, outer + inner], ""
    if _fits(inner, outer) or _shortens(inner, outer):
        return [outer, inner], ""
    return [part], ""


def _fits(inner: str, outer: str) -> bool:
    """Whether it is an abbreviation of the English name: its first letter begins a word there."""
    capitals = sum(ch.isupper() for ch in inner)
    if _ABBREVIATION.fullmatch(inner) is None or _ROMAN.fullmatch(inner) or len(inner) > 12:
        return False
    initials = {word[0].upper() for word in re.findall("[A-Za-z]+", outer)}
    few = capitals < 2 and not any(ch.isdigit() for ch in inner)
    return not few and len(initials) > 1 and inner[0] in initials


def _shortens(inner: str, outer: str) -> bool:
    """Whether it is the Chinese name with characters left out."""
    if len(inner) < 2 or len(inner) >= len(outer) or not all(map(is_han, inner)):
        return False
    rest = iter(outer)
    return all(ch in rest for ch in inner)
