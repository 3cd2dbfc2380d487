"""`cdtm validate`: why a CAT tool would refuse a TMX file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdtm.show import count, plain, working
from tmx_out.check.validate import validate_tmx

if TYPE_CHECKING:
    from cdtm.jobs.pair import ValidateJob


def run_validate(job: ValidateJob) -> bool:
    """Print each file's problems, ``FILE:LINE: error: …``, and a verdict; tell if all are sound.

    Raises:
        UserError: a file cannot be read.
    """
    sound = True
    for file in job.files:
        with working(f"Checking {file}"):
            problems = validate_tmx(file)
        for problem in problems:
            said = f"{problem.severity}: {problem.message} [{problem.rule}]"
            print(plain(f"{file}:{problem.line}: {said}"))
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        sound &= not errors
        verdict = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
        print(plain(f"{file}: {verdict}"))
    return sound
