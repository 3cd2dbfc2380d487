"""Memory does not grow with the file: measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import resource, sys
from tmx_out import Unit, read_tmx, validate_tmx, write_tmx

def peak():
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale

def many(count):
    for number in range(count):
        yield Unit(str(number), f"{number}" + "字" * 1500, f"{number}" + "word " * 300)

path = sys.argv[1]
def all_three(count):
    write_tmx(path, many(count))
    assert validate_tmx(path) == []
    assert sum(1 for _ in read_tmx(path)) == count

all_three(100)
before = peak()
all_three(4000)
print(peak() - before)
"""


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this system does not tell a process's memory")
    path = tmp_path / "large.tmx"
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert path.stat().st_size > 24_000_000
    assert int(run.stdout) < 12_000_000, "bytes more at the peak for 40 times the units"
