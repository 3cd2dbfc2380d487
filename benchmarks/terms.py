"""Term extraction measured: `python -m benchmarks.terms WORKSPACE [--first N]`.

Recall: of the built-in glossary's terms whose forms stand on both sides of three units or more,
how many are extracted with a right equivalent first. The glossary feeds nothing that is measured.
A term counts as found where an extracted pair has one of its Chinese forms, and the pair's first
English form is one of its English ones, without regard to case, number, hyphens, articles and 《》.

The first pairs are printed for judging by eye. `--text FILE` (TSV of two columns, may be gzipped)
extracts from other text; `--lexicon FILE` then tells how many of the pairs whose Chinese form it
has are right by it (a synonym counts as wrong, so this is a lower bound).
"""

from __future__ import annotations

import argparse
import gzip
import resource
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align import load_encoder
from align.encoder.static import StaticEncoder
from align.terms.candidates import chinese_key, english_key
from align.terms.extract import extract_terms
from align.terms.glossary import read_glossary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from align.terms.glossary import Term
    from align.terms.inventory import TextPair
    from align.terms.types import TermPair

LEAST = 3
"""Units in which a glossary term must stand to be asked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair of texts out of a file."""

    zh: str
    en: str
    document: str = ""
    date: date | None = None


def occurrences(term: Term, units: Iterable[TextPair]) -> int:
    """Count units that hold a Chinese and an English form of a term."""
    zh = [chinese_key(form) for form in term.zh]
    en = [form.lower() for form in term.en]
    return sum(
        any(form in chinese_key(unit.zh) for form in zh)
        and any(form in unit.en.lower() for form in en)
        for unit in units
    )


def rank_of(term: Term, pairs: Sequence[TermPair]) -> int | None:
    """Give the place, from 1, of the pair that has a term right; None if none has."""
    zh = {chinese_key(form) for form in term.zh}
    en = {english_key(form) for form in term.en}
    for number, pair in enumerate(pairs, start=1):
        if english_key(pair.en[0]) in en and any(chinese_key(form) in zh for form in pair.zh):
            return number
    return None


def judge_by_lexicon(pairs: Iterable[TermPair], lexicon: dict[str, set[str]]) -> tuple[int, int]:
    """Count pairs whose Chinese form a lexicon has, and those of them that are right by it."""
    known = [pair for pair in pairs if chinese_key(pair.zh[0]) in lexicon]
    right = sum(
        any(english_key(form) in lexicon[chinese_key(pair.zh[0])] for form in pair.en)
        for pair in known
    )
    return len(known), right


def read_lexicon(path: Path) -> dict[str, set[str]]:
    """Read a TSV of Chinese and English terms, as keys."""
    out: dict[str, set[str]] = defaultdict(set)
    for zh, en in _lines(path):
        out[chinese_key(zh)].add(english_key(en))
    return out


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    for line in text.splitlines():
        zh, en = line.split("\t")[:2]
        yield zh, en


def _units(options: argparse.Namespace) -> Sequence[TextPair]:
    if options.text:
        return [Line(zh, en, path.name) for path in options.text for zh, en in _lines(path)]
    from cdtm.build.workspace import open_workspace
    from cdtm.memory.choice import Choice
    from cdtm.memory.memory import Memory
    from cdtm.terms import sample_units

    with Memory.open(open_workspace(options.workspace).memory) as memory:
        return sample_units(memory, Choice(), memory.count())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path, nargs="?")
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--least", type=int, default=None)
    parser.add_argument("--text", type=Path, nargs="*")
    parser.add_argument("--lexicon", type=Path)
    options = parser.parse_args()
    from cdtm.terms import least_units

    units = _units(options)
    encoder = load_encoder()
    assert isinstance(encoder, StaticEncoder)
    start = time.perf_counter()
    pairs = extract_terms(units, encoder, least=options.least or least_units(len(units)))
    seconds = time.perf_counter() - start
    for number, pair in enumerate(pairs[: options.first], start=1):
        print(f"{number}\t{pair.zh[0]}\t{pair.en[0]}\t{pair.count}\t{pair.score:.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(units):,} units, {len(pairs):,} terms, {seconds:.1f} s, peak {memory:,.0f} MB")
    if options.lexicon:
        known, right = judge_by_lexicon(pairs, read_lexicon(options.lexicon))
        print(f"by {options.lexicon.name}: {right} of {known} right")
    wanted = [term for term in read_glossary() if occurrences(term, units) >= LEAST]
    ranks = {term: rank_of(term, pairs) for term in wanted}
    found = [rank for rank in ranks.values() if rank is not None]
    print(f"glossary: {len(found)} of {len(wanted)} found, equivalent right and first")
    for term, rank in ranks.items():
        if rank is None:
            print(f"  missed {term.zh[0]} {term.en[0]}")


if __name__ == "__main__":
    main()
