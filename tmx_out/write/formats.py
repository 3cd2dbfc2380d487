"""Which format a suffix asks for when units stream into files: `cdtm export`.

`tmx_out.writers` is the like for alignments: `cdtm align`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Final

from tmx_out.write import moses
from tmx_out.write.moses import MosesSink
from tmx_out.write.parquet import ParquetSink
from tmx_out.write.tmx import TmxSink
from tmx_out.write.tsv import TsvSink
from tmx_out.write.xlsx import XlsxSink

if TYPE_CHECKING:
    from tmx_out.write.sinks import Options, Sink

Opener = Callable[[Sequence[IO[bytes]], "Options", int | None], "Sink"]
"""Begins files on open streams; the number is that of bytes which none may be longer than."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of `cdtm export`.

    Attributes:
        open: begins its files.
        suffixes: of the files that one part of the memory is written into.
        row: what a unit is called in it.
        bytes_limited: whether a number of bytes can limit its files; what is packed at the end
            does not know how long it will be.
    """

    open: Opener
    suffixes: tuple[str, ...]
    row: str = "unit"
    bytes_limited: bool = True


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".tmx": Format(TmxSink, (".tmx",)),
        ".tsv": Format(TsvSink, (".tsv",), row="row"),
        ".xlsx": Format(XlsxSink, (".xlsx",), row="row", bytes_limited=False),
        ".parquet": Format(ParquetSink, (".parquet",), row="row", bytes_limited=False),
        ".moses": Format(MosesSink, moses.SUFFIXES, row="line"),
    }
)
"""Suffix, lower case with its dot → format."""
"""A name that ends in `.moses` stands for two files, ``cd.zh`` and ``cd.en`` for ``cd.moses``."""
