"""A tiny encoder made on the spot, documents of structured vectors, and scores computed directly.

Random noise is a poor adversary of an aligner, so the documents made here have what real ones have:
sentences that share topics, merges, splits, omissions and a background common to all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from align.encoder.static import UNKNOWN
from align.evidence import FEWEST_QUOTES, LEAST_GAIN, MOST_UNLIKE
from align.scores import LENGTH_FLOOR, MOST_NUMBERS, MOST_QUOTES, new_side
from corpora import Document, Sentence
from training.pack import write_model
from training.vocabulary import new_tokenizer

CONCEPTS = 150
DIMENSIONS = 24
CARD = {"name": "toy", "version": "7"}


@dataclass
class Toy:
    """A lexicon of made-up concepts: word i of `zh` means word i of `en`.

    The vectors of a word and its translation lie close to each other, and so an encoder made of
    them finds translations.
    """

    zh: list[str] = field(default_factory=list, repr=False)
    en: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        for i in range(CONCEPTS):
            self.zh.append(chr(0x4E00 + 2 * i) + chr(0x5E00 + 3 * i))
            self.en.append(syllables[i % 70] + syllables[i // 70] + syllables[(i * 7) % 70])

    def sentence(self, concepts: list[int]) -> tuple[str, str]:
        """The same meaning in both languages."""
        return (
            "".join(self.zh[c] for c in concepts) + "。",
            " ".join(self.en[c] for c in concepts) + ".",
        )

    def sentences(self, count: int, seed: int = 0) -> tuple[list[str], list[str]]:
        """Sentences of 4 to 8 words and their translations."""
        random = np.random.default_rng(seed)
        made = [
            self.sentence(random.integers(CONCEPTS, size=random.integers(4, 9)).tolist())
            for _ in range(count)
        ]
        return [zh for zh, _ in made], [en for _, en in made]

    def write(self, folder, seed=0):
        """Write the encoder's four files."""
        random = np.random.default_rng(seed)
        topics = random.normal(size=(CONCEPTS, DIMENSIONS))
        pieces = [(UNKNOWN, -40.0), ("。", -4.0), (".", -4.0), (",", -4.0)]
        pieces += [(word, -10.0) for word in (*self.zh, *self.en)]
        table = np.concatenate(
            [
                random.normal(size=(1, DIMENSIONS)),
                random.normal(size=(3, DIMENSIONS)) * 0.1,
                topics + 0.3 * random.normal(size=topics.shape),
                topics + 0.3 * random.normal(size=topics.shape),
            ]
        ).astype(np.float32)
        write_model(folder, table, new_tokenizer(pieces), CARD)
        return folder


@pytest.fixture(scope="session")
def toy():
    return Toy()


@pytest.fixture(scope="session")
def tiny_folder(toy, tmp_path_factory):
    """The folder of the tiny encoder."""
    return toy.write(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture(scope="session")
def tiny(tiny_folder):
    """The tiny encoder."""
    from align.encoder.static import StaticEncoder

    return StaticEncoder(tiny_folder)


@pytest.fixture(scope="session")
def document():
    """Make a document of sentences, with the number of the speaker's turn of each if wanted."""

    def make(language, texts, turns=None, name=None):
        turns = turns or [0] * len(texts)
        sentences = (Sentence(text, turn=turn) for text, turn in zip(texts, turns, strict=True))
        return Document(name or f"{language}.txt", language, tuple(sentences))

    return make


@dataclass(frozen=True)
class Case:
    """Two documents as numbers, and the beads they were made of: ((zh numbers), (en numbers))."""

    zh: object
    en: object
    made_of: list[tuple[tuple[int, ...], tuple[int, ...]]]


def structured(
    seed,
    beads,
    omitted=0.15,
    merged=0.35,
    turns=False,
    widest=8,
    shapes=None,
    topics=9,
    evidence=False,
):
    """Make documents of `beads` beads whose sentences are sums of shared topic vectors.

    Args:
        seed: of everything random.
        beads: how many.
        omitted: share of the beads with one side left out.
        merged: share of the beads with more than one sentence on a side.
        turns: whether the sides know of speakers' turns.
        widest: spans that the sides measure.
        shapes: what the beads are, (zh sentences, en sentences) each, instead of random ones.
        topics: how many; of few, sentences resemble each other everywhere.
        evidence: whether the texts hold quotation marks and numbers, often unlike on both sides.
    """
    random = np.random.default_rng(seed)
    dimensions = topics + 1
    words_of = random.normal(size=(topics, dimensions))
    background = random.normal(size=dimensions) * 0.7
    rows, sizes, starts, made_of = ([], []), ([], []), ([], []), []
    for number in range(beads if shapes is None else len(shapes)):
        shape = shapes[number] if shapes else _shape(random, omitted, merged)
        if turns and random.random() < 0.4:
            for k in (0, 1):
                if random.random() < 0.9:
                    starts[k].append(len(rows[k]))
        words = random.integers(topics, size=max(3 * max(shape), 4))
        link = []
        for k in (0, 1):
            link.append(tuple(range(len(rows[k]), len(rows[k]) + shape[k])))
            cuts = np.sort(random.choice(len(words) - 1, max(shape[k] - 1, 0), False)) + 1
            for part in np.split(words, cuts) if shape[k] else []:
                noise = random.normal(size=dimensions) * 0.35
                rows[k].append(words_of[part].sum(axis=0) + background * len(part) + noise)
                sizes[k].append(int(len(part) * 12 * random.uniform(0.7, 1.4)) + 1)
        made_of.append((link[0], link[1]))
    sides = []
    for k in (0, 1):
        turn = np.zeros(len(rows[k]), dtype=int)
        for start in starts[k]:
            turn[start:] += 1
        texts = ["x" * size for size in sizes[k]]
        if evidence:
            texts = [
                _with_evidence(text, np.random.default_rng((seed, k, n)))
                for n, text in enumerate(texts)
            ]
        sides.append(
            new_side(
                texts,
                np.array(rows[k], dtype=np.float32).reshape(len(rows[k]), dimensions),
                widest,
                turn.tolist() if turns else None,
                _some_clauses(rows[k], dimensions, np.random.default_rng((seed, k))),
            )
        )
    return Case(sides[0], sides[1], made_of)


def _some_clauses(rows, dimensions, random):
    """Unit vectors of the outer clauses of half of the sentences, unlike the sentences' own."""
    outer = np.array(rows).reshape(len(rows), 1, dimensions)
    outer = outer + random.normal(size=(len(rows), 2, dimensions)) * 3
    outer /= np.linalg.norm(outer, axis=2, keepdims=True)
    outer[random.random(len(rows)) < 0.5] = 0
    return outer.astype(np.float16)


def _with_evidence(text, random):
    """Two marks of each kind at most, of five numbers none to three, often a label or a colon."""
    opening, closing = (mark * random.integers(3) for mark in "“”")
    label = random.choice(["ab: ", "", ""])
    colon = random.choice([":", "：", "。", ""])
    numbers = random.choice(["12", "345", "1,978", "60", "77"], random.integers(4), replace=False)
    return label + opening + text + closing + " ".join(numbers) + colon


def _shape(random, omitted, merged):
    chance = random.random()
    if chance < omitted:
        return [(1, 0), (0, 1)][random.integers(2)]
    if chance < omitted + merged:
        return [(1, 2), (2, 1), (1, 3), (3, 1), (2, 2)][random.integers(5)]
    return (1, 1)


@pytest.fixture(scope="session")
def make_case():
    return structured


@pytest.fixture(scope="session")
def directly():
    """The parts of a bead's score computed one bead at a time, as the docstrings define them."""
    return Directly


class Directly:
    """A bead is half-open: sentences `zh[i0:i1]` and `en[j0:j1]`."""

    def __init__(self, zh, en, settings):
        self.zh, self.en, self.settings = zh, en, settings
        self.vectors = zh.vectors.astype(float), en.vectors.astype(float)
        self.kept = {}

    def cosine(self, i0, i1, j0, j1):
        z, e = self.vectors[0][i0:i1].sum(axis=0), self.vectors[1][j0:j1].sum(axis=0)
        lengths = math.sqrt(float(z @ z) * float(e @ e))
        return float(z @ e) / lengths if lengths > 1e-9 else 0.0

    def outside(self, i0, i1, j0, j1):
        around = []
        if j0 > 0:
            around.append(self.cosine(i0, i1, j0 - 1, j0))
        if j1 < len(self.en):
            around.append(self.cosine(i0, i1, j1, j1 + 1))
        if i0 > 0:
            around.append(self.cosine(i0 - 1, i0, j0, j1))
        if i1 < len(self.zh):
            around.append(self.cosine(i1, i1 + 1, j0, j1))
        return sum(around) / len(around) if around else 0.0

    def likeness_of_length(self, i0, i1, j0, j1):
        zh = self.zh.bytes[i1] - self.zh.bytes[i0] + LENGTH_FLOOR
        en = self.en.bytes[j1] - self.en.bytes[j0] + LENGTH_FLOOR
        return math.exp(-0.5 * (math.log(zh / en) / self.settings.length_spread) ** 2)

    def turn_doubt(self, i0, i1, j0, j1):
        if not any(self.zh.turns) or not any(self.en.turns):
            return 0.0
        inside = any(self.zh.turns[i0 + 1 : i1]) or any(self.en.turns[j0 + 1 : j1])
        return float(inside) + 0.5 * float(self.zh.turns[i0] != self.en.turns[j0])

    def quotes_apart(self, i0, i1, j0, j1):
        """Marks on one side only, opening and closing, where both sides quote alike."""
        apart = 0.0
        for zh, en in zip(self.zh.quotes, self.en.quotes, strict=True):
            few, many = sorted((zh[-1], en[-1]))
            if few >= FEWEST_QUOTES and many <= MOST_UNLIKE * few:
                apart += min(abs((zh[i1] - zh[i0]) - (en[j1] - en[j0])), MOST_QUOTES)
        return apart

    def numbers_apart(self, i0, i1, j0, j1):
        """Numbers of both sides less twice those that a pair of sentences shares."""
        zh, en = (side.astype(int) for side in (self.zh.numbers[i0:i1], self.en.numbers[j0:j1]))
        shared = sum(int((one & other).sum()) for one in zh for other in en)
        return min(max(zh.sum() + en.sum() - 2 * shared, 0), MOST_NUMBERS)

    def strain(self, i, j):
        """What the clauses beside a cut gain across it, each one's cosines computed by itself."""
        if not (0 < i < len(self.zh) and 0 < j < len(self.en)):
            return 0.0
        zh, en = (side.outer.astype(float) for side in (self.zh, self.en))

        def gain(clause, across, own):
            cosines = [clause @ v / max(np.linalg.norm(v), 1e-9) for v in (across, own)]
            return max(cosines[0] - cosines[1] - LEAST_GAIN, 0.0)

        z, e = self.vectors
        return (
            gain(zh[i - 1, 1], e[j], e[j - 1])
            + gain(zh[i, 0], e[j - 1], e[j])
            + gain(en[j - 1, 1], z[i], z[i - 1])
            + gain(en[j, 0], z[i - 1], z[i])
        )

    def label_doubt(self, i, j):
        """1 if a label is a sentence before the cut on one side, inside one behind it on the other.

        That is: before it a sentence ends in a colon on one side only, and behind it a sentence
        begins with a label on the other side only.
        """
        if not (0 < i < len(self.zh) and 0 < j < len(self.en)):
            return 0.0
        (zh_end, zh_label), (en_end, en_label) = self.zh.colons[:, i], self.en.colons[:, j]
        return float(
            (zh_end, zh_label, en_end, en_label)
            in [(True, False, False, True), (False, True, True, False)]
        )

    def score(self, i0, i1, j0, j1):
        key = (i0, i1, j0, j1)
        if key not in self.kept:
            s = self.settings
            alike = self.cosine(*key) - s.neighbour_weight * self.outside(*key)
            self.kept[key] = (
                alike * self.likeness_of_length(*key)
                - s.turn_cost * self.turn_doubt(*key)
                - s.quote_cost * self.quotes_apart(*key)
                - s.number_cost * self.numbers_apart(*key)
                - s.clause_cost * (self.strain(i0, j0) + self.strain(i1, j1))
                - s.label_cost * (self.label_doubt(i0, j0) + self.label_doubt(i1, j1))
            )
        return self.kept[key]
