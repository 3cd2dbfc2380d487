"""A file of ours that is there but does not hold what we wrote, and what helps."""

from __future__ import annotations

from pathlib import Path

from corpora.errors import UserError


class DamagedError(UserError):
    """A file of the workspace is damaged.

    Args:
        path: of the file, or its name in an object store.
        cure: what makes it anew or brings it back, in words that end a sentence.
    """

    def __init__(self, path: Path | str, cure: str) -> None:
        super().__init__(f"{path} is damaged: {cure}.")
        self.path = path
