"""The candidates of a collection of units, numbered: which there are, in how many units, and where.

What nearly always stands inside one longer candidate is a fragment, and left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from align.renderings.latin import is_latin
from align.terms.candidates import Candidate, chinese_candidates, english_candidates
from align.terms.words import CONNECTORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set
    from datetime import date

    from numpy.typing import NDArray

    from align.encoder.static import StaticEncoder

    Numbers = NDArray[np.int64]

ABSORBED: Final = 0.9
"""Share of its units in which a candidate stands inside one longer one from which it is a fragment
of that: `mass destruction`, of which nothing but weapons is ever said."""

FEW: Final = 4
"""Units up to which all of them are asked for."""

LEAST_ABSORBING: Final = 3
"""Units from which a longer candidate tells that a single word is a fragment of it."""

LONGEST_PIECE: Final = 3
"""Characters of a Chinese word that may be a piece of a term: 大规模."""


class TextPair(Protocol):
    """What terms are taken from; a `tmx_out.Unit` is one."""

    @property
    def zh(self) -> str: ...  # noqa: D102
    @property
    def en(self) -> str: ...  # noqa: D102
    @property
    def document(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> date | None: ...  # noqa: D102


@dataclass(slots=True)
class Inventory:
    """The candidates of one side.

    Attributes:
        keys: each candidate once.
        surfaces: of each, its spellings and how often they stand.
        units: of each, in how many units it stands.
        words: of each, how many words it has.
        titles: of each, how often it stands in 《》.
        places: of each unit, (candidate, start, end) in rows.
        lengths: of each unit, its characters.
    """

    keys: list[str]
    surfaces: list[Counter[str]]
    units: Numbers
    words: Numbers
    titles: Numbers
    places: list[Numbers]
    lengths: list[int]


def take_inventory(
    found: Iterable[list[Candidate]], lengths: Sequence[int], least: int
) -> Inventory:
    """Number the candidates that stand in at least `least` units and are no fragments."""
    numbers: dict[str, int] = {}
    keys: list[str] = []
    surfaces: list[Counter[str]] = []
    counts: list[int] = []
    words: list[int] = []
    titles: list[int] = []
    weak: set[str] = set()
    rows: list[list[tuple[int, int, int]]] = []
    for unit in found:
        own: list[tuple[int, int, int]] = []
        seen: set[int] = set()
        for one in unit:
            number = numbers.get(one.key)
            if number is None:
                number = numbers[one.key] = len(keys)
                keys.append(one.key)
                surfaces.append(Counter())
                counts.append(0)
                words.append(one.words)
                titles.append(0)
                if one.weak:
                    weak.add(one.key)
            surfaces[number][one.surface] += 1
            titles[number] += one.title
            if number not in seen:
                seen.add(number)
                counts[number] += 1
            own.append((number, one.start, one.end))
        rows.append(own)
    often = [number for number, count in enumerate(counts) if count >= least and keys[number]]
    times = {keys[n]: counts[n] for n in often}
    lost = fragments(times, {keys[n]: words[n] for n in often}, weak)
    kept = [number for number in often if keys[number] not in lost]
    renumbered = np.full(len(keys) + 1, -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    places: list[Numbers] = []
    for own in rows:
        table = np.array(own, dtype=np.int64).reshape(-1, 3)
        table[:, 0] = renumbered[table[:, 0]]
        places.append(table[table[:, 0] >= 0])
    return Inventory(
        [keys[n] for n in kept],
        [surfaces[n] for n in kept],
        np.array([counts[n] for n in kept], dtype=np.int64),
        np.array([words[n] for n in kept], dtype=np.int64),
        np.array([titles[n] for n in kept], dtype=np.int64),
        places,
        list(lengths),
    )


def fragments(counts: Mapping[str, int], words: Mapping[str, int], weak: Set[str]) -> set[str]:
    """Find keys that hardly ever stand outside one key that is a little longer.

    The boundary of a term is where many different words may follow (branching entropy); where one
    word nearly always follows, the term goes on.

    Args:
        counts: units of each key.
        words: of each key.
        weak: keys that themselves must take another one up to be kept.
    """
    lost: set[str] = set()
    taken_up: set[str] = set()
    for longer, count in counts.items():
        size = words[longer]
        if size < 2 or (("的" in longer or count < LEAST_ABSORBING) and longer not in weak):
            continue
        for shorter in _shorter(longer):
            times = counts.get(shorter, 0)
            share = 1.0 if times <= FEW else ABSORBED
            if times and count >= share * times and words[shorter] < size:
                if longer in weak or (words[shorter] == 1 and _is_short(shorter)):
                    lost.add(shorter)
                if longer.endswith(shorter):
                    taken_up.add(longer)
    return lost | (weak - taken_up)


def _is_short(key: str) -> bool:
    """Whether a key is one word that may be a piece of a name; long Chinese words are names."""
    return is_latin(key) or len(key) <= LONGEST_PIECE


def _shorter(key: str) -> list[str]:
    """Give what is left of a key without its first or last words."""
    if not (" " in key or is_latin(key)):
        return [key[n:] for n in range(1, len(key) - 1)] + [key[:n] for n in range(2, len(key))]
    parts = key.split()
    out = [parts[1:], parts[:-1]]
    for part in out:
        while part and part[0] in CONNECTORS:
            del part[0]
        while part and part[-1] in CONNECTORS:
            del part[-1]
    return [" ".join(part) for part in out if part]


def candidates_of(
    units: Sequence[TextPair], encoder: StaticEncoder, least: int
) -> tuple[Inventory, Inventory]:
    """Number the candidates of both sides."""
    texts = [unit.zh for unit in units]
    zh = take_inventory(chinese_candidates(texts, encoder.tokenizer), list(map(len, texts)), least)
    texts = [unit.en for unit in units]
    en = take_inventory(map(english_candidates, texts), list(map(len, texts)), least)
    return zh, en
