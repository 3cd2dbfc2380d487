"""Troubles of the machine, met for real where the system lets us: one sentence, no traceback."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from importlib.resources import files

import pytest

from cdtm.build.run import build_folder
from cdtm.jobs.build import BuildJob
from cdtm.troubles import CURES, sentence_about

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tried on Linux only")

SAMPLE = files("cdtm") / "sample"
PAIR = (str(SAMPLE / "CD_PV.9999.zh.txt"), str(SAMPLE / "CD_PV.9999.en.txt"))


def cdtm(*arguments, before=None, **streams):
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        [sys.executable, "-m", "cdtm", *map(str, arguments)],
        text=True,
        check=False,
        preexec_fn=before,
        **given,
    )


@pytest.mark.parametrize("number", CURES)
def test_every_error_of_the_system_has_its_cure(number):
    said = sentence_about(OSError(number, os.strerror(number), "cd.tmx"))
    assert said.startswith("cd.tmx: ")
    assert CURES[number] in said


def test_what_is_our_fault_is_not_told_as_the_machine_s():
    for error in (ValueError("x"), OSError("x"), OSError(errno.EINVAL, "x"), KeyError(1)):
        assert sentence_about(error) is None
    assert sentence_about(sqlite3.OperationalError("no such column: x")) is None


def test_errors_of_sqlite():
    said = sentence_about(sqlite3.OperationalError("database or disk is full"))
    assert said == "database or disk is full: free some space, or write elsewhere."


@pytest.mark.parametrize("command", [["--version"], ["--help"], ["encoder", "info"]])
def test_a_full_disk_behind_stdout(command):
    with open("/dev/full", "w") as full:
        done = cdtm(*command, stdout=full)
    assert done.returncode == 1
    assert done.stderr == ("cdtm: No space left on device: free some space, or write elsewhere.\n")


def test_a_closed_stdout_is_told_where_something_was_to_be_printed(tmp_path):
    done = cdtm("encoder", "info", before=lambda: os.close(1))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "open the output that was closed" in done.stderr
    done = cdtm("align", *PAIR, "-o", tmp_path / "a.tmx", before=lambda: os.close(1))
    assert done.returncode == 0
    done = cdtm("align", *PAIR, "-o", tmp_path / "b.tmx", before=lambda: os.closerange(1, 3))
    assert done.returncode == 0
    assert (tmp_path / "b.tmx").exists()


def test_a_reader_that_has_gone():
    reading, writing = os.pipe()
    os.close(reading)
    done = cdtm("encoder", "info", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_few_open_files(tmp_path):
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))

    done = cdtm("align", *PAIR, "-o", tmp_path / "a.tmx", before=few)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "ulimit -n" in done.stderr


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path):
    """No file may be longer than 4 kB: what SIGXFSZ, ignored by Python, makes of a full disk."""

    def short():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    target = tmp_path / "a.tmx"
    target.write_text("mine")
    done = cdtm("align", *PAIR, "-o", target, before=short)
    assert (done.returncode, done.stderr.count("Traceback")) == (1, 0)
    assert target.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.tmx"]


@pytest.mark.parametrize("name", ["TERM", "HUP", "INT"])
def test_an_interrupted_command_leaves_nothing_behind(tmp_path, name):
    script = (
        "import os, signal, sys, time\n"
        "from corpora import atomic\n"
        "def stop(stream, *_):\n"
        f"    os.kill(os.getpid(), signal.SIG{name})\n"
        "    time.sleep(10)\n"
        "import tmx_out.write.tmx as tmx\n"
        "tmx.TmxSink.add = stop\n"
        f"sys.argv = ['cdtm', 'align', {PAIR[0]!r}, {PAIR[1]!r}, '-o', 'a.tmx']\n"
        "from cdtm.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in (1, 128 + getattr(signal, f"SIG{name}")), done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def may_mount():
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return (
        sys.platform == "linux"
        and bool(shutil.which("unshare"))
        and not subprocess.run(tried, check=False).returncode
    )


mounted = pytest.mark.skipif(not may_mount(), reason="nothing may be mounted here")
"""A small disk of our own, for the one command."""


def on_disk(mount, *arguments, before="true", after="true"):
    """Run cdtm where `mount` has been done."""
    command = " ".join(f"'{each}'" for each in (sys.executable, "-m", "cdtm", *arguments))
    script = f"{mount} && {before} && {command}; status=$?; {after}; exit $status"
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False
    )


@mounted
@pytest.mark.parametrize("size", [40, 200, 400, 600, 800])
def test_a_build_on_a_full_disk_is_one_sentence_and_goes_on_later(size, records, tmp_path):
    workspace = tmp_path / "w"
    workspace.mkdir()
    keep = tmp_path / "kept"
    done = on_disk(
        f"mount -t tmpfs -o size={size}k none '{workspace}'",
        *("build", records, "-w", workspace, "--engine", "serial", "-q"),
        after=f"cp -a '{workspace}' '{keep}'",
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1
    assert "space" in done.stderr or "disk is full" in done.stderr
    built = build_folder(BuildJob(str(records), keep, engine="serial", quiet=True))
    assert [row["status"] for row in built.rows] == ["done"] * 3
    assert not list(keep.rglob("*.part"))


@mounted
def test_a_workspace_that_may_only_be_read_is_read(records, tmp_path):
    workspace = tmp_path / "w"
    build_folder(BuildJob(str(records), workspace, engine="serial", quiet=True))
    mount = f"mount --bind '{workspace}' '{workspace}' && mount -o remount,bind,ro '{workspace}'"
    out = tmp_path / "all.tmx"
    for arguments in (
        ("export", "-w", workspace, "-o", out),
        ("lookup", "disarmament", "-w", workspace),
        ("status", "-w", workspace, "--check"),
    ):
        done = on_disk(mount, *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    for arguments in (
        ("build", records, "-w", workspace, "--engine", "serial"),
        ("import", out, "-w", workspace),
    ):
        done = on_disk(mount, *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert "Read-only" in done.stderr
