"""A disk that is full, or may only be read: a small one of our own, mounted for the one command."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from cdtm.build.run import build_folder
from cdtm.jobs.build import BuildJob


def may_mount():
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(tried, check=False).returncode


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not may_mount(), reason="nothing may be mounted here"
)


def on_disk(mount, *arguments, before="true", after="true"):
    """Run cdtm where `mount` has been done."""
    command = " ".join(f"'{each}'" for each in (sys.executable, "-m", "cdtm", *arguments))
    script = f"{mount} && {before} && {command}; status=$?; {after}; exit $status"
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False
    )


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


def test_a_workspace_that_may_only_be_read_is_read(records, tmp_path, cdtm):
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
