"""Write translation units as TMX 1.4, as a stream: memory does not grow with the units.

What is written and why is told in docs/TMX.md. The rules are those of the TMX 1.4b specification
(LISA, now GALA), narrowed to what every CAT tool that was tried takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from align import Alignment
from tmx_out.atomic import Target, atomic_write
from tmx_out.dates import basic_date, basic_time
from tmx_out.languages import DEFAULT_LANGUAGES, check_languages
from tmx_out.selection import Repeats, Selection
from tmx_out.tmx14 import XML_LANG
from tmx_out.units import Unit, percent
from tmx_out.xml_text import clean_text, escape_attribute, escape_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from corpora import Language
    from tmx_out.report import WriteReport

TOOL = "cdtm"
ORIGIN = "Alignment"
"""The word by which Trados knows a unit that a program aligned (TranslationUnitOrigin)."""

Item = Unit | Alignment


def write_tmx(
    target: Target,
    items: Item | Iterable[Item],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
    repeats: Repeats = "once",
    tuids: bool = True,
    signature: str | None = None,
    version: str | None = None,
) -> WriteReport:
    """Write units, or the units of alignments, into one TMX file.

    The same arguments give the same bytes.

    Args:
        target: a path (written whole or not at all) or a binary stream.
        items: alignments, units, or both, in the order of the file; an iterator is not gathered.
        source: the language that stands first and that `srclang` names.
        languages: the code of each language, BCP 47.
        created: dates the file's header, and the units that have no date of their own;
            None leaves both undated. `tmx_out.dates.build_time` gives one.
        min_confidence: leave out units of beads below it, 0 to 1.
        repeats: ``once`` leaves out a unit whose source and target were written already, and
            keeps 32 to 64 bytes a unit in memory for it; ``keep`` writes it again, and does not
            look for rivals.
        tuids: whether units carry a `tuid`.
        signature: settings and model that made the alignments, for the header; None takes it
            from the alignments if they are given as a sequence.
        version: of the tool, for the header and `creationid`; None takes the installed one.

    Raises:
        UserError: a language code is wrong, or the file cannot be written.
    """
    check_languages(languages)
    if isinstance(items, Unit | Alignment):
        items = (items,)
    if signature is None:
        signature = _signature_of(items) if isinstance(items, Sequence) else ""
    layout = _layout(source, languages, tuids, tool_version() if version is None else version)
    selection = Selection(source, min_confidence, repeats, created)
    with atomic_write(target) as stream:
        stream.write(b"<?xml version='1.0' encoding='UTF-8'?>\n<tmx version=\"1.4\">\n")
        stream.write(_header(layout, created, signature).encode() + b"\n<body>\n")
        for unit in selection.choose(items):
            stream.write(_tu(unit, layout, created).encode())
        stream.write(b"</body>\n</tmx>\n")
    return selection.report()


def tool_version() -> str:
    """Give the version of the installed package; ``0`` where it runs without being installed."""
    try:
        return metadata.version(TOOL)
    except metadata.PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class _Layout:
    """How every unit of this file is written.

    Attributes:
        source: the language that stands first.
        languages: the code of each language.
        tuids: whether units carry a `tuid`.
        version: of the tool.
        creator: the attribute that says who made the units: tool and version.
        order: the languages, source first, each with the tag that opens its side.
    """

    source: Language
    languages: Mapping[Language, str]
    tuids: bool
    version: str
    creator: str
    order: tuple[tuple[Language, str], ...]


def _layout(
    source: Language, languages: Mapping[Language, str], tuids: bool, version: str
) -> _Layout:
    version = clean_text(version)[0]
    first: tuple[Language, ...] = ("zh", "en") if source == "zh" else ("en", "zh")
    opening = {x: f"  <tuv{_attributes({XML_LANG: languages[x]})}>\n" for x in first}
    return _Layout(
        source=source,
        languages=languages,
        tuids=tuids,
        version=version,
        creator=_attributes({"creationid": f"{TOOL} {version}".strip()}),
        order=tuple((language, opening[language]) for language in first),
    )


def _signature_of(items: Iterable[Item]) -> str:
    signatures = {item.signature: None for item in items if isinstance(item, Alignment)}
    return "; ".join(signature for signature in signatures if signature)


def _header(layout: _Layout, created: datetime | None, signature: str) -> str:
    attributes = {
        "creationtool": TOOL,
        "creationtoolversion": layout.version,
        "segtype": "sentence",
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": layout.languages[layout.source],
        "datatype": "plaintext",
        "o-encoding": "UTF-8",
    }
    if created is not None:
        attributes["creationdate"] = basic_time(created)
    props = "".join(_props([("x-signature", clean_text(signature)[0])], indent="  "))
    start = f"<header{_attributes(attributes)}"
    return f"{start}>\n{props}</header>" if props else f"{start}/>"


def _tu(unit: Unit, layout: _Layout, created: datetime | None) -> str:
    """Write one unit: text by hand, half a second sooner for 10,000 units than by a tree."""
    made = unit.created or created
    tuid = f' tuid="{escape_attribute(unit.tuid)}"' if layout.tuids and unit.tuid else ""
    date = "" if made is None else f' creationdate="{basic_time(made)}"'
    parts = [f"<tu{tuid}{date}{layout.creator}>\n", *_props(props_of(unit), indent="  ")]
    for language, opening in layout.order:
        parts.append(opening)
        if language == layout.source:
            context = unit.zh_context if language == "zh" else unit.en_context
            around = (("x-context-pre", context.pre), ("x-context-post", context.post))
            parts += _props(around, indent="    ")
        text = unit.zh if language == "zh" else unit.en
        parts.append(f"    <seg>{escape_text(text)}</seg>\n  </tuv>\n")
    parts.append("</tu>\n")
    return "".join(parts)


def props_of(unit: Unit) -> Iterator[tuple[str, str]]:
    """Give the props of a unit in the order in which they are written; empty ones are not."""
    yield "x-document", unit.document
    yield "x-speaker", unit.speaker
    yield "x-para", "" if unit.paragraph is None else str(unit.paragraph)
    yield "x-page", "" if unit.page is None else str(unit.page)
    yield "x-date", "" if unit.date is None else basic_date(unit.date)
    yield "x-align-type", unit.kind
    # Whole per cent: a Trados field that can be filtered by size is an integer.
    yield "x-confidence", "" if unit.confidence is None else str(percent(unit.confidence))
    yield "x-Origin", ORIGIN
    yield "x-flags", ",".join(unit.flags)


def _props(props: Iterable[tuple[str, str]], *, indent: str) -> list[str]:
    return [
        f'{indent}<prop type="{name}">{escape_text(value)}</prop>\n'
        for name, value in props
        if value
    ]


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
