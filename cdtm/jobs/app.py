"""The command line, made of the table of commands and their jobs."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from cdtm import __version__
from cdtm.jobs.command import command, examples, found

GROUPS: Final[dict[str, dict[str, Any]]] = {
    "encoder": {
        "help": "The model that gives sentences their vectors.",
        "no_args_is_help": True,
    },
    "terms": {},
    "audit": {},
}
"""Commands with others under them."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cdtm {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def make_app(commands: Sequence[tuple[str, str, str]], wanted: str = "") -> typer.Typer:
    """Make the command line.

    Args:
        commands: rows of `cdtm.cli.COMMANDS`.
        wanted: the command that is run, so that no other need be made; all are if it is none.
    """
    plain: dict[str, Any] = {
        # Plain help: it needs no rich, which saves a third of the start-up, and wraps anywhere.
        "rich_markup_mode": None,
    }
    app = typer.Typer(
        name="cdtm",
        help="Turn Chinese and English UN records into a translation memory that a CAT tool loads.",
        epilog="Every command tells more with --help.  Try it:  python -m cdtm.demo",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **plain,
    )
    app.callback()(_options)
    rows = [row for row in commands if row[0].partition(" ")[0] == wanted] or commands
    groups = {
        name: typer.Typer(**plain, **told)
        for name, told in GROUPS.items()
        if any(row[0].startswith(f"{name} ") for row in rows)
    }
    for name, group in groups.items():
        app.add_typer(group, name=name)
    for name, job_name, work in rows:
        job = found(job_name)
        if name in groups:
            make = groups[name].callback(invoke_without_command=True, epilog=examples(job))
        else:
            over, _, own = name.rpartition(" ")
            more = {"allow_extra_args": bool(job.quoted)}
            make = groups.get(over, app).command(own, epilog=examples(job), context_settings=more)
        make(command(job, work, group=name in groups))
    return app
