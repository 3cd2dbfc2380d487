"""The audit page: one HTML file that needs no network, opens anywhere, and can be printed.

The figures are written as plain HTML. Each record's texts lie packed at the end of the file and are
unpacked when the record is opened, so that the page opens at once however many units it has.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from markupsafe import Markup

from align.alignment import percent
from tmx_out.audit_page.markup import per_cent, shortened, strip_paths
from tmx_out.audit_page.packing import inline_json, pack
from tmx_out.html_text import SHARED, templates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Template

    from tmx_out.audit_page.figures import AuditFigures

SHOWN_AT_ONCE = 50
"""Doubts that stand open on the page; the others are a click away."""

LINKED = 8
"""Units of an anomaly that are linked."""

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
    return str(
        _page().render(
            figures=figures,
            hash=hashed,
            lang="en",
            t=str,
            style=Markup((SHARED / "base.css").read_text("utf-8") + _asset("page.css")),
            script=Markup(script),
            index=Markup(inline_json(index)),
            at_once=SHOWN_AT_ONCE,
            linked=LINKED,
        )
    )


def _page() -> Template:
    room = templates(Path(__file__).parent)
    room.filters |= {
        "number": "{:,}".format,
        "per_cent": per_cent,
        "percent": percent,
        "shortened": shortened,
        "strip_paths": strip_paths,
    }
    return room.get_template("page.html")


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
