"""From a record's file to its physical lines, whatever the file's format.

The format is told from the content (magic bytes), never from the suffix: downloaded records are
often misnamed. Every line that holds anything comes out, furniture included, in reading order;
telling furniture from text is the work of `corpora.furniture`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpora.document import Line

Kind = Literal["txt", "pdf", "docx"]


@dataclass(frozen=True, slots=True)
class RawText:
    """What a file says, line by line, before anything is repaired or left out.

    Attributes:
        lines: every line that holds anything, furniture included, in reading order; the numbers
            run 1, 2, 3 … without holes.
        kind: the format that the content was recognised as.
        encoding: how the bytes were decoded, ``utf-8``, ``gb18030`` …; ``""`` for PDF and DOCX.
        notes: sentences for the user about what was found, in the order of finding.
        sha256: of the file's bytes, hexadecimal.
        name: the file's name without its folder.
        furniture: what the *file itself* says is no running text: line number → a short reason,
            ``running header`` and ``running footer`` (DOCX header and footer parts),
            ``footnote``, ``margin text`` (PDF, text turned by 90 degrees). Lines that are not
            here may be furniture all the same: a TXT says nothing.
    """

    lines: tuple[Line, ...]
    kind: Kind
    encoding: str
    notes: tuple[str, ...]
    sha256: str
    name: str
    furniture: Mapping[int, str] = field(default_factory=dict)


def read_lines(path: Path, *, encoding: str | None = None) -> RawText:
    """Read a record's file into its physical lines.

    Args:
        path: a TXT, PDF or DOCX file.
        encoding: the encoding of a TXT when the guess is wrong; ignored for PDF and DOCX.

    Raises:
        RecordError: the file cannot be read as a record; the text says why and what to do.
    """
    raise NotImplementedError


def lines_of(text: str) -> tuple[Line, ...]:
    """Split text in memory into `Line`s, as `read_lines` does for a TXT file."""
    raise NotImplementedError
