"""The tables of a workbook that somebody else made, as its sheets show them.

The parts of the package are read here rather than by openpyxl's loader, which refuses workbooks
of WPS and Strict Open XML that every office opens, and believes wrong dimensions; what numbers and
dates look like is openpyxl's.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import unescape

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from corpora import UserError
from tmx_out.xml_elements import SAFELY, forget, parsed

MOST_BYTES: Final = 1 << 30
"""Of one part of the package, unpacked: a sheet filled to its last row with long texts has less."""
WIDEST: Final = 16_384
"""Columns of a sheet (Excel specifications and limits)."""
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet (the same)."""
MOST_MERGED: Final = 10_000
"""Rows of one merged cell that are filled; one over a whole column is a look, no content."""


@dataclass(slots=True)
class Sheet:
    """One sheet.

    Attributes:
        name: on its tab.
        hidden: whether its tab is not shown.
        rows: the cells' texts, from the first row of the sheet on; `""` where nothing stands.
        continued: (row, column), 1- and 0-based: cells merged with one above, whose text they have.
    """

    name: str
    hidden: bool
    rows: list[list[str]]
    continued: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Looks:
    """What cells look like: formats by style, and the day from which dates are counted."""

    formats: tuple[str, ...] = ()
    epoch: datetime = CALENDAR_WINDOWS_1900


def read_workbook(path: Path) -> Iterator[Sheet]:
    """Read the sheets of an .xlsx workbook in the order of their tabs.

    Raises:
        UserError: it is no workbook, damaged or too large.
        OSError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            yield from _sheets(package)
    except (UserError, OSError):
        raise
    except Exception as error:
        # Whatever stumbles here stumbles over the bytes of a foreign file: zipfile alone raises
        # eight kinds of errors on damaged ones, and the XML inside may say anything.
        said = "no workbook" if isinstance(error, zipfile.BadZipFile) else "damaged as a workbook"
        raise UserError(
            f"{path.name} is {said}: open it in Excel or LibreOffice and save it as .xlsx."
        ) from error


def _sheets(package: zipfile.ZipFile) -> Iterator[Sheet]:
    main = _related(package, "")["officeDocument"][0][1]
    related = _related(package, main)
    parts = {key: target for targets in related.values() for key, target in targets}
    strings = [*_strings(package, *(target for _, target in related.get("sharedStrings", ())[:1]))]
    book = parsed(_read(package, main))
    epoch = CALENDAR_WINDOWS_1900
    for properties in book.iter("{*}workbookPr"):
        if properties.get("date1904") in ("1", "true"):
            epoch = CALENDAR_MAC_1904
    styles = related.get("styles", ())
    looks = _Looks(_formats(package, styles[0][1]) if styles else (), epoch)
    worksheets: set[str | None] = {target for _, target in related.get("worksheet", ())}
    for sheet in book.iter("{*}sheet"):
        key = next(str(value) for name, value in sheet.items() if str(name).endswith("}id"))
        if parts.get(key) in worksheets:  # others are charts
            rows, continued = _rows(package, parts[key], strings, looks)
            hidden = sheet.get("state", "visible") != "visible"
            yield Sheet(sheet.get("name", ""), hidden, rows, continued)


def _related(package: zipfile.ZipFile, part: str) -> dict[str, list[tuple[str, str]]]:
    """Give what a part refers to: the last word of the kind → (id, name of the part)."""
    folder, name = posixpath.split(part)
    found: dict[str, list[tuple[str, str]]] = {}
    root = parsed(_read(package, f"{folder}/_rels/{name}.rels".lstrip("/")))
    for relation in root:
        if relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found.setdefault(kind, []).append((relation.get("Id", ""), target.lstrip("/")))
    return found


def _read(package: zipfile.ZipFile, part: str) -> bytes:
    with _open(package, part) as stream:
        data: bytes = stream.read()
    return data


def _open(package: zipfile.ZipFile, part: str) -> Any:
    info = package.getinfo(part)
    if info.file_size > MOST_BYTES:
        raise UserError(
            f"{package.filename and posixpath.basename(package.filename)} holds a part of "
            f"{info.file_size >> 20:,} MB, more than is read: part it."
        )
    return package.open(info)


def _elements(package: zipfile.ZipFile, part: str, *tags: str) -> Iterator[etree._Element]:
    """Give the elements of a part as they end, each forgotten when the next one is asked for."""
    with _open(package, part) as stream:
        for _, element in etree.iterparse(stream, events=("end",), tag=tags, **SAFELY):
            yield element
            forget(element)


def _strings(package: zipfile.ZipFile, *parts: str) -> Iterator[str]:
    for part in parts:
        for item in _elements(package, part, "{*}si"):
            yield _said(item)


_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _said(item: etree._Element) -> str:
    """Give the text of a string, without the reading aids of East Asian ones."""
    texts = (t for t in item.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh")
    said = "".join(text.text or "" for text in texts)
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), said)


def _formats(package: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    """Give the number format of each style of cells."""
    root = parsed(_read(package, part))
    own = {f.get("numFmtId"): unescape(f.get("formatCode", "")) for f in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    numbers = [style.get("numFmtId", "0") for style in styles] if styles is not None else []
    return tuple(own.get(n) or BUILTIN_FORMATS.get(int(n), "General") for n in numbers)


def _rows(
    package: zipfile.ZipFile, part: str, strings: list[str], looks: _Looks
) -> tuple[list[list[str]], set[tuple[int, int]]]:
    rows: list[list[str]] = []
    continued: set[tuple[int, int]] = set()
    for element in _elements(package, part, "{*}row", "{*}mergeCell"):
        if etree.QName(element).localname == "mergeCell":
            _fill(rows, element.get("ref", ""), continued)
            continue
        number = int(element.get("r") or len(rows) + 1)
        if not len(rows) < number <= MOST_ROWS:
            number = len(rows) + 1
        rows.extend([] for _ in range(number - 1 - len(rows)))
        rows.append(_cells(element, strings, looks))
        if len(rows) > MOST_ROWS:
            raise UserError(
                f"{Path(package.filename or '').name} has more rows than a sheet can have, "
                f"{MOST_ROWS:,}: save it as .tsv or in several files."
            )
    return rows, continued


def _cells(row: etree._Element, strings: list[str], looks: _Looks) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("{*}c"):
        reference = cell.get("r")
        place = len(cells)
        if reference:
            place = column_index_from_string(coordinate_from_string(reference)[0]) - 1
        if place >= WIDEST:
            continue
        cells.extend([""] * (place + 1 - len(cells)))
        cells[place] = _shown(cell, strings, looks)
    return cells


def _shown(cell: etree._Element, strings: list[str], looks: _Looks) -> str:
    """Give a cell as it is shown; an error is nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _said(cell)
    value = cell.findtext("{*}v") or ""
    if not value or kind == "e":
        return ""
    if kind == "s":
        return strings[int(value)]
    if kind == "b":
        return "TRUE" if value in ("1", "true") else "FALSE"
    if kind != "n":
        return value.removesuffix("T00:00:00") if kind == "d" else value
    style = int(cell.get("s", "0"))
    code = looks.formats[style] if style < len(looks.formats) else "General"
    return _number(float(value), code, looks.epoch)


def _number(value: float, code: str, epoch: datetime) -> str:
    """Give a number in its format, as far as glossaries have them: plain, per cent, a date."""
    if is_date_format(code):
        moment = from_excel(value, epoch)
        if isinstance(moment, datetime):
            whole = moment.time() == time() or "h" not in code.casefold()
            return f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}"
        return str(moment)
    if "%" in code:
        decimals = re.search(r"0\.(0+)%", code)
        return f"{100 * value:.{len(decimals[1]) if decimals else 0}f}%"
    return f"{value:.15g}"


def _fill(rows: list[list[str]], reference: str, continued: set[tuple[int, int]]) -> None:
    """Write the text of a merged cell into the rows that it reaches over."""
    left, top, _, bottom = range_boundaries(reference)
    if None in (left, top, bottom) or top > len(rows) or len(rows[top - 1]) < left:
        return
    text = rows[top - 1][left - 1]
    if not text or bottom - top >= MOST_MERGED:
        return
    for number in range(top + 1, min(bottom, len(rows)) + 1):
        row = rows[number - 1]
        if not any(row):
            continue
        row.extend([""] * (left - len(row)))
        row[left - 1] = text
        continued.add((number, left - 1))
