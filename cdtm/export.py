"""`cdtm export`: the memory of a workspace as files for CAT tools, spreadsheets and programs."""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from cdtm import __version__
from cdtm.build.decided import open_memory
from cdtm.build.workspace import open_workspace
from cdtm.export_plan import Output, plan_outputs
from cdtm.jobs.days import parse_days
from cdtm.memory.choice import Choice, Tier
from cdtm.memory.words import hash_of
from cdtm.show import count, print_facts, progress
from corpora.atomic import Stage
from corpora.errors import UserError
from tmx_out.languages import parse_languages
from tmx_out.selection import Selection
from tmx_out.write.parts import Parts, leftovers
from tmx_out.write.profiles import profile_named
from tmx_out.write.sinks import Options

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from cdtm.jobs.memory import ExportJob
    from cdtm.memory.memory import Memory
    from tmx_out.selection import WriteReport
    from tmx_out.units import Unit
    from tmx_out.write.parts import Part


@dataclass(slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        written: units.
        left_out: units that are in the choice and in no file, by reason.
        parts: of each output, in the order of the job.
        long_count: units written with a side over the limit of Trados cloud memories.
        rival_count: units whose source has another translation before them.
        removed_characters: that XML cannot hold.
    """

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    parts: list[list[Part]] = field(default_factory=list)
    long_count: int = 0
    rival_count: int = 0
    removed_characters: int = 0

    def take(self, report: WriteReport) -> None:
        """Add what one memory reports."""
        self.written += report.written
        self.left_out.update(report.left_out)
        self.long_count += report.long_count
        self.rival_count += report.rival_count
        self.removed_characters += report.removed_characters


PRINTED: Final = Path("-")
"""Stands for stdout, which gets a TMX."""


def run_export(job: ExportJob) -> None:
    """Export, into files or to stdout.

    Raises:
        UserError: see `export_memory`; or stdout is to get other files, too.
    """
    if PRINTED not in job.outputs:
        export_memory(job)
        return
    if job.outputs != (PRINTED,) or job.per_record or job.max_units or job.max_bytes:
        raise UserError("What is printed by -o - is one TMX: give it alone, without parts.")
    with TemporaryDirectory(prefix="cdtm-") as folder:
        path = Path(folder) / "printed.tmx"
        export_memory(replace(job, outputs=(path,), quiet=True))
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)


def export_memory(job: ExportJob) -> Exported:
    """Do the whole export and print its summary to stderr, unless it is to be quiet.

    Everything that can be checked is checked first; the files appear when all are written.

    Raises:
        UserError: a mistake in the options, no such workspace, or nothing to write.
    """
    started = time.perf_counter()
    profile = profile_named(job.profile)
    languages = parse_languages(job.languages)
    options = Options(
        job.source, languages, profile=profile, tuids=not job.no_tuid, version=__version__
    )
    choice = choice_of(job)
    workspace = open_workspace(job.workspace)
    outputs = plan_outputs(
        job.outputs,
        workspace.folder,
        profile,
        per_record=job.per_record,
        max_units=job.max_units,
        max_bytes=job.max_bytes,
    )
    with open_memory(workspace) as memory:
        units = units_by_date(memory, choice)
        if job.mark_preferred:
            units = marked(units, memory.preferred(job.source))
        exported = write_outputs(units, outputs, options, per_record=job.per_record)
        named = bool(memory.records(Choice(symbols=tuple(job.symbols))))
    if not exported.written:
        if exported.left_out:
            raise UserError(f"No unit of the choice can be written: {reasons(exported)}.")
        raise UserError(nothing_chosen(job, choice.other_tier, named=named))
    if not job.quiet:
        seconds = time.perf_counter() - started
        print_facts(summary_of(job, exported, outputs, choice.other_tier, seconds))
    return exported


def choice_of(job: ExportJob) -> CountingChoice:
    """Turn the options that choose units into a choice.

    Raises:
        UserError: a date of another form, or an end before the beginning.
    """
    since, until = parse_days(job.since, job.until)
    return CountingChoice(
        tier=job.tier,
        min_confidence=job.min_confidence,
        since=since,
        until=until,
        symbols=job.symbols,
        speaker=job.speaker,
    )


@dataclass(frozen=True, slots=True)
class CountingChoice(Choice):
    """A choice that counts what it refuses for its tier alone, to be told in the summary."""

    refused: Counter[str] = field(default_factory=Counter)

    @property
    def other_tier(self) -> int:
        """How many units were refused for their tier alone."""
        return self.refused["tier"]

    def takes_unit(
        self, confidence: float, flags: str, speaker: str, status: str | None = None
    ) -> bool:
        """Whether this unit of a wanted record is wanted."""
        if Choice.takes_unit(self, confidence, flags, speaker, status):
            return True
        if self.tier != "all":
            other: Tier = "review" if self.tier == "accepted" else "accepted"
            same = Choice(other, self.min_confidence, speaker=self.speaker)
            self.refused["tier"] += same.takes_unit(confidence, flags, speaker, status)
        return False


def units_by_date(memory: Memory, choice: Choice) -> Iterator[Unit]:
    """Give the wanted units, the oldest record first, and show on a terminal how far they are.

    So the first of several equal units is the oldest, and translations of one sentence follow
    each other as they were made. Records without a date come last.
    """
    records = [
        record
        for record in memory.records()
        if choice.takes_record(record.key, record.symbol, record.date)
    ]
    records.sort(key=lambda record: record.date or date.max)  # which keeps their order in a day
    with progress("Writing records", len(records)) as shown:
        for record in records:
            yield from memory.units_of(record, choice)
            shown.advance()


def marked(units: Iterable[Unit], preferred: Container[tuple[int, int]]) -> Iterator[Unit]:
    """Mark the units whose texts are the preferred pair of several.

    Args:
        units: of a memory.
        preferred: hashes of both texts.
    """
    for unit in units:
        pair = hash_of(unit.zh), hash_of(unit.en)
        yield replace(unit, preferred=True) if pair in preferred else unit


def write_outputs(
    units: Iterable[Unit], outputs: Sequence[Output], options: Options, *, per_record: bool
) -> Exported:
    """Write the units into every output in one pass, and publish all files when all are written.

    Without any unit nothing is published.

    Raises:
        UserError: a file cannot be written.
    """
    exported = Exported()
    finished: list[list[Parts]] = [[] for _ in outputs]
    with Stage() as stage, ExitStack() as unfinished:
        for name, of_one in by_record(units) if per_record else [("", units)]:
            opened = []
            for output, done in zip(outputs, finished, strict=True):
                if per_record:
                    output.target.mkdir(exist_ok=True)
                target = output.target / f"{name}.x" if per_record else output.target
                parts = Parts(target, output.form, options, output.limits, stage)
                unfinished.callback(parts.discard)
                opened.append(parts)
                done.append(parts)
            exported.take(pour(of_one, opened, options))
        if not exported.written:
            return exported
        exported.parts = [[part for parts in done for part in parts.publish()] for done in finished]
    return exported


def pour(units: Iterable[Unit], opened: Sequence[Parts], options: Options) -> WriteReport:
    """Write the units of one memory, repeats once, into the files that are open for it."""
    # A memory of millions of units has as many repeats: they are counted, not listed.
    selection = Selection(options.source, max_segment=options.profile.max_segment, listed=False)
    for unit in selection.choose(units):
        for parts in opened:
            parts.add(unit)
    for parts in opened:
        parts.end()
    return selection.report()


def by_record(units: Iterable[Unit]) -> Iterator[tuple[str, Iterator[Unit]]]:
    """Part the units by their records, which follow one another; each has the name of a file."""
    yield from groupby(units, key=record_prefix)


def record_prefix(unit: Unit) -> str:
    """Give the record's part of a `tuid`: ``CD-PV-1579`` of ``CD-PV-1579_0042``."""
    return unit.tuid.rpartition("_")[0] or "record"


def reasons(exported: Exported) -> str:
    """List why units of the choice were left out, the commonest reason first."""
    return "; ".join(f"{number:,} {why}" for why, number in exported.left_out.most_common())


def nothing_chosen(job: ExportJob, elsewhere: int, *, named: bool) -> str:
    """Say that the choice is empty, and what would cure it.

    Args:
        job: what was asked for.
        elsewhere: how many units of it are in other tiers.
        named: whether there are records of the symbols that are asked for.
    """
    wanted = [f"of tier {job.tier}"] if job.tier != "all" else []
    wanted += [f"since {job.since}"] if job.since else []
    wanted += [f"until {job.until}"] if job.until else []
    wanted += [f"of {' or '.join(job.symbols)}"] if job.symbols else []
    wanted += [f"spoken by {job.speaker}"] if job.speaker else []
    wanted += [f"of confidence {job.min_confidence:g} or more"] if job.min_confidence else []
    what = ", ".join(["no unit", *wanted]) if wanted else "no unit"
    plain = [symbol for symbol in job.symbols if not set("*?[") & set(symbol)]
    if job.min_confidence == 1:
        cure = "no unit is as sure as that: --min-confidence 0.99 takes the surest"
    elif elsewhere:
        cure = f"there are {elsewhere:,} with --tier all"
    elif plain and not named:
        cure = f"a symbol is that of one document, and --symbol '{plain[0]}*' takes all under it"
    elif wanted:
        cure = "leave an option out, or see cdtm status for what is there"
    else:
        cure = "run cdtm build first"
    return f"{job.workspace} holds {what}: {cure}."


def summary_of(
    job: ExportJob,
    exported: Exported,
    outputs: Sequence[Output],
    other_tier: int,
    seconds: float,
) -> list[tuple[str, str]]:
    """Say what was done: pairs of a heading and a line of text."""
    facts = [("Exported", f"{count(exported.written, 'unit')}, in {seconds:.1f} s")]
    for output, parts in zip(outputs, exported.parts, strict=True):
        facts.append(("Written", describe_parts(output, parts, per_record=job.per_record)))
    if exported.left_out:
        facts.append(("Left out", reasons(exported)))
    if other_tier:
        name = "review" if job.tier == "accepted" else "accepted"
        facts.append(
            (f"In {name}", f"{count(other_tier, 'unit')}, not written: see --tier {name} or all")
        )
    facts += [("Note", note) for note in notes_on(exported, outputs)]
    if not job.per_record:
        for output, parts in zip(outputs, exported.parts, strict=True):
            old = leftovers(output.target, output.form, parts)
            names = ", ".join(path.name for path in old)
            if old:
                facts.append(("Note", f"{names} of an earlier export: delete what is not wanted."))
    return facts


def describe_parts(output: Output, parts: Sequence[Part], *, per_record: bool) -> str:
    """One line on an output: where and how much."""
    size = sum(part.size for part in parts)
    how_much = f"{count(sum(part.units for part in parts), output.form.row)}, {size / 1e6:,.1f} MB"
    if per_record:
        return f"{count(len(parts), 'file')} in {output.target}, {how_much}"
    first, last = (" and ".join(map(str, parts[place].paths)) for place in (0, -1))
    if len(parts) == 1:
        return f"{first}, {how_much}"
    return f"{first} to {last}, {count(len(parts), 'part')}, {how_much}"


def notes_on(exported: Exported, outputs: Sequence[Output]) -> Iterator[str]:
    """Say what a user should know of the units that were written."""
    if exported.rival_count:
        yield (
            f"{count(exported.rival_count, 'unit')} with another translation of a sentence that "
            "is translated before: CAT tools show both, or the later one."
        )
    if exported.long_count:
        yield f"{count(exported.long_count, 'unit')} over the 2,000 characters of Trados."
    if exported.removed_characters:
        number = count(exported.removed_characters, "character")
        yield f"{number} that XML forbids taken out."
    for output, parts in zip(outputs, exported.parts, strict=True):
        limit = output.limits.size
        for part in parts:
            if limit is not None and output.form.bytes_limited and part.size > limit:
                yield f"{part.paths[0]} is larger than the limit, for its one unit is."
