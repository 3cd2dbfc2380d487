"""How long the import of another tool's memory takes, and how much memory it holds.

    python -m benchmarks.imports [--units 1000000] [--workers N]

The memory is made of sentences of a small grammar, each unit another, as OPUS writes TMX. What is
reported: seconds on the wall and of the processor, and the most that all processes held. A machine
that does other work makes the wall slow; the processor's seconds, divided by the processors that
are free, are then the better figure.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.processes import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

WHO = (("主席", "The President"), ("我国代表团", "My delegation"), ("秘书处", "The secretariat"))
DOES = (("支持", "supports"), ("审议", "considers"), ("欢迎", "welcomes"), ("反对", "opposes"))
WHAT = (
    ("关于核裁军的决议草案", "the draft resolution on nuclear disarmament"),
    ("裂变材料的核查制度", "the verification regime for fissile material"),
    ("外层空间的军备竞赛", "the arms race in outer space"),
    ("给无核武器国家的安全保证", "the security assurances to non-nuclear-weapon States"),
)
WHEN = (("在第{}次会议上", "at meeting {}"), ("在文件CD/{}中", "in document CD/{}"))
HEADER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="bench" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" '
    'datatype="plaintext"/>\n<body>\n'
)


def pairs(number: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Give so many pairs of sentences, no two alike."""
    rng = random.Random(seed)
    for n in range(number):
        parts = [rng.choice(kind) for kind in (WHO, DOES, WHAT, WHEN)]
        zh, en = zip(*parts, strict=True)
        yield f"{zh[0]}{zh[3].format(n)}{''.join(zh[1:3])}。", f"{' '.join(en).format(n)}."


def write_memory(path: Path, units: int) -> None:
    """Write a TMX of so many units."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        for zh, en in pairs(units):
            stream.write(f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv>')
            stream.write(f'<tuv xml:lang="zh"><seg>{zh}</seg></tuv></tu>\n')
        stream.write("</body></tmx>\n")


def main() -> None:
    """Make a memory, import it, say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.tmx")
        write_memory(path, given.units)
        command = [sys.executable, "-m", "cdtm", "import", str(path), "-w", f"{folder}/w"]
        cost = measure(command + (["--workers", str(given.workers)] if given.workers else []))
    print(
        f"{given.units:,} units: {cost.seconds:.0f} s, {cost.cpu:.0f} s of the processor, "
        f"{cost.megabytes:.0f} MB in all processes"
    )


if __name__ == "__main__":
    main()
