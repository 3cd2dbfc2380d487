"""A memory in as many files as its limits ask for, each of them whole by itself.

``cd.tmx`` if all fits into one file, else ``cd-001.tmx``, ``cd-002.tmx`` …
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from corpora.atomic import Stage
    from tmx_out.units import Unit
    from tmx_out.write.formats import Format
    from tmx_out.write.sinks import Options, Sink

DIGITS: Final = 3
"""Of a part's number; there are more digits from the thousandth part on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold; None sets no limit.

    Attributes:
        units: in a file.
        size: bytes of a file, where the format can tell them as it goes.
    """

    units: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What was written into one file, or into a set of files that belong together.

    Attributes:
        paths: of the files.
        units: in each of them.
        size: bytes of the largest of them.
    """

    paths: tuple[Path, ...]
    units: int
    size: int


@dataclass(slots=True)
class Parts:
    """Takes clean units one by one and begins another file whenever one is full.

    Nothing is opened before the first unit.

    Attributes:
        target: the name asked for; its suffix is replaced by those of the format.
        form: the format.
        options: how units are written.
        limits: of each file.
        stage: holds the files until all are written.
    """

    target: Path
    form: Format
    options: Options
    limits: Limits
    stage: Stage
    _sink: Sink[Unit] | None = None
    _count: int = 0
    _closed: list[tuple[tuple[Path, ...], int]] = field(default_factory=list)
    _open: tuple[Path, ...] = ()

    def add(self, unit: Unit) -> None:
        """Write the unit, into a new file if the one that is open has no room."""
        full = self._count == self.limits.units
        if self._sink is not None and not full and self._sink.add(unit):
            self._count += 1
            return
        if self._sink is not None:
            self._end()
        if not self._begin().add(unit):
            raise RuntimeError("an empty file has no room for a unit")
        self._count = 1

    def end(self) -> None:
        """End the last file; a memory without units gives one file without units."""
        if self._sink is None and not self._closed:
            self._begin()
        if self._sink is not None:
            self._end()

    def publish(self) -> list[Part]:
        """Give all files their names, after `end`, and tell what they hold."""
        stem = self.target.with_suffix("")
        parts: list[Part] = []
        names: dict[Path, Path] = {}
        for number, (staged, units) in enumerate(self._closed, start=1):
            several = len(self._closed) > 1
            name = f"{stem.name}-{number:0{DIGITS}d}" if several else stem.name
            paths = tuple(stem.with_name(name + suffix) for suffix in self.form.suffixes)
            names.update(zip(staged, paths, strict=True))
            size = max(path.stat().st_size for path in staged)
            parts.append(Part(paths, units, size))
        self.stage.publish(names)
        return parts

    def discard(self) -> None:
        """Free what an unfinished file holds; the stage removes the file itself."""
        if self._sink is not None:
            self._sink.discard()

    def _begin(self) -> Sink[Unit]:
        opened = [self.stage.open(self.target.parent) for _ in self.form.suffixes]
        self._open = tuple(path for _, path in opened)
        limit = self.limits.size if self.form.bytes_limited else None
        self._sink = self.form.open([stream for stream, _ in opened], self.options, limit)
        self._count = 0
        return self._sink

    def _end(self) -> None:
        assert self._sink is not None
        self._sink.close()
        for path in self._open:
            self.stage.close(path)
        self._closed.append((self._open, self._count))
        self._sink = None


def leftovers(target: Path, form: Format, parts: list[Part]) -> list[Path]:
    """Find files of an earlier, otherwise parted export of the same name, which would mislead."""
    stem = target.with_suffix("").name
    ours = {path.name for part in parts for path in part.paths}
    name = re.compile(
        rf"{re.escape(stem)}(-\d{{{DIGITS},}})?({'|'.join(map(re.escape, form.suffixes))})"
    )
    found = (path for path in target.parent.iterdir() if name.fullmatch(path.name))
    return sorted(path for path in found if path.name not in ours)
