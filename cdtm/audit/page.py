"""`cdtm audit -o page.html`: how good a memory is and what is wrong with it, as a page to read."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from align.doubt.rank import rank_doubts
from align.doubt.rules import REASONS
from align.quality.calibration import stored_thresholds
from cdtm import __version__
from cdtm.audit.consistency import Texts
from cdtm.audit.figures import Gathering, bead_lines
from cdtm.audit.measured import calibration, found_by_reviewers, measured_tiers, reliability_of
from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.glossary import workspace_terms
from cdtm.memory.choice import PRECISION, Choice, least_accepted
from cdtm.memory.journal import NAME, Journal
from cdtm.memory.rows import NUMBERS
from cdtm.review.choose import first_open, record_tables
from cdtm.show import count, print_facts, working
from corpora.atomic import atomic_write
from corpora.errors import UserError
from tmx_out.audit_page import write_page
from tmx_out.audit_page.figures import AuditFigures, BeadLine, DoubtLine
from tmx_out.audit_page.packing import record_data
from tmx_out.dates import build_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from align.doubt.rank import Doubt, RecordBeads
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import AuditJob
    from cdtm.memory.memory import Memory
    from cdtm.memory.units import Record

    Doubts = dict[int, Doubt]
    """By the number of the first bead."""

LISTED: Final = 300
"""Doubts that the page lists; the others are marked in their records."""


class Pages:
    """What the page shows of each record, read once and kept packed: a million units are 0.2 GB.

    Attributes:
        records: in order.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._packed: list[bytes] = []
        self._doubts: dict[str, Doubts] = {}

    def add(self, record: Record, lines: Sequence[BeadLine]) -> None:
        """Take in a record with its lines."""
        self.records.append(record)
        self._packed.append(zlib.compress(json.dumps(lines).encode(), 1))

    def doubt(self, doubt: Doubt) -> None:
        """Take in a doubt about a record."""
        self._doubts.setdefault(doubt.record, {})[doubt.number] = doubt

    def __iter__(self) -> Iterator[tuple[list[BeadLine], Doubts]]:
        """Give each record's lines and doubts, one after another.

        Doubts about beads that were merged into others, which are no longer there, are left out.
        """
        for record, packed in zip(self.records, self._packed, strict=True):
            rows = json.loads(zlib.decompress(packed))
            lines = [
                BeadLine._make(tuple(cell) if isinstance(cell, list) else cell for cell in row)
                for row in rows
            ]
            there = {line.number for line in lines}
            doubts = self._doubts.get(record.key, {})
            yield lines, {number: doubt for number, doubt in doubts.items() if number in there}


def run_audit_page(job: AuditJob) -> AuditFigures:
    """Write the page, say on stderr what it shows, and give its figures.

    Raises:
        UserError: there is no memory, or no record of these symbols.
    """
    workspace = open_workspace(job.workspace)
    with open_memory(workspace) as memory, working("looking for doubts") as tell:
        wanted = _wanted(memory, job.records)
        pages = _pages(workspace, memory, wanted, tell)
        there = {record.key for record in pages.records}
        left_out = [
            f"{record.name} is not on the page, for its tables are missing: run cdtm build again."
            for record in wanted
            if record.key not in there
        ]
        tell("writing the page")
        figures = _figures(workspace, pages, left_out)
        with atomic_write(job.output) as stream:
            write_page(stream, figures, _texts(pages, figures))
    if not job.quiet:
        whole = figures.tiers[-1]
        told = f"{job.output}, {count(whole.units, 'unit')} of {count(len(there), 'record')}"
        expected = f"{whole.expected:.1%} by the confidence, not measured"
        print_facts(
            [
                ("Written", told),
                ("Expected right", expected),
                *figures.measured,
                ("To look at", count(figures.doubts_total, "place")),
                *(("Note", line) for line in left_out),
            ]
        )
    return figures


def _wanted(memory: Memory, symbols: Sequence[str]) -> list[Record]:
    """Give the wanted records.

    Raises:
        UserError: there is none.
    """
    wanted = memory.records(Choice(symbols=tuple(symbols)))
    if not wanted:
        asked = f"no record {' or '.join(symbols)}" if symbols else "no record at all"
        raise UserError(f"The memory has {asked}: see cdtm status --json for what is there.")
    return wanted


def _pages(
    workspace: Workspace, memory: Memory, records: Sequence[Record], tell: Callable[[str], None]
) -> Pages:
    """Read the records that are there, and find the doubts that nobody has decided on."""
    of_key = {record.key: record for record in records}
    pages = Pages()

    def read() -> Iterator[RecordBeads]:
        for tables in record_tables(workspace, records):
            record = of_key[tables.record]
            pages.add(record, bead_lines(memory.rows_of(record), tables.beads))
            tell(f"looking for doubts, record {len(pages.records):,} of {len(records):,}")
            yield tables

    decided = memory.decided()
    for doubt in rank_doubts(read()):
        record = of_key[doubt.record].id
        unit = first_open(doubt, record, decided)
        if unit is not None:
            pages.doubt(replace(doubt, number=unit - (record << NUMBERS)))
    return pages


def _figures(workspace: Workspace, pages: Pages, left_out: Sequence[str]) -> AuditFigures:
    gathering, listed, texts = Gathering(REASONS), {}, Texts()
    for place, (record, (lines, doubts)) in enumerate(zip(pages.records, pages, strict=True)):
        of_number = {line.number: line for line in lines}
        gathering.add(record, lines, len(doubts))
        texts.add(place, lines)
        for number, doubt in doubts.items():
            line = of_number[number]
            listed[doubt.weight, -place, -number] = DoubtLine(
                place, number, doubt.last, doubt.reasons, line.zh_text, line.en_text
            )
    kinds, anomalies = texts.anomalies(workspace_terms(workspace.folder))
    provenance = calibration()
    with Journal.open(workspace.folder / NAME) as journal:
        bins, source = reliability_of(journal, provenance)
        measured = tuple(found_by_reviewers(journal))
        of_tier = measured_tiers(journal, workspace.store)
    told = provenance.get("thresholds on documents that did not set them", {})
    return AuditFigures(
        title=f"the memory {workspace.folder.resolve().name}",
        made=build_time().strftime("%Y-%m-%d %H:%M UTC"),
        version=__version__,
        notes=(*left_out, *_notes(provenance)),
        records=tuple(gathering.records),
        tiers=gathering.tiers(of_tier),
        measured=measured,
        histogram=gathering.histogram(),
        thresholds=gathering.thresholds(
            stored_thresholds(),
            {float(wanted): kept["precision"] for wanted, kept in told.items()},
        ),
        reliability=bins,
        reliability_source=source,
        flags=gathering.flag_figures(),
        doubts=tuple(line for _, line in sorted(listed.items(), reverse=True)[:LISTED]),
        doubts_total=len(listed),
        reasons=dict(REASONS),
        anomaly_kinds=kinds,
        anomalies=anomalies,
    )


def _texts(pages: Pages, figures: AuditFigures) -> Iterator[dict[str, Any]]:
    """Give what the page holds of each record, one after another."""
    codes = {code: place for place, code in enumerate(figures.reasons)}
    for lines, doubts in pages:
        told = {number: (doubt.last, doubt.reasons) for number, doubt in doubts.items()}
        yield record_data(lines, told, codes)


def _notes(provenance: Mapping[str, Any]) -> Iterator[str]:
    """Say what words mean here and where figures come from."""
    yield (
        "A bead is what the aligner joined: sentences of one language and those that translate "
        "them. A unit is a bead with both sides; a null link is one without a partner."
    )
    yield (
        f"Accepted are units without a flag whose confidence is {least_accepted():.4f} or more, "
        f"which should be right in {PRECISION:.0%} of cases, and those that a reviewer passed."
    )
    if "beads" in provenance:
        error = provenance.get("expected calibration error, cross-validated over documents")
        told = "" if error is None else f" Its expected calibration error there is {error:.1%}."
        yield (
            f"The confidence was calibrated on {provenance['beads']:,} beads of gold texts: "
            f"{', '.join(provenance.get('gold', []))}.{told}"
        )
    yield (
        "Places to look at are ranked by how much speaks against them; a missing page or a shifted "
        "stretch is one place. What was decided by a reviewer is no longer listed."
    )
    yield (
        "To correct the memory, open it with cdtm serve -w WORKSPACE and go through Doubts; or "
        "write a book with cdtm audit -o book.xlsx --flagged -w WORKSPACE, decide on its rows, and "
        "put it back with cdtm audit apply book.xlsx -w WORKSPACE."
    )
