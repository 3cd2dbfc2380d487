"""What is read of a review book, whatever people and programs did in between."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from corpora import UserError
from tests.tmx_out.review.books import ABOUT, Sheet, row
from tmx_out.review.book import write_review_book
from tmx_out.review.reader import decision_named, read_review_book
from tmx_out.write.sheet import MAX_CELL


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("accept", "accept"),
        ("  ACCEPT ", "accept"),
        ("Accepted", "accept"),
        ("reject.", "reject"),
        ("rejected", "reject"),
        ("Merge  with\nnext", "merge with next"),
        ("merge", "merge with next"),
        ("Wrong_segmentation", "wrong segmentation"),
        ("free", "free translation"),
        ("perhaps", None),
        ("accept?", None),
        ("accept or reject", None),
        ("e", None),
        ("", None),
    ],
)
def test_a_decision_is_read_as_people_type_it(typed, meant):
    assert decision_named(typed) == meant


def test_rows_may_be_sorted_deleted_and_columns_moved(book):
    sheet = Sheet(book)
    for number, word in ((2, "accept"), (3, "reject"), (4, "accept")):
        sheet.write(number, decision=word, reviewer="Anna")
    before = {f.tuid: (f.decision, f.zh) for f in sheet.read().filled}
    values = [[cell.value for cell in line] for line in sheet.sheet.iter_rows()]
    head, first, _, third = values
    order = [*reversed(range(len(head)))]
    mixed = openpyxl.Workbook()
    page = mixed.active
    page.append(["A title that somebody put above"])
    page.append([*(head[at] for at in order), "own notes"])
    for line in (third, [None] * len(head), first):
        page.append([*(line[at] for at in order), "mine"])
    mixed.save(book)
    found = read_review_book(book)
    assert {f.tuid: (f.decision, f.zh) for f in found.filled} == {
        tuid: before[tuid] for tuid in ("CD-PV-1_0001", "CD-PV-1_0003")
    }
    assert [f.row for f in found.filled] == [3, 5]
    assert found.refused == ()
    assert found.about is None  # of another workbook; the row still knows its book
    assert found.token


def test_line_ends_of_other_programs_change_nothing(book):
    sheet = Sheet(book)
    sheet.write(2, decision="edit", new_en="One\r\nline_x000D_\n and\rmore.", reviewer="Anna")
    sheet.write(3, decision="split", new_zh="一。\r\n\r\n二。", new_en="One.\nTwo.")
    found = sheet.read()
    assert found.refused == ()
    assert found.filled[0].new_en == "One line and more."
    assert (found.filled[1].new_zh, found.filled[1].new_en) == ("一。\n二。", "One.\nTwo.")


def test_what_excel_made_a_number_or_a_day_of_is_text_again(book):
    sheet = Sheet(book)
    sheet.write(2, decision="edit", new_en=2015, new_zh=3.0, comment=date(2015, 7, 21))
    [found] = sheet.read().filled
    assert (found.new_en, found.new_zh, found.comment) == ("2015", "3", "2015-07-21")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"decision": "perhaps"}, "is no decision"),
        ({"new_en": "Text."}, "no decision: choose"),
        ({"comment": "hm"}, "no decision: choose"),
        ({"decision": "edit"}, "without new text"),
        ({"decision": "edit", "new_en": "Disarmament."}, "without new text"),
        ({"decision": "accept", "new_en": "Other."}, "choose edit"),
        ({"decision": "split", "new_zh": "一。\n二。", "new_en": "One."}, "both halves"),
        ({"decision": "accept", "en": "Tampered."}, "locked cell"),
        ({"decision": "accept", "zh": None}, "locked cell"),
        ({"decision": "accept", "stratum": "other"}, "locked cell"),
        ({"decision": "accept", "id": "CD-PV-1|CD-PV-1_0002|1"}, "locked cell"),
        ({"decision": "accept", "id": "x"}, "hidden id"),
        ({"decision": "accept", "hashes": None}, "hidden id"),
        ({"decision": "edit", "new_en": "x" * MAX_CELL}, "cut off"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_are_read(book, cells, reason):
    sheet = Sheet(book)
    sheet.write(2, **cells)
    sheet.write(4, decision="accept")
    found = sheet.read()
    assert [f.row for f in found.filled] == [4]
    [refused] = found.refused
    assert refused.row == 2
    assert reason in refused.reason
    assert len(refused.written) == len({*cells} & {"decision", "new_en", "new_zh", "comment"})


def test_a_row_that_was_copied_counts_once_and_a_contradiction_is_told(book):
    sheet = Sheet(book)
    sheet.write(2, decision="accept")
    for target, decision in ((5, "accept"), (6, "reject")):
        for cell in sheet.sheet[2]:
            sheet.sheet.cell(target, cell.column).value = cell.value
        sheet.write(target, decision=decision)
    found = sheet.read()
    assert [f.row for f in found.filled] == [2]
    assert [(r.row, r.reason) for r in found.refused] == [
        (6, "the unit was decided in row 2 already, in another way.")
    ]


def test_a_text_longer_than_a_cell_is_not_taken_for_tampering(tmp_path):
    path = tmp_path / "long.xlsx"
    write_review_book(path, [row(0, "长" * 40_000)], ABOUT, intro=[])
    sheet = Sheet(path)
    sheet.write(2, decision="accept")
    assert len(sheet.read().filled) == 1


def test_how_units_were_drawn_is_not_believed_if_it_was_changed(book):
    sheet = Sheet(book)
    sheet.book["About"]["A3"].value = '{"kind": "sample", "population": {"all": 1000000}}'
    assert sheet.read().about is None


def test_another_workbook_is_refused_with_its_cure(tmp_path, book):
    other = openpyxl.Workbook()
    other.active.append(["id", "decision"])
    other.save(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")
    for name, reason in (
        ("other.xlsx", "is no review book"),
        ("text.xlsx", "save the review book as XLSX"),
        ("none.xlsx", "There is no file"),
    ):
        with pytest.raises(UserError, match=reason):
            read_review_book(tmp_path / name)
    sheet = Sheet(book)
    sheet.sheet.delete_cols(sheet.column("comment"))
    with pytest.raises(UserError, match="has no column comment"):
        sheet.read()
