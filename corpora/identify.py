"""What record a text is: language, script, symbol, meeting, date. Pure functions on text.

Symbols, numbers and dates are taken from lines that look like covers and running heads only:
running prose is full of other meetings' symbols and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN, parse_chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpora.document import Language, Script

# ------------------------------------------------------------------------------ language and script

MOST_KANA: Final = 0.1
"""Kana for each Han character: Japanese has more kana than Han, quotations in Chinese hardly any."""

_HAN: Final = re.compile(f"[{HAN}]")
_KANA: Final = re.compile(r"[\u3041-\u30fa]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_OTHER_LETTERS: Final = re.compile(r"[\u0370-\u1fff]")  # Greek, Cyrillic, Arabic and other scripts
_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+")
_ENGLISH_WORDS: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "for",
        "on",
        "we",
        "it",
        "this",
        "with",
        "as",
        "be",
        "are",
        "by",
        "our",
        "have",
        "will",
        "from",
        "at",
        "which",
        "i",
        "not",
        "you",
        "was",
        "has",
        "an",
        "been",
        "or",
        "would",
        "their",
        "its",
        "all",
    ]
)
# What French, Spanish, German, Italian and Portuguese texts are full of and English is not.
_FOREIGN_WORDS: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "est",
        "que",
        "qui",
        "une",
        "pour",
        "dans",
        "sur",
        "el",
        "los",
        "las",
        "del",
        "y",
        "una",
        "por",
        "con",
        "para",
        "se",
        "der",
        "die",
        "und",
        "ist",
        "das",
        "den",
        "il",
        "di",
        "che",
        "e",
        "o",
        "os",
        "da",
        "do",
        "em",
        "não",
        "não",
    ]
)


def guess_language(text: str) -> Language | None:
    """Tell Chinese from English; None if the text is neither or too short to tell.

    Chinese has at least one Han character for each Latin word (a Chinese record's symbols, names
    and abbreviations are Latin); Japanese and Korean are told by their own letters. Of Latin text
    English is what has more English function words than French, Spanish … ones.
    """
    han = len(_HAN.findall(text))
    words = [word.lower() for word in _LATIN_WORD.findall(text)]
    others = len(_OTHER_LETTERS.findall(text))
    if han and han >= len(words):
        foreign = len(_KANA.findall(text)) + len(_HANGUL.findall(text))
        return "zh" if foreign <= MOST_KANA * han and others <= han else None
    if not words or others > sum(map(len, words)):
        return None
    english = sum(word in _ENGLISH_WORDS for word in words)
    foreign = sum(word in _FOREIGN_WORDS for word in words)
    if english == foreign == 0:
        return "en" if text.isascii() and max(map(len, words)) > 1 else None
    return "en" if english > foreign else None


def guess_script(text: str, language: Language) -> Script:
    """Tell traditional from simplified Chinese; always ``latin`` for English.

    The national standards are the table: a character of GB 2312 that Big5 lacks is a simplified
    form, one of Big5 or the Hong Kong set that GB 2312 lacks is a traditional one, so Taiwan's 裡
    and 為 and Hong Kong's 裏 and 爲 all count; what both standards have (后, 里, 台, 著) says
    nothing. The greater number decides: a surname in rare characters turns nothing round.
    """
    if language == "en":
        return "latin"
    counts = Counter(_HAN.findall(text))
    simplified = sum(n for ch, n in counts.items() if _is_in(ch, "gb2312") and not _is_big5(ch))
    traditional = sum(n for ch, n in counts.items() if not _is_in(ch, "gb2312") and _is_big5(ch))
    # Hong Kong's set took in a number of simplified forms; none of them is missing in GB 2312.
    hong_kong = sum(
        n
        for ch, n in counts.items()
        if not _is_in(ch, "gb2312") and not _is_big5(ch) and _is_in(ch, "big5hkscs")
    )
    return "traditional" if traditional + hong_kong > simplified else "simplified"


def _is_big5(ch: str) -> bool:
    return _is_in(ch, "big5") or _is_in(ch, "cp950")


def _is_in(ch: str, standard: str) -> bool:
    try:
        ch.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


_NAME_LANGUAGES: Final[dict[str, Language]] = {
    **dict.fromkeys(("zh", "zho", "chi", "chinese", "chn", "cn", "chs", "cht", "c", "中文"), "zh"),
    **dict.fromkeys(("en", "eng", "english", "e", "英文"), "en"),
}
_REGIONS: Final = frozenset(["cn", "hans", "hant", "tw", "hk", "us", "gb", "uk"])


def language_of_name(name: str) -> Language | None:
    """Tell the language that a file's name ends with (``…-EN.pdf``, ``….zh.txt``, ``…-C.docx``).

    None if its last part names no language, or another one.
    """
    parts = [part for part in re.split(r"[^\w]|_", _stem(name).lower()) if part]
    if len(parts) > 2 and parts[-1] in _REGIONS and parts[-2] in ("zh", "en"):
        parts.pop()
    return _NAME_LANGUAGES.get(parts[-1]) if len(parts) > 1 else None


def _stem(name: str) -> str:
    """Name without folder, format suffixes and a browser's ``(1)``."""
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"(?:\.(?:txt|text|pdf|docx?|gz))+$", "", name, flags=re.IGNORECASE)
    return re.sub(r"\s*(?:\(\d+\)| - (?:copy|副本))$", "", name, flags=re.IGNORECASE)


# ------------------------------------------------------------------------------------------- symbol

COVER: Final = 120
"""Lines: no cover with its list of members is longer."""

# Organs whose documents bear symbols; a file's name is believed only if it begins with one.
_ORGANS: Final = (
    "A|S|E|T|CD|CCW|NPT|BWC|ST|TD|DC|APLC|CCM|CTBT|ENDC|CCD|HRI|CAT|CCPR|CEDAW|CERD|CRC|DP|ECE|ICC"
    "|UNEP|FCCC|PBC|ISBA|SPLOS|IAEA"
)
_PART: Final = r"[A-Z0-9][A-Za-z0-9.\-]*"
_SYMBOL: Final = (
    rf"(?:{_ORGANS})(?:/{_PART})*/(?=[\w.\-]*\d){_PART}(?:\s?\((?:Resumption|Part)\.?\s?\w+\))?"
)
_DATE: Final = r"\d{1,2}/\d{1,2}/\d{4}"
_PAGE: Final = r"(?:\d{1,3}(?:/\d{1,3})?)"
_OWN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_PAGE}\s+)?({_SYMBOL})(?:\s+{_PAGE})?",
        rf"(?:{_PAGE}\s+)?({_SYMBOL})\s(?:.*\s)?{_DATE}(?:\s+{_PAGE})?",
        rf"(?:{_PAGE}\s+)?{_DATE}\s(?:.*\s)?({_SYMBOL})(?:\s+{_PAGE})?",
        rf"(?:United Nations|联合国|聯合國|裁军谈判会议|CONFERENCE ON DISARMAMENT)\s*({_SYMBOL})",
        rf"(?i:English|Chinese|中文|Distr\.:? ?\w*|一般)\s+({_SYMBOL})",
        rf"({_SYMBOL})\s+(?i:English|Chinese|中文|Original.*|Page \d+)",
        rf"({_SYMBOL})\s+(?i:Distr\.:? ?\w*)",
    )
)


def find_symbol(texts: Sequence[str], name: str) -> str | None:
    """Find the record's own symbol, ``CD/PV.1579``, in its lines first, its file's name second.

    Only lines that are nothing but a cover line or running head count. Of several the one that
    the file's name agrees with is taken, else the most frequent (a list of references has each
    once, a head is repeated), else the first.

    Args:
        texts: the lines of the file, furniture included.
        name: the file's name.
    """
    found = Counter(symbol for text in texts if (symbol := _own_symbol(text)))
    named = symbol_of_name(name)
    if named in found:
        return named
    if not found:
        return named
    symbol, often = found.most_common(1)[0]
    if often == 1:
        # Alone on a line once: on a cover it is the record's, further down it may be wrapped prose.
        heads = [text for text in texts[:COVER] if _own_symbol(text) == symbol]
        if not heads and named:
            return named
    return symbol


def _own_symbol(text: str) -> str | None:
    text = " ".join(text.split())
    if "/" not in text:
        return None
    for pattern in _OWN:
        match = pattern.fullmatch(text)
        if match is not None:
            return re.sub(r"\s?\(", " (", match[1])
    return None


def symbol_of_name(name: str) -> str | None:
    """Read a symbol out of a file's name: ``CD_PV.1579.zh.txt``, ``CD-PV-1579_zh.docx``.

    The language at the end goes; ``_`` (or ``-`` where there is no ``_``) stands for ``/``; None if
    the name does not begin with an organ that has symbols, or has no number.
    """
    stem = _stem(name)
    stem = re.sub(
        r"[._\-\s]+(?:zh|en|fr|es|ru|ar|zho|chi|eng|chinese|english|french|spanish|russian|arabic"
        r"|chs|cht|中文|英文|[acefrs])(?:[_-](?:cn|hans|hant|tw|hk|us|gb))?$",
        "",
        stem,
        flags=re.IGNORECASE,
    )
    stem = stem.upper()
    # `cdpv1579` runs on; elsewhere `PV 1579`, `PV-1579`, `PV_1579` and `PV1579` mean `PV.1579`.
    stem = re.sub(r"^(A|S|CD)PV(?=[\W_]?\d)", r"\1_PV", stem)
    stem = re.sub(r"(?<![A-Z])(PV|SR|CORR|ADD|REV)[\s._\-]?(?=\d)", r"\1.", stem)
    separator = "_" if "_" in stem and "-" not in stem.split("_")[0] else "-"
    separator = separator if separator in stem else " "
    symbol = "/".join(part for part in re.split(rf"[{separator}\s]+", stem) if part)
    symbol = re.sub(
        r"/(CORR|ADD|REV)\.", lambda match: f"/{match[1].capitalize()}.", symbol.rstrip(".")
    )
    return symbol if re.fullmatch(_SYMBOL, symbol) else None


# ------------------------------------------------------------------------------------------ meeting

_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        [
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
        ],
        1,
    )
}
_CARDINALS: Final = {
    word: value
    for value, word in enumerate(
        [
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
        ],
        1,
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_NUMBER_WORDS: Final = {
    **_ORDINALS,
    **_CARDINALS,
    **_TENS,
    **{word.removesuffix("y") + "ieth": value for word, value in _TENS.items()},
}
_KIND: Final = r"(?:plenary |formal |informal |\(closed\) |\(private\) )?meeting"
_MEETINGS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:final|verbatim|summary|provisional|of|the|record) )*(\d[\d,]*) ?(?:st|nd|rd|th) {_KIND}.{{0,40}}",
        rf"(?:final|verbatim|provisional verbatim|summary) record of the (?:\(partially closed\) )?([a-z \-]+?) {_KIND}.*",
        rf".{{0,40}}I (?:call to order|declare open) the (\d[\d,]*)(?:st|nd|rd|th) {_KIND}.*",
        r"(?:关于)?第?([一二三四五六七八九十〇零○百千\d]+)次(?:全体|正式|非公开)?(?:会议|會議)(?:的?(?:最后|逐字|简要)(?:记录|紀錄|記錄))?",
        r".{0,25}[：:]我?宣布.{0,20}第([一二三四五六七八九十〇零○百千\d]+)次(?:全体|全體)(?:会议|會議)(?:现在|正式)?(?:开始|开会|開始|開會).*",
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
    total, part = 0, 0
    for word in re.split(r"[\s\-]+", text.lower().strip()):
        if word in ("hundred", "hundredth"):
            part = (part or 1) * 100
        elif word in ("thousand", "thousandth"):
            total, part = total + (part or 1) * 1000, 0
        elif word in _NUMBER_WORDS:
            part += _NUMBER_WORDS[word]
        elif word != "and":
            return None
    return total + part or None


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

_MONTHS: Final = {
    month: number
    for number, month in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
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
        re.compile(
            rf"Held (?:at|in) .{{3,80}}?,? on (?:{_WEEKDAY}, )?{_DAY}(?:,.*)?", re.IGNORECASE
        ),
        re.compile(
            rf"{_WEEKDAY}, {_DAY}(?:,? (?:at )?{_CLOCK})?(?: \(.{{1,20}}\))?", re.IGNORECASE
        ),
    ),
    "zh": (
        re.compile(
            rf"(?:在.{{2,20}}于|于)?{_CHINESE_DAY}(?:[，,]?[(（]?(?:星期|礼拜|周)[一二三四五六日天][)）]?)?[，,]?"
            rf"(?:[上下中]午|晚上|晚)?(?:{_CHINESE_CLOCK})?(?:在[^，。；]{{2,20}})?(?:举行|舉行)?"
        ),
    ),
}
# The day alone on a line is the meeting's only on the cover of a meeting's record.
_ALONE: Final = {"en": re.compile(_DAY), "zh": re.compile(_CHINESE_DAY)}
_OF_MEETING: Final = re.compile(
    r".*/(?:PV|SR)\.\d+.*|.*\brecord of the\b.*\bmeeting\b.*|\d+(?:st|nd|rd|th) .*meeting"
    rf"|第{_NUMERAL}+次.*[会會][议議].*",
    re.IGNORECASE,
)
_HEADER_DATES: Final = (
    re.compile(rf"(?:{_PAGE}\s+)?{_SYMBOL}\s(?:.*\s)?({_DATE})(?:\s+{_PAGE})?"),
    re.compile(rf"(?:{_PAGE}\s+)?({_DATE})\s(?:.*\s)?{_SYMBOL}(?:\s+{_PAGE})?"),
)


def find_date(lines: Sequence[str], language: Language) -> date | None:
    """Find the day of the meeting, from cover lines and running headers only.

    The cover's words decide (``Held at … on Monday, 21 January 2019``, ``2024年9月11日星期三上午
    10时40分举行``), then the date of the running headers (dd/mm/yyyy, the most frequent one), then
    a day alone on the cover of a meeting's record. Dates in prose and the six-digit dates beside
    job numbers never count. None if the lines have none of these.

    Args:
        lines: the lines of the file, furniture included.
        language: of the file.
    """
    cover = list(_with_wrapped(lines[:COVER]))
    held = _first_date(cover, _HELD[language][:1] if language == "en" else _HELD["zh"], clock=True)
    if held is None and language == "en":
        held = _first_date(cover, _HELD["en"][1:], clock=False)
    if held is not None:
        return held
    headers = Counter(_header_dates(lines))
    if headers:
        return headers.most_common(1)[0][0]
    if any(_OF_MEETING.fullmatch(text) for text in cover):
        return _first_date(cover, (_ALONE[language],), clock=False)
    return None


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


def _header_dates(texts: Iterable[str]) -> Iterator[date]:
    for text in texts:
        if "/" not in text:
            continue
        for pattern in _HEADER_DATES:
            match = pattern.fullmatch(" ".join(text.split()))
            if match is not None:
                day, month, year = match[1].split("/")
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
