"""From two documents to an alignment: encode, neighbours, band, dynamic program, confidence."""

from typing import TYPE_CHECKING

from corpora.lazy import loader

if TYPE_CHECKING:
    from align.alignment import Alignment, Bead, Span
    from align.encoder.load import Encoder, load_encoder
    from align.pair import align_pair
    from align.settings import Settings

__all__ = ["Alignment", "Bead", "Encoder", "Settings", "Span", "align_pair", "load_encoder"]

__getattr__ = loader(
    __name__,
    {
        "alignment": ("Alignment", "Bead", "Span"),
        "encoder.load": ("Encoder", "load_encoder"),
        "pair": ("align_pair",),
        "settings": ("Settings",),
    },
)
