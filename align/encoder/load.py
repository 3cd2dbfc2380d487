"""Sentence vectors of both languages in one space: what an encoder is, and which one is loaded.

The shipped encoder (`align.encoder.static`) is static and additive. Any sentence-transformers model
can take its place (`align.encoder.foreign`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from align.encoder.static import StaticEncoder
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """What gives sentence vectors.

    Attributes:
        name: as the user asked for it.
        signature: changes whenever the vectors do.
        additive: whether the vector of two sentences together is the sum of their vectors.
    """

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def signature(self) -> str:
        """The signature."""
        ...

    @property
    def additive(self) -> bool:
        """Whether sums of vectors are vectors of joined texts."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row a text, shape (texts, dimensions).

        An additive encoder gives raw sums, whose length matters; any other gives unit vectors.
        A text without any known token is a row of zeros, never NaN.
        """
        ...


def load_encoder(name: str | Path | None = None) -> Encoder:
    """Load the shipped encoder, or the one that `name` calls.

    Args:
        name: None for the shipped one; a folder that `python -m training` wrote; or a
            sentence-transformers model by name or folder.

    Raises:
        UserError: if it cannot be loaded.
    """
    if name is None:
        return StaticEncoder()
    folder = Path(name)
    if (folder / "rows.npy").is_file():
        return StaticEncoder(folder)
    looks_like_a_path = folder.is_absolute() or str(name).startswith((".", "~"))
    if looks_like_a_path and not folder.is_dir():
        raise UserError(f"There is no folder {name}: give a model's folder or name.")
    from align.encoder.foreign import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(name))
