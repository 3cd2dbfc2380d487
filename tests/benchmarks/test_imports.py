"""The memory that is made to time an import."""

from __future__ import annotations

from benchmarks.imports import pairs, write_memory
from tmx_out.tmx_reader import read_tmx


def test_the_memory_is_whole_and_no_two_units_are_alike(tmp_path):
    write_memory(tmp_path / "x.tmx", 50)
    units = [(unit.zh, unit.en) for unit in read_tmx(tmp_path / "x.tmx")]
    assert units == [*pairs(50)]
    assert len({*units}) == 50
