"""What a command costs, with what it starts."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.processes import measure


def test_a_run_is_measured():
    work = "import time; x = bytearray(2**26); time.sleep(0.3)"
    seconds, cpu, megabytes, _ = measure([sys.executable, "-c", work])
    assert 0.3 <= seconds < 30
    assert cpu < seconds + 0.5
    if sys.platform == "linux":
        assert 64 < megabytes < 200


def test_a_forked_process_counts_too():
    if sys.platform != "linux":
        pytest.skip("/proc tells")
    work = "import os, time; x = os.fork(); y = bytearray(2**26); time.sleep(0.4)"
    megabytes = measure([sys.executable, "-c", work]).megabytes
    assert megabytes > 128


def test_a_run_that_fails_says_why():
    with pytest.raises(RuntimeError, match="There is no file"):
        measure([sys.executable, "-m", "cdtm", "align", "no.zh", f"no{os.sep}no.en", "-o", "x.tmx"])


def test_a_shared_page_counts_once():
    if sys.platform != "linux":
        pytest.skip("/proc tells")
    work = "import os, time; y = bytearray(2**27); x = os.fork(); time.sleep(0.4)"
    megabytes = measure([sys.executable, "-c", work]).megabytes
    assert 128 < megabytes < 200


def test_a_process_that_a_thread_started_counts_too():
    if sys.platform != "linux":
        pytest.skip("/proc tells")
    child = "import time; y = bytearray(2**27); time.sleep(0.8)"
    work = (
        "import subprocess, sys, threading; t = threading.Thread("
        f"target=subprocess.run, args=([sys.executable, '-c', {child!r}],)); t.start(); t.join()"
    )
    assert measure([sys.executable, "-c", work]).megabytes > 128


def test_a_command_that_says_much_is_not_stopped():
    work = "import sys; sys.stderr.write('x' * 2**20)"
    assert len(measure([sys.executable, "-c", work]).said) == 2**20


def test_pages_that_are_no_longer_shared_count():
    """After the fork both hold as many pages as at the end, but not as much memory."""
    if sys.platform != "linux":
        pytest.skip("/proc tells")
    work = (
        "import os, time; y = bytearray(2**27); x = os.fork(); time.sleep(0.5)\n"
        "if not x:\n"
        "    for i in range(0, 2**27, 4096): y[i] = 1\n"
        "    time.sleep(1)\n"
        "else: os.wait()"
    )
    assert measure([sys.executable, "-c", work]).megabytes > 250
