"""Workbooks of other programs: what their sheets show, or one sentence."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from corpora import UserError
from tmx_out.workbook import read_workbook


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Terms"
    for row in (["中文", "English"], ["核查", "verification"], [None, "verifying"], ["五", 0.05]):
        sheet.append(row)
    sheet["B4"].number_format = "0%"
    sheet.append([date(2031, 5, 5), datetime(2031, 5, 5, 9, 30)])
    sheet.append([True, 36.0])
    sheet.merge_cells("A2:A3")
    made.create_sheet("Empty").sheet_state = "hidden"
    made.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


SHOWN = [
    ["中文", "English"],
    ["核查", "verification"],
    ["核查", "verifying"],
    ["五", "5%"],
    ["2031-05-05", "2031-05-05 09:30"],
    ["TRUE", "36"],
]


def rewritten(path, change):
    """Rewrite each part of a package."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, change(name, data))
    return path


def said(path):
    """Give the sentence by which a workbook is refused; nothing if it is read."""
    try:
        list(read_workbook(path))
    except UserError as error:
        return str(error)
    return ""


def test_cells_are_as_they_are_shown(book):
    terms, empty = read_workbook(book)
    assert (terms.name, terms.hidden, terms.rows) == ("Terms", False, SHOWN)
    assert terms.continued == {(3, 0)}
    assert (empty.hidden, empty.rows) == (True, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"<fill><patternFill/></fill>", b"<fill/>"),
        (b'<dimension ref="A1:B6"', b'<dimension ref="A1:A1"'),
    ],
    ids=["strict", "empty fill", "wrong dimensions"],
)  # fmt: skip
def test_workbooks_of_other_programs_are_read(book, old, new):
    seen = []

    def change(_name, data):
        seen.append(old in data)
        return data.replace(old, new).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert next(read_workbook(rewritten(book, change))).rows == SHOWN
    assert any(seen)


def test_a_damaged_workbook_gets_one_sentence(book, tmp_path):
    rng, whole = random.Random(1), book.read_bytes()
    refused = 0
    for number in range(300):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if number % 5 == 0:
            del data[rng.randrange(len(data)) :]
        path = tmp_path / "d.xlsx"
        path.write_bytes(data)
        refused += said(path).startswith("d.xlsx ")
    assert refused > 50


def test_damage_inside_the_parts_gets_one_sentence(book, tmp_path):
    rng = random.Random(2)
    whole = book.read_bytes()
    for _ in range(200):
        path = tmp_path / "d.xlsx"
        path.write_bytes(whole)

        def change(name, data):
            data = bytearray(data)
            if name.startswith("xl/") and rng.random() < 0.4:
                data[rng.randrange(len(data))] = rng.choice(b'<>"&0a9\x00')
            return bytes(data)

        rewritten(path, change)
        assert said(path)[:7] in ("", "d.xlsx ")


def test_a_sheet_of_more_rows_than_there_can_be_is_refused(book, monkeypatch):
    monkeypatch.setattr("tmx_out.workbook.MOST_ROWS", 3)
    assert said(book).startswith("t.xlsx has more rows than a sheet can have, 3:")
