"""One record of imported units: its tables, as a build makes them of two files.

The pairs are given, so each is a bead of its own, judged by `align.given`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from align.encoder.directions import unit_rows
from align.given import judge_pairs
from cdtm.build.records import FAILED, Job, empty_row, encoder_of, pack_vectors
from cdtm.build.schemas import BEADS, SENTENCES
from cdtm.build.tables import write_tables
from corpora import UserError
from tmx_out.review.form import DECISIONS
from tmx_out.units import PASSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.given import Judged
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
        stage = "align"
        encoder = encoder_of(job)
        judged = judge_pairs(given["zh"].to_list(), given["en"].to_list(), encoder)
        stage = "write"
        row |= _figures(given, judged, job)
        tables = {"sentences": _sentences(given), "beads": _beads(given, judged, job.key)}
        write_tables(job.store, job.key, tables, row | {"encoder": encoder.signature})
    except UserError as error:
        return row | {"status": FAILED, "stage": stage, "reason": str(error)}
    except Exception as error:  # one record of a large memory
        reason = f"{type(error).__name__}: {error}"
        return row | {"status": FAILED, "stage": stage, "reason": reason}
    return row


def _figures(given: pl.DataFrame, judged: Judged, job: Job) -> Row:
    """Give what the manifest says of a record."""
    days, units = given["date"].unique().to_list(), len(given)
    return {
        "symbol": job.symbol,
        "date": days[0] if len(days) == 1 else None,
        "zh_file": job.notes[0],
        "en_file": job.notes[0],
        "zh_sentences": units,
        "en_sentences": units,
        "units": units,
        "nulls": 0,
        "confidence": float(judged.confidences.mean()),
        "flagged": sum(map(bool, judged.flags)),
        "notes": "",
    }


def _sentences(given: pl.DataFrame) -> pl.DataFrame:
    """Tabulate the texts, each a sentence of its own."""
    nothing = pl.lit(0, pl.UInt32)
    columns = {
        "number": pl.int_range(len(given), dtype=pl.UInt32),
        **dict.fromkeys(("paragraph", "turn", "page", "line", "label"), nothing),
        **dict.fromkeys(("speaker", "spoken"), pl.lit(None, pl.String)),
    }
    return pl.concat(
        given.select(language=pl.lit(language), text=language, **columns).select(*SENTENCES)
        for language in ("zh", "en")
    )


def _beads(given: pl.DataFrame, judged: Judged, key: str) -> pl.DataFrame:
    """Tabulate the pairs, each a bead of a sentence a side."""
    zh, en = (unit_rows(side.astype(np.float64)) for side in (judged.zh, judged.en))
    told = pl.DataFrame(
        {
            "score": judged.scores,
            "confidence": judged.confidences,
            "flags": [",".join(flags) for flags in judged.flags],
            "vector": [vector.tobytes() for vector in pack_vectors(zh + en)],
        }
    )
    number = pl.int_range(len(given), dtype=pl.UInt32)
    columns = {
        "number": number,
        **dict.fromkeys(("zh_start", "en_start"), number),
        **dict.fromkeys(("zh_end", "en_end"), number + 1),
        "tuid": pl.format(f"{key}_{{}}", (number + 1).cast(pl.String).str.zfill(4)),
        # What stands before and after a unit here need not have stood there in its document.
        **dict.fromkeys(("zh_first", "zh_last", "en_first", "en_last"), pl.lit(0, pl.UInt32)),
    }
    table = given.hstack(told).with_columns(**columns)
    return table.select(*BEADS, "status", "by", "at")
