"""Pairs of terms out of units: candidates of both sides linked unit by unit, counted and scored.

In every unit, candidates are linked one to one, the most alike first, so that a phrase takes its
own words and a part of it (``nuclear`` of ``nuclear weapons``) cannot steal its translation: links
may lie inside each other or apart, never across (competitive linking, Melamed, "Models of
translational equivalence among words", Computational Linguistics 26 (2000) 221-249). How alike two
candidates are is the cosine of their vectors and how often they stand in the same units (Dice).
Then the links are counted over all units.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from align.candidates import Candidate, chinese_candidates, english_candidates
from align.term_words import CONNECTORS
from align.word_alignment import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
    from datetime import date

    from numpy.typing import NDArray

    from align.encoder import StaticEncoder

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

LEAST_ALIKE: Final = 0.3
"""Likeness, 0 to 1, from which two candidates of a unit may be linked."""

COSINE_SHARE: Final = 0.6
"""Share of the cosine in the likeness; the rest is Dice's."""

FAR: Final = 0.1
"""Likeness lost from one end of the unit to the other."""

NEAR: Final = 0.3
"""Cosine from which a word covers a word of the other side."""

WHOLE: Final = 0.5
"""Cosine from which one Chinese word is taken to cover an English phrase."""

AT_ONCE: Final = 1000
"""Units whose pairs are counted in one go: about 100 MB."""

MOST_PAIRS: Final = 8_000_000
"""Kinds of pairs whose counts are kept at a time, 16 bytes each; when there are more, the rare are
forgotten (lossy counting)."""


ABSORBED: Final = 0.9
"""Share of its units in which a candidate stands inside one longer one from which it is a fragment
of that: `mass destruction`, of which nothing but weapons is ever said."""

FEW: Final = 4
"""Units up to which all of them are asked for."""

LEAST_ABSORBING: Final = 3
"""Units from which a longer candidate tells that a single word is a fragment of it."""

LETTERS: Final = 4.0
"""English characters for one Chinese character of a term."""

EVEN: Final = 0.7
"""Natural logarithm of how many times as long or short a term may be without loss: twice."""

UNEVEN: Final = 0.2
"""Likeness lost for each unit of that logarithm beyond."""

LONGEST_PIECE: Final = 3
"""Characters of a Chinese word that may be a piece of a term: 大规模."""

SIZE: Final = 0.02
"""Likeness gained for each English word, up to four: the longer of two that always go together."""


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


@dataclass(slots=True)
class Linked:
    """Two candidates that were linked, and how often.

    Attributes:
        zh: number of the Chinese candidate.
        en: number of the English one.
        units: units in which they are linked.
        alone: units in which the link lies inside no other link.
        cosine: of their vectors.
        zh_covered: share of the Chinese words that some English word is near to.
        en_covered: the same of the English words.
        zh_units: units that hold the Chinese one.
        en_units: units that hold the English one.
        where: numbers of the units in which they are linked.
    """

    zh: int
    en: int
    cosine: float
    zh_units: int
    en_units: int
    zh_covered: float = 1.0
    en_covered: float = 1.0
    units: int = 0
    alone: int = 0
    where: list[int] = field(default_factory=list)


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
    return key.isascii() or len(key) <= LONGEST_PIECE


def _shorter(key: str) -> list[str]:
    """Give what is left of a key without its first or last words."""
    if not (" " in key or key.isascii()):
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


def unit_vectors(texts: Sequence[str], encoder: StaticEncoder) -> Floats:
    """Give vectors of length 1, or zeros for unknown text."""
    vectors = encoder.encode(texts)
    out: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return out


def joint_counts(zh: Inventory, en: Inventory) -> tuple[Numbers, Numbers]:
    """Count in how many units two candidates stand together.

    Returns:
        Codes, zh * len(en) + en, sorted; and their counts.
    """
    width = len(en.keys)
    codes, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for start in range(0, len(zh.places), AT_ONCE):
        parts = []
        for left, right in zip(
            zh.places[start : start + AT_ONCE], en.places[start : start + AT_ONCE], strict=True
        ):
            one, two = np.unique(left[:, 0]), np.unique(right[:, 0])
            parts.append((one[:, None] * width + two[None, :]).ravel())
        new, often = np.unique(np.concatenate(parts), return_counts=True)
        joined = np.concatenate([codes, new])
        weights = np.concatenate([counts, often])
        codes, place = np.unique(joined, return_inverse=True)
        counts = np.bincount(place, weights=weights, minlength=len(codes)).astype(np.int64)
        floor = 1
        while len(codes) > MOST_PAIRS:
            kept = counts > floor
            codes, counts, floor = codes[kept], counts[kept], floor + 1
    return codes, counts


def link_units(
    zh: Inventory, en: Inventory, encoder: StaticEncoder, stands_for: Mapping[str, str]
) -> list[Linked]:
    """Link candidates in every unit and count the links.

    Args:
        zh: the Chinese candidates.
        en: the English ones.
        encoder: whose vectors compare them.
        stands_for: short forms and acronyms with what they stand for, whose vector they get.
    """
    if not zh.keys or not en.keys:
        return []
    left_vectors = unit_vectors([stands_for.get(key, key) for key in zh.keys], encoder)
    right_vectors = unit_vectors([stands_for.get(key, key) for key in en.keys], encoder)
    codes, counts = joint_counts(zh, en)
    width = len(en.keys)
    phrases = np.array(["的" in key for key in zh.keys], dtype=np.bool_)
    found: dict[int, Linked] = {}
    for number, (left, right) in enumerate(zip(zh.places, en.places, strict=True)):
        if not len(left) or not len(right):
            continue
        code = left[:, :1] * width + right[:, 0][None, :]
        at = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
        joint = np.where(codes[at] == code, counts[at], 1)
        dice = 2 * joint / (zh.units[left[:, 0]][:, None] + en.units[right[:, 0]][None, :])
        cosine = left_vectors[left[:, 0]] @ right_vectors[right[:, 0]].T
        likeness = COSINE_SHARE * cosine + (1 - COSINE_SHARE) * dice
        apart = np.abs(
            (left[:, 1] + left[:, 2])[:, None] / 2 / zh.lengths[number]
            - (right[:, 1] + right[:, 2])[None, :] / 2 / en.lengths[number]
        )
        lengths = (right[:, 2] - right[:, 1])[None, :] / (left[:, 2] - left[:, 1])[:, None]
        uneven = np.maximum(np.abs(np.log(lengths / LETTERS)) - EVEN, 0)
        likeness = likeness - UNEVEN * uneven + SIZE * np.minimum(en.words[right[:, 0]], 4)[None, :]
        seen: dict[int, bool] = {}
        for row, column, alone in compete(
            left[:, 1:], right[:, 1:], likeness - FAR * apart, ~phrases[left[:, 0]]
        ):
            pair = int(code[row, column])
            seen[pair] = seen.get(pair, False) or alone
            if pair not in found:
                one, two = int(left[row, 0]), int(right[column, 0])
                found[pair] = Linked(
                    one, two, float(cosine[row, column]), int(zh.units[one]), int(en.units[two])
                )
        for pair, alone in seen.items():
            link = found[pair]
            link.units += 1
            link.alone += alone
            link.where.append(number)
    cover(found.values(), zh, en, encoder, stands_for)
    return list(found.values())


def cover(
    links: Iterable[Linked],
    zh: Inventory,
    en: Inventory,
    encoder: StaticEncoder,
    stands_for: Mapping[str, str],
) -> None:
    """Write into links how much of each side the other covers, word by word."""
    known: dict[str, Floats] = {}

    def words(key: str) -> Floats:
        text = stands_for.get(key, key)
        if text not in known:
            known[text] = _word_vectors(text, encoder)
        return known[text]

    for link in links:
        left, right = words(zh.keys[link.zh]), words(en.keys[link.en])
        cosine = left @ right.T
        # The last row and column are the whole texts.
        link.zh_covered = float((cosine[:-1].max(axis=1) >= NEAR).mean()) if len(left) > 1 else 1
        link.en_covered = (
            float((cosine[:, :-1].max(axis=0) >= NEAR).mean()) if len(right) > 1 else 1
        )
        if len(left) == 2 and link.cosine >= WHOLE:
            link.en_covered = 1.0
        if zh.titles[link.zh] and len(left) > 1:
            # The rest of a treaty's name is a place, whose syllables have no meaning to compare.
            link.zh_covered = link.en_covered = float(cosine[-2].max() >= NEAR)


def _word_vectors(text: str, encoder: StaticEncoder) -> Floats:
    """Vectors of length 1 of the words of a text that mean something, and of the whole text."""
    encoding = encoder.tokenizer.encode(text, add_special_tokens=False)
    latin = text.isascii()
    kept = [
        piece
        for piece, word in zip(encoding.ids, encoding.tokens, strict=True)
        if word not in CONNECTORS and word not in EMPTY and (latin or len(word) > 1)
    ]
    parts = encoder.vectors(np.array(kept, dtype=np.int64))
    vectors = np.vstack([parts, encoder.encode([text])])
    out: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return out


def compete(
    left: Numbers, right: Numbers, likeness: Floats, holds: NDArray[np.bool_]
) -> Iterator[tuple[int, int, bool]]:
    """Link places of two sides one to one, the most alike first, none across another.

    Args:
        left: half-open places, shape (n, 2).
        right: the same of the other side, (m, 2).
        likeness: shape (n, m).
        holds: of each left place, whether it is a term whose parts are no terms; a phrase with 的
            is none, for on either side of the 的 there may be one.

    Yields:
        Row, column and whether the link is a part of no other.
    """
    rows, columns = np.nonzero(likeness >= LEAST_ALIKE)
    order = np.argsort(-likeness[rows, columns], kind="stable")
    free = np.ones(likeness.shape, dtype=np.bool_)
    taken: list[tuple[int, int]] = []
    left_kind, right_kind = _relations(left), _relations(right)
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if not free[row, column]:
            continue
        taken.append((row, column))
        free &= left_kind[row][:, None] == right_kind[column][None, :]
        free[row, :] = False
        free[:, column] = False
    for row, column in taken:
        inside = any(
            left_kind[other][row] == INSIDE and (holds[other] or not holds[row])
            for other, _ in taken
        )
        yield row, column, not inside


APART, INSIDE, AROUND, ACROSS, SAME = range(5)


def _relations(places: Numbers) -> NDArray[np.int8]:
    """How each place (second axis) lies to each (first axis)."""
    starts, ends = places[:, 0], places[:, 1]
    after_start = starts[None, :] >= starts[:, None]
    before_end = ends[None, :] <= ends[:, None]
    out = np.full((len(places), len(places)), ACROSS, dtype=np.int8)
    out[after_start & before_end] = INSIDE
    out[(starts[None, :] <= starts[:, None]) & (ends[None, :] >= ends[:, None])] = AROUND
    out[(ends[None, :] <= starts[:, None]) | (starts[None, :] >= ends[:, None])] = APART
    np.fill_diagonal(out, SAME)
    return out
