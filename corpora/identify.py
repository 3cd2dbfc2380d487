"""What record a text is: language, script, symbol (and meeting and date, from `corpora.meeting`).

Pure functions on text. Symbols, numbers and dates are taken from lines that look like covers and
running heads only: running prose is full of other meetings' symbols and dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from corpora.chinese import HAN, is_han
from corpora.lazy import lazy_pattern
from corpora.meeting import (
    BLANK,
    BRACKET,
    COVER,
    DATE,
    PAGE,
    REISSUED,
    SYMBOL,
    blank_symbols,
    normal_symbol,
)
from corpora.prose import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpora.document import Language, Line, Script

# ------------------------------------------------------------------------------ language and script

MOST_KANA: Final = 0.1
"""Kana for each Han character: Japanese has about as many, Chinese with a quotation hardly any."""

_HAN_RUN: Final = lazy_pattern(f"[{HAN}]+")
_KANA: Final = lazy_pattern(r"[\u3041-\u30fa]+")
_HANGUL: Final = lazy_pattern(r"[\uac00-\ud7a3]+")
_OTHER_LETTERS: Final = lazy_pattern(
    r"[\u0370-\u1fff]+"
)  # Greek, Cyrillic, Arabic and other scripts
_ASCII: Final = bytes(range(0x80))
_LATIN_WORD: Final = lazy_pattern(r"[A-Za-zÀ-ɏ]+")
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
    name = re.sub(
        r"(?:\.(?:txt|text|pdf|docx?|odt|rtf|x?html?|xml|gz))+$", "", name, flags=re.IGNORECASE
    )
    return re.sub(r"\s*(?:\(\d{1,2}\)| - (?:copy|副本))$", "", name, flags=re.IGNORECASE)


# ------------------------------------------------------------------------------------------- symbol

NOTICE: Final = 12
"""Lines of a publisher's notice, which may stand above everything else on a cover."""
LEAST_APART: Final = 8
"""Lines between two running heads of a text without pages; cells and entries of lists stand
closer."""
REPEATED: Final = 3
"""Running heads of a text without pages that have one symbol."""
LIST: Final = 3
"""Different symbols, each on a line, that are a list of documents and no document's own."""
_CLOSE: Final = 40
"""Characters: a symbol that is spaced out or in small letters is looked for in lines so short."""

# Lines that bear a document's own symbol, first those that nothing but a masthead has.
_OWN: Final = lazy_pattern(
    r"(?P<house>(?i:United Nations|联合国|聯合國|裁军谈判会议|Conference on Disarmament)\s*"
    rf"{BLANK}{REISSUED}"
    rf"|(?i:English|Chinese|中文|Distr\.:? ?\w*|一般)\s+{BLANK}{REISSUED}"
    rf"|{BLANK}{REISSUED}\s+(?i:English|Chinese|中文|Original.*|Page \d+|Distr\.:? ?\w*))"
    rf"|(?:{PAGE}\s+)?+(?:{BLANK}{REISSUED}|{BLANK}\s(?:.*\s)?{DATE}|{DATE}\s(?:.*\s)?{BLANK})"
    rf"(?:\s+{PAGE})?"
)
_NOTICE: Final = lazy_pattern(r"本(?:逐字)?记录|This record (?:contains|is subject)")
_OF_MEETING: Final = lazy_pattern(r"/(?:PV|SR)\.")
_PAGE_FURNITURE: Final = lazy_pattern(
    r"\d{1,3}/\d{1,3}|(?:\d{1,3}\s+)?GE\.\d\d-\d{5}.*|(?:\d{1,3}/\d{1,3}\s+)?\d\d-\d{5}.{0,20}"
    r"|English|Chinese|ENGLISH|CHINESE|(?:Page|PAGE) \d{1,3}"
)


def find_symbol(texts: Sequence[str], name: str) -> str | None:
    """Find the record's own symbol, as `tell_symbol` does."""
    return tell_symbol(texts, name)[0]


def symbol_of_record(
    lines: Sequence[Line], name: str, furniture: Mapping[int, str], kind: str
) -> tuple[str | None, Literal["text", "name"] | None]:
    """Tell the symbol of a file as read, by `tell_symbol`.

    Args:
        lines: every line of the file.
        name: the file's name.
        furniture: line number → reason, where the file itself says it (`RawText.furniture`).
        kind: of the file, ``docx`` …
    """
    heads = [
        line.text
        for line in lines
        if furniture.get(line.number) in ("running header", "running footer")
    ]
    flow = [line for line in lines if line.number not in furniture]
    texts, pages = [line.text for line in flow], [line.page for line in flow]
    return tell_symbol(texts, name, pages=pages, heads=heads, whole=kind not in ("txt", "pdf"))


def tell_symbol(
    texts: Sequence[str],
    name: str,
    *,
    pages: Sequence[int] = (),
    heads: Sequence[str] = (),
    whole: bool = False,
) -> tuple[str | None, Literal["text", "name"] | None]:
    """Tell a record's own symbol, and whether its text or its file's name says it.

    A symbol is the record's own where a masthead has it, or its running heads; one in running text,
    in a table's cell or in a list of documents is another document's, however often it is there.
    Of several the one that the name agrees with is taken, else the most frequent, else the first.

    Args:
        texts: the lines of the file, furniture included.
        name: the file's name.
        pages: page of each line, if the reader knows pages.
        heads: texts of which the file itself says that they are running heads.
        whole: each line is a paragraph or cell of its own (DOCX): the file has its running heads
            apart, in `heads`.

    Returns:
        Symbol and ``text`` or ``name``; None twice if neither tells.
    """
    texts = [unicodedata.normalize("NFKC", text) if "／" in text else text for text in texts]
    found = Counter(own[0] for text in heads if (own := _own_symbol(text)))
    if not found:
        own_at = {place: own for place, text in enumerate(texts) if (own := _own_symbol(text))}
        places = set(_of_masthead(texts, own_at))
        places |= set() if whole else set(_of_running_heads(texts, own_at, pages))
        found = Counter(own_at[place][0] for place in sorted(places))
    named = symbol_of_name(name)
    if found:
        agreed = {normal_symbol(symbol): symbol for symbol in reversed(found)}
        if named and normal_symbol(named) in agreed:
            return agreed[normal_symbol(named)], "text"
        return found.most_common(1)[0][0], "text"
    spaced = _find_spaced(texts[:COVER])
    if spaced is not None:
        return spaced, "text"
    return (named, "name") if named else (None, None)


def _own_symbol(text: str) -> tuple[str, bool] | None:
    """Read the symbol of a line that is nothing but a head; whether only a masthead has such."""
    if "/" not in text:
        return None
    text = " ".join(text.split())
    for symbol, rest in blank_symbols(text):
        match = _OWN.fullmatch(rest)
        if match is not None:
            return re.sub(r"\s?\(", " (", symbol), match["house"] is not None
    return None


def _of_masthead(texts: Sequence[str], own_at: Mapping[int, tuple[str, bool]]) -> list[int]:
    """Places above the first sentence of the text, and of lines that only mastheads have."""
    found, above, notice = [], True, -NOTICE
    for place, text in enumerate(texts[:COVER]):
        if _NOTICE.match(text):
            notice = place
        own = own_at.get(place)
        if own is None:
            above = above and (place - notice < NOTICE or not is_prose(text))
        elif above or own[1]:
            found.append(place)
    listed = len({own_at[place][0] for place in found}) >= LIST
    return found if not listed else [place for place in found if own_at[place][1]]


def _of_running_heads(
    texts: Sequence[str], own_at: Mapping[int, tuple[str, bool]], pages: Sequence[int]
) -> Iterator[int]:
    """Places at the edges of pages, or beside what stands there, or again and again."""
    if pages and pages[0]:
        edges = page_edges(pages)
        at_edge = [place for place in own_at if place in edges]
        often = Counter({(own_at[place][0], pages[place]) for place in at_edge})
        on_pages = Counter(symbol for symbol, _ in often)
        yield from (place for place in at_edge if on_pages[own_at[place][0]] > 1)
        return
    places: dict[str, list[int]] = {}
    for place, own in own_at.items():
        places.setdefault(own[0], []).append(place)
    for each in places.values():
        alone = len(places) == 1
        apart = alone or all(b - a >= LEAST_APART for a, b in pairwise(each))
        # A meeting's record again and again on a line, and no other: sooner believed.
        least = REPEATED - (alone and _OF_MEETING.search(own_at[each[0]][0]) is not None)
        apart = apart and len(each) >= least
        yield from (place for place in each if apart or _is_beside_furniture(texts, place))


def page_edges(pages: Sequence[int], reach: int = 2) -> set[int]:
    """Places of the first and last `reach` lines of each page; none where pages are unknown."""
    edges: set[int] = set()
    if not pages or not pages[0]:
        return edges
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(pages), 1) if a != b)]
    for start, end in pairwise([*starts, len(pages)]):
        edges.update(range(start, min(start + reach, end)))
        edges.update(range(max(end - reach, start), end))
    return edges


def _is_beside_furniture(texts: Sequence[str], place: int) -> bool:
    beside = (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2])
    return any(_PAGE_FURNITURE.fullmatch(text.strip()) for text in beside)


def _find_spaced(cover: Sequence[str]) -> str | None:
    """Find a symbol that is letter-spaced or in small letters and alone on a line of a cover."""
    for line in cover:
        if "/" in line and len(line) <= _CLOSE and _own_symbol(line) is None:
            close = normal_symbol(line)
            if re.fullmatch(SYMBOL, close) and re.search(r"/(?:PV|SR)\.", close):
                return re.sub(
                    r"/(CORR|ADD|REV)\.", lambda match: f"/{match[1].capitalize()}.", close
                )
    return None


# What stands behind a symbol in a file's name: the language, and what people add, `.zh.final`,
# ` v2`, `_corrected`, `_20310603`. A symbol ends with a number, in digits or Roman.
_ADDED_TO_NAME: Final = lazy_pattern(r"(?![IVX]+\Z)[^\W\d_]{2,}|[acefrsACEFRS]|[vV]\d{1,2}|\d{8}|")


def _without_additions(stem: str) -> str:
    pieces = re.split(r"([._\-\s])", stem)
    while len(pieces) > 1 and _ADDED_TO_NAME.fullmatch(pieces[-1]):
        del pieces[-2:]
    return "".join(pieces)


def symbol_of_name(name: str) -> str | None:
    """Read a symbol out of a file's name, as people and the UN's own servers write them.

    The language at the end goes, and what people add; ``_`` (or ``-`` where there is no ``_``)
    stands for ``/``; None if the name does not begin with an organ that has symbols, or has no
    number.

    >>> symbol_of_name("CD_PV.1579.zh.txt"), symbol_of_name("S_RES_2803 (2025)-EN.pdf")
    ('CD/PV.1579', 'S/RES/2803 (2025)')
    """
    stem = _without_additions(_part_letter(_stem(name)))
    head, bracket = stem, ""
    closed = re.search(rf"[\s_-]?({BRACKET})$", stem)
    if closed is not None:
        head, bracket = stem[: closed.start()], " " + _spell_bracket(closed[1])
    stem = head.upper()
    # `cdpv1579` runs on; elsewhere `PV 1579`, `PV-1579`, `PV_1579` and `PV1579` mean `PV.1579`.
    stem = re.sub(r"^(A|S|CD|CCD|ENDC)PV(?=[\W_]?\d)", r"\1_PV", stem)
    stem = re.sub(r"(?<![A-Z])(PV|SR|CORR|ADD|REV)[\s._\-]?(?=\d)", r"\1.", stem)
    separator = "_" if "_" in stem and "-" not in stem.split("_")[0] else "-"
    separator = separator if separator in stem else " "
    symbol = "/".join(part for part in re.split(rf"[{separator}\s]+", stem) if part)
    symbol = re.sub(
        r"/(CORR|ADD|REV)\.", lambda match: f"/{match[1].capitalize()}.", symbol.rstrip(".")
    )
    symbol = re.sub(r"(?<=/)((?:PV|SR)\.\d++)(?!/(?:Add|Corr|Rev)\.).*", r"\1", symbol)
    return symbol + bracket if re.fullmatch(SYMBOL, symbol) else None


def _spell_bracket(bracket: str) -> str:
    """``(SECT. 6)`` → ``(Sect. 6)``; years and Roman numerals stay."""
    return re.sub(
        r"[A-Z]{3,}(?![a-z])(?<![XVI]{3})", lambda word: word.group().capitalize(), bracket
    )
