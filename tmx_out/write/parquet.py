"""Units or beads as Parquet, for programs: the columns of the table, with their types."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from tmx_out.write.columns import Cell
    from tmx_out.write.sinks import Options

ROWS_AT_ONCE: Final = 50_000
"""Rows that are gathered in memory, and that a row group holds: about 20 MB of text."""


class ParquetSink:
    """An open Parquet file that takes rows one by one, and lays them aside in a nameless file.

    polars writes all of them at once.
    """

    def __init__(
        self, streams: Sequence[IO[bytes]], options: Options, _max_bytes: int | None = None
    ) -> None:
        """Begin; the file is packed at its end, so bytes set it no limit."""
        self._stream = streams[0]
        self._table = options.table
        self._rows: list[Sequence[Cell]] = []
        self._folder: Any = None
        self._aside: list[Path] = []

    def add(self, item: Any) -> bool:
        """Take the item's row."""
        self._rows.append(self._table.row(item))
        if len(self._rows) >= ROWS_AT_ONCE:
            self._lay_aside()
        return True

    def close(self) -> None:
        """Write the file into its stream, group by group in the order given."""
        import polars as pl

        if not self._aside:
            buffer = io.BytesIO()
            self._frame().write_parquet(buffer, row_group_size=ROWS_AT_ONCE)
            self._stream.write(buffer.getvalue())
            return
        self._lay_aside()
        pl.scan_ipc(self._aside).sink_parquet(
            self._stream, row_group_size=ROWS_AT_ONCE, maintain_order=True
        )
        self.discard()

    def discard(self) -> None:
        """Remove the rows that were laid aside; after `close` there are none."""
        self._rows = []
        if self._folder is not None:
            self._folder.cleanup()

    def _lay_aside(self) -> None:
        if self._folder is None:
            import tempfile

            self._folder = tempfile.TemporaryDirectory(prefix="cdtm-")
        path = Path(self._folder.name) / f"{len(self._aside):06d}.arrow"
        self._frame().write_ipc(path)
        self._aside.append(path)

    def _frame(self) -> pl.DataFrame:
        import polars as pl

        kinds = {"text": pl.String, "integer": pl.Int64, "decimal": pl.Float64, "date": pl.Date}
        schema = {column.name: kinds[column.kind] for column in self._table.columns}
        frame = pl.DataFrame(self._rows, schema=schema, orient="row")
        self._rows = []
        return frame
