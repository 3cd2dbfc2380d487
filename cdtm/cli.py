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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import Final

COMMANDS: Final = (
    ("align", "jobs.pair:AlignJob", "pair.align:run_align"),
    ("read", "jobs.pair:ReadJob", "read:run_read"),
    ("evaluate", "jobs.pair:EvaluateJob", "evaluate:run_evaluate"),
    ("trace", "jobs.pair:TraceJob", "pair.trace:run_trace"),
    ("validate", "jobs.pair:ValidateJob", "validate:run_validate"),
    ("build", "jobs.build:BuildJob", "build.run:run_build"),
    ("status", "jobs.build:StatusJob", "build.status:run_status"),
    ("fetch", "jobs.fetch:FetchJob", "fetch:run_fetch"),
    ("import", "jobs.imports:MemoryJob", "imports.run:run_import"),
    ("export", "jobs.memory:ExportJob", "export:run_export"),
    ("lookup", "jobs.memory:LookupJob", "lookup.show:run_lookup"),
    ("serve", "jobs.desk:ServeJob", "desk.serve:run_serve"),
    ("encoder info", "jobs.encoder:InfoJob", "encoder:run_info"),
    ("encoder export", "jobs.encoder:EncoderExportJob", "encoder:run_export"),
    ("terms", "jobs.terms:TermsJob", "terms:run_terms"),
    ("terms import", "jobs.terms:ImportJob", "terms:run_import"),
    ("terms list", "jobs.terms:ListJob", "terms:run_list"),
    ("terms forget", "jobs.terms:ForgetJob", "terms:run_forget"),
    ("audit", "jobs.audit:AuditJob", "audit.run:run_audit"),
    ("audit apply", "jobs.audit:ApplyJob", "review.apply:run_apply"),
    ("audit gold", "jobs.audit:GoldJob", "review.gold:run_gold"),
    ("audit recalibrate", "jobs.audit:RecalibrateJob", "review.recalibrate:run_recalibrate"),
)
"""Command, job and what does it, as ``module:name`` of `cdtm`; in the order of the help."""


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
            print(f"cdtm: {plain(said)}", file=sys.stderr)
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
                from cdtm.jobs.app import make_app  # typer is nothing for processes begun by us

                make_app(COMMANDS, sys.argv[1] if len(sys.argv) > 1 else "")(prog_name="cdtm")
            finally:
                sys.stdout.flush()  # here, where a full disk behind it is told
    finally:
        from cdtm.troubles import drop_output

        drop_output()
        gc.freeze()  # at its end Python would look through all that is about to be freed


if __name__ == "__main__":
    main()
