"""From alignments to files that a CAT tool, a spreadsheet or a script reads."""

from typing import TYPE_CHECKING

from corpora.lazy import loader
from tmx_out.units import Context, Unit, units  # at once: `units` is a module's name, too

if TYPE_CHECKING:
    from tmx_out.check.validate import validate_tmx
    from tmx_out.selection import Skipped, WriteReport
    from tmx_out.tmx_reader import read_tmx
    from tmx_out.write.formats import WRITERS, Writer, write_links, write_tmx, write_tsv

__all__ = [
    "WRITERS",
    "Context",
    "Skipped",
    "Unit",
    "WriteReport",
    "Writer",
    "read_tmx",
    "units",
    "validate_tmx",
    "write_links",
    "write_tmx",
    "write_tsv",
]

__getattr__ = loader(
    __name__,
    {
        "check.validate": ("validate_tmx",),
        "selection": ("Skipped", "WriteReport"),
        "tmx_reader": ("read_tmx",),
        "write.formats": ("WRITERS", "Writer", "write_links", "write_tmx", "write_tsv"),
    },
)
