"""`cdtm audit -o page.html`: how good a memory is and what is wrong with it, as a page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cdtm.show import count, print_facts, working
from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from align.doubt.rank import Doubt, RecordBeads
    from cdtm.build.workspace import Workspace
    from cdtm.jobs.audit import AuditJob
    from cdtm.memory.memory import Memory
    from cdtm.memory.units import Record
    from tmx_out.audit_page import AuditFigures, BeadLine, DoubtLine

    Doubts = dict[str, dict[int, Doubt]]
    """By the key of the record, then by the number of the first bead."""

LISTED: Final = 300
"""Doubts that the page lists; the others are marked in their records."""


def run_audit_page(job: AuditJob) -> AuditFigures:
    """Write the page, say on stderr what it shows, and give its figures.

    Raises:
        UserError: there is no memory, or no record of these symbols.
    """
    from cdtm.build.workspace import open_workspace
    from cdtm.memory.memory import Memory
    from corpora.atomic import atomic_write
    from tmx_out.audit_page import write_page

    workspace = open_workspace(job.workspace)
    with Memory.open(workspace.memory) as memory, working("looking for doubts") as tell:
        wanted = _wanted(memory, job.records)
        doubts, there = _open_doubts(workspace, memory, wanted, tell)
        records = [record for record in wanted if record.key in there]
        left_out = [
            f"{record.name} is not on the page, for its tables are missing: run cdtm build again."
            for record in wanted
            if record.key not in there
        ]
        tell("writing the page")
        figures = _figures(workspace, memory, records, doubts, left_out)
        with atomic_write(job.output) as stream:
            write_page(stream, figures, _texts(workspace, memory, records, doubts, figures))
    if not job.quiet:
        whole = figures.tiers[-1]
        told = f"{job.output}, {count(whole.units, 'unit')} of {count(len(records), 'record')}"
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
    from cdtm.memory.choice import Choice

    choice = Choice(symbols=tuple(symbols))
    wanted = [r for r in memory.records() if choice.takes_record(r.key, r.symbol, r.date)]
    if not wanted:
        asked = f"no record {' or '.join(symbols)}" if symbols else "no record at all"
        raise UserError(f"The memory has {asked}: see cdtm status --json for what is there.")
    return wanted


def _open_doubts(
    workspace: Workspace,
    memory: Memory,
    records: Sequence[Record],
    tell: Callable[[str], None],
) -> tuple[Doubts, set[str]]:
    """Give the doubts that nobody has decided on, by record and bead; and which records are there.

    Both come of one pass, for reading the tables is most of the work.
    """
    from align.doubt.rank import rank_doubts
    from cdtm.memory.rows import NUMBERS
    from cdtm.review.choose import record_tables

    there: set[str] = set()

    def noted() -> Iterator[RecordBeads]:
        for tables in record_tables(workspace, records):
            there.add(tables.record)
            tell(f"looking for doubts, record {len(there):,} of {len(records):,}")
            yield tables

    ids = {record.key: record.id for record in records}
    decided = memory.decided()
    doubts: Doubts = {}
    for doubt in rank_doubts(noted()):
        if (ids[doubt.record] << NUMBERS) + doubt.number not in decided:
            doubts.setdefault(doubt.record, {})[doubt.number] = doubt
    return doubts, there


def _of_lines(doubts: Mapping[int, Doubt], lines: Sequence[BeadLine]) -> dict[int, Doubt]:
    """Leave out doubts about beads that were merged into others, which are no longer there."""
    there = {line.number for line in lines}
    return {number: doubt for number, doubt in doubts.items() if number in there}


def _lines(workspace: Workspace, memory: Memory, record: Record) -> list[BeadLine]:
    from cdtm.audit.figures import SPANS, bead_lines
    from cdtm.build.records import read_beads

    beads = read_beads(workspace.store, record.key, SPANS)
    if beads is None:  # taken away while the page is being made
        raise UserError(f"The tables of {record.name} are gone: run cdtm build again.")
    return bead_lines(memory.rows_of(record), beads)


def _figures(
    workspace: Workspace,
    memory: Memory,
    records: Sequence[Record],
    doubts: Doubts,
    left_out: Sequence[str],
) -> AuditFigures:
    from align.doubt.rules import REASONS
    from align.quality.calibration import stored_thresholds
    from cdtm import __version__
    from cdtm.audit.consistency import Texts
    from cdtm.audit.figures import Gathering
    from cdtm.audit.measured import (
        calibration,
        found_by_reviewers,
        measured_tiers,
        reliability_of,
    )
    from cdtm.memory.journal import NAME, Journal
    from tmx_out.audit_page import AuditFigures
    from tmx_out.dates import build_time

    gathering, listed, texts = Gathering(REASONS), {}, Texts()
    for place, record in enumerate(records):
        lines = _lines(workspace, memory, record)
        of_number = {line.number: line for line in lines}
        here = _of_lines(doubts.get(record.key, {}), lines)
        gathering.add(record, lines, len(here))
        texts.add(place, lines)
        for number, doubt in here.items():
            listed[doubt.weight, -place, -number] = _doubt_line(doubt, place, of_number[number])
    kinds, anomalies = texts.anomalies()
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


def _doubt_line(doubt: Doubt, place: int, line: BeadLine) -> DoubtLine:
    from tmx_out.audit_page import DoubtLine

    return DoubtLine(place, doubt.number, doubt.last, doubt.reasons, line.zh_text, line.en_text)


def _texts(
    workspace: Workspace,
    memory: Memory,
    records: Sequence[Record],
    doubts: Doubts,
    figures: AuditFigures,
) -> Iterator[dict[str, Any]]:
    """Give what the page holds of each record, one after another."""
    from tmx_out.audit_page import record_data

    codes = {code: place for place, code in enumerate(figures.reasons)}
    for record in records:
        lines = _lines(workspace, memory, record)
        here = _of_lines(doubts.get(record.key, {}), lines)
        told = {number: (doubt.last, doubt.reasons) for number, doubt in here.items()}
        yield record_data(lines, told, codes)


def _notes(provenance: Mapping[str, Any]) -> Iterator[str]:
    """Say what words mean here and where figures come from."""
    from cdtm.memory.choice import PRECISION, least_accepted

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
        "To correct the memory, write a book with cdtm audit -o book.xlsx --flagged, decide on its "
        "rows, and put it back with cdtm audit apply."
    )
