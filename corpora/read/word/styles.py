"""What the styles of a DOCX say of a run: whether it is seen, raised, and in a symbol font.

A run's own properties decide; where they are silent its character style, its paragraph's style and
the defaults do, each with the styles that it is based on (ECMA-376 part 1, 17.7). ``vanish`` in a
character style turns around what the paragraph style says, as every toggle does (17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from corpora.read.word.package import W

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST: Final = 20
"""Styles that one is based on, over and over: Word allows 11, a circle has no end."""
_OFF: Final = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed; None where nothing is said.

    Attributes:
        hidden: it is not shown at all.
        raised: its letters are superscripts.
        font: the name of its font.
        struck: a line runs through its letters.
    """

    hidden: bool | None = None
    raised: bool | None = None
    font: str | None = None
    struck: bool | None = None

    def over(self, below: Look) -> Look:
        """This look, and that of `below` where this one says nothing."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.raised if self.raised is None else self.raised,
            below.font if self.font is None else self.font,
            below.struck if self.struck is None else self.struck,
        )


PLAIN: Final = Look()


class Styles:
    """The looks of a document's styles, each worked out once."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self._usual = PLAIN
        self._paragraph = ""
        for root in roots:
            self._usual = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            for style in root.iter(W + "style"):
                key = style.get(W + "styleId", "")
                self._styles[key] = style
                if style.get(W + "type") == "paragraph" and is_on(style.get(W + "default", "0")):
                    self._paragraph = key

    def look(self, run: Any, paragraph: str | None) -> Look:
        """The look of what has the properties `run` (an ``rPr`` or None).

        Args:
            run: properties of the run, or of a paragraph's mark.
            paragraph: id of the style of the paragraph around it; None for the usual one.
        """
        below = self._look_of_style(self._paragraph if paragraph is None else paragraph)
        below = below.over(self._usual)
        own = look_of(run)
        chosen = None if run is None else run.find(W + "rStyle")
        if chosen is not None:
            style = self._look_of_style(chosen.get(W + "val", ""))
            hidden = None if style.hidden is None else style.hidden != bool(below.hidden)
            below = Look(hidden, style.raised, style.font, style.struck).over(below)
        return own.over(below)

    def listed(self, properties: Any, paragraph: str | None) -> tuple[str, int | None, str]:
        """The list that a paragraph is in.

        Args:
            properties: its ``pPr``, or None.
            paragraph: id of its style; None for the usual one.

        Returns:
            The list's id, ``""`` if it is in none; its level from 0, None if not told; the id of
            the style that names the list, ``""`` if the paragraph itself does.
        """
        at, level = self._paragraph if paragraph is None else paragraph, None
        told = properties, ""
        for _ in range(DEEPEST):
            numbered = None if told[0] is None else told[0].find(W + "numPr")
            if numbered is not None:
                depth, chosen = numbered.find(W + "ilvl"), numbered.find(W + "numId")
                if level is None and depth is not None and depth.get(W + "val", "").isdecimal():
                    level = int(depth.get(W + "val"))
                if chosen is not None:
                    return chosen.get(W + "val", ""), level, told[1]
            style = self._styles.get(at)
            if style is None:
                break
            told = style.find(W + "pPr"), at
            based = style.find(W + "basedOn")
            at = "" if based is None else based.get(W + "val", "")
        return "", None, ""

    def _look_of_style(self, key: str) -> Look:
        if key not in self._looks:
            look, at = PLAIN, key
            for _ in range(DEEPEST):
                style = self._styles.get(at)
                if style is None:
                    break
                look = look.over(look_of(style.find(W + "rPr")))
                based = style.find(W + "basedOn")
                at = "" if based is None else based.get(W + "val", "")
            self._looks[key] = look
        return self._looks[key]


def look_of(properties: Any) -> Look:
    """What an ``rPr`` element itself says; nothing for None."""
    if properties is None:
        return PLAIN
    hidden = raised = font = struck = None
    for child in properties:
        if child.tag == W + "vanish":
            hidden = is_on(child.get(W + "val", "1"))
        elif child.tag in (W + "strike", W + "dstrike"):
            struck = struck or is_on(child.get(W + "val", "1"))
        elif child.tag == W + "vertAlign":
            raised = child.get(W + "val") == "superscript"
        elif child.tag == W + "rFonts":
            font = child.get(W + "ascii") or child.get(W + "hAnsi")
    return Look(hidden, raised, font, struck)


def is_on(value: str) -> bool:
    """Whether a switch of Word's is on."""
    return value not in _OFF
