"""Whether two checkouts write the same: every export of the shared records and of the sample.

`python -m benchmarks.same_exports OTHER` runs the command line of this checkout and of OTHER on the
same files, through align, build, export, terms, audit, decisions and look-up, and compares what was
written and printed: files byte for byte, XLSX cell by cell, Parquet frame by frame. Differences are
listed, and the exit status is 1. A day, a path and a version are no differences.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import openpyxl
import polars as pl
import typer

ROOT: Final = Path(__file__).resolve().parent.parent
RECORDS: Final = ROOT.parent / "shared" / "records"

PROFILES: Final = ("generic", "trados", "memoq", "omegat")
QUERIES: Final = (
    *("消极安全保证", "裁军", "核查", "无核武器区", "第984(1995)号决议", "fissile material"),
    *("non-nuclear-weapon States", "nuclear disarmament", "legally binding"),
    "谢谢主席先生，我们赞成这一提议。",
)

_COMMANDS: Final = (
    "align {records}/CD_PV.1579.zh.txt {records}/CD_PV.1579.en.txt -o cd.tmx -o cd.tsv -o cd.xlsx"
    " -o cd.parquet -o cd.links",
    "align {sample}/CD_PV.9999.zh.txt {sample}/CD_PV.9999.en.txt -o sample.tmx -o sample.tsv"
    " -o sample.xlsx -o sample.parquet -o sample.links --source en --lang en=en-GB",
    "align {records}/pdf/UDHR_chinese.pdf {records}/pdf/UDHR_english.pdf -o udhr.tmx -o udhr.links",
    "build {records} -w memory",
    *(f"export -w memory -o {name}.tmx --tier all --profile {name}" for name in PROFILES),
    "export -w memory -o all.tsv -o all.xlsx -o all.parquet -o all.moses --tier all",
    "export -w memory -o accepted.tmx -o accepted.tsv --source en",
    "export -w memory -o doubtful.tmx -o doubtful.xlsx --tier review --min-confidence 0.5",
    "export -w memory -o each --per-record --tier all",
    "terms -w memory -o terms.xlsx",
    "terms -w memory -o terms.csv",
    "terms -w memory -o terms.txt",
    "terms -w memory -o terms.tmx",
    "terms -w memory -o terms2.tbx",
    "terms -w memory -o terms3.tbx --tbx 3",
    "audit -w memory -o page.html",
    "audit -w memory -o flagged.xlsx --flagged",
    "audit -w memory -o drawn.xlsx --sample 60 --by confidence",
    "DECIDE flagged.xlsx",
    "audit apply flagged.xlsx -w memory",
    "audit -w memory -o record.xlsx --record CD/PV.1579",
    "DECIDE record.xlsx",
    "audit apply record.xlsx -w memory",
    "export -w memory -o decided.tmx -o decided.tsv --tier all",
    "audit -w memory -o decided.html",
    "audit gold -w memory -o gold",
    *(f"lookup '{query}' -w memory --json" for query in QUERIES),
    *(f"lookup '{query}' -w memory" for query in QUERIES),
    "lookup 裁军 -w memory -o hits.tsv",
    "lookup 裁军 -w memory -o hits.xlsx",
    "trace {records}/CD_PV.1579.zh.txt {records}/CD_PV.1579.en.txt --sentence 33",
    "status -w memory",
)
_PASSING: Final = (
    re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?|\d{8}T\d{6}Z"),
    re.compile(rb"(?:in )?\d+\.\d+ s\b"),
)
"""What may differ: the time of a run, and how long it took."""


def run_all(checkout: Path, folder: Path, records: Path) -> None:
    """Run every command of a checkout in a folder; what each prints lies there as a file too."""
    folder.mkdir()
    places = {"records": records, "sample": checkout / "cdtm" / "sample"}
    for number, command in enumerate(_COMMANDS):
        arguments = [
            word.strip("'").format(**places) for word in re.findall(r"'[^']*'|\S+", command)
        ]
        if arguments[0] == "DECIDE":
            decide(folder / arguments[1])
            continue
        done = subprocess.run(
            [str(checkout / ".venv" / "bin" / "python"), "-m", "cdtm", *arguments],
            cwd=folder,
            env={"PYTHONPATH": str(checkout), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=False,
        )
        printed = b"%d\n%s\n%s" % (done.returncode, done.stdout, done.stderr)
        (folder / f"printed-{number:02d}.txt").write_bytes(printed)
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def decide(path: Path) -> None:
    """Fill a review book as a reviewer would: every kind of decision that needs no look."""
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, min(sheet.max_row, 40) + 1):
        decision = ("accept", "reject", "edit", "merge with next", "translation error")[row % 5]
        sheet.cell(row, places["decision"]).value = decision
        sheet.cell(row, places["reviewer"]).value = "Anna"
        if decision == "edit":
            sheet.cell(row, places["new en"]).value = f"Corrected text {row}."
    book.save(path)


def contents(path: Path) -> object:
    """Give what a file says, so that equal contents are equal."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {
            sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
            for sheet in book.worksheets
        }
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    data = path.read_bytes()
    for passing in _PASSING:
        data = passing.sub(b"", data)
    return data


def compare(ours: Path, theirs: Path) -> list[str]:
    """Name the files that differ or are in one folder only; workspaces are not looked at."""
    names = {
        str(path.relative_to(folder))
        for folder in (ours, theirs)
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != "memory"
    }
    told = []
    for name in sorted(names):
        if not (ours / name).exists() or not (theirs / name).exists():
            told.append(f"{name}: only {'there' if (theirs / name).exists() else 'here'}")
            continue
        try:
            same = contents(ours / name) == contents(theirs / name)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            told.append(f"{name}: cannot be read: {error}")
            continue
        if not same:
            told.append(f"{name}: differs")
    print(f"{len(names)} files compared", file=sys.stderr)
    return told


def main(
    other: Annotated[Path, typer.Argument(help="A checkout with its own .venv.")],
    keep: Annotated[Path | None, typer.Option(help="Where the files stay to be looked at.")] = None,
) -> None:
    """Compare every export of this checkout with another's."""
    if not RECORDS.is_dir():
        print("../shared is not there: nothing to compare.")
        return
    with TemporaryDirectory() as scratch:
        work = keep or Path(scratch)
        work.mkdir(exist_ok=True)
        records = work / "records"
        shutil.rmtree(records, ignore_errors=True)
        shutil.copytree(RECORDS, records)
        for name, checkout in (("ours", ROOT), ("theirs", other.resolve())):
            shutil.rmtree(work / name, ignore_errors=True)
            run_all(checkout, work / name, records)
        told = compare(work / "ours", work / "theirs")
    print("\n".join(told) or "everything is the same")
    raise typer.Exit(bool(told))


if __name__ == "__main__":
    typer.run(main)
