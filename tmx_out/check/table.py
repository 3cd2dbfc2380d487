"""What the validator knows: the elements of TMX 1.4, and each rule with the sentence of a breach.

The elements are those of the specification TMX 1.4b (LISA, now GALA). Its DTD says `version`
#FIXED "1.4".

An error means that a tool refuses the file or loses the unit; docs/TMX.md says where each rule
comes from. Each sentence says what is wrong, which tool minds, and how to cure it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tmx_out.selection import MAX_SEGMENT

if TYPE_CHECKING:
    from tmx_out.check.problems import Severity

VERSION = "1.4"

XML_LANG = "xml:lang"


@dataclass(frozen=True, slots=True)
class Element:
    """What an element may hold.

    Attributes:
        attributes: allowed, the required ones included.
        required: attributes that must be there.
        children: allowed child elements.
        text: whether it may hold text.
    """

    attributes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    text: bool = False


def _element(
    required: str = "", optional: str = "", children: str = "", *, text: bool = False
) -> Element:
    needed = frozenset(required.split())
    return Element(
        attributes=needed | frozenset(optional.split()),
        required=needed,
        children=frozenset(children.split()),
        text=text,
    )


_HISTORY = "creationdate creationid changedate changeid"
_USE = f"o-encoding datatype usagecount lastusagedate creationtool creationtoolversion {_HISTORY}"
_INLINE = "bpt ept it ph hi ut"

ELEMENTS: dict[str, Element] = {
    "tmx": _element("version", children="header body"),
    "header": _element(
        "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype",
        f"o-encoding {_HISTORY}",
        "note prop ude",
    ),
    "body": _element(children="tu"),
    "tu": _element("", f"tuid segtype o-tmf srclang {_USE}", "note prop tuv"),
    "tuv": _element(XML_LANG, f"lang o-tmf {_USE}", "note prop seg"),
    "seg": _element(children=_INLINE, text=True),
    "note": _element("", f"{XML_LANG} lang o-encoding", text=True),
    "prop": _element("type", f"{XML_LANG} lang o-encoding", text=True),
    "ude": _element("name", "base", "map"),
    "map": _element("unicode", "code ent subst"),
    "bpt": _element("i", "x type", "sub", text=True),
    "ept": _element("i", "", "sub", text=True),
    "it": _element("pos", "x type", "sub", text=True),
    "ph": _element("", "x type assoc", "sub", text=True),
    "ut": _element("", "x", "sub", text=True),
    "hi": _element("", "x type", _INLINE, text=True),
    "sub": _element("", "datatype type", _INLINE, text=True),
}

VALUES: dict[str, frozenset[str]] = {
    "segtype": frozenset({"block", "paragraph", "sentence", "phrase"}),
    "pos": frozenset({"begin", "end"}),
    "assoc": frozenset({"p", "f", "b"}),
}
"""Attributes that take one of a few words."""

DATES = frozenset({"creationdate", "changedate", "lastusagedate"})

_SCHEMA = "OmegaT from version 6.1 refuses the whole file"

RULES: dict[str, tuple[Severity, str]] = {
    "root": ("error", "The first element is <{name}>, and no tool takes that for TMX: give the "
             "name of a TMX file."),
    "namespace": ("error", f"The attribute {{name}} puts the elements into a namespace, and "
                  f"{_SCHEMA}: take it out."),
    "version": ("error", f"The version is {{value!r}}, and {_SCHEMA}: write "
                f"version=\"{VERSION}\"."),
    "element-unknown": ("error", f"TMX has no element <{{name}}>, and {_SCHEMA}: take it out."),
    "element-place": ("error", f"<{{name}}> may not stand in <{{parent}}>, and {_SCHEMA}: move it "
                      "or take it out."),
    "element-order": ("error", f"<{{name}}> stands after <{{former}}>, and {_SCHEMA}: move it "
                      "before."),
    "element-repeated": ("error", f"<{{parent}}> holds a second <{{name}}>, and {_SCHEMA}: take "
                         "one out."),
    "element-missing": ("error", f"<{{parent}}> holds no <{{name}}>, and {_SCHEMA}: add it."),
    "text-place": ("error", f"Text stands in <{{parent}}>, which holds elements only, and "
                   f"{_SCHEMA}: take it out."),
    "attribute-unknown": ("error", f"<{{parent}}> has no attribute {{name}} in TMX, and {_SCHEMA}: "
                          "take it out."),
    "attribute-missing": ("error", f"<{{parent}}> lacks the attribute {{name}}, and {_SCHEMA}: "
                          "add it."),
    "attribute-value": ("error", f"{{name}}=\"{{value}}\" is not one of {{allowed}}, and "
                        f"{_SCHEMA}: correct it."),
    "srclang-missing": ("error", "The header lacks srclang, and OmegaT, Weblate and Poedit load "
                        "no unit: add the source language's code, such as srclang=\"zh-CN\"."),
    "srclang-all": ("warning", "srclang is *all*: Poedit finds no source and Okapi stops: write "
                    "the source language's code."),
    "segtype-paragraph": ("warning", "segtype is paragraph, and OmegaT cuts the segments again: "
                          "write sentence if they are sentences."),
    "language-missing": ("error", "A <tuv> has no xml:lang, and no tool knows what language it "
                         "is: add the code."),
    "language-deprecated": ("error", "A <tuv> says lang where TMX 1.4 says xml:lang, and schema-"
                            "checking tools (OmegaT from 6.1) refuse the file: rename it."),
    "language-tag": ("error", "{name}=\"{value}\" is not shaped like BCP 47, and TMXValidator and "
                     "Weblate refuse the file: write a code such as zh-CN."),
    "language-length": ("warning", "The code {value} is longer than the 5 characters of Wordfast "
                        "Classic's language field: zh-CN and en-US are read everywhere."),
    "language-repeated": ("warning", "The unit has {value} twice, and Phrase and others take one "
                          "only: write two units."),
    "one-language": ("warning", "The unit has one language only, and no tool can use it: add the "
                     "translation or take it out."),
    "source-missing": ("error", "No <tuv> of the unit is in the source language {value}, and "
                       "Weblate, Poedit and Trados leave it out: make the codes equal."),
    "source-case": ("error", "The source is written {found} here and {value} in srclang, and "
                    "Poedit, which compares letter by letter, finds no source: write one of them "
                    "in both."),
    "date": ("error", "{name}=\"{value}\" is no date of the form 20150721T103000Z, and "
             "TMXValidator refuses the file: write it so, in UTC."),
    "tuid-repeated": ("warning", "The tuid {value!r} stands at an earlier unit too, and tools "
                      "that update by it overwrite one with the other: number the units anew."),
    "prop-key": ("error", "OmegaT takes a prop {value!r} for its own key and does not insert the "
                 "unit: rename it x-{value}."),
    "prop-prefix": ("warning", "The prop {value!r} has no x- before its name, and Trados does not "
                    "import it as a field: rename it x-{value}."),
    "segment-empty": ("error", "A segment is empty, and Trados and others leave the unit out: "
                      "add the text or take the unit out."),
    "segment-break": ("warning", "A segment holds a line break, which no sentence of a CAT tool "
                      "has, so it is never an exact match: join the lines."),
    "segment-space": ("warning", "A segment begins or ends with white space, which CAT tools cut "
                      "off the text, so it is never an exact match: take it out."),
    "segment-long": ("warning", f"A segment has {{count:,}} characters and Trados cloud memories "
                     f"take {MAX_SEGMENT:,}: split the unit."),
    "inline-pair": ("error", "<{name} i=\"{value}\"> has no partner before or after it in its "
                    "segment, and TMXValidator refuses the file: pair bpt and ept by i."),
    "inline-repeated": ("error", "<{name} i=\"{value}\"> stands twice in the segment, and "
                        "TMXValidator refuses the file: number each pair apart."),
    "inline-x": ("warning", "The codes of the two languages do not have the same x ({value}), so "
                 "tools lose the formatting: number them alike."),
    "entity": ("error", "{value} is an entity that tools do not resolve, so they refuse the file "
               "or lose the character: write the character itself."),
    "entity-declared": ("warning", "The DOCTYPE declares entities or other things of its own, and "
                        "many tools refuse that for safety: take the part in [ ] out."),
    "no-units": ("warning", "The file holds no unit: nothing will be found in it."),
}  # fmt: skip
