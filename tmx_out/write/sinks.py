"""What every format has in common when items stream into it: an open file that takes them.

A sink is pushed to rather than pulling, so that one pass over a memory fills several files, and a
full file can make way for the next (`tmx_out.write.parts`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.write.columns import UNIT_TABLE, Table
from tmx_out.write.profiles import GENERIC, Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from corpora import Language

T_contra = TypeVar("T_contra", contravariant=True)
"""What a format takes: `tmx_out.units.Unit`, `tmx_out.write.columns.BeadRow`, or both."""


@dataclass(frozen=True, slots=True)
class Options:
    """How items are written; a format takes no notice of what has no sense in it.

    Attributes:
        source: the language that stands first in TMX.
        languages: the code of each language, BCP 47.
        created: dates the file, and the units that have no date; None leaves them undated.
        profile: the tool that a TMX is for.
        tuids: whether units carry a `tuid`, if those of the profile do.
        signature: what made the alignments.
        version: of the tool; None takes the installed one.
        segtype: what a unit of TMX is.
        table: a row a unit, or a row a bead.
    """

    source: Language = "zh"
    languages: Mapping[Language, str] = field(default_factory=lambda: DEFAULT_LANGUAGES)
    created: datetime | None = None
    profile: Profile = GENERIC
    tuids: bool = True
    signature: str | None = None
    version: str | None = None
    segtype: Literal["sentence", "phrase"] = "sentence"
    table: Table = UNIT_TABLE


class Sink(Protocol[T_contra]):
    """One open file, or one open set of files that belong together."""

    def add(self, item: T_contra, /) -> bool:
        """Write a clean item; False, with nothing written, if the file has no more room.

        An empty file has room for any item.
        """
        ...

    def close(self) -> None:
        """Write the end; the streams stay open, they are the caller's."""
        ...

    def discard(self) -> None:
        """Free what a sink that is not closed holds; after `close` it does nothing."""
        ...


class TextSink(Generic[T_contra]):
    """A sink whose files are text: a head, a piece an item, an end."""

    end = b""

    def __init__(
        self, streams: Sequence[IO[bytes]], options: Options, max_bytes: int | None = None
    ) -> None:
        """Write the heads.

        Args:
            streams: the files.
            options: how the items are written.
            max_bytes: that none of the files may be longer than; None sets no limit.
        """
        self._streams = streams
        self._max_bytes = max_bytes
        self._empty = True
        head = self.head(options)
        self._sizes = [stream.write(head) or 0 for stream in streams]

    def head(self, _options: Options) -> bytes:
        """Make ready for the options, and give what each file begins with."""
        return b""

    def render(self, item: T_contra, /) -> tuple[bytes, ...]:
        """Give the piece of each file that says the item."""
        raise NotImplementedError

    def add(self, item: T_contra, /) -> bool:
        """Write the item into every file, or tell that one of them would grow too long."""
        pieces = self.render(item)
        if self._max_bytes is not None:
            grown = [size + len(piece) for size, piece in zip(self._sizes, pieces, strict=True)]
            if not self._empty and max(grown) + len(self.end) > self._max_bytes:
                return False
            self._sizes, self._empty = grown, False
        for stream, piece in zip(self._streams, pieces, strict=True):
            stream.write(piece)
        return True

    def close(self) -> None:
        """Write the ends."""
        for stream in self._streams:
            stream.write(self.end)

    def discard(self) -> None:
        """Do nothing: all is in the streams."""
