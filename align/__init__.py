"""From two documents to an alignment: encode, neighbours, band, dynamic program, confidence."""

from align.alignment import Alignment, Bead, Span
from align.encoder import Encoder, load_encoder
from align.pair import align_pair
from align.settings import Settings

__all__ = ["Alignment", "Bead", "Encoder", "Settings", "Span", "align_pair", "load_encoder"]
