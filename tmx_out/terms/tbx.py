"""Terms as TBX: version 2 (TBX-Basic, ISO 30042:2008) or 3 (TBX-Basic, DCA style, ISO 30042:2019).

Both have the same data: a concept with its subject field and notes, a section a language, in it
each form with its status, and the example as context with its source. No document type is named:
programs would look for its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Final, Literal

from corpora import UserError
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.write.tmx import TOOL, tool_version
from tmx_out.xml_text import clean_text, escape_attribute, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from align.terms.types import TermPair
    from corpora import Language

NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
"""Of version 3."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What the elements are called, and the file's head and end."""

    concept: str
    language: str
    term: str
    head: str
    end: str


_V2: Final = _Names(
    "termEntry",
    "langSet",
    "tig",
    '<martif type="TBX-Basic" xml:lang="en">\n'
    "<martifHeader>\n<fileDesc><sourceDesc><p>{origin}</p></sourceDesc></fileDesc>\n"
    '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>\n</martifHeader>\n'
    "<text><body>\n",
    "</body></text>\n</martif>\n",
)

_V3: Final = _Names(
    "conceptEntry",
    "langSec",
    "termSec",
    f'<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="{NAMESPACE}">\n'
    "<tbxHeader>\n<fileDesc><sourceDesc><p>{origin}</p></sourceDesc></fileDesc>\n</tbxHeader>\n"
    "<text><body>\n",
    "</body></text>\n</tbx>\n",
)


def write_tbx(
    stream: IO[bytes],
    terms: Iterable[TermPair],
    *,
    version: Literal[2, 3] = 2,
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
) -> None:
    """Write terms as TBX.

    Args:
        stream: binary; stays open.
        terms: in the order of the file.
        version: 2, which every tool that was tried takes, or 3.
        languages: the code of each language, BCP 47.

    Raises:
        UserError: there is no term.
    """
    numbered = enumerate(terms, start=1)
    first = next(numbered, None)
    if first is None:
        raise UserError(
            "There is no term to write, and a TBX must have one: choose more units or write a .csv."
        )
    names = _V2 if version == 2 else _V3
    origin = escape_text(f"Terms by {TOOL} {tool_version()}")
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(names.head.format(origin=origin).encode())
    for number, term in chain((first,), numbered):
        stream.write("".join(_concept(number, term, names, languages)).encode())
    stream.write(names.end.encode())


def _concept(
    number: int, term: TermPair, names: _Names, languages: Mapping[Language, str]
) -> Iterator[str]:
    yield f'<{names.concept} id="c{number}">\n'
    if term.domain:
        yield f'  <descrip type="subjectField">{_text(term.domain)}</descrip>\n'
    for note in _notes(term):
        yield f"  <note>{_text(note)}</note>\n"
    example = term.example
    sides: tuple[tuple[Language, tuple[str, ...], str], ...] = (
        ("zh", term.zh, example.zh if example else ""),
        ("en", term.en, example.en if example else ""),
    )
    for language, forms, context in sides:
        yield f'  <{names.language} xml:lang="{escape_attribute(languages[language])}">\n'
        for place, form in enumerate(forms):
            status = "preferred" if place == 0 else "admitted"
            yield f"    <{names.term}><term>{_text(form)}</term>"
            yield f'<termNote type="administrativeStatus">{status}Term-admn-sts</termNote>'
            if place == 0 and context:
                yield f'<descripGrp><descrip type="context">{_text(context)}</descrip>'
                if example and example.symbol:
                    yield f'<admin type="source">{_text(example.symbol)}</admin>'
                yield "</descripGrp>"
            yield f"</{names.term}>\n"
        yield f"  </{names.language}>\n"
    yield f"</{names.concept}>\n"


def _notes(term: TermPair) -> Iterator[str]:
    """What the other formats say in columns."""
    if term.count:
        days = "" if term.first is None else f", {term.first} to {term.last}"
        records = "record" if term.documents == 1 else "records"
        yield f"{term.count} units in {term.documents} {records}{days}; score {term.score:.2f}"
    if term.note:
        yield term.note
    for rival in term.competitors:
        yield f"Also rendered: {rival.of} → {rival.text} ({rival.count})"


_FACT: Final = re.compile(
    r"\d+ units in \d+ records?(, [\d-]{10} to [\d-]{10})?; score [01]\.\d\d"
    r"|Also rendered: .* → .* \(\d+\)"
)


def is_fact(note: str) -> bool:
    """Whether a note is one of those that `_notes` counts, and so nothing that a user wrote."""
    return _FACT.fullmatch(note) is not None


def _text(text: str) -> str:
    return escape_text(clean_text(text)[0])
