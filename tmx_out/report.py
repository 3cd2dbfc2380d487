"""What a writer did: every bead or unit is either written or skipped with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """A unit that is not in the file, and why: one of the sentences of this module."""

    tuid: str
    reason: str


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What is in a written file and what is not.

    Attributes:
        written: units, rows or links in the file.
        skipped: what was given and is not in the file, in the order given.
        removed_characters: how many characters outside XML 1.0 were taken out of texts and props.
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
