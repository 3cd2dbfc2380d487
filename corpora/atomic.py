"""Files that are either whole or not there.

Every writer of the house writes through `atomic_write`: into a temporary file in the same folder,
renamed when all is written. An error or Ctrl-C leaves the former file as it was. What a killed
process left half written is removed by the next that writes into the same folder.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Final

from corpora import UserError

Target = str | os.PathLike[str] | IO[bytes]
"""Where a writer writes: a path, or a binary stream that the caller opened and closes."""


@contextmanager
def atomic_write(target: Target, *, lasting: bool = False) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when the block has ended well.

    A link is followed, an existing file's permissions are kept, and what is no regular file
    (``/dev/stdout``) is written directly. A stream is handed through: its owner cares for it.

    Args:
        target: a path, or a stream.
        lasting: whether it must outlive a power cut that follows at once.

    Raises:
        UserError: the folder is missing, or the file cannot be written.
    """
    if not isinstance(target, str | os.PathLike):
        yield target
        return
    path = Path(os.path.realpath(target))
    if path.is_dir():
        raise UserError(f"{target} is a folder: give the name of a file to write.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder {path.parent}: make it first, or write elsewhere.")
    device = path.exists() and not path.is_file()
    written = path if device else part_in(path.parent)
    try:
        with written.open("wb" if device else "xb") as stream:
            yield stream
            if lasting and not device:
                stream.flush()
                os.fsync(stream.fileno())
        if not device:
            _rename(written, path)
            if lasting:
                _sync_folder(path.parent)
    except BaseException as error:
        if not device:
            with suppress(OSError):
                written.unlink()
        # An error without a file name comes from the stream (a full disk); one with another
        # name comes from what the caller does in the block, and is the caller's to explain.
        if isinstance(error, OSError) and error.filename in (None, str(written)):
            raise UserError(refusal(path, error)) from error
        raise


def part_in(folder: Path) -> Path:
    """Name a file to be written in a folder and then renamed; leftovers there are removed."""
    if folder not in _SWEPT:
        _SWEPT.add(folder)
        remove_leftovers(folder)
    return folder / f".cdtm-{_machine()}-{os.getpid()}-{os.urandom(6).hex()}.part"


_SWEPT: Final = set[Path]()
"""Folders in which this process has looked for leftovers."""

HOUR: Final = 3600.0
"""Seconds after which a nameless file is a leftover where the system cannot say whose it is."""


def remove_leftovers(*folders: Path) -> None:
    """Remove what processes of this machine that have ended left half written."""
    for folder in folders:
        for part in folder.glob(".cdtm-*.part"):
            with suppress(OSError):
                if not _is_written(part):
                    part.unlink()


def _is_written(part: Path) -> bool:
    """Whether the process that began a file may still be at work."""
    machine, _, process = part.name.removeprefix(".cdtm-").rpartition("-")[0].partition("-")
    if machine and machine != _machine():
        return True
    if not machine or os.name == "nt":  # where asking for a process would end it
        return time.time() - part.stat().st_mtime < HOUR
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@cache
def _machine() -> str:
    """Tell this machine from others that write into a shared folder."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


def _sync_folder(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


_BUFFER = 1 << 18
"""Bytes that are written at a time: units are small."""


class Stage:
    """Files that appear under their names together, when all of them are written.

    For a memory in several files, of which the number, and so the names, are known only at the
    end. It is a context manager: `publish` in the block, or leave it and nothing has changed.
    """

    def __init__(self) -> None:
        self._staged: dict[Path, IO[bytes]] = {}

    def __enter__(self) -> Stage:
        return self

    def open(self, folder: Path) -> tuple[IO[bytes], Path]:
        """Open a nameless file in the folder that it will stay in.

        Returns:
            the stream, and the path by which `publish` knows it.

        Raises:
            UserError: nothing may be written there.
        """
        staged = part_in(folder)
        try:
            stream = staged.open("xb", buffering=_BUFFER)
        except OSError as error:
            raise UserError(refusal(folder, error)) from error
        self._staged[staged] = stream
        return stream, staged

    def close(self, staged: Path) -> None:
        """Close a file that is written to its end, so that not all stay open."""
        self._staged[staged].close()

    def publish(self, names: Mapping[Path, Path]) -> None:
        """Give every file its name, replacing what has it; a link is followed.

        Args:
            names: of each file, by what `open` told.
        """
        for staged, name in names.items():
            self.close(staged)
            _rename(staged, Path(os.path.realpath(name)))
            del self._staged[staged]

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        for staged, stream in self._staged.items():
            with suppress(OSError):
                stream.close()
            with suppress(OSError):
                staged.unlink()
        ours = [None, *(str(staged) for staged in self._staged)]
        if isinstance(error, OSError) and error.filename in ours:
            folder = next((staged.parent for staged in self._staged), Path())
            raise UserError(refusal(folder, error)) from error


def _rename(temporary: Path, path: Path) -> None:
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    temporary.replace(path)


def refusal(path: Path, error: OSError) -> str:
    """Say that a file cannot be written, and what to do."""
    reason = error.strerror or str(error)
    return f"{path} cannot be written ({reason}): free it or the disk, or write elsewhere."
