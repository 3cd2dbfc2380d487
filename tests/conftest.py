"""Fixtures that every room's tests share, and what a run says while it is going on."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import warnings
from contextlib import suppress
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


LONGEST = 600
"""Seconds that a process which a test runs may take, unless the test says so: then it is killed."""

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
ENDING = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
"""Who starts the tests in the background may have these ignored or blocked, and every process that
is begun inherits that: then nothing that tests send ends any, and what waits for that waits on."""

for number in ENDING:
    if signal.getsignal(number) is signal.SIG_IGN:
        usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, usual)
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

_run = subprocess.run


def run_for_a_time(*command, timeout=LONGEST, **how):
    """`subprocess.run`, but never without an end."""
    return _run(*command, timeout=timeout, **how)


subprocess.run = run_for_a_time


@pytest.fixture(autouse=True)
def _no_process_is_left():
    """A process that a test leaves behind takes memory and processors from all that come after."""
    before = children()
    yield
    until = time.monotonic() + 5
    while left := [process for process in children() - before if not is_a_helper(process)]:
        if time.monotonic() > until:
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            warnings.warn(f"The test left processes behind: {left}", stacklevel=1)
            break
        time.sleep(0.05)


def children() -> set[int]:
    """The processes that this one began, but for those that have ended; none where /proc is not."""
    found = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread has ended
            found |= {int(child) for child in path.read_text().split() if is_alive(child)}
    return found


def is_alive(process: str) -> bool:
    """Whether a process has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_a_helper(process: int) -> bool:
    """Whether Python keeps a process for later, as multiprocessing does."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return True
    return "resource_tracker" in command or "forkserver" in command


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records and gold beside the checkout; the test skips without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("real records and gold (../shared) are not beside this checkout")
    return folder
