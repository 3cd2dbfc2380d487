"""What record a text is: language, script, symbol (and meeting and date, from `corpora.meeting`).

Pure functions on text. Symbols, numbers and dates are taken from lines that look like covers and
running heads only: running prose is full of other meetings' symbols and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from corpora.chinese import HAN, is_han
from corpora.meeting import COVER, DATE, PAGE, SYMBOL, find_date, find_meeting_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Language, Script

__all__ = [
    "find_date",
    "find_meeting_number",
    "find_symbol",
    "guess_language",
    "guess_script",
    "language_of_name",
    "symbol_of_name",
]

# ------------------------------------------------------------------------------ language and script

MOST_KANA: Final = 0.1
"""Kana for each Han character: Japanese has about as many, Chinese with a quotation hardly any."""

_HAN_RUN: Final = re.compile(f"[{HAN}]+")
_KANA: Final = re.compile(r"[\u3041-\u30fa]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]+")
_OTHER_LETTERS: Final = re.compile(r"[\u0370-\u1fff]+")  # Greek, Cyrillic, Arabic and other scripts
_ASCII: Final = bytes(range(0x80))
_LATIN_WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+")
_ENGLISH: Final = (
    "the of and to in that is for on we it this with as be are by our have will from at which i "
    "not you was has an been or would their its all"
)
_ENGLISH_WORDS: Final = frozenset(_ENGLISH.split())
# What French, Spanish, German, Italian and Portuguese texts are full of and English is not.
_FOREIGN: Final = (
    "le la les des du et est que qui une pour dans sur el los las del y una por con para se der "
    "die und ist das den il di che e o os da do em não"
)
_FOREIGN_WORDS: Final = frozenset(_FOREIGN.split())


def guess_language(text: str) -> Language | None:
    """Tell Chinese from English; None if the text is neither or too short to tell.

    Chinese has at least one Han character for each Latin word (a Chinese record's symbols, names
    and abbreviations are Latin); Japanese and Korean are told by their own letters. Of Latin text
    English is what has more English function words than French, Spanish … ones.
    """
    # All but ASCII, by bytes: four million letters take 10 ms.
    rare = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    letters = rare.decode("utf-8", "surrogatepass")
    han = _count(_HAN_RUN, letters)
    # Each word once, with how often it is there: a long text has few different ones.
    words = Counter(_LATIN_WORD.findall(text))
    total = words.total()
    others = _count(_OTHER_LETTERS, letters)
    if han and han >= total:
        foreign = _count(_KANA, letters) + _count(_HANGUL, letters)
        return "zh" if foreign <= MOST_KANA * han and others <= han else None
    if not words or others > sum(len(word) * often for word, often in words.items()):
        return None
    english = sum(often for word, often in words.items() if word.lower() in _ENGLISH_WORDS)
    foreign = sum(often for word, often in words.items() if word.lower() in _FOREIGN_WORDS)
    if english == foreign == 0:
        return "en" if text.isascii() and max(map(len, words)) > 1 else None
    return "en" if english > foreign else None


def _count(runs: re.Pattern[str], text: str) -> int:
    """Count the characters that runs of a class match."""
    return sum(map(len, runs.findall(text)))


def guess_script(text: str, language: Language) -> Script:
    """Tell traditional from simplified Chinese; always ``latin`` for English.

    The national standards are the table: a character of GB 2312 that Big5 lacks is a simplified
    form, one of Big5 or the Hong Kong set that GB 2312 lacks is a traditional one, so Taiwan's 裡
    and 為 and Hong Kong's 裏 and 爲 all count; what both standards have (后, 里, 台, 著) says
    nothing. The greater number decides: a surname in rare characters turns nothing round.
    """
    if language == "en":
        return "latin"
    counts = {ch: often for ch, often in Counter(text).items() if is_han(ch)}
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


@cache
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
_REGIONS: Final = frozenset({"cn", "hans", "hant", "tw", "hk", "us", "gb", "uk"})


def language_of_name(name: str) -> Language | None:
    """Tell the language that a file's name ends with (``…-EN.pdf``, ``….zh.txt``, ``…-C.docx``).

    None if its last part names no language, or another one.
    """
    parts = [part for part in re.split(r"[^\w]|_", _part_letter(_stem(name)).lower()) if part]
    if len(parts) > 2 and parts[-1] in _REGIONS and parts[-2] in ("zh", "en"):
        parts.pop()
    return _NAME_LANGUAGES.get(parts[-1]) if len(parts) > 1 else None


def _part_letter(stem: str) -> str:
    """Part a language's letter from a meeting's number that it runs on: ``cdpv1579c``."""
    return re.sub(r"((?:PV|SR)[._\-\s]?\d+)([ACEFRS])$", r"\1-\2", stem, flags=re.IGNORECASE)


def _stem(name: str) -> str:
    """Name without folder, format suffixes and a browser's ``(1)``."""
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"(?:\.(?:txt|text|pdf|docx?|gz))+$", "", name, flags=re.IGNORECASE)
    return re.sub(r"\s*(?:\(\d+\)| - (?:copy|副本))$", "", name, flags=re.IGNORECASE)


# ------------------------------------------------------------------------------------------- symbol

_OWN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{PAGE}\s+)?({SYMBOL})(?:\s+{PAGE})?",
        rf"(?:{PAGE}\s+)?({SYMBOL})\s(?:.*\s)?{DATE}(?:\s+{PAGE})?",
        rf"(?:{PAGE}\s+)?{DATE}\s(?:.*\s)?({SYMBOL})(?:\s+{PAGE})?",
        rf"(?:United Nations|联合国|聯合國|裁军谈判会议|CONFERENCE ON DISARMAMENT)\s*({SYMBOL})",
        rf"(?i:English|Chinese|中文|Distr\.:? ?\w*|一般)\s+({SYMBOL})",
        rf"({SYMBOL})\s+(?i:English|Chinese|中文|Original.*|Page \d+)",
        rf"({SYMBOL})\s+(?i:Distr\.:? ?\w*)",
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
    if "/" not in text:
        return None
    text = " ".join(text.split())
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
    stem = _part_letter(_stem(name))
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
    return symbol if re.fullmatch(SYMBOL, symbol) else None
