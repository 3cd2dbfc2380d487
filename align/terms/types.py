"""What term extraction gives, and glossary files hold: a concept with its names in both languages.

Kept apart from the extraction, so that writers and readers of glossaries need nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Example:
    """A unit in which both names of a term stand.

    Attributes:
        zh: the Chinese text.
        en: the English text.
        symbol: of the record; empty if unknown.
        date: of the meeting.
    """

    zh: str
    en: str
    symbol: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another rendering of a term's name, which the memory has beside the preferred one.

    Attributes:
        of: the name that is rendered, in either language.
        text: the rendering.
        count: units in which it renders the name.
    """

    of: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Attested:
    """Two forms of a term that stand together in units, in this or another inflection.

    Attributes:
        zh: the Chinese form.
        en: the English form.
        count: units in which they stand together.
        symbol: of a record with such a unit; empty if unknown.
    """

    zh: str
    en: str
    count: int
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class TermPair:
    """One concept and its names.

    Attributes:
        zh: Chinese forms, the preferred one first; never empty.
        en: English forms, the preferred one first; never empty.
        count: units in which a Chinese and an English form stand together; 0 if none was counted.
        zh_count: units in which a Chinese form stands.
        en_count: units in which an English form stands.
        documents: records in which they stand together.
        first: day of the earliest of these; None if unknown.
        last: day of the latest.
        example: the best unit to show; None if there is none.
        competitors: other renderings, the most frequent first.
        domain: subject field; empty if unknown.
        note: what a user should know, inconsistencies among them, in sentences; empty for nothing.
        score: 0 to 1, for ranking: how sure it is that this is a term and its translation.
        why: the score explained in a few words.
        status: ``extracted``, ``glossary`` (built in), ``imported`` or, by a person, ``confirmed``.
        attested: which Chinese form stands with which English one, the most frequent first; empty
            if none was counted.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    count: int = 0
    zh_count: int = 0
    en_count: int = 0
    documents: int = 0
    first: date | None = None
    last: date | None = None
    example: Example | None = None
    competitors: tuple[Competitor, ...] = ()
    domain: str = ""
    note: str = ""
    score: float = 0.0
    why: str = ""
    status: str = "extracted"
    attested: tuple[Attested, ...] = ()
