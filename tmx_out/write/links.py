"""An alignment as sentence numbers; the format is that of `align.links`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.links import format_link
from tmx_out.write.sinks import TextSink

if TYPE_CHECKING:
    from tmx_out.write.columns import BeadRow


class LinksSink(TextSink["BeadRow"]):
    """An open list of links that takes every bead, for one with some left out could not be judged.

    Links are Chinese first, whatever the direction.
    """

    def render(self, item: BeadRow) -> tuple[bytes]:
        """Give the bead's line."""
        return (f"{format_link(item.bead)}\n".encode("ascii"),)
