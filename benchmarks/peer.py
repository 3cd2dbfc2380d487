"""Bertalign as an outside program, on our vectors and our gold.

It is under the GPL and wants a newer Python than we do, so it is no dependency: it is measured
where somebody has installed it into an interpreter of its own. It gets the shipped encoder as a
sentence-transformers folder, so that what differs is the alignment alone.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align.encoder.export import export_encoder
from align.links import read_links
from align.quality.evaluate import Counts, NullCounts, count_nulls, gold_names, score_links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoder.static import StaticEncoder
    from align.links import Link

MAX_ALIGN = 8
"""Sentences in a bead at most, as in its authors' figures for MAC and as in ours."""

# The program that the other interpreter runs; it prints the beads and seconds of each pair.
_DRIVER = """
import importlib.metadata, json, sys, time
from pathlib import Path
from bertalign import Bertalign, Encoder
model, max_align, *files = sys.argv[1:]
encoder = Encoder(model)
found = []
for zh, en in zip(files[::2], files[1::2]):
    texts = [Path(path).read_text("utf-8") for path in (zh, en)]
    for warm in (True, False):
        started = time.perf_counter()
        pair = Bertalign(*texts, is_split=True, max_align=int(max_align), model=encoder)
        pair.align_sents()
        seconds = time.perf_counter() - started
    sizes = [pair.src_num, pair.tgt_num]
    beads = [[list(map(int, side)) for side in bead] for bead in pair.result]
    found.append({"seconds": seconds, "sizes": sizes, "beads": beads})
print(json.dumps({"version": importlib.metadata.version("bertalign"), "pairs": found}))
"""


@dataclass(frozen=True, slots=True)
class PeerResult:
    """What the peer made of one gold set: counts, and seconds to encode and align, warm."""

    counts: Counts
    nulls: NullCounts
    seconds: float


def run_peer(
    python: Path, encoder: StaticEncoder, folders: Sequence[Path]
) -> tuple[str, dict[str, PeerResult]]:
    """Align every gold set with the peer.

    Args:
        python: interpreter that can import bertalign.
        encoder: whose vectors it gets.
        folders: gold sets.

    Returns:
        Its version, and its result by the set's name.

    Raises:
        RuntimeError: it failed, or counted other lines than we do.
    """
    names = [(folder, name) for folder in folders for name in gold_names(folder)]
    files = [str(folder / f"{name}.{side}") for folder, name in names for side in ("zh", "en")]
    with tempfile.TemporaryDirectory() as made:
        model = Path(made) / "model"
        export_encoder(encoder, model)
        told = subprocess.run(
            [str(python), "-c", _DRIVER, str(model), str(MAX_ALIGN), *files],
            capture_output=True,
            text=True,
            check=False,
        )
    if told.returncode:
        raise RuntimeError(told.stderr)
    answer = json.loads(told.stdout.splitlines()[-1])
    results: dict[str, PeerResult] = {}
    for (folder, name), pair in zip(names, answer["pairs"], strict=True):
        gold = read_links(folder / f"{name}.gold")
        predicted: list[Link] = [(tuple(zh), tuple(en)) for zh, en in pair["beads"]]
        lines = [
            len((folder / f"{name}.{side}").read_text("utf-8").splitlines())
            for side in ("zh", "en")
        ]
        if lines != pair["sizes"]:
            raise RuntimeError(f"{name}: it counts {pair['sizes']} lines, and there are {lines}")
        one = PeerResult(
            score_links(gold, predicted), count_nulls(gold, predicted), pair["seconds"]
        )
        results[folder.name] = _add(results.get(folder.name), one)
    return answer["version"], results


def _add(before: PeerResult | None, one: PeerResult) -> PeerResult:
    if before is None:
        return one
    return PeerResult(
        before.counts + one.counts, before.nulls + one.nulls, before.seconds + one.seconds
    )
