"""Units or beads as a table of text, a row each.

The table is made to be opened in a spreadsheet as well as by a program. So it begins with a byte
order mark (Excel takes a file without one for the local 8-bit code), cells with a quotation mark
are quoted as in CSV, and a text that a spreadsheet would run as a formula is guarded with an
apostrophe. Read it with `csv.reader(open(path, encoding="utf-8-sig", newline=""), "excel-tab")`
and `tmx_out.write.sheet.unguard`.
"""

from __future__ import annotations

import codecs
from typing import Any

from tmx_out.write.columns import cell_text
from tmx_out.write.sheet import text_row
from tmx_out.write.sinks import Options, TextSink


class TsvSink(TextSink[Any]):
    """An open table that takes items one by one, a row each."""

    delimiter = "\t"

    def head(self, options: Options) -> bytes:
        """Give the header row."""
        self._table = options.table
        return codecs.BOM_UTF8 + text_row(
            (column.name for column in self._table.columns), self.delimiter
        )

    def render(self, item: Any) -> tuple[bytes]:
        """Give the item's row."""
        return (text_row(map(cell_text, self._table.row(item)), self.delimiter),)


class CsvSink(TsvSink):
    """The same with commas, for programs that take no tabs."""

    delimiter = ","
