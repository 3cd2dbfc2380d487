"""Write an alignment as sentence numbers; the format is that of `align.links`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.links import format_links
from corpora import UserError
from corpora.atomic import Target, atomic_write
from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.report import WriteReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from align import Alignment
    from corpora import Language


def write_links(
    target: Target,
    alignments: Alignment | Iterable[Alignment],
    *,
    source: Language = "zh",
    languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
    created: datetime | None = None,
    min_confidence: float = 0.0,
) -> WriteReport:
    """Write every bead of one alignment, null links too.

    The other arguments are those of every writer and change nothing here: links are always
    Chinese first, and a list of links with some left out could not be evaluated.

    Raises:
        UserError: there is not exactly one alignment, or the file cannot be written.
    """
    from align import Alignment

    both = [alignments] if isinstance(alignments, Alignment) else list(alignments)
    if len(both) != 1:
        raise UserError(
            f"A .links file holds the links of one pair, not of {len(both)}: "
            "write one file a pair, or a .tsv."
        )
    beads = both[0].beads
    with atomic_write(target) as stream:
        for line in format_links(beads):
            stream.write(line.encode("ascii"))
    return WriteReport(written=len(beads))
