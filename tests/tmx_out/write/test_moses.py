"""Two files of plain text in which lines of one number belong together."""

from __future__ import annotations

import io

from tmx_out.selection import Selection
from tmx_out.units import Unit
from tmx_out.write.moses import MosesSink
from tmx_out.write.sinks import Options

UNITS = [Unit("1", "甲\u2028乙", "=1+1\n2"), Unit("2", "丙", 'a "b" <c> & \td')]


def test_each_unit_is_a_line_of_both_files() -> None:
    zh, en = io.BytesIO(), io.BytesIO()
    sink = MosesSink([zh, en], Options())
    for unit in Selection().choose(UNITS):
        assert sink.add(unit)
    sink.close()
    # No escaping, no byte order mark: trainers read bytes up to the line's end.
    assert zh.getvalue().decode() == "甲 乙\n丙\n"
    assert en.getvalue().decode() == '=1+1 2\na "b" <c> & d\n'


def test_the_longer_file_decides_when_it_is_full() -> None:
    zh, en = io.BytesIO(), io.BytesIO()
    sink = MosesSink([zh, en], Options(), max_bytes=20)
    assert sink.add(Unit("1", "甲", "x" * 10))
    assert not sink.add(Unit("2", "乙", "y" * 10))
    assert sink.add(Unit("3", "丙", "z" * 8))
    assert (zh.getvalue(), en.getvalue()) == (
        "甲\n丙\n".encode(),
        b"x" * 10 + b"\n" + b"z" * 8 + b"\n",
    )
