"""A command made of a job, a frozen dataclass whose fields are its arguments and options.

To add a command:

1. In `cdtm/jobs/`, a class of `Job`. Its docstring is the help; a field `Annotated` with
   `typer.Option` or `typer.Argument` is an option or argument, in the order of the help; an option
   has the field's name unless it says another, as a flag must; a tuple is one that may be
   repeated; `examples` end the help. Import nothing heavy there.
2. In `cdtm/cli.py`, a row of `COMMANDS`: its name, ``module:Class`` of the job, ``module:function``
   that does it.
3. That function. It takes the job and says a user's mistakes by `UserError`; if it returns False
   the exit status is 1.

`tests/cdtm/test_cli.py` lists the commands, and README.md must name each.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields
from importlib import import_module
from inspect import Parameter, Signature
from types import GenericAlias
from typing import Annotated, Any, ClassVar, get_args, get_origin

import typer


@dataclass(frozen=True, slots=True)
class Job:
    """What a user asked for, as the command line says it.

    Attributes:
        examples: lines that the help of the command ends with.
        quoted: what is said if more words come than there are arguments.
    """

    examples: ClassVar[tuple[str, ...]] = ()
    quoted: ClassVar[str] = ""


def command(job: type[Job], work: str, *, group: bool = False) -> Callable[..., None]:
    """Make the function that typer makes a command of.

    Args:
        job: what it makes of the command line.
        work: ``module:function`` of `cdtm` that is then called with the job, and loaded only then.
        group: whether other commands stand under this one. Its own options must then not be
            required before them: one without a default is asked for when the command itself runs,
            by the sentence that is `Annotated` after the option.
    """
    missing = {
        field.name: get_args(field.type)[2]
        for field in fields(job)
        if group and field.default is MISSING
    }

    def run(context: typer.Context, **values: Any) -> None:
        if context.invoked_subcommand is not None:
            return
        if context.args:
            from corpora.errors import UserError

            raise UserError(job.quoted)
        for name, sentence in missing.items():
            if values[name] is None:
                raise typer.BadParameter(sentence, context)
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        if found(work)(job(**values | lists)) is False:
            raise typer.Exit(1)

    context = Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)
    run.__doc__ = job.__doc__
    run.__signature__ = Signature([context, *parameters(job, missing)])  # type: ignore[attr-defined]
    return run


def found(place: str) -> Any:
    """Load what a ``module:name`` of `cdtm` names."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"cdtm.{module}"), name)


def parameters(job: type[Job], missing: dict[str, str]) -> Iterator[Parameter]:
    """Give the fields of a job as typer reads them: what may be repeated is a list."""
    for field in fields(job):
        kind, option, *_ = get_args(field.type)
        if get_origin(kind) is tuple:
            kind = GenericAlias(list, get_args(kind)[:1])
        default = None if field.name in missing else field.default
        yield Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if default is MISSING else default,
            annotation=Annotated[kind, option],
        )


def examples(job: type[Job]) -> str:
    """Make the end of a command's help; the mark at its head keeps the lines as they are."""
    heading = "Example:" if len(job.examples) == 1 else "Examples:"
    return "\n".join(["\b", heading, *(f"  {line}" for line in job.examples)])
