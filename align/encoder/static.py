"""The additive encoder: one vector a token, a sentence is the sum of its tokens' vectors.

Two sentences together are then the sum of both. It needs `tokenizers` and numpy alone.
"""

from __future__ import annotations

import gzip
import io
import json
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoder.checks import ROW_CHECKS, check_rows, damaged, read_checked, read_checksums
from align.encoder.pieces import PIECES, SCORES, Pieces
from align.encoder.tokens import tokenize_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MODEL = Path(__file__).parent / "model"
"""The shipped encoder: `tokenizer.json.gz`, `rows.npy`, `scales.npy`, `card.json`."""

UNKNOWN = "[UNK]"
"""The piece that stands for characters outside the vocabulary. It has no meaning to compare, so its
vector is taken for zero, whatever training left there."""

_TOKENS_AT_ONCE = 200_000
"""Tokens summed in one go: 200 MB of float32 at 256 dimensions."""

FEW = 4
"""Texts for which the library's tokenizer is not worth being made."""


class StaticEncoder:
    """The additive encoder: int8 rows with one scale each, summed.

    Args:
        folder: holds `tokenizer.json.gz`, `rows.npy` (int8, pieces x dimensions), `scales.npy`
            (float32, pieces), `card.json` and what checks them.

    Raises:
        UserError: a file is missing or damaged, here or when it is first needed.
    """

    additive = True

    def __init__(self, folder: Path = MODEL) -> None:
        self.folder = folder
        self._checksums = read_checksums(folder)
        try:
            self.card: dict[str, Any] = json.loads(self._read("card.json"))
            self.name = str(self.card["name"])
            self.signature = f"{self.name}-{self.card['version']}"
        except (ValueError, KeyError, TypeError):
            raise damaged(folder, "card.json is not what was written") from None
        self._words: dict[str, list[int]] = {}

    @cached_property
    def tokenizer(self) -> Any:
        """The `tokenizers.Tokenizer` of the model."""
        from tokenizers import Tokenizer

        data = self._read("tokenizer.json.gz")
        try:
            return Tokenizer.from_str(gzip.decompress(data).decode())
        except Exception:  # the library raises nothing more special
            raise damaged(self.folder, "tokenizer.json.gz is not what was written") from None

    @cached_property
    def _rows(self) -> NDArray[np.int8]:
        try:
            rows: NDArray[np.int8] = np.load(self.folder / "rows.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError) as problem:
            raise damaged(self.folder, f"rows.npy: {problem}") from None
        return rows

    @cached_property
    def _row_checks(self) -> NDArray[np.int32] | None:
        """The sums of the rows; None of a model that was made before there were any."""
        return self._array(ROW_CHECKS) if ROW_CHECKS in self._checksums else None

    def _read(self, name: str) -> bytes:
        return read_checked(self.folder, name, self._checksums)

    def _array(self, name: str) -> NDArray[Any]:
        data = self._read(name)
        try:
            array: NDArray[Any] = np.load(io.BytesIO(data), allow_pickle=False)
        except (ValueError, EOFError):
            raise damaged(self.folder, f"{name} is not what was written") from None
        return array

    @cached_property
    def _pieces(self) -> Pieces | None:
        """The pieces for a few texts; None of a model that has none of its own."""
        if PIECES not in self._checksums and not (self.folder / PIECES).is_file():
            return None
        try:
            names = self._read(PIECES).decode().split("\n")[:-1]
        except UnicodeDecodeError:
            raise damaged(self.folder, f"{PIECES} is not what was written") from None
        return Pieces(names, self._array(SCORES).tolist())

    @cached_property
    def _scales(self) -> NDArray[np.float32]:
        scales: NDArray[np.float32] = self._array("scales.npy")
        unknown = self.number_of(UNKNOWN)
        if unknown is not None:
            scales[unknown] = 0.0
        return scales

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the piece numbers of each text."""
        if len(texts) <= FEW:
            return [[number for number, _, _ in pieces] for pieces in self.cut(texts)]
        return tokenize_all(self.tokenizer, texts, self._words)

    def cut(self, texts: Sequence[str]) -> list[list[tuple[int, int, int]]]:
        """Give the pieces of texts: number, start and end of the characters, half-open.

        The library's tokenizer shares the work among the processors. It is not made for this, but
        used if it is there: see `align.encoder.pieces`.
        """
        light = None if "tokenizer" in vars(self) else self._pieces
        found = [None if light is None else light.cut(text) for text in texts]
        rest = [text for text, pieces in zip(texts, found, strict=True) if pieces is None]
        told = self.tokenizer.encode_batch(rest, add_special_tokens=False) if rest else []
        by_library = (
            [(n, start, end) for n, (start, end) in zip(each.ids, each.offsets, strict=True)]
            for each in told
        )
        return [next(by_library) if pieces is None else pieces for pieces in found]

    def number_of(self, piece: str) -> int | None:
        """Give a piece's number; None if there is no such piece."""
        if "tokenizer" not in vars(self) and self._pieces is not None:
            return self._pieces.number(piece)
        found: int | None = self.tokenizer.token_to_id(piece)
        return found

    def vocabulary(self) -> Iterable[str]:
        """Give the pieces that there are."""
        return self.tokenizer.get_vocab() if self._pieces is None else self._pieces.numbers

    def vectors(self, pieces: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Give the float32 vectors of `pieces`, or of all of them, shape (pieces, dimensions)."""
        chosen = slice(None) if pieces is None else pieces
        rows, scales = self._rows[chosen], self._scales[chosen]
        if self._row_checks is not None:
            check_rows(rows, self._row_checks[chosen], self.folder)
        return rows.astype(np.float32) * scales[:, None]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give the sum of the token vectors of each text, shape (texts, dimensions)."""
        bags = self.tokenize(texts)
        out = np.zeros((len(bags), self._rows.shape[1]), dtype=np.float32)
        start = 0
        while start < len(bags):
            stop, tokens = start, 0
            while stop < len(bags) and (
                stop == start or tokens + len(bags[stop]) <= _TOKENS_AT_ONCE
            ):
                tokens += len(bags[stop])
                stop += 1
            _sum_bags(bags[start:stop], self, out[start:stop])
            start = stop
        return out


def _sum_bags(bags: Sequence[list[int]], encoder: StaticEncoder, out: NDArray[np.float32]) -> None:
    """Write the sum of each bag's vectors into the rows of `out`; empty bags stay zero."""
    full = [i for i, bag in enumerate(bags) if bag]
    if not full:
        return
    flat = np.fromiter(chain.from_iterable(bags), dtype=np.int64)
    # Marked, not sorted: numbers of pieces are small.
    there = np.zeros(flat.max() + 1, dtype=np.bool_)
    there[flat] = True
    table = encoder.vectors(np.flatnonzero(there))
    place = (np.cumsum(there) - 1)[flat]
    start = 0
    for i in full:  # four times as fast as one np.add.reduceat over a gathered table
        stop = start + len(bags[i])
        np.add.reduce(table.take(place[start:stop], axis=0), axis=0, out=out[i])
        start = stop
