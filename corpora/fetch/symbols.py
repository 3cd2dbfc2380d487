"""Symbols as a user writes them: one, a list, a range. Pure functions on text.

``CD/PV.1579``, ``cd/pv.1579``, ``CD_PV.1579``, ``CD/PV.1500-1600``, ``CD/PV.1500-1510,1520``,
``S/PV.4841 (Resumption 1)``. A range of a million symbols costs nothing until it is gone through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from corpora.errors import UserError
from corpora.identify import symbol_of_name

MOST_DIGITS: Final = 7
"""Digits of a number in a range: the longest series, of Secretariat documents, have six."""

LONGEST: Final = 120
"""Characters of a range; the longest symbol of the UN's catalogue has under 60."""

_EXAMPLES: Final = "CD/PV.1579, CD/PV.1500-1600 or CD/PV.1500-1510,1520"
_WHOLE: Final = re.compile(
    r"[A-Z]+(?:/[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?)+(?:\((?:[A-Z][a-z]+\.?)?[0-9A-Z]+\))?"
)
_NUMBERED: Final = re.compile(r"(.*[./])([1-9]\d*)")
_RANGE: Final = re.compile(r"(.*[./])?(\d+)(?:-|\.\.)(?:(.*[./])?(\d+))")
_SIGNS: Final = str.maketrans("‐‑‒–—―−~～至、;", "-" * 10 + ",,")
_SUFFIX: Final = re.compile(r"(?<=/)(CORR|ADD|REV|AMEND)(?=\.)", re.IGNORECASE)
_PART: Final = re.compile(r"\((RESUMPTION|PART|SECT|VOL|SUPP)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Symbols that differ in their last number only: `head` with each of `numbers` behind it.

    A symbol that ends in no number has ``None`` for `numbers` and is its head.
    """

    head: str
    numbers: range | None

    def __len__(self) -> int:
        return 1 if self.numbers is None else len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        if self.numbers is None:
            yield self.head
        else:
            yield from (f"{self.head}{number}" for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Symbols:
    """Symbols in the order in which the user wrote them, each once; made when gone through."""

    runs: tuple[Run, ...]

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.runs)


def parse_symbols(arguments: Sequence[str]) -> Symbols:
    """Read what the user wrote: symbols and ranges, several in one argument with commas.

    Args:
        arguments: each ``CD/PV.1579``, ``CD/PV.1500-1600`` or a list; behind a comma a bare number
            or range goes on with the series before it.

    Raises:
        UserError: one of them is no symbol or range; the text says which and how to write it.
    """
    runs: list[Run] = []
    for argument in arguments:
        head: str | None = None
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", argument).translate(_SIGNS))
        parts = [part for part in plain.split(",") if part]
        if not parts:
            raise UserError(f"An empty symbol was given: write one such as {_EXAMPLES}.")
        for part in parts:
            run = _parse_one(part, head, argument)
            head = run.head if run.numbers is not None else None
            runs += _without(run, runs)
    return Symbols(tuple(runs))


def _parse_one(part: str, head: str | None, argument: str) -> Run:
    """Read one symbol or range; `head` is that of the series before it in the same argument."""
    found = _RANGE.fullmatch(part) if len(part) <= LONGEST else None
    if found is not None:
        return _parse_range(found, head, argument)
    if part.isdecimal() and head is not None:
        part = head + part
    symbol = _normalize(part)
    if not _WHOLE.fullmatch(symbol) or not any(map(str.isdecimal, symbol)):
        symbol = symbol_of_name(part) or ""
        if not symbol:
            raise UserError(f"{argument} is no symbol of a UN document: write {_EXAMPLES}.")
    numbered = _NUMBERED.fullmatch(symbol)
    if numbered is None or len(numbered[2]) > MOST_DIGITS:
        return Run(symbol, None)
    return Run(numbered[1], range(int(numbered[2]), int(numbered[2]) + 1))


def _parse_range(found: re.Match[str], head: str | None, argument: str) -> Run:
    """Make the run of ``head first - head last``; the second head may be left out or cut short."""
    own = _normalize(found[1]) if found[1] else head
    if own is None or not _WHOLE.fullmatch(f"{own}1"):
        raise UserError(f"{argument} does not say of which series it is: write {_EXAMPLES}.")
    if found[3] and not own.endswith(_normalize(found[3])):
        raise UserError(
            f"{argument} runs from one series into another: write each range by itself, such as "
            "CD/PV.1500-1600."
        )
    first, last = found[2], found[4]
    if max(len(first), len(last)) > MOST_DIGITS:
        raise UserError(
            f"{argument} has a number of more than {MOST_DIGITS} digits: check the range, and "
            "write it as CD/PV.1500-1600."
        )
    if int(first) > int(last):
        cure = f"{own}{last}-{first}"
        if len(last) < len(first):  # 1590-99
            cure = f"{own}{first}-{first[: -len(last)]}{last}"
        raise UserError(f"The range {argument} runs backwards: did you mean {cure}?")
    return Run(own, range(int(first), int(last) + 1))


def _normalize(text: str) -> str:
    """Write a symbol, or its beginning, in the UN's capitals: ``CD/PV.1579/Corr.1``."""
    text = _SUFFIX.sub(lambda match: match[1].capitalize(), text.upper())
    return _PART.sub(lambda match: f"({match[1].capitalize()}", text)


def _without(run: Run, earlier: Sequence[Run]) -> list[Run]:
    """Give the pieces of a run that no earlier run has."""
    if run.numbers is None:
        return [] if run in earlier else [run]
    pieces = [run.numbers]
    for other in earlier:
        if other.head == run.head and other.numbers is not None:
            low, high = other.numbers.start, other.numbers.stop
            before = [range(piece.start, min(piece.stop, low)) for piece in pieces]
            behind = [range(max(piece.start, high), piece.stop) for piece in pieces]
            pieces = [piece for piece in chain(before, behind) if piece]
    return [Run(run.head, piece) for piece in pieces]


def shorten_symbols(symbols: Sequence[str]) -> list[str]:
    """Write symbols in the order given, neighbours in a series as one range: ``CD/PV.1500-1502``.

    What comes out says the same to `parse_symbols`.
    """
    shown: list[tuple[str, str | None, int]] = []  # head and first number, or a whole; last number
    for symbol in symbols:
        numbered = _NUMBERED.fullmatch(symbol)
        head, number = (numbered[1], int(numbered[2])) if numbered else (symbol, -1)
        if number >= 0 and shown and shown[-1][0] == head and shown[-1][2] + 1 == number:
            shown[-1] = (head, shown[-1][1], number)
        else:
            shown.append((head, str(number) if number >= 0 else None, number))
    return [
        head if first is None else f"{head}{first}" + (f"-{last}" if first != str(last) else "")
        for head, first, last in shown
    ]
