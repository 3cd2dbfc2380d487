"""The formats, a row each, and the one way in which all of them are written.

`cdtm align` writes alignments with `WRITERS`, `cdtm export` streams the units of a memory into the
sinks of `FORMATS` (`tmx_out.write.parts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final, Literal, TypedDict, Unpack

from align import Alignment
from corpora import Language, UserError
from corpora.atomic import Target, atomic_write
from tmx_out.selection import AllBeads, Repeats, Selection
from tmx_out.units import Unit
from tmx_out.write.columns import BEAD_TABLE
from tmx_out.write.links import LinksSink
from tmx_out.write.moses import MosesSink
from tmx_out.write.parquet import ParquetSink
from tmx_out.write.sinks import Options, Sink
from tmx_out.write.tmx import TmxSink
from tmx_out.write.tsv import CsvSink, TsvSink
from tmx_out.write.xlsx import XlsxSink

if TYPE_CHECKING:
    from datetime import datetime

    from tmx_out.selection import WriteReport
    from tmx_out.write.profiles import Profile

Opener = Callable[[Sequence[IO[bytes]], Options, int | None], Sink[Any]]
"""Begins files on open streams; the number is that of bytes which none may be longer than."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        open: begins its files.
        suffixes: of the files that one memory is written into.
        takes: ``units``, those of a memory; ``beads``, those of an alignment, null links too. Of
            alignments a format that takes no beads gets the units.
        row: what one of them is called in it.
        bytes_limited: whether a number of bytes can limit its files; what is packed at the end
            does not know how long it will be.
        texts: whether it holds texts; numbers of sentences alone must be of one pair.
    """

    open: Opener
    suffixes: tuple[str, ...]
    takes: tuple[Literal["units", "beads"], ...] = ("units", "beads")
    row: str = "row"
    bytes_limited: bool = True
    texts: bool = True


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".tmx": Format(TmxSink, (".tmx",), ("units",), row="unit"),
        ".tsv": Format(TsvSink, (".tsv",)),
        ".csv": Format(CsvSink, (".csv",)),
        ".xlsx": Format(XlsxSink, (".xlsx",), bytes_limited=False),
        ".parquet": Format(ParquetSink, (".parquet",), bytes_limited=False),
        ".links": Format(LinksSink, (".links",), ("beads",), texts=False),
        ".moses": Format(MosesSink, (".zh", ".en"), ("units",), row="line"),
    }
)
"""Suffix, lower case with its dot → format.

A name that ends in `.moses` stands for two files, ``cd.zh`` and ``cd.en`` for ``cd.moses``.
"""

UNIT_FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {suffix: form for suffix, form in FORMATS.items() if "units" in form.takes}
)
"""The formats of a memory: `cdtm export`."""

Item = Unit | Alignment


def write(
    target: Target,
    items: Item | Iterable[Item],
    form: Format,
    options: Options | None = None,
    *,
    min_confidence: float = 0.0,
    repeats: Repeats = "once",
) -> WriteReport:
    """Write items into one file, whole or not at all; the same arguments give the same bytes.

    Every bead of the alignments is written if the format takes beads, so that nothing is lost;
    otherwise the units of them that `tmx_out.selection.Selection` chooses.

    Args:
        target: a path or a binary stream.
        items: alignments; or, if the format takes no beads, units too; in the order of the file.
            An iterator is not gathered.
        form: the format, of one file.
        options: how they are written. Without a signature the header says that of the alignments
            if they are given as a sequence. The profile's limit of a file's size is not looked at
            here, `tmx_out.write.parts` writes several files.
        min_confidence: leave out units of beads below it, 0 to 1.
        repeats: ``once`` leaves out a unit whose source and target were written already, and
            keeps 32 to 64 bytes a unit in memory for it; ``keep`` writes it again, and does not
            look for rivals.

    Raises:
        UserError: a language code is wrong, the format cannot hold all, or the file cannot be
            written.
    """
    options = options or Options()
    if isinstance(items, Unit | Alignment):
        items = (items,)
    if options.signature is None:
        options = replace(options, signature=_signature_of(items))
    books: Any
    if "beads" in form.takes:
        books = AllBeads(form.texts)
        options = replace(options, table=BEAD_TABLE)
        items = items if form.texts else _only_one(items)
    else:
        longest = options.profile.max_segment
        books = Selection(options.source, min_confidence, repeats, options.created, longest)
    with atomic_write(target) as stream:
        sink = form.open([stream], options, None)
        try:
            for place, item in enumerate(books.choose(items)):
                if not sink.add(item):
                    raise UserError(
                        f"A sheet holds {place:,} rows and there are more: write a .tsv."
                    )
            sink.close()
        finally:
            sink.discard()
    report: WriteReport = books.report()
    return report


def _only_one(items: Iterable[Item]) -> Sequence[Item]:
    found = list(items)
    if len(found) != 1:
        raise UserError(
            f"A .links file holds the links of one pair, not of {len(found)}: "
            "write one file a pair, or a .tsv."
        )
    return found


def _signature_of(items: Iterable[Item]) -> str:
    if not isinstance(items, Sequence):
        return ""
    signatures = {item.signature: None for item in items if isinstance(item, Alignment)}
    return "; ".join(signature for signature in signatures if signature)


class OptionFields(TypedDict, total=False):
    """The fields of `tmx_out.write.sinks.Options` that a caller may give one by one."""

    source: Language
    languages: Mapping[Language, str]
    created: datetime | None
    profile: Profile
    tuids: bool
    signature: str | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes in one format.

    Attributes:
        form: the format.
    """

    form: Format

    def __call__(
        self,
        target: Target,
        items: Item | Iterable[Item],
        *,
        min_confidence: float = 0.0,
        repeats: Repeats = "once",
        **options: Unpack[OptionFields],
    ) -> WriteReport:
        """Write as `write` does, with fields of `tmx_out.write.sinks.Options` by their names.

        What has no sense in the format changes nothing.

        Raises:
            UserError: as `write`.
        """
        return write(
            *(target, items, self.form, Options(**options)),
            min_confidence=min_confidence,
            repeats=repeats,
        )


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {suffix: Writer(form) for suffix, form in FORMATS.items() if len(form.suffixes) == 1}
)
"""Suffix → writer of one file: `cdtm align`."""

write_tmx: Final = WRITERS[".tmx"]
write_tsv: Final = WRITERS[".tsv"]
write_links: Final = WRITERS[".links"]
