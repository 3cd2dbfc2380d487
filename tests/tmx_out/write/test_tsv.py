"""The table: every bead, every text, safe in a spreadsheet and back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from align.alignment import Alignment, Bead
from corpora import Document, Sentence
from tmx_out.write.columns import BEAD_TABLE
from tmx_out.write.formats import write_tsv
from tmx_out.write.sheet import unguard
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        table = csv.DictReader(stream, dialect="excel-tab", strict=True)
        return [{name: unguard(cell) for name, cell in row.items()} for row in table]


def test_a_row_says_it_all(alignment: Alignment, tmp_path: Path) -> None:
    report = write_tsv(tmp_path / "x.tsv", alignment)
    table = rows(tmp_path / "x.tsv")
    assert report.written == len(table) == 6
    assert tuple(table[1]) == tuple(column.name for column in BEAD_TABLE.columns)
    assert list(table[1].values()) == [
        "CD-PV-9999_0002", "2", "1", "0.29", "我们审议 NPT CD/1864 号文件。",
        "We consider NPT and document CD/1864.", "CD/PV.9999", "2015-07-21",
        "The President", "2", "2", "number-differs,length-odd",
        "主席", "The President", "2", "2", "2", "1", "2..3", "2",
    ]  # fmt: skip


def test_null_links_are_rows(alignment: Alignment, tmp_path: Path) -> None:
    write_tsv(tmp_path / "x.tsv", alignment, min_confidence=0.9)
    table = rows(tmp_path / "x.tsv")
    assert [(row["zh"], row["en"]) for row in table[3:5]] == [
        ("此句未译。", ""),
        ("", "- This was added."),
    ]
    assert (table[4]["sentences_zh"], table[4]["speaker_zh"], table[4]["page_zh"]) == ("", "", "")
    assert table[4]["id"] == "CD-PV-9999_en0005"


def test_a_spreadsheet_runs_no_formula(alignment: Alignment, tmp_path: Path) -> None:
    write_tsv(tmp_path / "x.tsv", alignment)
    data = (tmp_path / "x.tsv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid\tcount_zh\t")
    assert "\t'- This was added.\t" in data.decode()


@given(st.text(st.sampled_from("'=+-@＝－﹢a\t\n\r\"\x0b\x9b字 "), max_size=6))
def test_every_text_comes_back(text: str) -> None:
    zh = Document("x", "zh", (Sentence(text),))
    en = Document("x", "en", (Sentence("a"),))
    stream = io.BytesIO()
    write_tsv(stream, Alignment(zh, en, (Bead((0, 1), (0, 1)),)))
    table = list(
        csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline=""),
                       dialect="excel-tab", strict=True)
    )  # fmt: skip
    assert len(table) == 1
    assert unguard(table[0]["zh"]) == clean_text(text)[0]
