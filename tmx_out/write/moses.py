"""Units as plain text in two files of equal length, a unit a line: what Moses and OPUS call it.

Machine translation trainers read two files ``cd.zh`` and ``cd.en``, in which lines of one number
belong together. There is nothing but text in them, so `cdtm align --segmented` reads them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmx_out.write.sinks import TextSink

if TYPE_CHECKING:
    from tmx_out.units import Unit


class MosesSink(TextSink["Unit"]):
    """Two open text files, the Chinese one first, that take clean units one by one, a line each."""

    def render(self, item: Unit) -> tuple[bytes, bytes]:
        """Give both lines; a clean text holds no line break."""
        return f"{item.zh}\n".encode(), f"{item.en}\n".encode()
