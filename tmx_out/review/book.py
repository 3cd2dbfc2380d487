"""The review book: an XLSX in which a person decides on units; written here, read by `reader`.

A row knows which unit it is by a hidden id and by hashes of both texts, and a check over its locked
cells shows whether they are still what was written. There is no password: the lock is against
slips, not against people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from corpora.atomic import Target, atomic_write
from tmx_out.review.form import ABOUT, COLUMNS, DECISIONS, LABELS, SHEET
from tmx_out.write.columns import Column
from tmx_out.write.sheet import LINE_HEIGHT, Sheet, fitting, open_workbook, row_height
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


MAX_ROWS: Final = 100_000
"""Units of a book; a person decides on some hundred a day."""

_SPARE: Final = 1000
"""Rows below the last that have the dropdowns too, for rows that are moved or pasted there."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One unit to be looked at.

    Attributes:
        record: key of the record.
        tuid: of the unit.
        number: of the bead, 0-based.
        hashes: of both texts, 64 bits each with a sign.
        symbol: what a reader knows the record by.
        date: of the meeting.
        speaker: of the unit.
        confidence: 0 to 1; None for a sentence without translation, which is no pair.
        why: reasons to look, sentences.
        before: the texts before, for context.
        zh, en: the texts.
        after: the texts that follow.
        stratum: of the sample; empty outside one.
    """

    record: str
    tuid: str
    number: int
    hashes: tuple[int, int]
    symbol: str
    date: date | None
    speaker: str
    confidence: float | None
    why: str
    before: str
    zh: str
    en: str
    after: str
    stratum: str = ""


def row_id(row: ReviewRow) -> str:
    """Write the hidden id: record, unit and bead."""
    return f"{row.record}|{row.tuid}|{row.number}"


def hash_text(hashes: tuple[int, int]) -> str:
    """Write two signed 64-bit hashes in hexadecimal.

    >>> hash_text((-1, 10))
    'ffffffffffffffff-000000000000000a'
    """
    return "-".join(f"{value & (2**64 - 1):016x}" for value in hashes)


def check_of(token: str, cells: Sequence[str]) -> str:
    """Give what the locked cells of a row sum up to, with the token of its book.

    Args:
        token: of the book.
        cells: id, hashes, stratum, zh and en; white space counts for nothing, since programs
            write line ends in their own ways.
    """
    whole = "\x1f".join("".join(cell.split()) for cell in (token, *cells))
    return f"{token}:{blake2b(whole.encode(), digest_size=6).hexdigest()}"


def token_of(rows: Sequence[ReviewRow], about: Mapping[str, Any]) -> str:
    """Name a book by what is in it: the same rows drawn in the same way are the same book."""
    told = json.dumps(about, ensure_ascii=False, sort_keys=True)
    whole = "\n".join((told, *(f"{row_id(row)}|{hash_text(row.hashes)}" for row in rows)))
    return blake2b(whole.encode(), digest_size=6).hexdigest()


def write_review_book(
    target: Target, rows: Sequence[ReviewRow], about: Mapping[str, Any], *, intro: Sequence[str]
) -> str:
    """Write a review book and give its token.

    Args:
        target: path or binary stream.
        rows: units in the order of the sheet, at most `MAX_ROWS`.
        about: how they were drawn, for the estimate after the review; goes in as JSON.
        intro: sentences on what this book holds, for the top of the instructions.
    """
    token = token_of(rows, about)
    with atomic_write(target) as stream:
        book = open_workbook(stream, title="cdtm review book")
        instructions = book.add_worksheet("Instructions")
        sheet = book.add_worksheet(SHEET)
        lists = book.add_worksheet("Lists")
        _write_instructions(book, instructions, intro)
        _write_lists(lists)
        _write_about(book.add_worksheet(ABOUT), token, about)
        _write_rows(book, sheet, rows, token)
        sheet.activate()
        book.close()
    return token


def lines_fitting(text: str) -> str:
    """Give a text of several lines as a cell holds it."""
    return fitting("\n".join(clean_text(line)[0] for line in text.split("\n")))


def _cells(row: ReviewRow, token: str) -> dict[str, str | float | date | None]:
    zh, en = lines_fitting(row.zh), lines_fitting(row.en)
    hidden = row_id(row), hash_text(row.hashes), row.stratum
    return {
        "id": hidden[0],
        "hashes": hidden[1],
        "check": check_of(token, (*hidden, zh, en)),
        "stratum": row.stratum,
        "record": row.symbol,
        "date": row.date,
        "speaker": lines_fitting(row.speaker),
        "confidence": row.confidence,
        "why look": lines_fitting(row.why),
        "before": lines_fitting(row.before),
        "zh": zh,
        "en": en,
        "after": lines_fitting(row.after),
    }


_COLOURS: Final = {
    "accept": "#E2F0D9",
    "reject": "#F8CBAD",
    "edit": "#DDEBF7",
    "merge with next": "#DDEBF7",
    "split": "#DDEBF7",
    "realign": "#DDEBF7",
    "pin": "#E2F0D9",
    "wrong segmentation": "#FCE4D6",
    "translation error": "#FCE4D6",
    "free translation": "#FFF2CC",
}


def _write_rows(book: Any, sheet: Any, rows: Sequence[ReviewRow], token: str) -> None:
    looks = _looks(book)
    for place, column in enumerate(COLUMNS):
        options = {"hidden": True} if column.kind == "hidden" else {}
        sheet.set_column(place, place, column.width, looks[column.kind], options)
        sheet.write_string(0, place, column.name, looks[f"{column.kind} head"])
        if column.hint:
            sheet.write_comment(0, place, column.hint)
    for number, row in enumerate(rows, start=1):
        cells = _cells(row, token)
        shown = ((cells.get(c.name), c.width) for c in COLUMNS if c.kind != "hidden")
        sheet.set_row(number, row_height((t, width) for t, width in shown if isinstance(t, str)))
        for place, column in enumerate(COLUMNS):
            cell = cells.get(column.name)
            if cell is None or cell == "":
                sheet.write_blank(number, place, None, looks[column.kind])
            elif isinstance(cell, date):
                sheet.write_datetime(number, place, cell, looks["date"])
            elif isinstance(cell, float):
                sheet.write_number(number, place, cell, looks["decimal"])
            else:
                sheet.write_string(number, place, cell, looks[column.kind])
    _add_helps(book, sheet, len(rows))


def _looks(book: Any) -> dict[str, Any]:
    """Make the formats; what is to be filled in stands out by its colour."""
    base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D9D9D9"}
    head = {"bold": True, "valign": "vcenter", "text_wrap": True, "border": 1}
    locked = {**base, "bg_color": "#F5F5F5"}
    return {
        "locked": book.add_format(locked),
        "hidden": book.add_format(locked),
        "open": book.add_format({**base, "locked": False, "num_format": "@"}),
        "date": book.add_format({**locked, "num_format": "yyyy-mm-dd"}),
        "decimal": book.add_format({**locked, "num_format": "0.00"}),
        "locked head": book.add_format({**head, "bg_color": "#D9D9D9"}),
        "hidden head": book.add_format({**head, "bg_color": "#D9D9D9"}),
        "open head": book.add_format({**head, "bg_color": "#FFD966"}),
    }


def _add_helps(book: Any, sheet: Any, rows: int) -> None:
    """Add the dropdowns, colours, filter, frozen header and lock."""
    place = {column.name: number for number, column in enumerate(COLUMNS)}
    last, bottom = rows, rows + _SPARE
    for name, sheet_column, values in (("decision", "A", DECISIONS), ("label", "B", LABELS)):
        sheet.data_validation(
            *(1, place[name], bottom, place[name]),
            {
                "validate": "list",
                "source": f"=Lists!${sheet_column}$1:${sheet_column}${len(values)}",
                "error_title": "Not in the list",
                "error_message": "Choose a word from the list, or leave the cell empty.",
            },
        )
    sheet.conditional_format(
        *(1, place["confidence"], max(last, 1), place["confidence"]),
        {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": 0,
            "mid_value": 0.8,
            "max_value": 1,
            "min_color": "#F8696B",
            "mid_color": "#FFEB84",
            "max_color": "#63BE7B",
        },
    )
    for decision, colour in _COLOURS.items():
        sheet.conditional_format(
            *(1, place["decision"], max(last, 1), place["reviewer"]),
            {
                "type": "formula",
                "criteria": f'=${chr(65 + place["decision"])}2="{decision}"',
                "format": book.add_format({"bg_color": colour}),
            },
        )
    sheet.freeze_panes(1, place["record"] + 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.set_row(0, 3 * LINE_HEIGHT)
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_columns": True,
            "format_rows": True,
            "format_cells": True,
            "delete_rows": True,
        },
    )
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&F&RPage &P of &N")


def _write_instructions(book: Any, sheet: Any, intro: Sequence[str]) -> None:
    title = book.add_format({"bold": True, "font_size": 16})
    bold = book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "How to review", title)
    lines: list[tuple[str, str]] = [("This book", line) for line in intro[:1]]
    lines += [("", line) for line in intro[1:]]
    lines += [
        ("What to do", "Go to the sheet Review. Read zh and en of a row, and choose a decision."),
        ("", "Yellow columns are yours; grey ones are locked, so that no slip can change them."),
        ("", "Leave a decision empty where you have not looked; you can go on another day."),
        ("", "Rows may be filtered and left out, and columns may be moved."),
        ("", "To sort, lift the lock first (Review, Unprotect Sheet; there is no password)."),
        ("Your name", "Write it in the column reviewer, in one row at least."),
        ("Hand in", "cdtm audit apply BOOK.xlsx -w WORKSPACE; doing it twice does no harm."),
        ("Decisions", ""),
    ]
    for number, (head, text) in enumerate([*lines, *DECISIONS.items()], start=2):
        sheet.write_string(number, 0, head, bold)
        sheet.write_string(number, 1, text, wrap)
        sheet.set_row(number, row_height([(text, 100)]))
    start = 2 + len(lines) + len(DECISIONS) + 1
    sheet.write_string(start, 0, "Labels", bold)
    sheet.write_string(start, 1, "What is wrong, if you wish to say it.", wrap)
    for number, (head, text) in enumerate(LABELS.items(), start=start + 1):
        sheet.write_string(number, 0, head, bold)
        sheet.write_string(number, 1, text, wrap)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect()


def _write_lists(sheet: Any) -> None:
    for place, values in enumerate((DECISIONS, LABELS)):
        for number, value in enumerate(values):
            sheet.write_string(number, place, value)
    sheet.protect()
    sheet.hide()


def _write_about(sheet: Any, token: str, about: Mapping[str, Any]) -> None:
    """Write how the units were drawn, in cells that are not too long, with a check."""
    told = json.dumps(about, ensure_ascii=False, sort_keys=True)
    sheet.write_string(0, 0, token)
    sheet.write_string(1, 0, check_of(token, (told,)))
    for number, start in enumerate(range(0, len(told), 30_000), start=2):
        sheet.write_string(number, 0, told[start : start + 30_000])
    sheet.protect()
    sheet.hide()


CONFLICT_COLUMNS: Final = (
    Column("row", "integer", 8),
    Column("unit", width=30),
    Column("why", width=60),
    Column("decision", width=20),
    Column("new zh", width=50),
    Column("new en", width=60),
    Column("label", width=24),
    Column("comment", width=40),
    Column("reviewer", width=16),
)
"""Columns of the list of what could not be applied; after them stand the others of the book."""


def write_conflicts(
    target: Target,
    conflicts: Sequence[tuple[int, str, str, Mapping[str, str]]],
    cells: Mapping[int, Mapping[str, str]],
    about: Sequence[str],
) -> None:
    """Write what could not be applied, so that nothing that a reviewer wrote is lost.

    It is a review book again, to be put right and applied.

    Args:
        target: path or binary stream.
        conflicts: row of the sheet, unit, reason, and what was written by column.
        cells: of the book by row and column; see `tmx_out.review.reader.cells_by_row`.
        about: what tells of the book.
    """
    written = [column.name for column in CONFLICT_COLUMNS[3:]]
    others = [column for column in COLUMNS if column.name not in written]
    columns = (*CONFLICT_COLUMNS, *(Column(c.name, width=int(c.width)) for c in others))
    with atomic_write(target) as stream:
        book = open_workbook(stream)
        sheet = Sheet(book, "Conflicts", columns)
        for row, unit, reason, told in conflicts:
            held = cells.get(row, {})
            texts = [unit, reason, *(told.get(name, "") for name in written)]
            texts += [held.get(column.name, "") for column in others]
            sheet.add([row, *(lines_fitting(text) or None for text in texts)])
        sheet.end()
        sheet.hide([c.name for c in others if c.kind == "hidden"])
        hidden = book.add_worksheet(ABOUT)
        for number, text in enumerate(about):
            hidden.write_string(number, 0, text)
        hidden.hide()
        book.close()
