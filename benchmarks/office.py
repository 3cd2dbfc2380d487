"""LibreOffice opens, edits and saves what we write, and we take it back.

A script of LibreOffice's own Python (`OFFICE_PYTHON`, which has `uno`) drives it without a window:
it opens a file, writes cells as a person would, measures how high each row is and how high its text
needs it, and saves. `benchmarks.clients` runs this and writes the table.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import openpyxl

from cdtm.audit.run import run_audit
from cdtm.build.run import run_build
from cdtm.demo import SAMPLE
from cdtm.imports.sources import Source
from cdtm.jobs.audit import ApplyJob, AuditJob
from cdtm.jobs.build import BuildJob
from cdtm.review.apply import apply_book
from corpora.read.office import find_office
from tmx_out.review.form import DECISIONS, SHEET
from tmx_out.review.reader import read_review_book
from tmx_out.terms.files import read_terms, write_terms
from tmx_out.write.formats import FORMATS
from tmx_out.write.sheet import HIGHEST
from tmx_out.write.sinks import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.terms.types import TermPair
    from tmx_out.units import Unit

PYTHON: Final = os.environ.get("OFFICE_PYTHON", "/usr/bin/python3")
LONGEST: Final = 300
"""Seconds that LibreOffice may take for all files."""

SLACK: Final = 0.85
"""Share of the height that LibreOffice would give a row which it must have: fonts differ."""

POINT: Final = 2540 / 72
"""Hundredths of a millimetre, in which LibreOffice measures."""

CELLS: Final = {"xlsx": "Calc MS Excel 2007 XML", "csv": "Text - txt - csv (StarCalc)"}
"""LibreOffice's names of formats."""
OPTIONS: Final = {
    ".xlsx": "",
    ".csv": "44,34,76,1,,0,false,true,false",
    ".tsv": "9,34,76,1,,0,false,true,false",
}
"""Its options of text tables: delimiter, quotation mark, UTF-8, first line."""

_SCRIPT: Final = r"""
import json, subprocess, sys, time, uno
from com.sun.star.beans import PropertyValue

def value(name, of):
    found = PropertyValue()
    found.Name, found.Value = name, of
    return found

office, profile, tasks = sys.argv[1], sys.argv[2], json.load(sys.stdin)
pipe = "pipe,name=cdtm%d;urp;" % __import__("os").getpid()
subprocess.Popen([office, "-env:UserInstallation=file://" + profile, "--headless", "--norestore",
                  "--nolockcheck", "--accept=" + pipe])
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
while True:
    try:
        there = resolver.resolve("uno:" + pipe + "StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.2)
desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
told = []
for task in tasks:
    how = [value("Hidden", True)]
    options = [value("FilterName", task["filter"])]
    if task["options"]:
        options.append(value("FilterOptions", task["options"]))
        how += options
    book = desktop.loadComponentFromURL("file://" + task["open"], "_blank", 0, tuple(how))
    sheets = book.Sheets
    sheet = sheets.getByName(task["sheet"]) if task["sheet"] else sheets.getByIndex(0)
    for row, column, text in task["cells"]:
        sheet.getCellByPosition(column, row).setString(text)
    book.storeToURL("file://" + task["save"], tuple(options))
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    rows = [sheet.Rows.getByIndex(n) for n in range(cursor.RangeAddress.EndRow + 1)]
    heights = [row.Height for row in rows]
    for row in rows:
        row.OptimalHeight = True
    told.append([heights, [row.Height for row in rows]])
    book.close(True)
print(json.dumps(told))
try:
    desktop.terminate()
except Exception:
    pass
"""


def is_here() -> bool:
    """Whether LibreOffice and its Python are on this machine."""
    if find_office() is None or shutil.which(PYTHON) is None:
        return False
    asked = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return asked.returncode == 0


def task(
    source: Path, target: Path, cells: Sequence[tuple[int, int, str]] = (), **how: str
) -> dict[str, Any]:
    """Say what is to be done with a file.

    Args:
        source: is opened.
        target: what is saved.
        cells: row and column, from 0, and the text that is put there.
        how: ``sheet``, and ``options`` of a text table.
    """
    told = {"sheet": "", "options": ""} | how
    kind = CELLS["csv" if told["options"] else "xlsx"]
    return told | {"open": str(source), "save": str(target), "filter": kind, "cells": list(cells)}


def let_office(tasks: Sequence[Mapping[str, Any]], scratch: Path) -> list[tuple[list[int], ...]]:
    """Let LibreOffice do tasks; the heights of rows of each, as they were and as they need be."""
    process = subprocess.Popen(
        [PYTHON, "-c", _SCRIPT, str(find_office()), str(scratch / "profile")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(json.dumps(tasks), timeout=LONGEST)
        if process.returncode:
            raise RuntimeError("LibreOffice's script failed")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return [tuple(heights) for heights in json.loads(said.splitlines()[-1])]


def low_rows(heights: tuple[list[int], ...]) -> list[int]:
    """Give the rows that hide a part of their text, from 1."""
    pairs = enumerate(zip(*heights, strict=True), start=1)
    return [row for row, (high, need) in pairs if high < SLACK * min(need, HIGHEST * POINT)]


Answer = tuple[str, int, int, tuple[str, ...]]
"""What was done, units, exact ones, and texts that did not come back."""


def ask_office(memory: Sequence[Unit], terms: Sequence[TermPair]) -> Iterator[Answer]:
    """Let LibreOffice open, edit and save a review book, glossaries and exports, and compare."""
    with TemporaryDirectory(prefix="cdtm-office-") as folder:
        scratch = Path(folder)
        book, filled = make_books(scratch)
        cells = [
            (row - 1, column - 1, text)
            for row, column, text in decisions(openpyxl.load_workbook(book))
        ]
        exports = [write_export(scratch / f"all{suffix}", memory) for suffix in (".xlsx", ".tsv")]
        glossaries = [scratch / "terms.xlsx", scratch / "terms.csv"]
        for path in glossaries:
            write_terms(path, list(terms))
        added = [(len(terms) + 1, column, text) for column, text in enumerate(ADDED)]
        tasks = [
            task(book, scratch / "saved-book.xlsx", cells, sheet=SHEET),
            *(task(path, saved(path), options=OPTIONS[path.suffix]) for path in exports),
            *(task(path, saved(path), added, options=OPTIONS[path.suffix]) for path in glossaries),
        ]
        heights = let_office(tasks, scratch)
        yield from compare_books(scratch, filled, scratch / "saved-book.xlsx")
        yield told("review book: rows as high as their text", heights[0])
        for path, high in zip(exports, heights[1:], strict=False):
            before, after = pairs_of(path), pairs_of(saved(path))
            yield compared(f"export {path.suffix[1:].upper()}: saved, taken back", before, after)
            if path.suffix == ".xlsx":
                yield told("export XLSX: rows as high as their text", high)
        for path in glossaries:
            came = terms_of(saved(path))
            want = [*terms_of(path), repr(((ADDED[0],), (ADDED[1],), ""))]
            what = f"glossary {path.suffix[1:].upper()}: a row added, saved, taken back"
            yield compared(what, want, came)


ADDED: Final = ("加上的词", "an added term")
"""Chinese and English of a term that is written below the others."""


def saved(path: Path) -> Path:
    """Say where LibreOffice saves a file."""
    return path.with_name(f"saved-{path.name}")


def write_export(path: Path, memory: Sequence[Unit]) -> Path:
    """Write an export as `cdtm export` does; give its path."""
    with path.open("wb") as stream:
        sink = FORMATS[path.suffix].open([stream], Options(), None)
        for unit in memory:
            sink.add(unit)
        sink.close()
    return path


def pairs_of(path: Path) -> list[str]:
    """Read a table of pairs as `cdtm import --pairs` does."""
    return [repr((unit.zh, unit.en)) for unit in Source(path, pairs=True).units()]


def terms_of(path: Path) -> list[str]:
    """Read a glossary as `cdtm terms import` does."""
    return [repr((term.zh, term.en, term.note)) for term in read_terms(path).terms]


def compared(what: str, before: Sequence[str], after: Sequence[str]) -> Answer:
    """Compare what was written with what came back, in order."""
    came = [*after, *[""] * len(before)]
    missed = tuple(one for one, other in zip(before, came, strict=False) if one != other)
    extra = max(0, len(after) - len(before))
    return what, len(before), len(before) - len(missed) - extra, missed


def told(what: str, heights: tuple[list[int], ...]) -> Answer:
    """Count rows of a sheet, and those that show all of their text."""
    low = low_rows(heights)
    return what, len(heights[0]), len(heights[0]) - len(low), tuple(f"row {n}" for n in low)


def make_books(scratch: Path) -> tuple[Path, Path]:
    """Make a review book of the sample's memory, and the same filled in without LibreOffice."""
    run_build(BuildJob(str(SAMPLE), scratch / "w", engine="serial", quiet=True))
    book = scratch / "book.xlsx"
    run_audit(AuditJob(scratch / "w", book, records=("*",), quiet=True))
    workbook = openpyxl.load_workbook(book)
    for row, column, text in decisions(workbook):
        workbook[SHEET].cell(row, column).value = text
    workbook.save(scratch / "filled.xlsx")
    return book, scratch / "filled.xlsx"


def decisions(workbook: Any) -> Iterator[tuple[int, int, str]]:
    """Decide on every second row, each decision in turn: row, column, text of a cell."""
    sheet = workbook[SHEET]
    places = {cell.value: cell.column for cell in sheet[1]}
    kinds = [*DECISIONS]
    for number, row in enumerate(range(2, sheet.max_row + 1, 2)):
        zh, en = (str(sheet.cell(row, places[side]).value or "") for side in ("zh", "en"))
        decision = kinds[number % len(kinds)] if zh and en else "edit"
        told = {"decision": decision, "reviewer": "Anna", "comment": f"第{number}行, “why”"}
        if decision == "split":
            told |= {"new zh": f"{zh[:3]}\n{zh[3:]}", "new en": f"{en[:3]}\n{en[3:]}"}
        elif decision == "edit":
            told |= {"new zh": f"{zh}（改）", "new en": f"{en} (changed)"}
        yield from ((row, places[name], text) for name, text in told.items())


def compare_books(scratch: Path, filled: Path, came: Path) -> Iterator[Answer]:
    """Compare what a book says that LibreOffice saved with what it should, and apply both."""
    want, have = read_review_book(filled), read_review_book(came)
    what = "review book: decided on, saved, taken back"
    yield compared(what, [repr(row) for row in want.filled], [repr(row) for row in have.filled])
    counts = []
    for path in (filled, came):
        shutil.copytree(scratch / "w", scratch / f"w-{path.stem}")
        report = apply_book(ApplyJob(path, scratch / f"w-{path.stem}", quiet=True))
        counts.append([len(report.applied), len(report.conflicts)])
    what = "review book: decisions worked in"
    yield what, counts[0][0], counts[1][0] if counts[0] == counts[1] else 0, ()
