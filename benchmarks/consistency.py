"""How often each rule of consistency is wrong, what it finds: `python -m benchmarks.consistency`.

False alarms are units accused in the half of `unpc_devset` that no rule was made on, whose pairs
are right: a rule may still be right there about a translation that varies. Planted faults are units
added to that half, each a copy of a right one that is spoilt in one way (seeded); terms one at a
time, for a memory in which many are spoilt has no custom. The last figure is the time for
the same text a hundred thousand units long, each repeat with another number in front.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from align.doubt.consistency import KINDS, LEAST_HAN, anomalies
from align.terms.glossary import read_glossary
from benchmarks.flags import change_number, read_halves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.doubt.consistency import Anomaly
    from align.terms.glossary import Term
    from benchmarks.flags import Pair

PLANTED: Final = 40
"""Faults of each kind."""


def accused(found: Iterable[Anomaly], kind: str | None = None) -> set[int | str]:
    """Give the units that any anomaly names, or any of one kind."""
    return {unit for anomaly in found if kind in (None, anomaly.kind) for unit in anomaly.ids}


def frame_of(pairs: Sequence[Pair]) -> pl.DataFrame:
    """Make a memory of pairs, whose ids are their places."""
    return pl.DataFrame(
        {
            "id": range(len(pairs)),
            "zh": [pair[0] for pair in pairs],
            "en": [pair[1] for pair in pairs],
        },
        schema={"id": pl.Int64, "zh": pl.String, "en": pl.String},
    )


def plant(pairs: Sequence[Pair], terms: Sequence[Term], seed: int) -> dict[str, list[Pair]]:
    """Spoil copies of right pairs, by the kind of anomaly that should tell them."""
    rng = random.Random(seed)
    order = [i for i in range(len(pairs) - 1) if len(pairs[i][0]) > LEAST_HAN + 10]
    rng.shuffle(order)
    planted: dict[str, list[Pair]] = {kind: [] for kind in KINDS}
    for place in order:
        (zh, en), (next_zh, next_en) = pairs[place], pairs[place + 1]
        changed = change_number((zh, en), "", rng)
        if changed and changed != en and len(planted["number-varies"]) < PLANTED:
            planted["number-varies"].append((zh, changed))
        elif len(en) > 60 and len(planted["zh-varies"]) < PLANTED:
            planted["zh-varies"].append((next_zh, en))
        elif len(planted["en-varies"]) < PLANTED:
            planted["en-varies"].append((zh, next_en))
        elif len(planted["term-varies"]) < PLANTED:
            spoilt = _other_term((zh, en), terms)
            if spoilt is not None:
                planted["term-varies"].append(spoilt)
    return planted


def _other_term(pair: Pair, terms: Sequence[Term]) -> Pair | None:
    """Take the English names of a term out of a pair that has it on both sides."""
    zh, en = pair
    for term in terms:
        form = next((form for form in term.zh if len(form) >= 4 and form in zh), None)
        if form is not None and any(name in en for name in term.en):
            for name in sorted(term.en, key=len, reverse=True):
                en = en.replace(name, "other matter")
            return zh + "等", en
    return None


def main(seed: int = 3) -> None:
    """Measure false alarms, planted faults and time."""
    console = Console()
    terms = read_glossary()
    _, reported = read_halves()
    found = anomalies(frame_of(reported), terms)
    table = Table("rule", "units accused of right ones", "share", box=None)
    for kind in (*KINDS, None):
        units = accused(found, kind)
        table.add_row(kind or "any", str(len(units)), f"{len(units) / len(reported):.2%}")
    console.print(f"{len(reported)} right pairs")
    console.print(table)
    planted = plant(reported, terms, seed)
    table = Table("planted", "units", "told by its rule", "by any", box=None)
    for kind, spoilt in planted.items():
        batches = [[one] for one in spoilt] if kind == "term-varies" else [spoilt]
        own = anyhow = 0
        for batch in batches:
            told = anomalies(frame_of([*reported, *batch]), terms)
            places = set(range(len(reported), len(reported) + len(batch)))
            own += len(places & accused(told, kind))
            anyhow += len(places & accused(told))
        table.add_row(kind, str(len(spoilt)), str(own), str(anyhow))
    console.print(table)
    many = [
        (f"第{i}组：{zh}", f"Group {i}: {en}")
        for i in range(100_000 // len(reported) + 1)
        for zh, en in reported
    ][:100_000]
    started = time.perf_counter()
    told = anomalies(frame_of(many), terms)
    seconds = time.perf_counter() - started
    console.print(f"{len(many):,} units: {seconds:.1f} s, {len(told):,} anomalies")


if __name__ == "__main__":
    typer.run(main)
