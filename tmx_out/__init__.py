"""From alignments to files that a CAT tool, a spreadsheet or a script reads."""

from typing import TYPE_CHECKING

from corpora.lazy import loader
from tmx_out.units import Context, Unit, units  # at once: `units` is a module's name, too

if TYPE_CHECKING:
    from tmx_out.links import write_links
    from tmx_out.report import Skipped, WriteReport
    from tmx_out.tmx import write_tmx
    from tmx_out.tmx_reader import read_tmx
    from tmx_out.tsv import write_tsv
    from tmx_out.validate import validate_tmx
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
        "links": ("write_links",),
        "report": ("Skipped", "WriteReport"),
        "tmx": ("write_tmx",),
        "tmx_reader": ("read_tmx",),
        "tsv": ("write_tsv",),
        "validate": ("validate_tmx",),
        "writers": ("WRITERS", "Writer"),
    },
)
