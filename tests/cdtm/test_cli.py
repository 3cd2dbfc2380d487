"""The front door: quick, light, documented, and honest about whose fault it is."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer

import cdtm.cli
from cdtm import __version__
from cdtm.jobs.app import make_app
from cdtm.jobs.command import found

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {
    *("torch", "sentence_transformers", "transformers", "faiss", "numpy", "polars"),
    *("lxml", "docx", "pypdfium2", "tokenizers", "rich", "regex"),
    *("starlette", "uvicorn", "jinja2"),
    *("corpora", "align", "tmx_out"),
}

COMMANDS = [
    *("align", "build", "status", "export", "lookup", "fetch", "evaluate", "trace", "validate"),
    *("encoder info", "encoder export", "terms", "terms import", "terms list", "terms forget"),
    *("read", "import", "serve"),
    *("audit", "audit apply", "audit gold", "audit recalibrate"),
]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        check=False,
    )


def test_import_loads_nothing_heavy():
    code = "import cdtm.cli, sys; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in python("-c", code).stdout.split()}
    assert "cdtm" in loaded
    assert not loaded & {*HEAVY, "typer"}


def test_help_loads_nothing_heavy_either():
    code = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "sys.argv = ['cdtm', 'align', '--help']; import cdtm.cli; cdtm.cli.main()"
    )
    run = python("-c", code)
    assert "Usage: cdtm align" in run.stdout
    loaded = {name.split(".")[0] for name in run.stderr.split()}
    assert not loaded & HEAVY


def test_help_answers_at_once():
    # Processor time, for the wall clock also measures what else the machine does.
    seconds = []
    for _ in range(3):
        before = os.times()
        assert python("-m", "cdtm", "--help").returncode == 0
        after = os.times()
        user, system = (
            after.children_user - before.children_user,
            after.children_system - before.children_system,
        )
        seconds.append(user + system)
    assert min(seconds) < 0.4


def test_version(cdtm):
    run = cdtm("--version")
    assert (run.status, run.out) == (0, f"cdtm {__version__}\n")


def test_version_of_the_console_script_is_the_module_s():
    assert python("-m", "cdtm", "--version").stdout == f"cdtm {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(cdtm, command):
    run = cdtm(*command.split(), "--help")
    assert run.status == 0
    examples = run.out.partition("Example")[2].splitlines()[1:]
    assert examples
    assert all(line.startswith(f"    cdtm {command}") for line in examples)


def test_list_of_commands_is_whole():
    group = typer.main.get_command(make_app(cdtm.cli.COMMANDS))
    names = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", {})
        names += [f"{name} {sub}" for sub in inner]
        names += [name] if not inner or command.invoke_without_command else []
    assert sorted(names) == sorted(COMMANDS)


@pytest.mark.parametrize(("job", "work"), [(job, work) for _, job, work in cdtm.cli.COMMANDS])
def test_what_does_a_job_takes_that_job(job, work):
    first, *others = inspect.signature(found(work)).parameters.values()
    assert first.annotation == found(job).__name__
    assert all(other.default is not inspect.Parameter.empty for other in others)


def test_only_the_command_that_runs_is_made():
    code = "import sys; sys.argv = ['cdtm', 'lookup', '-h']; import cdtm.cli; cdtm.cli.main()"
    told = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    loaded = python("-c", told + code).stderr.split()
    assert {name for name in loaded if name.startswith("cdtm.jobs.")} == {
        "cdtm.jobs.app",
        "cdtm.jobs.command",
        "cdtm.jobs.memory",
        "cdtm.jobs.options",
    }


@pytest.mark.parametrize("name", ["lookup", "terms", "terms import"])
def test_a_command_has_one_help_however_it_is_made(name, capsys):
    shown = []
    for wanted in ("", name.partition(" ")[0]):
        command = typer.main.get_command(make_app(cdtm.cli.COMMANDS, wanted))
        command.main([*name.split(), "--help"], prog_name="cdtm", standalone_mode=False)
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


def test_what_is_missing_of_a_command_with_others_under_it_is_said_by_its_own_sentence(cdtm):
    assert "say which workspace: -w FOLDER." in cdtm("terms").err
    assert "say what to write" in cdtm("audit", "-w", "memory").err


def test_help_fits_a_narrow_terminal():
    run = python("-m", "cdtm", "evaluate", "--help", COLUMNS="50", TERMINAL_WIDTH="50")
    prose = run.stdout.partition("Examples:")[0]
    assert max(map(len, prose.splitlines())) <= 50


@pytest.mark.parametrize(
    "arguments",
    [
        ["align"],
        ["align", "a.txt"],
        ["align", "a.txt", "b.txt"],
        ["align", "a.txt", "b.txt", "c.txt", "-o", "x.tmx"],
        ["align", "a.txt", "b.txt", "-o", "x.tmx", "--min-confidence", "1.5"],
        ["align", "a.txt", "b.txt", "-o", "x.tmx", "--source", "fr"],
        ["align", "a.txt", "b.txt", "-o", "x.tmx", "--no-such-option"],
        ["trace", "a.txt", "b.txt"],
        ["trace", "a.txt", "b.txt", "--sentence", "-1"],
        ["validate"],
        ["encoder", "burn"],
        ["translate"],
    ],
)
def test_wrong_usage_is_status_2(cdtm, arguments):
    run = cdtm(*arguments)
    assert run.status == 2
    assert "Usage: cdtm" in run.err
    assert run.out == ""


def test_a_bug_shows_its_traceback(cdtm, zh, en, tmp_path, monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("our own fault")

    monkeypatch.setattr("cdtm.pair.align.run_align", fail)
    with pytest.raises(ZeroDivisionError, match="our own fault"):
        cdtm("align", zh, en, "-o", tmp_path / "x.tmx")


def test_error_goes_to_stderr_of_the_real_process(tmp_path: Path):
    run = python("-m", "cdtm", "validate", str(tmp_path / "no.tmx"))
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith("cdtm: ")
    assert "Traceback" not in run.stderr


def test_a_console_without_chinese_is_no_traceback(zh, en):
    run = python(
        "-m", "cdtm", "trace", str(zh), str(en), "--sentence", "0", PYTHONIOENCODING="ascii"
    )
    assert run.returncode == 0, run.stderr
    assert "?" in run.stdout
