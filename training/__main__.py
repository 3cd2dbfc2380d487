"""`python -m training`: make the shipped encoder from public parallel text, one command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.card import card_text, make_card
from training.corpus import read_corpus
from training.numerals import with_numerals
from training.pack import write_model
from training.train import Recipe, train
from training.vocabulary import WHOLE_NUMBERS, choose_pieces, new_tokenizer


def main(
    data: Annotated[Path, typer.Option(help="Folder with parallel/ and lexicon/.")] = Path(
        "../shared/training"
    ),
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the model goes.")] = Path(
        "align/encoder/model"
    ),
    epochs: Annotated[float, typer.Option(help="Passes over the corpus.")] = Recipe.epochs,
    dropouts: Annotated[
        list[float] | None,
        typer.Option("--dropout", help="Share of tokens left out; once for each training."),
    ] = None,
    scale: Annotated[float, typer.Option(help="One over the temperature.")] = Recipe.scale,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = Recipe.seed,
) -> None:
    """Make the encoder: read, choose pieces, train, quantise, describe."""
    corpus, held = read_corpus(data)
    print(f"{sum(len(p) for p in corpus):,} pairs of {len(corpus)} sources, {len(held):,} held out")
    tokenizer = new_tokenizer(with_numerals(choose_pieces(corpus)), WHOLE_NUMBERS)
    print(f"{tokenizer.get_vocab_size():,} pieces")
    recipe = Recipe(epochs=epochs, scale=scale, seed=seed)
    if dropouts:
        recipe = replace(recipe, dropouts=tuple(dropouts))
    vectors = train(corpus, tokenizer, recipe, lambda line: print(line, flush=True))
    card = make_card(vectors, tokenizer, corpus, held, recipe)
    write_model(output, vectors, tokenizer, card)
    (output / "MODEL_CARD.md").write_text(card_text(card), "utf-8")
    print(card["figures"])


if __name__ == "__main__":
    typer.run(main)
