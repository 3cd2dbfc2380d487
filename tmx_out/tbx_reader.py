"""Terms out of TBX: version 2 or 3, any dialect; other languages than ours are passed over.

The file comes from somebody else: no entity is resolved, nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from align.term_types import TermPair
from corpora import UserError
from tmx_out.languages import language_of
from tmx_out.term_columns import TermFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpora import Language

CONCEPTS: Final = ("termEntry", "conceptEntry")
LANGUAGES: Final = ("langSet", "langSec")
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tbx(path: Path) -> TermFile:
    """Read the concepts that have a term in both languages; the others are told.

    Raises:
        UserError: it is no XML, or no TBX.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"{path.name} is no whole XML file ({error.msg}): export it again."
        ) from None
    if _name(root) not in ("martif", "tbx", "TBX"):
        raise UserError(f"{path.name} is no TBX: its outermost element is {_name(root)}.")
    terms, problems = [], []
    for number, concept in enumerate(_within(root, *CONCEPTS), start=1):
        forms: dict[Language, dict[str, None]] = {"zh": {}, "en": {}}
        for section in _within(concept, *LANGUAGES):
            language = language_of(section.get(_XML_LANG) or section.get("lang") or "")
            if language is not None:
                forms[language] |= dict.fromkeys(filter(None, map(_said, _within(section, "term"))))
        if forms["zh"] and forms["en"]:
            terms.append(_term(concept, tuple(forms["zh"]), tuple(forms["en"])))
        else:
            lacks = "English" if forms["zh"] else "Chinese"
            told = concept.get("id") or str(number)
            problems.append(f"{path.name}, concept {told} has no {lacks} term: left out.")
    return TermFile(tuple(terms), tuple(problems))


def _term(concept: etree._Element, zh: tuple[str, ...], en: tuple[str, ...]) -> TermPair:
    fields = [_said(e) for e in _within(concept, "descrip") if e.get("type") == "subjectField"]
    fields += [_said(e) for e in _within(concept, "subjectField")]  # DCT style
    notes = [_said(e) for e in concept if _name(e) == "note"]
    return TermPair(zh, en, domain=next(iter(fields), ""), note=" ".join(notes), status="imported")


def _within(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (each for each in element.iter() if _name(each) in names)


def _name(element: etree._Element) -> str:
    """Give an element's name without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _said(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
