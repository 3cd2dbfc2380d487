"""All figures in one file: `python -m benchmarks.results` writes `benchmarks/RESULTS.md`.

Each section is a function that gives Markdown lines; one whose data or program is not there says
so in a sentence.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import numpy as np
import typer

from align import align_pair
from align.confidence import WEIGHTS
from align.encoder.directions import unit_rows
from align.encoder.static import MODEL, StaticEncoder
from align.quality.calibration import expected_calibration_error, kept_at, stored_thresholds
from align.quality.evaluate import Evaluation, JudgedBead, evaluate_folder, gold_names, lax, strict
from benchmarks import build, damage, lookups, speed, words
from benchmarks.gate import GOLD
from corpora import read_segmented
from training.corpus import HELD_OUT_SOURCE, SOURCES, hold_out, read_pairs
from training.damaged import REPORT_SEED, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.encoder.load import Encoder

OUTPUT = Path(__file__).parent / "RESULTS.md"
SETS = ("mac-dev", "mac-dev-omissions", "hansard", "cdpv-1579-part1", "spv")
RECORD = "CD_PV.1579"
PRECISION = 0.99
"""Of the shipped threshold that is judged."""


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Make a table whose first column holds text and whose others hold figures."""
    marks = ["---", *(["---:"] * (len(headings) - 1))]
    lines = [headings, marks, *rows]
    return ["| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines]


def processor_name(cpuinfo: str) -> str:
    """Read the processor's name in the text of Linux's /proc/cpuinfo; else what Python knows."""
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name" and value.strip():
            return value.strip()
    return platform.processor() or platform.machine()


def heading() -> list[str]:
    """When, of what, and on which machine."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty=, with changes not committed"],
        cwd=speed.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        cpuinfo = ""
    packages = ", ".join(f"{name} {version(name)}" for name in ("cdtm", "numpy", "tokenizers"))
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return [
        "# Results",
        "",
        "Written by `python -m benchmarks.results`; do not edit.",
        "",
        f"- {datetime.now(UTC):%d %B %Y, %H:%M} UTC, commit {told.stdout.strip() or 'unknown'}",
        f"- {packages}, Python {platform.python_version()}, {platform.system()}",
        f"- {processor_name(cpuinfo)}, {os.cpu_count()} processors{load}",
    ]


def calibration_error(beads: Sequence[JudgedBead]) -> float:
    """Expected calibration error of beads."""
    return expected_calibration_error([b.confidence for b in beads], [b.right for b in beads])


def quality(evaluations: dict[str, Evaluation]) -> list[str]:
    """Scores of every gold set."""
    rows = []
    for name, evaluation in evaluations.items():
        exact, near, nulls = (
            strict(evaluation.pooled),
            lax(evaluation.pooled),
            evaluation.pooled_nulls,
        )
        rows.append(
            [
                name,
                f"{evaluation.pooled.gold:,}",
                *(f"{v:.4f}" for v in (exact.precision, exact.recall, exact.f1, near.f1)),
                f"{nulls.found} of {nulls.gold}",
                f"{nulls.found} of {nulls.predicted}",
                f"{calibration_error(evaluation.pooled_beads):.4f}",
            ]
        )
    signatures = {evaluation.signature for evaluation in evaluations.values()}
    headings = (
        *("gold set", "links", "strict P", "R", "F1", "lax F1"),
        *("null links found", "null links right", "calibration error"),
    )
    return [
        "## Gold sets",
        "",
        f"Signature `{', '.join(sorted(signatures))}`. Precision counts null links, recall does",
        "not. What was learnt for scores and confidences was learnt on these very sets: their",
        "cross-validated figures stand in `align/*.json` and below.",
        "",
        *markdown_table(headings, rows),
    ]


def confidence(stored: dict[str, object]) -> list[str]:
    """What calibration measured by cross-validation, from the file that ships."""
    provenance = stored.get("provenance")
    lines = ["## Confidence, cross-validated over kinds of text", ""]
    if not isinstance(provenance, dict):
        return [*lines, "`align/confidence.json` does not say where it comes from."]
    error = provenance.get("expected calibration error, cross-validated over documents")
    lines += [f"Expected calibration error {error} over {provenance.get('beads'):,} beads.", ""]
    measured = provenance.get("thresholds on documents that did not set them")
    thresholds = stored.get("thresholds")
    if not isinstance(measured, dict) or not isinstance(thresholds, dict):
        return [*lines, "It holds no thresholds yet: run `python -m training.calibrate`."]
    rows = [
        [
            f"{float(wanted):.1%}",
            f"{thresholds[wanted]:.4f}" if wanted in thresholds else "none",
            f"{found['precision']:.2%}",
            f"{found['share']:.1%}",
        ]
        for wanted, found in measured.items()
    ]
    headings = ("wanted precision", "shipped threshold", "precision where not set", "units kept")
    lines += markdown_table(headings, rows)
    kinds = provenance.get("kinds, each left out")
    if isinstance(kinds, dict):
        lines += [
            "",
            "Each kind of text left out in turn, at the threshold that the others set:",
            "",
        ]
        lines += markdown_table(
            ("kind", "beads", "calibration error", "right at 99.0%", "units kept"),
            [
                [
                    name,
                    f"{kind['beads']:,}",
                    f"{kind['expected calibration error']:.4f}",
                    f"{kind['thresholds']['0.99']['precision']:.2%}",
                    f"{kind['thresholds']['0.99']['share']:.1%}",
                ]
                for name, kind in kinds.items()
            ],
        )
    return lines


def damaged(encoder: Encoder, shared: Path = SHARED) -> list[str]:
    """Omissions in the copies that nothing was tuned on, and the confidences there."""
    families = {
        name: [damage.judge(copy, encoder) for copy in copies]
        for name, copies in damage.families(REPORT_SEED, shared).items()
    }
    rows = [damage.row_of(name, found) for name, found in families.items()]
    both = [one for found in families.values() for one in found]
    rows.append(damage.row_of("both", both))
    lines = [
        "## Damaged copies",
        "",
        "Sentences, paragraphs and pages left out at random on either side",
        "(`python -m benchmarks.damage --report`); this damage and this half of the UN text were",
        "never learnt from. The records themselves are those of the gold sets.",
        "",
        *markdown_table(damage.HEADINGS, rows),
        "",
    ]
    for name, found in [*families.items(), ("both", both)]:
        beads = [bead for one in found for bead in one.beads]
        lines.append(f"- {name}: {_confidence_of(beads)}")
    return lines


def _confidence_of(beads: Sequence[JudgedBead]) -> str:
    said = f"expected calibration error {calibration_error(beads):.4f}"
    threshold = stored_thresholds().get(PRECISION)
    if threshold is None:
        return said
    units = [bead for bead in beads if not bead.is_null]
    kept = kept_at(threshold, [b.confidence for b in units], [b.right for b in units])
    return (
        f"{said}; the shipped threshold for {PRECISION:.0%}, {threshold:.4f}, keeps "
        f"{kept.share:.1%} of the units at {kept.precision:.2%} precision"
    )


def retrieval(encoder: Encoder, zh: list[str], en: list[str]) -> tuple[float, float]:
    """Share of texts whose own translation is the nearest, zh to en and en to zh."""
    left, right = (unit_rows(encoder.encode(texts)) for texts in (zh, en))
    likeness = left @ right.T
    own = np.arange(len(zh))
    return (
        float((likeness.argmax(axis=1) == own).mean()),
        float((likeness.argmax(axis=0) == own).mean()),
    )


def held_out(encoder: Encoder, shared: Path = SHARED) -> list[str]:
    """Retrieval among the UN pairs that the encoder's training never saw."""
    source = next(s for s in SOURCES if s.name == HELD_OUT_SOURCE)
    path = shared / "training" / source.folder / f"{source.name}.tsv.gz"
    _, held = hold_out(read_pairs(path, source))
    forth, back = retrieval(encoder, held.zh, held.en)
    return [
        "## Retrieval",
        "",
        f"Of {len(held):,} pairs of UN text that training never saw, the right translation is",
        f"first for {forth:.4f} (zh to en) and {back:.4f} (en to zh), by `{encoder.signature}`.",
    ]


def against_release(commit: str, shared: Path = SHARED, runs: int = speed.RUNS) -> list[str]:
    """Seconds and memory of one record, beside those of an earlier commit."""
    zh, en = (shared / "records" / f"{RECORD}.{side}.txt" for side in ("zh", "en"))
    with tempfile.TemporaryDirectory() as made:
        old, new = speed.unpack(commit, Path(made) / "old"), speed.ROOT
        output = Path(made) / "out.tmx"
        whole = speed.alternate(
            lambda: speed.end_to_end(new, zh, en, output),
            lambda: speed.end_to_end(old, zh, en, output),
            runs,
        )
        alone = speed.alternate(
            lambda: speed.align_only(new, zh, en), lambda: speed.align_only(old, zh, en), runs
        )
        left, right = speed.sentences_of(new, zh, en)
    return [
        "## Speed and memory",
        "",
        f"{RECORD}, {left} × {right} sentences; {runs} runs of this tree and of `{commit}` in",
        "turns. A ratio is the middle one of the pairs of runs (least to greatest); below 1 is",
        "faster than before. Processor seconds are disturbed less by what else the machine does.",
        "",
        *markdown_table(
            ("", "s now", f"s {commit}", "ratio", "CPU ratio", "MB now", f"MB {commit}"),
            [
                ["`cdtm align`, files to TMX", *_cells(whole, with_memory=True)],
                ["encode and align alone", *_cells(alone, with_memory=False)],
            ],
        ),
    ]


def _cells(found: speed.Comparison, *, with_memory: bool) -> list[str]:
    sides = (found.ours, found.theirs)
    seconds = [f"{statistics.median(cost.seconds for cost in side):.3f}" for side in sides]
    memory = [f"{statistics.median(cost.megabytes for cost in side):.0f}" for side in sides]
    ratios = [
        f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        for ratios in (found.ratios, found.cpu_ratios)
    ]
    return [*seconds, *ratios, *(memory if with_memory else ["", ""])]


def against_peer(
    python: Path | None, encoder: StaticEncoder, evaluations: dict[str, Evaluation]
) -> list[str]:
    """The same vectors and gold in another aligner, where one is installed."""
    lines = [
        "## A peer",
        "",
        "hunalign, vecalign, Bleualign and maligna were found neither in the Python index nor in",
        "Debian's (November 2026), and their code is not ours to copy. Bertalign 2.0.1 (a fork on",
        "PyPI, GPL, Python 3.12) is measured as an outside program.",
    ]
    if python is None:
        return [
            *lines,
            "Not in this run: give `--peer-python PATH`, an interpreter with `bertalign`.",
        ]
    from benchmarks.peer import MAX_ALIGN, run_peer

    name, results = run_peer(python, encoder, [GOLD / each for each in evaluations])
    rows = []
    for each, result in results.items():
        ours = evaluations[each]
        for who, counts, nulls, seconds in (
            ("ours", ours.pooled, ours.pooled_nulls, warm_seconds(GOLD / each, encoder)),
            ("Bertalign", result.counts, result.nulls, result.seconds),
        ):
            rows.append(
                [
                    f"{each}, {who}",
                    f"{strict(counts).f1:.4f}",
                    f"{lax(counts).f1:.4f}",
                    f"{nulls.found} of {nulls.gold}",
                    f"{nulls.found} of {nulls.predicted}",
                    f"{seconds:.2f}",
                ]
            )
    headings = ("set", "strict F1", "lax F1", "null links found", "right", "s, warm")
    return [
        *lines,
        f"Here: bertalign {name} with {MAX_ALIGN} sentences in a bead at most and our shipped",
        "vectors, so that only the alignment differs; the output that its authors archived, made",
        "with LaBSE, has strict F1 .911 on mac-dev. Seconds are of the second run over each pair,",
        "from text to beads: reading (it tells the languages there), encoding, aligning.",
        "",
        *markdown_table(headings, rows),
    ]


def warm_seconds(folder: Path, encoder: Encoder) -> float:
    """Read, encode and align every pair of a gold set, the second time."""
    total = 0.0
    for name in gold_names(folder):
        for is_warm in (False, True):
            started = time.perf_counter()
            zh = read_segmented(folder / f"{name}.zh", language="zh")
            en = read_segmented(folder / f"{name}.en", language="en")
            align_pair(zh, en, encoder)
            total += is_warm * (time.perf_counter() - started)
    return total


def long_documents(sizes: Sequence[int] | None = None) -> list[str]:
    """Made documents of several lengths: seconds, memory, F1 and how time grows."""
    lines = ["## Long documents", ""]
    try:
        from benchmarks import long
    except ImportError:
        return [*lines, "`benchmarks/long.py` is not there: not measured."]
    rows, runs = [], []
    for size in sizes or long.SIZES:
        made = long.make_documents(long.read_pairs(), size)
        with tempfile.TemporaryDirectory() as folder:
            run = long.run_align(made, Path(folder), plain=False)
        runs.append((size, run))
        scores = [f"{each.f1:.4f}" if each else "" for each in (run.strict, run.lax)]
        rows.append(
            [
                f"{len(made.zh):,} × {len(made.en):,}",
                f"{run.seconds:.1f}",
                f"{run.cpu:.1f}",
                f"{run.megabytes:.0f}",
                *scores,
            ]
        )
    grown = long.growth([size for size, _ in runs], [run.seconds for _, run in runs])
    return [
        *lines,
        "`cdtm align --segmented` from files to TMX on documents made of public parallel text",
        "(`python -m benchmarks.long`); training has seen the text, so the F1 only says whether",
        "length harms.",
        "",
        *markdown_table(("lines", "s", "CPU s", "MB", "strict F1", "lax F1"), rows),
        "",
        f"Seconds grow with the length to the power of {grown:.2f} (1 is linear).",
    ]


def recorded(section: Recorded) -> list[str]:
    """What the last run of a benchmark with `--record` measured: it takes too long for here."""
    command = f"python -m {section.__name__}"
    try:
        told = json.loads(section.RECORDED.read_text("utf-8"))
    except FileNotFoundError:
        return [f"## {section.TITLE}", "", f"Not measured: run `{command} --record`."]
    return [
        f"## {section.TITLE}",
        "",
        f"{section.ABOUT} (`{command} --record`).",
        *told["about"],
        "",
        *markdown_table(("", "measured"), told["facts"]),
    ]


class Recorded(Protocol):
    """A benchmark whose figures are kept in a file."""

    __name__: str
    RECORDED: Path
    TITLE: str
    ABOUT: str


def word_alignment() -> list[str]:
    """How right word alignment is on the beads that were linked by hand."""
    return [
        "## Words within a bead",
        "",
        "Links of `align.word_alignment` against beads linked by hand (`python -m",
        "benchmarks.words`); nothing was tuned on the half `test`.",
        "",
        "```",
        *words.table(words.measure_shipped()),
        "```",
    ]


def main(
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write.")] = OUTPUT,
    against: Annotated[
        str, typer.Option(help="Tag or commit to compare with; the last tag by default.")
    ] = "",
    peer_python: Annotated[
        Path | None, typer.Option(help="An interpreter that has bertalign.")
    ] = None,
    long: Annotated[bool, typer.Option(help="Also the long documents (minutes).")] = True,
) -> None:
    """Measure everything and write the file."""
    if not GOLD.is_dir():
        print("The benchmarks need the gold beside the checkout (../shared): nothing written.")
        raise typer.Exit(1)

    def say(section: str) -> None:
        print(section, file=sys.stderr, flush=True)

    # The times are taken first: the file says the load at its start.
    sections = [heading()]
    say("speed and memory")
    timed = [against_release(against or speed.last_release())]
    if long:
        say("long documents")
        timed.append(long_documents())
    encoder = StaticEncoder(MODEL)
    say("gold sets")
    evaluations = {name: evaluate_folder(GOLD / name, encoder) for name in SETS}
    sections += [quality(evaluations), confidence(json.loads(WEIGHTS.read_text("utf-8")))]
    say("damaged copies")
    sections.append(damaged(encoder))
    say("retrieval")
    sections += [held_out(encoder), *timed]
    say("words")
    sections += [recorded(build), recorded(lookups), word_alignment()]
    say("a peer")
    sections.append(against_peer(peer_python, encoder, evaluations))
    output.write_text("\n\n".join("\n".join(lines) for lines in sections) + "\n", "utf-8")
    print(f"wrote {output.name}")


if __name__ == "__main__":
    typer.run(main)
