"""`cdtm status`: what a workspace holds, what failed and what was left out, and why."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdtm.build.check import check, damaged_records, memory_behind, unfinished
from cdtm.build.decided import open_memory
from cdtm.build.keeper import or_nothing
from cdtm.build.records import DONE, FAILED, IMPORTED
from cdtm.build.scan import JOINED
from cdtm.build.workspace import open_workspace
from cdtm.memory.journal import NAME as JOURNAL
from cdtm.memory.journal import Journal
from cdtm.show import count, plain, print_facts
from corpora.catalogue.folder import list_skipped
from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cdtm.build.workspace import Workspace
    from cdtm.jobs.build import StatusJob

    Row = dict[str, Any]

DOUBTFUL = 0.75
"""Mean confidence below which a record is listed: see `cdtm.pair.fit.DOUBTFUL_CONFIDENCE`."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that a person may want to look at.

    Attributes:
        kind: ``damaged``, ``failed``, ``doubtful``, ``by content``, ``decision``, or why a file
            was left out.
        what: the record's key, or the file's path.
        why: a sentence.
    """

    kind: str
    what: str
    why: str


def run_status(job: StatusJob) -> bool:
    """Print what is known on a workspace, on stdout.

    Returns:
        Whether nothing in it was found damaged.

    Raises:
        UserError: it is no workspace.
    """
    workspace = open_workspace(job.workspace)
    if job.check:
        return _print_check(workspace)
    damaged: list[str] = []
    files = or_nothing(workspace.catalogue, list[Any](), damaged)
    rows = [*or_nothing(workspace.manifest, dict[str, Any](), damaged).values()]
    listed = [
        *(Trouble("damaged", each.name, each.told) for each in damaged_records(workspace, rows)),
        *troubles_of(files, rows),
        *_of_memory(workspace, rows),
        *skipped_in(workspace.records),
    ]
    if job.as_json:
        told = {
            "records": workspace.records,
            "files": files,
            "manifest": rows,
        }
        json.dump(told, sys.stdout, ensure_ascii=False, default=str, indent=1)
        print()
        return not damaged
    facts = facts_of(workspace.records, files, rows)
    facts += [("Unfinished", begun)] if (begun := unfinished(workspace)) else []
    facts += [("Damaged", f"{sentence} {workspace.mended}.") for sentence in damaged]
    worst = [each for each in listed if each.kind == "damaged"]
    facts += [("Damaged", f"{each.what}: {each.why}") for each in worst[:SHOWN]]
    if len(worst) > SHOWN:
        facts.append(("Damaged", f"… and {len(worst) - SHOWN:,} more"))
    print_facts(facts, stderr=False)
    if job.troubles:
        for trouble in listed:
            print("\t".join(map(plain, (trouble.kind, trouble.what, trouble.why))))
    elif listed:
        print(f"cdtm status -w {job.workspace} --troubles lists {count(len(listed), 'trouble')}.")
    return not damaged and not worst


SHOWN = 5
"""Damaged records that are told without `--troubles`."""


def _print_check(workspace: Workspace) -> bool:
    sound = True
    for finding in check(workspace):
        state = "sound" if finding.sound else "damaged"
        print("\t".join(map(plain, (state, finding.name, finding.told))))
        sound = sound and finding.sound
    return sound


def _of_memory(workspace: Workspace, rows: list[Row]) -> Iterator[Trouble]:
    """List what the memory lacks, and the decisions that fit no unit any more."""
    try:
        yield from unplaced_in(workspace)
        behind = memory_behind(workspace, rows)
    except UserError as error:
        yield Trouble("damaged", workspace.memory.name, str(error))
    else:
        if behind:
            yield Trouble("damaged", workspace.memory.name, behind)


def facts_of(records: str | None, files: list[Row], rows: list[Row]) -> list[tuple[str, str]]:
    """Sum up catalogue and manifest: pairs of a heading and a line of text."""
    joined = sum(row["state"] == JOINED for row in files)
    facts = [
        *(("Left out", text) for text in left_out(files)),
        *(("Imported", text) for text in imports_in(rows)),
    ]
    if records is not None:
        found = f"{records}, {count(len(files), 'file')}, {count(joined // 2, 'pair')}"
        facts.insert(0, ("From", found))
    failed = sum(row["status"] == FAILED for row in rows)
    if failed:
        facts.append(("Failed", count(failed, "record")))
    facts += memory_facts(rows)
    days = sorted(row["date"] for row in rows if row["date"] is not None)
    if days:
        facts.append(("Dates", f"{days[0]} to {days[-1]}"))
    return facts


def left_out(files: Sequence[Row]) -> list[str]:
    """Count the files that are in no pair by reason."""
    reasons = Counter(row["state"] for row in files if row["state"] != JOINED)
    return [f"{count(number, 'file')}: {reason}" for reason, number in reasons.most_common()]


def imports_in(rows: Sequence[Row]) -> list[str]:
    """Say what `cdtm import` brought, file by file."""
    units = Counter[str]()
    for row in rows:
        if row["joined_by"] == IMPORTED:
            units[row["zh_file"]] += row["units"] or 0
    return [f"{name}, {count(number, 'unit')}" for name, number in units.items()]


def memory_facts(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Say what all records together hold."""
    done = [row for row in rows if row["status"] == DONE]
    if not done:
        return []
    units = sum(row["units"] for row in done)
    sure = sum(row["confidence"] * row["units"] for row in done) / max(1, units)
    doubtful = sum(row["flagged"] for row in done)
    nulls = sum(row["nulls"] for row in done)
    return [
        (
            "Memory",
            f"{count(len(done), 'record')}, {count(units, 'unit')}, {count(nulls, 'null link')}, "
            f"mean confidence {sure:.3f}, {count(doubtful, 'unit')} with a flag",
        ),
        ("Furniture", furniture_left_out(done)),
    ]


def furniture_left_out(rows: Sequence[Row]) -> str:
    """Say how many lines were left out of records, and how much of them was text."""
    told = f"{count(sum(row['left_lines'] or 0 for row in rows), 'line')} left out"
    unknown = sum(row["left_lines"] is None for row in rows)
    if unknown:
        told += f" and what an older cdtm left out of {count(unknown, 'record')}"
    text = sum(row["left_text"] or 0 for row in rows)
    if not text:
        return told
    most = max(rows, key=lambda row: row["left_text"] or 0)
    return (
        f"{told}, {count(text, 'character')} of sentences among them, most in {most['key']} "
        f"({most['left_text']:,}): look at them with cdtm read"
    )


def skipped_in(records: str | None) -> Iterator[Trouble]:
    """List what was not looked at in the folder of records, if it can be reached."""
    if records is not None and Path(records).is_dir():
        for skipped in list_skipped(Path(records)):
            yield Trouble("passed over", skipped.path, skipped.reason)


def unplaced_in(workspace: Workspace) -> Iterator[Trouble]:
    """List the decisions of reviewers that fit no unit any more, with what they said."""
    if not workspace.memory.is_file():
        return
    with open_memory(workspace) as memory:
        unplaced = memory.unplaced()
    with Journal.open(workspace.folder / JOURNAL) as journal:
        known = {decision.id: decision for decision in journal.decisions()}
    for number, key, reason in unplaced:
        if number in known:
            decision = known[number]
            told = f"{decision.tuid}, {decision.decision} by {decision.reviewer}"
            yield Trouble("decision", key, f"{told}: {reason}")


def troubles_of(files: list[Row], rows: list[Row]) -> Iterator[Trouble]:
    """List what a person may want to look at, the worst first."""
    for row in rows:
        if row["status"] == FAILED:
            yield Trouble("failed", row["key"], f"{row['stage']}: {row['reason']}")
    done = [row for row in rows if row["status"] == DONE]
    for row in sorted(done, key=lambda row: float(row["confidence"])):
        if row["confidence"] < DOUBTFUL:
            yield Trouble(
                "doubtful",
                row["key"],
                f"Mean confidence {row['confidence']:.2f}: {row['zh_file']} and {row['en_file']} "
                "may be different records.",
            )
    for row in done:
        if row["joined_by"] == "content":
            yield Trouble(
                "by content",
                row["key"],
                f"{row['zh_file']} and {row['en_file']} were joined by what they say "
                f"({row['joining']:.0%}).",
            )
    for row in done:
        for note in filter(None, row["notes"].split("\n")):
            yield Trouble("note", row["key"], note)
    for row in files:
        if row["state"] != JOINED:
            yield Trouble(row["state"], row["path"], row["reason"] or "")
