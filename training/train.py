"""Contrastive training of the static, additive encoder.

A sentence is the sum of its tokens' vectors; translations in a batch are pulled together and all
other pairs of the batch pushed apart, in both directions (the multiple-negatives ranking loss of
Henderson and others 2017, arXiv 1705.00652, symmetric as in LaBSE). Only the rows of a batch's own
tokens are touched, by Adam with a falling rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from align.encoder.tokens import tokenize_all
from corpora import UserError
from training.average import average
from training.numerals import digits, numeral_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from training.corpus import Pairs


@dataclass(frozen=True)
class Recipe:
    """How the encoder is trained; `training/README.md` says what each choice gained.

    Attributes:
        dimensions: of a vector.
        epochs: passes over the corpus.
        batch: pairs in a batch; all others of a batch are negatives.
        rate: Adam's learning rate at the start; it falls to 0 in a straight line.
        scale: what cosines are multiplied by before the softmax (1 / temperature).
        dropouts: share of the tokens that each training leaves out; the trainings are averaged.
        longest: tokens of a text that are looked at.
        rare: p of the starting weight a / (a + p), the smooth inverse frequency of Arora and
            others (2017): frequent tokens start small.
        number: length at which the vectors of numbers start: that of rows which training has
            reached (3.6 to 5.2), so that a number counts although it was seldom or never seen.
        seed: of everything random.
    """

    dimensions: int = 256
    epochs: float = 3.0
    batch: int = 2048
    rate: float = 0.02
    scale: float = 25.0
    dropouts: tuple[float, ...] = (0.1, 0.2)
    longest: int = 80
    rare: float = 1e-3
    number: float = 5.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as token numbers: text i is `tokens[starts[i]:starts[i + 1]]`."""

    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64], longest: int) -> Bags:
        """Give the texts with these numbers, each cut after `longest` tokens."""
        starts = self.starts[rows]
        lengths = np.minimum(self.starts[rows + 1] - starts, longest)
        ends = np.cumsum(lengths)
        place = np.repeat(starts - (ends - lengths), lengths) + np.arange(lengths.sum())
        return Bags(self.tokens[place], np.concatenate([[0], ends]))


def tokenize(texts: Sequence[str], tokenizer: Tokenizer, at_once: int = 20_000) -> Bags:
    """Cut texts into token numbers."""
    tokens: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for start in range(0, len(texts), at_once):
        bags = tokenize_all(tokenizer, texts[start : start + at_once])
        tokens.append(np.fromiter(chain.from_iterable(bags), dtype=np.int32))
        lengths += map(len, bags)
    return Bags(np.concatenate(tokens), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


class RowAdam:
    """Adam that touches only the rows it is given, with the bias correction of all steps.

    Kingma and Ba (2015, arXiv 1412.6980), the lazy variant: a row's moments rest while it does.
    """

    def __init__(self, table: torch.Tensor) -> None:
        self.table = table
        self.mean = torch.zeros_like(table)
        self.square = torch.zeros_like(table)
        self.steps = 0

    def step(self, rows: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """Move `rows` of the table against `gradient`."""
        self.steps += 1
        mean = self.mean[rows].mul_(0.9).add_(gradient, alpha=0.1)
        square = self.square[rows].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        self.mean[rows], self.square[rows] = mean, square
        rate = rate * (1 - 0.999**self.steps) ** 0.5 / (1 - 0.9**self.steps)
        self.table[rows] -= rate * mean / (square.sqrt() + 1e-8)


def put_parts(bags: Bags, parts: dict[int, list[int]], pieces: int) -> Bags:
    """Put in the place of each made piece what it is made of; `pieces` is the vocabulary's size."""
    made = [parts.get(piece, [piece]) for piece in range(pieces)]
    starts = np.concatenate([[0], np.cumsum([len(each) for each in made])])
    table = Bags(np.fromiter(chain.from_iterable(made), dtype=np.int32), starts)
    sizes = np.concatenate([[0], np.cumsum(np.diff(starts)[bags.tokens])])
    return Bags(table.take(bags.tokens.astype(np.int64), pieces).tokens, sizes[bags.starts])


def starting_table(
    zh: Bags, en: Bags, pieces: int, numbers: Sequence[int], recipe: Recipe
) -> torch.Tensor:
    """Random directions, shorter for frequent tokens, long for `numbers`: (pieces, dimensions)."""
    torch.manual_seed(recipe.seed)
    counts = np.bincount(np.concatenate([zh.tokens, en.tokens]), minlength=pieces)
    weight = recipe.rare / (recipe.rare + counts / counts.sum())
    table: torch.Tensor = torch.randn(pieces, recipe.dimensions) / recipe.dimensions**0.5
    table *= torch.tensor(weight, dtype=torch.float32)[:, None]
    table[numbers] = recipe.number * normalize(table[numbers])
    return table


def batches(repeats: NDArray[np.int64], recipe: Recipe) -> Iterator[NDArray[np.int64]]:
    """Give the pair numbers of one batch after another, for ever, each epoch newly shuffled."""
    random = np.random.default_rng(recipe.seed)
    every = np.repeat(np.arange(len(repeats)), repeats)
    while True:
        order = random.permutation(every)
        for start in range(0, len(order) - recipe.batch + 1, recipe.batch):
            yield order[start : start + recipe.batch]


def train(
    corpus: Sequence[Pairs],
    tokenizer: Tokenizer,
    recipe: Recipe,
    report: Callable[[str], None] = print,
) -> NDArray[np.float32]:
    """Train the table of token vectors, float32 (pieces, dimensions).

    Raises:
        UserError: if the corpus does not fill one batch.
    """
    vocabulary = tokenizer.get_vocab()
    parts = numeral_parts(vocabulary)
    texts = ([t for p in corpus for t in p.zh], [t for p in corpus for t in p.en])
    zh, en = (put_parts(tokenize(side, tokenizer), parts, len(vocabulary)) for side in texts)
    repeats = np.repeat([p.source.repeat for p in corpus], [len(p) for p in corpus])
    if repeats.sum() < recipe.batch:
        raise UserError(
            f"One batch takes {recipe.batch:,} pairs and the corpus has {repeats.sum():,}: "
            "give more text or a smaller batch."
        )
    numbers = [vocabulary[number] for number in digits() if number in vocabulary]
    start = starting_table(zh, en, len(vocabulary), numbers, recipe)
    tables = []
    for dropout in recipe.dropouts:
        report(f"training with dropout {dropout:g}")
        tables.append(train_once(zh, en, repeats, start, dropout, recipe, report))
    table = average(tables)
    for piece, made_of in parts.items():
        table[piece] = table[made_of].sum(axis=0)
    return table


def train_once(
    zh: Bags,
    en: Bags,
    repeats: NDArray[np.int64],
    start: torch.Tensor,
    dropout: float,
    recipe: Recipe,
    report: Callable[[str], None],
) -> NDArray[np.float32]:
    """Train one table.

    Args:
        zh: Chinese texts.
        en: English texts, as many.
        repeats: how often each pair is seen in one epoch.
        start: the table to begin with, which is left as it is.
        dropout: share of the tokens left out.
        recipe: see `Recipe`.
        report: called with a line of progress now and then.
    """
    torch.use_deterministic_algorithms(True)
    random = np.random.default_rng(recipe.seed + 1)
    table = start.clone()
    adam = RowAdam(table)
    steps = int(recipe.epochs * repeats.sum() / recipe.batch)
    lost = 0.0
    for number, rows in zip(range(steps), batches(repeats, recipe), strict=False):
        bags = [thin(side.take(rows, recipe.longest), dropout, random) for side in (zh, en)]
        seen, gather, spread = incidence(bags)
        sums = (gather @ table[seen]).requires_grad_()
        loss = ranking_loss(sums[: recipe.batch], sums[recipe.batch :], recipe.scale)
        (slope,) = torch.autograd.grad(loss, sums)
        adam.step(seen, spread @ slope, recipe.rate * (1 - number / steps))
        lost += float(loss.detach())
        if number % 200 == 199 or number == steps - 1:
            report(f"step {number + 1} of {steps}, loss {lost / (number % 200 + 1):.4f}")
            lost = 0.0
    trained: NDArray[np.float32] = table.numpy()
    return trained


def thin(bags: Bags, dropout: float, random: np.random.Generator) -> Bags:
    """Leave out each token with probability `dropout`."""
    kept = random.random(len(bags.tokens)) >= dropout
    before = np.concatenate([[0], np.cumsum(kept)])
    return Bags(bags.tokens[kept], before[bags.starts])


def incidence(bags: Sequence[Bags]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Say which token is in which text.

    Returns:
        The distinct tokens (rows of the table); the sparse matrix (texts, distinct tokens) that
        sums their vectors to texts; and its transpose, which brings a gradient back to the tokens.
    """
    tokens = np.concatenate([b.tokens for b in bags])
    lengths = np.concatenate([np.diff(b.starts) for b in bags])
    pieces, place = np.unique(tokens, return_inverse=True)
    place = place.reshape(-1)
    text = np.repeat(np.arange(len(lengths)), lengths)
    by_piece = np.argsort(place, kind="stable")
    gather = _sparse(lengths, place, len(pieces))
    spread = _sparse(np.bincount(place, minlength=len(pieces)), text[by_piece], len(lengths))
    return torch.from_numpy(pieces.astype(np.int64)), gather, spread


def _sparse(lengths: NDArray[np.int64], columns: NDArray[np.int64], width: int) -> torch.Tensor:
    """A matrix of ones, in compressed rows of the given lengths."""
    starts = torch.from_numpy(np.concatenate([[0], np.cumsum(lengths)]))
    ones = torch.ones(len(columns))
    return torch.sparse_csr_tensor(
        starts, torch.from_numpy(columns), ones, (len(lengths), width), check_invariants=False
    )


def ranking_loss(zh: torch.Tensor, en: torch.Tensor, scale: float) -> torch.Tensor:
    """Symmetric cross-entropy of each pair's cosine against all others of the batch."""
    likeness = scale * normalize(zh, eps=1e-6) @ normalize(en, eps=1e-6).T
    own = torch.arange(len(likeness))
    loss: torch.Tensor = cross_entropy(likeness, own) + cross_entropy(likeness.T, own)
    return loss / 2
