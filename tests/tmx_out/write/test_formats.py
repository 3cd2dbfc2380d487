"""The contracts that every format keeps: a new format is tested by one class more.

`OfAlignments` is for what `cdtm align` writes, `OfUnits` for what `cdtm export` does.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, get_type_hints

import openpyxl
import polars as pl
import pytest

from align.links import links_of, read_links
from cdtm.jobs.memory import ExportJob
from cdtm.jobs.pair import AlignJob
from corpora import UserError
from corpora.atomic import Stage
from tmx_out import WRITERS, read_tmx, validate_tmx
from tmx_out.selection import NULL_LINK, Selection
from tmx_out.units import Unit, join_sentences
from tmx_out.write.formats import FORMATS, UNIT_FORMATS
from tmx_out.write.parts import Limits, Parts
from tmx_out.write.sheet import unguard
from tmx_out.write.sinks import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from align.alignment import Alignment

Texts = list[tuple[str, str]]
"""Both sides of each row, Chinese first."""


def texts_of(alignment: Alignment) -> Texts:
    """Both sides of every bead, straight from the documents."""
    return [
        (
            join_sentences(alignment.zh.sentences[slice(*bead.zh)], "zh"),
            join_sentences(alignment.en.sentences[slice(*bead.en)], "en"),
        )
        for bead in alignment.beads
    ]


class Contract:
    """A format."""

    suffix: ClassVar[str]

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        """Read the texts of a file, or of files that belong together, with another program."""
        raise NotImplementedError


class OfAlignments(Contract):
    """What holds for a format that alignments are written in."""

    def check_content(self, path: Path, alignment: Alignment) -> None:
        """Everything that the format can hold is in the file."""
        assert self.texts_in([path]) == texts_of(alignment)

    def write(self, path: Path, alignment: Alignment) -> object:
        return WRITERS[self.suffix](
            path,
            [alignment],
            source="zh",
            languages={"zh": "zh-CN", "en": "en-US"},
            created=datetime(2026, 1, 1, tzinfo=UTC),
            min_confidence=0.0,
        )

    def test_nothing_is_lost(self, alignment: Alignment, tmp_path: Path) -> None:
        path = tmp_path / f"out{self.suffix}"
        report = WRITERS[self.suffix](path, [alignment])
        assert report.written + len(report.skipped) == len(alignment.beads)
        self.check_content(path, alignment)

    def test_the_same_input_gives_the_same_bytes(
        self, alignment: Alignment, tmp_path: Path
    ) -> None:
        self.write(tmp_path / "a", alignment)
        self.write(tmp_path / "b", alignment)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()

    def test_an_error_leaves_the_former_file_only(
        self, alignment: Alignment, tmp_path: Path
    ) -> None:
        path = tmp_path / f"out{self.suffix}"
        path.write_bytes(b"former")

        def broken() -> Iterator[Alignment]:
            yield alignment
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            WRITERS[self.suffix](path, broken())
        assert path.read_bytes() == b"former"
        assert [entry.name for entry in tmp_path.iterdir()] == [path.name]

    def test_a_damaged_alignment_leaves_nothing(self, alignment: Alignment, tmp_path: Path) -> None:
        """A bead that points outside its document is our bug: it may not write half a file."""
        last = replace(alignment.beads[-1], zh=(98, 99), confidence="high")  # type: ignore[arg-type]
        with pytest.raises(Exception, match=r"."):
            self.write(tmp_path / "out", replace(alignment, beads=(*alignment.beads, last)))
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_folder_is_told(self, alignment: Alignment, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="There is no folder"):
            self.write(tmp_path / "none" / "out", alignment)

    def test_it_writes_into_a_stream(self, alignment: Alignment, tmp_path: Path) -> None:
        stream = io.BytesIO()
        WRITERS[self.suffix](stream, [alignment])
        WRITERS[self.suffix](tmp_path / "out", [alignment])
        assert stream.getvalue() == (tmp_path / "out").read_bytes()


UNITS = [
    Unit("1", "=SUM(A1)", "-1", "CD/PV.1"),
    Unit("2", "＋甲", "＠a", speaker="@Lin"),
    Unit("3", "'=乙", '"b" <c> & \\d', flags=("=x",)),
    Unit("4", "丙\t\u2028丁", "c\x0b\x9bd"),
    Unit("5", "007", "1-2"),
    Unit("6", "https://example.org/", "2031-06-03"),
]
"""Texts that a format may take for something else."""


class OfUnits(Contract):
    """What holds for a format that the units of a memory stream into."""

    def write_units(self, folder: Path, units: Sequence[Unit]) -> tuple[Path, ...]:
        with Stage() as stage:
            target, form = folder / "cd.x", FORMATS[self.suffix]
            parts = Parts(target, form, Options(version="1"), Limits(), stage)
            for unit in units:
                parts.add(unit)
            parts.end()
            [part] = parts.publish()
        assert [path.suffix for path in part.paths] == list(form.suffixes)
        assert part.units == len(units)
        return part.paths

    def test_every_unit_comes_back(self, tmp_path: Path) -> None:
        clean = [*Selection().choose(UNITS)]
        assert len(clean) == len(UNITS)
        paths = self.write_units(tmp_path, clean)
        assert self.texts_in(paths) == [(unit.zh, unit.en) for unit in clean]

    def test_the_same_units_give_the_same_bytes(self, tmp_path: Path) -> None:
        clean = [*Selection().choose(UNITS)]
        first = [path.read_bytes() for path in self.write_units(tmp_path, clean)]
        assert [path.read_bytes() for path in self.write_units(tmp_path, clean)] == first

    def test_a_memory_without_units_can_be_read(self, tmp_path: Path) -> None:
        assert self.texts_in(self.write_units(tmp_path, [])) == []


class TestTmx(OfAlignments, OfUnits):
    suffix = ".tmx"

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        return [(unit.zh, unit.en) for unit in read_tmx(paths[0])]

    def check_content(self, path: Path, alignment: Alignment) -> None:
        assert self.texts_in([path]) == [pair for pair in texts_of(alignment) if all(pair)]
        assert validate_tmx(path) == []
        null = [bead for bead in alignment.beads if bead.is_null]
        skipped = WRITERS[".tmx"](io.BytesIO(), [alignment]).skipped
        assert [skip.reason for skip in skipped] == [NULL_LINK] * len(null)


class TestTsv(OfAlignments, OfUnits):
    suffix = ".tsv"
    dialect = "excel-tab"

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        with paths[0].open(encoding="utf-8-sig", newline="") as stream:
            table = list(csv.DictReader(stream, dialect=self.dialect, strict=True))
        return [(unguard(row["zh"]), unguard(row["en"])) for row in table]


class TestCsv(TestTsv, OfAlignments, OfUnits):
    suffix = ".csv"
    dialect = "excel"


class TestXlsx(OfAlignments, OfUnits):
    suffix = ".xlsx"

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        header, *table = openpyxl.load_workbook(paths[0]).active.iter_rows(values_only=True)
        zh, en = header.index("zh"), header.index("en")
        return [(row[zh] or "", row[en] or "") for row in table]


class TestParquet(OfAlignments, OfUnits):
    suffix = ".parquet"

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        return pl.read_parquet(paths[0]).select("zh", "en").rows()


class TestLinks(OfAlignments):
    suffix = ".links"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        assert read_links(path) == links_of(alignment)


class TestMoses(OfUnits):
    suffix = ".moses"

    def texts_in(self, paths: Sequence[Path]) -> Texts:
        zh, en = (path.read_text("utf-8").split("\n") for path in paths)
        assert zh.pop() == en.pop() == ""
        return [*zip(zh, en, strict=True)]


def test_every_format_keeps_its_contract() -> None:
    assert {contract.suffix for contract in OfAlignments.__subclasses__()} == set(WRITERS)
    assert {contract.suffix for contract in OfUnits.__subclasses__()} == set(UNIT_FORMATS)
    assert {*WRITERS, *UNIT_FORMATS} == set(FORMATS)


@pytest.mark.parametrize(("job", "formats"), [(AlignJob, WRITERS), (ExportJob, UNIT_FORMATS)])
def test_the_help_of_the_command_names_every_format(job: type, formats: dict[str, object]) -> None:
    option = get_type_hints(job, include_extras=True)["outputs"].__metadata__[0]
    assert set(re.findall(r"\.\w+", option.help)) == set(formats)
