"""Files that are either whole or not there.

Every writer of the house writes through `atomic_write`: into a temporary file in the same folder,
renamed when all is written. An error or Ctrl-C leaves the former file as it was.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Target = str | os.PathLike[str] | IO[bytes]
"""Where a writer writes: a path, or a binary stream that the caller opened and closes."""


@contextmanager
def atomic_write(target: Target) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when the block has ended well.

    A link is followed, an existing file's permissions are kept, and what is no regular file
    (``/dev/stdout``) is written directly. A stream is handed through: its owner cares for it.

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
    written = path if device else path.parent / f".cdtm-{secrets.token_hex(6)}.part"
    try:
        with written.open("wb" if device else "xb") as stream:
            yield stream
        if not device:
            _rename(written, path)
    except BaseException as error:
        if not device:
            with suppress(OSError):
                written.unlink()
        # An error without a file name comes from the stream (a full disk); one with another
        # name comes from what the caller does in the block, and is the caller's to explain.
        if isinstance(error, OSError) and error.filename in (None, str(written)):
            raise UserError(_refusal(path, error)) from error
        raise


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
        staged = folder / f".cdtm-{secrets.token_hex(6)}.part"
        try:
            stream = staged.open("xb", buffering=_BUFFER)
        except OSError as error:
            raise UserError(_refusal(folder, error)) from error
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
            raise UserError(_refusal(folder, error)) from error


def _rename(temporary: Path, path: Path) -> None:
    if path.exists():
        temporary.chmod(path.stat().st_mode & 0o777)
    temporary.replace(path)


def _refusal(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{path} cannot be written ({reason}): free it or the disk, or write elsewhere."
