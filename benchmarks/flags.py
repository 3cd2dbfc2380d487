"""How often each flag is wrong, and what it finds: `python -m benchmarks.flags`.

Four figures:

* false alarms: how often a rule fires on beads that are right (gold links, and the half of
  `unpc_devset` that nobody read while the rules were made);
* planted faults: in that half one pair in twenty gets a fault (seeded); recall by kind of fault,
  precision by rule;
* our own alignments of the gold: of the beads with a flag, how many are wrong;
* speed: seconds of a processor for a record of 450 beads and for 20,000.

The other half of `unpc_devset` is for reading while a rule is made: `development_half`.
"""

from __future__ import annotations

import gzip
import hashlib
import math
import random
import re
import time
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from align import Bead, align_pair, load_encoder
from align.doubt.flags import flags_of
from align.doubt.rules import REASONS, RULES
from align.links import links_of, read_links
from align.quality.evaluate import gold_names
from corpora import Document, Sentence, read_segmented
from corpora.facts.spelt import CARDINALS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.links import Link

SHARED: Final = Path(__file__).resolve().parent.parent.parent / "shared"
GOLD_SETS: Final = ("spv", "cdpv-1579-part1", "mac-dev")
ALIGNED_SETS: Final = (*GOLD_SETS, "mac-dev-omissions")

FAULT_SHARE: Final = 0.05
"""Share of the pairs that get a fault."""

RUNS: Final = 10
"""Copies with planted faults, each of its own seed."""

Pair = tuple[str, str]
"""Chinese, English."""


class Fault(NamedTuple):
    """A way to spoil a pair.

    Attributes:
        name: for the table.
        expected: the flags that mean it.
        spoil: gives the spoilt English, or None where the pair has nothing to spoil; takes the
            pair, the English of the next pair, and the random generator.
    """

    name: str
    expected: tuple[str, ...]
    spoil: Callable[[Pair, str, random.Random], str | None]


def read_halves(shared: Path = SHARED) -> tuple[list[Pair], list[Pair]]:
    """Give (development half, reported half) of `unpc_devset`, split by hash of the English."""
    path = shared / "training" / "parallel" / "unpc_devset.tsv.gz"
    halves: tuple[list[Pair], list[Pair]] = ([], [])
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            zh, _, en = line.rstrip("\n").partition("\t")
            if zh.strip() and en.strip():
                halves[hashlib.sha256(en.encode()).digest()[-1] % 2].append((zh, en))
    return halves


def flag_pairs(pairs: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Give the flags of pairs as if they were the beads of one document."""
    zh = Document("pairs", "zh", tuple(Sentence(pair[0]) for pair in pairs))
    en = Document("pairs", "en", tuple(Sentence(pair[1]) for pair in pairs))
    return flags_of([Bead((i, i + 1), (i, i + 1)) for i in range(len(pairs))], zh, en)


def read_gold(folder: Path, name: str) -> tuple[Document, Document, list[Link]]:
    """Read one text with gold."""
    zh = read_segmented(folder / f"{name}.zh", language="zh")
    en = read_segmented(folder / f"{name}.en", language="en")
    return zh, en, read_links(folder / f"{name}.gold")


def flag_gold(folder: Path) -> list[tuple[str, ...]]:
    """Give the flags of the right beads of a gold set, null links left out.

    The few links whose sentences do not adjoin cannot be beads and are left out too.
    """
    flags = []
    for name in gold_names(folder):
        zh, en, links = read_gold(folder, name)
        beads = [bead for link in links if (bead := _bead(link)) is not None]
        found = flags_of(beads, zh, en)
        flags += [mine for bead, mine in zip(beads, found, strict=True) if not bead.is_null]
    return flags


def _bead(link: Link) -> Bead | None:
    spans = [(side[0], side[-1] + 1) if side else (0, 0) for side in link]
    if any(stop - start != len(side) for (start, stop), side in zip(spans, link, strict=True)):
        return None
    return Bead(spans[0], spans[1])


_DIGITS: Final = re.compile(r"(?<![\w/.,()-])\d{1,3}(?:,\d{3})*(?![\w/,(-]|\.\d)")
_WORDS: Final = re.compile(rf"\b(?:{'|'.join(w for w, v in CARDINALS.items() if 3 <= v <= 19)})\b")
_YEAR: Final = re.compile(r"(?<![\d/.(-])(?:19|20)\d\d(?![\d/)-])")
_MONTHS: Final = (
    *("January", "February", "April", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_MONTH: Final = re.compile("|".join(_MONTHS))
_SYMBOL: Final = re.compile(r"\b[A-Z]{1,4}/[A-Z0-9/.]*\d+\b|(?<=resolution )\d{2,4}(?= \()")


def _change(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def _other_digit(text: str, rng: random.Random) -> str:
    place = rng.choice([i for i, ch in enumerate(text) if ch.isdigit()])
    digits = [digit for digit in "123456789" if digit != text[place]]
    return text[:place] + rng.choice(digits) + text[place + 1 :]


def change_number(pair: Pair, _: str, rng: random.Random) -> str | None:
    """Change one digit of a number, or one spelt number."""
    match = _pick(_DIGITS, pair[1][4:], rng)  # not the paragraph's own number
    if match is not None:
        return pair[1][:4] + _change(pair[1][4:], match, _other_digit(match[0], rng))
    match = _pick(_WORDS, pair[1], rng)
    if match is None:
        return None
    others = [w for w, v in CARDINALS.items() if 3 <= v <= 19 and w != match[0]]
    return _change(pair[1], match, rng.choice(others))


def change_date(pair: Pair, _: str, rng: random.Random) -> str | None:
    """Change a month or a year."""
    match = _pick(_MONTH, pair[1], rng)
    if match is not None and rng.random() < 0.5:
        return _change(pair[1], match, rng.choice([m for m in _MONTHS if m != match[0]]))
    match = _pick(_YEAR, pair[1], rng)
    if match is None:
        return None
    return _change(pair[1], match, str(int(match[0]) + rng.choice((-10, -3, -2, -1, 1, 2, 3, 10))))


def change_symbol(pair: Pair, _: str, rng: random.Random) -> str | None:
    """Change one digit of a document symbol or of a resolution's number."""
    match = _pick(_SYMBOL, pair[1], rng)
    return None if match is None else _change(pair[1], match, _other_digit(match[0], rng))


def shift(pair: Pair, following: str, _: random.Random) -> str | None:
    """Put the next pair's English in the place of this one's."""
    return None if following == pair[1] else following


def cut(pair: Pair, _: str, __: random.Random) -> str | None:
    """Leave the second half out; the text has at least eight words."""
    words = pair[1].split()
    return " ".join(words[: len(words) // 2]) if len(words) >= 8 else None


def leave_chinese(pair: Pair, _: str, __: random.Random) -> str | None:
    """Put the Chinese text on the English side."""
    return pair[0] if len(pair[0]) >= 8 else None


def lose_question(pair: Pair, _: str, __: random.Random) -> str | None:
    """Make a question a statement."""
    text = pair[1].rstrip()
    return text[:-1] + "." if text.endswith("?") else None


@cache
def _countries() -> tuple[list[str], re.Pattern[str]]:
    """Read the names of a public list: not the table that the rule reads, which lacks some."""
    names = set()
    path = SHARED / "training" / "lexicon" / "country_names.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            name = line.rstrip("\n").partition("\t")[2]
            if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", name) and len(name) > 3:
                names.add(name)
    known = sorted(names)
    return known, re.compile(rf"\b(?:{'|'.join(sorted(known, key=len, reverse=True))})\b")


def swap_country(pair: Pair, _: str, rng: random.Random) -> str | None:
    """Put another country's name."""
    known, pattern = _countries()
    match = _pick(pattern, pair[1], rng)
    if match is None:
        return None
    return _change(pair[1], match, rng.choice([name for name in known if name != match[0]]))


FAULTS: Final = (
    Fault("number changed", ("number-differs", "date-differs"), change_number),
    Fault("month or year changed", ("date-differs",), change_date),
    Fault("symbol changed", ("symbol-differs",), change_symbol),
    Fault("country swapped", ("name-missing",), swap_country),
    Fault("neighbour's English", tuple(REASONS), shift),
    Fault("second half lost", ("length-odd", "end-mark-differs"), cut),
    Fault("Chinese on both sides", ("untranslated",), leave_chinese),
    Fault("question mark lost", ("end-mark-differs",), lose_question),
)
"""Every kind of fault."""


def plant(
    pairs: Sequence[Pair], kinds: Sequence[Fault], seed: int
) -> tuple[list[Pair], dict[int, Fault]]:
    """Spoil `FAULT_SHARE` of the pairs, as many of each kind as the text allows.

    Returns:
        The pairs, and which fault each spoilt one has.
    """
    rng = random.Random(seed)
    spoilt, planted = list(pairs), dict[int, Fault]()
    wanted = round(FAULT_SHARE * len(pairs) / len(kinds))
    for fault in kinds:
        places = [i for i in range(len(pairs) - 1) if i not in planted]
        rng.shuffle(places)
        done = 0
        for place in places:
            new = fault.spoil(pairs[place], pairs[place + 1][1], rng)
            if new is None or new == pairs[place][1]:
                continue
            spoilt[place], planted[place] = (pairs[place][0], new), fault
            done += 1
            if done == wanted:
                break
    return spoilt, planted


class Measured(NamedTuple):
    """What the rules make of planted faults.

    Attributes:
        planted: faults by kind.
        found: of these, beads with any flag.
        named: of these, beads with a flag that means the fault.
        alarms: beads by flag.
        right: of these, beads with a fault; the flag ``translated-otherwise`` accuses two beads
            of which one has it.
    """

    planted: Counter[str]
    found: Counter[str]
    named: Counter[str]
    alarms: Counter[str]
    right: Counter[str]


def measure_planted(pairs: Sequence[Pair], kinds: Sequence[Fault], runs: int = RUNS) -> Measured:
    """Plant faults in `runs` copies of the pairs, flag them, and count."""
    counts = Measured(Counter(), Counter(), Counter(), Counter(), Counter())
    for seed in range(runs):
        spoilt, planted = plant(pairs, kinds, seed)
        spoilt_texts = {text for place in planted for text in spoilt[place]}
        for place, flags in enumerate(flag_pairs(spoilt)):
            fault = planted.get(place)
            for flag in flags:
                counts.alarms[flag] += 1
                counts.right[flag] += fault is not None or (
                    flag == "translated-otherwise" and not spoilt_texts.isdisjoint(spoilt[place])
                )
            counts.alarms["any"] += bool(flags)
            counts.right["any"] += bool(flags) and fault is not None
            if fault is not None:
                counts.planted[fault.name] += 1
                counts.found[fault.name] += bool(flags)
                counts.named[fault.name] += any(flag in fault.expected for flag in flags)
    return counts


def measure_alignments(gold: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Align the gold sets; count beads by flag, and how many of these are wrong.

    Null links are left out. The keys ``all`` and ``none`` are all beads and those without a flag.
    """
    encoder = load_encoder()
    total: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    for folder in ALIGNED_SETS:
        for name in gold_names(gold / folder):
            zh, en, links = read_gold(gold / folder, name)
            alignment = align_pair(zh, en, encoder)
            right = set(links)
            found = flags_of(alignment.beads, zh, en)
            for link, bead, flags in zip(links_of(alignment), alignment.beads, found, strict=True):
                if bead.is_null:
                    continue
                for key in ("all", *(flags or ("none",))):
                    total[key] += 1
                    wrong[key] += link not in right
    return total, wrong


def _alone(
    flag: str, kinds: Sequence[Fault], counts: Measured, right: Sequence[tuple[str, ...]]
) -> tuple[str, str]:
    """Work out a rule's precision if all faults were of the kinds that it is made for, and weight.

    With eight kinds mixed, a rule's own faults are but an eighth of the faults, and its false
    alarms all of its false alarms.
    """
    own = [fault.name for fault in kinds if flag in fault.expected and len(fault.expected) < 3]
    planted = sum(counts.planted[name] for name in own)
    if not planted:
        return "-", "-"
    found = sum(counts.named[name] for name in own) / planted
    false = sum(flag in mine for mine in right) / len(right)
    weight = f"{math.log10(found / false):.1f}" if found and false else "-"
    found, false = FAULT_SHARE * found, (1 - FAULT_SHARE) * false
    return f"{found / (found + false):.3f}" if found + false else "-", weight


def measure_speed(pairs: Sequence[Pair], count: int) -> float:
    """Give the seconds of processor time that the flags of `count` beads take, after a warm-up."""
    many = [pairs[i % len(pairs)] for i in range(count)]
    flag_pairs(many[:10])
    started = time.process_time()
    flag_pairs(many)
    return time.process_time() - started


def main(shared: Path = SHARED) -> None:
    """Measure the flags: false alarms, planted faults, our own alignments."""
    console = Console()
    _, reported = read_halves(shared)
    columns = {name: flag_gold(shared / "gold" / name) for name in GOLD_SETS}
    columns["UN text"] = flag_pairs(reported)
    table = Table(
        "on right beads", *(f"{name} ({len(flags)})" for name, flags in columns.items()), box=None
    )
    for flag in (*REASONS, "any but next-to-omission"):
        shares = []
        for flags in columns.values():
            if flag in REASONS:
                hits = sum(flag in mine for mine in flags)
            else:
                hits = sum(bool(set(mine) - {"next-to-omission"}) for mine in flags)
            shares.append(f"{hits} ({hits / len(flags):.2%})")
        table.add_row(flag, *shares)
    console.print(table)
    right = columns["UN text"]
    counts = measure_planted(reported, FAULTS)
    console.print(f"\nPlanted faults: {FAULT_SHARE:.0%} of {len(reported)} pairs, {RUNS} times")
    table = Table("fault", "planted", "any flag", "its own flag", box=None)
    for name, planted in counts.planted.items():
        shown = (counts.found[name], counts.named[name])
        table.add_row(name, str(planted), *(f"{count / planted:.3f}" for count in shown))
    console.print(table)
    columns_ = ("flag", "alarms", "precision", "its own faults alone", "weight", "that of the rule")
    table = Table(*columns_, box=None)
    weights = {rule.word: str(rule.weight or "-") for rule in RULES}
    for flag in (*REASONS, "any"):
        alarms = counts.alarms[flag]
        share = f"{counts.right[flag] / alarms:.3f}" if alarms else "-"
        alone = _alone(flag, FAULTS, counts, right)
        table.add_row(flag, str(alarms), share, *alone, weights.get(flag, "-"))
    console.print(table)
    total, wrong = measure_alignments(shared / "gold")
    console.print("\nOur own alignments of the gold, null links left out")
    table = Table("flag", "beads", "wrong", "share", box=None)
    for key in ("all", "none", *REASONS):
        if total[key]:
            share = f"{wrong[key] / total[key]:.3f}"
            table.add_row(key, str(total[key]), str(wrong[key]), share)
    console.print(table)
    seconds = {count: measure_speed(reported, count) for count in (450, 20_000)}
    console.print("\nSpeed: " + ", ".join(f"{n} beads {s:.3f} s" for n, s in seconds.items()))


if __name__ == "__main__":
    typer.run(main)
