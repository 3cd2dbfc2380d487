"""How likely one word is rendered by another, learnt from parallel text by IBM model 1.

`python -m training.translations` makes the table (Brown and others, "The Mathematics of Statistical
Machine Translation", Computational Linguistics 19 (1993) 263-311, their model 1 in both
directions) over the pieces of the shipped encoder. It knows what vectors confuse: 北 and 南 lie
close together, and yet neither is a translation of the other's.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Numbers = NDArray[np.int64]

TABLE: Final = Path(__file__).with_name("translations.npz")

STEPS: Final = 255
"""A probability p is stored as round(`STEPS` √p), one byte."""


class _Scratch(local):
    """Where each piece's column is noted while a bead is read; threads have one each."""

    def __init__(self, pieces: int) -> None:
        self.column = np.full(pieces, -1, dtype=np.int64)


class Translations:
    """The table.

    Args:
        starts: of each Chinese piece, where its row begins, shape (pieces + 1).
        english: numbers of English pieces, rising within a row.
        forward: p(English | Chinese) of each, as `STEPS` says.
        backward: p(Chinese | English).
        signature: of the encoder whose pieces these are.
    """

    def __init__(
        self,
        starts: NDArray[np.uint32],
        english: NDArray[np.uint32],
        forward: NDArray[np.uint8],
        backward: NDArray[np.uint8],
        signature: str,
    ) -> None:
        self.signature = signature
        self._starts = starts.astype(np.int64)
        self._english = english
        squares = (np.arange(STEPS + 1, dtype=np.float32) / STEPS) ** 2
        self._chances = np.stack([squares[forward], squares[backward]])
        self._scratch = _Scratch(len(starts))

    @classmethod
    def read(cls, path: Path = TABLE) -> Translations:
        """Read the table of a file."""
        with np.load(path) as found:
            return cls(
                found["starts"],
                found["english"],
                found["forward"],
                found["backward"],
                str(found["signature"]),
            )

    def between(self, zh: Numbers, en: Numbers) -> tuple[Floats, Floats]:
        """Give p(en | zh) and p(zh | en) of all pairs, shape (zh, en) each.

        Args:
            zh: numbers of pieces; 0, the unknown one, translates nothing.
            en: the same.
        """
        sizes = self._starts[zh + 1] - self._starts[zh]
        rows = np.repeat(np.arange(len(zh)), sizes)
        first = np.repeat(self._starts[zh] - (np.cumsum(sizes) - sizes), sizes)
        entries = np.arange(len(rows)) + first
        column = self._scratch.column
        column[en] = np.arange(len(en))  # of equal words the last one stands for all
        own = column[en]
        columns = column[self._english[entries]]
        column[en] = -1
        known = np.nonzero(columns >= 0)[0]
        out = np.zeros((2, len(zh), len(en)), dtype=np.float32)
        out[:, rows[known], columns[known]] = self._chances[:, entries[known]]
        return out[0][:, own], out[1][:, own]


@lru_cache(maxsize=1)
def translations(signature: str) -> Translations | None:
    """Give the shipped table if it is of the encoder of that signature; None if it is not."""
    table = Translations.read()
    return table if table.signature == signature else None
