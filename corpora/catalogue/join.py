"""Which files of a folder are one record: pairs, and every other file with the reason why not.

Pure functions on what `folder` and `examine` found. Each file is in one pair or in one `LeftOut`;
nothing is guessed silently.

The rules, in their order:

1. A file with a problem is ``unreadable``.
2. Of files with the same bytes one stays, the others are a ``duplicate`` of it.
3. A file in neither Chinese nor English is in an ``other-language``; one with too little text to
   tell has an ``unknown-language``.
4. Of several files with one symbol and language that differ one stays, the others are another
   ``version`` of it. Word files come first (`BEST_FIRST`), then the larger, then the path.
5. A Chinese and an English file with one symbol are a pair. ``/Corr.1`` and ``/Rev.1`` are part of
   the symbol: a correction is a record of its own.
6. The rest has ``no-partner`` (the symbol is there in one language alone) or ``no-symbol``. These
   files are in `Catalogue.unjoined`, too: content may join them (`align.matching`), a file
   without a symbol with any of the other language, one with a symbol only with one without.
   `join_by_content` takes up what was found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from corpora.catalogue.keys import with_keys
from corpora.catalogue.types import Catalogue, LeftOut, Pair
from corpora.identify import symbol_of_name
from corpora.languages import name_language
from corpora.meeting import normal_symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpora.catalogue.examine import File

BEST_FIRST: Final = ("docx", "odt", "doc", "rtf", "tei", "pdf", "html", "txt")
"""Formats by the text that comes out of them. A Word file says where paragraphs, notes and heads
are; a PDF shows it, and has the pages; a TXT is mostly somebody's extract from the PDF, with notes
and page furniture among the sentences, and never has what the other two lack."""

MOST_DAYS: Final = 1
"""Days by which the dates of one record's two versions may differ: covers and running heads of
real pairs do by one (S/PV.9642: 30 May in Chinese, 31 May in English)."""


def join(files: Iterable[File]) -> Catalogue:
    """Join files into records by their symbols; see the head of this module for the rules.

    Args:
        files: each path once, in any order.
    """
    left_out: list[LeftOut] = []
    ordered = sorted(files, key=lambda file: file.path)
    usable = _set_aside(ordered, left_out)
    broken = [file for file in ordered if file.problem is not None]
    sides = {(normal_symbol(file.symbol), file.language): file for file in usable if file.symbol}
    pairs, single = [], [file for file in usable if not file.symbol]
    for (symbol, language), file in sides.items():
        other = sides.get((symbol, "en" if language == "zh" else "zh"))
        if other is None:
            single.append(file)
        elif language == "zh":
            pairs.append(_pair_by_symbol(file, other))
    single.sort(key=lambda file: file.path)
    left_out += [_without_partner(file, single, broken) for file in single]
    return Catalogue(
        with_keys(pairs), tuple(single), tuple(sorted(left_out, key=lambda left: left.path))
    )


def join_by_content(
    catalogue: Catalogue,
    joins: Iterable[tuple[str, str, float]],
    doubtful: Iterable[tuple[str, str, float]] = (),
) -> Catalogue:
    """Take up what the content of the unjoined files told.

    Args:
        catalogue: of `join`.
        joins: path of a Chinese file, path of an English file, confidence; each path once.
        doubtful: the same for candidates that are not sure enough to be joined; they are told.
    """
    unjoined = {file.path: file for file in catalogue.unjoined}
    pairs = [
        _pair_by_content(unjoined.pop(zh), unjoined.pop(en), confidence)
        for zh, en, confidence in joins
    ]
    candidates: dict[str, list[str]] = defaultdict(list)
    for zh, en, confidence in sorted(doubtful, key=lambda doubt: -doubt[2]):
        candidates[zh].append(f"{en} ({confidence:.0%})")
        candidates[en].append(f"{zh} ({confidence:.0%})")
    joined = {file.path for pair in pairs for file in (pair.zh, pair.en)}
    left_out = [
        replace(left, reason="doubtful", sentence=_tell_doubt(left, candidates[left.path]))
        if left.path in candidates
        else left
        for left in catalogue.left_out
        if left.path not in joined
    ]
    return Catalogue(
        with_keys([*catalogue.pairs, *pairs]), tuple(unjoined.values()), tuple(left_out)
    )


def _tell_doubt(left: LeftOut, candidates: Sequence[str]) -> str:
    said = left.sentence.rstrip(".")
    return (
        f"{said}; by its content it may belong to {' or '.join(candidates)}, which is not sure "
        "enough: give both files the record's symbol as their name if it does."
    )


# -------------------------------------------------------------------- what is no side of a pair


def _set_aside(files: Sequence[File], left_out: list[LeftOut]) -> list[File]:
    """Give the files that can be a side of a pair; put the others into `left_out`."""
    sound = []
    for file in files:
        if file.problem is not None:
            left_out.append(LeftOut(file.path, "unreadable", file.problem))
        else:
            sound.append(file)
    different = []
    for group in _groups(sound, lambda file: file.sha256):
        best, *others = sorted(group, key=_by_name)
        different.append(best)
        left_out += [_duplicate(other, best) for other in others]
    known = []
    for file in different:
        if file.language in ("zh", "en"):
            known.append(file)
        else:
            left_out.append(_of_language(file))
    usable = [file for file in known if not file.symbol]
    named = [file for file in known if file.symbol]
    for group in _groups(named, lambda file: f"{normal_symbol(file.symbol or '')} {file.language}"):
        best, *others = sorted(group, key=_by_quality)
        usable.append(best)
        left_out += [_version(other, best) for other in others]
    return sorted(usable, key=lambda file: file.path)


def _groups(files: Iterable[File], key: Callable[[File], str]) -> Iterator[list[File]]:
    ordered = sorted(files, key=lambda file: (key(file), file.path))
    return (list(group) for _, group in groupby(ordered, key))


def _by_name(file: File) -> tuple[bool, bool, bool, int, str]:
    """Order files of the same bytes: the one whose name says most, then the shortest path."""
    nameless = symbol_of_name(file.name) is None
    return file.symbol is None, file.language is None, nameless, len(file.path), file.path


def _by_quality(file: File) -> tuple[int, int, int, str]:
    return BEST_FIRST.index(file.kind), -file.size, len(file.path), file.path


def _duplicate(file: File, best: File) -> LeftOut:
    sentence = f"A duplicate of {best.path}: the same bytes"
    if file.symbol and file.symbol != best.symbol:
        sentence += f", though its name says {file.symbol}"
    return LeftOut(file.path, "duplicate", sentence + ".")


def _version(file: File, best: File) -> LeftOut:
    why = (
        f"{_KINDS[best.kind]} gives the better text"
        if best.kind != file.kind
        else f"{best.size:,} bytes against {file.size:,}"
        if best.size != file.size
        else "they are alike but not the same"
    )
    sentence = f"Another version of {best.path}, which was taken: {why}."
    if _differ(file, best):
        sentence += f" Their dates differ, {file.date} and {best.date}: check the symbol."
    return LeftOut(file.path, "version", sentence)


_KINDS: Final = {
    "docx": "a Word file",
    "odt": "an OpenDocument file",
    "doc": "an old Word file",
    "rtf": "an RTF file",
    "tei": "a TEI file",
    "pdf": "a PDF",
    "html": "a web page",
    "txt": "a TXT",
}


def _of_language(file: File) -> LeftOut:
    if file.language is None:
        return LeftOut(
            file.path,
            "unknown-language",
            f"{file.name} has too little text to tell its language: end its name in .zh or .en.",
        )
    return LeftOut(
        file.path,
        "other-language",
        f"{file.name} is in {name_language(file.language)}; only Chinese and English are aligned.",
    )


def _differ(one: File, other: File) -> bool:
    """Whether the days of two files are known and too far apart."""
    return (
        one.date is not None
        and other.date is not None
        and abs((one.date - other.date).days) > MOST_DAYS
    )


def _without_partner(file: File, single: Sequence[File], broken: Sequence[File]) -> LeftOut:
    """Say that no symbol joins a file, and which near or unreadable one there is."""
    other = "English" if file.language == "zh" else "Chinese"
    if file.symbol is None:
        return LeftOut(
            file.path,
            "no-symbol",
            f"Neither the text nor the name of {file.name} says its symbol.",
        )
    near = [
        f"{one.symbol} ({one.path})"
        for one in single
        if one.symbol and one.language != file.language and _base(one) == _base(file)
    ]
    sentence = f"{file.symbol} is here in {name_language(file.language or '')} only"
    if near:
        sentence += f"; {other} has {' and '.join(near)}, which is another document"
    lost = [
        one.path
        for one in broken
        if one.symbol
        and one.language != file.language
        and normal_symbol(one.symbol) == normal_symbol(file.symbol)
    ]
    if lost:
        sentence += f"; {' and '.join(lost)} may be its other side but cannot be read"
    return LeftOut(file.path, "no-partner", sentence + ".")


def _base(file: File) -> str:
    """Give the symbol of the record that a correction, revision or addendum belongs to."""
    return re.sub(r"(?:/(?:CORR|REV|ADD|AMEND)\.\d+)+$", "", normal_symbol(file.symbol or ""))


# ------------------------------------------------------------------------------------------ pairs


def _pair_by_symbol(zh: File, en: File) -> Pair:
    return Pair("", zh.symbol, zh, en, notes=_tell_days(zh, en))


def _pair_by_content(zh: File, en: File, confidence: float) -> Pair:
    note = f"Joined by content ({confidence:.0%}): {_who_says_nothing(zh, en)}."
    return Pair(
        "",
        zh.symbol or en.symbol,
        zh,
        en,
        "content",
        confidence,
        (note, *_tell_days(zh, en)),
    )


def _who_says_nothing(zh: File, en: File) -> str:
    silent = [file.name for file in (zh, en) if file.symbol is None]
    return f"{silent[0]} says no symbol" if len(silent) == 1 else "neither file says its symbol"


def _tell_days(zh: File, en: File) -> tuple[str, ...]:
    if not _differ(zh, en):
        return ()
    return (f"The dates differ: {zh.date} in Chinese, {en.date} in English.",)
