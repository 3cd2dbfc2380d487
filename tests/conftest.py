"""Fixtures that every room's tests share, and what a run says while it is going on."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport]:
    """Say in CI at once why a test failed: a run that is ended from outside sums nothing up."""
    report = yield
    if report.failed and os.environ.get("CI"):
        terminal = item.config.pluginmanager.get_plugin("terminalreporter")
        terminal.write_line(f"\n{time.strftime('%T')} {item.nodeid}, {report.duration:.1f} s:")
        terminal.write_line(report.longreprtext[-4000:])
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records and gold beside the checkout; the test skips without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("real records and gold (../shared) are not beside this checkout")
    return folder
