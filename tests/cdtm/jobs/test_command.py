"""A job becomes a command: options from its fields, the doing loaded only when it is done."""

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Annotated, ClassVar

import pytest
import typer
from typer import Argument, Option
from typer.testing import CliRunner

from cdtm.jobs.command import Job, command, examples


@dataclass(frozen=True, slots=True)
class SowJob(Job):
    """Sow what is given.

    A second paragraph of the help.
    """

    examples: ClassVar = ("garden sow rye --row 3",)
    seeds: Annotated[tuple[str, ...], Argument(metavar="SEED…", help="What to sow.")]
    field: Annotated[str, Option("--field", help="Where."), "say which field: --field NAME."]
    rows: Annotated[
        tuple[int, ...], Option("--row", metavar="N", min=1, help="In which rows.")
    ] = ()
    deep: Annotated[bool, Option("--deep", help="Deep down.")] = False


@dataclass(frozen=True, slots=True)
class WeedJob(Job):
    """Weed a field."""

    field: Annotated[str, Option("--field", help="Where."), "say which field: --field NAME."]


@pytest.fixture
def done(monkeypatch):
    """The jobs that were done, by a module that cannot be found where it is not yet wanted."""
    jobs = []
    module = ModuleType("cdtm.a_gardener")
    module.sow = lambda job: jobs.append(job) or "deep" not in job.field
    module.weed = jobs.append
    monkeypatch.setitem(sys.modules, "cdtm.a_gardener", module)
    return jobs


def run(*arguments):
    app = typer.Typer(rich_markup_mode=None)
    app.command("sow", epilog=examples(SowJob))(command(SowJob, "a_gardener:sow"))
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(command(WeedJob, "a_gardener:weed", group=True))
    group.command("again")(command(WeedJob, "a_gardener:weed"))
    app.add_typer(group, name="weed")
    return CliRunner().invoke(app, arguments)


def test_a_job_is_made_of_the_command_line_and_done(done):
    assert run("sow", "rye", "oats", "--field", "east", "--row", "3", "--row", "1").exit_code == 0
    assert run("sow", "rye", "--field", "east", "--deep").exit_code == 0
    assert done == [
        SowJob(("rye", "oats"), "east", rows=(3, 1)),
        SowJob(("rye",), "east", deep=True),
    ]


def test_help_is_the_docstring_the_options_and_the_examples_and_loads_nothing():
    told = run("sow", "--help")
    assert told.exit_code == 0
    for text in ("Sow what is given.", "A second paragraph", "In which rows.", "garden sow rye"):
        assert text in told.output
    with pytest.raises(ModuleNotFoundError, match="a_gardener"):
        raise run("sow", "rye", "--field", "east").exception


@pytest.mark.parametrize("wrong", [["--field", "east"], ["rye"], ["rye", "--row", "0"]])
def test_wrong_usage_does_nothing(done, wrong):
    assert run("sow", *wrong).exit_code == 2
    assert done == []


def test_false_is_exit_status_1(done):
    assert run("sow", "rye", "--field", "deep sea").exit_code == 1
    assert len(done) == 1


def test_a_command_with_others_under_it_asks_for_its_options_only_when_it_runs_itself(done):
    missing = run("weed")
    assert missing.exit_code == 2
    assert "say which field: --field NAME." in missing.output
    assert run("weed", "again", "--field", "west").exit_code == 0
    assert run("weed", "--field", "east").exit_code == 0
    assert done == [WeedJob("west"), WeedJob("east")]
