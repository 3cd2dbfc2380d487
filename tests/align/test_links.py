"""The `.links` format: lines as data, gold files, and what is written comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from align.alignment import Alignment, Bead
from align.links import format_link, format_links, links_of, parse_link, read_links
from corpora import Document, Sentence, UserError

if TYPE_CHECKING:
    from pathlib import Path

LINKS = [
    ("[0,1]:[0]:0.8731", ((0, 1), (0,))),
    ("[0]:[0]", ((0,), (0,))),
    ("[3]:[]", ((3,), ())),
    ("[]:[12]:0.1000", ((), (12,))),
    ("[0, 1]:[2, 3]:0.42", ((0, 1), (2, 3))),
    ("  [7] : [8]  ", ((7,), (8,))),
    ("[2,5]:[4]", ((2, 5), (4,))),
    ("[]:[]", ((), ())),
    ("[1]:[1]:0.9:anything", ((1,), (1,))),
]


@pytest.mark.parametrize(("line", "link"), LINKS)
def test_a_line_is_read(line: str, link: object) -> None:
    assert parse_link(line) == link


@pytest.mark.parametrize(
    "line", ["[0]", "[0]:0", "[-1]:[0]", "[0,]:[0]", "[a]:[0]", "[0][0]", "[٣]:[0]"]
)
def test_what_is_no_link_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is not a link"):
        parse_link(line)


@pytest.mark.parametrize(
    ("bead", "line"),
    [
        (Bead((0, 2), (0, 1), confidence=0.87314), "[0,1]:[0]:0.8731"),
        (Bead((3, 4), (5, 5), confidence=0.5), "[3]:[]"),
        (Bead((4, 4), (5, 7), confidence=0.5), "[]:[5,6]"),
        (Bead((9, 10), (8, 9), confidence=1.0), "[9]:[8]:1.0000"),
    ],
)
def test_a_bead_is_written(bead: Bead, line: str) -> None:
    assert format_link(bead) == line


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    beads = (Bead((0, 2), (0, 1), confidence=0.5), Bead((2, 2), (1, 3)), Bead((2, 3), (3, 3)))
    path = tmp_path / "x.links"
    path.write_text("".join(format_links(beads)), encoding="utf-8")
    zh = Document("zh", "zh", tuple(Sentence(c) for c in "一二三"))
    en = Document("en", "en", tuple(Sentence(c) for c in "abc"))
    assert read_links(path) == links_of(Alignment(zh, en, beads))
    assert read_links(path) == [((0, 1), (0,)), ((), (1, 2)), ((2,), ())]


def test_a_bad_line_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.gold"
    path.write_text("[0]:[0]\n\n[1]-[1]\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"bad\.gold, line 3: '\[1\]-\[1\]' is not a link"):
        read_links(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_links(tmp_path / "none.gold")
    (tmp_path / "noise.gold").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(UserError, match="not UTF-8"):
        read_links(tmp_path / "noise.gold")
    with pytest.raises(UserError, match="cannot be read"):
        read_links(tmp_path)


def test_gold_is_read_as_the_independent_scorer_reads_it(shared: Path) -> None:
    """Every gold file, against tools/score_links.py run as a program of its own."""
    script = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import score_links;"
        "print(json.dumps(score_links.read(sys.argv[2])))"
    )

    files = sorted(shared.glob("gold/*/*.gold"))
    assert files
    for file in files[:4] + files[-4:]:
        run = [sys.executable, "-B", "-c", script, str(shared / "tools"), str(file)]
        out = subprocess.run(run, capture_output=True, check=True, text=True).stdout
        theirs = [(tuple(zh), tuple(en)) for zh, en in json.loads(out)]
        assert read_links(file) == theirs
