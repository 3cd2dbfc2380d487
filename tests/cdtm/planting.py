"""Forty faults of the kinds that memories have, planted in the shared records at known places.

Faults of the text are planted in the English files before anything is built, so that the whole
program meets them; an alignment moved by one is planted in the tables of the built records, whose
confidence and flags stay those of the right beads: the hardest case, an aligner that is sure.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import polars as pl

from cdtm.build.place import Place
from cdtm.build.records import Job, build_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from align.doubt.rank import Doubt

Kind = Literal["number", "dropped", "speakers", "page", "shifted"]

WANTED: dict[Kind, int] = {"page": 1, "speakers": 5, "number": 12, "shifted": 8, "dropped": 14}
"""Faults of each kind: forty in all."""

KEYS = {
    "CD-PV-1579": "CD_PV.1579",
    "S-PV-10054": "S_PV.10054",
    "S-PV-10100": "S_PV.10100",
    "S-PV-9722": "S_PV.9722",
}
"""The records, and how their files begin."""

APART = 2
"""Beads of the right alignment that lie between two faults at least."""

SHIFTED = (3, 4, 5, 6)
"""Pairs that an alignment moved by one may hold."""


ONCE = 60
"""Characters from which a text is nowhere else in a record."""

SPELT = "three|four|five|six|seven|eight|nine|ten"
"""Numbers in words that are changed for one another."""


@dataclass(frozen=True)
class Fault:
    """A planted fault.

    Attributes:
        kind: what was done.
        record: key.
        zh: numbers of the Chinese sentences that it touches: those of a doubt that finds it.
        told: what was done, for whoever reads the list.
    """

    kind: Kind
    record: str
    zh: frozenset[int]
    told: str


@dataclass(frozen=True)
class Tables:
    """The two tables of a built record."""

    sentences: pl.DataFrame
    beads: pl.DataFrame


def build(records: Path, store: Path) -> dict[str, Tables]:
    """Build every record as `cdtm build` does, and give its tables by key."""
    built = {}
    for key, name in KEYS.items():
        job = Job(
            key=key,
            symbol=None,
            files=(f"{name}.zh.txt", f"{name}.en.txt"),
            hashes=("", ""),
            joined_by="symbol",
            joining=1.0,
            notes=(),
            signature="",
            records=Place(str(records)),
            store=Place(str(store)),
        )
        row = build_record(job)
        assert row["status"] == "done", row["reason"]
        built[key] = Tables(
            pl.read_parquet(store / key / "sentences.parquet"),
            pl.read_parquet(store / key / "beads.parquet"),
        )
    return built


class Planter:
    """Plants faults in copies of the files, away from each other.

    Args:
        records: the folder of the right files.
        right: their right alignment.
        seed: of every choice.
    """

    def __init__(self, records: Path, right: dict[str, Tables], seed: int) -> None:
        self.rng = random.Random(seed)
        self.right = right
        self.files = {
            (key, side): (records / f"{name}.{side}.txt").read_text("utf-8")
            for key, name in KEYS.items()
            for side in ("zh", "en")
        }
        self.beads = {key: tables.beads.to_dicts() for key, tables in right.items()}
        self.taken: set[tuple[str, int]] = set()  # record, bead of the right alignment
        self.faults: list[Fault] = []

    def plant_texts(self) -> None:
        """Plant every fault of the files."""
        for kind, count in WANTED.items():
            self._plant(kind, count)

    def _plant(self, kind: Kind, count: int) -> None:
        places = [(key, i) for key, beads in self.beads.items() for i in range(len(beads))]
        self.rng.shuffle(places)
        for key, place in places:
            if sum(fault.kind == kind for fault in self.faults) == count:
                return
            fault = getattr(self, f"_plant_{kind}")(key, place)
            if fault is not None:
                self.faults.append(fault)
        raise AssertionError(f"There is no room for {count} faults of the kind {kind}.")

    def write(self, folder: Path) -> None:
        """Write the files with their faults."""
        for (key, side), text in self.files.items():
            (folder / f"{KEYS[key]}.{side}.txt").write_text(text, "utf-8")

    def _free(self, key: str, first: int, stop: int) -> bool:
        """Whether beads are right, sure, joined one to one, and far from every other fault."""
        beads = self.beads[key]
        if first < 1 or stop >= len(beads):
            return False
        near = range(first - APART, stop + APART)
        return all((key, i) not in self.taken for i in near) and all(
            _is_plain(beads[i]) for i in range(first - 1, stop + 1)
        )

    def _fault(self, kind: Kind, key: str, first: int, stop: int, told: str) -> Fault:
        beads = self.beads[key][first:stop]
        self.taken.update((key, i) for i in range(first, stop))
        numbers = (i for bead in beads for i in range(bead["zh_start"], bead["zh_end"]))
        return Fault(kind, key, frozenset(numbers), told)

    def _plant_shifted(self, key: str, place: int) -> Fault | None:
        """Reserve a stretch for `plant_shifts`; it has one bead more than pairs are moved."""
        stop = place + 1 + self.rng.choice(SHIFTED)
        if not self._free(key, place, stop):
            return None
        return self._fault("shifted", key, place, stop, f"{stop - place - 1} pairs moved by one")

    def _find(self, key: str, text: str) -> tuple[int, int] | None:
        """Find a sentence in the English file, whatever its lines; None unless it is there once."""
        pattern = r"\s+".join(re.escape(word) for word in text.split())
        found = list(re.finditer(pattern, self.files[key, "en"]))
        return found[0].span() if len(found) == 1 else None

    def _replace(self, key: str, span: tuple[int, int], new: str) -> None:
        text = self.files[key, "en"]
        self.files[key, "en"] = text[: span[0]] + new + text[span[1] :]

    def _plant_number(self, key: str, place: int) -> Fault | None:
        """Change one digit of a number in the English text, or one spelt number from three on."""
        if not self._free(key, place, place + 1):
            return None
        text = self.beads[key][place]["en"]
        span = self._find(key, text)
        numbers = list(re.finditer(rf"(?<![\w/.-])(?:\d+(?:,\d{{3}})*|{SPELT})(?![\w/])", text))
        if span is None or not numbers:
            return None
        match = self.rng.choice(numbers)
        if match[0].isalpha():
            new = self.rng.choice([word for word in SPELT.split("|") if word != match[0]])
            self._replace(key, span, text[: match.start()] + new + text[match.end() :])
            return self._fault("number", key, place, place + 1, f"{match[0]} made {new}")
        at = self.rng.choice([i for i, ch in enumerate(match[0]) if ch.isdigit()])
        digit = self.rng.choice([d for d in "123456789" if d != match[0][at]])
        new = match[0][:at] + digit + match[0][at + 1 :]
        self._replace(key, span, text[: match.start()] + new + text[match.end() :])
        return self._fault("number", key, place, place + 1, f"{match[0]} made {new}")

    def _plant_dropped(self, key: str, place: int) -> Fault | None:
        """Drop an English sentence."""
        bead = self.beads[key][place]
        if not self._free(key, place, place + 1) or self._opens(key, place):
            return None
        span = self._find(key, bead["en"])
        if span is None or len(bead["en"].split()) < 4:
            return None
        self._replace(key, span, "")
        return self._fault("dropped", key, place, place + 1, f"dropped: {bead['en'][:60]}")

    def _plant_speakers(self, key: str, place: int) -> Fault | None:
        """Swap the labels of two English turns, one after the other."""
        if not self._opens(key, place):
            return None
        later = [i for i in range(place + 1, len(self.beads[key])) if self._opens(key, i)]
        if not later or not self._swappable(key, place) or not self._swappable(key, later[0]):
            return None
        labels = [self._label(key, i) for i in (place, later[0])]
        spans = [self._find(key, self.beads[key][i]["en"]) for i in (place, later[0])]
        if labels[0] == labels[1] or spans[0] is None or spans[1] is None:
            return None
        for i, span, mine, new in (
            (later[0], spans[1], labels[1], labels[0]),
            (place, spans[0], labels[0], labels[1]),
        ):
            self._replace(key, span, new + self.beads[key][i]["en"][len(mine) :])
        told = f"{labels[0]} and {labels[1]} swapped"
        first = self._fault("speakers", key, place, place + 1, told)
        second = self._fault("speakers", key, later[0], later[0] + 1, told)
        return Fault("speakers", key, first.zh | second.zh, told)

    def _swappable(self, key: str, place: int) -> bool:
        near = range(place - APART, place + 1 + APART)
        return _is_plain(self.beads[key][place]) and all((key, i) not in self.taken for i in near)

    def _plant_page(self, key: str, place: int) -> Fault | None:
        """Take an English page out: what stands between two of the files' page marks."""
        text = self.files[key, "en"]
        marks = [match.end() for match in re.finditer(r"(?:\d+ )?GE\.21-16520(?: \d+)?\n", text)]
        page = self.rng.randrange(2, max(3, len(marks) - 3))
        if len(marks) < 10:
            return None
        gone = " ".join(text[marks[page] : marks[page + 1]].split())
        inside = [
            i
            for i, bead in enumerate(self.beads[key])
            if len(bead["en"]) > ONCE and bead["en"] in gone
        ]
        first, stop = inside[0], inside[-1] + 1
        self.files[key, "en"] = text[: marks[page]] + text[marks[page + 1] :]
        self.taken.update((key, i) for i in (first - 1, stop))  # cut through by the page's edges
        return self._fault("page", key, first, stop, f"page {page + 2} taken out")

    def _sentence(self, key: str, place: int) -> tuple[str, int]:
        """Give the first English sentence of a bead, and the characters of its label."""
        sentences = self.right[key].sentences.filter(pl.col("language") == "en")
        return sentences.select("text", "label").row(self.beads[key][place]["en_start"])

    def _opens(self, key: str, place: int) -> bool:
        return bool(self._label(key, place))

    def _label(self, key: str, place: int) -> str:
        bead = self.beads[key][place]
        if bead["en_start"] == bead["en_end"]:
            return ""
        text, label = self._sentence(key, place)
        return text[:label].strip()


def _is_plain(bead: dict[str, object]) -> bool:
    """Whether a bead joins one sentence with one, without any doubt."""
    return bool(bead["zh_first"] == len(str(bead["zh"])) and bead["zh"]) and not (
        bead["flags"] or bead["en_first"] != len(str(bead["en"])) or not bead["en"]
    )


def plant_shifts(built: dict[str, Tables], reserved: list[Fault], seed: int) -> dict[str, Tables]:
    """Move the alignment by one over the stretches that were reserved.

    Each stretch begins with an English sentence too many, and ends with a Chinese one too many;
    these are null links, or joined to the bead before and after it, by chance.
    """
    rng = random.Random(seed)
    tables = {}
    for key, one in built.items():
        rows = one.beads.to_dicts()
        for fault in (fault for fault in reserved if fault.record == key):
            places = [i for i, row in enumerate(rows) if row["zh"] and row["zh_start"] in fault.zh]
            stretch = rows[places[0] : places[-1] + 1]
            assert len(stretch) == len(fault.zh), "The reserved stretch is not joined one to one."
            moved = _moved(stretch, joined=rng.random() < 0.5)
            rows[places[0] : places[-1] + 1] = moved
        numbered = [row | {"number": number} for number, row in enumerate(rows)]
        tables[key] = Tables(one.sentences, pl.DataFrame(numbered, schema=one.beads.schema))
    return tables


def _moved(beads: list[dict[str, object]], *, joined: bool) -> list[dict[str, object]]:
    """Give the beads with each Chinese side beside the English of the one after it."""
    english = ("en_start", "en_end", "en", "en_first", "en_last")
    moved = [bead | {name: after[name] for name in english} for bead, after in pairwise(beads)]
    first, last = beads[0], beads[-1]
    if joined:
        moved[0] |= {"en_start": first["en_start"], "en": f"{first['en']} {moved[0]['en']}"}
        moved[-1] |= {"zh_end": last["zh_end"], "zh": f"{moved[-1]['zh']}{last['zh']}"}
        return moved
    alone_en = first | {"zh_end": first["zh_start"], "zh": "", "zh_first": 0, "zh_last": 0}
    alone_zh = last | {"en_start": last["en_end"], "en": "", "en_first": 0, "en_last": 0}
    nothing = {"speaker": "", "vector": None, "paragraph": None, "page": None}
    return [alone_en | nothing, *moved, alone_zh | nothing]


def plant(
    records: Path, folder: Path, right: dict[str, Tables], seed: int
) -> tuple[dict[str, Tables], list[Fault]]:
    """Plant forty faults: in files, which are built in `folder`, and in the built tables.

    Args:
        records: the right files.
        folder: gets ``faulty``, the files with faults, and ``store``, what is built of them.
        right: the tables of the right files.
        seed: of every choice.
    """
    planter = Planter(records, right, seed)
    planter.plant_texts()
    (folder / "faulty").mkdir(parents=True)
    planter.write(folder / "faulty")
    built = build(folder / "faulty", folder / "store")
    reserved = [fault for fault in planter.faults if fault.kind == "shifted"]
    return plant_shifts(built, reserved, seed), planter.faults


def ranks(
    tables: dict[str, Tables], faults: list[Fault], doubts: Sequence[Doubt]
) -> list[int | None]:
    """Give the 0-based row of the first doubt that holds each fault; None for what is not listed.

    A doubt holds a fault if its beads have one of the fault's Chinese sentences.
    """
    covers = [(doubt.record, zh_of(tables, doubt)) for doubt in doubts]
    return [
        next(
            (i for i, (key, zh) in enumerate(covers) if key == fault.record and zh & fault.zh),
            None,
        )
        for fault in faults
    ]


def zh_of(tables: dict[str, Tables], doubt: Doubt) -> set[int]:
    """Give the Chinese sentences of a doubt's beads."""
    beads = tables[doubt.record].beads
    rows = beads.filter(pl.col("number").is_between(doubt.number, doubt.last))
    spans = rows.select("zh_start", "zh_end").iter_rows()
    return {number for start, end in spans for number in range(start, end)}


def main(seeds: Sequence[int]) -> None:
    """Tell by seed how many of the faults the first 80 doubts hold."""
    import tempfile
    from pathlib import Path

    from align.doubt.rank import RecordBeads, rank_doubts

    records = Path(__file__).resolve().parents[3] / "shared" / "records"
    with tempfile.TemporaryDirectory() as folder:
        right = build(records, Path(folder, "right"))
        for seed in seeds:
            tables, faults = plant(records, Path(folder, str(seed)), right, seed)
            doubts = rank_doubts(
                RecordBeads(key, one.sentences, one.beads) for key, one in tables.items()
            )
            found = [row for row in ranks(tables, faults, doubts) if row is not None and row < 80]
            print(f"seed {seed}: {len(found)} of {len(faults)} in 80 of {len(doubts)} rows")


if __name__ == "__main__":
    import sys

    main([int(argument) for argument in sys.argv[1:]])
