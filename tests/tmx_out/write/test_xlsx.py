"""The workbook, read again with another program's reader."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from corpora import UserError
from tmx_out.units import Unit
from tmx_out.write import sheet
from tmx_out.write.columns import BEAD_TABLE, UNIT_TABLE
from tmx_out.write.formats import WRITERS
from tmx_out.write.sinks import Options
from tmx_out.write.xlsx import XlsxSink

if TYPE_CHECKING:
    from align.alignment import Alignment

UNIT = Unit(
    "CD-PV-9999_0002", "=SUM(A1)", "https://example.org/ is +1", "CD/PV.9999", date(2015, 7, 21),
    "Mr. Lin (Seeland)", 3, None, "2-1", 0.97, flags=("number-differs", "length-odd"),
)  # fmt: skip


def sheet_of(*units: Unit) -> openpyxl.worksheet.worksheet.Worksheet:
    stream = io.BytesIO()
    sink = XlsxSink([stream], Options())
    for unit in units:
        assert sink.add(unit)
    sink.close()
    return openpyxl.load_workbook(stream).active


def test_a_unit_is_a_row_with_typed_cells() -> None:
    header, row = sheet_of(UNIT).iter_rows(values_only=True)
    assert header == tuple(column.name for column in UNIT_TABLE.columns)
    assert row == (
        "CD-PV-9999_0002", 2, 1, 0.97, "=SUM(A1)", "https://example.org/ is +1", "CD/PV.9999",
        datetime(2015, 7, 21), "Mr. Lin (Seeland)", 3, None, "number-differs,length-odd",
    )  # fmt: skip


def test_no_text_is_a_formula_or_a_link() -> None:
    sheet = sheet_of(UNIT)
    assert sheet["E2"].data_type == sheet["F2"].data_type == "s"
    assert sheet["F2"].hyperlink is None


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = sheet_of(UNIT)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L2"
    assert sheet.column_dimensions["F"].width > sheet.column_dimensions["B"].width


def test_an_unknown_kind_confidence_and_date_are_empty_cells() -> None:
    row = next(sheet_of(Unit("1", "甲", "a")).iter_rows(min_row=2, values_only=True))
    assert row == ("1", None, None, None, "甲", "a", *[None] * 6)


def test_a_full_sheet_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    sink = XlsxSink([io.BytesIO()], Options())
    assert [sink.add(UNIT) for _ in range(3)] == [True, True, False]
    sink.discard()


def test_beads_that_no_sheet_holds_are_refused_whole(
    alignment: Alignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 3)
    with pytest.raises(UserError, match=r"holds 2 rows .* write a \.tsv"):
        WRITERS[".xlsx"](tmp_path / "x.xlsx", alignment)
    assert list(tmp_path.iterdir()) == []


def test_the_table_of_beads_is_that_of_the_text_table(alignment: Alignment, tmp_path: Path) -> None:
    report = WRITERS[".xlsx"](tmp_path / "x.xlsx", alignment)
    header, *rows = openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(values_only=True)
    assert header == tuple(column.name for column in BEAD_TABLE.columns)
    assert report.written == len(rows) == 6
    assert rows[1] == (
        "CD-PV-9999_0002", 2, 1, 0.29, "我们审议 NPT CD/1864 号文件。",
        "We consider NPT and document CD/1864.", "CD/PV.9999", datetime(2015, 7, 21),
        "The President", 2, 2, "number-differs,length-odd",
        "主席", "The President", 2, 2, 2, 1, "2..3", "2",
    )  # fmt: skip
    assert rows[4][5] == "- This was added."


def test_rows_laid_aside_are_removed_when_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sink = XlsxSink([io.BytesIO()], Options())
    sink.add(UNIT)
    assert list(tmp_path.iterdir())
    sink.discard()
    assert not list(tmp_path.iterdir())
