"""The audit page: one HTML file that needs no network, opens anywhere, and can be printed.

The figures are written as plain HTML. Each record's texts lie packed at the end of the file and are
unpacked when the record is opened, so that the page opens at once however many units it has.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import IO, TYPE_CHECKING

from tmx_out.audit_page import parts
from tmx_out.audit_page.figures import (
    AnomalyKind,
    AnomalyLine,
    AuditFigures,
    BeadLine,
    DoubtLine,
    FlagFigures,
    RecordFigures,
    ReliabilityBin,
    ThresholdLine,
    TierFigures,
)
from tmx_out.audit_page.markup import text
from tmx_out.audit_page.packing import inline_json, pack, record_data

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AnomalyKind",
    "AnomalyLine",
    "AuditFigures",
    "BeadLine",
    "DoubtLine",
    "FlagFigures",
    "RecordFigures",
    "ReliabilityBin",
    "ThresholdLine",
    "TierFigures",
    "record_data",
    "write_page",
]

SCRIPTS = ("page.js", "record.js", "map.js")
"""Read in this order; together they are one script."""

END = "<!-- records -->"
"""Where the packed records go into the page's frame."""


def write_page(
    stream: IO[bytes], figures: AuditFigures, records: Iterable[dict[str, object]]
) -> None:
    """Write the page.

    Args:
        stream: opened and closed by the caller.
        figures: all that is shown of the memory as a whole.
        records: of each record in the order of the figures what `record_data` gives; only one
            is held at a time.
    """
    before, _, after = _frame(figures).partition(END)
    stream.write(before.encode())
    for place, record in enumerate(records):
        told = f'<script type="application/json" data-record="{place}">"{pack(record)}"</script>\n'
        stream.write(told.encode())
    stream.write(after.encode())


def _frame(figures: AuditFigures) -> str:
    """Give the whole page but for the records' texts."""
    script = "\n".join(_asset(name) for name in SCRIPTS)
    # The browser runs this script and no other, and loads nothing from anywhere.
    hashed = b64encode(sha256(script.encode()).digest()).decode("ascii")
    index = {
        "names": [record.name for record in figures.records],
        "zh": [record.zh_sentences for record in figures.records],
        "en": [record.en_sentences for record in figures.records],
        "doubts": [record.doubts for record in figures.records],
        "files": [[record.zh_file, record.en_file] for record in figures.records],
        "flags": [[code, reason] for code, reason in figures.reasons.items()],
    }
    return Template(_asset("page.html")).substitute(
        title=text(figures.title),
        made=text(figures.made),
        version=text(figures.version),
        hash=hashed,
        style=_asset("page.css"),
        script=script,
        index=inline_json(index),
        headline=parts.headline(figures),
        confidence=parts.confidence(figures),
        flags=parts.flags(figures.flags, figures.records),
        doubts=parts.look_first(figures),
        consistency=parts.consistency(figures),
        records=parts.record_table(figures.records),
        notes=parts.notes(figures.notes),
    )


def _asset(name: str) -> str:
    return files("tmx_out.audit_page").joinpath(name).read_text("utf-8")
