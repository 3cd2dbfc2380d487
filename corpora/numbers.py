"""Numbers, dates and symbols of a text, in one form for Chinese and English.

`facts_zh` and `facts_en` read a text into `Facts`, so that 三十六 and ``thirty-sixth``, 3.5亿 and
``350 million``, 2006年5月16日 and ``16 May 2006``, 三分之二 and ``two thirds`` are equal; `missing`
tells what one side has and the other lacks. Two sorts are told apart:

* a *fact* must be found on the other side: digits from 2, spelt numbers above `SMALL`, fractions,
  months, years, symbols;
* a *mention* only satisfies the other side's fact: small spelt numbers (一个, ``both``, 首先), which
  each language uses where the other says something else, bare ``million``, ``decade``, Roman
  numerals, the digits of ``COVID-19``.

A fact has one or more values of which one is enough: 下午3时 is 3 or 15, 90年代 90 or 1990.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from corpora.chinese import normalize_spacing, parse_chinese_number

Kind = Literal["number", "date", "symbol"]
Value = int | Fraction | str
"""A number; ``m5`` for May; a symbol in capitals."""

SMALL: Final = 2
"""Largest spelt number that is a mention only; digits are facts from 2.

One and two stand for much else (一个, 两国, ``one``, ``both``); from three on, right pairs of UN text
agree: of the development half (`benchmarks.flags`) 1.3 % raise an alarm with 2 as with 10."""

YEARS: Final = range(1800, 2101)
"""What a number of four digits must be to be a year in English."""


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
        if fact.kind == "date" and fact.values[0] in YEARS and _names_year(there.text):
            continue
        lost.append(fact)
    return lost


def _names_year(text: str) -> bool:
    return _patterns().year_words.search(text) is not None


class _Patterns(NamedTuple):
    """Every pattern of this file, compiled when the first text is read."""

    symbol: re.Pattern[str]
    resolution: re.Pattern[str]
    item: re.Pattern[str]
    time: re.Pattern[str]
    short_year: re.Pattern[str]
    year_words: re.Pattern[str]
    digit: re.Pattern[str]
    wide: re.Pattern[str]
    loose: re.Pattern[str]
    zh_any: re.Pattern[str]
    zh_share: re.Pattern[str]
    zh_number: re.Pattern[str]
    en_number: re.Pattern[str]
    en_month: re.Pattern[str]
    en_run: re.Pattern[str]
    en_share: re.Pattern[str]
    roman: re.Pattern[str]


_SPACES: Final = " \u00a0\u2009\u202f"
_TAIL: Final = rf"[0-9]{{0,2}}(?:[,{_SPACES}][0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+)?"
_ARABIC: Final = f"[0-9](?:{_TAIL})"
"""Begins with a set of characters, as every pattern here that is tried at each place should: the
engine of `re` then skips quickly to where one stands."""
_SPELT: Final = "〇零○一二三四五六七八九十百千万亿两廿卅萬億"
_POSITIONAL: Final = "〇零○一二三四五六七八九"
_ABOUT: Final = tuple("数几")
"""Before a numeral, these make it vague: 数十万 is ``hundreds of thousands``."""

_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS: Final = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_SCALES: Final = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_CARDINAL: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **_SCALES,
    "nil": 0,
}
_ORDINAL: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ORDINALS)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS, 2)},
    **{f"{word}th": value for word, value in _SCALES.items()},
}
_WORDS: Final = {**_CARDINAL, **_ORDINAL}
_DECADES: Final = {word[:-1] + "ies": 10 * value for value, word in enumerate(_TENS, 2)}
_MENTIONS: Final[dict[str, tuple[Value, ...]]] = {
    "a": (1,),
    "both": (2,),
    "two": (2,),
    "second": (2,),
    "twice": (2,),
    "double": (2,),
    "doubled": (2,),
    "doubling": (2,),
    "twofold": (2,),
    "couple": (2,),
    "pair": (2,),
    "either": (2,),
    "biennium": (2,),
    "biennial": (2,),
    "bilateral": (2,),
    "dual": (2,),
    "half": (Fraction(1, 2), 2, 50),
    "halve": (Fraction(1, 2), 2, 50),
    "halved": (Fraction(1, 2), 2, 50),
    "quarter": (Fraction(1, 4), 4, 25),
    "quarterly": (4,),
    "third": (Fraction(1, 3), 3),
    "triple": (3,),
    "tripled": (3,),
    "threefold": (3,),
    "triennial": (3,),
    "fortnight": (14, 2),
    "dozen": (12,),
    "dozens": (12, 10),
    "decade": (10,),
    "decades": (10,),
    "decennial": (10,),
    "score": (20,),
    "century": (100,),
    "centenary": (100,),
    "centuries": (100,),
    "millennium": (1000,),
    "noon": (12,),
    "midday": (12,),
    "midnight": (0, 24, 12),
    "monthly": (12, 1),
    "nineties": (90, 1990),
    "eighties": (80, 1980),
    "seventies": (70, 1970),
    "sixties": (60, 1960),
    "fifties": (50, 1950),
    "forties": (40, 1940),
    "thirties": (30, 1930),
    "twenties": (20, 1920),
}
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH: Final = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "Sept": 9,
}
_PARTS: Final = {
    **{word: value for value, word in enumerate(_ORDINALS) if value > 2},
    "half": 2,
    "quarter": 4,
}


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    month = "|".join(_MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.? \d|\.)"
    spelt = "|".join(sorted(_WORDS, key=len, reverse=True))
    parts = "|".join(f"{word}s?" for word in _PARTS if word != "half") + "|half|halves"
    return _Patterns(
        symbol=re.compile(r"(?<![A-Za-z/])[A-Z][A-Za-z-]{0,11}\d{0,2}(?:[/／][A-Za-z0-9.()*-]+)+"),
        resolution=re.compile(
            r"(?<![\d/.])(\d{1,5}(?:\s?[A-Z](?![a-z]))?)\s?"
            r"[(（]\s?((?:S-)?[IVXL]{1,7}|(?:19|20)\d\d)\s?[)）]"
        ),
        item=re.compile(
            rf"\s*[(（]?(?:(\d{{1,3}})|([{_SPELT}]{{1,4}})|([IVXL]{{1,6}}))(?:[.．、](?!\d)|[)）])"
        ),
        time=re.compile(
            r"(?<![\d.,])(\d{1,2})(?:[.:](\d\d))?\s?(?:([ap])\.?m\b\.?|(?<=:\d\d)(?!\d))"
        ),
        short_year=re.compile(r"(?<!\d)((?:1[89]|20)\d\d)\s?[-–—/]\s?(\d\d)(?!\d)"),
        year_words=re.compile(
            r"[今本当同去明前次翌全一]年|上一年|年[初底中末]|历年|逐年|每年|两年期|"
            r"\b(?:years?|annual|annually|biennium|then|current|now|today|anniversary)\b"
        ),
        digit=re.compile("[0-9]"),
        wide=re.compile("[０-９]"),
        loose=re.compile("[0-9] (?![0-9])"),
        zh_any=re.compile(f"[0-9{_SPELT}IVXL半双倍对]"),
        zh_share=re.compile(
            rf"({_ARABIC}|[{_SPELT}]+(?:点[{_POSITIONAL}]+)?)\s?分之\s?"
            rf"({_ARABIC}|[{_SPELT}]+(?:点[{_POSITIONAL}]+)?)"
        ),
        zh_number=re.compile(
            rf"[0-9{_SPELT}](?:(?<=[0-9])(?:{_TAIL})(?:[多余]?[百千万亿萬億]+(?:[0-9]+万)?)?"
            rf"|(?<![0-9])[{_SPELT}]*(?:点[{_POSITIONAL}]+)?)"
        ),
        en_number=re.compile(
            rf"{_ARABIC}(?:[\s-](?:thousand|million|billion|trillion)\b|\s?(?:bn|mn)\b"
            r"|(?:st|nd|rd|th|s)\b)?"
        ),
        en_month=re.compile(rf"\b(?:{month})\b"),
        en_run=re.compile(
            rf"\b(?:{spelt}|{'|'.join(_DECADES)})\b"
            rf"(?:(?:[\s-]+|\s+and\s+)(?:{spelt}|{'|'.join(_DECADES)})\b)*",
            re.IGNORECASE,
        ),
        en_share=re.compile(
            rf"\b(one|two|three|four|five|six|seven|eight|nine)[\s-]({parts})\b", re.IGNORECASE
        ),
        roman=re.compile(r"[IVXL](?<![A-Za-z][IVXL])[IVXL]{0,6}(?![A-Za-z])"),
    )


class _Reader:
    """What is gathered from one text, and the text with what was read blanked out."""

    def __init__(self, text: str) -> None:
        self.text = self.rest = text
        self.facts: list[Fact] = []
        self.mentions: set[Value] = {0, 1}
        self.item: int | None = None

    def fact(self, kind: Kind, values: tuple[Value, ...], text: str) -> None:
        self.facts.append(Fact(kind, values, text))
        self.mentions.update(values)

    def blank(self, match: re.Match[str]) -> None:
        start, stop = match.span()
        self.rest = self.rest[:start] + "\u241f" * (stop - start) + self.rest[stop:]

    def result(self) -> Facts:
        return Facts(self.facts, self.mentions, self.item, self.text)


def facts_zh(text: str) -> Facts:
    """Read the numbers, dates and symbols of a Chinese text."""
    patterns = _patterns()
    if patterns.wide.search(text) is not None:
        text = text.translate(_HALF_WIDTH)
    if " " in text and patterns.loose.search(text) is not None:
        text = normalize_spacing(text)
    reader = _Reader(text)
    if patterns.zh_any.search(text) is None:
        return reader.result()
    _read_item(reader, patterns)
    if patterns.digit.search(text) is not None:
        _read_symbols(reader, patterns)
        _read_times(reader, patterns)
        _read_short_years(reader, patterns)
    if "分之" in text:
        for match in patterns.zh_share.finditer(reader.rest):
            _read_share_zh(reader, match)
            reader.blank(match)
    for match in patterns.zh_number.finditer(reader.rest):
        _read_number_zh(reader, match)
    _read_roman(reader, patterns)
    if "半" in text:
        reader.mentions.update((Fraction(1, 2), 2, 50))
    if "双" in text or "倍" in text or "对" in text:
        reader.mentions.add(2)
    return reader.result()


def facts_en(text: str) -> Facts:
    """Read the numbers, dates and symbols of an English text."""
    patterns = _patterns()
    reader = _Reader(text)
    _read_item(reader, patterns)
    words = set(text.lower().translate(_GAPS).split())
    if not words.isdisjoint(_MENTIONS):
        for word in words & _MENTIONS.keys():
            reader.mentions.update(_MENTIONS[word])
    if patterns.digit.search(text) is not None:
        _read_symbols(reader, patterns)
        months = [] if words.isdisjoint(_MONTH_WORDS) else _read_months_en(reader, patterns)
        _read_times(reader, patterns)
        _read_short_years(reader, patterns)
        for match in patterns.en_number.finditer(reader.rest):
            _read_number_en(reader, match, months)
    elif not words.isdisjoint(_MONTH_WORDS):
        _read_months_en(reader, patterns)
    if not words.isdisjoint(_SHARE_WORDS):
        for match in patterns.en_share.finditer(reader.rest):
            _read_share_en(reader, match)
            reader.blank(match)
    if not words.isdisjoint(_RUN_WORDS):
        for match in patterns.en_run.finditer(reader.rest):
            _read_run_en(reader, match)
    _read_roman(reader, patterns)
    for word, many in (("decades", 10), ("dozen", 12)):
        if word in words:
            few = [v for v in reader.mentions if isinstance(v, int) and v <= 20]
            reader.mentions.update(many * value for value in few)
    return reader.result()


_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_GAPS: Final = {ord(mark): " " for mark in "-.,;:!?()[]\"'“”‘’—–/\u00a0"}
_YEAR_TEXTS: Final = frozenset(map(str, YEARS))
_MONTH_WORDS: Final = {name.lower() for name in _MONTH}
_SHARE_WORDS: Final = {form for word in _PARTS for form in (word, f"{word}s")} | {"halves"}
_RUN_WORDS: Final = {word for word in _WORDS if _WORDS[word] > SMALL} | _DECADES.keys()


def _read_item(reader: _Reader, patterns: _Patterns) -> None:
    """Read the number of an item or paragraph at the beginning: ``10.``, 三、, ``IV.``, ``(2)``."""
    match = patterns.item.match(reader.rest)
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


def _read_symbols(reader: _Reader, patterns: _Patterns) -> None:
    """Read document symbols (``A/RES/70/10``) and resolutions (``984 (1995)``)."""
    if "/" in reader.rest or "／" in reader.rest:
        for match in patterns.symbol.finditer(reader.rest):
            printed = match[0].replace("／", "/").rstrip(".-*(")
            if printed.count(")") > printed.count("("):
                printed = printed.rstrip(")")
            if any(ch.isdigit() for ch in printed):
                _add_symbol(reader, match, printed)
    if "(" in reader.rest or "（" in reader.rest:
        for match in patterns.resolution.finditer(reader.rest):
            _add_symbol(reader, match, f"{match[1]}({match[2]})".replace(" ", ""))


def _add_symbol(reader: _Reader, match: re.Match[str], printed: str) -> None:
    parts = tuple(int(digits) for digits in re.findall(r"\d+", printed))
    value = printed.upper()
    reader.facts.append(Fact("symbol", (value,), printed, parts))
    reader.mentions.add(value)
    reader.mentions.update(parts)
    reader.blank(match)


def _read_times(reader: _Reader, patterns: _Patterns) -> None:
    """Read times of the day with a colon or with a.m. and p.m."""
    if "m." not in reader.rest and " pm" not in reader.rest and ":" not in reader.rest:
        return
    for match in patterns.time.finditer(reader.rest):
        hour = int(match[1])
        reader.fact("number", (hour, (hour + 12) % 24), match[0])
        if match[2]:
            reader.fact("number", (int(match[2]),), match[0])
        reader.blank(match)


def _read_short_years(reader: _Reader, patterns: _Patterns) -> None:
    """Read ``2014-15``, ``2014/15`` as both years."""
    if "19" not in reader.rest and "20" not in reader.rest and "18" not in reader.rest:
        return
    for match in patterns.short_year.finditer(reader.rest):
        first, second = int(match[1]), int(match[2])
        reader.fact("date", (first,), match[0])
        reader.fact("date", (first - first % 100 + second, second), match[0])
        reader.blank(match)


def _read_roman(reader: _Reader, patterns: _Patterns) -> None:
    for match in patterns.roman.finditer(reader.rest):
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


def _parse_arabic(text: str) -> int | Fraction:
    if text.isdigit():
        return int(text)
    whole, _, part = text.partition(".")
    digits = "".join(ch for ch in whole if ch.isdigit()) + part
    return _tidy(Fraction(int(digits), 10 ** len(part))) if part else int(digits)


def _tidy(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _parse_zh(text: str) -> int | Fraction | None:
    """Read one Chinese number, also with 点 or a decimal point; None if it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text[-1].isdigit() and text[-1] not in _SPELT:
        plain = "".join(ch for ch in text if ch.isdigit() or ch in ".百千万亿萬億")
        if any(ch in "百千万亿萬億" for ch in plain):
            return parse_chinese_number(plain)
        return _parse_arabic(text)
    whole, point, part = text.partition("点")
    if point:
        left, right = parse_chinese_number(whole), parse_chinese_number(part)
        if left is None or right is None:
            return None
        return _tidy(left + Fraction(right, 10 ** len(part)))
    return parse_chinese_number(re.sub(rf"[{_SPACES}]", "", text))


def _read_share_zh(reader: _Reader, match: re.Match[str]) -> None:
    """百分之五 is 5, 千分之三 is 3, 三分之二 is two thirds; 百分之百 is 100."""
    below, above = _parse_zh(match[1]), _parse_zh(match[2])
    if match[1] in ("百", "千", "万") or below in (100, 1000):
        value = 100 if match[2] == "百" else above
        if value is not None:
            reader.fact("number", (value,), match[0])
            if value == 50:
                reader.mentions.add(Fraction(1, 2))
    elif isinstance(below, int) and isinstance(above, int) and below > 0:
        reader.fact("number", (Fraction(above, below),), match[0])
        reader.mentions.update((below, above))


def _read_number_zh(reader: _Reader, match: re.Match[str]) -> None:
    """Read one Chinese number by what stands around it."""
    printed, text = match[0], reader.rest
    start, stop = match.span()
    after, before = text[stop : stop + 3], text[max(0, start - 1) : start]
    digits = printed[0].isdigit() and printed[0] not in _SPELT
    if not digits and len(printed) > 1:
        printed = printed.rstrip("两") or printed  # 二十两 is twenty taels
        if _read_vague(reader, printed):
            return
    value = _parse_zh(printed) if digits or len(printed) > 1 else _SINGLE.get(printed)
    if value is None:
        return
    whole = isinstance(value, int)
    if after.startswith("年代"):
        _add_decade(reader, int(value), printed + "年代")
    elif after[:1] == "月" and whole and value <= 12:
        reader.fact("date", (f"m{value}",), printed + "月")
    elif after[:1] == "年" and whole and value in YEARS:
        reader.fact("date", (value,), printed + "年")
    elif digits and after[:1] == "日" and whole and value <= 31:
        reader.fact("date", (value,), printed + "日")
    elif digits and whole and value <= 12 and _ends_in_month(text, stop):
        reader.fact("date", (f"m{value}", value), printed)
    elif after[:1] in ("时", "点") and whole and value <= 24 and digits:
        reader.fact("number", (value, (value + 12) % 24), printed + after[:1])
    elif (digits and before.isascii() and before.isalpha()) or before in _ABOUT:
        reader.mentions.add(value)
    elif _is_fact(value, printed, digits, after):
        reader.fact("number", (value,), printed)
    else:
        reader.mentions.add(value)
    if after.startswith("世纪") and whole:
        reader.mentions.update((100 * int(value), 100 * (int(value) - 1)))
    if printed == "半" or value == 50:
        reader.mentions.add(Fraction(1, 2))


_SINGLE: Final = {ch: value for ch in _SPELT if (value := parse_chinese_number(ch)) is not None}
_VAGUE: Final = re.compile(r"(.*?)([一二三四五六七八九两])([一二三四五六七八九两])([十百千万亿]*)")


def _read_vague(reader: _Reader, printed: str) -> bool:
    """Read 十四五 (14 or 15), 七八百 (700 or 800) and 三两 (three taels) as mentions."""
    match = _VAGUE.fullmatch(printed)
    if match is None or (match[1] and match[1][-1] in _POSITIONAL):
        return False
    before, first, second, after = match.groups()
    for text in (before + first + after, before + second + after):
        value = parse_chinese_number(text)
        if value is not None:
            reader.mentions.add(value)
    return True


def _ends_in_month(text: str, stop: int) -> bool:
    """Whether 月 closes the range or list that a number begins: 2至4月, 5、6月."""
    return re.match(r"[-–—~～至、和或到](?:\d{1,2}、)*\d{1,2}月", text[stop : stop + 8]) is not None


def _is_fact(value: int | Fraction, printed: str, digits: bool, after: str) -> bool:
    if digits:
        return value >= 2
    if all(ch in _POSITIONAL for ch in printed):  # 二三 is "two or three", 一五七九 a number
        return len(printed) >= 4
    return value > SMALL and printed != "十"  # 十分 is "very"


def _add_decade(reader: _Reader, value: int, printed: str) -> None:
    short = value % 100
    values = (value,) if value < 100 else (value, short)
    century = (1900 + short, 1800 + short, 2000 + short) if value < 100 else ()
    reader.fact("date", values + century, printed)


def _read_months_en(reader: _Reader, patterns: _Patterns) -> list[tuple[int, int]]:
    """Read months, and give where they stand; March and May only beside a number or word of time.

    "May" begins sentences as a verb, and "March" is a noun as well.
    """
    places = []
    for match in patterns.en_month.finditer(reader.rest):
        start, stop = match.span()
        value = f"m{_MONTH[match[0]]}"
        places.append((start, stop))
        before, after = reader.rest[max(0, start - 12) : start], reader.rest[stop : stop + 8]
        certain = match[0] not in ("March", "May") or re.search(
            r"\d(?:st|nd|rd|th)?(?: of)? $|\b(?:in|of|since|until|to|and|by|late|early|last|mid)[ -]$",
            before,
        )
        if certain or re.match(r",? \d", after):
            reader.fact("date", (value,), match[0])
        else:
            reader.mentions.add(value)
    return places


def _read_number_en(reader: _Reader, match: re.Match[str], months: list[tuple[int, int]]) -> None:
    """Read one English number in digits, with its scale or ending."""
    printed, text = match[0], reader.rest
    start, stop = match.span()
    number = re.match(rf"(?:{_ARABIC})", printed)
    if number is None:
        return
    value = _parse_arabic(number[0])
    ending = printed[number.end() :].strip(" -\u00a0").lower()
    if ending in _SCALES or ending in ("bn", "mn"):
        scale = _SCALES.get(ending) or (10**9 if ending == "bn" else 10**6)
        value = _tidy(Fraction(value) * scale)
    before = text[max(0, start - 8) : start]
    if "." in number[0] and not ending and number[0].partition(".")[0] in _YEAR_TEXTS:
        number, value = None, int(value)  # "2014.42": a year, a full stop, a footnote
    attached = before[-1:].isalpha() or (before[-1:] == "-" and before[-2:-1].isupper())
    if ending == "s" and isinstance(value, int) and value in YEARS:
        _add_decade(reader, value, printed)
    elif attached or _is_footnote(before):
        reader.mentions.add(value)
    elif isinstance(value, int) and _is_clock(printed, before, text[stop : stop + 6]):
        _add_clock(reader, value, printed)
    elif (isinstance(value, int) and value in YEARS and not ending and "," not in printed) or (
        isinstance(value, int) and value <= 31 and _beside_month(text, start, stop, months)
    ):
        reader.fact("date", (value,), printed)
    elif value >= 2:
        reader.fact("number", (value,), printed)
    else:
        reader.mentions.add(value)
    if value == 50:
        reader.mentions.add(Fraction(1, 2))


def _is_footnote(before: str) -> bool:
    """Whether a number follows a mark with no space between: ``ranges"18``, ``sanctions.3``."""
    return len(before) > 1 and before[-1] in ';:,.”’")' and not before[-2].isspace()


def _is_clock(printed: str, before: str, after: str) -> bool:
    """Whether four digits are a time of the day: ``at 0300``, ``1100 and 1200 hours``."""
    if len(printed) != 4 or not printed.isdigit() or int(printed[:2]) > 24 or printed[2] > "5":
        return False
    said = before.lower().endswith((" at ", "between ")) or before in ("At ", "Between ")
    return said or printed[0] == "0" or after.lower().startswith((" hours", " hrs", " and 1", "z "))


def _add_clock(reader: _Reader, value: int, printed: str) -> None:
    hour, minute = divmod(value, 100)
    reader.facts.append(Fact("number", (value,), printed, (hour, minute)))
    reader.mentions.update((value, hour, minute))


def _beside_month(text: str, start: int, stop: int, months: list[tuple[int, int]]) -> bool:
    return any(
        (first >= stop and first - stop <= 4) or (start >= last and start - last <= 1)
        for first, last in months
    )


def _read_share_en(reader: _Reader, match: re.Match[str]) -> None:
    """``two thirds`` is a fraction, ``one half`` too."""
    above = _CARDINAL[match[1].lower()]
    word = match[2].lower()
    below = 2 if word in ("half", "halves") else _PARTS[word.removesuffix("s")]
    if above >= below or (above > 1 and not word.endswith("s")):
        return
    reader.fact("number", (Fraction(above, below),), match[0])
    reader.mentions.update((above, below))


def _read_run_en(reader: _Reader, match: re.Match[str]) -> None:
    """Read the numbers of a run of number words, one after the other."""
    words = re.findall(r"[a-z]+", match[0].lower())
    plural = words[-1] in _DECADES
    for value, counted in _split_run([word for word in words if word != "and"]):
        if plural and value in YEARS:
            _add_decade(reader, value, match[0])
        elif value > SMALL and counted and not plural:
            decades = reader.rest[match.end() : match.end() + 8].lower() == " decades"
            reader.fact("number", (value, 10 * value) if decades else (value,), match[0])
        else:
            reader.mentions.add(value)


def _split_run(words: list[str]) -> list[tuple[int, bool]]:
    """Give the numbers that a run of words spells, and whether each is counted (``million`` not)."""
    found: list[tuple[int, bool]] = []
    number = _Spelt()
    for word in words:
        value = _DECADES[word] if word in _DECADES else _WORDS[word]
        if not number.takes(value):
            found += number.close()
            number = _Spelt()
        number.put(value)
        if word in _ORDINAL or word in _DECADES:
            found += number.close()
            number = _Spelt()
    return found + number.close()


class _Spelt:
    """A number as its words come in."""

    def __init__(self) -> None:
        self.total = self.group = 0
        self.last = 0  # worth of the word before; 0 at the beginning
        self.counted = False

    def takes(self, value: int) -> bool:
        """Whether a word of this worth can go on with the number."""
        if not self.last:
            return True
        if value >= 100:  # a scale, after something that it multiplies
            return self.group > 0 and (value > 100 or self.last < 100)
        if self.last >= 100:
            return True
        if self.last >= 20:
            return value < 10 or self._is_century(value)
        return self._is_century(value)

    def _is_century(self, value: int) -> bool:
        """Whether the words spell a year in pairs: nineteen ninety-five."""
        return (
            not self.total and self.group == self.last and self.last in (18, 19, 20) and value >= 10
        )

    def put(self, value: int) -> None:
        """Add a word that the number takes."""
        if value == 100:
            self.group = max(1, self.group) * 100
        elif value > 100:
            self.total, self.group = self.total + max(1, self.group) * value, 0
        elif self.last and self._is_century(value):
            self.group = self.group * 100 + value
        else:
            self.group += value
        self.counted = value < 100 or (self.last > 0 and self.counted)
        self.last = value

    def close(self) -> list[tuple[int, bool]]:
        """Give the number, if there is one."""
        return [(self.total + self.group, self.counted)] if self.last else []
