"""One record of imported units: its tables, as a build makes them of two files.

The pairs are given, so each is a bead of its own; score, confidence and flags are the aligner's.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from align.given import judge_pairs
from cdtm.build.records import (
    FAILED,
    Job,
    bead_table,
    empty_row,
    encoder_of,
    figures_of,
    sentence_table,
)
from cdtm.build.tables import write_tables
from corpora import Document, Sentence, UserError
from tmx_out.review.form import DECISIONS
from tmx_out.units import PASSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora import Language
    from tmx_out.units import Unit

    Row = dict[str, Any]

GIVEN: Final = {
    "zh": pl.String,
    "en": pl.String,
    "tuid": pl.String,  # in the file
    "date": pl.Date,  # of the meeting; null if unknown
    "speaker": pl.String,
    "paragraph": pl.UInt32,
    "page": pl.UInt32,
    "status": pl.String,  # what a reviewer decided; null if nobody did
    "by": pl.String,
    "at": pl.String,  # UTC, ISO 8601; empty if unknown
}
"""What the file says of each unit, as it waits to be judged."""

KNOWN: Final = frozenset(
    {*PASSED, *DECISIONS} - {"accept", "reject", "edit", "split", "realign", "pin"}
)
"""Statuses that a memory has; what else a file says of its units is not taken for one."""


def given_table(units: Sequence[Unit]) -> bytes:
    """Pack units, as Parquet."""
    rows = [
        (
            *(unit.zh, unit.en, unit.tuid, unit.date, unit.speaker, unit.paragraph, unit.page),
            *_decided(unit),
        )
        for unit in units
    ]
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=GIVEN, orient="row").write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def _decided(unit: Unit) -> tuple[str | None, str, str]:
    if unit.status not in KNOWN:
        return None, "", ""
    return unit.status, unit.changed_by, unit.changed.isoformat() if unit.changed else ""


def import_record(job: Job) -> Row:
    """Judge and store one record; give its row of the manifest, whatever happens."""
    row = empty_row(job)
    stage = "read"
    try:
        with job.records.local(job.files[0]) as path:
            given = pl.read_parquet(path)
        zh, en = (_document(given, language, job) for language in ("zh", "en"))
        stage = "align"
        encoder = encoder_of(job)
        alignment, sides = judge_pairs(zh, en, encoder)
        stage = "write"
        named = {"zh_file": job.notes[0], "en_file": job.notes[0]}
        row |= figures_of(alignment, job) | named | {"notes": ""}
        beads = bead_table(alignment, sides, job.key).with_columns(
            given["speaker", "paragraph", "page", "status", "by", "at"].get_columns()
        )
        # What stands before and after a unit here need not have stood there in its document.
        ends = ("zh_first", "zh_last", "en_first", "en_last")
        beads = beads.with_columns(pl.lit(0, pl.UInt32).alias(name) for name in ends)
        tables = {"sentences": sentence_table((zh, en)), "beads": beads}
        write_tables(job.store, job.key, tables, row | {"encoder": encoder.signature})
    except UserError as error:
        return row | {"status": FAILED, "stage": stage, "reason": str(error)}
    except Exception as error:  # one record of a large memory
        reason = f"{type(error).__name__}: {error}"
        return row | {"status": FAILED, "stage": stage, "reason": reason}
    return row


def _document(given: pl.DataFrame, language: Language, job: Job) -> Document:
    texts = given[language].to_list()
    days = given["date"].unique().to_list()
    return Document(
        name=job.notes[0],
        language=language,
        sentences=tuple(Sentence(text, number) for number, text in enumerate(texts)),
        symbol=job.symbol,
        date=days[0] if len(days) == 1 else None,
    )
