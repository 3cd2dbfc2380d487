"""Which column of a table of terms is what: by its name, else by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from corpora import Language, UserError
from corpora.chinese import is_han
from tmx_out.languages import is_language_tag, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LANGUAGES: Final[Mapping[Language, frozenset[str]]] = {
    "zh": frozenset({"chinese", "simplified chinese", "mandarin", "中文", "汉语", "华文"})
    | {"简体中文", "中文 chinese"},
    "en": frozenset({"english", "英文", "英语", "英文 english"}),
}
_OTHERS: Final[Mapping[str, frozenset[str]]] = {
    "one": frozenset({"source", "term", "source language", "原文", "源语", "源语言"}),
    "other": frozenset({"target", "translation", "equivalent", "target language"})
    | {"译文", "目标语", "目标语言"},
    "zh variants": frozenset({"zh variants", "chinese variants"}),
    "en variants": frozenset({"en variants", "english variants"}),
    "domain": frozenset({"domain", "subject", "subject field", "field", "category", "领域"}),
    "note": frozenset({"note", "notes", "comment", "comments", "definition", "remark", "remarks"})
    | {"备注", "说明"},
    "example zh": frozenset({"example zh"}),
    "example en": frozenset({"example en"}),
    "symbol": frozenset({"symbol", "document"}),
}
"""What a column is → the names that it may have."""

_IN_BRACKETS: Final = re.compile(r"\s*[(（\[].*?[)）\]]\s*")
_AFFIXES: Final = re.compile(r"(?:preferred )?(.+?)(?: terms?| name|术语|名称|词条|词语)")
"""Around a language's name: ``Chinese term``, ``中文名称``."""

_RIGHT: Final = 0.5
"""Share of a column's cells that must be of a language, for the column to be so: most are."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table are.

    Attributes:
        places: 0-based, by what stands in the column (``zh``, ``en``, ``note`` …).
        named: whether a header said which is Chinese and which English; if not, the text did,
            and a row whose text does not agree may be no term.
        header: whether the first row is a header.
    """

    places: Mapping[str, int]
    named: bool
    header: bool


def header_roles(row: Sequence[str]) -> dict[str, int]:
    """Tell what the columns are by a header row; nothing if it names no pair of languages.

    >>> header_roles(["id", "Chinese term", "English (UN)", "备注"])
    {'zh': 1, 'en': 2, 'note': 3}
    """
    found: dict[str, int] = {}
    for place, name in enumerate(row):
        role = _role(name)
        if role is not None:
            found.setdefault(role, place)
    pair = {"zh", "en"} <= found.keys() or {"one", "other"} <= found.keys()
    return found if pair else {}


def find_columns(rows: Sequence[Sequence[str]], name: str) -> Columns:
    """Tell where the columns are.

    Args:
        rows: of clean text, one at least.
        name: of the file, for what is told.

    Raises:
        UserError: no column is Chinese, or none English.
    """
    roles = header_roles(rows[0])
    if {"zh", "en"} <= roles.keys():
        return Columns(roles, named=True, header=True)
    body = rows[1:] if roles else rows
    if not body:
        return Columns({**roles, "zh": roles["one"], "en": roles["other"]}, False, True)
    columns = list(zip_longest(*body, fillvalue=""))
    tried = (roles["one"], roles["other"]) if roles else range(len(columns))
    places = {place: columns[place] for place in tried if place < len(columns)}
    zh = max(places, key=lambda place: _share(places[place], "zh"), default=None)
    if zh is None or not _share(places[zh], "zh"):
        raise UserError(_refusal(name, "Chinese"))
    others = [place for place in places if place != zh]
    en = next((place for place in others if _share(places[place], "en") >= _RIGHT), None)
    if en is None:
        en = max(others, key=lambda place: _share(places[place], "en"), default=None)
    if en is None or not _share(places[en], "en"):
        raise UserError(_refusal(name, "English"))
    return Columns({**roles, "zh": zh, "en": en}, named=False, header=bool(roles))


def is_of(language: Language, text: str) -> bool:
    """Whether a text may be of the language: it has a Han character, or a Latin letter."""
    if language == "zh":
        return any(map(is_han, text))
    return any(ch.isascii() and ch.isalpha() for ch in text)


def _role(name: str) -> str | None:
    """What a column of that name holds; None if nobody knows."""
    plain = " ".join(_IN_BRACKETS.sub(" ", name).casefold().replace("_", "-").split())
    for role, names in _OTHERS.items():
        if plain in names or plain.replace("-", " ") in names:
            return role
    affixed = _AFFIXES.fullmatch(plain)
    for told in (plain, affixed.group(1) if affixed else plain):
        for language, names in _LANGUAGES.items():
            if told in names:
                return language
        for role in ("one", "other"):
            if told in _OTHERS[role]:
                return role
        if is_language_tag(told) and (known := language_of(told)) is not None:
            return known
    return None


def _share(cells: Iterable[str], language: Language) -> float:
    """The part of the filled cells that is of the language; Chinese by its share of letters."""
    filled = [cell for cell in cells if cell]
    if language == "zh":
        letters = [ch for cell in filled for ch in cell if ch.isalpha()]
        return sum(map(is_han, letters)) / max(1, len(letters))
    return sum(is_of("en", cell) for cell in filled) / max(1, len(filled))


def _refusal(name: str, language: str) -> str:
    return f"{name} has no {language} column that could be told: name the columns zh and en."
