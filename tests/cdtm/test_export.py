"""`cdtm export` as a user runs it, on a small memory put together by hand."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from cdtm.build.schemas import BEADS
from cdtm.build.workspace import make_workspace
from cdtm.export_plan import parse_size
from cdtm.memory.memory import Memory
from tmx_out import read_tmx, validate_tmx

if TYPE_CHECKING:
    from pathlib import Path


SURE, DOUBTED = 0.99, 0.5


def beads(key: str, *rows: tuple[str, str, float, str, str]) -> pl.DataFrame:
    """Beads of one sentence a side, given as zh, en, confidence, flags and speaker."""
    made = []
    for n, (zh, en, confidence, flags, speaker) in enumerate(rows):
        made.append(
            {
                "number": n, "zh_start": n, "zh_end": n + bool(zh), "en_start": n,
                "en_end": n + bool(en), "score": 1.0, "confidence": confidence, "flags": flags,
                "tuid": f"{key}_{n + 1:04d}", "zh": zh, "en": en, "zh_first": len(zh),
                "zh_last": len(zh), "en_first": len(en), "en_last": len(en), "speaker": speaker,
                "paragraph": n + 1, "page": 1, "vector": None,
            }
        )  # fmt: skip
    return pl.DataFrame(made, schema=BEADS)


def row(key: str, symbol: str | None, day: date | None) -> dict[str, Any]:
    files = {side: f"{key}.{side}.txt" for side in ("zh", "en")}
    return {
        "key": key, "symbol": symbol, "date": day, "signature": "s", "joined_by": "symbol",
        "zh_file": files["zh"], "en_file": files["en"], "zh_sha256": "a", "en_sha256": "b",
    }  # fmt: skip


LIN, SANO = "Mr. Lin (Seeland)", "Ms. Sano (Bergland)"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Two meetings, the later of which is put in first, and a record without symbol and date."""
    folder = tmp_path / "w"
    made = make_workspace(folder, "records", None)
    made.save()
    with Memory.open(made.memory, create=True) as memory:
        memory.put_record(
            row("CD-PV-2", "CD/PV.2", date(2016, 3, 1)),
            beads(
                "CD-PV-2",
                ("谢谢。", "Thank you.", SURE, "", LIN),
                ("开会。", "The meeting is open.", SURE, "", LIN),
                ("二〇一六年的事。", "Of 2016.", SURE, "", SANO),
            ),
        )
        memory.put_record(
            row("CD-PV-1", "CD/PV.1", date(2015, 7, 21)),
            beads(
                "CD-PV-1",
                ("谢谢。", "Thank you.", SURE, "", LIN),
                ("开会。", "I call the meeting to order.", SURE, "", SANO),
                ("此句未译。", "", SURE, "", ""),
                ("可疑的句子。", "A doubtful one.", DOUBTED, "", LIN),
                ("有35个。", "There are 53.", SURE, "number-differs", LIN),
            ),
        )
        memory.put_record(
            row("notes", None, None), beads("notes", ("散会。", "It is over.", SURE, "", ""))
        )
    return folder


def texts(path: Path) -> list[str]:
    return [unit.en for unit in read_tmx(path)]


def ids(path: Path) -> list[str]:
    return [unit.tuid for unit in read_tmx(path)]


def test_accepted_units_once_and_the_oldest_first(cdtm, workspace, tmp_path):
    out = tmp_path / "cd.tmx"
    run = cdtm("export", "-w", workspace, "-o", out)
    assert (run.status, run.out) == (0, "")
    assert ids(out) == [
        "CD-PV-1_0001",
        "CD-PV-1_0002",
        "CD-PV-2_0002",
        "CD-PV-2_0003",
        "notes_0001",
    ]
    assert validate_tmx(out) == []
    assert "5 units" in run.err
    assert "1 the same source and target as an earlier unit" in run.err
    assert "2 units, not written: see --tier review or all" in run.err
    assert "1 unit with another translation" in run.err


def test_review_is_what_accepted_is_not(cdtm, workspace, tmp_path):
    for tier in ("accepted", "review", "all"):
        cdtm("export", "-w", workspace, "-o", tmp_path / f"{tier}.tmx", "--tier", tier)
    accepted, review, both = (
        texts(tmp_path / f"{tier}.tmx") for tier in ("accepted", "review", "all")
    )
    assert review == ["A doubtful one.", "There are 53."]
    assert sorted(accepted + review) == sorted(both)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--since", "2016"], ["CD-PV-2_0001", "CD-PV-2_0002", "CD-PV-2_0003"]),
        (["--until", "2015"], ["CD-PV-1_0001", "CD-PV-1_0002"]),
        (["--since", "2015-07-21", "--until", "2015-07"], ["CD-PV-1_0001", "CD-PV-1_0002"]),
        (["--symbol", "cd/pv.2"], ["CD-PV-2_0001", "CD-PV-2_0002", "CD-PV-2_0003"]),
        (["--symbol", "CD/PV.1", "--symbol", "n*"], ["CD-PV-1_0001", "CD-PV-1_0002", "notes_0001"]),
        (["--speaker", "bergland"], ["CD-PV-1_0002", "CD-PV-2_0003"]),
        (["--tier", "review", "--min-confidence", "0.9"], ["CD-PV-1_0005"]),
    ],
)
def test_a_choice(cdtm, workspace, tmp_path, options, expected):
    out = tmp_path / "cd.tmx"
    assert cdtm("export", "-w", workspace, "-o", out, *options).status == 0
    assert ids(out) == expected


def test_direction_and_codes(cdtm, workspace, tmp_path):
    out = tmp_path / "cd.tmx"
    cdtm("export", "-w", workspace, "-o", out, "--source", "en", "--lang", "en=en-GB", "--no-tuid")
    data = out.read_text("utf-8")
    assert 'srclang="en-GB"' in data
    assert data.index('xml:lang="en-GB"') < data.index('xml:lang="zh-CN"')
    assert "tuid" not in data


def test_every_format_from_one_pass(cdtm, workspace, tmp_path):
    outputs = [tmp_path / f"cd{s}" for s in (".tmx", ".tsv", ".xlsx", ".parquet", ".moses")]
    run = cdtm("export", "-w", workspace, *(x for out in outputs for x in ("-o", out)))
    assert run.status == 0, run.err
    expected = texts(tmp_path / "cd.tmx")
    assert (tmp_path / "cd.en").read_text("utf-8").splitlines() == expected
    assert pl.read_parquet(tmp_path / "cd.parquet")["en"].to_list() == expected
    assert (tmp_path / "cd.tsv").read_text("utf-8").count("\n") == 1 + len(expected)
    assert not (tmp_path / "cd.moses").exists()
    assert run.err.count("Written") == 5


@pytest.mark.parametrize("suffix", [".tmx", ".tsv", ".xlsx", ".parquet", ".moses"])
def test_the_same_options_give_the_same_bytes(cdtm, workspace, tmp_path, suffix):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        cdtm("export", "-w", workspace, "-o", tmp_path / name / f"cd{suffix}", "--max-units", 2)
    a, b = (sorted((tmp_path / name).iterdir()) for name in ("a", "b"))
    assert len(a) >= 3
    assert [path.name for path in a] == [path.name for path in b]
    assert [path.read_bytes() for path in a] == [path.read_bytes() for path in b]


def test_the_order_of_building_does_not_matter(cdtm, workspace, tmp_path):
    cdtm("export", "-w", workspace, "-o", tmp_path / "a.tmx")
    again = beads("notes", ("散会。", "It is over.", SURE, "", ""))
    with Memory.open(workspace / "memory.sqlite", create=True) as memory:
        memory.remove_record("notes")
        memory.put_record(row("CD-PV-3", "CD/PV.3", date(2017, 1, 1)), again)
        memory.put_record(row("notes", None, None), again)
        memory.remove_record("CD-PV-3")
    cdtm("export", "-w", workspace, "-o", tmp_path / "b.tmx")
    assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()


def test_the_day_decides_and_not_the_symbol(cdtm, workspace, tmp_path):
    """So that the first translation of a text is the oldest, in whatever series it stands."""
    with Memory.open(workspace / "memory.sqlite", create=True) as memory:
        older = beads("S-PV-9", ("谢谢。", "Thank you.", SURE, "", LIN))
        memory.put_record(row("S-PV-9", "S/PV.9", date(1990, 1, 1)), older)
    cdtm("export", "-w", workspace, "-o", tmp_path / "cd.tmx")
    found = ids(tmp_path / "cd.tmx")
    assert found[0] == "S-PV-9_0001"
    assert "CD-PV-1_0001" not in found
    assert found[-1] == "notes_0001"


def test_parts_and_what_an_earlier_export_left(cdtm, workspace, tmp_path):
    out = tmp_path / "cd.tmx"
    run = cdtm("export", "-w", workspace, "-o", out, "--max-units", 2)
    assert f"{tmp_path / 'cd-001.tmx'} to {tmp_path / 'cd-003.tmx'}, 3 parts, 5 units" in run.err
    parts = [tmp_path / f"cd-00{n}.tmx" for n in (1, 2, 3)]
    assert [len(texts(part)) for part in parts] == [2, 2, 1]
    run = cdtm("export", "-w", workspace, "-o", out, "--max-units", 3)
    assert "cd-003.tmx of an earlier export" in run.err


def test_a_file_a_record(cdtm, workspace, tmp_path):
    folder = tmp_path / "memories"
    run = cdtm("export", "-w", workspace, "-o", folder, "--per-record")
    assert run.status == 0, run.err
    assert sorted(path.name for path in folder.iterdir()) == [
        "CD-PV-1.tmx", "CD-PV-2.tmx", "notes.tmx",
    ]  # fmt: skip
    # Each is a memory by itself: what an earlier record says too is in both.
    assert texts(folder / "CD-PV-2.tmx")[0] == texts(folder / "CD-PV-1.tmx")[0] == "Thank you."
    assert f"3 files in {folder}" in run.err
    cdtm("export", "-w", workspace, "-o", tmp_path / "memories.xlsx", "--per-record")
    assert (folder / "notes.xlsx").is_file()


@pytest.mark.parametrize("profile", ["generic", "trados", "memoq", "omegat"])
def test_profiles(cdtm, workspace, tmp_path, profile):
    out = tmp_path / "cd.tmx"
    run = cdtm("export", "-w", workspace, "-o", out, "--profile", profile, "--tier", "all")
    assert run.status == 0, run.err
    assert validate_tmx(out) == []
    mark = {"trados": ":Integer", "memoq": 'type="aligned"', "omegat": "<tu creationdate"}
    assert (mark.get(profile, "x-align-type")) in out.read_text("utf-8")


def test_quiet(cdtm, workspace, tmp_path):
    run = cdtm("export", "-w", workspace, "-o", tmp_path / "cd.tmx", "-q")
    assert (run.status, run.out, run.err) == (0, "", "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--since", "2020"], "no unit, of tier accepted, since 2020"),
        (["--symbol", "S/PV.*"], "of S/PV.*: leave an option out"),
        (["--symbol", "CD/PV"], "--symbol 'CD/PV*' takes all under it"),
        (["--symbol", "CD/PV.99"], "--symbol 'CD/PV.99*' takes all under it"),
        (["--min-confidence", "1"], "--min-confidence 0.99 takes the surest"),
        (["--symbol", "CD/PV.1", "--speaker", "Lin", "--since", "2015-08"], "leave an option out"),
        (["--tier", "review", "--speaker", "Sano"], "there are 2 with --tier all"),
        (["--since", "2016", "--until", "2015"], "exchange them"),
        (["--since", "21.7.2015"], "write it as 2015-07-21, or the year 2015"),
        (["--until", "2015-02-30"], "is no day of the calendar"),
        (["--max-bytes", "many"], "write it as 300MB"),
        (["--max-bytes", "300"], "is 300 bytes"),
        (["--lang", "en=zh"], "no language code for en"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(cdtm, workspace, tmp_path, options, told):
    run = cdtm("export", "-w", workspace, "-o", tmp_path / "cd.tmx", *options)
    assert run.status == 1
    assert told in run.err
    assert run.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


@pytest.mark.parametrize(
    ("output", "options", "told"),
    [
        ("cd.doc", [], "ends in one of .tmx .tsv"),
        ("cd.links", [], "write it with cdtm align"),
        ("none/cd.tmx", [], "There is no folder"),
        ("w", [], "names no format"),
        ("w/memory.tmx", [], "among the workspace's files"),
        ("w", ["--per-record"], "among the workspace's files"),
        ("cd.xlsx", ["--max-bytes", "1MB"], "use --max-units"),
        ("none/memories", ["--per-record"], "There is no folder"),
        ("w/workspace.json", ["--per-record"], "is a file"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(cdtm, workspace, tmp_path, output, options, told):
    run = cdtm("export", "-w", workspace, "-o", tmp_path / output, *options)
    assert run.status == 1
    assert told in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


def test_one_file_twice_is_told(cdtm, workspace, tmp_path):
    out = tmp_path / "cd.moses"
    run = cdtm("export", "-w", workspace, "-o", out, "-o", tmp_path / "w" / ".." / "cd.moses")
    assert run.status == 1
    assert "twice" in run.err


def test_no_workspace_is_told(cdtm, tmp_path):
    run = cdtm("export", "-w", tmp_path, "-o", tmp_path / "cd.tmx")
    assert run.status == 1
    assert "is no workspace: make one with cdtm build" in run.err


@pytest.mark.parametrize(
    ("text", "size"),
    [("300MB", 300_000_000), ("1.5 G", 1_500_000_000), ("1GiB", 1 << 30), ("20000", 20_000),
     ("500kb", 500_000)],
)  # fmt: skip
def test_sizes(text, size):
    assert parse_size(text) == size


def test_a_tmx_is_printed_for_a_pipe(cdtm, workspace, tmp_path):
    cdtm("export", "-w", workspace, "-o", tmp_path / "cd.tmx", "--tier", "all")
    done = subprocess.run(
        [sys.executable, "-m", "cdtm", "export", "-w", str(workspace), "-o", "-", "--tier", "all"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stdout == (tmp_path / "cd.tmx").read_bytes()
    run = cdtm("export", "-w", workspace, "-o", "-", "-o", tmp_path / "x.tmx")
    assert (run.status, "give it alone" in run.err) == (1, True)
