"""From alignments to files that a CAT tool, a spreadsheet or a script reads."""

from typing import TYPE_CHECKING

from corpora.lazy import loader
from tmx_out.units import Context, Unit, units  # at once: `units` is a module's name, too

if TYPE_CHECKING:
    from tmx_out.check.validate import validate_tmx
    from tmx_out.report import Skipped, WriteReport
    from tmx_out.tmx_reader import read_tmx
    from tmx_out.write.links import write_links
    from tmx_out.write.tmx import write_tmx
    from tmx_out.write.tsv import write_tsv
    from tmx_out.writers import WRITERS, Writer

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
        "write.links": ("write_links",),
        "report": ("Skipped", "WriteReport"),
        "write.tmx": ("write_tmx",),
        "tmx_reader": ("read_tmx",),
        "write.tsv": ("write_tsv",),
        "check.validate": ("validate_tmx",),
        "writers": ("WRITERS", "Writer"),
    },
)
