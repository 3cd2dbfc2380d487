"""Rules of the house that no tool checks: who imports whom, what is documented, what is named."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import typer

from cdtm.cli import COMMANDS
from cdtm.jobs.app import make_app

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "corpora": set(),
    "align": {"corpora"},
    "tmx_out": {"corpora", "align"},
    "cdtm": {"corpora", "align", "tmx_out"},
    "training": {"corpora", "align"},
}


def imports_of(path: Path) -> set[str]:
    """Top-level names that a file imports, wherever in the file the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports in this house are absolute"
            names.add((node.module or "").split(".")[0])
    return names


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows, or all that are there where git does not know this folder."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", *patterns],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this checkout is not a git repository")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_run_one_way(room):
    files = sorted((ROOT / room).glob("**/*.py"))
    assert files
    for path in files:
        ours = imports_of(path) & {*MAY_IMPORT, "benchmarks", "tests"}
        foreign = ours - MAY_IMPORT[room] - {room}
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def command_names() -> list[str]:
    names = []
    for name, command in typer.main.get_command(make_app(COMMANDS)).commands.items():
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return names


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_in_the_readme(command):
    assert f"cdtm {command}" in (ROOT / "README.md").read_text("utf-8")


def test_readme_names_no_command_that_is_not_there():
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^(?:\$ )?cdtm ([a-z]+)", readme, re.MULTILINE))
    assert named
    assert named <= {name.split()[0] for name in command_names()}


def test_no_path_of_one_machine_and_no_registry_is_named():
    # Written in two parts, or this file would name them itself.
    forbidden = re.compile(
        "/wo" + r"rk/|/ho" + r"me/\w|/ro" + r"ot/|py" + r"pi\.org|pythonho" + "sted"
    )
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert not found


def test_tests_mirror_the_rooms():
    for path in tracked("tests/*.py"):
        room = path.relative_to(ROOT / "tests").parts[0]
        assert room in {
            *MAY_IMPORT,
            "benchmarks",
            "conftest.py",
            "test_house.py",
            "test_supply.py",
        }, path


MOST_FILES = 16
"""Files of its own in a folder of a room: what one look takes in."""
MOST_LINES = 450
"""Lines of a file."""
LONGEST_FUNCTION = 60
"""Lines of a function, its docstring among them: what a screen shows."""
MOST_ARGUMENTS = 8


def source_files() -> list[Path]:
    rooms = [room for room in MAY_IMPORT if room != "training"]
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in rooms]


def test_a_folder_is_taken_in_at_one_look():
    counts = Counter(path.parent for path in source_files() if path.name != "__init__.py")
    assert {str(f): n for f, n in counts.items() if n > MOST_FILES} == {}


def test_a_file_is_read_in_one_sitting():
    lines = {path: path.read_text("utf-8").count("\n") for path in source_files()}
    assert {str(path): n for path, n in lines.items() if n > MOST_LINES} == {}


def test_a_function_fits_a_screen():
    found = []
    for path in source_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            given = node.args
            arguments = len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs)
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION or arguments > MOST_ARGUMENTS:
                place = path.relative_to(ROOT)
                found.append(f"{place}: {node.name}, {length} lines, {arguments} arguments")
    assert found == []


ABOUT_NO_ONE_FILE = {
    "align/test_sure_stretches.py",
    "cdtm/desk/pages/test_access.py",
    "cdtm/desk/pages/test_correcting.py",
    "cdtm/desk/pages/test_going_on.py",
    "cdtm/desk/pages/test_looking_up.py",
    "cdtm/desk/pages/test_naming_terms.py",
    "cdtm/test_audit_planted.py",
    "cdtm/test_bad_input.py",
    "cdtm/test_planting.py",
    "cdtm/test_ray.py",
    "corpora/repair/test_linear.py",
    "corpora/repair/test_nothing_lost.py",
    "corpora/test_layouts.py",
}
"""Tests of what several files do together: contracts, whole ways, planted faults."""


def test_a_test_lies_where_its_source_lies():
    lost = []
    for path in tracked("tests/**/test_*.py"):
        place = path.relative_to(ROOT / "tests")
        source = ROOT / place.with_name(place.name.removeprefix("test_"))
        there = source.is_file() or source.with_suffix("").is_dir()
        if not there and str(place) not in {*ABOUT_NO_ONE_FILE, "test_house.py", "test_supply.py"}:
            lost.append(str(place))
    assert lost == []


def test_version_is_in_the_changelog():
    from cdtm import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
