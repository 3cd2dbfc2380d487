"""A whole corpus: `python -m benchmarks.build` builds it, judges the joins, exports it, kills it.

The corpus is that of `benchmarks.corpus`, whose truth is known. The shipped encoder was trained on
the very texts that it is made of: what is judged here is finding, building and exporting, not how
well unseen text is aligned.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benchmarks.corpus import make_corpus, truth_of
from benchmarks.killing import kill_builds
from benchmarks.meetings import PARALLEL
from benchmarks.processes import measure
from cdtm.build.records import DONE
from cdtm.build.scan import JOINED
from cdtm.build.workspace import open_workspace
from corpora.catalogue.folder import list_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.processes import Cost

    Row = Mapping[str, Any]
    Facts = list[tuple[str, str]]

CDTM = (sys.executable, "-m", "cdtm")
RECORDS = 2000
KILLED_RECORDS = 60
"""Records of the corpus that is killed: a build of some seconds."""

TITLE = "A whole corpus"
ABOUT = "Made-up records of meetings whose truth is known"
RECORDED = Path(__file__).with_name("build.json")
"""What the last run with `--record` measured; `benchmarks.results` quotes it."""

DOUBTFUL = "doubtful"
"""State of a file that may belong to another one by its content: a file without partner or symbol
is told as such just as well."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How right the joins are.

    Attributes:
        records: that have both sides.
        right: of them, joined with files that may stand for their sides.
        wrong: joined, but no record.
        faults: files that must be left out.
        told: of them, left out for the right reason.
        missed: what is wrong, a line each.
    """

    records: int
    right: int
    wrong: int
    faults: int
    told: int
    missed: tuple[str, ...]


def judge(
    truth: Mapping[str, Any],
    manifest: Iterable[Row],
    catalogue: Iterable[Row],
    files: Iterable[str] = (),
) -> Judged:
    """Judge a build's joins, and what it left out, by the corpus's truth.

    Args:
        truth: of the corpus.
        manifest: the build's records.
        catalogue: the files that it found.
        files: those that there are: each must be in the catalogue.
    """
    rows = {(row["zh_file"], row["en_file"]): row for row in manifest}
    missed, right = [], set()
    for record in truth["records"]:
        fits = [(zh, en) for zh in record["zh"] for en in record["en"] if (zh, en) in rows]
        if not fits:
            missed.append(f"not joined: {record['zh'][0]} and {record['en'][0]}")
            continue
        right.add(fits[0])
        missed += _mistakes(record, rows[fits[0]])
    wrong = sorted(rows.keys() - right)
    missed += [f"wrongly joined: {zh} and {en}" for zh, en in wrong]
    states = {row["path"]: row["state"] for row in catalogue}
    missed += [f"not in the catalogue: {file}" for file in files if file not in states]
    faults = told = 0
    for fault in truth["faults"]:
        count, found = _told(fault, states)
        faults += count
        told += found
        if found < count:
            said = ", ".join(f"{file} {states.get(file)}" for file in fault["files"])
            missed.append(f"no {fault['reason']}: {said}")
    return Judged(len(truth["records"]), len(right), len(wrong), faults, told, tuple(missed))


def _mistakes(record: Mapping[str, Any], row: Row) -> list[str]:
    """Say what else is wrong with a record that is joined rightly."""
    mistakes = []
    if row["status"] != DONE:
        mistakes.append(f"failed: {row['key']}, {row['stage']}: {row['reason']}")
    if row["joined_by"] != record["by"]:
        mistakes.append(f"joined by {row['joined_by']}, not by {record['by']}: {row['key']}")
    if record["by"] == "symbol" and row["symbol"] != record["symbol"]:
        mistakes.append(f"symbol {row['symbol']}, not {record['symbol']}")
    return mistakes


def _told(fault: Mapping[str, Any], states: Mapping[str, str]) -> tuple[int, int]:
    """Count the files of a fault that must be left out, and those that were for the reason."""
    count = len(fault["files"]) - fault["kept"]
    reasons = {fault["reason"]}
    if fault["reason"] in ("no-partner", "no-symbol"):
        reasons.add(DOUBTFUL)
    return count, min(count, sum(states.get(file) in reasons for file in fault["files"]))


# ----------------------------------------------------------------------------------------- measured


def build_twice(corpus: Path, workspace: Path) -> Facts:
    """Build a corpus, and again with nothing to do; judge what was built."""
    command = (*CDTM, "build", str(corpus), "-w", str(workspace))
    first, second = measure(command), measure(command)
    costs = [("build", _told_cost(first)), ("second run", _told_cost(second))]
    return costs + judge_workspace(corpus, workspace)


def judge_workspace(corpus: Path, workspace: Path) -> Facts:
    """Say what a workspace holds of a corpus, and how right it is."""
    made = open_workspace(workspace)
    manifest, catalogue = [*made.manifest().values()], made.catalogue()
    truth = json.loads(truth_of(corpus).read_text("utf-8"))
    files = list_files(corpus)
    judged = judge(truth, manifest, catalogue, [path for path, _, _ in files])
    sizes = sum(size for _, size, _ in files) / 2**20
    left_out = sum(row["state"] != JOINED for row in catalogue)
    sentences = [sum(row[f"{side}_sentences"] or 0 for row in manifest) for side in ("zh", "en")]
    units = sum(row["units"] or 0 for row in manifest)
    sure = sum((row["confidence"] or 0) * (row["units"] or 0) for row in manifest) / max(1, units)
    share = judged.right / max(1, judged.records)
    facts = [
        ("corpus", f"{len(files):,} files, {sizes:,.0f} MB, {judged.records:,} records in both"),
        ("sentences", f"{sentences[0]:,} Chinese, {sentences[1]:,} English"),
        ("units", f"{units:,}, mean confidence {sure:.3f}"),
        (
            "pairs joined right",
            f"{judged.right:,} of {judged.records:,} ({share:.2%}), {judged.wrong} wrong",
        ),
        ("faults listed", f"{judged.told:,} of {judged.faults:,}; {left_out:,} files left out"),
    ]
    return facts + [("missed", text) for text in judged.missed]


def export_all(workspace: Path, folder: Path) -> Facts:
    """Export a workspace's units to a TMX, and validate it."""
    out = folder / "all.tmx"
    cost = measure((*CDTM, "export", "-w", str(workspace), "-o", str(out), "--tier", "all"))
    checked = measure((*CDTM, "validate", str(out)))
    with out.open("rb") as stream:
        units = sum(line.count(b"<tu ") for line in stream)
    return [
        ("export", _told_cost(cost)),
        ("its TMX", f"{units:,} units, {out.stat().st_size / 2**20:,.0f} MB"),
        ("validate", f"passes; {_told_cost(checked)}"),
    ]


def _told_cost(cost: Cost) -> str:
    return f"{cost.seconds:,.1f} s, {cost.cpu:,.1f} CPU s, {cost.megabytes:,.0f} MB at most"


def build_killed(folder: Path, kills: int, seed: int) -> Facts:
    """Build a small corpus, killed at random moments, and compare with one that was not."""
    folder.mkdir(exist_ok=True)
    corpus = folder / f"corpus-{seed}"
    if not corpus.exists():
        make_corpus(corpus, KILLED_RECORDS, seed)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        found = kill_builds(CDTM, corpus, Path(place), kills, seed)
    verdict = "; ".join(found.differences) or "the same bytes"
    return [
        (
            "kills",
            f"{found.struck} while {KILLED_RECORDS} records were built, {found.finished} runs came "
            f"to their end before; undisturbed {found.seconds:.0f} s",
        ),
        ("exports after them", verdict),
    ]


def main(
    records: Annotated[int, typer.Option(help="Of the corpus that is built; 0: none.")] = RECORDS,
    folder: Annotated[
        Path | None, typer.Option(help="Keep corpus, workspace and exports here.")
    ] = None,
    kills: Annotated[int, typer.Option(help="How often the small build is killed.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the corpora and the moments.")] = 1,
    record: Annotated[bool, typer.Option("--record", help="Keep for RESULTS.md.")] = False,
) -> None:
    """Build a corpus, judge it, export it; then kill the build of a smaller one."""
    if not PARALLEL.is_dir():
        print("Needs the parallel texts beside the checkout (../shared/training): not run.")
        return
    from benchmarks.results import heading

    about = [line for line in heading() if line.startswith("- ")]
    facts: Facts = []
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        if records:
            corpus, workspace = place / f"corpus-{records}", place / f"workspace-{records}"
            if not corpus.exists():
                make_corpus(corpus, records, seed)
            facts += build_twice(corpus, workspace)
            facts += export_all(workspace, place)
        if kills:
            facts += build_killed(place / "killed", kills, seed)
    width = max((len(heading) for heading, _ in facts), default=0)
    for heading_of, text in facts:
        print(f"{heading_of:<{width}}  {text}")
    if record:
        kept = json.dumps({"about": about, "facts": facts}, ensure_ascii=False, indent=1)
        RECORDED.write_text(kept + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
