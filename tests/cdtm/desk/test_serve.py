"""The server as a user starts and ends it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from threading import Thread

import httpx
import pytest

from cdtm.desk.serve import listen
from corpora.errors import UserError


def started(folder, *options):
    command = [sys.executable, "-m", "cdtm", "serve", "-w", str(folder), "--no-open", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
    assert found
    return process, found[0]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_it_serves_until_it_is_ended(folder, number, status):
    process, address = started(folder)
    try:
        assert httpx.get(address, timeout=30).status_code == 200
        told = httpx.get(f"{address}find", params={"q": "裁军"}, timeout=30).json()
        assert told["total"] == 1
    finally:
        process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (status, "")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_it_ends_in_silence_while_somebody_waits(folder):
    process, address = started(folder)

    def wait():
        with suppress(httpx.HTTPError):
            httpx.get(f"{address}terms/list", timeout=30)

    waiting = Thread(target=wait)
    httpx.get(address, timeout=30)
    waiting.start()
    time.sleep(0.3)  # the terms are being looked for in another process
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    waiting.join()
    assert (process.returncode, said) == (0, "")


def test_nobody_else_reaches_it(folder):
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.proto == socket.IPPROTO_TCP  # or each answer waits for a receipt


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match="cannot be used"):
            listen(taken.getsockname()[1])


def test_it_is_up_soon(folder):
    # Processor time of the whole start, for the wall clock also measures what else runs here.
    before = os.times()
    process, address = started(folder)
    httpx.get(address, timeout=30)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    after = os.times()
    used = after.children_user + after.children_system
    assert used - before.children_user - before.children_system < 3


def test_a_folder_that_is_no_workspace_is_one_sentence(cdtm, tmp_path):
    run = cdtm("serve", "-w", tmp_path, "--no-open")
    assert (run.status, run.out) == (1, "")
    assert "is no workspace" in run.err


@pytest.mark.parametrize(
    "arguments", [[], ["a.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt", "-o", "x.tmx", "-w", "w"]]
)
def test_what_is_served_must_be_said(cdtm, arguments):
    run = cdtm("serve", "--no-open", *arguments)
    assert run.status == 1
    assert "Say what to serve" in run.err


@pytest.mark.parametrize("option", [["--source", "en"], ["--encoding", "gb18030"], ["--force"]])
def test_what_is_about_two_files_is_not_taken_silently(cdtm, tmp_path, option):
    run = cdtm("serve", "--no-open", "-w", tmp_path, *option)
    assert run.status == 1
    assert "are about two files" in run.err
