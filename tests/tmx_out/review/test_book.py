"""The review book as it is written."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from tests.tmx_out.review.books import ABOUT, ROWS, Sheet
from tmx_out.review.book import write_conflicts, write_review_book
from tmx_out.review.form import COLUMNS, DECISIONS, LABELS


def test_a_book_comes_back_with_its_ids_and_texts(book):
    sheet = Sheet(book)
    for number in (2, 3, 4):
        sheet.write(number, decision="accept", reviewer="Anna")
    found = sheet.read()
    assert found.refused == ()
    assert found.about == ABOUT
    assert [(f.record, f.tuid, f.number, f.hashes, f.zh, f.en) for f in found.filled] == [
        (r.record, r.tuid, r.number, r.hashes, r.zh, r.en) for r in ROWS
    ]
    assert {f.stratum for f in found.filled} == {"all"}


def test_no_text_is_a_formula(book):
    sheet = openpyxl.load_workbook(book)["Review"]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert all(cell.hyperlink is None for line in sheet.iter_rows() for cell in line)


def test_only_the_reviewers_cells_can_be_changed(book):
    sheet = openpyxl.load_workbook(book)["Review"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    for column, cell in zip(COLUMNS, sheet[2], strict=True):
        assert cell.protection.locked == (column.kind != "open"), column.name
    hidden = [c.name for c in COLUMNS if c.kind == "hidden"]
    assert hidden == ["id", "hashes", "check", "stratum"]
    assert sheet.freeze_panes == "F2"
    assert sheet.auto_filter.ref == "A1:S4"


def test_dropdowns_hold_every_word(book):
    found = openpyxl.load_workbook(book)
    lists = found["Lists"]
    assert [cell.value for cell in lists["A"] if cell.value] == [*DECISIONS]
    assert [cell.value for cell in lists["B"]] == [*LABELS]
    ranges = {v.formula1: str(v.sqref) for v in found["Review"].data_validations.dataValidation}
    assert ranges == {
        f"Lists!$A$1:$A${len(DECISIONS)}": "N2:N1004",
        f"Lists!$B$1:$B${len(LABELS)}": "Q2:Q1004",
    }


def test_the_same_rows_give_the_same_bytes():
    first, second = BytesIO(), BytesIO()
    for stream in (first, second):
        write_review_book(stream, ROWS, ABOUT, intro=[])
    assert first.getvalue() == second.getvalue()


def test_conflicts_are_kept_with_all_that_was_written(tmp_path):
    path = tmp_path / "conflicts.xlsx"
    write_conflicts(
        path, [(7, "CD-PV-1_0001", "why.", {"new en": "=Text", "decision": "edit"})], {}, []
    )
    sheet = openpyxl.load_workbook(path).active
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert values[1][:7] == [7, "CD-PV-1_0001", "why.", "edit", None, "=Text", None]
    assert sheet["F2"].data_type != "f"
