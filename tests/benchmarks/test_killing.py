"""Killing a program at random moments, and comparing what it leaves."""

from __future__ import annotations

import sys
import time

import pytest

from benchmarks.killing import difference, kill_after, kill_builds

PYTHON = (sys.executable, "-I", "-S", "-c")


def test_a_process_at_work_is_killed_with_what_it_started(tmp_path):
    seen = tmp_path / "seen"
    child = f"import time; time.sleep(1.5); open({str(seen)!r}, 'w')"
    work = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert kill_after(0.7, (*PYTHON, work))
    time.sleep(1.6)
    assert not seen.exists()


def test_a_process_that_is_done_is_not():
    assert not kill_after(20, (*PYTHON, "pass"))


def test_one_that_fails_is_told():
    with pytest.raises(RuntimeError, match="ended with 3"):
        kill_after(20, (*PYTHON, "raise SystemExit(3)"))


def test_the_first_difference_is_told(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a\nb\nc\n")
    other.write_text("a\nb\nc\n")
    assert difference(one, other) == ""
    other.write_text("a\nx\nc\n")
    assert difference(one, other) == "one and other differ in line 2: b against x"
    other.write_text("a\nb\n")
    assert difference(one, other) == "one and other differ in line 3: c against its end"


PROGRAM = """
import pathlib, sys, time
verb, args = sys.argv[1], sys.argv[2:]
work = pathlib.Path(args[args.index("-w") + 1])
if verb == "build":
    work.mkdir(exist_ok=True)
    for number in range(8):
        part = work / str(number)
        if not part.exists() or "--force" in args:
            {write}
else:
    pathlib.Path(args[args.index("-o") + 1]).write_text(
        "".join(path.read_text() for path in sorted(work.iterdir()))
    )
"""
CAREFUL = 'time.sleep(0.1); part.write_text(f"{number}\\n")'
CARELESS = 'part.write_text(""); time.sleep(0.1); part.write_text(f"{number}\\n")'


@pytest.mark.parametrize(
    ("write", "same"), [(CAREFUL, True), (CARELESS, False)], ids=["careful", "careless"]
)
def test_a_program_that_loses_work_is_found_out(tmp_path, write, same):
    program = (*PYTHON, PROGRAM.replace("{write}", write))
    found = kill_builds(program, tmp_path, tmp_path, 5, seed=1)
    assert found.struck == 5
    assert (not found.differences) is same
