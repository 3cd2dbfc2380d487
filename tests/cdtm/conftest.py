"""The command line as a user runs it, and the bundled sample."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cdtm.cli import main

SAMPLE = Path(__file__).resolve().parents[2] / "cdtm" / "sample"


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str


Command = Callable[..., Run]


@pytest.fixture
def cdtm(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run `cdtm ARGUMENTS` through its entry point; a bug comes out as its exception."""

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["cdtm", *map(str, arguments)])
        capfd.readouterr()
        status: object = 0
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
        out, err = capfd.readouterr()
        assert isinstance(status, int)
        return Run(status, out, err)

    return run


@pytest.fixture
def zh() -> Path:
    return SAMPLE / "CD_PV.9999.zh.txt"


@pytest.fixture
def en() -> Path:
    return SAMPLE / "CD_PV.9999.en.txt"


@pytest.fixture
def records(zh: Path, en: Path, tmp_path: Path) -> Path:
    """Three records that differ in symbol, meeting and day, in folders and spellings of a user."""
    folder = tmp_path / "records"
    for number, symbol in enumerate(("CD/PV.9001", "CD/PV.9002", "CD/PV.9003")):
        for file, end in ((zh, "zh"), (en, "en")):
            path = folder / f"part{number % 2}" / f"{symbol.replace('/', '_')}.{end}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text("utf-8").replace("9999", symbol[-4:])
            path.write_text(text.replace("2031", f"20{41 + number}"), "utf-8")
    return folder
