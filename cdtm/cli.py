"""The command line: one table says which job each command is and which function does it.

Nothing heavy is imported here, so that `cdtm --help` answers at once; what a command needs is
loaded when it runs. Exit status: 0 done, 1 a mistake the user can cure (one sentence on stderr),
2 wrong usage; a bug of ours shows its traceback. `cdtm.jobs.command` tells how to add a command.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cdtm import __version__
from cdtm.jobs.audit import ApplyJob, AuditJob, GoldJob, RecalibrateJob
from cdtm.jobs.build import BuildJob, StatusJob
from cdtm.jobs.command import command, examples
from cdtm.jobs.desk import ServeJob
from cdtm.jobs.encoder import EncoderExportJob, InfoJob
from cdtm.jobs.fetch import FetchJob
from cdtm.jobs.imports import MemoryJob
from cdtm.jobs.memory import ExportJob, LookupJob
from cdtm.jobs.pair import AlignJob, EvaluateJob, ReadJob, TraceJob, ValidateJob
from cdtm.jobs.terms import ForgetJob, ImportJob, ListJob, TermsJob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cdtm.jobs.command import Job

COMMANDS: Final[tuple[tuple[str, type[Job], str], ...]] = (
    ("align", AlignJob, "cdtm.pair.align:run_align"),
    ("read", ReadJob, "cdtm.read:run_read"),
    ("evaluate", EvaluateJob, "cdtm.evaluate:run_evaluate"),
    ("trace", TraceJob, "cdtm.pair.trace:run_trace"),
    ("validate", ValidateJob, "cdtm.validate:run_validate"),
    ("build", BuildJob, "cdtm.build.run:run_build"),
    ("status", StatusJob, "cdtm.build.status:run_status"),
    ("fetch", FetchJob, "cdtm.fetch:run_fetch"),
    ("import", MemoryJob, "cdtm.imports.run:run_import"),
    ("export", ExportJob, "cdtm.export:run_export"),
    ("lookup", LookupJob, "cdtm.lookup.show:run_lookup"),
    ("serve", ServeJob, "cdtm.desk.serve:run_serve"),
    ("encoder info", InfoJob, "cdtm.encoder:run_info"),
    ("encoder export", EncoderExportJob, "cdtm.encoder:run_export"),
    ("terms", TermsJob, "cdtm.terms:run_terms"),
    ("terms import", ImportJob, "cdtm.terms:run_import"),
    ("terms list", ListJob, "cdtm.terms:run_list"),
    ("terms forget", ForgetJob, "cdtm.terms:run_forget"),
    ("audit", AuditJob, "cdtm.audit.run:run_audit"),
    ("audit apply", ApplyJob, "cdtm.review.apply:run_apply"),
    ("audit gold", GoldJob, "cdtm.review.gold:run_gold"),
    ("audit recalibrate", RecalibrateJob, "cdtm.review.recalibrate:run_recalibrate"),
)
"""Command, job, and ``module:function`` that does it; in the order of the help."""

app = typer.Typer(
    name="cdtm",
    help="Turn Chinese and English UN records into a translation memory that a CAT tool loads.",
    epilog="Every command tells more with --help.  Try it:  python -m cdtm.demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: it needs no rich, which saves a third of the start-up, and wraps anywhere.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
GROUPS: Final = {
    "encoder": typer.Typer(
        help="The model that gives sentences their vectors.",
        no_args_is_help=True,
        rich_markup_mode=None,
    ),
    "terms": typer.Typer(rich_markup_mode=None),
    "audit": typer.Typer(rich_markup_mode=None),
}
"""Commands with others under them."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cdtm {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


for _name, _group in GROUPS.items():
    app.add_typer(_group, name=_name)
for _name, _job, _work in COMMANDS:
    if _name in GROUPS:
        GROUPS[_name].callback(invoke_without_command=True, epilog=examples(_job))(
            command(_job, _work, group=True)
        )
    else:
        _over, _, _own = _name.rpartition(" ")
        GROUPS.get(_over, app).command(_own, epilog=examples(_job))(command(_job, _work))


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn a user's mistake, or a trouble of the machine, into one sentence and exit status 1."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    if sys.stdout is None:  # closed by who called us: what is printed there is lost, and is told
        sys.stdout = open(os.devnull, "w", opener=lambda path, _: os.open(path, os.O_RDONLY))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A console of another character set shows a question mark rather than a traceback.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        yield
    except BrokenPipeError:  # whoever read what we print has gone, as `head` does
        sys.exit(1)
    except (Exception, MemoryError) as error:
        # Imported only now, for the room it comes from compiles its rules as it loads.
        from cdtm.show import plain
        from cdtm.troubles import sentence_about
        from corpora.errors import UserError

        said = str(error) if isinstance(error, UserError) else sentence_about(error)
        if said is None:
            raise
        with suppress(OSError):
            typer.echo(f"cdtm: {plain(said)}", err=True)
        sys.exit(1)


def end_in_order(number: int, _frame: object) -> None:
    """End as by Ctrl-C where a signal asks for it: what was begun is taken back."""
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; the console script `cdtm`."""
    # One record's matrices are small: a second BLAS thread costs a third of a second in waiting.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Hardly anything here is cyclic: collecting seldom saves a tenth of a record's time.
    gc.set_threshold(100_000)
    for name in ("SIGTERM", "SIGHUP"):
        ours = getattr(signal, name, None)
        if ours is not None and signal.getsignal(ours) is signal.SIG_DFL:  # nohup ignores it
            signal.signal(ours, end_in_order)
    try:
        with report_errors():
            try:
                app(prog_name="cdtm")
            finally:
                sys.stdout.flush()  # here, where a full disk behind it is told
    finally:
        from cdtm.troubles import drop_output

        drop_output()
        gc.freeze()  # at its end Python would look through all that is about to be freed


if __name__ == "__main__":
    main()
