"""From beads to translation units: sentences joined, named, dated, with what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from align.alignment import percent
from tmx_out.dates import midnight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from align import Alignment, Bead, Span
    from corpora import Document, Language, Sentence, Speaker


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence before and the sentence after; empty at the ends of the document."""

    pre: str = ""
    post: str = ""


PASSED: Final = ("accepted", "edited")
"""Statuses of a unit that a reviewer lets be used as it is; of every other he has a complaint."""

OPEN: Final = ("pinned", "realigned")
"""Statuses that say how units were drawn and nothing of what they are worth."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: one bead's text in both languages, and where it comes from.

    Attributes:
        tuid: names the unit for good: ``CD-PV-1579_0042`` begins with the 42nd Chinese sentence.
        zh: the Chinese text, one line.
        en: the English text, one line.
        document: symbol of the document, else its name; ``""`` if unknown.
        date: day of the meeting.
        speaker: who says the first sentence, as the English version names him if it does:
            ``Mr. Jadoon (Pakistan)``; ``""`` outside a turn.
        paragraph: 1-based, in the Chinese document; None if unknown.
        page: 1-based, in the Chinese document; None if unknown.
        kind: ``1-2``: Chinese sentences, then English; ``""`` if unknown.
        confidence: 0 to 1 in whole hundredths, rounded down so that a limit such as 0.90 means
            the same before and after; None in another tool's file, which says none.
        zh_context: the Chinese sentences around the unit.
        en_context: the English sentences around the unit.
        flags: reasons for doubt, short words without a comma.
        created: when the text was made: the meeting, or the build where that is unknown.
        status: what a reviewer decided: ``accepted``, ``edited``, ``wrong segmentation`` …;
            ``""`` if nobody did.
        changed_by: who decided; ``""`` if nobody did.
        changed: when he did, UTC.
        preferred: whether it is told to be the first choice among several translations of its text.
    """

    tuid: str
    zh: str
    en: str
    document: str = ""
    date: date | None = None
    speaker: str = ""
    paragraph: int | None = None
    page: int | None = None
    kind: str = ""
    confidence: float | None = None
    zh_context: Context = Context()
    en_context: Context = Context()
    flags: tuple[str, ...] = ()
    created: datetime | None = None
    status: str = ""
    changed_by: str = ""
    changed: datetime | None = None
    preferred: bool = False


def units(
    alignment: Alignment, *, created: datetime | None = None, prefix: str | None = None
) -> Iterator[Unit]:
    """Give a unit for every bead that has text on both sides, in document order.

    Args:
        alignment: two documents and their beads.
        created: dates the units of a document whose own date is unknown.
        prefix: first half of every `tuid`; `document_prefix` if None.
    """
    prefix = document_prefix(alignment) if prefix is None else prefix
    for bead in alignment.beads:
        if not bead.is_null:
            yield unit_of(bead, alignment, prefix=prefix, created=created)


def unit_of(
    bead: Bead, alignment: Alignment, *, prefix: str, created: datetime | None = None
) -> Unit:
    """Make the unit of one bead that is no null link."""
    zh, en = alignment.zh, alignment.en
    day = zh.date or en.date
    first = zh.sentences[bead.zh[0]]
    return Unit(
        tuid=bead_id(bead, prefix),
        zh=join_sentences(zh.sentences[slice(*bead.zh)], "zh"),
        en=join_sentences(en.sentences[slice(*bead.en)], "en"),
        document=document_symbol(alignment),
        date=day,
        speaker=speaker_name(en.sentences[bead.en[0]].speaker) or speaker_name(first.speaker),
        paragraph=first.paragraph + 1,
        page=first.page or None,
        kind=bead.kind,
        confidence=percent(bead.confidence) / 100,
        zh_context=_context(zh, bead.zh),
        en_context=_context(en, bead.en),
        flags=bead.flags,
        created=midnight(day) if day else created,
    )


def turned(kind: str) -> str:
    """Write a kind from the other side: what has two English sentences for the source is 2-1.

    >>> turned("1-2"), turned("")
    ('2-1', '')
    """
    source, dash, target = kind.partition("-")
    return f"{target}{dash}{source}"


def bead_id(bead: Bead, prefix: str) -> str:
    """Name a bead by the 1-based number of its first Chinese sentence.

    A sentence is in one bead only, so the name is unique in its document; and it does not move
    when other beads change, are filtered, or the English side is segmented anew. A null link
    without Chinese is named by its first English sentence: ``CD-PV-1579_en0042``.
    """
    if bead.zh[0] == bead.zh[1]:
        return f"{prefix}_en{bead.en[0] + 1:04d}"
    return f"{prefix}_{bead.zh[0] + 1:04d}"


def document_symbol(alignment: Alignment) -> str:
    """Give the symbol that either side knows, else the Chinese document's name."""
    return alignment.zh.symbol or alignment.en.symbol or alignment.zh.name


def document_prefix(alignment: Alignment) -> str:
    """Make the `tuid` prefix of a document: its symbol, or its name, as a slug.

    ``CD/PV.1579`` gives ``CD-PV-1579``, ``CD_PV.1579.zh.txt`` the same.
    """
    symbol = alignment.zh.symbol or alignment.en.symbol
    if symbol is None:
        name = re.split(r"[/\\]", alignment.zh.name)[-1]
        symbol = re.sub(r"(?i)([._-](zh|en|cn|chs?|chi|c|e))?\.[a-z]{2,4}$", "", name)
    return re.sub(r"[\W_]+", "-", symbol).strip("-") or "document"


def speaker_name(speaker: Speaker | None) -> str:
    """Write a speaker on one line; ``""`` for none.

    >>> from corpora import Speaker
    >>> speaker_name(Speaker("Mr. Lin", "Seeland", None, "Mr. Lin (Seeland):"))
    'Mr. Lin (Seeland)'
    """
    if speaker is None:
        return ""
    return f"{speaker.name} ({speaker.affiliation})" if speaker.affiliation else speaker.name


def join_sentences(sentences: Sequence[Sentence], language: Language) -> str:
    """Join the sentences of one side of a bead.

    One space in English. In Chinese nothing, except where two Latin words or numbers would run
    together.

    >>> from corpora import Sentence
    >>> join_sentences([Sentence("审议 NPT."), Sentence("CD/1864 号文件"), Sentence("。")], "zh")
    '审议 NPT. CD/1864 号文件。'
    """
    texts = [text for sentence in sentences if (text := sentence.text.strip())]
    if language == "en":
        return " ".join(texts)
    joined = ""
    for text in texts:
        joined += " " + text if joined and _would_glue(joined[-1], text[0]) else text
    return joined


def _would_glue(last: str, first: str) -> bool:
    return (_is_latin(last) or last in ".,;:!?%)]'\"") and _is_latin(first)


def _is_latin(ch: str) -> bool:
    return (ch.isalnum() or ch == "_") and not "\u2e80" <= ch <= "\U0003ffff"


def _context(document: Document, span: Span) -> Context:
    start, end = span
    sentences = document.sentences
    return Context(
        pre=sentences[start - 1].text if start > 0 else "",
        post=sentences[end].text if end < len(sentences) else "",
    )
