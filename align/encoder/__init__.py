"""How a sentence becomes a vector."""

from typing import TYPE_CHECKING

from corpora.lazy import loader

if TYPE_CHECKING:
    from align.encoder.directions import unit_rows
    from align.encoder.load import Encoder, load_encoder
    from align.encoder.static import StaticEncoder

__all__ = ["Encoder", "StaticEncoder", "load_encoder", "unit_rows"]

__getattr__ = loader(
    __name__,
    {
        "directions": ("unit_rows",),
        "load": ("Encoder", "load_encoder"),
        "static": ("StaticEncoder",),
    },
)
