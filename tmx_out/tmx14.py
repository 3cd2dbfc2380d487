"""The elements of TMX 1.4, as a table: what `tmx_out.check.validate` checks against.

From the specification TMX 1.4b (LISA, now GALA). Its DTD says `version` #FIXED "1.4".
"""

from __future__ import annotations

from dataclasses import dataclass

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
