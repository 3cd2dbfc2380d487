"""Alternating runs, and the tree that they run on."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from benchmarks.speed import ROOT, Comparison, Cost, alternate, command_in, last_release, unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_both_run_in_turns_after_one_that_is_thrown_away() -> None:
    order: list[str] = []

    def named(name: str, seconds: float) -> Callable[[], Cost]:
        def run() -> Cost:
            order.append(name)
            return Cost(seconds * len(order), 1.0)

        return run

    found = alternate(named("a", 1.0), named("b", 2.0), runs=3)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"
    assert [cost.seconds for cost in found.ours] == [3, 6, 7]
    assert [cost.seconds for cost in found.theirs] == [8, 10, 16]


def test_ratios_are_of_neighbours_and_in_order() -> None:
    found = Comparison((Cost(2, 1), Cost(3, 1)), (Cost(1, 2), Cost(3, 4)))
    assert found.ratios == [1, 2]
    assert found.cpu_ratios == [0.25, 0.5]


def test_the_program_is_that_of_the_tree(tmp_path: Path) -> None:
    """Neither the installed packages nor those in the current folder come first."""
    (tmp_path / "align").mkdir()
    (tmp_path / "align" / "__init__.py").write_text("")
    command = command_in(tmp_path, "-c", "import align; print(align.__file__)")
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(str(tmp_path))


@pytest.fixture
def is_repository() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this checkout is not a git repository")


@pytest.mark.usefixtures("is_repository")
def test_a_commit_is_unpacked_without_touching_the_repository(tmp_path: Path) -> None:
    assert (unpack("HEAD", tmp_path) / "align" / "pair.py").is_file()
    assert last_release()
    with pytest.raises(subprocess.CalledProcessError):
        unpack("no-such-commit", tmp_path)
