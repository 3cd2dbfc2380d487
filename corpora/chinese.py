"""Facts about Chinese text: what a Han character is, its punctuation, its spacing, its numbers.

The one place of such facts. Ranges are Unicode 16's script ``Han``; numbers follow GB/T 15835.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from corpora.lazy import lazy_pattern

# Inclusive code point ranges of the script Han. Beyond the Basic Multilingual Plane a range in a
# regular expression needs `\U` with eight digits: `\u20000` is U+2000 and "0", and then every dash
# and curly quote counts as Chinese.
HAN_RANGES: Final[tuple[tuple[int, int], ...]] = (
    (0x2E80, 0x2E99),  # radicals supplement; PDF fonts map characters here and to Kangxi radicals
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),  # Kangxi radicals
    (0x3005, 0x3005),  # 々
    (0x3007, 0x3007),  # 〇, the zero of 二〇二六
    (0x3021, 0x3029),  # Suzhou numerals
    (0x3038, 0x303B),
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFA6D),  # compatibility ideographs
    (0xFA70, 0xFAD9),
    (0x20000, 0x2A6DF),  # extension B
    (0x2A700, 0x2EBE0),  # extensions C to F
    (0x2EBF0, 0x2EE5D),  # extension I
    (0x2F800, 0x2FA1D),  # compatibility supplement
    (0x30000, 0x3134A),  # extension G
    (0x31350, 0x323AF),  # extension H
)

HAN: Final = "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in HAN_RANGES)
"""The inside of a character class of `re` (and `regex`) that matches one Han character."""

CJK_LETTER: Final = r"[^\W\x00-\u02ff]"
"""A letter of no Latin alphabet, which in a Chinese text is a Han character. `re` makes a list of
the characters in a class: `HAN` takes it a millisecond wherever it stands."""

PAUSES: Final = "，、；："
"""Full-width marks that part clauses and never end a sentence."""

STOPS: Final = "。！？｡．"
"""Marks that end a sentence; ``．`` also stands in full-width numbers."""

OPENING_BRACKETS: Final = "（《〈「『【〔［｛〖〘"
CLOSING_BRACKETS: Final = "）》〉」』】〕］｝〗〙"
"""Brackets and quotes that only Chinese text uses; both lists in the same order."""

NAME_DOTS: Final = "·・‧"
"""What stands between the parts of a foreign name: ``哈希姆·穆斯塔法``; the first is standard."""

FULL_WIDTH_MARKS: Final = "".join(
    ch for ch in map(chr, (*range(0xFF01, 0xFF66), *range(0xFFE0, 0xFFE7))) if not ch.isalnum()
)
"""Punctuation and signs of the full-width block: ``（ ） ， ： － ％ ～ ￥`` and kin."""

CHINESE_PUNCTUATION: Final = "".join(
    sorted(
        {*PAUSES, *STOPS, *OPENING_BRACKETS, *CLOSING_BRACKETS, *NAME_DOTS, *FULL_WIDTH_MARKS}
        | set("〃〜―")
    )
)
"""Marks beside which Chinese sets no space. ``“ ” ‘ ’ — …`` are not here: English has them too."""

HAN_LETTERS: Final = 3
"""Letters that an ideograph counts for: English says in three what Chinese says in one."""

_HAN: Final = lazy_pattern(f"[{HAN}]")
_HANS: Final = lazy_pattern(f"[{HAN}]+")
_ALL_HAN_OR_MARK: Final = HAN + re.escape(CHINESE_PUNCTUATION)

# Marks that both scripts use: one that touches a Han character belongs to the Chinese side.
_OPENERS: Final = r"“‘\"'(\[{"
_CLOSERS: Final = r"”’\"')\]}"
_TRAILERS: Final = _CLOSERS + _OPENERS + r",.;:!?%…—–"

# Whole runs, possessively: a run of ten thousand brackets must not be tried from each of them.
_AFTER_CHINESE: Final = lazy_pattern(rf"(?<=[{_ALL_HAN_OR_MARK}])[{_TRAILERS}\s]++")
_BEFORE_CHINESE: Final = lazy_pattern(
    rf"(?<![{_OPENERS}…—–\s])[{_OPENERS}…—–\s]++(?=[{_ALL_HAN_OR_MARK}])"
)
_INSIDE_BRACKETS: Final = lazy_pattern(r"(?<=[“‘(\[{])\s++|(?<!\s)\s++(?=[”’)\]}])")
_DOUBLE_DASH: Final = lazy_pattern(r"(?<!\s)\s*+(——|……)\s*")
# `第2153 A (XXI)号`, `第3 (a)和(b)段`: Chinese sets the bracket of a number against the number.
_NUMBERED: Final = lazy_pattern(r"(第\s*[0-9]+(?:\s+[A-Z](?![A-Za-z]))?)\s+(?=\()")
_BEFORE_COUNTER: Final = lazy_pattern(
    r"(?<=[0-9A-Za-z])\s+(?=\([0-9IVXLa-z]{1,6}\)\s*[号段条款项])"
)
_SPACE: Final = lazy_pattern(r"\s+")


def is_han(ch: str) -> bool:
    """Whether `ch` is one Han character: ``国``, ``〇``, ``𠀀``; not ``，``, ``—`` or ``Ａ``."""
    return len(ch) == 1 and _HAN.match(ch) is not None


def english_length(text: str) -> int:
    """Characters of `text`, each ideograph counted as the letters that English takes for it.

    >>> english_length("裁军"), english_length("arms")
    (6, 4)
    """
    return len(text) + (HAN_LETTERS - 1) * sum(map(len, _HANS.findall(text)))


def _without_space(match: re.Match[str]) -> str:
    return _SPACE.sub("", match.group())


def normalize_spacing(text: str) -> str:
    """Return Chinese `text` spaced in the one way of this house.

    UN houses differ (Geneva ``第 1579 次``, New York ``第1579次``) and justified PDF lines come out
    letter by letter (``安 理 会``). Here:

    * no white space beside a Han character or Chinese punctuation, whatever stands on the other
      side: ``第1579次``, ``21国集团``, ``阿马亚·皮尼罗斯``;
    * nor beside a quote, bracket or ASCII mark that touches a Han character (``坦)(以英语发言)``);
    * nor inside brackets and quotes, nor round ``——`` and ``……``;
    * the bracket of a number touches it: ``第2815(2026)号``, ``第2153 A(XXI)号``, ``第3(a)段``;
    * any other white space (between Latin words or digits) is one U+0020.

    Only white space changes; brackets keep the width they have. The function is idempotent.
    """
    text = _SPACE.sub(" ", text).strip()
    if " " not in text:
        return text
    text = _AFTER_CHINESE.sub(_without_space, text)
    text = _BEFORE_CHINESE.sub(_without_space, text)
    text = _INSIDE_BRACKETS.sub("", text)
    text = _DOUBLE_DASH.sub(r"\1", text)
    text = _NUMBERED.sub(r"\1", text)
    return _BEFORE_COUNTER.sub("", text)


DIGITS: Final[dict[str, int]] = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{digit: value for value, digit in enumerate("０１２３４５６７８９")},
    **{digit: value for value, digit in enumerate("0123456789")},
    **dict.fromkeys("○◯", 0),  # circles that are typed for 〇
    "两": 2,
    "兩": 2,
    "贰": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
"""Digits, simplified, traditional, financial and both widths of Arabic, and their values."""

_TENS: Final = {"廿": "二十", "卅": "三十", "卌": "四十", "拾": "十", "佰": "百", "仟": "千"}
_VARIANTS: Final = {**_TENS, "萬": "万", "億": "亿", "，": ",", "．": "."}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = (("亿", 10**8), ("万", 10**4))
_ARABIC: Final = lazy_pattern(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")


def parse_chinese_number(text: str) -> int | None:
    """Return the whole number that `text` writes, or None if all of it is not one.

    Reads words (``一千五百七十九``, ``廿一``, ``两万零五``, ``二十万``), digits by position
    (``一〇一〇〇``, ``二〇二六``), Arabic digits (``1,579``, ``１５７９``) and mixtures
    (``35亿``, ``2.3亿``). Not fractions (``三点五``), nor ordinals with their ``第``.
    """
    plain = "".join(_VARIANTS.get(ch, ch) for ch in text.strip())
    value = _parse_myriads(plain)
    return int(value) if value is not None and value.denominator == 1 else None


def _parse_myriads(text: str) -> Fraction | None:
    """Read a number with 亿 and 万 by its largest such unit: what stands left multiplies it."""
    for unit, worth in _MYRIADS:
        left, found, right = text.rpartition(unit)
        if not found:
            continue
        many = _parse_myriads(left)
        if many is None or many == 0:
            return None
        if not right:
            return many * worth
        if len(right) == 1 and right in DIGITS and not right.isdigit():
            rest: Fraction | None = Fraction(DIGITS[right] * worth, 10)  # 三万五 is 35,000
        else:
            rest = _parse_myriads(right)
        if rest is None or rest >= worth:
            return None
        return many * worth + rest
    return _parse_below_myriad(text)


def _parse_below_myriad(text: str) -> Fraction | None:
    ascii_digits = "".join(str(DIGITS[ch]) if ch.isdigit() and ch in DIGITS else ch for ch in text)
    if _ARABIC.fullmatch(ascii_digits):
        return Fraction(ascii_digits.replace(",", ""))
    if not text or any(ch not in DIGITS and ch not in _UNITS for ch in text):
        return None
    if not any(ch in _UNITS for ch in text):
        return Fraction("".join(str(DIGITS[ch]) for ch in text))
    return _parse_words(text)


def _parse_words(text: str) -> Fraction | None:
    """Read 千, 百 and 十 in falling order, each with one digit before it (十 may stand alone)."""
    total, last_unit, digit, after_zero = 0, 10**4, None, False
    for place, ch in enumerate(text):
        if ch in _UNITS:
            unit = _UNITS[ch]
            if digit is None and not (ch == "十" and (place == 0 or after_zero)):
                return None
            if unit >= last_unit:
                return None
            total += (1 if digit is None else digit) * unit
            last_unit, digit, after_zero = unit, None, False
        elif digit is not None:
            return None
        elif DIGITS[ch] == 0:
            if after_zero:
                return None
            after_zero = True
        else:
            digit = DIGITS[ch]
    if digit is not None:
        # 一千五 is 1,500: a bare last digit counts the next lower unit, unless 零 stands before it.
        total += digit if after_zero or last_unit == 10**4 else digit * last_unit // 10
    return Fraction(total)
