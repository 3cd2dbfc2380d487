"""Names of States, places and organizations in both languages: which of them a text holds.

The table is `names.tsv`: what the United Nations calls its members in Chinese and in English, the
adjectives and short forms that stand for them, and the bodies and treaties that records name most.
A *full* name (``俄罗斯``, ``Russian Federation``) is one that a translation carries over; a *short*
one (``Russian``, ``Moscow``, ``俄``) only shows that the other side's full name was not lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from corpora.chinese import is_han
from corpora.lazy import lazy_pattern

TABLE: Final = "names.tsv"
NOTHING: Final = -1
"""What `!` lines name."""

_KEY: Final = 2
"""Leading characters by which Chinese names are looked up; no name is shorter."""

_STAND_IN_ZH: Final = lazy_pattern("我国|该国|本国|我方|我们|领土|本组织|该组织")
_STAND_IN_EN: Final = lazy_pattern(
    r"^(?:\d+\. |\([a-z0-9]+\) )?(?:It|They|He|She|We|My|Our|Its|His|Her|This|That)\b"
    r"|\b[Tt]h(?:e|at|is) (?:country|State party|Mission|delegation|body)\b"
    r"|\b(?:Government|regime)\b"
    r"|\b[Tt]he (?:Territory|Republic|Kingdom|Agency|Organization|Office|Fund|Programme|Court)\b"
    r"|\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:country|delegation)\b"
    r"|\bit(?:s| sought| had| has| is| was)\b"
)
"""What English says for a name that the sentence before has; chosen on the development half of the
UN text and the four records."""
_ABBREVIATION: Final = lazy_pattern(r"\b[A-Z]{3,}\b")


class _Names(NamedTuple):
    """The table, made ready.

    Attributes:
        zh: by their first two characters, Chinese names with their entry, longest first.
        en: by their first word, English full names with their entry, longest first.
        starts_zh: finds where a Chinese name may begin.
        starts_en: finds the first words of English names.
        variants_en: of each entry, every English form, full and short.
        variants_zh: of each entry, every Chinese form.
    """

    zh: dict[str, tuple[tuple[str, int], ...]]
    en: dict[str, tuple[tuple[str, int], ...]]
    starts_zh: re.Pattern[str]
    starts_en: re.Pattern[str]
    variants_en: tuple[tuple[str, ...], ...]
    variants_zh: tuple[tuple[str, ...], ...]


def missing_names(zh: str, en: str) -> list[str]:
    """Give the full names of one side of which the other side has no form, as printed.

    A name is not missing where the other side has something that stands for it: a pronoun or
    ``the Government`` for a country, 我国, or an abbreviation that only English has (``UNMISS``
    is 南苏丹特派团). A name that is wrong still shows, for then the other side misses it too.

    Args:
        zh: Chinese text.
        en: its English translation.
    """
    table = _names()
    missing = [
        name
        for name, entry in _find_zh(zh, table)
        if not any(form in en for form in table.variants_en[entry])
    ]
    if missing and _stands_in_en(zh, en):
        missing = []
    missing_zh = [
        name
        for name, entry in _find_en(en, table)
        if not any(form in zh for form in table.variants_zh[entry])
    ]
    if missing_zh and _STAND_IN_ZH.search(zh) is None:
        missing += missing_zh
    return missing


def names_elsewhere(en: str) -> bool:
    """Whether an English sentence has a word for somebody named before it: ``They``, ``its``."""
    return _STAND_IN_EN.search(en) is not None


def _stands_in_en(zh: str, en: str) -> bool:
    """Whether English has something that may stand for a Chinese name."""
    return names_elsewhere(en) or any(
        abbreviation not in zh for abbreviation in _ABBREVIATION.findall(en)
    )


def _find_zh(text: str, table: _Names) -> Iterator[tuple[str, int]]:
    """Find full Chinese names from left to right, the longest at each place."""
    place = 0
    for match in table.starts_zh.finditer(text):
        start = match.start()
        candidates = table.zh.get(text[start : start + _KEY])
        if candidates is None or start < place:
            continue
        for name, entry in candidates:
            if text.startswith(name, start):
                place = start + len(name)
                if entry != NOTHING:
                    yield name, entry
                break


def _find_en(text: str, table: _Names) -> Iterator[tuple[str, int]]:
    """Find full English names from left to right, the longest at each place."""
    place = 0
    for match in table.starts_en.finditer(text):
        start = match.start()
        candidates = table.en.get(match[0])
        if candidates is None or start < place:
            continue
        for name, entry in candidates:
            stop = start + len(name)
            inside = text[stop : stop + 1].isalpha() or text[start - 1 : start].isalpha()
            if text.startswith(name, start) and not inside:
                place = stop
                if entry != NOTHING:
                    yield name, entry
                break


def _first_word(name: str) -> str:
    """Give what a name is looked up by: its letters up to the first that is none."""
    end = next((i for i, ch in enumerate(name) if not ch.isalpha()), len(name))
    return name[:end]


def _letters(keys: Iterable[str], place: int) -> str:
    return "".join(sorted({key[place] for key in keys}))


@lru_cache(maxsize=1)
def _names() -> _Names:
    """Read the table, once a process."""
    zh: dict[str, list[tuple[str, int]]] = defaultdict(list)
    en: dict[str, list[tuple[str, int]]] = defaultdict(list)
    variants_en: list[tuple[str, ...]] = []
    variants_zh: list[tuple[str, ...]] = []
    text = Path(__file__).with_name(TABLE).read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        entry = NOTHING if line.startswith("!") else len(variants_en)
        full_zh, full_en, short_en, short_zh = (
            tuple(filter(None, cell.split("|"))) for cell in line.removeprefix("!").split("\t")
        )
        for name in full_zh:
            zh[name[:_KEY]].append((name, entry))
        for name in full_en:
            en[_first_word(name)].append((name, entry))
        if entry != NOTHING:
            variants_en.append(full_en + short_en)
            variants_zh.append(full_zh + short_zh)
    for names in (*zh.values(), *en.values()):
        names.sort(key=lambda pair: -len(pair[0]))
    return _Names(
        {key: tuple(names) for key, names in zh.items()},
        {key: tuple(names) for key, names in en.items()},
        lazy_pattern(f"[{_letters(zh, 0)}](?=[{_letters(zh, 1)}])"),
        lazy_pattern(rf"(?:{'|'.join(map(re.escape, sorted(en, reverse=True)))})(?![^\W\d_])"),
        tuple(variants_en),
        tuple(variants_zh),
    )


def is_name(text: str) -> bool:
    """Whether a text as a whole is a name of the table, full or short, in either language."""
    table = _names()
    known = table.variants_zh if any(map(is_han, text)) else table.variants_en
    return any(text in forms for forms in known)


_STATE: Final = re.compile("(?:人民|民主|联邦|阿拉伯|伊斯兰)*(?:共和国|联邦|王国|公国)")
"""What may follow a State's short name in its full one."""


_SMALL: Final = re.compile(r"\b(?!(?:of|and|the)\b)[a-z]")
"""Letters that are large in names."""


def full_names(text: str) -> tuple[str, ...]:
    """Give the full names in the other language of what a full name calls; none for other text.

    俄罗斯联邦 is ``Russian Federation`` or ``Russia``; what ``Russian`` calls is not said.
    """
    table = _names()
    if any(map(is_han, text)):
        found = next(_find_zh(text, table), None)
        if found is None or not text.startswith(found[0]):
            return ()
        rest = text.removeprefix(found[0])
        if rest and not _STATE.fullmatch(rest):
            return ()
        pairs = chain.from_iterable(table.en.values())
    else:
        if text.islower():
            text = _SMALL.sub(lambda letter: letter[0].upper(), text)
        found = next(_find_en(text, table), None)
        if found is None or found[0] != text:
            return ()
        pairs = chain.from_iterable(table.zh.values())
    return tuple(name for name, entry in pairs if entry == found[1])


def longer_names(text: str) -> tuple[str, ...]:
    """Give the names that hold a State's name and call another one: 印度尼西亚 for 印度."""
    entries = _entries()
    own = entries.get(text)
    if own is None:
        return ()
    return tuple(name for name, entry in entries.items() if text in name and entry != own)


@lru_cache(maxsize=1)
def _entries() -> dict[str, int]:
    """Give which entry each name calls, in both languages."""
    table = _names()
    return dict(chain.from_iterable((*table.zh.values(), *table.en.values())))


_LONG_ZH: Final = re.compile(r"(?:共和国|合众国|联邦|王国|公国|民族国)$")
_LONG_EN: Final = re.compile(
    r"\b(?:Republic|Federation|Federated|Kingdom|State of|States of)\b", re.I
)
_BEFORE_EN: Final = re.compile(
    r"(?<![\w’'-])(?:former )?(?:(?!The )[A-Z][\w’'-]+ ){0,6}"
    r"(?:Republic|States|Kingdom|Principality) of (?:the )?$"
)
_AFTER_EN: Final = re.compile(r" \((?:[A-Z][\w’'-]+ )+of(?: the)?\)| of America\b")
_BEFORE_ZH: Final = re.compile("(?:阿拉伯|大)$")
_AFTER_ZH: Final = re.compile("[^\\W和与及或的]{0,6}?(?:共和国|联邦|王国|公国|民族国)")


def whole_name(asked: str, text: str, place: tuple[int, int]) -> tuple[int, int]:
    """Give where all of a State's name stands, if it is asked for by a full name.

    Args:
        asked: the name, in one language.
        text: in the other one.
        place: of the short name, or of all of it, half-open.
    """
    start, end = place
    if any(map(is_han, asked)):
        if not _LONG_ZH.search(asked):
            return place
        before, after = _BEFORE_EN.search(text[:start]), _AFTER_EN.match(text, end)
        if before:
            return before.start(), end
    else:
        if not _LONG_EN.search(asked) or _LONG_ZH.search(text[start:end]):
            return place
        before, after = _BEFORE_ZH.search(text[:start]), _AFTER_ZH.match(text, end)
        start = before.start() if before and after else start
    return (start, after.end()) if after else place


def holds_name(text: str) -> bool:
    """Whether a Chinese text holds a name of the table."""
    return any(True for _ in _find_zh(text, _names()))
