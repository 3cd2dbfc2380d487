"""`make demo`: the main job on the bundled sample, a short fictitious meeting of our own writing.

Without arguments the files go into ./demo-out; `python -m cdtm.demo FOLDER` writes elsewhere.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from align.links import links_of, read_links
from align.quality.evaluate import score_links, strict
from cdtm.cli import report_errors
from cdtm.jobs.pair import AlignJob
from cdtm.pair.align import run_align
from cdtm.show import console, print_facts
from tmx_out.units import join_sentences

if TYPE_CHECKING:
    from align import Alignment

SHOWN = 8
"""Units in the table: what fits on a screen."""

SAMPLE = Path(__file__).with_name("sample")


def run_demo(folder: Path) -> None:
    """Align the sample, write TMX, TSV and links, show the first units and the F1."""
    folder.mkdir(parents=True, exist_ok=True)
    outputs = tuple(folder / f"CD_PV.9999{suffix}" for suffix in (".tmx", ".tsv", ".links"))
    inputs = (SAMPLE / "CD_PV.9999.zh.txt", SAMPLE / "CD_PV.9999.en.txt")
    gold = read_links(SAMPLE / "CD_PV.9999.gold")
    alignment, _ = run_align(AlignJob(*inputs, outputs))
    print_units(alignment)
    scores = strict(score_links(gold, links_of(alignment)))
    facts = [
        ("Against", f"{len(gold)} links set by hand: strict F1 {scores.f1:.3f}"),
        ("Memory", f"{outputs[0]}"),
        ("Next", "cdtm align YOUR.zh.pdf YOUR.en.pdf -o your.tmx"),
    ]
    print_facts(facts, stderr=False)


def print_units(alignment: Alignment) -> None:
    """Print the first beads as a table: both texts, the kind, the confidence."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("Chinese", ratio=5, overflow="fold")
    table.add_column("English", ratio=6, overflow="fold")
    table.add_column("type", justify="right", no_wrap=True)
    table.add_column("conf.", justify="right", no_wrap=True)
    for bead in alignment.beads[:SHOWN]:
        sure = "" if bead.is_null else f"{bead.confidence:.2f}"
        zh = join_sentences(alignment.zh.sentences[slice(*bead.zh)], "zh")
        en = join_sentences(alignment.en.sentences[slice(*bead.en)], "en")
        table.add_row(Text(zh), Text(en), bead.kind, sure)
    out = console()
    out.print()
    out.print(table)
    left = len(alignment.beads) - SHOWN
    out.print(f"… and {left} more", style="dim")
    out.print()


def main() -> None:
    """Run the demo into the folder of the first argument, or ./demo-out."""
    with report_errors():
        run_demo(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-out"))


if __name__ == "__main__":
    main()
