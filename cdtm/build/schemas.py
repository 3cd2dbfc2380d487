"""Every table that a workspace keeps as Parquet, each named once.

A record is two files, `sentences` and `beads`; `manifest` has a row for each record, `catalogue`
one for each file that was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polars.datatypes import DataType, DataTypeClass

    Schema = Mapping[str, DataType | DataTypeClass]

SENTENCES: Final[Schema] = {
    "language": pl.String,  # zh or en
    "number": pl.UInt32,  # 0-based, within its language
    "text": pl.String,
    "paragraph": pl.UInt32,  # 0-based
    "turn": pl.UInt32,  # 0-based
    "speaker": pl.String,  # as `tmx_out.units.speaker_name` writes it; null outside a turn
    "spoken": pl.String,  # ISO 639-1 code of the language spoken; null if not told
    "page": pl.UInt32,  # 1-based; 0 if unknown
    "line": pl.UInt32,  # 1-based; 0 if unknown
    "label": pl.UInt32,  # leading characters of the text that are the speaker's label
}
"""The sentences of one record: all Chinese ones, then all English ones."""

BEADS: Final[Schema] = {
    "number": pl.UInt32,  # 0-based place in the record
    "zh_start": pl.UInt32,
    "zh_end": pl.UInt32,  # half-open range of Chinese sentences; empty for an omission
    "en_start": pl.UInt32,
    "en_end": pl.UInt32,
    "score": pl.Float64,
    "confidence": pl.Float64,  # 0 to 1
    "flags": pl.String,  # words with commas between; empty for none
    "tuid": pl.String,
    "zh": pl.String,  # sentences joined; empty for an omission
    "en": pl.String,
    "zh_first": pl.UInt32,  # characters of the first Chinese sentence within `zh`
    "zh_last": pl.UInt32,  # characters of the last one
    "en_first": pl.UInt32,
    "en_last": pl.UInt32,
    "speaker": pl.String,  # of the unit; empty outside a turn
    "paragraph": pl.UInt32,  # 1-based; null if unknown
    "page": pl.UInt32,  # 1-based; null if unknown
    "vector": pl.Binary,  # int8 a dimension: direction of both sides' mean; null for an omission
}
"""The beads of one record in its order, null links among them. A null link is a row, so that the
sentences around a unit can be read off the rows before and after it."""

MANIFEST: Final[Schema] = {
    "key": pl.String,  # names the record's files: the symbol as a slug, else made from the names
    "symbol": pl.String,  # null if unknown
    "date": pl.Date,  # of the meeting; null if unknown
    "zh_file": pl.String,  # relative to the records' folder, with forward slashes
    "en_file": pl.String,
    "zh_sha256": pl.String,
    "en_sha256": pl.String,
    "joined_by": pl.String,  # symbol, content or import
    "joining": pl.Float64,  # confidence that the two files are one record, 0 to 1
    "signature": pl.String,  # of settings, model, version and inputs: equal means up to date
    "status": pl.String,  # done or failed
    "stage": pl.String,  # where it failed: read, align, write; null if done
    "reason": pl.String,  # why it failed, in a sentence; null if done
    "zh_sentences": pl.UInt32,
    "en_sentences": pl.UInt32,
    "units": pl.UInt32,
    "nulls": pl.UInt32,
    "confidence": pl.Float64,  # mean of the units
    "flagged": pl.UInt32,  # units with a flag
    "notes": pl.String,  # sentences for the user, a line each; empty for none
    "checked": pl.String,  # sizes and times of its files when they were whole; null if unknown
    "left_lines": pl.UInt32,  # of both files, left out as page furniture; null if unknown
    "left_text": pl.UInt32,  # characters of sentences among them
}
"""Every record that was ever tried, by key."""

LATER: Final = frozenset({"checked", "left_lines", "left_text"})
"""Columns of the manifest that an older cdtm did not write: null where they are missing."""

CATALOGUE: Final[Schema] = {
    "path": pl.String,  # relative to the records' folder, with forward slashes
    "size": pl.UInt64,  # bytes
    "modified": pl.Int64,  # nanoseconds since 1970
    "sha256": pl.String,
    "kind": pl.String,  # txt, pdf or docx; empty if unreadable
    "language": pl.String,  # zh or en; null if neither
    "symbol": pl.String,  # null if unknown
    "symbol_from": pl.String,  # text or name; null if unknown
    "date": pl.Date,
    "problem": pl.String,  # why the file is of no use, in a sentence; null if it is
    "notes": pl.String,  # sentences for the user, a line each; empty for none
    "key": pl.String,  # of the record that the file is a side of; null if of none
    "state": pl.String,  # joined, or the short reason why the file is left out
    "reason": pl.String,  # the same in a sentence; null if joined
}
"""Every file that was found in the records' folder, by path."""
