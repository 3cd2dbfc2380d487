"""What a catalogue says: the records of a folder, and every other file with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpora.catalogue.examine import File

Reason = Literal[
    "unreadable",
    "duplicate",
    "other-language",
    "unknown-language",
    "version",
    "no-partner",
    "no-symbol",
    "doubtful",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A record in both languages.

    Attributes:
        key: names the record for good: its symbol as a slug, ``CD-PV-1579``, else made from the
            names of its files; unique in a catalogue, also where case is not told apart.
        symbol: as the Chinese file writes it, else the English one; None if none does.
        zh: the Chinese file.
        en: the English file.
        joined_by: ``symbol`` or ``content``.
        confidence: that the two files are one record, 0 to 1; 1 where both name the symbol.
        notes: sentences for the user.
    """

    key: str
    symbol: str | None
    zh: File
    en: File
    joined_by: Literal["symbol", "content"] = "symbol"
    confidence: float = 1.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is in no pair.

    Attributes:
        path: of the file.
        reason: a short fixed word, told at the head of `join`.
        sentence: what is the matter, for the user.
    """

    path: str
    reason: Reason
    sentence: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The records of a folder.

    Attributes:
        pairs: by key.
        unjoined: files that content may still join, by path; they are in `left_out` as well.
        left_out: every file that is in no pair, by path.
    """

    pairs: tuple[Pair, ...] = ()
    unjoined: tuple[File, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
