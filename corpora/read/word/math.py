"""Equations of Word (Office Math) on one line: ``1.5×10⁸``, ``(a+b)/2``, ``√(x)``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from corpora.read.word.package import M

_RAISED: Final = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_PROPERTIES: Final = "Pr"


def linear_text(element: Any) -> str:
    """Text of an ``oMath`` element, or of what stands in one, from left to right."""
    parts = []
    for child in element:
        if not isinstance(child.tag, str) or not child.tag.startswith(M):
            parts.append(linear_text(child) if _holds_math(child) else "")
            continue
        tag = child.tag.removeprefix(M)
        if tag == "t":
            parts.append(child.text or "")
        elif not tag.endswith(_PROPERTIES):
            parts.append(_SHAPES.get(tag, linear_text)(child))
    return "".join(parts)


def _holds_math(element: Any) -> bool:
    """Whether it is an insertion or the like around parts of an equation, not its properties."""
    return isinstance(element.tag, str) and element.tag.endswith(("}ins", "}moveTo"))


def _part(element: Any, tag: str) -> str:
    found = element.find(M + tag)
    return "" if found is None else linear_text(found)


def _group(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _raise(text: str) -> str:
    """Write an exponent with raised characters if all of it can be."""
    return text.translate(_RAISED) if all(ord(ch) in _RAISED for ch in text) else f"^{_group(text)}"


def _lower(text: str) -> str:
    """Write an index; the readers write the figures of ``CO₂`` as plain ones too."""
    return text if text.isdigit() else f"_{_group(text)}"


def _fraction(element: Any) -> str:
    return f"{_group(_part(element, 'num'))}/{_group(_part(element, 'den'))}"


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    return f"{_raise(degree) if degree else ''}√{_group(_part(element, 'e'))}"


def _scripts(element: Any) -> str:
    lower, upper = _part(element, "sub"), _part(element, "sup")
    return _part(element, "e") + (_lower(lower) if lower else "") + (_raise(upper) if upper else "")


def _sum(element: Any) -> str:
    sign = element.find(f"{M}naryPr/{M}chr")
    operator = "∫" if sign is None else sign.get(M + "val", "")
    lower, upper = _part(element, "sub"), _part(element, "sup")
    bounds = (f"_{_group(lower)}" if lower else "") + (f"^{_group(upper)}" if upper else "")
    return f"{operator}{bounds} {_part(element, 'e')}"


def _brackets(element: Any) -> str:
    marks = {"begChr": "(", "endChr": ")", "sepChr": "|"}
    for mark in marks:
        found = element.find(f"{M}dPr/{M}{mark}")
        if found is not None:
            marks[mark] = found.get(M + "val", "")
    inner = marks["sepChr"].join(linear_text(each) for each in element.findall(M + "e"))
    return marks["begChr"] + inner + marks["endChr"]


def _matrix(element: Any) -> str:
    rows = [" ".join(map(linear_text, row.findall(M + "e"))) for row in element.findall(M + "mr")]
    return "; ".join(rows)


def _array(element: Any) -> str:
    return "; ".join(map(linear_text, element.findall(M + "e")))


_SHAPES: Final[dict[str, Callable[[Any], str]]] = {
    "f": _fraction,
    "rad": _root,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "nary": _sum,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _array,
}
