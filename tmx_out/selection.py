"""What goes into a file, and the books of it: every bead or unit is written or skipped.

Into a memory go all units but null links, doubtful, empty and repeated ones, each of which is kept
in the books with its reason; into a table all beads.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from tmx_out.fingerprints import Fingerprints
from tmx_out.units import Context, Unit, bead_id, document_prefix, unit_of
from tmx_out.write.columns import BeadRow, bead_row
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from align import Alignment
    from corpora import Language

Repeats = Literal["once", "keep"]

MAX_SEGMENT = 2000
"""Characters of a segment beyond which Trados cloud memories refuse the unit (docs.rws.com)."""

NULL_LINK = "null link: one side is empty"
NO_CHINESE = "the Chinese text is empty"
NO_ENGLISH = "the English text is empty"
LOW_CONFIDENCE = "below the asked confidence"
REPEAT = "the same source and target as an earlier unit"
TOO_LONG = f"over the {MAX_SEGMENT:,} characters of Trados cloud memories"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit that is not in the file, and why: one of the sentences above."""

    tuid: str
    reason: str


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What is in a written file and what is not.

    Attributes:
        written: units, rows or links in the file.
        skipped: what was given and is not in the file, in the order given.
        removed_characters: how many characters `tmx_out.xml_text.clean_text` took out of texts
            and props.
        long_segments: `tuid` of each unit with a side of more than `MAX_SEGMENT` characters;
            they are written all the same.
        rivals: `tuid` of each unit whose source has another target earlier in the file: every
            CAT tool resolves them in its own way.
        left_out: how many units were skipped, by reason; told too where `skipped` is not kept.
        long_count: how many units are in `long_segments`; told too where that is not kept.
        rival_count: how many units are in `rivals`; told too where that is not kept.
    """

    written: int
    skipped: tuple[Skipped, ...] = ()
    removed_characters: int = 0
    long_segments: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    long_count: int = 0
    rival_count: int = 0


@dataclass(slots=True)
class Selection:
    """Chooses units while they stream by, and keeps the books.

    Attributes:
        source: the side that decides what a rival is.
        min_confidence: 0 to 1; units of a lower confidence stay out, those without one go in.
        repeats: ``once`` lets a pair of texts in once only, ``keep`` each time.
        created: dates units without a date of their own.
        max_segment: characters of a side from which a unit stays out; None lets all in.
        listed: whether the books name each unit that is skipped, long or a rival; if not they
            only count, so that they do not grow with a memory of millions.
    """

    source: Language = "zh"
    min_confidence: float = 0.0
    repeats: Repeats = "once"
    created: datetime | None = None
    max_segment: int | None = None
    listed: bool = True
    _written: int = 0
    _removed: int = 0
    _skipped: list[Skipped] = field(default_factory=list)
    _long: list[str] = field(default_factory=list)
    _rivals: list[str] = field(default_factory=list)
    _left_out: Counter[str] = field(default_factory=Counter)
    _long_count: int = 0
    _rival_count: int = 0
    _pairs: Fingerprints = field(default_factory=Fingerprints)
    _sources: Fingerprints = field(default_factory=Fingerprints)
    _prefixes: set[str] = field(default_factory=set)

    def choose(self, items: Iterable[Unit | Alignment]) -> Iterator[Unit]:
        """Give the units to write, with clean texts, in the order given."""
        for item in items:
            given = self._of_unit(item) if isinstance(item, Unit) else self._of_alignment(item)
            for candidate in given:
                unit, removed = clean_unit(candidate)
                self._removed += removed
                reason = self._refusal(unit)
                if reason is not None:
                    self._skip(unit.tuid, reason)
                    continue
                if len(unit.zh) > MAX_SEGMENT or len(unit.en) > MAX_SEGMENT:
                    self._long_count += 1
                    if self.listed:
                        self._long.append(unit.tuid)
                self._written += 1
                yield unit

    def report(self) -> WriteReport:
        """Close the books."""
        return WriteReport(
            written=self._written,
            skipped=tuple(self._skipped),
            removed_characters=self._removed,
            long_segments=tuple(self._long),
            rivals=tuple(self._rivals),
            left_out=dict(self._left_out),
            long_count=self._long_count,
            rival_count=self._rival_count,
        )

    def _skip(self, tuid: str, reason: str) -> None:
        self._left_out[reason] += 1
        if self.listed:
            self._skipped.append(Skipped(tuid, reason))

    def _of_unit(self, unit: Unit) -> Iterator[Unit]:
        if unit.confidence is not None and unit.confidence < self.min_confidence:
            self._skip(unit.tuid, LOW_CONFIDENCE)
        else:
            yield unit

    def _of_alignment(self, alignment: Alignment) -> Iterator[Unit]:
        # Here the bead's own confidence decides, not the unit's, which is rounded.
        prefix = unique_prefix(alignment, self._prefixes)
        for bead in alignment.beads:
            if bead.is_null:
                self._skip(bead_id(bead, prefix), NULL_LINK)
            elif bead.confidence < self.min_confidence:
                self._skip(bead_id(bead, prefix), LOW_CONFIDENCE)
            else:
                yield unit_of(bead, alignment, prefix=prefix, created=self.created)

    def _refusal(self, unit: Unit) -> str | None:
        if not unit.zh:
            return NO_CHINESE
        if not unit.en:
            return NO_ENGLISH
        limit = self.max_segment
        if limit is not None and (len(unit.zh) > limit or len(unit.en) > limit):
            return TOO_LONG
        return None if self.repeats == "keep" else self._repeat(unit)

    def _repeat(self, unit: Unit) -> str | None:
        if not self._pairs.add(unit.zh, unit.en):
            return REPEAT
        if not self._sources.add(unit.zh if self.source == "zh" else unit.en):
            self._rival_count += 1
            if self.listed:
                self._rivals.append(unit.tuid)
        return None


@dataclass(slots=True)
class AllBeads:
    """Gives every bead while alignments stream by, null links too, and keeps the books.

    Attributes:
        texts: whether their texts are written; without, the rows have no cells.
    """

    texts: bool = True
    _written: int = 0
    _removed: int = 0

    def choose(self, alignments: Iterable[Alignment]) -> Iterator[BeadRow]:
        """Give the rows to write, with clean texts, in the order given."""
        prefixes: set[str] = set()
        for alignment in alignments:
            prefix = unique_prefix(alignment, prefixes)
            for bead in alignment.beads:
                row = BeadRow(bead, ())
                if self.texts:
                    row, removed = bead_row(bead, alignment, prefix)
                    self._removed += removed
                self._written += 1
                yield row

    def report(self) -> WriteReport:
        """Close the books."""
        return WriteReport(written=self._written, removed_characters=self._removed)


def unique_prefix(alignment: Alignment, used: set[str]) -> str:
    """Give the document's `tuid` prefix, numbered if an earlier document of the file has it.

    Two records of one name (``a/001.zh``, ``b/001.zh``) thus keep apart: ``001``, ``001-2``.
    The prefix is added to `used`.
    """
    first = prefix = document_prefix(alignment)
    number = 1
    while prefix in used:
        number += 1
        prefix = f"{first}-{number}"
    used.add(prefix)
    return prefix


_TEXTS = ("tuid", "zh", "en", "document", "speaker", "kind")


def clean_unit(unit: Unit) -> tuple[Unit, int]:
    """Give the unit with every text fit for XML, and how many characters were removed."""
    if _is_clean(unit):
        return unit, 0
    removed = 0

    def clean(text: str) -> str:
        nonlocal removed
        text, count = clean_text(text)
        removed += count
        return text

    def context(around: Context) -> Context:
        pre, post = clean(around.pre), clean(around.post)
        same = pre is around.pre and post is around.post
        return around if same else Context(pre, post)

    # The flags travel as a list with commas, so a comma inside one would make two of it.
    flags = (clean(flag.replace(",", ";")) for flag in unit.flags)
    cleaned: dict[str, Any] = {
        **{name: clean(getattr(unit, name)) for name in _TEXTS},
        "zh_context": context(unit.zh_context),
        "en_context": context(unit.en_context),
        "flags": tuple(flag for flag in flags if flag),
    }
    same = all(value == getattr(unit, name) for name, value in cleaned.items())
    return (unit if same else replace(unit, **cleaned)), removed


def _is_clean(unit: Unit) -> bool:
    """Whether a look at all texts at once finds nothing to clean; nearly every unit is so."""
    zh, en = unit.zh_context, unit.en_context
    texts = (unit.tuid, unit.zh, unit.en, unit.document, unit.speaker, unit.kind)
    whole = "|".join(("", *texts, zh.pre, zh.post, en.pre, en.post, *unit.flags, ""))
    # The only white space that counts as printable is the space.
    return (
        whole.isprintable()
        and "| " not in whole
        and " |" not in whole
        and not any("," in flag or not flag for flag in unit.flags)
    )
