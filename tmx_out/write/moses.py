"""Units as plain text in two files of equal length, a unit a line: what Moses and OPUS call it.

Machine translation trainers read two files ``cd.zh`` and ``cd.en``, in which lines of one number
belong together. There is nothing but text in them, so `cdtm align --segmented` reads them too.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from tmx_out.write.sinks import Options, TextSink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmx_out.units import Unit

SUFFIXES: Final = (".zh", ".en")
"""Of the two files, in the order of the streams."""


class MosesSink(TextSink):
    """Two open text files that take clean units one by one, a line each."""

    def __init__(
        self, streams: Sequence[IO[bytes]], _options: Options, max_bytes: int | None = None
    ) -> None:
        """Begin; the arguments are those of every sink, with the Chinese file's stream first."""
        super().__init__(streams, ("", ""), ("", ""), max_bytes)

    def render(self, unit: Unit) -> tuple[str, str]:
        """Give both lines; a clean text holds no line break."""
        return f"{unit.zh}\n", f"{unit.en}\n"
