"""The beads of a record with what is known of their first sentences, as an audit reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Row:
    """A bead with its texts.

    Attributes:
        number: its place in the record.
        zh: text; empty for a null link without Chinese.
        en: the same in English.
        zh_body: text without the speaker's label.
        en_body: the same in English.
        zh_count: Chinese sentences.
        en_count: English sentences.
        zh_speaker: of the first sentence; empty outside a turn.
        en_speaker: the same in English.
        zh_opens: whether the side begins with a speaker's label.
        en_opens: the same in English.
        confidence: 0 to 1.
        flags: reasons for doubt that the bead was stored with.
    """

    number: int
    zh: str
    en: str
    zh_body: str
    en_body: str
    zh_count: int
    en_count: int
    zh_speaker: str
    en_speaker: str
    zh_opens: bool
    en_opens: bool
    confidence: float
    flags: tuple[str, ...]

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.zh_count or not self.en_count


def rows_of(sentences: pl.DataFrame, beads: pl.DataFrame) -> list[Row]:
    """Join a record's beads with what is known of their first sentences."""
    of: dict[tuple[str, int], tuple[str, int]] = {
        (language, number): (speaker or "", label)
        for language, number, speaker, label in sentences.select(
            "language", "number", "speaker", "label"
        ).iter_rows()
    }
    rows = []
    for bead in beads.sort("number").iter_rows(named=True):
        zh_count = bead["zh_end"] - bead["zh_start"]
        en_count = bead["en_end"] - bead["en_start"]
        zh_speaker, zh_label = of.get(("zh", bead["zh_start"]), ("", 0)) if zh_count else ("", 0)
        en_speaker, en_label = of.get(("en", bead["en_start"]), ("", 0)) if en_count else ("", 0)
        rows.append(
            Row(
                number=bead["number"],
                zh=bead["zh"],
                en=bead["en"],
                zh_body=bead["zh"][zh_label:].strip(),
                en_body=bead["en"][en_label:].strip(),
                zh_count=zh_count,
                en_count=en_count,
                zh_speaker=zh_speaker,
                en_speaker=en_speaker,
                zh_opens=bool(zh_label),
                en_opens=bool(en_label),
                confidence=bead["confidence"],
                flags=tuple(flag for flag in bead["flags"].split(",") if flag),
            )
        )
    return rows
