"""What we bring along: licences that let anybody use us, no network at work, nothing unpickled."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpora", "align", "tmx_out", "cdtm")
FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
LESSER = re.compile(r"\bLGPL|Lesser|Library General", re.IGNORECASE)


def installed(requirement, seen=None):
    """Names of the distributions that a requirement brings, itself first."""
    seen = {} if seen is None else seen
    name = requirement.name.lower().replace("_", "-")
    if name in seen:
        return seen
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return seen
    seen[name] = found
    for line in found.requires or ():
        wanted = Requirement(line)
        extras = requirement.extras or {""}
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in extras):
            installed(wanted, seen)
    return seen


def licence_of(found):
    told = found.metadata
    classifiers = [line for line in told.get_all("Classifier", []) if "License" in line]
    named = told.get("License-Expression") or (told.get("License") or "").split("\n")[0]
    return "; ".join([named, *classifiers])


@pytest.mark.parametrize("extra", ["", "encoders"])
def test_no_dependency_is_under_the_gpl(extra):
    brought = installed(Requirement(f"cdtm[{extra}]" if extra else "cdtm"))
    assert len(brought) > 10
    licences = {name: licence_of(found) for name, found in brought.items() if name != "cdtm"}
    unknown = [name for name, licence in licences.items() if not licence.strip("; ")]
    assert not unknown
    told = {name: LESSER.sub("", licence) for name, licence in licences.items()}
    assert {name: licence for name, licence in told.items() if FORBIDDEN.search(licence)} == {}


def test_the_lock_has_all_that_the_default_install_brings():
    """`make lock` makes it anew."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
    assert {*installed(Requirement("cdtm"))} - {"cdtm"} <= locked
    assert text.count("--hash=sha256:") >= len(locked)


OFFLINE = """
import socket, sys
def refuse(*_arguments, **_options):
    raise AssertionError("a socket was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["cdtm", *sys.argv[1:]]
from cdtm.cli import main
main()
"""


def test_no_command_but_fetch_and_serve_asks_for_the_network(tmp_path):
    sample = files("cdtm") / "sample"
    zh, en = (str(sample / f"CD_PV.9999.{side}.txt") for side in ("zh", "en"))
    for command in (
        ["align", zh, en, "-o", "a.tmx", "-o", "a.xlsx"],
        ["build", str(sample), "-w", "w", "--engine", "serial"],
        ["status", "-w", "w"],
        ["export", "-w", "w", "-o", "b.tmx", "--tier", "all"],
        ["lookup", "裁军谈判会议", "-w", "w"],
        ["terms", "-w", "w", "-o", "t.tbx"],
        ["audit", "-w", "w", "-o", "a.html"],
        ["trace", zh, en, "--sentence", "3"],
        ["validate", "a.tmx"],
        ["read", zh],
        ["encoder", "info"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", OFFLINE, *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)


def test_nothing_is_unpickled_and_nothing_evaluated():
    found = []
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id]
            elif isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                names = [] if getattr(node.value, "value", True) is False else ["allow_pickle"]
            bad = {"pickle", "shelve", "marshal", "dill", "eval", "exec", "allow_pickle"}
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name in bad]
    assert found == []
