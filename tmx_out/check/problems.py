"""Findings of the validator, and the book in which a flood of one kind is kept short."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]

SHOWN_PER_RULE = 20
"""Findings of one rule that are listed; the rest are counted. A wrong setting of the tool that
wrote a file gives one finding a unit, and nobody reads 200,000."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a CAT tool trips over.

    Attributes:
        line: 1-based line of the file.
        severity: ``error`` if a tool refuses the file or loses the unit, else ``warning``.
        rule: a short fixed name, such as ``header-attribute``.
        message: one sentence: what, which tool minds, how to cure it.
    """

    line: int
    severity: Severity
    rule: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.severity}: {self.message} [{self.rule}]"


@dataclass(slots=True)
class ProblemBook:
    """Gathers problems in the order of finding, at most `limit` of a rule."""

    limit: int | None = SHOWN_PER_RULE
    _listed: list[Problem] = field(default_factory=list)
    _last: dict[str, Problem] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def add(self, line: int, severity: Severity, rule: str, message: str) -> None:
        """Note a finding."""
        problem = Problem(line, severity, rule, message)
        self._counts[rule] += 1
        self._last[rule] = problem
        if self.limit is None or self._counts[rule] <= self.limit:
            self._listed.append(problem)

    def close(self) -> list[Problem]:
        """Give the findings by line, with a line for each rule that had more."""
        more = [
            Problem(
                last.line,
                last.severity,
                rule,
                f"{self._counts[rule] - self.limit:,} more of this kind, up to this line.",
            )
            for rule, last in self._last.items()
            if self.limit is not None and self._counts[rule] > self.limit
        ]
        return sorted(self._listed + more, key=lambda problem: problem.line)
