"""The contract that every writer keeps; a new writer is tested by one class more."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

import openpyxl
import polars as pl
import pytest

from align.links import links_of, read_links
from corpora import UserError
from tmx_out import WRITERS, read_tmx, validate_tmx
from tmx_out.report import NULL_LINK
from tmx_out.units import join_sentences
from tmx_out.write.tsv import unguard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.alignment import Alignment


def texts_of(alignment: Alignment) -> list[tuple[str, str]]:
    """Both sides of every bead, straight from the documents."""
    return [
        (
            join_sentences(alignment.zh.sentences[slice(*bead.zh)], "zh"),
            join_sentences(alignment.en.sentences[slice(*bead.en)], "en"),
        )
        for bead in alignment.beads
    ]


class Contract:
    """What holds for every writer."""

    suffix: ClassVar[str]

    def check_content(self, path: Path, alignment: Alignment) -> None:
        """Everything that the format can hold is in the file."""
        raise NotImplementedError

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


class TestTmx(Contract):
    suffix = ".tmx"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        found = [(unit.zh, unit.en) for unit in read_tmx(path)]
        assert found == [pair for pair in texts_of(alignment) if all(pair)]
        assert validate_tmx(path) == []
        null = [bead for bead in alignment.beads if bead.is_null]
        skipped = WRITERS[".tmx"](io.BytesIO(), [alignment]).skipped
        assert [skip.reason for skip in skipped] == [NULL_LINK] * len(null)


class TestTsv(Contract):
    suffix = ".tsv"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = list(csv.DictReader(stream, dialect="excel-tab", strict=True))
        found = [(unguard(row["zh"]), unguard(row["en"])) for row in table]
        assert found == texts_of(alignment)


class TestXlsx(Contract):
    suffix = ".xlsx"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        header, *table = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        zh, en = header.index("zh"), header.index("en")
        found = [(row[zh] or "", row[en] or "") for row in table]
        assert found == texts_of(alignment)


class TestParquet(Contract):
    suffix = ".parquet"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        assert pl.read_parquet(path).select("zh", "en").rows() == texts_of(alignment)


class TestLinks(Contract):
    suffix = ".links"

    def check_content(self, path: Path, alignment: Alignment) -> None:
        assert read_links(path) == links_of(alignment)


def test_every_writer_is_tested() -> None:
    assert {contract.suffix for contract in Contract.__subclasses__()} == set(WRITERS)
