"""Terms out of TBX: version 2 or 3, TBX-Min, any dialect; other languages are passed over.

The file comes from somebody else: no entity is resolved, nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from align.terms.types import TermPair
from corpora import RecordError, UserError
from tmx_out.languages import is_traditional, language_of
from tmx_out.terms.columns import UNWANTED, TermFile
from tmx_out.terms.forms import clean_lines
from tmx_out.terms.tbx import is_fact
from tmx_out.xml_elements import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpora import Language

CONCEPTS: Final = ("termEntry", "conceptEntry", "entry")
LANGUAGES: Final = ("langSet", "langSec", "langGroup")
GROUPS: Final = ("tig", "ntig", "termSec", "termGroup")
"""The last of each is TBX-Min's."""

STATUSES: Final = ("administrativeStatus", "normativeAuthorization", "termStatus")
"""Data categories that say whether a form is to be used (ISO 12620)."""

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class _Forms:
    """The forms of one language in a concept."""

    preferred: dict[str, None] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)

    def all(self) -> tuple[str, ...]:
        """Give each once, the preferred ones first."""
        return tuple(self.preferred | self.others)


def read_tbx(path: Path) -> TermFile:
    """Read the concepts that have a term in both languages; the others are told.

    Preferred forms come first; those marked as not to be used are left out and told.

    Raises:
        UserError: it is no XML, or no TBX.
    """
    problems: list[str] = []
    root = _parsed(path.read_bytes(), path.name, problems)
    if _name(root) not in ("martif", "tbx", "TBX"):
        raise UserError(
            f"{path.name} is no TBX, for its outermost element is {_name(root)}: export it as TBX."
        )
    terms: list[TermPair] = []
    for number, concept in enumerate(_within(root, *CONCEPTS), start=1):
        where = f"{path.name}, concept {concept.get('id') or number}"
        zh, en = _forms(concept, where, problems)
        if zh and en:
            terms.append(_term(concept, zh, en))
        else:
            lacks = "English" if zh else "Chinese"
            problems.append(f"{where} has no {lacks} term: left out.")
    return TermFile(tuple(terms), tuple(problems))


def _parsed(data: bytes, name: str, problems: list[str]) -> etree._Element:
    """Give the outermost element, of a file whose bytes are not in the coding it names, too.

    Raises:
        UserError: it is no XML.
    """
    try:
        return parsed(data)
    except etree.XMLSyntaxError as error:
        from corpora.read.encoding import decode_text

        said = UserError(f"{name} is no whole XML file ({error.msg}): export it again.")
        try:
            decoded = decode_text(data, name)
            text = _DECLARED.sub("", decoded.text.lstrip("\ufeff"), count=1)
            root = parsed(text.encode())
        except (etree.XMLSyntaxError, RecordError, ValueError):
            raise said from None
    coding = decoded.encoding.upper()
    problems.append(f"{name} is not in the coding that it names but in {coding}: read as {coding}.")
    return root


_DECLARED: Final = re.compile(r"""\s*<\?xml\b[^>]*\?>""")


def _forms(
    concept: etree._Element, where: str, problems: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the Chinese and the English forms, and tell those that are not to be used."""
    found: dict[Language, _Forms] = {"zh": _Forms(), "en": _Forms()}
    # Simplified script is what the records are in.
    for section in sorted(_within(concept, *LANGUAGES), key=_is_traditional):
        language = _language(section)
        if language is None:
            continue
        for group in _within(section, *GROUPS):
            form = next(filter(None, map(_said, _within(group, "term"))), "")
            status = _status(group)
            unwanted = next((word for word in UNWANTED if status.startswith(word)), "")
            if form and unwanted:
                problems.append(f"{where}: {form!r} is marked {unwanted}: this form is left out.")
            elif form:
                forms = found[language]
                (forms.preferred if status.startswith("preferred") else forms.others)[form] = None
    return found["zh"].all(), found["en"].all()


def _term(concept: etree._Element, zh: tuple[str, ...], en: tuple[str, ...]) -> TermPair:
    fields = [_said(e) for e in _within(concept, "descrip") if e.get("type") == "subjectField"]
    fields += [_said(e) for e in _within(concept, "subjectField")]  # DCT style
    notes = dict.fromkeys(note for note in _notes(concept) if note and not is_fact(note))
    return TermPair(zh, en, domain=next(iter(fields), ""), note=" ".join(notes), status="imported")


def _notes(concept: etree._Element) -> Iterator[str]:
    """Give the notes and definitions of the concept, and those of our languages in it."""
    for part in concept:
        if _name(part) in LANGUAGES and _language(part) is None:
            continue
        for element in part.iter():
            if _name(element) == "note" or "definition" in (_name(element), element.get("type")):
                yield _said(element)


def _status(group: etree._Element) -> str:
    """What a term's group says of its use, in any style; empty if nothing."""
    notes = group.iter()
    said = (_said(e) for e in notes if _name(e) in STATUSES or e.get("type") in STATUSES)
    return next(filter(None, said), "")


def _language(section: etree._Element) -> Language | None:
    return language_of(_code(section))


def _is_traditional(section: etree._Element) -> bool:
    return is_traditional(_code(section))


def _code(section: etree._Element) -> str:
    return section.get(_XML_LANG) or section.get("lang") or ""


def _within(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (each for each in element.iter() if _name(each) in names)


def _name(element: etree._Element) -> str:
    """Give an element's name without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _said(element: etree._Element) -> str:
    return clean_lines("".join(map(str, element.itertext()))).replace("\n", " ")
