"""Any sentence-transformers model as an encoder (extra ``encoders``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, by name or folder; it gives unit vectors.

    Its vectors do not add up exactly; merged spans are approximated by sums of unit vectors
    weighted by the length of the sentences.
    """

    additive = False

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise UserError(
                f"The encoder {name!r} needs sentence-transformers: pip install 'cdtm[encoders]'."
            ) from error
        try:
            self._model = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            raise UserError(
                f"The encoder {name!r} is neither a folder of a sentence-transformers model nor "
                "a model that could be downloaded; check the path or the network."
            ) from error
        self.name = name
        self.signature = f"sentence-transformers:{name}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give unit vectors, shape (texts, dimensions)."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))
