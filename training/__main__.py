"""`python -m training`: make the shipped encoder from public parallel text, one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training.card import card_text, make_card
from training.corpus import read_corpus
from training.numerals import add_numerals
from training.pack import write_model
from training.train import Recipe, train
from training.vocabulary import WHOLE_NUMBERS, choose_pieces, new_tokenizer


def main(
    data: Annotated[Path, typer.Option(help="Folder with parallel/ and lexicon/.")] = Path(
        "../shared/training"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the model goes.")] = Path(
        "align/model"
    ),
    epochs: Annotated[float, typer.Option(help="Passes over the corpus.")] = Recipe.epochs,
    dropout: Annotated[float, typer.Option(help="Share of tokens left out.")] = Recipe.dropout,
    scale: Annotated[float, typer.Option(help="One over the temperature.")] = Recipe.scale,
    runs: Annotated[int, typer.Option(help="Trainings that are averaged.")] = Recipe.runs,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = Recipe.seed,
) -> None:
    """Make the encoder: read, choose pieces, train, quantise, describe."""
    corpus, held = read_corpus(data)
    print(f"{sum(len(p) for p in corpus):,} pairs of {len(corpus)} sources, {len(held):,} held out")
    pieces = choose_pieces(corpus)
    tokenizer = new_tokenizer(pieces)
    print(f"{tokenizer.get_vocab_size():,} pieces")
    recipe = Recipe(epochs=epochs, dropout=dropout, scale=scale, runs=runs, seed=seed)
    vectors = train(corpus, tokenizer, recipe, lambda line: print(line, flush=True))
    pieces, vectors = add_numerals(pieces, vectors)
    tokenizer = new_tokenizer(pieces, WHOLE_NUMBERS)
    card = make_card(vectors, tokenizer, corpus, held, recipe)
    write_model(output, vectors, tokenizer, card)
    (output / "MODEL_CARD.md").write_text(card_text(card), "utf-8")
    print(card["figures"])


if __name__ == "__main__":
    typer.run(main)
