"""Which meeting a record is of: its number and its day. Pure functions on lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN, parse_chinese_number
from corpora.facts.spelt import MONTHS, WORDS, split_run
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpora.document import Language

COVER: Final = 120
"""Lines: no cover with its list of members is longer."""

# Organs whose documents bear symbols; a file's name is believed only if it begins with one.
_ORGANS: Final = (
    "A|S|E|T|CD|CCW|NPT|BWC|ST|TD|DC|APLC|CCM|CTBT|ENDC|CCD|HRI|CAT|CCPR|CEDAW|CERD|CRC|CRPD|CED"
    "|CMW|DP|ECE|ESCAP|ECA|ECLAC|ESCWA|LC|ICC|UNEP|UNW|FCCC|CBD|PBC|ISBA|SPLOS|LOS|IAEA|GC|INFCIRC"
    "|IDB|ID"
)
_PART: Final = r"[A-Z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?"
BRACKET: Final = (
    r"\((?:\d{4}|[XVI]{1,7}|S-[XVI]{1,5}|(?i:Supp|Introduction|Income|OR)\.?"
    r"|(?i:Resumption|Parts?|Sect|Vol|Supp|Add|Annex|Chap)\.?\s?(?!\d{4})[0-9A-Za-z]{1,4}(?:\s(?:and|to)\s\w{1,4})?)\)"
)
"""What may stand in brackets at a symbol's end: a resolution's year, a fascicle, a volume."""
SYMBOL: Final = (
    rf"(?:{_ORGANS})(?=/[A-Za-z0-9./\-]*\d)(?:/{_PART})++"
    rf"(?:(?:(?<=/Add)|(?<=/Rev)|(?<=/Corr))\.\s\d+)?+(?:\s?{BRACKET})?+"
)
"""A document's symbol. Its parts are taken whole or not at all, so that symbols that are glued
together (``A/1-A/2-A/3.``) are refused at once."""
SYMBOLS: Final = lazy_pattern(SYMBOL)
BLANK: Final = "\0"
"""Stands for the symbol in patterns of whole lines (`blank_symbols`)."""
REISSUED: Final = r"(?:/Part\s\w{1,3})?\*{0,3}"
"""What a symbol on a page has behind it where the document was issued in parts, or again."""
DATE: Final = r"\d{1,2}/\d{1,2}/\d{4}"
PAGE: Final = r"(?:\d{1,3}(?:/\d{1,3})?)"

_HAN: Final = lazy_pattern(f"[{HAN}]")


def blank_symbols(text: str) -> Iterator[tuple[str, str]]:
    """Give each symbol of a line, and the line with `BLANK` in the symbol's place.

    A pattern of the rest of the line is a tenth of one that has `SYMBOL` in it.
    """
    for found in SYMBOLS.finditer(text):
        yield found.group(), text[: found.start()] + BLANK + text[found.end() :]


def normal_symbol(symbol: str) -> str:
    """Write a symbol so that all its spellings are one: capitals, no spaces, ASCII.

    >>> normal_symbol("cd/pv. 1579"), normal_symbol("S/RES/2803 (2025)")
    ('CD/PV.1579', 'S/RES/2803(2025)')
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", symbol)).upper()


# ------------------------------------------------------------------------------------------ meeting

_KIND: Final = r"(?:plenary |formal |informal |\(closed\) |\(private\) )?meeting"
_RECORD: Final = r"(?:final|verbatim|provisional verbatim|summary) record of the"
_NUMBER: Final = r"第([一二三四五六七八九十〇零○百千\d]+)次"
_MEETINGS: Final = tuple(
    lazy_pattern(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_RECORD} )?(\d[\d,]*) ?(?:st|nd|rd|th) {_KIND}.{{0,40}}",
        rf"{_RECORD} (?:\(partially closed\) )?([a-z \-]+?) {_KIND}.*",
        rf".{{0,40}}I (?:call to order|declare open) the (\d[\d,]*)(?:st|nd|rd|th) {_KIND}.*",
        rf"{_NUMBER}(?:全体|全體|正式|非公开)?(?:会议|會議)(?:的?(?:最后|逐字|简要)记录)?",
        rf".{{0,25}}[：:]我?宣布.{{0,20}}{_NUMBER}(?:全体|全體)(?:会议|會議)"
        r"(?:现在|正式)?(?:开始|开会|開始|開會).*",
    )
)


def find_meeting_number(texts: Sequence[str], symbol: str | None = None) -> int | None:
    """Find the meeting's number, 1579: from a PV or SR symbol, else from cover or opening words.

    Args:
        texts: the lines of the file, furniture included.
        symbol: the record's own symbol if known.
    """
    match = re.search(r"(?:PV|SR)\.(\d+)", symbol or "")
    if match is not None:
        return int(match[1])
    for text in _with_wrapped(texts[:COVER]):
        for pattern in _MEETINGS:
            found = pattern.fullmatch(text)
            number = parse_ordinal(found[1]) if found is not None else None
            if number:
                return number
    return None


def parse_ordinal(text: str) -> int | None:
    """Read ``1,475``, ``一千四百七十五``, ``one thousand four hundred and seventy-fifth``."""
    if not re.search(r"[a-z]", text, re.IGNORECASE):
        return parse_chinese_number(text)
    words = [word for word in re.split(r"[\s\-]+", text.lower().strip()) if word != "and"]
    found = split_run(words) if WORDS.keys() >= {*words} else []
    return found[0][0] or None if len(found) == 1 else None


def _with_wrapped(texts: Sequence[str]) -> Iterator[str]:
    """Each line alone and joined with the next, without the space that spaced Chinese has."""
    lines = [_plain(text) for text in texts]
    for text, after in pairwise([*lines, ""]):
        yield text
        if after:
            yield text + ("" if _HAN.search(text) else " ") + after


def _plain(text: str) -> str:
    text = " ".join(text.split())
    return text.replace(" ", "") if _HAN.search(text) else text


# --------------------------------------------------------------------------------------------- date

_MONTHS: Final = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_DAY: Final = r"(?P<d>\d{1,2}) (?P<m>[A-Za-z]+) (?P<y>\d{4})"
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CLOCK: Final = r"(?:\d{1,2}(?:[.:]\d{2})? ?[ap]\.?m\.?|noon|12 noon)"
_NUMERAL: Final = r"[一二三四五六七八九十廿卅〇零○\d]"
_CHINESE_DAY: Final = (
    rf"(?P<y>{_NUMERAL}{{4}})年(?P<m>{_NUMERAL}{{1,2}})月(?P<d>{_NUMERAL}{{1,3}})日"
)
_CHINESE_CLOCK: Final = rf"{_NUMERAL}{{1,3}}[时時](?:{_NUMERAL}{{1,3}}分|整|半)?"
_HELD: Final[dict[Language, tuple[re.Pattern[str], ...]]] = {
    "en": (
        lazy_pattern(
            rf"Held (?:at|in) .{{3,80}}?,? on (?:{_WEEKDAY}, )?{_DAY}(?:,.*)?", re.IGNORECASE
        ),
        lazy_pattern(
            rf"{_WEEKDAY}, {_DAY}(?:,? (?:at )?{_CLOCK})?(?: \(.{{1,20}}\))?", re.IGNORECASE
        ),
    ),
    "zh": (
        lazy_pattern(
            rf"(?:在.{{2,20}}于|于)?{_CHINESE_DAY}(?:[，,]?[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?)?[，,]?"
            rf"(?:[上下中]午|晚上|晚)?(?:{_CHINESE_CLOCK})?(?:在[^，。；]{{2,20}})?(?:举行|舉行)?"
        ),
    ),
}
# The day alone on a line is the meeting's only on the cover of a meeting's record.
_ALONE: Final = {"en": lazy_pattern(_DAY), "zh": lazy_pattern(_CHINESE_DAY)}
_OF_MEETING: Final = lazy_pattern(
    r".*/(?:PV|SR)\.\d+.*|.*\brecord of the\b.*\bmeeting\b.*|\d+(?:st|nd|rd|th) .*meeting"
    rf"|第{_NUMERAL}+次.*[会會][议議].*",
    re.IGNORECASE,
)
_HEADER_DATES: Final = lazy_pattern(
    rf"(?:{PAGE}\s+)?(?:{BLANK}\s(?:.*\s)?({DATE})|({DATE})\s(?:.*\s)?{BLANK})(?:\s+{PAGE})?"
)


def find_date(lines: Sequence[str], language: Language, symbol: str | None = None) -> date | None:
    """Find the day of the meeting, from cover lines and running headers only.

    The cover's words decide (``Held at … on Monday, 21 January 2019``, ``2024年9月11日星期三上午
    10时40分举行``), then the date of the running headers (dd/mm/yyyy, the most frequent one), then
    the day alone on a line of the cover that is nearest to the meeting's number. Dates in prose and
    the six-digit dates beside job numbers never count. None if the lines have none of these.

    Args:
        lines: the lines of the file, furniture included.
        language: of the file.
        symbol: of the record; a date beside another one is that of another document.
    """
    cover = list(_with_wrapped(lines[:COVER]))
    held = _first_date(cover, _HELD[language][:1] if language == "en" else _HELD["zh"], clock=True)
    if held is None and language == "en":
        held = _first_date(cover, _HELD["en"][1:], clock=False)
    if held is not None:
        return held
    headers = Counter(_header_dates(lines, symbol))
    if headers:
        return headers.most_common(1)[0][0]
    meetings = [place for place, text in enumerate(cover) if _OF_MEETING.fullmatch(text)]
    if not meetings:
        return None
    # A resolution has the day of its meeting beside it, and above all the day it was issued.
    near = sorted(range(len(cover)), key=lambda n: min(abs(n - place) for place in meetings))
    return _first_date((cover[n] for n in near), (_ALONE[language],), clock=False)


def _first_date(
    texts: Iterable[str], patterns: Sequence[re.Pattern[str]], *, clock: bool
) -> date | None:
    """Read the first text that one of `patterns` fits wholly and that names a day that exists.

    With `clock` a Chinese date must have more than the day: 星期, an hour or 举行.
    """
    for text in texts:
        for pattern in patterns:
            match = pattern.fullmatch(text.rstrip("。"))
            if match is None or (clock and match.end() == match.end("d") + 1):
                continue
            month = _MONTHS.get(match["m"].lower()) or parse_chinese_number(match["m"])
            found = _make_date(parse_chinese_number(match["y"]), month, match["d"])
            if found is not None:
                return found
    return None


def _header_dates(texts: Iterable[str], symbol: str | None) -> Iterator[date]:
    own = normal_symbol(symbol) if symbol else None
    for text in texts:
        if text.count("/") < 3:  # two in the date, one in the symbol
            continue
        for found_symbol, rest in blank_symbols(" ".join(text.split())):
            match = _HEADER_DATES.fullmatch(rest)
            if match is not None and own in (None, normal_symbol(found_symbol)):
                day, month, year = (match[1] or match[2]).split("/")
                found = _make_date(int(year), int(month), day)
                if found is not None:
                    yield found
                break


def _make_date(year: int | None, month: int | None, day: str) -> date | None:
    number = parse_chinese_number(day)
    if year is None or month is None or number is None:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
