"""The shipped encoder as a folder that `SentenceTransformer(FOLDER)` loads."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora import UserError

if TYPE_CHECKING:
    from align.encoder.static import StaticEncoder

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
]
_CONFIG: dict[str, Any] = {
    "__version__": {"sentence_transformers": "3.2.0"},
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def export_encoder(encoder: StaticEncoder, folder: Path) -> list[Path]:
    """Write the encoder with float32 vectors as a sentence-transformers folder.

    `StaticEmbedding` averages the token vectors where ours are summed, which is the same direction:
    unit vectors are equal.

    Args:
        encoder: what to write.
        folder: new or empty; it appears whole or not at all.

    Returns:
        The files written.

    Raises:
        UserError: if `folder` is not empty or cannot be written.
    """
    from safetensors.numpy import save

    contents: dict[str, bytes] = {
        "modules.json": _json(_MODULES),
        "config_sentence_transformers.json": _json(_CONFIG),
        "tokenizer.json": encoder.tokenizer.to_str().encode(),
        "model.safetensors": save({"embedding.weight": encoder.vectors()}),
        "README.md": card_of(encoder),
    }
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise UserError(f"{folder} is not empty: give a new or an empty folder.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            for name, content in contents.items():
                (Path(made) / name).write_bytes(content)
            Path(made).chmod(0o755)
            Path(made).replace(folder)
            Path(made).mkdir()
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written ({error.strerror}): give a folder that can be made."
        ) from error
    return [folder / name for name in contents]


def card_of(encoder: StaticEncoder) -> bytes:
    """The model card, or the card's figures if the folder has no text."""
    card = encoder.folder / "MODEL_CARD.md"
    return card.read_bytes() if card.is_file() else _json(encoder.card)


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
