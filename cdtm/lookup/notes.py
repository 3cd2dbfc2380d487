"""What an answer tells beside its hits, where they are not all that holds the text."""

from __future__ import annotations

from typing import Final

UNDATED: Final = (
    "1 unit that holds it has no date, and the chosen days leave it out.",
    "{n:,} units that hold it have no date, and the chosen days leave them out.",
)
"""Told of units whose day nobody knows: of one, and of more."""

ALONE: Final = (
    "1 sentence that holds it has no translation.",
    "{n:,} sentences that hold it have no translation.",
)
"""Told of null links that hold the text: of one, and of more."""


def counted(count: int, told: tuple[str, str]) -> str:
    """Say how many there are; nothing of none.

    >>> counted(0, ALONE), counted(1200, ALONE)
    ('', '1,200 sentences that hold it have no translation.')
    """
    return told[count > 1].format(n=count) if count else ""
