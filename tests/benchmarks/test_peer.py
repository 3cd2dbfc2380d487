"""What is made of a peer's answer; the peer itself is played by a script."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from align.quality.evaluate import Counts, NullCounts
from benchmarks import peer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    for name in ("001", "002"):
        (folder / f"{name}.zh").write_text("甲。\n乙。\n", "utf-8")
        (folder / f"{name}.en").write_text("A.\nB.\nC.\n", "utf-8")
        (folder / f"{name}.gold").write_text("[0]:[0]\n[1]:[1]\n[]:[2]\n", "utf-8")
    return folder


def answer(
    monkeypatch: pytest.MonkeyPatch, pairs: list[dict[str, Any]], code: int = 0
) -> list[str]:
    """Let the peer say this; the command that it was called with comes back."""
    called: list[str] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        called.extend(command)
        said = "loading\n" + json.dumps({"version": "9", "pairs": pairs}) + "\n"
        return SimpleNamespace(returncode=code, stdout=said, stderr="no such module")

    monkeypatch.setattr("benchmarks.peer.subprocess.run", run)
    monkeypatch.setattr("benchmarks.peer.export_encoder", lambda _encoder, _folder: [])
    return called


RIGHT = {"seconds": 1.5, "sizes": [2, 3], "beads": [[[0], [0]], [[1], [1]], [[], [2]]]}
MERGED = {"seconds": 0.5, "sizes": [2, 3], "beads": [[[0], [0]], [[1], [1, 2]]]}


def test_pairs_of_a_set_are_pooled(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = answer(monkeypatch, [RIGHT, MERGED])
    version, results = peer.run_peer(gold / "python", object(), [gold])  # type: ignore[arg-type]
    assert version == "9"
    assert results["set"].counts == Counts(5, 4, 5, 4, 3, 4)
    assert results["set"].nulls == NullCounts(2, 1, 1)
    assert results["set"].seconds == 2.0
    assert called[0] == str(gold / "python")
    assert called[-2:] == [str(gold / "002.zh"), str(gold / "002.en")]


def test_lines_counted_otherwise_are_no_result(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, [RIGHT, MERGED | {"sizes": [2, 2]}])
    with pytest.raises(
        RuntimeError, match=r"002: it counts \[2, 2\] lines, and there are \[2, 3\]"
    ):
        peer.run_peer(gold, object(), [gold])  # type: ignore[arg-type]


def test_a_peer_that_fails_is_heard(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, [], code=1)
    with pytest.raises(RuntimeError, match="no such module"):
        peer.run_peer(gold, object(), [gold])  # type: ignore[arg-type]
