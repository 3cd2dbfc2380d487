"""Whether a look-up's first equivalent is right: `python -m benchmarks.equivalents LIST WORKSPACE`.

`equivalents.tsv` holds twelve lists of some 100 queries with every answer that is right, written by
hand from knowledge of how the United Nations says it (partly from its thesaurus), before any
program was asked: ``records``, ``records-2`` … over a memory of the shared records, ``un``,
``un-2`` … over one of the UN text among the training data. Half of each list, drawn by the hash of
the query, is ``held``. All have been read, so what they say now is no verdict. The fifth of each
text judged when nobody had seen them: 178 of their 200 queries were answered, 172 of them rightly;
one answer more was right and missing from its list (低垂的果实, as a record has it). Of the 200 of
the sixth, which judged the program mended after that, 182 were answered, 178 of them rightly. They
are terms; no sentence of a record is here.

`--make FOLDER` writes the UN text as records of some hundred paragraphs, for `cdtm build`.
"""

from __future__ import annotations

import argparse
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from align.terms.candidates import chinese_key, english_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
QUERIES: Final = ROOT / "benchmarks" / "equivalents.tsv"
PARALLEL: Final = ROOT.parent / "shared" / "training" / "parallel"
SOURCES: Final = ("unpc_devset", "un_charter", "unbis_scope_notes")
LISTS: Final = tuple(
    f"{text}{n}" for text in ("records", "un") for n in ("", "-2", "-3", "-4", "-5", "-6")
)
PARAGRAPHS: Final = 250
"""Of one made-up record."""

Verdict = Literal["right", "wrong", "silent"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and every answer that is right."""

    half: str
    text: str
    right: tuple[str, ...]


def read_queries(name: str, path: Path = QUERIES) -> list[Query]:
    """Read one list."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return [
        Query(half, text, tuple(right.split("|")))
        for of, half, text, right in rows[1:]
        if of == name
    ]


def key(text: str) -> str:
    """Write an answer so that case, articles, the plural, width and 《》 count for nothing."""
    return chinese_key(english_key(text)).casefold()


def judge(query: Query, first: str | None) -> Verdict:
    """Say whether a first equivalent is right; None is silence."""
    if first is None:
        return "silent"
    return "right" if key(first) in map(key, query.right) else "wrong"


def table(found: Sequence[tuple[Query, Verdict]]) -> Iterable[str]:
    """The figures as lines for people."""
    yield "half  queries  answered  right of answered"
    for half in ("open", "held", "all"):
        verdicts = [verdict for query, verdict in found if half in (query.half, "all")]
        answered = [verdict for verdict in verdicts if verdict != "silent"]
        right = answered.count("right")
        share = right / len(answered) if answered else 0.0
        yield f"{half:<5} {len(verdicts):7} {len(answered):9}  {right} ({share:.1%})"


def make_records(folder: Path) -> None:
    """Write the UN text as records."""
    rows = []
    for name in SOURCES:
        with gzip.open(PARALLEL / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            rows += [line.rstrip("\n").split("\t")[:2] for line in lines]
    folder.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, len(rows), PARAGRAPHS)):
        part = rows[start : start + PARAGRAPHS]
        for side, language in enumerate(("zh", "en")):
            text = "\n\n".join(row[side] for row in part)
            (folder / f"A_70_{900 + number}.{language}.txt").write_text(text + "\n", "utf-8")


def main() -> None:
    """Ask, judge and print; the misses by name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", choices=LISTS, nargs="?")
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--make", type=Path, help="write the UN text as records to this folder")
    options = parser.parse_args()
    if options.make:
        make_records(options.make)
        return
    from cdtm.lookup.looker import Looker

    found = []
    with Looker.open(options.workspace, many=True) as looker:
        for query in read_queries(options.list):
            equivalents = looker.find(query.text, limit=1).equivalents
            first = equivalents[0].text if equivalents else None
            verdict = judge(query, first)
            found.append((query, verdict))
            if verdict != "right":
                print(f"{verdict}\t{query.text}\t{first}\t{' | '.join(query.right)}")
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
