"""The sections of the page that can be read without any script: figures, flags, doubts, records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmx_out.audit_page.charts import histogram, reliability, strip
from tmx_out.audit_page.markup import (
    link_to,
    number,
    per_cent,
    side,
    table,
    text,
    whole_per_cent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tmx_out.audit_page.figures import (
        AnomalyLine,
        AuditFigures,
        DoubtLine,
        FlagFigures,
        RecordFigures,
        ThresholdLine,
    )

SHOWN_AT_ONCE = 50
"""Doubts that stand open on the page; the others are a click away."""

PLACES = 8
"""Units of an anomaly that are linked."""


def headline(figures: AuditFigures) -> str:
    """Give the tiles and the table of tiers."""
    records = figures.records
    sentences = sum(record.zh_sentences + record.en_sentences for record in records)
    alone = sum(record.null_sentences for record in records)
    whole = figures.tiers[-1]
    tiles = [
        (number(whole.units), "units"),
        (number(len(records)), "records"),
        (per_cent(1 - alone / sentences) if sentences else "–", "of sentences in units"),
        (number(sum(record.nulls for record in records)), "null links (no partner)"),
        (per_cent(whole.expected), "right, expected from the confidence, not measured"),
        (number(figures.doubts_total), "places to look at"),
    ]
    shown = "".join(
        f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for value, name in tiles
    )
    heads = ["Tier", "Which units", "Units", "Expected to be right"]
    measured = any(tier.measured for tier in figures.tiers)
    rows = [
        [
            *(text(tier.name), text(tier.meaning), number(tier.units)),
            per_cent(tier.expected) if tier.units else "–",
            *([text(tier.measured or "not measured")] if measured else []),
        ]
        for tier in figures.tiers
    ]
    caption = "How right the units are expected to be"
    tiers = table(
        caption,
        [*heads, *(["Found in a sample, before corrections (95 % interval)"] if measured else [])],
        rows,
    )
    return f'<dl class="tiles">{shown}</dl>\n{tiers}{_measured(figures)}'


def _measured(figures: AuditFigures) -> str:
    if not figures.measured:
        return (
            '<p class="note">Expected from the confidence, not measured: nobody has reviewed a '
            "sample of this memory yet. To measure it, write a book with <code>cdtm audit "
            "--sample 500 -o book.xlsx</code>, decide on its units and apply it.</p>\n"
        )
    told = "".join(
        f"<div><dt>{text(name)}</dt><dd>{text(line)}</dd></div>" for name, line in figures.measured
    )
    return f'<h3>What reviewers found</h3><dl class="facts">{told}</dl>\n'


def confidence(figures: AuditFigures) -> str:
    """Give both charts and the table of thresholds."""
    charts = histogram(figures.histogram)
    charts += reliability(figures.reliability, figures.reliability_source)
    return f'<div class="charts">{charts}</div>\n{_thresholds(figures.thresholds)}'


def _thresholds(lines: Sequence[ThresholdLine]) -> str:
    total = max((line.units for line in lines), default=0)
    rows = [
        (
            text(f"{line.threshold:.4f}".rstrip("0").rstrip(".")),
            number(line.units),
            per_cent(line.units / total) if total else "–",
            per_cent(line.expected) if line.units else "–",
            "" if line.wanted is None else per_cent(line.wanted),
            "" if line.held_out is None else per_cent(line.held_out),
        )
        for line in lines
    ]
    heads = (
        *("Confidence from", "Units kept", "Share", "Expected right"),
        *("Set for", "Right in gold texts"),
    )
    caption = "What a threshold of confidence keeps (cdtm export --min-confidence)"
    return table(caption, heads, rows, kind="figures") + (
        '<p class="note">“Right in gold texts” was measured, but on other texts than these: gold '
        "documents that had no part in setting the threshold.</p>\n"
    )


def flags(lines: Iterable[FlagFigures], records: Sequence[RecordFigures]) -> str:
    """Give the table of rules, each with one example."""
    rows = [
        (
            f"<code>{text(line.code)}</code>",
            text(line.reason),
            number(line.units),
            f"{side('zh', line.example.zh_text)}{side('en', line.example.en_text)}"
            f'<p class="place">{_place(line.record, line.example.number, records)}</p>',
        )
        for line in lines
    ]
    if not rows:
        return "<p>No unit has a flag.</p>\n"
    heads = ("Flag", "What it says", "Units", "An example")
    return table("Flags by rule; a unit may have several", heads, rows, kind="flags")


def _place(record: int, bead: int, records: Sequence[RecordFigures], last: int = -1) -> str:
    beads = f"bead {bead}" if last <= bead else f"beads {bead} to {last}"
    return link_to(record, bead, f"{text(records[record].name)}, {beads}")


def look_first(figures: AuditFigures) -> str:
    """Give the list of doubts, the weightiest first."""
    lines = figures.doubts
    if not lines:
        return "<p>Nothing speaks against any bead.</p>\n"
    first = _doubts(lines[:SHOWN_AT_ONCE], figures.records, 1)
    rest = lines[SHOWN_AT_ONCE:]
    if rest:
        start = SHOWN_AT_ONCE + 1
        first += (
            f"<details><summary>Places {start} to {len(lines)}</summary>"
            f"{_doubts(rest, figures.records, start)}</details>"
        )
    told = f"{number(figures.doubts_total)} places in all, those with the most against them first."
    if figures.doubts_total > len(lines):
        told += f" Here are {number(len(lines))}; the others are marked in their records."
    return f"<p>{text(told)}</p>\n{first}\n"


def _doubts(lines: Sequence[DoubtLine], records: Sequence[RecordFigures], start: int) -> str:
    items = []
    for line in lines:
        reasons = "".join(f"<li>{text(reason)}</li>" for reason in line.reasons)
        items.append(
            f"<li><h3>{_place(line.record, line.number, records, line.last)}</h3>"
            f'<ul class="reasons">{reasons}</ul><div class="pair">{side("zh", line.zh_text)}'
            f"{side('en', line.en_text)}</div></li>\n"
        )
    return f'<ol class="doubts" start="{start}">\n{"".join(items)}</ol>'


def consistency(figures: AuditFigures) -> str:
    """Give what the comparison of all units tells: counts by rule, then each anomaly."""
    rows = [
        (
            f"<code>{text(kind.code)}</code>",
            text(kind.meaning),
            number(kind.found),
            text(kind.false_alarms),
        )
        for kind in figures.anomaly_kinds
    ]
    heads = ("Rule", "What it says", "Found", "In right pairs")
    told = (
        '<p class="note">These are anomalies, not faults: a translation may vary for good reasons. '
        "“In right pairs” is the share of units that each rule accuses in UN text that is right."
        f"</p>\n{table('Anomalies by rule', heads, rows)}"
    )
    for kind in figures.anomaly_kinds:
        lines = [line for line in figures.anomalies if line.kind == kind.code]
        if lines:
            items = "".join(f"<li>{_anomaly(line, figures.records)}</li>\n" for line in lines)
            title = f"{kind.meaning} ({number(kind.found)})"
            if len(lines) < kind.found:
                title = f"{title[:-1]}, the first {len(lines)})"
            told += f"<details><summary>{text(title)}</summary><ul>{items}</ul></details>\n"
    return told


def _anomaly(line: AnomalyLine, records: Sequence[RecordFigures]) -> str:
    places = ", ".join(_place(*place, records) for place in line.places[:PLACES])
    more = len(line.places) - PLACES
    rest = f" and {number(more)} more" if more > 0 else ""
    return f'<p>{text(line.text)}</p><p class="place">{places}{rest}</p>'


def record_table(records: Sequence[RecordFigures]) -> str:
    """Give the table of records; its headings sort it where scripts run."""
    heads = (
        *("Record", "Date", "Units", "Null links", "Mean confidence", "Flagged", "To look at"),
        "Weak places, start to end",
    )
    rows = [
        (
            f'<a href="#r{place}">{text(record.name)}</a>',
            text(record.date.isoformat() if record.date else "–"),
            *(number(record.units), number(record.nulls)),
            whole_per_cent(record.confidence) if record.units else "–",
            *(number(record.flagged), number(record.doubts)),
            strip(record.strip, record.name),
        )
        for place, record in enumerate(records)
    ]
    return table("Records of the memory", heads, rows, kind="sortable figures")


def notes(lines: Iterable[str]) -> str:
    """Give the notes on how the page was made."""
    return "".join(f"<p>{text(line)}</p>\n" for line in lines)
