"""Parts: each whole by itself, together everything, none over its limit, all or none there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpora import UserError
from corpora.atomic import Stage
from tmx_out.check.validate import validate_tmx
from tmx_out.tmx_reader import read_tmx
from tmx_out.units import Unit
from tmx_out.write.formats import UNIT_FORMATS, write_tmx
from tmx_out.write.parts import Limits, Part, Parts, leftovers
from tmx_out.write.sinks import Options

if TYPE_CHECKING:
    from collections.abc import Sequence

DTD = etree.DTD(str(Path(__file__).parent.with_name("tmx14.dtd")))


def some(count: int, words: int = 1) -> list[Unit]:
    return [
        Unit(f"x_{n:04d}", f"第{n}句" * words, f"line {n} " * words + ".") for n in range(count)
    ]


def split(target: Path, units: Sequence[Unit], limits: Limits) -> list[Part]:
    with Stage() as stage:
        parts = Parts(target, UNIT_FORMATS[target.suffix], Options(version="1"), limits, stage)
        for unit in units:
            parts.add(unit)
        parts.end()
        return parts.publish()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_fits_is_one_file_equal_to_that_of_the_writer(tmp_path: Path) -> None:
    units = some(5)
    (part,) = split(tmp_path / "cd.tmx", units, Limits(5, 10**6))
    write_tmx(tmp_path / "whole.tmx", units, version="1")
    assert names(tmp_path) == ["cd.tmx", "whole.tmx"]
    assert (tmp_path / "cd.tmx").read_bytes() == (tmp_path / "whole.tmx").read_bytes()
    assert part == Part((tmp_path / "cd.tmx",), 5, (tmp_path / "cd.tmx").stat().st_size)


def test_parts_are_numbered_and_each_is_valid(tmp_path: Path) -> None:
    units = some(5)
    parts = split(tmp_path / "cd.tmx", units, Limits(units=2))
    assert names(tmp_path) == ["cd-001.tmx", "cd-002.tmx", "cd-003.tmx"]
    assert [part.units for part in parts] == [2, 2, 1]
    found = []
    for part in parts:
        assert validate_tmx(part.paths[0]) == []
        assert DTD.validate(etree.parse(part.paths[0])), DTD.error_log
        found += [(unit.zh, unit.en) for unit in read_tmx(part.paths[0])]
    assert found == [(unit.zh, unit.en.strip()) for unit in units]


@settings(max_examples=40, deadline=None)
@given(
    lengths=st.lists(st.integers(1, 60), min_size=1, max_size=25),
    size=st.integers(700, 4000),
    suffix=st.sampled_from([".tmx", ".tsv", ".moses"]),
)
def test_no_part_is_longer_than_asked_and_none_could_take_the_next_unit(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], size: int, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    units = [Unit(f"x_{n}", "字" * n, "word " * n + ".") for n in lengths]
    parts = split(folder / f"cd{suffix}", units, Limits(size=size))
    assert sum(part.units for part in parts) == len(units)
    for part in parts:
        assert part.size == max(path.stat().st_size for path in part.paths)
        assert part.size <= size or part.units == 1
    begun = 0
    for number, part in enumerate(parts[:-1]):
        # One unit more, and the file would be too long.
        longer = split(
            folder / f"try{number}{suffix}", units[begun : begun + part.units + 1], Limits()
        )
        assert longer[0].size > size
        begun += part.units


def test_both_limits_hold(tmp_path: Path) -> None:
    parts = split(tmp_path / "cd.tsv", [*some(3), *some(3, 40)], Limits(3, 1000))
    assert parts[0].units == 3
    assert all(part.units <= 3 and (part.size <= 1000 or part.units == 1) for part in parts)


def test_moses_parts_go_in_twos(tmp_path: Path) -> None:
    split(tmp_path / "cd.moses", some(3), Limits(units=2))
    assert names(tmp_path) == ["cd-001.en", "cd-001.zh", "cd-002.en", "cd-002.zh"]
    for number in ("001", "002"):
        lines = [(tmp_path / f"cd-{number}{s}").read_bytes().count(b"\n") for s in (".zh", ".en")]
        assert lines[0] == lines[1]


@pytest.mark.parametrize("suffix", UNIT_FORMATS)
def test_no_units_make_one_file(suffix: str, tmp_path: Path) -> None:
    (part,) = split(tmp_path / f"cd{suffix}", [], Limits(1))
    assert part.units == 0
    assert all(path.is_file() for path in part.paths)


@pytest.mark.parametrize("suffix", UNIT_FORMATS)
def test_an_error_leaves_what_was_there(suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"cd{suffix}"
    former = [tmp_path / f"cd{end}" for end in UNIT_FORMATS[suffix].suffixes]
    for path in former:
        path.write_bytes(b"former")

    def broken(stage: Stage) -> None:
        parts = Parts(target, UNIT_FORMATS[suffix], Options(), Limits(units=1), stage)
        for unit in some(3):
            parts.add(unit)
        parts.discard()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Stage() as stage:
        broken(stage)
    assert sorted(tmp_path.iterdir()) == sorted(former)
    assert all(path.read_bytes() == b"former" for path in former)


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    def full(stage: Stage) -> None:
        stage.open(tmp_path)
        raise OSError(28, "No space left on device")

    with pytest.raises(UserError, match="No space left"), Stage() as stage:
        full(stage)
    assert names(tmp_path) == []


def test_files_of_an_earlier_export_are_found(tmp_path: Path) -> None:
    target, form = tmp_path / "cd.tmx", UNIT_FORMATS[".tmx"]
    split(target, some(3), Limits(units=1))
    (tmp_path / "cd-other.tmx").touch()
    (tmp_path / "cd-001.tsv").touch()
    parts = split(target, some(2), Limits(units=1))
    assert leftovers(target, form, parts) == [tmp_path / "cd-003.tmx"]
    parts = split(target, some(2), Limits())
    assert [path.name for path in leftovers(target, form, parts)] == [
        "cd-001.tmx", "cd-002.tmx", "cd-003.tmx",
    ]  # fmt: skip
