"""`cdtm encoder`: what the model is, and the model for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cdtm.show import print_facts, working
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def run_info(name: str | None, *, as_json: bool = False) -> None:
    """Print the card of the shipped encoder, or of the one that `name` calls, on stdout.

    Raises:
        UserError: there is no such encoder, or it has no card.
    """
    from align import load_encoder

    encoder = load_encoder(name)
    card: Mapping[str, Any] | None = getattr(encoder, "card", None)
    if card is None:
        raise UserError(
            f"{encoder.name} has no card that cdtm can read: look where the model came from."
        )
    if as_json:
        print(json.dumps(card, indent=1, ensure_ascii=False))
    else:
        print_facts(list(flatten(card)), stderr=False)


def flatten(card: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Turn a card into headed lines: a line a figure, ``figures mac-dev strict F1``."""
    for key, value in card.items():
        heading = f"{prefix} {key}".strip()
        if isinstance(value, dict):
            yield from flatten(value, heading)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                text = item
                if isinstance(item, dict):
                    text = ", ".join(f"{name}: {part}" for name, part in item.items())
                yield heading if place == 0 else "", str(text)
        else:
            yield heading, f"{value:,}" if isinstance(value, int) else str(value)


def run_export(folder: Path) -> None:
    """Write the shipped model as a sentence-transformers folder.

    Raises:
        UserError: the folder holds other files, or cannot be written.
    """
    from align.encoder import StaticEncoder
    from align.export import export_encoder

    with working("Writing the model"):
        export_encoder(StaticEncoder(), folder)
    print_facts([("Written", f'{folder}, for SentenceTransformer("{folder}")')])
