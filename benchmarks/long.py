"""Long documents: seconds, memory and F1 of `cdtm align`: `python -m benchmarks.long`.

The documents are made of public parallel text in its order: sentences dropped and joined at random
(seeded) on either side, English joined until it has three lines for four of Chinese, so that the
right links are known. Each size runs in a process of its own, from files to a TMX. The shipped
encoder was trained on these very texts: the F1 says whether length harms, and nothing on how good
the alignment of unseen text is; the gold sets do that.
"""

from __future__ import annotations

import gzip
import math
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from align.links import read_links
from align.quality.evaluate import Scores, lax, score_links, strict
from benchmarks.processes import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.links import Link

PARALLEL = Path(__file__).resolve().parent.parent.parent / "shared" / "training" / "parallel"
TEXTS = ("unpc_devset.tsv.gz", "twlaw.tsv.gz")

DROPPED = 0.05
"""Share of the sentences of each side that are left out."""

ZH_JOINED = 0.05
"""Share of the Chinese sentences that are joined to the one before."""

EN_PER_ZH = 0.75
"""Lines of English for one of Chinese, reached by joining."""

SIZES = (5_000, 10_000, 20_000, 40_000)
"""Lines of Chinese."""


@dataclass(frozen=True, slots=True)
class Made:
    """Two documents with their right links, which follow from the making."""

    zh: list[str]
    en: list[str]
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of `cdtm align` took and gave.

    Attributes:
        seconds: from the start of the process to its end.
        cpu: processor seconds of the process and of what it started.
        megabytes: most memory that all its processes held together, MB of 2**20 bytes, looked at
            five times a second; a page that some share counts once.
        strict, lax: against the made links; None where sentences are not numbered as lines are.
    """

    seconds: float
    cpu: float
    megabytes: float
    strict: Scores | None = None
    lax: Scores | None = None


def read_pairs(folder: Path = PARALLEL) -> Iterator[tuple[str, str]]:
    """Read the parallel texts in their order, line by line."""
    for name in TEXTS:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                zh, _, en = line.rstrip("\n").partition("\t")
                if zh.strip() and en.strip():
                    yield zh.strip(), en.strip()


def make_documents(pairs: Iterable[tuple[str, str]], size: int, seed: int = 1) -> Made:
    """Make a Chinese document of `size` lines, its English version and the links between them.

    Args:
        pairs: sentences and their translations, in order.
        size: lines of Chinese; less if `pairs` do not suffice.
        seed: of what is left out and joined.
    """
    rng = random.Random(seed)
    en_joined = 1 - EN_PER_ZH * (1 - ZH_JOINED)  # as many of both are left out
    zh, en = _Lines(""), _Lines(" ")
    for number, (left, right) in enumerate(pairs):
        dropped, joined = rng.random() < DROPPED, rng.random() < ZH_JOINED
        if not dropped:
            if len(zh.texts) == size and not joined:
                break
            zh.add(left, number, joined=joined)
        dropped, joined = rng.random() < DROPPED, rng.random() < en_joined
        if not dropped:
            en.add(right, number, joined=joined)
    return Made(zh.texts, en.texts, list(_links(zh.numbers, en.numbers)))


class _Lines:
    """The lines of one side as they are made, and the numbers of the pairs in each."""

    def __init__(self, space: str) -> None:
        self.space = space
        self.texts: list[str] = []
        self.numbers: list[list[int]] = []

    def add(self, text: str, number: int, *, joined: bool) -> None:
        if joined and self.texts:
            self.texts[-1] += self.space + text
            self.numbers[-1].append(number)
        else:
            self.texts.append(text)
            self.numbers.append([number])


def _links(zh: Sequence[Sequence[int]], en: Sequence[Sequence[int]]) -> Iterator[Link]:
    """Link lines that share a pair, directly or through others; one that shares none is alone.

    A line that shares none but stands between the parts of a joined line belongs to its link.

    Args:
        zh: the rising numbers of the pairs in each Chinese line.
        en: the same for English.
    """
    i = j = 0
    while i < len(zh) or j < len(en):
        top, left = i, j
        # `last` of the pairs that the link holds so far; at first the one with which it begins.
        last = min(side[place][0] for side, place in ((zh, i), (en, j)) if place < len(side))
        while True:
            if i < len(zh) and zh[i][0] <= last:
                last = max(last, zh[i][-1])
                i += 1
            elif j < len(en) and en[j][0] <= last:
                last = max(last, en[j][-1])
                j += 1
            else:
                break
        yield tuple(range(top, i)), tuple(range(left, j))


def run_align(made: Made, folder: Path, *, plain: bool) -> Run:
    """Align two made documents in a process of its own.

    Args:
        made: the documents.
        folder: where to put them and the outputs.
        plain: as plain text, a paragraph a line, that has to be told from wrapped lines and parted
            into sentences; else as text with a sentence a line.
    """
    suffix = ".txt" if plain else ""
    files = [folder / f"made.{language}{suffix}" for language in ("zh", "en")]
    for file, lines in zip(files, (made.zh, made.en), strict=True):
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    out, links = folder / "made.tmx", folder / "made.links"
    command = [sys.executable, "-m", "cdtm", "align", *map(str, files), "-o", str(out)]
    command += [] if plain else ["--segmented", "-o", str(links)]
    cost = measure(command)
    figures = cost.seconds, cost.cpu, cost.megabytes
    if plain:
        return Run(*figures)
    counts = score_links(made.links, read_links(links))
    return Run(*figures, strict(counts), lax(counts))


def growth(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Exponent of the power of the size by which seconds grow: 1 is linear, 2 quadratic.

    The slope of the line of least squares through the logarithms.
    """
    x, y = [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    middle, centre = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - middle) ** 2 for a in x)
    return sum((a - middle) * (b - centre) for a, b in zip(x, y, strict=True)) / spread


def main(
    size: Annotated[
        list[int] | None, typer.Option(help="Lines of Chinese; may be given again.")
    ] = None,
    plain: Annotated[bool, typer.Option(help="Also as plain text, a paragraph a line.")] = True,
    seed: Annotated[int, typer.Option(help="Of what is left out and joined.")] = 1,
) -> None:
    """Make documents of each size, align them and print what it took."""
    if not PARALLEL.is_dir():
        print("Needs the parallel texts beside the checkout (../shared/training): not run.")
        return
    sizes = size or list(SIZES)
    table = Table("input", "Chinese × English", "s", "CPU s", "MB", "strict F1", "lax F1", box=None)
    grown = []
    for as_plain in (False, True) if plain else (False,):
        kind = "plain text" if as_plain else "--segmented"
        runs = []
        for lines in sizes:
            made = make_documents(read_pairs(), lines, seed)
            with tempfile.TemporaryDirectory() as folder:
                run = run_align(made, Path(folder), plain=as_plain)
            runs.append(run)
            scores = [f"{each.f1:.4f}" if each else "" for each in (run.strict, run.lax)]
            figures = f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{run.megabytes:.0f}"
            table.add_row(kind, f"{len(made.zh):,} × {len(made.en):,}", *figures, *scores)
        if len(sizes) > 1:
            wall, cpu = (growth(sizes, [getattr(r, f) for r in runs]) for f in ("seconds", "cpu"))
            grown.append(
                f"{kind}: seconds grow with the size to the power of {wall:.2f}, "
                f"CPU seconds {cpu:.2f}."
            )
    Console().print(table)
    for sentence in grown:
        print(sentence)
    print(f"{os.cpu_count()} processors, load at the end {os.getloadavg()[0]:.1f}; seed {seed}.")


if __name__ == "__main__":
    typer.run(main)
