"""No text becomes a formula, and every text comes back."""

from __future__ import annotations

import csv
import io
import unicodedata

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmx_out.write.columns import Column
from tmx_out.write.sheet import (
    MAX_CELL,
    Sheet,
    fitting,
    guard,
    open_workbook,
    text_row,
    unguard,
    write_sheet,
)

RUN = frozenset("=+-@\t\r\n")
"""What a spreadsheet may begin a formula with, or cut off before it looks (OWASP)."""

WIDTHS = [
    chr(code)
    for code in range(0x80, 0x10000)
    if unicodedata.decomposition(chr(code)).startswith(("<wide>", "<small>"))
    and unicodedata.normalize("NFKC", chr(code)) in RUN
]
"""Full-width and small forms of the signs, as Unicode has them."""


def test_unicode_has_other_widths_of_each_sign() -> None:
    assert {unicodedata.normalize("NFKC", sign) for sign in WIDTHS} == set("=+-@")


@pytest.mark.parametrize("sign", [*sorted(RUN), *WIDTHS])
def test_what_a_spreadsheet_would_run_is_guarded(sign: str) -> None:
    for text in (sign, f"{sign}1+1", f"'{sign}1"):
        assert guard(text) == f"'{text}"
        assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "――是", "'tis", "''", "–a", "—a", "・甲", "１"])
def test_other_texts_are_not_touched(text: str) -> None:
    assert guard(text) == unguard(text) == text


@given(st.lists(st.text(st.sampled_from("'=+-@＝﹢a\t\n\r\",;\x0b字 "), max_size=6), min_size=1))
def test_a_row_of_any_texts_comes_back_and_runs_nothing(texts: list[str]) -> None:
    for delimiter in "\t,;":
        text = text_row(texts, delimiter, "\r\n").decode()
        [row] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        assert [unguard(cell) for cell in row] == texts
        assert not any(cell[:1] in RUN or cell[:1] in WIDTHS for cell in row)


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    assert fitting("字" * MAX_CELL) == "字" * MAX_CELL
    assert fitting("字" * (MAX_CELL + 1)) == "字" * (MAX_CELL - 1) + "…"


def test_texts_are_texts_and_the_header_stays_in_sight() -> None:
    stream = io.BytesIO()
    book = open_workbook(stream)
    sheet = Sheet(book, "any", (Column("a"), Column("b", "integer")), frozen=1)
    for cells in (("=1+1", 1), ("https://example.org/", 2), ("007", None), ("字" * 40_000, 4)):
        assert sheet.add(cells)
    sheet.end()
    book.close()
    read = openpyxl.load_workbook(stream).active
    assert [cell.data_type for cell in read["A"]] == ["s"] * 5
    assert not any(cell.hyperlink for cell in read["A"])
    assert [cell.value for cell in read["B"]] == ["b", 1, 2, None, 4]
    assert (read.freeze_panes, read.auto_filter.ref) == ("B2", "A1:B5")
    assert len(read["A5"].value) == MAX_CELL
    assert read["A5"].value.endswith("字…")


def test_rows_are_as_high_as_their_text(tmp_path):
    path = tmp_path / "a.xlsx"
    columns = (Column("zh", "text", 60), Column("en", "text", 80))
    texts = ["短", "无核武器区。" * 20, "甲\n乙\n丙", "无核武器区。" * 5000]
    with path.open("wb") as stream:
        write_sheet(stream, "s", columns, [(text, "one line") for text in texts])
    rows = openpyxl.load_workbook(path)["s"].row_dimensions
    assert [rows[number].height for number in (2, 3, 4, 5)] == [*(None, 75, 45, 408.75)]
