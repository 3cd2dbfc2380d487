"""Units or beads as a spreadsheet: a row each, under a header that stays in sight.

Rows are written as they come and not kept, so memory does not grow with them.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from tmx_out.write.sheet import Sheet, open_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmx_out.write.sinks import Options


class XlsxSink:
    """An open workbook that takes rows one by one; full when its sheet is."""

    def __init__(
        self, streams: Sequence[IO[bytes]], options: Options, _max_bytes: int | None = None
    ) -> None:
        """Write the header row; a workbook is packed at the end, so bytes set it no limit."""
        self._table = options.table
        import tempfile  # as xlsxwriter, late: a TMX needs neither

        self._folder = tempfile.TemporaryDirectory(prefix="cdtm-")
        self._book = open_workbook(streams[0], aside=self._folder.name, created=options.created)
        self._sheet = Sheet(self._book, "units", self._table.columns)

    def add(self, item: Any) -> bool:
        """Write the item's row, with an empty cell for no text, or tell that the sheet is full."""
        return self._sheet.add([None if cell == "" else cell for cell in self._table.row(item)])

    def close(self) -> None:
        """Pack the workbook into its stream."""
        self._sheet.end()
        self._book.close()
        self._folder.cleanup()

    def discard(self) -> None:
        """Give up what was not closed; after `close` there is nothing to give up."""
        self._sheet.discard()
        self._folder.cleanup()
