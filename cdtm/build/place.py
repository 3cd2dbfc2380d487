"""Where files lie: a folder of this machine, or a place in an object store.

A place is written as a path, or as a URL that fsspec knows (``s3://bucket/records``; the extra
``cluster``). Workers of a cluster reach the same files by it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from corpora import UserError
from corpora.atomic import atomic_write


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, here or in an object store; can be pickled and sent to workers.

    Attributes:
        root: a path, or a URL with ``://``.
    """

    root: str

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine."""
        return "://" not in self.root

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes; None if there is no such file."""
        try:
            if self.is_local:
                return Path(self.root, name).read_bytes()
            content: bytes = self._files().cat_file(self._path(name))
        except (FileNotFoundError, ValueError):  # a name that no file can have, of a damaged list
            return None
        return content

    def write(self, name: str, data: bytes, *, lasting: bool = False) -> None:
        """Write a file whole or not at all; its folders are made.

        Args:
            name: of the file.
            data: its bytes.
            lasting: whether it must outlive a power cut that follows at once.
        """
        if self.is_local:
            path = Path(self.root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_write(path, lasting=lasting) as stream:
                stream.write(data)
        else:
            self._files().pipe_file(self._path(name), data)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self.is_local:
            Path(self.root, name).unlink(missing_ok=True)
        elif self._files().exists(self._path(name)):
            self._files().rm_file(self._path(name))

    def details(self) -> Iterator[tuple[str, int, int]]:
        """Give the files at any depth of an object store: path, bytes, nanoseconds since 1970.

        A store that does not tell times gives 0 there: a changed file is then told by its size.
        """
        files = self._files()
        root = str(files._strip_protocol(self.root)).rstrip("/")
        for path, told in files.find(root, detail=True).items():
            changed = told.get("LastModified") or told.get("mtime") or told.get("created")
            seconds = changed.timestamp() if hasattr(changed, "timestamp") else changed or 0
            yield str(path)[len(root) + 1 :], int(told["size"]), int(seconds * 1e9)

    @contextmanager
    def local(self, name: str) -> Iterator[Path]:
        """Give a file of this machine with the content and the name of the one that is meant.

        Raises:
            UserError: there is none.
        """
        if self.is_local:
            yield Path(self.root, name)
            return
        data = self.read(name)
        if data is None:
            raise UserError(f"There is no file {name} in {self.root}: look whether it was moved.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, PurePosixPath(name).name)
            path.write_bytes(data)
            yield path

    def _files(self) -> Any:
        try:
            from fsspec.core import url_to_fs

            return url_to_fs(self.root)[0]
        except ImportError as error:
            raise UserError(
                f"{self.root} needs {error.name}: pip install 'cdtm[cluster]', and the package of "
                "your store (s3fs, gcsfs, adlfs)."
            ) from error

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"
