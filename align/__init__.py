"""From two documents to an alignment: encode, neighbours, band, dynamic program, confidence."""

from align.alignment import Alignment, Bead, Span

__all__ = ["Alignment", "Bead", "Span"]
