"""Write an encoder to a folder: int8 rows with one scale each, the tokenizer, the card."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoder.checks import write_checks
from align.encoder.pieces import PIECES, SCORES, describes

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer


def quantize(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row to int8 at its own scale: (rows, scales), vectors = rows * scales[:, None].

    A row of zeros has scale 0.
    """
    largest = np.abs(vectors).max(axis=1)
    scales = (largest / 127).astype(np.float32)
    rows = np.rint(vectors / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8)
    return rows, scales


def write_model(
    folder: Path, vectors: NDArray[np.float32], tokenizer: Tokenizer, card: dict[str, Any]
) -> None:
    """Write the files that `StaticEncoder` reads; the same input, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, scales = quantize(vectors)
    np.save(folder / "rows.npy", rows)
    np.save(folder / "scales.npy", scales)
    packed = gzip.compress(tokenizer.to_str().encode(), compresslevel=9, mtime=0)
    (folder / "tokenizer.json.gz").write_bytes(packed)
    write_pieces(folder, tokenizer)
    text = json.dumps(card, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "card.json").write_text(text + "\n", "utf-8")
    write_checks(folder)


def write_pieces(folder: Path, tokenizer: Tokenizer) -> None:
    """Write the pieces and their scores once more for `encoder.pieces`, if it can use them."""
    settings = json.loads(tokenizer.to_str())
    if not describes(settings):
        return
    vocabulary = settings["model"]["vocab"]
    pieces = "".join(f"{piece}\n" for piece, _ in vocabulary)
    (folder / PIECES).write_text(pieces, "utf-8", newline="\n")
    np.save(folder / SCORES, np.array([score for _, score in vocabulary]))
