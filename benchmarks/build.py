"""A whole corpus: `python -m benchmarks.build` builds it, judges the joins, kills it, exports it.

The corpus is that of `benchmarks.corpus`, whose truth is known. The shipped encoder was trained on
the very texts that it is made of: what is judged here is finding, building and exporting, not how
well unseen text is aligned.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benchmarks.corpus import make_corpus, truth_of
from benchmarks.meetings import PARALLEL
from benchmarks.processes import measure
from cdtm.scanning import JOINED
from cdtm.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

CDTM = (sys.executable, "-m", "cdtm")
RECORDS = 2000
KILLED_RECORDS = 60
"""Records of the corpus that is killed: a build of some seconds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How right the joins are.

    Attributes:
        records: that have both sides.
        right: of them, joined with a file that may stand for each side.
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


def judge(truth: Mapping[str, Any], manifest: Iterable[Row], catalogue: Iterable[Row]) -> Judged:
    """Judge a build's joins and what it left out by the corpus's truth."""
    joined = {(row["zh_file"], row["en_file"]) for row in manifest}
    missed = []
    right = set()
    for record in truth["records"]:
        fits = [pair for pair in joined if pair[0] in record["zh"] and pair[1] in record["en"]]
        right.update(fits)
        if not fits:
            missed.append(f"not joined: {record['zh'][0]} and {record['en'][0]}")
    missed += [f"wrongly joined: {zh} and {en}" for zh, en in sorted(joined - right)]
    states = {row["path"]: row["state"] for row in catalogue}
    faults = told = 0
    for fault in truth["faults"]:
        wanted = len(fault["files"]) - fault["kept"]
        found = sum(states.get(file) == fault["reason"] for file in fault["files"])
        faults += wanted
        told += min(found, wanted)
        if found < wanted:
            said = ", ".join(f"{file} {states.get(file)}" for file in fault["files"])
            missed.append(f"no {fault['reason']}: {said}")
    return Judged(
        len(truth["records"]), len(right), len(joined - right), faults, told, tuple(missed)
    )


def build_twice(corpus: Path, workspace: Path) -> list[tuple[str, str]]:
    """Build a corpus, and again with nothing to do."""
    command = (*CDTM, "build", str(corpus), "-w", str(workspace))
    first = measure(command)
    second = measure(command)
    truth = json.loads(truth_of(corpus).read_text("utf-8"))
    made = open_workspace(workspace)
    manifest = [*made.manifest().values()]
    judged = judge(truth, manifest, made.catalogue())
    sentences = [sum(row[f"{x}_sentences"] or 0 for row in manifest) for x in ("zh", "en")]
    units = sum(row["units"] or 0 for row in manifest)
    files = made.catalogue()
    left = sum(row["state"] != JOINED for row in files)
    facts = [
        ("corpus", f"{len(files):,} files, {judged.records:,} records in both languages"),
        ("sentences", f"{sentences[0]:,} Chinese, {sentences[1]:,} English"),
        ("units", f"{units:,}"),
        ("build", f"{first.seconds:.0f} s, {first.cpu:.0f} CPU s, {first.megabytes:,.0f} MB"),
        ("second run", f"{second.seconds:.1f} s, {second.megabytes:,.0f} MB"),
        ("pairs joined right", f"{judged.right:,} of {judged.records:,}, {judged.wrong} wrong"),
        ("faults listed", f"{judged.told:,} of {judged.faults:,} ({left:,} files left out)"),
    ]
    return facts + [("missed", text) for text in judged.missed]


def export_all(workspace: Path, folder: Path) -> list[tuple[str, str]]:
    """Export a workspace's units to a TMX, and validate it."""
    out = folder / "all.tmx"
    cost = measure((*CDTM, "export", "-w", str(workspace), "-o", str(out), "--tier", "all"))
    checked = measure((*CDTM, "validate", str(out)))
    return [
        ("export", f"{cost.seconds:.1f} s, {cost.megabytes:,.0f} MB"),
        ("its TMX", f"{out.stat().st_size / 2**20:,.0f} MB, valid ({checked.seconds:.0f} s)"),
    ]


def build_killed(corpus: Path, folder: Path, kills: int, seed: int) -> tuple[int, bool]:
    """Build undisturbed, and killed at random moments; say if both export the same bytes.

    Returns:
        How many kills came before the build was at its end, and whether the exports are equal.
    """
    calm, torn = folder / "calm", folder / "torn"
    started = time.perf_counter()
    measure((*CDTM, "build", str(corpus), "-w", str(calm), "-q"))
    usual = time.perf_counter() - started
    moments = random.Random(seed)
    hit = 0
    for _ in range(kills):
        hit += kill_after(
            moments.uniform(0.3, usual / 3), (*CDTM, "build", str(corpus), "-w", str(torn), "-q")
        )
    measure((*CDTM, "build", str(corpus), "-w", str(torn), "-q"))
    files = [folder / f"{workspace.name}.tmx" for workspace in (calm, torn)]
    for workspace, file in zip((calm, torn), files, strict=True):
        measure((*CDTM, "export", "-w", str(workspace), "-o", str(file), "--tier", "all", "-q"))
    return hit, files[0].read_bytes() == files[1].read_bytes()


def kill_after(seconds: float, command: Sequence[str]) -> bool:
    """Start a command and kill it with all that it started; whether it was still at work."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def main(
    records: Annotated[int, typer.Option(help="Of the corpus that is built.")] = RECORDS,
    folder: Annotated[
        Path | None, typer.Option(help="Keep corpus, workspace and exports here.")
    ] = None,
    kills: Annotated[int, typer.Option(help="How often the small build is killed.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the corpora and the moments.")] = 1,
) -> None:
    """Build a corpus, judge it, export it; then kill the build of a smaller one."""
    if not PARALLEL.is_dir():
        print("Needs the parallel texts beside the checkout (../shared/training): not run.")
        return
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        facts = []
        if records:
            corpus, workspace = place / f"corpus-{records}", place / f"workspace-{records}"
            if not corpus.exists():
                make_corpus(corpus, records, seed)
            facts += build_twice(corpus, workspace)
            facts += export_all(workspace, place)
        if kills:
            small = place / "killed"
            small.mkdir(exist_ok=True)
            make_corpus(small / "corpus", KILLED_RECORDS, seed + 1)
            hit, same = build_killed(small / "corpus", small, kills, seed)
            verdict = "the same bytes" if same else "DIFFERENT"
            facts.append(("killed", f"{hit} of {kills} times while at work; exports: {verdict}"))
    width = max(len(heading) for heading, _ in facts)
    for heading, text in facts:
        print(f"{heading:<{width}}  {text}")


if __name__ == "__main__":
    typer.run(main)
