"""An alignment as sentence numbers; the format is that of `align.links`."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from align.links import format_link
from tmx_out.write.sinks import Options, TextSink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmx_out.write.columns import BeadRow


class LinksSink(TextSink["BeadRow"]):
    """An open list of links that takes every bead, for one with some left out could not be judged.

    Links are Chinese first, whatever the direction.
    """

    def __init__(
        self, streams: Sequence[IO[bytes]], _options: Options, max_bytes: int | None = None
    ) -> None:
        """Begin; the arguments are those of every sink."""
        super().__init__(streams, (b"",), (b"",), max_bytes)

    def render(self, item: BeadRow) -> tuple[bytes]:
        """Give the bead's line."""
        return (f"{format_link(item.bead)}\n".encode("ascii"),)
