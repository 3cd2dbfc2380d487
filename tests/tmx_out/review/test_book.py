"""The review book: what is written is read again, whatever people and programs do in between."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from corpora import UserError
from tmx_out.review.book import MAX_CELL, ReviewRow, write_conflicts, write_review_book
from tmx_out.review.form import COLUMNS, DECISIONS, LABELS
from tmx_out.review.reader import decision_named, read_review_book

ABOUT = {"kind": "sample", "by": "", "seed": 1, "population": {"all": 9}, "drawn": {"all": 3}}


def row(number, zh="裁军。", en="Disarmament.", **values):
    given = {
        "record": "CD-PV-1",
        "tuid": f"CD-PV-1_{number + 1:04d}",
        "number": number,
        "hashes": (-(2**63) + number, 2**63 - 1),
        "symbol": "CD/PV.1",
        "date": date(2015, 7, 21),
        "speaker": "The President",
        "confidence": 0.5,
        "why": "A number on one side is not on the other.",
        "before": "—\nBefore.",
        "after": "之后。\nAfter.",
        "stratum": "all",
    }
    return ReviewRow(zh=zh, en=en, **(given | values))


ROWS = (row(0), row(1, "=1+1", "@SUM(A1)"), row(2, "三。", "http://example.org/ is <b> & 'c'."))


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    write_review_book(path, ROWS, ABOUT, intro=["Three units."])
    return path


class Sheet:
    """A book in the hands of a person."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet = self.book["Review"]

    def column(self, name):
        [place] = [cell.column for cell in self.sheet[1] if cell.value == name]
        return place

    def write(self, row, **cells):
        for name, value in cells.items():
            self.sheet.cell(row, self.column(name.replace("_", " "))).value = value

    def read(self):
        self.book.save(self.path)
        return read_review_book(self.path)


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


def test_conflicts_are_kept_with_all_that_was_written(tmp_path):
    path = tmp_path / "conflicts.xlsx"
    write_conflicts(path, [(7, "CD-PV-1_0001", "why.", {"new en": "=Text", "decision": "edit"})])
    sheet = openpyxl.load_workbook(path).active
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert values[1][:7] == [7, "CD-PV-1_0001", "why.", "edit", None, "=Text", None]
    assert sheet["F2"].data_type != "f"
