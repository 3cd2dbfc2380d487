"""`cdtm encoder`: what the model is, and the model for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.text import Text

from align.encoder.export import export_encoder
from align.encoder.load import load_encoder
from align.encoder.static import StaticEncoder
from cdtm.show import console, new_table, print_facts, working
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cdtm.jobs.encoder import EncoderExportJob, InfoJob

FIRST = ("name", "version")
"""What a reader of a card looks for first; the rest follows as the card has it."""


def run_info(job: InfoJob) -> None:
    """Print the card of the shipped encoder, or of another one, on stdout.

    Raises:
        UserError: there is no such encoder, or it has no card.
    """
    encoder = load_encoder(job.encoder)
    card: Mapping[str, Any] | None = getattr(encoder, "card", None)
    if card is None:
        raise UserError(
            f"{encoder.name} has no card that cdtm can read: look where the model came from."
        )
    if job.as_json:
        print(json.dumps(card, indent=1, ensure_ascii=False))
        return
    ordered = {key: card[key] for key in FIRST if key in card} | dict(card)
    tables = {key: value for key, value in ordered.items() if is_table(value)}
    plain = {key: value for key, value in ordered.items() if key not in tables}
    print_facts(list(flatten(plain)), stderr=False)
    for heading, rows in tables.items():
        print_rows(heading, rows)


def is_table(value: object) -> bool:
    """Tell whether a value of the card is a list of rows."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def flatten(card: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Turn a card into headed lines: a line a figure, ``recipe epochs``."""
    for key, value in card.items():
        heading = f"{prefix} {key}".strip()
        if isinstance(value, dict):
            yield from flatten(value, heading)
        elif isinstance(value, list):
            yield heading, ", ".join(map(write_value, value))
        else:
            yield heading, write_value(value)


def write_value(value: object) -> str:
    """Write a figure or word as a person reads it."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def print_rows(heading: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a list of rows as a table, figures to the right."""
    table = new_table(title=heading)
    for column, value in rows[0].items():
        right = isinstance(value, int | float)
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(write_value(value)) for value in row.values()))
    console().print(table)


def run_export(job: EncoderExportJob) -> None:
    """Write the shipped model as a sentence-transformers folder.

    Raises:
        UserError: the folder holds other files, or cannot be written.
    """
    with working("Writing the model"):
        export_encoder(StaticEncoder(), job.folder)
    print_facts([("Written", f'{job.folder}, for SentenceTransformer("{job.folder}")')])
