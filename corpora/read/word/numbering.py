"""The numbers of a DOCX's automatic lists, which Word shows and which stand nowhere in the text.

A paragraph, or its style, names a list and a level in it; the list says from which number the level
counts, in which numerals, and what stands around them (ECMA-376 part 1, 17.9). Bullets are left
out: they say nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from corpora.read.word.package import W
from corpora.read.word.styles import is_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from corpora.read.word.styles import Styles

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_DIGITS: Final = "〇一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_SHOWN: Final = re.compile(r"%([1-9])")


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``aa``, ``bb``."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _chinese(number: int) -> str:
    """``一``, ``十``, ``十一``, ``二十``; digits from a hundred on."""
    tens, ones = divmod(number, 10)
    if number >= 100:
        return str(number)
    head = "十" if tens == 1 else f"{_DIGITS[tens]}十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


def _ordinal(number: int) -> str:
    usual = number % 100 in (11, 12, 13)
    return f"{number}{'th' if usual else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_NUMERALS: Final[Mapping[str, Callable[[int], str]]] = {
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda number: f"{number:02}",
    "ordinal": _ordinal,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographTraditional": lambda number: _STEMS[number - 1] if number <= 10 else str(number),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "ideographDigital"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"),
        ),
        _chinese,
    ),
}
"""By ``numFmt``; others are written as digits."""
_UNSEEN: Final = ("bullet", "none")


class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    def __init__(self, roots: Iterable[Any], styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, Any] = {}
        self._abstract: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        for root in roots:
            for kind, found in (("num", self._lists), ("abstractNum", self._abstract)):
                for element in root.iter(W + kind):
                    found[element.get(f"{W}{kind}Id", "")] = element

    def number(self, properties: Any, style: str | None) -> str:
        """Count a paragraph and give what Word shows before it, a space behind; mostly ``""``.

        Args:
            properties: its ``pPr``, or None.
            style: id of its style; None for the usual one.
        """
        if not self._lists:
            return ""
        list_id, level, styled = self._styles.listed(properties, style)
        element = self._lists.get(list_id)
        if element is None:
            return ""
        key = _value(element, "abstractNumId")
        levels = self._levels(key, element)
        if level is None:
            linked = (n for n, each in levels.items() if _value(each, "pStyle") == styled)
            level = next(linked, 0)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        self._count(counts, levels, level, list_id, element)
        return _shown(levels, counts, level)

    def _levels(self, key: str, element: Any) -> dict[int, Any]:
        """The levels of a list by their number from 0, its own changes over those it shares."""
        abstract = self._abstract.get(key)
        link = "" if abstract is None else _value(abstract, "numStyleLink")
        if link:
            other = self._lists.get(self._styles.listed(None, link)[0])
            abstract = None if other is None else self._abstract.get(_value(other, "abstractNumId"))
        levels = {} if abstract is None else _by_level(abstract.findall(W + "lvl"))
        return levels | _by_level(element.findall(f"{W}lvlOverride/{W}lvl"))

    def _count(
        self, counts: dict[int, int], levels: dict[int, Any], level: int, list_id: str, element: Any
    ) -> None:
        own = _by_level(element.findall(W + "lvlOverride")).get(level)
        override = None if own is None else own.find(W + "startOverride")
        if override is not None and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = _integer(override.get(W + "val"), 1)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = _start(levels[level])
        for deeper in [each for each in counts if each > level]:
            if deeper in levels and _value(levels[deeper], "lvlRestart") != "0":
                del counts[deeper]


def _shown(levels: Mapping[int, Any], counts: Mapping[int, int], level: int) -> str:
    own = levels[level]
    if _value(own, "numFmt") in _UNSEEN:
        return ""
    legal = own.find(W + "isLgl")
    plain = legal is not None and is_on(legal.get(W + "val", "1"))

    def numeral(match: re.Match[str]) -> str:
        wanted = int(match[1]) - 1
        if wanted not in levels:
            return ""
        number = counts.get(wanted, _start(levels[wanted]))
        written = _NUMERALS.get("" if plain else _value(levels[wanted], "numFmt"), str)
        return written(number) if 0 < number < 10_000 else str(number)

    text = _SHOWN.sub(numeral, _value(own, "lvlText")).strip()
    return text + ("" if not text or _value(own, "suff") == "nothing" else " ")


def _by_level(elements: Iterable[Any]) -> dict[int, Any]:
    return {_integer(element.get(W + "ilvl"), 0): element for element in elements}


def _start(level: Any) -> int:
    return _integer(_value(level, "start"), 1)


def _value(element: Any, name: str) -> str:
    found = element.find(W + name)
    return "" if found is None else str(found.get(W + "val", ""))


def _integer(text: str | None, usual: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else usual
