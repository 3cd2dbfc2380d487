"""Which writer a file's suffix asks for; every one is called in the same way."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from tmx_out.languages import DEFAULT_LANGUAGES
from tmx_out.write.links import write_links
from tmx_out.write.parquet import write_parquet
from tmx_out.write.tmx import write_tmx
from tmx_out.write.tsv import write_tsv
from tmx_out.write.xlsx import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from align import Alignment
    from corpora import Language
    from corpora.atomic import Target
    from tmx_out.report import WriteReport


class Writer(Protocol):
    """Writes alignments into one file, whole or not at all; the same input, the same bytes."""

    def __call__(
        self,
        target: Target,
        alignments: Iterable[Alignment],
        /,
        *,
        source: Language = "zh",
        languages: Mapping[Language, str] = DEFAULT_LANGUAGES,
        created: datetime | None = None,
        min_confidence: float = 0.0,
    ) -> WriteReport:
        """Write; a writer takes no notice of what has no sense in its format."""
        ...


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        ".tmx": write_tmx,
        ".tsv": write_tsv,
        ".xlsx": write_xlsx,
        ".parquet": write_parquet,
        ".links": write_links,
    }
)
"""Suffix, lower case with its dot → writer."""
