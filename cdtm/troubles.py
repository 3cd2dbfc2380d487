"""Troubles of the machine, not of the user's making and not ours: what to say of them.

A full disk, a folder that may only be read, a limit of open files, a pipe whose reader has gone:
wherever they are met, the user gets one sentence and no traceback.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Final

CURES: Final = {
    errno.ENOSPC: "free some space, or write elsewhere",
    errno.EDQUOT: "free some space, or write elsewhere",
    errno.EFBIG: "write it in parts, or elsewhere",
    errno.EROFS: "write elsewhere",
    errno.EACCES: "ask its owner for permission, or write elsewhere",
    errno.EPERM: "ask its owner for permission, or write elsewhere",
    errno.EMFILE: "allow more open files: ulimit -n 1024",
    errno.ENFILE: "close other programs",
    errno.ENOMEM: "close other programs, or take fewer workers",
    errno.EIO: "look whether the disk is sound",
    errno.EBADF: "open the output that was closed",
    errno.EISDIR: "it must be a file: move the folder elsewhere",
    errno.ENOTDIR: "it must be a folder: move the file elsewhere",
    errno.ENAMETOOLONG: "give a shorter name",
    errno.ELOOP: "give the file that the link should lead to",
}
"""What to do about an error of the system, by its number."""

_OF_SQLITE: Final = {
    "database or disk is full": errno.ENOSPC,
    "attempt to write a readonly database": errno.EROFS,
    "disk I/O error": errno.EIO,
    "unable to open database file": errno.EACCES,
}
"""SQLite tells numbers of its own, and words."""


def sentence_about(error: BaseException) -> str | None:
    """Say what the matter is and what to do, if the machine is to blame; None if it is not.

    >>> sentence_about(OSError(errno.ENOSPC, "No space left on device", "cd.tmx"))
    'cd.tmx: No space left on device: free some space, or write elsewhere.'
    >>> sentence_about(ValueError("two")) is None
    True
    """
    if isinstance(error, MemoryError):
        return f"Out of memory: {CURES[errno.ENOMEM]}."
    number, said = (error.errno, error.strerror) if isinstance(error, OSError) else (None, None)
    if type(error).__module__ == "sqlite3":
        said = str(error)
        number = next((n for words, n in _OF_SQLITE.items() if said.startswith(words)), None)
    if number is None or number not in CURES:
        return None
    place = getattr(error, "filename", None)
    where = f"{os.fsdecode(place)}: " if isinstance(place, str | bytes | os.PathLike) else ""
    return f"{where}{said}: {CURES[number]}."


def drop_output() -> None:
    """Let what is still to be printed go nowhere, for it can go nowhere else."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
