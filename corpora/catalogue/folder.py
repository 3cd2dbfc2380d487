"""Which files of a folder tree may be records: all that is listed, and all that is passed over.

A file is listed unless it is hidden or its suffix says that it is something else; what it really
is its content tells (`corpora.catalogue.examine`).
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpora.errors import UserError
from corpora.identify import language_of_name

SUFFIXES: Final = frozenset(
    {"", "txt", "text", "pdf", "docx", "doc", "rtf", "odt", "htm", "html", "xml", "tei"}
)
"""Suffixes of files that are looked into; those that cannot be read are then listed with the cure.
A file whose suffix is no word (`CD_PV.1579`) or names a language (`CD_PV.1579.zh`) is, too."""

_NO_FOLDERS: Final = frozenset({"__MACOSX", "__pycache__", "node_modules", "$RECYCLE.BIN"})
_NO_FILES: Final = frozenset({"thumbs.db", "desktop.ini"})


def list_files(root: Path) -> list[tuple[str, int, int]]:
    """List the files of a folder tree that may be records: path, bytes, nanoseconds since 1970.

    Files are told from others by `SUFFIXES`; hidden files and folders (``.git``, ``~$CD.docx``)
    are passed over, linked folders are not entered. `list_skipped` names what is passed over.

    Returns:
        Sorted by path; paths are relative to `root`, with forward slashes.

    Raises:
        UserError: `root` is no folder, or may not be read.
    """
    return sorted(found for found in _walk(root) if not isinstance(found, Skipped))


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A file or folder that `list_files` passes over, and why."""

    path: str
    reason: str


def list_skipped(root: Path) -> list[Skipped]:
    """Name what `list_files` passes over, sorted by path; a folder stands for all that is in it.

    Raises:
        UserError: `root` is no folder, or may not be read.
    """
    return sorted(found for found in _walk(root) if isinstance(found, Skipped))


def _walk(root: Path) -> Iterator[tuple[str, int, int] | Skipped]:
    if not root.is_dir():
        what = "a file" if root.exists() else "not there"
        raise UserError(f"{root} is {what}: give the folder that holds the records.")
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(root / folder))
        except OSError as problem:
            if not folder:
                raise UserError(
                    f"{root} may not be read ({problem.strerror}): ask its owner for permission."
                ) from None
            yield Skipped(folder, f"a folder that may not be read ({problem.strerror})")
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            reason = _why_skipped(entry)
            if reason is not None:
                # Bytes that are no UTF-8 are shown as escapes, for they cannot be printed.
                yield Skipped(os.fsencode(path).decode("utf-8", "backslashreplace"), reason)
            elif entry.is_dir():
                waiting.append(path)
            else:
                found = entry.stat()
                yield path, found.st_size, found.st_mtime_ns


def _why_skipped(entry: os.DirEntry[str]) -> str | None:
    """Say why a file or folder is passed over; None if it is not."""
    name = entry.name
    if name.startswith((".", "~$")) or name.lower() in _NO_FILES or name in _NO_FOLDERS:
        return "hidden, or put there by a program"
    try:
        name.encode()
        mode = entry.stat().st_mode
    except UnicodeEncodeError:
        return "its name is not in UTF-8: rename it"
    except OSError as problem:
        return f"it cannot be looked at ({problem.strerror})"
    if stat.S_ISDIR(mode):
        return "a linked folder: give it as the folder itself" if entry.is_symlink() else None
    if not stat.S_ISREG(mode):
        return "no file"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    is_word = re.fullmatch(r"[a-z]\w*", suffix) is not None
    if suffix in SUFFIXES or not is_word or language_of_name(name):
        return None
    return f"a .{suffix} file, which is no record"
