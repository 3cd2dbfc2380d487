"""Numbers, dates and symbols of a text, in one form for Chinese and English.

`corpora.facts.zh` and `corpora.facts.en` read a text into `Facts`, so that 三十六 and
``thirty-sixth``, 3.5亿 and ``350 million``, 2006年5月16日 and ``16 May 2006``, 三分之二 and
``two thirds`` are equal; `missing` tells what one side has and the other lacks. Two sorts are told
apart:

* a *fact* must be found on the other side: digits from 2, spelt numbers above `SMALL`, fractions,
  months, years, symbols;
* a *mention* only satisfies the other side's fact: 一个, ``both``, 首先, which each language uses
  where the other says something else, bare ``million``, ``decade``, Roman numerals, the digits of
  ``COVID-19``.

A fact has one or more values of which one is enough: 下午3时 is 3 or 15, 90年代 90 or 1990.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from corpora.chinese import parse_chinese_number
from corpora.lazy import lazy_pattern

Kind = Literal["number", "date", "symbol"]
Value = int | Fraction | str
"""A number; ``m5`` for May; a symbol in capitals."""

SMALL: Final = 2
"""Largest spelt number that is a mention only, as single Chinese digits are.

One and two stand for much else (一个, 两国, ``one``, ``both``). From three on right pairs agree: on
the development half of the UN text (`benchmarks.flags`) as few raise an alarm with 2 as with 10."""

YEARS: Final = range(1800, 2101)
"""What a number of four digits must be to be a year."""

SPACES: Final = " \u00a0\u2009\u202f"
"""Spaces that may part thousands."""

# Bounded, for a text may hold a line of digits as long as it likes.
TAIL: Final = (
    rf"[0-9]{{0,2}}(?:[,{SPACES}][0-9]{{3}}){{1,9}}(?![0-9])(?:\.[0-9]{{1,30}})?"
    r"|[0-9]{0,30}(?:\.[0-9]{1,30})?"
)
ARABIC: Final = f"[0-9](?:{TAIL})"
"""Pattern of a number in digits. It begins with a set of characters, as every pattern here that is
tried at each place should: the engine of `re` then skips quickly to where one stands."""

SPELT: Final = "〇零○一二三四五六七八九十百千万亿两廿卅萬億"
"""Chinese numerals."""


class Fact(NamedTuple):
    """Something that a translation must carry over.

    Attributes:
        kind: ``number``, ``date`` or ``symbol``.
        values: any of these on the other side is enough.
        text: as printed.
        parts: all of these numbers on the other side are enough as well; empty if there are none.
    """

    kind: Kind
    values: tuple[Value, ...]
    text: str
    parts: tuple[int, ...] = ()


class Facts(NamedTuple):
    """What a text says in numbers.

    Attributes:
        facts: in no certain order.
        mentions: every value that the text holds or may hold, those of the facts among them.
        item: the number with which the text begins as an item of a list; None if it does not.
        text: the text.
    """

    facts: list[Fact]
    mentions: set[Value]
    item: int | None
    text: str


def missing(here: Facts, there: Facts) -> list[Fact]:
    """Give the facts of `here` that `there` does not hold.

    A year is not missing where the other side says it by its place (今年, ``that year``).
    """
    mentions = there.mentions
    lost = []
    for fact in here.facts:
        if any(value in mentions for value in fact.values):
            continue
        if fact.parts and all(part in mentions for part in fact.parts):
            continue
        year = fact.kind == "date" and isinstance(fact.values[0], int) and fact.values[0] in YEARS
        if year and _YEAR_WORDS.search(there.text) is not None:
            continue
        lost.append(fact)
    return lost


_SYMBOL: Final = lazy_pattern(
    r"[A-Z](?<![A-Za-z/][A-Z])[A-Za-z-]{0,11}\d{0,2}(?:[/／][A-Za-z0-9.()*-]+)+"
)
_RESOLUTION: Final = lazy_pattern(
    r"([0-9](?<![\d/.]\d)\d{0,4}(?:\s?[A-Z](?![a-z]))?)\s?"
    r"[(（]\s?((?:S-)?[IVXL]{1,7}|(?:19|20)\d\d)\s?[)）]"
)
_ITEM: Final = lazy_pattern(
    rf"\s*[(（]?(?:(\d{{1,3}})|([{SPELT}]{{1,4}})|([IVXL]{{1,6}}))(?:[.．、](?!\d)|[)）])"
)
_TIME: Final = lazy_pattern(
    r"([0-9](?<![\d.,]\d)\d?)(?:[.:](\d\d))?\s?(?:([ap])\.?m\b\.?|(?<=:\d\d)(?!\d))"
)
_SHORT_YEAR: Final = lazy_pattern(
    r"([12](?<!\d\d)(?:(?<=1)[89]|(?<=2)0)\d\d)\s?[-–—/]\s?(\d\d)(?!\d)"
)
_YEAR_WORDS: Final = lazy_pattern(
    r"[今本当同去明前次翌全一]年|上一年|年[初底中末]|历年|逐年|每年|两年期|"
    r"\b(?:years?|annual|annually|biennium|then|current|now|today|anniversary)\b"
)
_ROMAN: Final = lazy_pattern(r"[IVXL](?<![A-Za-z][IVXL])[IVXL]{0,6}(?![A-Za-z])")


class Reader:
    """What is gathered from one text, and the text with what was read blanked out."""

    def __init__(self, text: str) -> None:
        self.text = self.rest = text
        self.facts: list[Fact] = []
        self.mentions: set[Value] = {0, 1}
        self.item: int | None = None

    def fact(self, kind: Kind, values: tuple[Value, ...], text: str) -> None:
        """Note something that the other side must hold."""
        self.facts.append(Fact(kind, values, text))
        self.mentions.update(values)

    def blank(self, match: re.Match[str]) -> None:
        """Take out of `rest` what was read; places stay."""
        start, stop = match.span()
        self.rest = self.rest[:start] + "\u241f" * (stop - start) + self.rest[stop:]

    def result(self) -> Facts:
        """Give what was gathered."""
        return Facts(self.facts, self.mentions, self.item, self.text)


def read_item(reader: Reader) -> None:
    """Read the number of an item or paragraph at the beginning: ``10.``, 三、, ``IV.``, ``(2)``."""
    match = _ITEM.match(reader.rest)
    if match is None:
        return
    value = int(match[1]) if match[1] else None
    if match[2]:
        value = parse_chinese_number(match[2])
    elif match[3]:
        value = parse_roman(match[3])
    if value is not None:
        reader.item = value
        reader.mentions.add(value)
        reader.blank(match)


def read_symbols(reader: Reader) -> None:
    """Read document symbols (``A/RES/70/10``) and resolutions (``984 (1995)``)."""
    if "/" in reader.rest or "／" in reader.rest:
        for match in _SYMBOL.finditer(reader.rest):
            printed = match[0].replace("／", "/").rstrip(".-*(")
            if printed.count(")") > printed.count("("):
                printed = printed.rstrip(")")
            if any(ch.isdigit() for ch in printed):
                _add_symbol(reader, match, printed)
    if "(" in reader.rest or "（" in reader.rest:
        for match in _RESOLUTION.finditer(reader.rest):
            _add_symbol(reader, match, f"{match[1]}({match[2]})".replace(" ", ""))


def _add_symbol(reader: Reader, match: re.Match[str], printed: str) -> None:
    parts = tuple(int(digits) for digits in re.findall(r"\d+", printed))
    value = printed.upper()
    reader.facts.append(Fact("symbol", (value,), printed, parts))
    reader.mentions.add(value)
    reader.mentions.update(parts)
    reader.blank(match)


def read_times(reader: Reader) -> None:
    """Read times of the day with a colon or with a.m. and p.m."""
    if "m." not in reader.rest and " pm" not in reader.rest and ":" not in reader.rest:
        return
    for match in _TIME.finditer(reader.rest):
        hour = int(match[1])
        reader.fact("number", (hour, (hour + 12) % 24), match[0])
        if match[2]:
            reader.fact("number", (int(match[2]),), match[0])
        reader.blank(match)


def read_short_years(reader: Reader) -> None:
    """Read ``2014-15``, ``2014/15`` as both years."""
    if "19" not in reader.rest and "20" not in reader.rest and "18" not in reader.rest:
        return
    for match in _SHORT_YEAR.finditer(reader.rest):
        first, second = int(match[1]), int(match[2])
        reader.fact("date", (first,), match[0])
        reader.fact("date", (first - first % 100 + second, second), match[0])
        reader.blank(match)


def read_roman(reader: Reader) -> None:
    """Read Roman numerals as mentions: ``annex III`` is 附件三."""
    for match in _ROMAN.finditer(reader.rest):
        value = parse_roman(match[0])
        if value is not None:
            reader.mentions.add(value)


def parse_roman(text: str) -> int | None:
    """Return the value of a Roman numeral below 90 in capitals, or None if it is not one."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50}
    match = re.fullmatch(r"(XL|L?X{0,3})(IX|IV|V?I{0,3})", text)
    if match is None or not text:
        return None
    values = [worth[ch] for ch in text]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def parse_arabic(text: str) -> int | Fraction:
    """Return the number that digits write, whatever parts their thousands."""
    if text.isdigit():
        return int(text)
    whole, _, part = text.partition(".")
    digits = "".join(ch for ch in whole if ch.isdigit()) + part
    return tidy(Fraction(int(digits), 10 ** len(part))) if part else int(digits)


def tidy(value: Fraction) -> int | Fraction:
    """Return a whole number as `int`."""
    return value.numerator if value.denominator == 1 else value


def add_decade(reader: Reader, value: int, printed: str) -> None:
    """Note the 1990s, as 1990 and as 90; 90年代 alone may be of any century."""
    short = value % 100
    values = (value,) if value < 100 else (value, short)
    century = (1900 + short, 1800 + short, 2000 + short) if value < 100 else ()
    reader.fact("date", values + century, printed)
