"""Numbers, dates and symbols of a Chinese text; see `corpora.facts.reader`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from corpora.chinese import normalize_spacing, parse_chinese_number
from corpora.facts.reader import (
    ARABIC,
    SMALL,
    SPELT,
    TAIL,
    YEARS,
    Facts,
    Reader,
    add_decade,
    parse_arabic,
    read_item,
    read_roman,
    read_short_years,
    read_symbols,
    read_times,
    tidy,
)
from corpora.lazy import lazy_pattern

_POSITIONAL: Final = "〇零○一二三四五六七八九"
_ABOUT: Final = tuple("数几")
"""Before a numeral, these make it vague: 数十万 is ``hundreds of thousands``."""

_SINGLE: Final = {ch: value for ch in SPELT if (value := parse_chinese_number(ch)) is not None}
GROUP: Final = "国集团"
"""After a number: 21国集团, the Group of 21, whose number English may leave to a pronoun."""

_FILLER: Final = re.compile("[ 多余]")
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


_DIGIT: Final = lazy_pattern("[0-9]")
_WIDE: Final = lazy_pattern("[０-９]")
_LOOSE: Final = lazy_pattern("[0-9] (?![0-9])")
_ANY: Final = lazy_pattern(f"[0-9{SPELT}IVXL半双倍对]")
_SHARE: Final = lazy_pattern(
    rf"({ARABIC}|[{SPELT}]{{1,30}}(?:点[{_POSITIONAL}]{{1,30}})?)\s?分之\s?"
    rf"({ARABIC}|[{SPELT}]{{1,30}}(?:点[{_POSITIONAL}]{{1,30}})?)"
)
_NUMBER: Final = lazy_pattern(
    rf"[0-9{SPELT}](?:(?<=[0-9])(?:{TAIL})(?:[多余]?[百千万亿萬億]+(?:[0-9]+万)?)?"
    rf"|(?<![0-9])[{SPELT}]{{0,30}}(?:点[{_POSITIONAL}]{{1,30}}|[多余][万亿])?)"
)
_VAGUE: Final = lazy_pattern("(.*?)([一二三四五六七八九两])([一二三四五六七八九两])([十百千万亿]*)")
_MONTH_FOLLOWS: Final = lazy_pattern(r"[-–—~～至、和或到](?:[0-9]{1,2}、)*[0-9]{1,2}月")


def facts_zh(text: str) -> Facts:
    """Read the numbers, dates and symbols of a Chinese text."""
    if _WIDE.search(text) is not None:
        text = text.translate(_HALF_WIDTH)
    if " " in text and _LOOSE.search(text) is not None:
        text = normalize_spacing(text)
    reader = Reader(text)
    if _ANY.search(text) is None:
        return reader.result()
    read_item(reader)
    if _DIGIT.search(text) is not None:
        read_symbols(reader)
        read_times(reader)
        read_short_years(reader)
    if "分之" in text:
        for match in _SHARE.finditer(reader.rest):
            _read_share_zh(reader, match)
            reader.blank(match)
    for match in _NUMBER.finditer(reader.rest):
        _read_number_zh(reader, match)
    read_roman(reader)
    if "半" in text:
        reader.mentions.update((Fraction(1, 2), 2, 50))
    if "双" in text or "倍" in text or "对" in text:
        reader.mentions.add(2)
    return reader.result()


def _parse_zh(text: str) -> int | Fraction | None:
    """Read one Chinese number, also with 点 or a decimal point; None if it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text[-1].isdigit() and text[-1] not in SPELT:
        plain = "".join(ch for ch in text if ch.isdigit() or ch in ".百千万亿萬億")
        if any(ch in "百千万亿萬億" for ch in plain):
            return parse_chinese_number(plain)
        return parse_arabic(text)
    whole, point, part = text.partition("点")
    if point:
        left, right = parse_chinese_number(whole), parse_chinese_number(part)
        if left is None or right is None:
            return None
        return tidy(left + Fraction(right, 10 ** len(part)))
    return parse_chinese_number(_FILLER.sub("", text))


def _read_share_zh(reader: Reader, match: re.Match[str]) -> None:
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


def _read_number_zh(reader: Reader, match: re.Match[str]) -> None:
    """Read one Chinese number by what stands around it."""
    printed, text = match[0], reader.rest
    start, stop = match.span()
    after, before = text[stop : stop + 3], text[max(0, start - 1) : start]
    digits = printed[0].isdigit() and printed[0] not in SPELT
    if not digits and len(printed) > 1:
        printed = printed.rstrip("两") or printed  # 二十两 is twenty taels
        if _read_vague(reader, printed):
            return
    value = _parse_zh(printed) if digits or len(printed) > 1 else _SINGLE.get(printed)
    if value is None:
        return
    whole = isinstance(value, int)
    if after.startswith("年代"):
        add_decade(reader, int(value), printed + "年代")
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
    elif _is_fact(value, printed, digits):
        reader.fact("number", (value,), printed + GROUP if after.startswith(GROUP) else printed)
    else:
        reader.mentions.add(value)
    if after.startswith("世纪") and whole:
        reader.mentions.update((100 * int(value), 100 * (int(value) - 1)))
    if value == 50:
        reader.mentions.add(Fraction(1, 2))


def _read_vague(reader: Reader, printed: str) -> bool:
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
    return _MONTH_FOLLOWS.match(text[stop : stop + 8]) is not None


def _is_fact(value: int | Fraction, printed: str, digits: bool) -> bool:
    """Whether the other side must have the number.

    One spelt digit need not be there (星期三, 四国, 三边, 三氯): as facts these would raise an
    alarm on 1.7 % more of the right pairs of UN text (development half). What a wrong one is
    translated by, ``seven`` for 八, is found from the English side.
    """
    if digits:
        return value >= 2
    if all(ch in _POSITIONAL for ch in printed):  # 二三 is "two or three", 一五七九 a number
        return len(printed) >= 4
    return value > SMALL and printed != "十"  # 十分 is "very"
