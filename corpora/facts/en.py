"""Numbers, dates and symbols of an English text; see `corpora.facts.reader`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from corpora.facts.reader import (
    ARABIC,
    SMALL,
    YEARS,
    Fact,
    Facts,
    Reader,
    Value,
    add_decade,
    parse_arabic,
    read_item,
    read_roman,
    read_short_years,
    read_symbols,
    read_times,
    tidy,
)
from corpora.facts.spelt import CARDINALS, DECADES, MONTHS, PARTS, SCALES, WORDS, split_run
from corpora.lazy import lazy_pattern

_SAID: Final[tuple[tuple[str, tuple[Value, ...]], ...]] = (
    ("both two second twice double doubled doubling twofold couple pair either", (2,)),
    ("biennium biennial bilateral dual", (2,)),
    ("half halve halved", (Fraction(1, 2), 2, 50)),
    ("quarter", (Fraction(1, 4), 4, 25)),
    ("quarterly", (4,)),
    ("third", (Fraction(1, 3), 3)),
    ("triple tripled threefold triennial", (3,)),
    ("fortnight", (14, 2)),
    ("dozen noon midday", (12,)),
    ("dozens", (12, 10)),
    ("decade decades decennial", (10,)),
    ("score", (20,)),
    ("century centenary centuries", (100,)),
    ("millennium", (1000,)),
    ("midnight", (0, 24, 12)),
    ("monthly", (12, 1)),
)
_MENTIONS: Final[dict[str, tuple[Value, ...]]] = {
    **{word: values for words, values in _SAID for word in words.split()},
    **{word: (value, 1900 + value) for word, value in DECADES.items()},
}
_MONTH: Final = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, 1)},
    "Sept": 9,
}
_GAPS: Final = {ord(mark): " " for mark in "-.,;:!?()[]\"'“”‘’—–/\u00a0"}
_YEAR_TEXTS: Final = frozenset(map(str, YEARS))
_MONTH_WORDS: Final = {name.lower() for name in _MONTH}
_SHARE_WORDS: Final = {form for word in PARTS for form in (word, f"{word}s")} | {"halves"}
_RUN_WORDS: Final = {word for word, value in WORDS.items() if value > SMALL}


def _starting_words(words: Iterable[str]) -> str:
    """Give a pattern of whole words that begins with a set of letters, for speed."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    starts = (f"{ch}(?<![a-z]{ch})(?:{'|'.join(rest)})" for ch, rest in by_letter.items())
    return rf"(?:{'|'.join(starts)})\b"


_MONTH_FORMS: Final = (
    "|".join(MONTHS) + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.? \d|\.)"
)
_SPELT: Final = "|".join(sorted(WORDS, key=len, reverse=True))
_SHARES: Final = "|".join(f"{word}s?" for word in PARTS if word != "half") + "|half|halves"
_DIGIT: Final = lazy_pattern("[0-9]")
_NUMBER: Final = lazy_pattern(
    rf"{ARABIC}(?:[\s-](?:thousand|million|billion|trillion)\b|\s?(?:bn|mn)\b"
    r"|(?:st|nd|rd|th|s)\b)?"
)
_MONTH_NAME: Final = lazy_pattern(rf"\b(?:{_MONTH_FORMS})\b")
_RUN: Final = lazy_pattern(rf"{_starting_words(WORDS)}(?:(?:[\s-]+|\s+and\s+)(?:{_SPELT})\b)*")
_SHARE: Final = lazy_pattern(rf"\b(one|two|three|four|five|six|seven|eight|nine)[\s-]({_SHARES})\b")


def facts_en(text: str) -> Facts:
    """Read the numbers, dates and symbols of an English text."""
    reader = Reader(text)
    read_item(reader)
    lower = text.lower()
    words = set(lower.translate(_GAPS).split())
    if not words.isdisjoint(_MENTIONS):
        for word in words & _MENTIONS.keys():
            reader.mentions.update(_MENTIONS[word])
    if _DIGIT.search(text) is not None:
        read_symbols(reader)
        months = [] if words.isdisjoint(_MONTH_WORDS) else _read_months(reader)
        read_times(reader)
        read_short_years(reader)
        for match in _NUMBER.finditer(reader.rest):
            _read_number(reader, match, months)
    elif not words.isdisjoint(_MONTH_WORDS):
        _read_months(reader)
    if not words.isdisjoint(_SHARE_WORDS):
        for match in _SHARE.finditer(lower):
            _read_share(reader, match)
            lower = lower[: match.start()] + "-" * len(match[0]) + lower[match.end() :]
    if not words.isdisjoint(_RUN_WORDS):
        for match in _RUN.finditer(lower):
            _read_run(reader, match)
    read_roman(reader)
    for word, many in (("decades", 10), ("dozen", 12)):
        if word in words:
            few = [v for v in reader.mentions if isinstance(v, int) and v <= 20]
            reader.mentions.update(many * value for value in few)
    return reader.result()


def _read_months(reader: Reader) -> list[tuple[int, int]]:
    """Read months, and give where they stand; March and May only beside a number or word of time.

    "May" begins sentences as a verb, and "March" is a noun as well.
    """
    places = []
    for match in _MONTH_NAME.finditer(reader.rest):
        start, stop = match.span()
        value = f"m{_MONTH[match[0]]}"
        places.append((start, stop))
        before, after = reader.rest[max(0, start - 12) : start], reader.rest[stop : stop + 8]
        certain = match[0] not in ("March", "May") or re.search(
            r"\d(?:st|nd|rd|th)?(?: of)? $"
            r"|\b(?:in|of|since|until|to|and|by|late|early|last|mid)[ -]$",
            before,
        )
        if certain or re.match(r",? \d", after):
            reader.fact("date", (value,), match[0])
        else:
            reader.mentions.add(value)
    return places


def _read_number(reader: Reader, match: re.Match[str], months: list[tuple[int, int]]) -> None:
    """Read one English number in digits, with its scale or ending."""
    printed, text = match[0], reader.rest
    start, stop = match.span()
    number = re.match(rf"(?:{ARABIC})", printed)
    if number is None:
        return
    value = parse_arabic(number[0])
    ending = printed[number.end() :].strip(" -\u00a0").lower()
    if ending in SCALES or ending in ("bn", "mn"):
        scale = SCALES.get(ending) or (10**9 if ending == "bn" else 10**6)
        value = tidy(Fraction(value) * scale)
    before = text[max(0, start - 8) : start]
    if "." in number[0] and not ending and number[0].partition(".")[0] in _YEAR_TEXTS:
        value = int(value)  # "2014.42": a year, a full stop, a footnote
    attached = before[-1:].isalpha() or (before[-1:] == "-" and before[-2:-1].isupper())
    if ending == "s" and isinstance(value, int) and value in YEARS:
        add_decade(reader, value, printed)
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


def _add_clock(reader: Reader, value: int, printed: str) -> None:
    hour, minute = divmod(value, 100)
    reader.facts.append(Fact("number", (value,), printed, (hour, minute)))
    reader.mentions.update((value, hour, minute))


def _beside_month(text: str, start: int, stop: int, months: list[tuple[int, int]]) -> bool:
    return any(
        (first >= stop and first - stop <= 4) or (start >= last and start - last <= 1)
        for first, last in months
    )


def _read_share(reader: Reader, match: re.Match[str]) -> None:
    """``two thirds`` is a fraction, ``one half`` too."""
    above = CARDINALS[match[1]]
    word = match[2]
    below = 2 if word in ("half", "halves") else PARTS[word.removesuffix("s")]
    if above >= below or (above > 1 and not word.endswith("s")):
        return
    reader.fact("number", (Fraction(above, below),), match[0])
    reader.mentions.update((above, below))


def _read_run(reader: Reader, match: re.Match[str]) -> None:
    """Read the numbers of a run of number words, one after the other."""
    words = re.findall(r"[a-z]+", match[0])
    plural = words[-1] in DECADES
    for value, counted in split_run([word for word in words if word != "and"]):
        if plural and value in YEARS:
            add_decade(reader, value, match[0])
        elif value > SMALL and counted and not plural:
            decades = match.string.startswith(" decades", match.end())
            reader.fact("number", (value, 10 * value) if decades else (value,), match[0])
        else:
            reader.mentions.add(value)
