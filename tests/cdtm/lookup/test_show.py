"""The table of hits: safe in a spreadsheet, whatever the records say."""

from __future__ import annotations

import csv
import io

import openpyxl

from cdtm.lookup.answer import Answer, Equivalent, Hit
from cdtm.lookup.show import COLUMNS, UNSURE, headline, show, write_table
from tmx_out import Unit
from tmx_out.write.sheet import unguard

UNITS = (
    Unit("1", "=1+1", '"=HYPERLINK("x")"', speaker="-2+3"),
    Unit("2", "＝甲", "@b\tc", document="\x9b=1"),
    Unit("3", "'乙", '"The text', flags=("length-odd",)),
)
ANSWER = Answer("甲", "zh", 3, (), tuple(Hit(unit, "exact", 1.0) for unit in UNITS))


def test_no_cell_of_a_text_table_is_a_formula_and_all_come_back(tmp_path):
    write_table(ANSWER, tmp_path / "hits.tsv")
    text = (tmp_path / "hits.tsv").read_text("utf-8")
    head, *table = csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True)
    assert tuple(head) == COLUMNS
    assert not any(cell[:1] in {*"=+-@＝"} for row in table for cell in row if cell)
    texts = [tuple(unguard(cell) for cell in row[4:6]) for row in table]
    assert texts == [("=1+1", '"=HYPERLINK("x")"'), ("＝甲", "@b c"), ("'乙", '"The text')]
    assert unguard(table[1][COLUMNS.index("document")]) == "=1"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    write_table(ANSWER, tmp_path / "hits.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "hits.xlsx")["hits"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [cell.value for cell in sheet["E"]] == ["zh", "=1+1", "＝甲", "'乙"]


def test_counts_say_what_was_read(capsys):
    found = (Equivalent("first", 71, 0.71, None), Equivalent("second", 1, 0.01, None))
    show(Answer("甲", "zh", 382, found, (), read=100))
    assert "first  71 of 100 read" in capsys.readouterr().out
    show(Answer("甲", "zh", 2, found[1:], (), read=2))
    assert "second  1 of 2 units" in capsys.readouterr().out


def test_where_no_rendering_is_sure_it_is_said(capsys):
    show(ANSWER)
    assert UNSURE in capsys.readouterr().out
    show(Answer("甲", "zh", 0, (), ()))
    assert UNSURE not in capsys.readouterr().out


def test_an_address_is_told_from_words():
    assert "--symbol" in headline(Answer("https://undocs.org/CD/PV.1", "en", 0, (), ()))
    assert "--symbol" not in headline(Answer("disarmament", "en", 0, (), ()))
