"""The faults that were once found by real injection, each with the tests that inject it again.

`python -m benchmarks.rows` runs them row by row; a row without a test that passes is a fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Final

import typer

ROWS: Final = {
    "1 glued symbols in a line": ("corpora/repair/test_linear.py",),
    "2 processes that outlive their command": (
        "cdtm/pair/test_processes.py::test_nothing_outlives_the_process_that_began_it",
        "cdtm/build/test_workers.py::test_workers_end_with_a_main_process_that_is_killed",
    ),
    "3 nested text boxes of a DOCX": ("corpora/read/test_docx.py -k boxes_within_boxes",),
    "4 a form that draws itself": ("corpora/read/test_pdf_forms.py", "cdtm/build/test_workers.py"),
    "5 decisions.sqlite damaged": ("cdtm/memory/test_backup.py",),
    "6 a build that is refused": (
        "cdtm/build/test_run.py::test_a_build_that_is_refused_writes_nothing",
        "cdtm/build/test_workspace.py -k another_place",
    ),
    "7 a worker killed in a build": (
        "cdtm/build/test_run.py::test_a_record_whose_worker_is_killed_is_told_and_built_later",
    ),
    "8 imports of terms at once": ("cdtm/test_glossary.py",),
    "9 a review killed after its journal": ("cdtm/build/test_decided.py",),
    "10 files of a workspace damaged": ("cdtm/build/test_check.py",),
    "11 a model that is damaged": ("align/encoder/test_checks.py",),
    "12 hostile servers": ("corpora/fetch/test_service.py", "corpora/fetch/test_folder.py"),
    "13 files beyond every bound": (
        "corpora/read/test_pdf.py::test_more_than_any_record_is_refused",
        "corpora/read/test_file.py -k any_record",
        "corpora/read/word/test_package.py",
        "tmx_out/test_workbook.py",
    ),
    "14 mutated files": ("benchmarks/test_fuzz.py::test_nothing_falls_over_what_is_spoilt",),
    "15 an old memory opened by several": ("cdtm/memory/test_database.py -k brought_up_once",),
    "16 full and read-only disks, closed streams": ("cdtm/test_troubles.py",),
    "17 formulas, escapes, forged lines": (
        "tmx_out/write/test_sheet.py",
        "cdtm/lookup/test_show.py",
        "cdtm/test_show.py",
        "tmx_out/test_xml_text.py",
    ),
    "18 what kills leave": (
        "cdtm/build/test_workspace.py -k leftovers",
        "cdtm/test_troubles.py -k nothing_behind",
    ),
    "19 pipes and devices": ("corpora/read/test_file.py -k pipe",),
}
"""Row of the table of issue 16, and what pytest is given under tests/."""


def main() -> None:
    """Run the tests of every row."""
    bad = 0
    for row, chosen in ROWS.items():
        passed = 0
        for one in chosen:
            path, *rest = f"tests/{one}".split(" ")
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", path, *rest],
                capture_output=True,
                text=True,
                check=False,
                timeout=1200,
            )
            found = re.search(r"(\d+) passed", done.stdout)
            passed += int(found[1]) if found else 0
            bad += done.returncode != 0
            if done.returncode:
                print(done.stdout[-2000:])
        print(f"{row:<48}{passed:>5} tests passed", flush=True)
    raise typer.Exit(bool(bad))


if __name__ == "__main__":
    typer.run(main)
