"""Parquet: the table with its types, in the order given, however many rows are laid aside."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tmx_out.units import Unit
from tmx_out.write import parquet
from tmx_out.write.columns import BEAD_TABLE
from tmx_out.write.formats import WRITERS
from tmx_out.write.parquet import ParquetSink
from tmx_out.write.sinks import Options

if TYPE_CHECKING:
    from align.alignment import Alignment


def bytes_of(units: list[Unit]) -> bytes:
    stream = io.BytesIO()
    sink = ParquetSink([stream], Options())
    for unit in units:
        assert sink.add(unit)
    sink.close()
    return stream.getvalue()


def test_a_unit_is_a_row_with_typed_cells() -> None:
    unit = Unit("1_0001", "=甲", "-a", "CD/PV.1", date(2015, 7, 21), "X", 3, 2, "1-2", 0.97,
                flags=("length-odd",))  # fmt: skip
    frame = pl.read_parquet(io.BytesIO(bytes_of([unit, Unit("2", "乙", "b")])))
    assert frame.row(0) == (
        "1_0001", 1, 2, 0.97, "=甲", "-a", "CD/PV.1", date(2015, 7, 21), "X", 3, 2, "length-odd",
    )  # fmt: skip
    assert frame.row(1, named=True)["confidence"] is None
    assert frame.schema["date"] == pl.Date
    assert frame.schema["confidence"] == pl.Float64


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 35])
def test_rows_laid_aside_come_in_their_order(
    count: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 10)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    units = [Unit(str(number), f"第{number}句", f"sentence {number}") for number in range(count)]
    data = bytes_of(units)
    frame = pl.read_parquet(io.BytesIO(data))
    assert frame["id"].to_list() == [unit.tuid for unit in units]
    assert frame["en"].to_list() == [unit.en for unit in units]
    assert bytes_of(units) == data
    assert not list(tmp_path.iterdir())


def test_rows_laid_aside_are_removed_when_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sink = ParquetSink([io.BytesIO()], Options())
    for number in range(5):
        sink.add(Unit(str(number), "甲", "a"))
    assert list(tmp_path.iterdir())
    sink.discard()
    assert not list(tmp_path.iterdir())


def test_null_links_are_rows(alignment: Alignment, tmp_path: Path) -> None:
    report = WRITERS[".parquet"](tmp_path / "x.parquet", alignment)
    frame = pl.read_parquet(tmp_path / "x.parquet")
    assert frame.columns == [column.name for column in BEAD_TABLE.columns]
    assert report.written == len(frame) == 6
    assert frame.row(4, named=True)["page_zh"] is None
    assert frame.row(4, named=True)["sentences_en"] == "5"
