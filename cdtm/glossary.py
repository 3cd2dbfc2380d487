"""The user's own terms, kept in the workspace; light, for every look-up reads them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from align.terms.types import TermPair
from corpora.atomic import atomic_write
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

GLOSSARY: Final = "glossary.tsv"
"""In the workspace: the user's terms."""

COLUMNS: Final = ("file", "domain", "zh", "en", "note")
"""Of the user's terms; forms have ``|`` between."""


def workspace_terms(folder: Path) -> tuple[TermPair, ...]:
    """Give the terms that were imported into a workspace; none if nothing was.

    Raises:
        UserError: the file is none of ours.
    """
    return tuple(
        TermPair(
            zh=tuple(zh.split("|")),
            en=tuple(en.split("|")),
            domain=domain,
            note=note,
            status="imported",
        )
        for _, domain, zh, en, note in _rows(folder)
    )


def keep_terms(folder: Path, name: str, terms: Sequence[TermPair]) -> None:
    """Keep the terms of a user's file, in place of those that a file of that name left before.

    Raises:
        UserError: the workspace's file is none of ours, or cannot be written.
    """
    others = [row for row in _rows(folder) if row[0] != name]
    with atomic_write(folder / GLOSSARY) as stream:
        for row in (COLUMNS, *others, *(_row(name, term) for term in terms)):
            stream.write(("\t".join(row) + "\n").encode())


def _row(name: str, term: TermPair) -> tuple[str, ...]:
    def clean(text: str) -> str:
        return " ".join(text.replace("|", "/").split())

    zh, en = ("|".join(map(clean, forms)) for forms in (term.zh, term.en))
    return clean(name), clean(term.domain), zh, en, clean(term.note)


def _rows(folder: Path) -> Iterator[tuple[str, ...]]:
    path = folder / GLOSSARY
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(lines, ())) != COLUMNS:
            raise UserError(f"{path} is not a glossary of cdtm: delete it and import again.")
        for line in lines:
            if len(line) == len(COLUMNS):
                yield tuple(line)
