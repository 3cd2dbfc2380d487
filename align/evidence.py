"""What sentences show: quotation marks, numbers, labels, and the clauses below the sentence.

A translator keeps who speaks and how much, however freely she cuts the sentences. Marks and numbers
are read by simple patterns, for every sentence of a long document; `align.doubt` reads numbers with
more care, for the beads that were found.

She joins and parts sentences at their clauses. Where a path cuts both documents, the clauses beside
the cut tell whether they belong on their side of it: one that is more like the sentence across the
cut than the one on its own side says that the cut parts what belongs together. In a free
translation its tokens are asked as well, one by one.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from align.encoder.directions import SHORTEST, unit_rows
from corpora.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoder.load import Encoder
    from align.encoder.static import StaticEncoder
    from align.runner_up import Step
    from align.scores import Side
    from corpora import Language

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]

BUCKETS = 256
"""Numbers are told apart by their hash into as many buckets."""

MARKS = frozenset("“”「」『』\"‘’'")
"""Every mark that may open or close a quotation; most sentences have none."""

FEWEST_QUOTES = 5
"""Marks that either side must have before quotation is compared at all."""

MOST_UNLIKE = 2.5
"""Factor by which the sides may differ in their number of marks: beyond it one of them quotes in
another way (a dash, no marks), and the marks say nothing."""


_OPENING: Final = lazy_pattern(r"[“「『]|(?<![^\s(—–-])[\"‘'](?=[\w.…—–-])")
"""A mark that opens a quotation; a straight or single one only before a word, after a space."""

_CLOSING: Final = lazy_pattern(r"[”」』]|(?<=[^\s(])\"(?=\W|$)|(?<=[.,!?…—–-])['’](?=\W|$)")
"""A mark that closes one; a single one only after a stop, for most others are apostrophes."""

_NUMBER: Final = lazy_pattern(r"[0-9][0-9,.]*[0-9]")
"""Two digits or more: smaller numbers are often spelt on one side."""


def count_quotes(texts: Sequence[str]) -> Floats:
    """Count opening and closing marks before each boundary, shape (2, texts + 1)."""
    out = np.zeros((2, len(texts) + 1))
    marked = [number for number, text in enumerate(texts) if not MARKS.isdisjoint(text)]
    for row, pattern in enumerate((_OPENING, _CLOSING)):
        for number in marked:
            out[row, number + 1] = len(pattern.findall(texts[number]))
    return out.cumsum(axis=1)


def quotes_agree(zh: Floats, en: Floats) -> tuple[bool, bool]:
    """Whether opening and closing marks are as frequent on both sides as in a translation."""
    few, many = np.minimum(zh[:, -1], en[:, -1]), np.maximum(zh[:, -1], en[:, -1])
    opening, closing = (few >= FEWEST_QUOTES) & (many <= MOST_UNLIKE * few)
    return bool(opening), bool(closing)


def numbers_of(text: str) -> set[str]:
    """Collect the numbers of two digits or more that are written in digits, without separators."""
    return {found.replace(",", "").replace(".", "") for found in _NUMBER.findall(text)}


def mark_numbers(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Mark the buckets of each text's numbers, shape (texts, BUCKETS), 0 or 1."""
    out = np.zeros((len(texts), BUCKETS), dtype=np.uint8)
    for row, text in enumerate(texts):
        for number in numbers_of(text):
            out[row, zlib.crc32(number.encode()) % BUCKETS] = 1
    return out


FEWEST_HAN, FEWEST_WORDS = 5, 4
"""Characters of a Chinese clause, and words of an English one, at least: what is shorter is joined
to the next one."""

LEAST_GAIN = 0.1
"""Cosine that a clause must gain across a cut to count: below it differences are chance."""

LEAST_TOKEN_GAIN = 0.03
"""The same for the mean over a clause's tokens, which differs less."""

COLONS = (":", "：")

LONGEST_LABEL = 60
"""Characters of a label at most."""

TEXTS_AT_ONCE = 2048
"""Sentences whose clauses are encoded at once, so that memory does not grow with the document."""

_FIRST, _LAST = 0, 1

_TINY = 1e-9


_MARK: Final = lazy_pattern(
    r"[，；：、—。！？,;:.!?](?:(?<=[，；：、—。！？])[，；：、—。！？]*[”’」』]*|[,;:.!?]*[\"'”’]*(?=\s))"
)
"""A mark at which a clause may end, but not inside a number or a time. A full stop may stand inside
a sentence, most often at the end of a quotation. `re` finds at once what begins with a class."""


def split_clauses(text: str, language: Language) -> list[str]:
    """Part a sentence into its first clause, what lies between, and its last clause.

    Put together they are the sentence; it is whole if it has but one clause.
    """
    cuts = [0]
    for mark in _MARK.finditer(text):
        if _is_clause(text[cuts[-1] : mark.end()], language):
            cuts.append(mark.end())
    # What is too short at the end belongs to the clause before.
    if len(cuts) > 1 and not _is_clause(text[cuts[-1] :], language):
        cuts.pop()
    if len(cuts) == 1:
        return [text]
    parts = text[: cuts[1]], text[cuts[1] : cuts[-1]], text[cuts[-1] :]
    return [part for part in parts if part]


def _is_clause(text: str, language: Language) -> bool:
    """Whether a part is long enough; one that ends in a colon says who speaks, or of what."""
    bare = text.strip()
    if bare.endswith(COLONS):
        return True
    return len(bare) > FEWEST_HAN if language == "zh" else len(bare.split()) >= FEWEST_WORDS


def mark_colons(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Mark where a colon stands beside each boundary, bool (2, texts + 1).

    First whether the text before the boundary ends in a colon, then whether the one behind it
    begins with a label: a few words and a colon, and goes on.
    """
    bare = [text.strip() for text in texts]
    return np.array(
        [
            [False, *(text.endswith(COLONS) for text in bare)],
            [*((":" in t or "：" in t) and bool(_LABEL.match(t)) for t in bare), False],
        ]
    )


_LABEL: Final = lazy_pattern(rf"[^,，.。;；:：!！?？“”\"]{{1,{LONGEST_LABEL}}}[:：]\s*\S")
"""Words without a mark among them, then a colon, then more."""


def encode_clauses(
    texts: Sequence[str], language: Language, encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
    """Encode sentences, and of each that has several clauses the outer two.

    Args:
        texts: the sentences.
        language: theirs.
        encoder: if it is additive, a sentence's vector is the sum of its clauses', so that nothing
            is encoded twice.

    Returns:
        The encoder's vectors of the sentences, float32 (texts, dimensions), and unit vectors of
        their first and last clauses, float16 (texts, 2, dimensions); zeros for a single clause.
    """
    vectors, outer = _encode_some(texts[:TEXTS_AT_ONCE], language, encoder)
    if len(texts) > TEXTS_AT_ONCE:
        some = vectors, outer
        vectors = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
        outer = np.empty((len(texts), *outer.shape[1:]), dtype=np.float16)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            part = slice(start, start + TEXTS_AT_ONCE)
            if start:
                some = _encode_some(texts[part], language, encoder)
            vectors[part], outer[part] = some
    return vectors, outer


def _encode_some(
    texts: Sequence[str], language: Language, encoder: Encoder
) -> tuple[NDArray[np.float32], NDArray[np.float16]]:
    """Do what `encode_clauses` says for texts that are encoded at once."""
    parted = [split_clauses(text, language) for text in texts]
    several = np.flatnonzero([len(clauses) > 1 for clauses in parted])
    if encoder.additive:
        clauses = encoder.encode(list(chain.from_iterable(parted)))
        stops = np.cumsum([0, *map(len, parted)])
        vectors = clauses[stops[:-1]]
        for place in (1, 2):  # there are three parts at most
            more = np.flatnonzero(np.diff(stops) > place)
            vectors[more] += clauses[stops[more] + place]
        ends = clauses[np.stack([stops[several], stops[several + 1] - 1], axis=1).ravel()]
    else:
        vectors = encoder.encode(texts)
        ends = vectors[:0]
        if len(several):
            ends = encoder.encode([parted[n][end] for n in several for end in (0, -1)])
    outer = np.zeros((len(texts), 2, vectors.shape[1]), dtype=np.float16)
    outer[several] = unit_rows(ends).reshape(len(several), 2, vectors.shape[1])
    return vectors, outer


def strain(zh: Side, en: Side, rows: slice, columns: slice) -> Singles:
    """Say how much content runs across a cut at each of these pairs of boundaries.

    Of the last clause before the cut and the first one behind it, on either side, the cosine to the
    other side's sentence across the cut less that to the one on the clause's own side; what is
    beyond `LEAST_GAIN` is added up.

    Args:
        zh: the Chinese side.
        en: the English side.
        rows: Chinese boundaries, neither the first nor the last of the document.
        columns: English ones, likewise.

    Returns:
        float32, shape (rows, columns), 0 for a clean cut.
    """
    return _drawn(zh, rows, en, columns) + _drawn(en, columns, zh, rows).T


def drawn_past(zh: Side, en: Side, bead: Step, omission: Step) -> float:
    """Say how much of the strain at the cut between a bead and an omission says nothing.

    There the omitted sentence stands for the partner of the clause opposite, and is asked itself
    where it belongs. If it is left out, both are like what lies across the cut by chance.

    Args:
        zh: the Chinese side.
        en: the English side.
        bead: any.
        omission: one sentence that follows the bead, or precedes it.

    Returns:
        What `strain` counts of it, in cosine.
    """
    chinese = omission.zh[0] < omission.zh[1]
    own, other = (zh, en) if chinese else (en, zh)
    at, place = (omission.zh[0], omission.en[0])[:: 1 if chinese else -1]
    if not 0 < place < len(other):
        return 0.0
    if at >= (bead.zh if chinese else bead.en)[1]:
        beside, clauses = at - 1, (other.outer[place, _FIRST], own.outer[at, _FIRST])
        across = place - 1, place
    else:
        beside, clauses = at + 1, (other.outer[place - 1, _LAST], own.outer[at, _LAST])
        across = place, place - 1
    found = 0.0
    for clause, side, pair in zip(clauses, (own, other), ((beside, at), across), strict=True):
        if clause.any():
            far, near = (side.vectors[n] / max(side.norms[1, n + 1], SHORTEST) for n in pair)
            found += max(0.0, float(clause.astype(np.float32) @ (far - near)) - LEAST_GAIN)
    return found


def _drawn(own: Side, cuts: slice, other: Side, places: slice) -> Singles:
    """How far one side's clauses are drawn across each cut, shape (cuts, places)."""
    # The sentences before and behind each place, so that a difference is what is gained across;
    # single precision serves, for what is less than a tenth does not count.
    sentences = other.vectors[places.start - 1 : places.stop].T
    lengths = other.norms[1, places.start : places.stop + 1].astype(np.float32)
    lengths = np.maximum(lengths, SHORTEST)
    before = own.outer[cuts.start - 1 : cuts.stop - 1, _LAST].astype(np.float32)
    behind = own.outer[cuts, _FIRST].astype(np.float32)
    return _gained(before @ sentences / lengths, behind @ sentences / lengths, LEAST_GAIN)


def _gained(before: Singles, behind: Singles, least: float) -> Singles:
    """Add up what clauses gain across each cut beyond `least`, shape (cuts, places).

    Args:
        before: how like the last clause before each cut is to the sentences round the places,
            shape (cuts, places + 1).
        behind: the same of the first one behind it.
        least: what differs by chance.
    """
    gained = before[:, 1:] - before[:, :-1]
    gained -= least
    np.maximum(gained, 0.0, out=gained)
    behind = behind[:, :-1] - behind[:, 1:]
    behind -= least
    gained += np.maximum(behind, 0.0, out=behind)
    return gained


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one document's sentences and of their outer clauses.

    Attributes:
        directions: unit vectors of the document's different tokens, float32 (kinds, dimensions).
        weights: squares of their vectors' lengths, by which tokens that say much count more;
            float32 (kinds).
        kinds: the kind of each token, sentence after sentence, int64 (tokens).
        starts: where each sentence's tokens begin, and the last ones end; int64 (sentences + 1).
        outer: how many of them are its first and its last clause's, int64 (sentences, 2); 0 where
            there is but one clause.
    """

    directions: NDArray[np.float32]
    weights: NDArray[np.float32]
    kinds: NDArray[np.int64]
    starts: NDArray[np.int64]
    outer: NDArray[np.int64]


def tokens_of(texts: Sequence[str], language: Language, encoder: StaticEncoder) -> Tokens:
    """Part sentences into tokens, clause by clause."""
    parted = [split_clauses(text, language) for text in texts]
    bags = encoder.tokenize(list(chain.from_iterable(parted)))
    counts = np.array([len(bag) for bag in bags], dtype=np.int64)
    stops = np.cumsum([0, *map(len, parted)])
    outer = np.stack([counts[stops[:-1]], counts[stops[1:] - 1]], axis=1)
    outer[np.diff(stops) == 1] = 0
    flat = np.fromiter(chain.from_iterable(bags), dtype=np.int64, count=int(counts.sum()))
    different, kinds = np.unique(flat, return_inverse=True)
    vectors = encoder.vectors(different)
    starts = np.concatenate([[0], np.cumsum(counts)])[stops]
    return Tokens(unit_rows(vectors), np.square(vectors).sum(axis=1), kinds, starts, outer)


def token_strain(zh: Tokens, en: Tokens, rows: slice, columns: slice) -> Singles:
    """Say what `strain` does, by the clauses' tokens.

    A clause is as like a sentence as its tokens are to the nearest of the sentence's, in the mean
    ("late interaction": Khattab and Zaharia 2020, doi 10.1145/3397271.3401075); what is gained
    across the cut beyond `LEAST_TOKEN_GAIN` is added up.
    """
    return _tokens_drawn(zh, rows, en, columns) + _tokens_drawn(en, columns, zh, rows).T


def _tokens_drawn(own: Tokens, cuts: slice, other: Tokens, places: slice) -> Singles:
    """How far one side's clauses are drawn across each cut, shape (cuts, places)."""
    starts = other.starts[places.start - 1 : places.stop + 1]
    there, columns = np.unique(other.kinds[starts[0] : starts[-1]], return_inverse=True)
    before, behind = np.arange(cuts.start - 1, cuts.stop - 1), np.arange(cuts.start, cuts.stop)
    firsts = np.concatenate([own.starts[before + 1] - own.outer[before, _LAST], own.starts[behind]])
    lengths = np.concatenate([own.outer[before, _LAST], own.outer[behind, _FIRST]])
    clause = np.repeat(np.arange(len(lengths)), lengths)
    offsets = np.arange(len(clause)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    here, rows = np.unique(own.kinds[np.repeat(firsts, lengths) + offsets], return_inverse=True)
    if not len(here) or not len(there):
        return np.zeros((len(before), places.stop - places.start), dtype=np.float32)
    # The nearest token of each sentence, which may have none.
    likeness = (own.directions[here] @ other.directions[there].T)[:, columns]
    inside = starts - starts[0]
    nearest = np.maximum.reduceat(likeness, np.minimum(inside[:-1], len(columns) - 1), axis=1)
    nearest[:, np.diff(inside) == 0] = 0.0
    shares = np.zeros((len(lengths), len(here)), dtype=np.float32)
    shares[clause, rows] = own.weights[here[rows]]
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), _TINY)
    likeness = shares @ nearest
    return _gained(likeness[: len(before)], likeness[len(before) :], LEAST_TOKEN_GAIN)
