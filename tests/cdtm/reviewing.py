"""A workspace of one record and review books filled in as a person would, for tests of reviews."""

from __future__ import annotations

from datetime import date

import openpyxl
import polars as pl

from cdtm.build.schemas import SENTENCES
from cdtm.build.tables import write_tables
from cdtm.build.workspace import open_workspace
from cdtm.jobs.audit import ApplyJob, AuditJob
from cdtm.memory.journal import NAME, Journal
from cdtm.memory.memory import Memory
from cdtm.review.apply import apply_book
from cdtm.review.book import run_review_book
from tests.cdtm import making_beads

KEY = "CD-PV-1"
PAIRS = [
    ("会议开始。", "The meeting begins."),
    ("谢谢主席。", "Thank you."),
    ("裁军。", "Disarmament."),
    ("核查很重要。", "Verification is"),
    ("", "important."),
    ("谢谢主席。", "Thank you."),
    ("和平。安全。", "Peace. Security."),
    ("会议结束。", "The meeting ends."),
    ("多余。", "Something else."),
    ("下次会议。", "The next meeting."),
]
SHIFTED = [
    ("主席宣布会议开始。", "The President declared the meeting open."),
    ("我们支持核裁军。", ""),
    ("中国代表团感谢秘书长。", "We support nuclear disarmament."),
    ("核查对于条约十分重要。", "The delegation of China thanks the Secretary-General."),
    ("裁军谈判会议有65个成员国。", "Verification is very important for the treaty."),
    ("", "The Conference on Disarmament has 65 member States."),
    ("下次会议将于星期四举行。", "The next meeting will be held on Thursday."),
]
"""A stretch whose English stands a row too low."""


def table_of(pairs, pages=None):
    """Make the table of sentences; `pages` says of each side on which the first of them stands.

    Each sentence then stands a page behind the one before it.
    """
    columns = dict.fromkeys(SENTENCES)
    rows = [
        columns
        | {"language": side, "number": number, "text": text}
        | {"page": pages[side] + number if pages else 0}
        for place, side in enumerate(("zh", "en"))
        for number, text in enumerate(pair[place] for pair in pairs if pair[place])
    ]
    return pl.DataFrame(rows, schema=dict(SENTENCES))


def put(folder, pairs, key=KEY, pages=None, symbol=None, **values):
    """Put a record into the workspace as a build does."""
    workspace = open_workspace(folder)
    beads = making_beads.beads(*pairs, key=key, **values)
    told = {"status": "done", "confidence": 0.9, "units": 9, "nulls": 1, "flagged": 0, "notes": ""}
    row = making_beads.row(key, date=date(2015, 7, 21), **told)
    row["symbol"] = symbol or row["symbol"]
    tables = {"beads": beads, "sentences": table_of(pairs, pages)}
    write_tables(workspace.store, key, tables, row)
    workspace.save_manifest([*(workspace.manifest() | {key: row}).values()])
    with Memory.open(workspace.memory, create=True) as memory:
        memory.put_record(row, beads)


def make_book(folder, name="book.xlsx", **choice):
    path = folder.parent / name
    run_review_book(AuditJob(folder, path, **(choice or {"records": ("CD/PV.1",)}), quiet=True))
    return path


def fill(path, *rows, reviewer="Anna"):
    """Write into the cells of units as a person would: (tuid, decision, other cells)."""
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    places = {cell.value: cell.column for cell in sheet[1]}
    lines = {str(sheet.cell(n, 1).value).split("|")[1]: n for n in range(2, sheet.max_row + 1)}
    for tuid, decision, *others in rows:
        cells = {"decision": decision, "reviewer": reviewer, **(others[0] if others else {})}
        for name, value in cells.items():
            sheet.cell(lines[f"{KEY}_{tuid:04d}"], places[name.replace("_", " ")]).value = value
    book.save(path)
    return path


def apply(folder, path, **how):
    return apply_book(ApplyJob(path, folder, **how, quiet=True))


def units(folder, choice=None):
    with Memory.open(folder / "memory.sqlite") as memory:
        return list(memory.units(choice))


def texts(folder, choice=None):
    return [(unit.zh, unit.en) for unit in units(folder, choice)]


def journal(folder):
    with Journal.open(folder / NAME) as opened:
        return opened.decisions()
