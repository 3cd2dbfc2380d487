"""Cells of a table that hold figures and no words: no text to be translated."""

from __future__ import annotations

from typing import Final

from corpora.lazy import lazy_pattern

FIGURES: Final = "figures in a table"
"""The reason that readers give for such a line."""

_SIGNS: Final = lazy_pattern(r"[\d\s\u00a0.,:/()\[\]+=<>≤≥±×%‰$€£¥*–—―−⁰¹²³⁴-⁹-]+年?")
_FIGURE: Final = lazy_pattern(r"[\d–—―−-]")


def is_figures(text: str) -> bool:
    """Whether a cell's text is figures, signs and dashes alone; ``2031年`` is a figure too."""
    return _SIGNS.fullmatch(text) is not None and _FIGURE.search(text) is not None
