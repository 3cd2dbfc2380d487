"""Forms of a PDF that draw forms: how often in all, before pdfium draws them and never ends.

A form (a piece of a page that is drawn by its name) may draw others, and a damaged or hostile file
has forms that draw themselves, or ten times the next one, which draws ten times the next. pdfium
unfolds them while it loads a page, within our process. The dictionary of a form is never packed,
only what it refers to may be; that is unpacked here, within bounds.
"""

from __future__ import annotations

import re
import zlib
from functools import cached_property
from typing import Final

from corpora.lazy import lazy_pattern

MOST_DRAWN: Final = 20_000
"""Forms that are drawn in all for one page: a map has some hundreds."""
MOST_UNPACKED: Final = 50_000_000
"""Bytes of packed objects and of forms' contents that are looked at; more are believed."""
LONGEST_OBJECT: Final = 100_000
"""Bytes of an object's dictionary that are looked at."""

_FORM: Final = lazy_pattern(rb"/Subtype\s*/Form\b")
# The word is looked for, then its number before it: searching for numbers takes ten times as long.
_OBJECT: Final = lazy_pattern(rb"obj\b")
_NUMBER: Final = lazy_pattern(rb"(\d{1,10})\s+\d{1,5}\s+$")
_END: Final = lazy_pattern(rb"\bendobj\b|\bstream\r?\n")
_REFERENCE: Final = lazy_pattern(rb"/([^\s/<>\[\]()%]+)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_DRAW: Final = lazy_pattern(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_PACKED: Final = lazy_pattern(rb"/Type\s*/ObjStm\b")
_NUMBERS: Final = lazy_pattern(rb"\d+")


def count_drawn(data: bytes) -> float:
    """How many forms the forms of a PDF draw at most, each drawn once; infinity for a circle.

    Args:
        data: the file's bytes.
    """
    if _FORM.search(data) is None:
        return 0
    forms = _Forms(data)
    return max((forms.drawn(number) for number in forms.forms), default=0)


class _Forms:
    """The forms of a file: what each draws, and how often."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_UNPACKED
        self._objects: dict[int, tuple[bytes, int]] = {}  # dictionary, start of the stream
        for found in _OBJECT.finditer(data):
            number = _NUMBER.search(data[max(0, found.start() - 24) : found.start()])
            if number is None:
                continue
            end = _END.search(data, found.end(), found.end() + LONGEST_OBJECT)
            head = data[found.end() : end.start() if end else found.end() + LONGEST_OBJECT]
            streamed = end is not None and end.group().startswith(b"stream")
            self._objects[int(number[1])] = (head, end.end() if end and streamed else 0)
        self.forms = {n for n, (head, start) in self._objects.items() if start and _is_form(head)}
        self._known: dict[int, float] = {}
        self._found: dict[int, dict[int, int]] = {}

    def drawn(self, number: int) -> float:
        """Forms that form `number` draws, itself counted; infinity for a circle."""
        # Without recursion: a chain of forms may be as long as the file.
        stack, open_ = [(number, False)], set[int]()
        while stack:
            at, finished = stack.pop()
            if finished:
                children = self._children(at)
                self._known[at] = 1.0 + sum(
                    often * self._known[child] for child, often in children.items()
                )
                open_.discard(at)
            elif at not in self._known:
                children = self._children(at)
                open_.add(at)
                if not open_.isdisjoint(children):
                    return float("inf")
                stack.append((at, True))
                stack += [(child, False) for child in children]
        return self._known[number]

    def _children(self, number: int) -> dict[int, int]:
        """Forms that a form draws, and how often."""
        if number not in self._found:
            self._found[number] = self._find_children(number)
        return self._found[number]

    def _find_children(self, number: int) -> dict[int, int]:
        head, start = self._objects[number]
        names = self._names_of(head)
        if not names:
            return {}
        content = self._unpack(head, start)
        often: dict[int, int] = {}
        for name, child in names.items():
            times = 1
            if content is not None:
                times = sum(drawn[1] == name for drawn in _DRAW.finditer(content))
            if times:
                often[child] = often.get(child, 0) + times
        return often

    def _names_of(self, head: bytes) -> dict[bytes, int]:
        """Names of forms in the resources of a form."""
        # The resources may stand apart, and in them the forms.
        resources = self._referred(head, b"Resources") or head
        looked = (head, resources, self._referred(resources, b"XObject"))
        return {
            found[1]: int(found[2])
            for each in looked
            for found in _REFERENCE.finditer(each)
            if int(found[2]) in self.forms
        }

    def _referred(self, head: bytes, name: bytes) -> bytes:
        """The dictionary that an entry refers to; empty if it refers to none."""
        for found in _REFERENCE.finditer(head):
            if found[1] == name:
                number = int(found[2])
                known = self._objects.get(number)
                return self._packed.get(number, b"") if known is None else known[0]
        return b""

    @cached_property
    def _packed(self) -> dict[int, bytes]:
        """Objects that are packed together in streams."""
        found: dict[int, bytes] = {}
        for head, start in self._objects.values():
            if not start or _PACKED.search(head) is None:
                continue
            content = self._unpack(head, start) or b""
            first = re.search(rb"/First\s+(\d+)", head)
            offset = int(first[1]) if first else 0
            numbers = [int(n) for n in _NUMBERS.findall(content[:offset])]
            places = list(zip(numbers[::2], numbers[1::2], strict=False))
            for (number, place), after in zip(
                places, [*(place for _, place in places[1:]), len(content)], strict=False
            ):
                found[number] = content[offset + place : offset + after]
        return found

    def _unpack(self, head: bytes, start: int) -> bytes | None:
        """Content of a stream; None if it is packed otherwise than usual, or there is too much."""
        if self._left <= 0:
            return None
        end = self._data.find(b"endstream", start)
        packed = self._data[start : end if end >= 0 else len(self._data)]
        if b"/Filter" not in head:
            self._left -= len(packed)
            return packed
        if b"FlateDecode" not in head or b"DecodeParms" in head:
            return None
        try:
            content = zlib.decompressobj().decompress(packed, self._left)
        except zlib.error:
            return None
        self._left -= len(content)
        return content


def _is_form(head: bytes) -> bool:
    return _FORM.search(head) is not None
