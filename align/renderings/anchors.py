"""Stretches of a text that a translation carries over as facts: numbers, sums, dates, symbols.

``$3.5 billion`` and 35亿美元, ``article VI`` and 第六条, ``resolution 984 (1995)`` and
第984(1995)号 hold an anchor of one value each. An anchor is one word: a rendering holds all of it
or nothing, and it is linked with an anchor of the same value alone. `corpora.facts` says which
facts a text has; here is where they stand, with the signs that belong to them (第, 号, 月, ``$``).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from corpora.chinese import parse_chinese_number
from corpora.facts.reader import SPELT, parse_arabic, parse_roman, tidy
from corpora.facts.spelt import SCALES, WORDS, split_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpora import Language


class Anchor(NamedTuple):
    """A stretch with a value.

    Attributes:
        start: its first character.
        end: the character after the last.
        value: equal for stretches that say the same.
    """

    start: int
    end: int
    value: str


_SYMBOL: Final = (
    r"(?P<symbol>(?<![A-Za-z0-9/])[A-Z][A-Za-z-]{0,11}\d{0,2}"
    r"(?:[/／][A-Za-z0-9.()*-]*[A-Za-z0-9*)])+)"
)
_RESOLUTION: Final = (
    r"(?<![\d/.])(?P<number>\d{1,5}(?:\s?[A-Z](?![a-z]))?)\s?"
    r"[(（]\s?(?P<year>(?:S-)?[IVXL]{1,7}|(?:19|20)\d\d)\s?[)）]"
)
_DIGITS: Final = r"\d+(?:[,，]\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_CURRENCY: Final = "美元|欧元|英镑|日元|瑞士法郎|元"
_ZH: Final = re.compile(
    rf"{_SYMBOL}|第?{_RESOLUTION}(?:号)?"
    rf"|第(?P<slashed>\d+/\d+)(?:号)?"
    rf"|百分之(?P<percent>{_DIGITS}|[{SPELT}点]+)"
    rf"|(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?!份?内)"
    rf"|(?P<ordinal>第)?(?P<digits>{_DIGITS})(?P<tail>[ \u00a0]?[百千万亿]{{1,3}})?"
    rf"(?P<after>[%％]|[年日号届次](?!度)|[时点](?![候期代间段刻名])|{_CURRENCY})?"
    rf"|第(?P<nth>[{SPELT}]+)"
    rf"|(?P<spelt>[{SPELT}]{{2,}})"
)
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_EN: Final = re.compile(
    rf"(?=[0-9A-Z$€£])(?:{_SYMBOL}|{_RESOLUTION}"
    rf"|(?<![\d/])(?P<slashed>\d+/\d+)"
    rf"|\b(?P<month>{'|'.join(_MONTHS)})\b"
    rf"|(?P<money>(?:US|A|NZ|Can)?[$€£]\s?)?(?<![A-Za-z0-9])(?P<digits>{_DIGITS})"
    rf"(?:(?:st|nd|rd|th)\b)?(?P<tail>[ \u00a0-](?:million|billion|trillion|thousand))?"
    rf"(?P<after>%|[ \u00a0](?:per\ cent|percent|(?:United\ States\ )?dollars|euros))?"
    rf"|\b(?P<roman>[IVXL]+)\b(?!\.[A-Z]))"
)
_LATIN: Final = re.compile(r"[A-Za-z]+")
_JOINTS: Final = frozenset((" ", "-", " and ", "-and-"))
"""Between the words of one spelt number."""

_WORTH: Final = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMBERED: Final = re.compile(
    r"(?i:article|annex|chapter|part|section|title|rule|appendix|volume|table|figure|phase|"
    r"title|group|schedule|category|protocol)s?\s$"
)
"""Before a single Roman letter: without it ``I`` and ``V`` are no numbers."""

_LABEL_EN: Final = re.compile(r"(?i:\b(?:article|rule|regulation|section|chapter|paragraph)) $")
_LABEL_ZH: Final = re.compile("条(?!约|例|件)|款(?!项)|章(?!程)|节|段|[次届]")

LONGEST: Final = 60
"""Characters of an anchor; a line of digits is none."""

LEAST_SPELT: Final = 3
"""Spelt numbers below stand for much else: 一个, 两国, ``one``, ``both``, ``second``."""


def anchors(text: str, language: Language) -> list[Anchor]:
    """Find the anchors of a text, in order, none across another."""
    pattern, read = (_ZH, _read_zh) if language == "zh" else (_EN, _read_en)
    out = []
    for match in pattern.finditer(text):
        alike = match["symbol"] or match["number"] or match["slashed"]
        long = match.end() - match.start() > LONGEST
        value = "" if long else _shared(match) if alike else read(match)
        if value:
            start, end = match.span()
            # The bracket that closes ``(see S/PV.9721)`` is not the symbol's.
            open_end = match["symbol"] and match[0].count(")") > match[0].count("(")
            before, after = (0, 0) if alike else _labels(match, language)
            out.append(Anchor(start - before, end + after - bool(open_end), value))
    if language == "en":
        spelt = [one for one in _spelt(text) if not any(covered(out, one.start, one.end))]
        out = sorted(out + spelt)
    return out


def _labels(match: re.Match[str], language: Language) -> tuple[int, int]:
    """Give the characters before and after a number that say what is numbered: 第六[条]."""
    if language == "zh":
        numbered = match["ordinal"] or match["nth"]
        return 0, 1 if numbered and _LABEL_ZH.match(match.string, match.end()) else 0
    if match["month"] or match["money"]:
        return 0, 0
    label = _LABEL_EN.search(match.string, max(0, match.start() - 12), match.start())
    return len(label[0]) if label else 0, 0


def _spelt(text: str) -> Iterator[Anchor]:
    """Find numbers in English words: ``sixty-ninth``."""
    run: list[re.Match[str]] = []
    for match in _LATIN.finditer(text):
        word = match[0].lower()
        joined = not run or text[run[-1].end() : match.start()] in _JOINTS
        if word in WORDS and joined:
            run.append(match)
        elif word != "and" or not run:
            yield from _spelt_number(run)
            run = [match] if word in WORDS else []
    yield from _spelt_number(run)


def _spelt_number(run: list[re.Match[str]]) -> Iterator[Anchor]:
    """Read a run of number words."""
    found = split_run([match[0].lower() for match in run]) if run else []
    if len(found) == 1 and found[0][1] and found[0][0] >= LEAST_SPELT:
        yield Anchor(run[0].start(), run[-1].end(), str(found[0][0]))


def _shared(match: re.Match[str]) -> str:
    """Read what both languages write alike; empty if it is something else."""
    if match["symbol"]:
        symbol = normalize("NFKC", match["symbol"])
        if symbol.count(")") > symbol.count("("):
            symbol = symbol[:-1]
        return symbol.upper() if any(map(str.isdigit, symbol)) else ""
    if match["number"]:
        return f"{match['number']}({match['year']})".replace(" ", "").upper()
    return str(match["slashed"] or "")


def _read_zh(match: re.Match[str]) -> str:
    """Read a Chinese number or month."""
    if match["month"]:
        return f"m{parse_chinese_number(match['month'])}"
    if match["percent"]:
        return _written(_number(match["percent"]) or parse_chinese_number(match["percent"]))
    if match["digits"]:
        value = _number(match["digits"])
        for sign in (match["tail"] or "").strip():
            value = None if value is None else tidy(Fraction(value) * _WORTH[sign])
        return _written(value)
    if match["nth"]:
        value = parse_chinese_number(match["nth"])
    else:
        value = parse_chinese_number(match["spelt"])
    return _written(value) if value is not None and value >= LEAST_SPELT else ""


def _read_en(match: re.Match[str]) -> str:
    """Read an English number or month."""
    if match["month"]:
        return f"m{_MONTHS.index(match['month']) + 1}"
    if match["digits"]:
        value = _number(match["digits"])
        scale = SCALES[match["tail"].strip(" \u00a0-").lower()] if match["tail"] else 1
        return _written(None if value is None else tidy(Fraction(value) * scale))
    lone = len(match["roman"]) == 1
    named = _NUMBERED.search(match.string[max(0, match.start() - 12) : match.start()])
    return _written(parse_roman(match["roman"])) if named or not lone else ""


def _number(digits: str) -> int | Fraction | None:
    """Read a number in digits; None if they are of another script."""
    plain = normalize("NFKC", digits)
    return parse_arabic(plain) if plain.isascii() and plain[0].isdigit() else None


def _written(value: int | Fraction | None) -> str:
    """Write a value so that equal ones are equal texts; empty for none."""
    return "" if value is None else str(value)


def cuts_number(text: str, place: tuple[int, int]) -> bool:
    """Whether a stretch begins or ends inside a number: 2日 of 12日, 一百一 of 一百一十."""
    start, end = place
    return _is_numeral(text[start - 1 : start + 1]) or _is_numeral(text[end - 1 : end + 1])


def _is_numeral(signs: str) -> bool:
    """Whether two signs are of one number."""
    return len(signs) == 2 and all(sign.isdecimal() or sign in SPELT for sign in signs)


def covered(found: list[Anchor], start: int, end: int) -> Iterator[Anchor]:
    """Give the anchors that share a character with a stretch."""
    return (one for one in found if one.start < end and start < one.end)
