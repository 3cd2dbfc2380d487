"""The training loop: its sums and steps against dense ones, and a toy corpus that is learnt."""

from __future__ import annotations

import re

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed: training needs cdtm[encoders]")

import torch

from corpora import UserError
from training import train as module
from training.card import retrieval
from training.corpus import Pairs, Source
from training.numerals import digits, numeral_parts, with_numerals
from training.train import (
    Bags,
    Recipe,
    RowAdam,
    batches,
    incidence,
    put_parts,
    ranking_loss,
    starting_table,
    thin,
    tokenize,
    train,
)
from training.vocabulary import WHOLE_NUMBERS, choose_pieces, new_tokenizer

pytestmark = pytest.mark.filterwarnings("ignore:Sparse CSR tensor support is in beta")

TOY = Recipe(dimensions=16, batch=32, epochs=12, rate=0.05, scale=10.0, rare=1e-1)


@pytest.fixture(autouse=True)
def torch_as_it_was():
    """Training sets torch's seed and determinism for the whole process."""
    state, strict = torch.get_rng_state(), torch.are_deterministic_algorithms_enabled()
    yield
    torch.set_rng_state(state)
    torch.use_deterministic_algorithms(strict)


def bags_of(texts):
    starts = np.cumsum([0, *map(len, texts)])
    return Bags(np.array([t for text in texts for t in text], dtype=np.int32), starts)


def texts_of(bags):
    return [
        bags.tokens[start:stop].tolist()
        for start, stop in zip(bags.starts[:-1], bags.starts[1:], strict=True)
    ]


def random_bags(seed, count=30, pieces=12):
    random = np.random.default_rng(seed)
    return [random.integers(pieces, size=random.integers(0, 7)).tolist() for _ in range(count)]


def test_a_toy_corpus_is_learnt(corpus, tokenizer, pairs_of):
    told = []
    vectors = train(corpus, tokenizer, TOY, told.append)
    assert vectors.dtype == np.float32
    assert vectors.shape == (tokenizer.get_vocab_size(), 16)
    unseen = pairs_of(100, seed=77)
    assert not set(unseen.zh) & set(corpus[0].zh)
    assert min(retrieval(vectors, unseen, tokenizer)) > 0.9
    # Without training nothing is found.
    zh, en = (tokenize(side, tokenizer) for side in (corpus[0].zh, corpus[0].en))
    untrained = starting_table(zh, en, len(vectors), [], TOY).numpy()
    assert max(retrieval(untrained, unseen, tokenizer)) < 0.2
    assert told[::2] == ["training with dropout 0.1", "training with dropout 0.2"]
    for line in told[1::2]:
        assert re.fullmatch(r"step 75 of 75, loss \d\.\d{4}", line)


def test_trainings_of_each_dropout_are_averaged(corpus, tokenizer, monkeypatch):
    seen = []

    def first_of(tables):
        seen.append([table.copy() for table in tables])
        return tables[0]

    monkeypatch.setattr(module, "average", first_of)
    for dropouts in ((0.1, 0.3), (0.1,), (0.3,)):
        recipe = Recipe(dimensions=16, batch=32, epochs=1, dropouts=dropouts)
        train(corpus, tokenizer, recipe, lambda _line: None)
    (one, other), (alone,), (alone_other,) = seen
    assert one.tobytes() == alone.tobytes()
    assert other.tobytes() == alone_other.tobytes()
    assert one.tobytes() != other.tobytes()


def test_two_runs_are_equal_to_the_byte_and_another_seed_is_not(corpus, tokenizer):
    short = Recipe(dimensions=16, batch=32, epochs=1)
    first = train(corpus, tokenizer, short, lambda _line: None)
    torch.rand(3)
    again = train(corpus, tokenizer, short, lambda _line: None)
    assert first.tobytes() == again.tobytes()
    other = Recipe(dimensions=16, batch=32, epochs=1, seed=2)
    assert train(corpus, tokenizer, other, lambda _line: None).tobytes() != first.tobytes()


def test_only_pieces_of_the_corpus_move(corpus, tokenizer):
    zh, en = (tokenize(side, tokenizer) for side in (corpus[0].zh, corpus[0].en))
    seen = np.union1d(zh.tokens, en.tokens)
    recipe = Recipe(dimensions=16, batch=32, epochs=1, dropouts=(0.1,))
    vocabulary = tokenizer.get_vocab()
    numbers = [vocabulary[number] for number in digits() if number in vocabulary]
    before = starting_table(zh, en, len(vocabulary), numbers, recipe).numpy().copy()
    after = train(corpus, tokenizer, recipe, lambda _line: None)
    moved = (before != after).any(axis=1)
    moved[list(numeral_parts(vocabulary))] = False  # spelt numbers are made of others
    # An epoch leaves out what fills no batch.
    assert set(np.flatnonzero(moved)) <= set(seen)
    assert moved.sum() > 0.9 * len(seen)


def test_numbers_are_long_from_the_start_and_spelt_ones_are_made_of_them(pairs_of, corpus):
    pieces = with_numerals(choose_pieces(corpus))
    tokenizer = new_tokenizer(pieces, WHOLE_NUMBERS)
    rows = tokenizer.get_vocab()
    recipe = Recipe(dimensions=16, batch=32, epochs=1)
    vectors = train(corpus, tokenizer, recipe, lambda _line: None)
    assert np.linalg.norm(vectors[rows["7366"]]) == pytest.approx(recipe.number, rel=1e-3)
    assert (vectors[rows["六十九"]] == vectors[rows["69"]]).all()
    assert (vectors[rows["一九九五"]] == vectors[rows["1995"]]).all()


@pytest.mark.parametrize("texts", [[], [[]], [[0, 3, 3], [], [2]], [[1, 1], [3]]])
def test_made_pieces_give_way_to_their_parts(texts):
    parts = {1: [0, 2], 3: [4]}
    expected = [[part for piece in bag for part in parts.get(piece, [piece])] for bag in texts]
    assert texts_of(put_parts(bags_of(texts), parts, 5)) == expected


def test_a_corpus_that_fills_no_batch_is_refused(pairs_of, tokenizer):
    with pytest.raises(UserError, match=r"One batch takes 2,048 pairs and the corpus has 10: "):
        train([pairs_of(10)], tokenizer, Recipe(dimensions=4))
    # Pairs that are seen twice count twice.
    often = pairs_of(10, source=Source("toy", "parallel", "none", repeat=2))
    train([often], tokenizer, Recipe(dimensions=4, batch=20, epochs=1), lambda _line: None)


def test_texts_are_cut_into_the_tokenizers_numbers(tokenizer):
    texts = ["裁军会议", "", "treaty report", "裁军"]
    for at_once in (1, 3, 100):
        bags = tokenize(texts, tokenizer, at_once)
        expected = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        assert texts_of(bags) == expected


def test_take_gives_the_texts_asked_for_cut_short():
    texts = [[1, 2, 3], [], [4], [5, 6, 7, 8]]
    bags = bags_of(texts)
    rows = np.array([3, 1, 0, 3])
    assert texts_of(bags.take(rows, 99)) == [texts[i] for i in rows]
    assert texts_of(bags.take(rows, 2)) == [[5, 6], [], [1, 2], [5, 6]]
    assert texts_of(bags.take(np.array([1]), 2)) == [[]]


def test_thin_leaves_out_the_share_it_should():
    texts = random_bags(0, count=3000)
    bags = bags_of(texts)
    assert texts_of(thin(bags, 0.0, np.random.default_rng(0))) == texts
    thinned = texts_of(thin(bags, 0.3, np.random.default_rng(0)))
    # The same draws, one text at a time.
    draws = iter(np.random.default_rng(0).random(len(bags.tokens)))
    assert thinned == [[token for token in text if next(draws) >= 0.3] for text in texts]
    assert sum(map(len, thinned)) / len(bags.tokens) == pytest.approx(0.7, abs=0.02)
    assert texts_of(thin(bags, 1.0, np.random.default_rng(0))) == [[]] * 3000


def test_incidence_sums_tokens_to_texts_and_brings_gradients_back():
    zh, en = random_bags(1), random_bags(2)
    pieces, gather, spread = incidence([bags_of(zh), bags_of(en)])
    assert pieces.tolist() == sorted({token for text in zh + en for token in text})
    dense = np.zeros((60, 12), dtype=np.float32)
    for row, text in enumerate(zh + en):
        for token in text:
            dense[row, token] += 1
    assert (gather.to_dense().numpy() == dense[:, pieces.numpy()]).all()
    assert (spread.to_dense().numpy() == gather.to_dense().numpy().T).all()
    assert dense.max() > 1
    table = torch.randn(12, 5)
    torch.testing.assert_close(gather @ table[pieces], torch.from_numpy(dense) @ table)


def test_the_gradient_of_a_batch_is_that_of_autograd():
    zh, en = bags_of(random_bags(3, 8)), bags_of(random_bags(4, 8))
    table = torch.randn(12, 5, requires_grad=True)
    pieces, gather, spread = incidence([zh, en])
    sums = (gather @ table.detach()[pieces]).requires_grad_()
    (slope,) = torch.autograd.grad(ranking_loss(sums[:8], sums[8:], 7.0), sums)
    rows = [
        torch.stack([table[torch.tensor(text, dtype=torch.long)].sum(0) for text in texts_of(side)])
        for side in (zh, en)
    ]
    ranking_loss(rows[0], rows[1], 7.0).backward()
    torch.testing.assert_close(spread @ slope, table.grad[pieces])
    assert table.grad.abs().max() > 0


def test_the_loss_is_the_mean_surprise_of_both_directions():
    random = np.random.default_rng(0)
    zh, en = random.normal(size=(2, 6, 4))
    cosines = np.array([[z @ e / np.linalg.norm(z) / np.linalg.norm(e) for e in en] for z in zh])
    odds = np.exp(9 * cosines)
    forth = -np.log(np.diag(odds) / odds.sum(axis=1)).mean()
    back = -np.log(np.diag(odds) / odds.sum(axis=0)).mean()
    loss = ranking_loss(torch.from_numpy(zh), torch.from_numpy(en), 9.0)
    assert float(loss) == pytest.approx((forth + back) / 2)
    # A text that lost all its tokens does no harm.
    with_empty = torch.from_numpy(zh.copy())
    with_empty[0] = 0
    with_empty.requires_grad_()
    (slope,) = torch.autograd.grad(ranking_loss(with_empty, torch.from_numpy(en), 9.0), with_empty)
    assert torch.isfinite(slope).all()


def test_row_adam_is_adam_where_every_row_is_touched():
    start = torch.randn(6, 3)
    ours, theirs = RowAdam(start.clone()), torch.nn.Parameter(start.clone())
    adam = torch.optim.Adam([theirs], lr=0.02)
    for _ in range(20):
        gradient = torch.randn(6, 3)
        ours.step(torch.arange(6), gradient, 0.02)
        theirs.grad = gradient
        adam.step()
    torch.testing.assert_close(ours.table, theirs.data, atol=1e-5, rtol=1e-4)


def test_row_adam_is_the_lazy_adam_of_torch_where_rows_rest():
    start = torch.randn(9, 3)
    ours, theirs = RowAdam(start.clone()), torch.nn.Parameter(start.clone())
    adam = torch.optim.SparseAdam([theirs], lr=0.02)
    for _ in range(20):
        rows = torch.randperm(8)[:3]
        gradient = torch.randn(3, 3)
        ours.step(rows, gradient, 0.02)
        theirs.grad = torch.sparse_coo_tensor(rows[None], gradient, (9, 3), check_invariants=True)
        adam.step()
    torch.testing.assert_close(ours.table, theirs.data, atol=1e-5, rtol=1e-4)
    assert (ours.table[8] == start[8]).all()


def test_frequent_tokens_start_small():
    zh = bags_of([[0] * 900 + [1] * 90, [2] * 10])
    recipe = Recipe(dimensions=256, rare=1e-2)
    table = starting_table(zh, bags_of([[]]), 4, [], recipe)
    lengths = table.norm(dim=1)
    weight = [0.01 / (0.01 + p) for p in (0.9, 0.09, 0.01, 0)]
    assert lengths.tolist() == pytest.approx(weight, rel=0.2)


def test_batches_are_full_and_each_epoch_newly_shuffled():
    repeats = np.array([1, 1, 3, 1, 1, 1])
    stream = batches(repeats, Recipe(batch=4))
    drawn = [next(stream) for _ in range(200)]
    assert all(len(batch) == 4 for batch in drawn)
    # Two batches an epoch: nothing comes more often in them than it should.
    for one, two in zip(drawn[::2], drawn[1::2], strict=True):
        assert (np.bincount(np.concatenate([one, two]), minlength=6) <= repeats).all()
    assert len({tuple(batch) for batch in drawn}) > 150
    assert np.bincount(np.concatenate(drawn)) / 100 == pytest.approx(repeats, abs=0.1)


def test_repeated_sources_are_seen_more_often(tokenizer):
    twice = Pairs(Source("a", "parallel", "none", 2), ["裁军"] * 32, ["disarmament"] * 32, 0)
    told = []
    train([twice], tokenizer, Recipe(dimensions=4, batch=32, epochs=3), told.append)
    assert told[-1].startswith("step 6 of 6")
