"""Review books: what they hold, and what a row shows."""

from __future__ import annotations

import openpyxl
import pytest

from cdtm.jobs.audit import AuditJob
from cdtm.memory.words import hash_of
from cdtm.review.book import run_review_book
from corpora import UserError
from tests.cdtm.reviewing import PAIRS, apply, fill, make_book, put


def test_doubts_that_were_decided_are_not_asked_again(folder):
    put(folder, PAIRS, flags="number-differs", confidence=0.4)
    book = make_book(folder, flagged=True)
    sheet = openpyxl.load_workbook(book)["Review"]
    asked = [sheet.cell(n, 1).value.split("|")[1] for n in range(2, sheet.max_row + 1)]
    assert len(asked) > 5
    apply(folder, fill(book, *((int(tuid[-4:]), "accept") for tuid in asked[:3])))
    sheet = openpyxl.load_workbook(make_book(folder, "two.xlsx", flagged=True))["Review"]
    left = [sheet.cell(n, 1).value.split("|")[1] for n in range(2, sheet.max_row + 1)]
    assert not {*left} & {*asked[:3]}
    assert {*asked[3:]} <= {*left}


def test_of_a_run_the_next_one_that_nobody_decided_on_is_asked(folder):
    put(folder, [PAIRS[0], ("甲丙。", ""), ("乙丁。", ""), ("丙戊。", ""), PAIRS[7]])

    def asked(name):
        sheet = openpyxl.load_workbook(make_book(folder, name, flagged=True))["Review"]
        return [sheet.cell(n, 1).value.split("|")[1] for n in range(2, sheet.max_row + 1)]

    assert asked("one.xlsx") == ["CD-PV-1_0002"]
    apply(folder, fill(folder.parent / "one.xlsx", (2, "accept")))
    assert asked("two.xlsx") == ["CD-PV-1_0003"]


def test_a_book_holds_one_thing(folder):
    for choice in ({}, {"flagged": True, "sample": 3}, {"records": ("X",), "margin": 0.1}):
        with pytest.raises(UserError, match="holds one thing"):
            run_review_book(AuditJob(folder, folder.parent / "x.xlsx", **choice))
    with pytest.raises(UserError, match="no record S/PV"):
        make_book(folder, records=("S/PV.9",))


def test_the_book_shows_the_unit_its_neighbours_and_what_was_decided(folder):
    apply(folder, fill(make_book(folder), (2, "reject")))
    sheet = openpyxl.load_workbook(make_book(folder, "two.xlsx"))["Review"]
    places = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(3, places["why look"]).value == "Decided before by Anna: rejected."
    assert sheet.cell(3, places["before"]).value == "会议开始。\nThe meeting begins."
    assert sheet.cell(5, places["after"]).value == "—\nimportant."
    assert sheet.cell(6, places["why look"]).value == "No translation was found for it."
    assert sheet.cell(2, places["hashes"]).value == "-".join(
        f"{hash_of(text) & (2**64 - 1):016x}" for text in PAIRS[0]
    )
