"""Write alignments as a table, one row a bead, null links too: nothing is left out.

The table is made to be opened in a spreadsheet as well as by a program. So it begins with a byte
order mark (Excel takes a file without one for the local 8-bit code), cells with a quotation mark
are quoted as in CSV, and a text that a spreadsheet would run as a formula is guarded with an
apostrophe. Read it with `csv.reader(open(path, encoding="utf-8-sig", newline=""), "excel-tab")`
and `unguard`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from corpora.atomic import Target, atomic_write
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.report import WriteReport
from tmx_out.selection import unique_prefix
from tmx_out.units import bead_id, document_symbol, join_sentences, speaker_name
from tmx_out.write.columns import BEAD_TABLE, UNIT_TABLE, Cell, cell_text, read_cell, unit_row
from tmx_out.write.sinks import Options, TextSink
from tmx_out.xml_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import IO

    from align import Alignment, Bead, Span
    from corpora import Document, Language, Sentence
    from tmx_out.units import Unit

COLUMNS = tuple(column.name for column in BEAD_TABLE)
"""The header row.

The bead's kind is two numbers, `count_zh` and `count_en`, for a spreadsheet makes a day of January
of ``1-2``; for the same reason `sentences_*` is a range such as ``41..42``. Numbers of sentences,
paragraphs and pages are 1-based.
"""

_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


def write_tsv(
    target: Target,
    alignments: Alignment | Iterable[Alignment],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
) -> WriteReport:
    """Write every bead of the alignments as a row under the header `COLUMNS`.

    The columns are the same for either direction, and no confidence is too low for the table:
    the other arguments are those of every writer and change nothing here.

    Raises:
        UserError: the file cannot be written.
    """
    from align import Alignment

    alignments = [alignments] if isinstance(alignments, Alignment) else alignments
    written = removed = 0
    with atomic_write(target) as stream:
        stream.write(_BOM + _line(COLUMNS))
        for cells, count in _clean_beads(alignments):
            stream.write(_line(guard(text) for text in cells))
            removed += count
            written += 1
    return WriteReport(written=written, removed_characters=removed)


def bead_rows(alignments: Iterable[Alignment]) -> Iterator[tuple[tuple[Cell, ...], int]]:
    """Give a row of `tmx_out.write.columns.BEAD_TABLE` for every bead, null links too.

    Yields:
        the cells, with clean texts, and how many characters outside XML 1.0 were taken out.
    """
    for texts, removed in _clean_beads(alignments):
        cells = zip(texts, BEAD_TABLE, strict=True)
        yield tuple(read_cell(text, column) for text, column in cells), removed


def _clean_beads(alignments: Iterable[Alignment]) -> Iterator[tuple[list[str], int]]:
    prefixes: set[str] = set()
    for alignment in alignments:
        prefix = unique_prefix(alignment, prefixes)
        for bead in alignment.beads:
            cells = [clean_text(cell) for cell in _cells(bead, alignment, prefix)]
            yield [text for text, _ in cells], sum(count for _, count in cells)


class TsvSink(TextSink):
    """An open table that takes clean units one by one, a row each (`UNIT_TABLE`)."""

    def __init__(
        self, streams: Sequence[IO[bytes]], _options: Options, max_bytes: int | None = None
    ) -> None:
        """Write the header row; the arguments are those of every sink."""
        names = _line(column.name for column in UNIT_TABLE)
        super().__init__(streams, ((_BOM + names).decode(),), ("",), max_bytes)

    def render(self, unit: Unit) -> tuple[str]:
        """Give the unit's row."""
        return (_line(guard(cell_text(cell)) for cell in unit_row(unit)).decode(),)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula (= + - @).

    Texts that begin with apostrophes and then such a sign get one more, so that `unguard` gives
    every text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """Take the apostrophe of `guard` away."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _cells(bead: Bead, alignment: Alignment, prefix: str) -> Iterator[str]:
    """Give the cells of a row in the order of `COLUMNS`."""
    zh, en = alignment.zh, alignment.en
    first_zh, first_en = _first(zh, bead.zh), _first(en, bead.en)
    day = zh.date or en.date
    yield bead_id(bead, prefix)
    yield str(bead.zh[1] - bead.zh[0])
    yield str(bead.en[1] - bead.en[0])
    yield f"{bead.confidence:.4f}"
    yield join_sentences(zh.sentences[slice(*bead.zh)], "zh")
    yield join_sentences(en.sentences[slice(*bead.en)], "en")
    yield document_symbol(alignment)
    yield "" if day is None else day.isoformat()
    yield speaker_name(first_zh.speaker if first_zh else None)
    yield speaker_name(first_en.speaker if first_en else None)
    yield str(first_zh.paragraph + 1) if first_zh else ""
    yield str(first_en.paragraph + 1) if first_en else ""
    yield str(first_zh.page or "") if first_zh else ""
    yield str(first_en.page or "") if first_en else ""
    yield _numbers(bead.zh)
    yield _numbers(bead.en)
    yield ",".join(bead.flags)


def _first(document: Document, span: Span) -> Sentence | None:
    return document.sentences[span[0]] if span[0] < span[1] else None


def _numbers(span: Span) -> str:
    start, end = span[0] + 1, span[1]
    if start > end:
        return ""
    return str(start) if start == end else f"{start}..{end}"


def _line(cells: Iterable[str]) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row, "excel-tab", lineterminator="\n").writerow(cells)
    return row.getvalue().encode()


_BOM = codecs.BOM_UTF8
