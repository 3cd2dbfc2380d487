"""The user's own terms, kept in the workspace; light, for every look-up reads them.

`glossary.tsv` has a line a term. Nothing else can make it again, so its second line counts the
others and sums them up: what damaged it is told, and what can still be read is.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from align.terms.types import TermPair
from corpora.atomic import atomic_write
from corpora.errors import UserError

GLOSSARY: Final = "glossary.tsv"
"""In the workspace: the user's terms."""

DAMAGED: Final = "glossary-damaged.tsv"
"""In the workspace: what stood in a damaged glossary before it was written anew."""

CONFIRMED: Final = "desk"
"""Stands for a file: the terms that were confirmed at the desk."""

REJECTED: Final = "desk, rejected"
"""Stands for a file: pairs that are no terms, as was decided at the desk."""

COLUMNS: Final = ("file", "domain", "zh", "en", "note")
"""Of the user's terms; forms have ``|`` between."""

PATIENCE: Final = 60
"""Seconds that an import waits for another to end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the workspace's file of terms holds.

    Attributes:
        rows: the cells of each term, as `COLUMNS` names them.
        damage: what is wrong with the file, a sentence; empty if nothing.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    damage: str = ""


def workspace_terms(folder: Path) -> tuple[TermPair, ...]:
    """Give the terms that were imported into a workspace, each once; none if nothing was.

    A term that several imports have is one, with the notes of all. What was confirmed at the desk
    has the status ``confirmed``. A damaged file is told on stderr, and what can be read of it is
    given.
    """
    kept = read_kept(folder)
    if kept.damage:
        print(f"cdtm: {kept.damage}", file=sys.stderr)
    terms: dict[tuple[str, str], TermPair] = {}
    rows = [row for row in kept.rows if row[0] != REJECTED]
    for file, domain, zh, en, note in sorted(rows, key=lambda row: row[0] != CONFIRMED):
        former = terms.get((zh, en.casefold()))
        notes = dict.fromkeys(filter(None, (former.note if former else "", note)))
        terms[zh, en.casefold()] = TermPair(
            zh=tuple(zh.split("|")),
            en=former.en if former else tuple(en.split("|")),
            domain=(former.domain if former else "") or domain,
            note=" ".join(notes),
            status=former.status if former else "confirmed" if file == CONFIRMED else "imported",
        )
    return tuple(terms.values())


def keep_terms(folder: Path, name: str, terms: Sequence[TermPair]) -> int:
    """Keep the terms of a user's file, in place of those that a file of that name left before.

    Returns:
        how many terms it left before.

    Raises:
        UserError: another import does not end, or the file cannot be written.
    """
    rows = dict.fromkeys(_row(name, term) for term in terms)
    with _alone(folder):
        kept = read_kept(folder)
        others = [row for row in kept.rows if row[0] != _escaped(name)]
        _write(folder, [*others, *rows], kept)
    return len(kept.rows) - len(others)


def rejected_terms(folder: Path) -> tuple[TermPair, ...]:
    """Give the pairs that were rejected at the desk."""
    rows = (row for row in read_kept(folder).rows if row[0] == REJECTED)
    return tuple(TermPair(tuple(row[2].split("|")), tuple(row[3].split("|"))) for row in rows)


def decide_terms(
    folder: Path,
    instead: Iterable[TermPair],
    confirmed: Iterable[TermPair],
    rejected: Iterable[TermPair],
) -> None:
    """Change what was decided at the desk.

    Args:
        folder: of the workspace.
        instead: what was decided on these, if anything, is forgotten first.
        confirmed: these are terms.
        rejected: these are none.

    Raises:
        UserError: an import is at work and does not end, or the file cannot be written.
    """
    new = [_row(CONFIRMED, term) for term in confirmed] + [
        _row(REJECTED, term) for term in rejected
    ]
    gone = {row[2:4] for row in (*new, *(_row("", term) for term in instead))}
    with _alone(folder):
        kept = read_kept(folder)
        others = [
            row for row in kept.rows if row[0] not in (CONFIRMED, REJECTED) or row[2:4] not in gone
        ]
        _write(folder, [*others, *dict.fromkeys(new)], kept)


def forget_terms(folder: Path, name: str) -> int:
    """Remove the terms that a file brought.

    Returns:
        how many.

    Raises:
        UserError: no such file was imported; those that were are named.
    """
    with _alone(folder):
        kept = read_kept(folder)
        others = [row for row in kept.rows if row[0] != _escaped(name)]
        gone = len(kept.rows) - len(others)
        if not gone:
            names = ", ".join(dict.fromkeys(row[0] for row in kept.rows)) or "nothing"
            raise UserError(f"No {name} was imported into {folder}; there is: {names}.")
        _write(folder, others, kept)
    return gone


def read_kept(folder: Path) -> Kept:
    """Read the file of terms, as far as it can be read."""
    path = folder / GLOSSARY
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Kept()
    except OSError as error:
        return Kept(
            damage=f"{path} cannot be read ({error.strerror}): terms of yours are left out."
        )
    lines = data.decode("utf-8", errors="replace").split("\n")
    table = [tuple(line.split("\t")) for line in lines]
    rows = [row for row in table[1:] if _is_whole(row)]
    stray = [row for row in table[1:] if any(row) and not _is_whole(row) and row[0] != MARK]
    sums = [row for row in table[1:2] if row[0] == MARK]
    if table[0] == COLUMNS and not stray and (not sums or sums[0] == _sum(rows)) and not lines[-1]:
        return Kept(tuple(rows))
    wanted = f" of {sums[0][1]}" if sums and len(sums[0]) > 1 else ""
    return Kept(
        tuple(rows),
        f"{path} is damaged: {len(rows):,}{wanted} imported terms can be read; only your own files "
        "can bring the others back, import them again.",
    )


MARK: Final = "#terms"
"""Begins the line that counts the others."""


def _sum(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    text = "\n".join("\t".join(row) for row in rows)
    return MARK, str(len(rows)), f"{zlib.crc32(text.encode(errors='replace')):08x}"


def _is_whole(row: tuple[str, ...]) -> bool:
    whole = len(row) == len(COLUMNS) and row[0] and row[2] and row[3]
    return bool(whole) and not any("\ufffd" in cell or "\0" in cell for cell in row)


def _write(folder: Path, rows: Sequence[tuple[str, ...]], before: Kept) -> None:
    if before.damage and (folder / GLOSSARY).is_file():
        (folder / GLOSSARY).replace(folder / DAMAGED)
    with atomic_write(folder / GLOSSARY) as stream:
        for row in (COLUMNS, _sum(rows), *rows):
            stream.write(("\t".join(row) + "\n").encode())


def _row(name: str, term: TermPair) -> tuple[str, ...]:
    def clean(text: str) -> str:
        # What could not be decoded stands for no character: the file says by it that it is damaged.
        return " ".join(text.replace("|", "/").replace("\0", " ").replace("\ufffd", "?").split())

    zh, en = ("|".join(map(clean, forms)) for forms in (term.zh, term.en))
    return _escaped(name), clean(term.domain), zh, en, clean(term.note)


def _escaped(name: str) -> str:
    """Give a file's name as it stands in a cell: each name in a way of its own."""
    plain = name.encode("utf-8", errors="backslashreplace").decode()
    return plain.translate({ord(ch): f"\\x{ord(ch):02x}" for ch in "\t\r\n\0\ufffd"})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other imports waiting while the block runs; a killed one keeps nobody out."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / ".glossary.lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise UserError(f"Another import is at work in {folder}: wait for it, or end it.") from None
