"""Apply the rules of `tmx_out.check.table` while elements stream by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tmx_out.check.table import DATES, ELEMENTS, RULES, VALUES, VERSION, XML_LANG
from tmx_out.dates import is_basic_time
from tmx_out.fingerprints import Fingerprints
from tmx_out.languages import is_language_tag
from tmx_out.selection import MAX_SEGMENT

if TYPE_CHECKING:
    from tmx_out.check.problems import ProblemBook

_CODE_LENGTH = 5  # characters of Wordfast Classic's language field (wordfast.net/w)
_OMEGAT_KEYS = frozenset({"file", "id", "prev", "next", "path"})
# memoQ and XTM know these without x-, and write them (xtm-cloud.atlassian.net 3709665307).
_MEMOQ_FIELDS = frozenset({"client", "project", "domain", "subject", "corrected", "aligned"})
_INLINE_CODE = frozenset({"bpt", "ept", "it", "ph", "ut"})
_ALL = "*all*"


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    name: str
    line: int
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Unit:
    """What must be known of a unit at its end."""

    source: str
    codes: list[str] = field(default_factory=list)
    x: list[set[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Segment:
    """What must be known of a segment at its end."""

    text: list[str] = field(default_factory=list)
    codes: bool = False
    begun: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)


class TmxRules:
    """Takes the events of a parser and notes what is wrong in a book."""

    def __init__(self, book: ProblemBook) -> None:
        self._book = book
        self._open: list[_Open] = []
        self._strange = 0  # depth inside an unknown element, where nothing is judged
        self._srclang = ""
        self._units = 0
        self._unit: _Unit | None = None
        self._segment: _Segment | None = None
        self._code = 0  # depth inside inline codes, whose text is not the segment's
        self._tuids = Fingerprints()
        self._told: set[tuple[str, str]] = set()

    @property
    def begun(self) -> bool:
        """Whether any element has begun."""
        return bool(self._open or self._strange)

    # The events.

    def start(self, line: int, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if self._strange or not self._has_place(line, name):
            self._strange += 1
            return
        self._check_attributes(line, name, attributes)
        self._open.append(_Open(name, line))
        match name:
            case "header":
                self._start_header(line, attributes)
            case "tu":
                self._start_tu(line, attributes)
            case "tuv":
                self._start_tuv(line, attributes)
            case "prop":
                self._start_prop(line, attributes.get("type", ""))
            case "seg":
                self._segment = _Segment()
            case _ if self._segment is not None:
                self._start_inline(line, name, attributes)

    def text(self, data: str) -> None:
        """Take some text; one text may come in several pieces."""
        if self._strange or not self._open:
            return
        if self._segment is not None:
            if not self._code:
                self._segment.text.append(data)
            return
        here = self._open[-1]
        if not ELEMENTS[here.name].text and not data.isspace():
            self._note(here.line, "text-place", parent=here.name)

    def end(self, line: int, name: str) -> None:
        """Take the end of an element."""
        if self._strange:
            self._strange -= 1
            return
        closed = self._open.pop()
        match name:
            case "seg":
                self._end_segment(closed.line)
            case "tu":
                self._end_tu(closed)
            case "tuv":
                self._need(closed, "seg")
            case "tmx":
                self._need(closed, "header", "body")
                if not self._units:
                    self._note(line, "no-units")
            case _ if name in _INLINE_CODE:
                self._code -= 1

    def entity(self, line: int, reference: str) -> None:
        """Take a reference to an entity that XML does not define itself."""
        self._note(line, "entity", value=reference)

    def internal_subset(self, line: int) -> None:
        """Take the news that the DOCTYPE has declarations in square brackets."""
        self._note(line, "entity-declared")

    # Elements and attributes.

    def _has_place(self, line: int, name: str) -> bool:
        if not self._open:
            if name != "tmx":
                self._note(line, "root", name=name)
            return name == "tmx"
        parent = self._open[-1]
        if name not in ELEMENTS:
            self._note(line, "element-unknown", name=name)
            return False
        if name not in ELEMENTS[parent.name].children:
            self._note(line, "element-place", name=name, parent=parent.name)
            return False
        for former in _BEFORE.get((parent.name, name), ()):
            if former in parent.seen:
                self._note(line, "element-order", name=name, former=former)
        if (parent.name, name) in _ONCE and name in parent.seen:
            self._note(line, "element-repeated", name=name, parent=parent.name)
        parent.seen.add(name)
        return True

    def _check_attributes(self, line: int, name: str, attributes: dict[str, str]) -> None:
        element = ELEMENTS[name]
        for attribute, value in attributes.items():
            if attribute == "xmlns" or attribute.startswith("xmlns:"):
                self._note(line, "namespace", name=attribute)
            elif attribute not in element.attributes:
                self._note(line, "attribute-unknown", name=attribute, parent=name)
            else:
                self._check_value(line, attribute, value)
        for attribute in sorted(element.required - attributes.keys()):
            if name == "tuv":  # told by _start_tuv in words of its own
                continue
            rule = "srclang-missing" if attribute == "srclang" else "attribute-missing"
            self._note(line, rule, name=attribute, parent=name)

    def _check_value(self, line: int, attribute: str, value: str) -> None:
        if attribute in VALUES and value not in VALUES[attribute]:
            allowed = ", ".join(sorted(VALUES[attribute]))
            self._note(line, "attribute-value", name=attribute, value=value, allowed=allowed)
        elif attribute in DATES and not is_basic_time(value):
            self._note(line, "date", name=attribute, value=value)
        elif attribute == "version" and value != VERSION:
            self._note(line, "version", value=value)
        elif attribute in (XML_LANG, "lang", "adminlang", "srclang"):
            self._check_language(line, attribute, value)

    def _check_language(self, line: int, attribute: str, code: str) -> None:
        if attribute == "srclang" and code.lower() == _ALL:
            self._note(line, "srclang-all")
        elif not is_language_tag(code):
            self._note(line, "language-tag", name=attribute, value=code)
        elif len(code) > _CODE_LENGTH and attribute != "adminlang":
            self._note_once(line, "language-length", code)

    def _need(self, closed: _Open, *children: str) -> None:
        for child in children:
            if child not in closed.seen:
                self._note(closed.line, "element-missing", name=child, parent=closed.name)

    # Header and units.

    def _start_header(self, line: int, attributes: dict[str, str]) -> None:
        self._srclang = attributes.get("srclang", "")
        if attributes.get("segtype") == "paragraph":
            self._note(line, "segtype-paragraph")

    def _start_tu(self, line: int, attributes: dict[str, str]) -> None:
        self._units += 1
        self._unit = _Unit(attributes.get("srclang", self._srclang))
        tuid = attributes.get("tuid")
        if tuid is not None and not self._tuids.add(tuid):
            self._note(line, "tuid-repeated", value=tuid)

    def _start_tuv(self, line: int, attributes: dict[str, str]) -> None:
        code = attributes.get(XML_LANG, attributes.get("lang"))
        if code is None:
            self._note(line, "language-missing")
        elif XML_LANG not in attributes:
            self._note(line, "language-deprecated")
        if self._unit is not None:
            self._unit.codes.append(code or "")
            self._unit.x.append(set())

    def _end_tu(self, closed: _Open) -> None:
        unit, self._unit = self._unit, None
        self._need(closed, "tuv")
        if unit is None or not unit.codes:
            return
        lower = [code.lower() for code in unit.codes]
        if len(lower) == 1:
            self._note(closed.line, "one-language")
        for code in sorted({code for code in lower if code and lower.count(code) > 1}):
            self._note(closed.line, "language-repeated", value=code)
        self._check_source(closed.line, unit, lower)
        different = {x for xs in unit.x for x in xs if any(x not in others for others in unit.x)}
        if different:
            self._note(closed.line, "inline-x", value=", ".join(sorted(different)))

    def _check_source(self, line: int, unit: _Unit, lower: list[str]) -> None:
        source = unit.source
        if not source or source.lower() == _ALL or source in unit.codes:
            return
        if source.lower() in lower:
            found = unit.codes[lower.index(source.lower())]
            self._note(line, "source-case", value=source, found=found)
        else:
            self._note(line, "source-missing", value=source)

    def _start_prop(self, line: int, name: str) -> None:
        in_unit = len(self._open) > 1 and self._open[-2].name == "tu"
        if in_unit and name in _OMEGAT_KEYS:
            self._note(line, "prop-key", value=name)
        elif name and not name.lower().startswith("x-") and name not in _MEMOQ_FIELDS:
            self._note_once(line, "prop-prefix", name)

    # Segments.

    def _start_inline(self, line: int, name: str, attributes: dict[str, str]) -> None:
        segment = self._segment
        if segment is None:
            return
        segment.codes = True
        if name in _INLINE_CODE:
            self._code += 1
        if self._unit is not None and self._unit.x and "x" in attributes:
            self._unit.x[-1].add(attributes["x"])
        number = attributes.get("i", "")
        if name in ("bpt", "ept") and number:
            pairs = segment.begun if name == "bpt" else segment.ended
            if number in pairs:
                self._note(line, "inline-repeated", name=name, value=number)
            elif name == "ept" and number not in segment.begun:
                self._note(line, "inline-pair", name=name, value=number)
            pairs[number] = line

    def _end_segment(self, line: int) -> None:
        segment, self._segment = self._segment, None
        if segment is None:
            return
        text = "".join(segment.text)
        stripped = text.strip()
        if not stripped and not segment.codes:
            self._note(line, "segment-empty")
        elif stripped != text:
            self._note(line, "segment-space")
        if "\n" in stripped or "\r" in stripped:
            self._note(line, "segment-break")
        if len(text) > MAX_SEGMENT:
            self._note(line, "segment-long", count=len(text))
        for number, begun in segment.begun.items():
            if number not in segment.ended:
                self._note(begun, "inline-pair", name="bpt", value=number)

    # The book.

    def _note(self, line: int, rule: str, **values: object) -> None:
        severity, sentence = RULES[rule]
        self._book.add(line, severity, rule, sentence.format(**values))

    def _note_once(self, line: int, rule: str, value: str) -> None:
        if (rule, value) not in self._told:
            self._told.add((rule, value))
            self._note(line, rule, value=value)


_BEFORE: dict[tuple[str, str], tuple[str, ...]] = {
    ("tmx", "header"): ("body",),
    ("tu", "note"): ("tuv",),
    ("tu", "prop"): ("tuv",),
    ("tuv", "note"): ("seg",),
    ("tuv", "prop"): ("seg",),
}
"""(parent, child) → the children before which it must stand."""

_ONCE = frozenset({("tmx", "header"), ("tmx", "body"), ("tuv", "seg")})
"""(parent, child) that may be there only once."""
