"""The built-in glossary: what the United Nations calls the things of disarmament, in two languages.

The table is `disarmament.tsv`, written for this project from knowledge of UN usage. Its
columns, parted by tabs under a header line: domain, preferred Chinese form, other Chinese forms,
preferred English form, other English forms, note. Forms in a column are parted by ``|``: short
forms, acronyms, titles in 《》, plurals, other spellings. Lines stand in the order of domain, then
of the English form without regard to case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from corpora import UserError
from corpora.chinese import HAN
from corpora.lazy import lazy_pattern

TABLE: Final = "disarmament.tsv"
HEADER: Final = ("domain", "zh", "zh variants", "en", "en variants", "note")
DOMAINS: Final = (
    "biological",
    "chemical",
    "conventional",
    "institutions",
    "nuclear",
    "outer space",
    "procedure",
    "treaties",
    "verification",
)

_HAN: Final = lazy_pattern(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing and its names.

    Attributes:
        domain: one of `DOMAINS` in the built-in glossary.
        zh: Chinese forms, the preferred one first; never empty.
        en: English forms, the preferred one first; never empty.
        note: what a user should know; ``""`` if nothing.
    """

    domain: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    note: str = ""


def read_glossary(path: Path | None = None) -> tuple[Term, ...]:
    """Read a glossary of the form above; the built-in one if `path` is None.

    Raises:
        UserError: when the header or a line has not the form above; told with its line number.
            What else is wrong with the terms `faults` tells.
    """
    path = path or Path(__file__).with_name(TABLE)
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0].split("\t") != list(HEADER):
        raise UserError(f"{path.name} does not begin with the columns {', '.join(HEADER)}.")
    return tuple(
        _term(line, f"{path.name}, line {number}")
        for number, line in enumerate(lines[1:], start=2)
        if line
    )


def faults(terms: Iterable[Term]) -> Iterator[str]:
    """Say what is wrong with a glossary, one sentence a fault; nothing where all is well.

    An empty form, a Chinese form without a Han character, an English form with one, space at a
    form's ends, a form that two terms share (English without regard to case), a term out of order.
    """
    terms = tuple(terms)
    owners: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        for language, forms in (("zh", term.zh), ("en", term.en)):
            for form in forms:
                owners[language, form.casefold()].append(term)
                if not form or form != form.strip():
                    yield f"{term.en[0]!r} has a form that is empty or has space at its ends."
                elif bool(_HAN.search(form)) != (language == "zh"):
                    yield f"{form!r} is not {language}."
    for (_, form), owner in owners.items():
        if len(owner) > 1:
            yield f"{form!r} stands more than once: {', '.join(term.en[0] for term in owner)}."
    for before, after in pairwise(terms):
        if _order(after) < _order(before):
            yield f"{after.en[0]!r} must stand before {before.en[0]!r}."


def _order(term: Term) -> tuple[str, str]:
    """By domain, then by the preferred English form."""
    return term.domain, term.en[0].casefold()


def _term(line: str, where: str) -> Term:
    """One line of the table."""
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise UserError(f"{where} has {len(cells)} columns and not {len(HEADER)}; check its tabs.")
    domain, zh, more_zh, en, more_en, note = cells
    return Term(domain, _forms(zh, more_zh), _forms(en, more_en), note)


def _forms(preferred: str, others: str) -> tuple[str, ...]:
    """The preferred form and the others, in order."""
    return (preferred, *others.split("|")) if others else (preferred,)
