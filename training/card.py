"""The model card: what the encoder was made from, how, and how well it does."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoder.directions import unit_rows
from training.pack import quantize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from training.corpus import Pairs
    from training.train import Recipe

NAME = "cdtm-static-zh-en"


def retrieval(
    vectors: NDArray[np.float32], held: Pairs, tokenizer: Tokenizer
) -> tuple[float, float]:
    """Share of held-out sentences whose own translation is the nearest: (zh to en, en to zh)."""

    def units(texts: list[str]) -> NDArray[np.float32]:
        bags = [e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
        sums = np.stack([vectors[bag].sum(axis=0) for bag in bags])
        return unit_rows(sums)

    likeness = units(held.zh) @ units(held.en).T
    own = np.arange(len(held))
    forth = float((likeness.argmax(axis=1) == own).mean())
    back = float((likeness.argmax(axis=0) == own).mean())
    return forth, back


def make_card(
    vectors: NDArray[np.float32],
    tokenizer: Tokenizer,
    corpus: Sequence[Pairs],
    held: Pairs,
    recipe: Recipe,
) -> dict[str, Any]:
    """Describe a trained table; figures are of the int8 rows that ship."""
    rows, scales = quantize(vectors)
    restored = rows.astype(np.float32) * scales[:, None]
    forth, back = retrieval(restored, held, tokenizer)
    return {
        "name": NAME,
        "version": hashlib.sha256(rows.tobytes() + scales.tobytes()).hexdigest()[:8],
        "languages": ["zh", "en"],
        "pieces": len(rows),
        "dimensions": recipe.dimensions,
        "recipe": {**asdict(recipe), "dropouts": list(recipe.dropouts)},
        "sources": [
            {
                "name": pairs.source.name,
                "kind": pairs.source.folder,
                "licence": pairs.source.licence,
                "pairs": len(pairs),
                "left out": pairs.dropped,
                "seen an epoch": pairs.source.repeat,
            }
            for pairs in corpus
        ],
        "figures": {
            "held-out UN pairs": len(held),
            "right translation first, zh to en": round(forth, 4),
            "right translation first, en to zh": round(back, 4),
        },
    }


def card_text(card: dict[str, Any]) -> str:
    """The card as Markdown for people."""
    figures = card["figures"]
    lines = [
        f"# {card['name']} {card['version']}",
        "",
        "A static, additive sentence encoder for Chinese and English: one vector a token, a",
        "sentence is the sum of its tokens' vectors. It finds translations; it does not",
        "translate. Made by `python -m training`, which also writes the numbers below.",
        "",
        f"- {card['pieces']:,} pieces of {card['dimensions']} dimensions, int8 with one scale each",
        f"- {figures['held-out UN pairs']:,} held-out pairs of UN text, right translation first: "
        f"{figures['right translation first, zh to en']:.4f} (zh to en), "
        f"{figures['right translation first, en to zh']:.4f} (en to zh)",
        "- recipe: " + ", ".join(f"{key} {value}" for key, value in card["recipe"].items()),
        "",
        "| source | kind | pairs | left out | seen an epoch | licence |",
        "|---|---|---:|---:|---:|---|",
    ]
    lines += [
        f"| {s['name']} | {s['kind']} | {s['pairs']:,} | {s['left out']:,} "
        f"| {s['seen an epoch']} | {s['licence']} |"
        for s in card["sources"]
    ]
    lines += [
        "",
        "Weak at: literary text, languages other than these two, negation and word order (a sum",
        "does not know them), words that none of the sources holds. Texts of the UN Parallel",
        "Corpus are official UN records; the UN is their source (Ziemski, Junczys-Dowmunt",
        "and Pouliquen, LREC 2016). CC-CEDICT and the geographical names are share-alike data.",
    ]
    return "\n".join(lines) + "\n"
