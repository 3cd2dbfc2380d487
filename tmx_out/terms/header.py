"""Which column of a table of terms is what: by its name, else by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from corpora import Language, UserError
from corpora.chinese import HAN, is_han
from tmx_out.languages import is_language_tag, is_traditional, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Places = Mapping[str, tuple[int, ...]]

_LANGUAGES: Final[Mapping[Language, frozenset[str]]] = {
    "zh": frozenset({"chinese", "simplified chinese", "mandarin", "中文", "汉语", "华文", "汉文"})
    | {"简体中文", "中文简体", "中文 chinese", "chinese 中文", "中"},
    "en": frozenset({"english", "英文", "英语", "英文 english", "english 英文", "英"}),
}
_TRADITIONAL: Final = frozenset(
    {"traditional chinese", "繁体中文", "繁體中文", "中文繁体", "中文繁體"}
)
_OTHERS: Final[Mapping[str, frozenset[str]]] = {
    "one": frozenset(
        {"source", "term", "source language", "source text", "原文", "源语", "源语言"}
    ),
    "other": frozenset({"target", "translation", "equivalent", "target language", "target text"})
    | {"译文", "目标语", "目标语言", "译名"},
    "domain": frozenset(
        {"domain", "subject", "subject field", "field", "category", "领域", "类别"}
    ),
    "note": frozenset({"note", "notes", "comment", "comments", "definition", "remark", "remarks"})
    | {"备注", "说明", "定义"},
    "example zh": frozenset({"example zh"}),
    "example en": frozenset({"example en"}),
    "symbol": frozenset({"symbol", "document"}),
    "status": frozenset({"status", "usage", "usage status", "term status", "状态"}),
}
"""What a column is → the names that it may have."""

_IN_BRACKETS: Final = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_TERM: Final = re.compile(r"terms?\b|name|translation|equivalent|术语|名称|词|译名")
"""In the name of a column whose language stands in brackets: ``Preferred term (EN)``."""
_FURTHER: Final = re.compile(
    r"(?:synonyms?|variants?|abbreviations?|acronyms?|同义词|缩写|简称|别名)(?: ?\d)?"
)
"""A column without a language holds further forms of the one to its left."""
_AFFIXES: Final = re.compile(r"(?:preferred )?(.+?)(?: terms?| name|术语|名称|词条|词语|译名|全称)")
_MORE: Final = re.compile(
    r"(.+?)[ -]?(?:variants?|synonyms?|abbreviations?|abbr\.?|acronyms?|short forms?"
    r"|简称|缩写|别名|同义词|其他译名)(?: ?\d)?"
)
"""Around a language's name: ``Chinese term``, ``中文名称``; ``English acronym``, ``英文缩写``."""
_REGIONS: Final = re.compile(
    r"(chinese|english)[ -]{1,3}(?:prc|china|people'?s republic of china|us|usa|uk|gb|un"
    r"|united states|united kingdom|united nations|simplified|singapore|american|british"
    r"|traditional|taiwan|hong kong)(?: .*)?"
)
"""As tools name columns: ``Chinese_PRC``, ``English - United States``."""

_RIGHT: Final = 0.5
"""Share of a column's cells that must be of a language, for the column to be so: most are."""

LOOKED_AT: Final = 10
"""Rows among which the header is looked for: titles and remarks may stand above it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table are.

    Attributes:
        places: 0-based, by what stands in the columns (``zh``, ``en``, ``note`` …), those with the
            preferred forms first; one place for ``zh`` and ``en`` at least.
        named: whether a header said which is Chinese and which English; if not, the text did,
            and a row whose text does not agree may be no term.
        header: rows down to the header; 0 if there is none.
        own: whether it is a table of ours, whose cells say by ``|`` alone what is a form.
    """

    places: Places
    named: bool
    header: int
    own: bool = False


def header_roles(row: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Tell what the columns are by a header row; nothing if it names no pair of languages.

    >>> header_roles(["id", "Chinese term", "English (UN)", "备注", "英文缩写"])
    {'zh': (1,), 'en': (2, 4), 'note': (3,)}
    """
    found: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    former = None
    for place, name in enumerate(row):
        role, later = _role(name)
        if role is None and former in ("zh", "en") and _FURTHER.fullmatch(name.casefold().strip()):
            role, later = former, True
        former = role
        if role is not None:
            (last if later else found).setdefault(role, []).append(place)
    for role, places in last.items():
        found.setdefault(role, []).extend(places)
    for one, other in (("zh", "en"), ("en", "zh")):
        # "Term | 中文": the column whose language is not named is of the other one.
        unnamed = [role for role in ("one", "other") if role in found]
        if one in found and other not in found and len(unnamed) == 1:
            found[other] = found.pop(unnamed[0])
    pair = {"zh", "en"} <= found.keys() or {"one", "other"} <= found.keys()
    return {role: tuple(places) for role, places in found.items()} if pair else {}


def blocks_of(row: Sequence[str]) -> list[slice]:
    """Tell the blocks of a header that says the same several times, side by side.

    >>> blocks_of(["English", "中文", "", "English", "中文"])
    [slice(0, 3, None), slice(3, None, None)]
    """
    roles = header_roles(row)
    if not {"zh", "en"} <= roles.keys():
        return [slice(0, None)]
    named = [[n for n in roles[role] if row[n] == row[roles[role][0]]] for role in ("zh", "en")]
    starts = [min(both) for both in zip(*named, strict=False)]
    ends = [max(both) for both in zip(*named, strict=False)]
    apart = all(end < start for end, start in zip(ends, starts[1:], strict=False))
    if len(named[0]) != len(named[1]) or not apart:
        return [slice(0, None)]
    return [slice(a, b) for a, b in zip([0, *starts[1:]], [*starts[1:], None], strict=True)]


def is_own(row: Sequence[str]) -> bool:
    """Whether a header is that of our own tables."""
    return {"zh", "en", "zh variants", "en variants"} <= {*row}


def find_columns(rows: Sequence[Sequence[str]], name: str) -> Columns:
    """Tell where the columns are.

    Args:
        rows: of clean text, one at least.
        name: of the file, for what is told.

    Raises:
        UserError: no column is Chinese, or none English.
    """
    heads = ((place, header_roles(row)) for place, row in enumerate(rows[:LOOKED_AT], start=1))
    header, roles = next(((place, roles) for place, roles in heads if roles), (0, {}))
    if {"zh", "en"} <= roles.keys():
        return Columns(roles, named=True, header=header, own=is_own(rows[header - 1]))
    body = rows[header:]
    if not body:
        return Columns({**roles, "zh": roles["one"], "en": roles["other"]}, False, header)
    columns = list(zip_longest(*body, fillvalue=""))
    tried = (*roles["one"], *roles["other"]) if roles else range(len(columns))
    texts = {place: columns[place] for place in tried if place < len(columns)}
    zh = max(texts, key=lambda place: _share(texts[place], "zh"), default=None)
    beside = header_roles([row[0] for row in rows[:LOOKED_AT]])
    if zh is None or not _share(texts[zh], "zh") or {"zh", "en"} <= beside.keys():
        raise UserError(_refusal(name, "Chinese"))
    ranks = {place: _rank(texts[place], place - zh) for place in texts if place != zh}
    en = max(ranks, key=ranks.__getitem__, default=None)
    if en is None or not _share(texts[en], "en"):
        raise UserError(_refusal(name, "English"))
    return Columns({**roles, "zh": (zh,), "en": (en,)}, named=False, header=header)


def is_of(language: Language, text: str) -> bool:
    """Whether a text may be of the language: it has a Han character, or a Latin letter."""
    if language == "zh":
        return any(map(is_han, text))
    return any(ch.isascii() and ch.isalpha() for ch in text)


def _role(name: str) -> tuple[str | None, bool]:
    """What a column of that name holds, None if nobody knows; and whether others are preferred."""
    whole = " ".join(name.casefold().replace("_", "-").split())
    plain = " ".join(_IN_BRACKETS.sub(" ", name).casefold().replace("_", "-").split())
    plain = re.sub(r" \d$", "", plain)  # "English 2"
    inner = _IN_BRACKETS.search(name)
    if inner is not None and _TERM.search(plain):
        language = _language(inner[1].strip().casefold())
        if language is not None:
            return language, _MORE.fullmatch(plain) is not None
    for role, names in _OTHERS.items():
        if plain in names or plain.replace("-", " ") in names:
            return role, False
    if plain in _TRADITIONAL or re.search(r"traditional|繁[体體]|taiwan|hong kong", whole):
        language = _language(_AFFIXES.sub(r"\1", plain))
        return (language or "zh" if plain in _TRADITIONAL else language), True
    more = _MORE.fullmatch(plain)
    affixed = _AFFIXES.fullmatch(more[1] if more else plain)
    for told in (more[1] if more else plain, affixed[1] if affixed else plain):
        if (language := _language(told)) is not None:
            return language, more is not None or is_traditional(told)
        for role in ("one", "other"):
            if told in _OTHERS[role]:
                return role, more is not None
    return None, False


def _language(told: str) -> Language | None:
    for language, names in _LANGUAGES.items():
        if told in names:
            return language
    if region := _REGIONS.fullmatch(told):
        return "zh" if region[1] == "chinese" else "en"
    return language_of(told) if is_language_tag(told) else None


def _share(cells: Iterable[str], language: Language) -> float:
    """The part of the filled cells that is of the language; Chinese by its share of letters."""
    filled = [cell for cell in cells if cell]
    if language == "zh":
        letters = [ch for cell in filled for ch in cell if ch.isalpha()]
        return sum(map(is_han, letters)) / max(1, len(letters))
    return sum(is_of("en", cell) for cell in filled) / max(1, len(filled))


_OTHER_SCRIPT: Final = re.compile(f"[{HAN}āēīōūǖǎěǐǒǔǚ]")
"""Han characters, and the letters of Pinyin with a mark that no English word has."""


def _rank(cells: Sequence[str], distance: int) -> tuple[bool, float, float, int]:
    """How likely a column holds the English terms: words, hardly two alike, beside the Chinese."""
    english = [cell for cell in cells if is_of("en", cell) and not _OTHER_SCRIPT.search(cell)]
    words = sum(
        sum(ch.isascii() and ch.isalpha() for ch in cell) > 0.6 * len(cell.replace(" ", ""))
        for cell in english
    )
    own = len({*english}) / max(1, len(english))
    share = words / max(1, len(cells)) * own
    return share >= _RIGHT, share, _share(cells, "en"), -abs(distance)


def _refusal(name: str, language: str) -> str:
    return f"{name} has no {language} column that could be told: name the columns zh and en."
