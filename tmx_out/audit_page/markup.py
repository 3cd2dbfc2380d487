"""What the page's templates call upon: texts made short, shares, the paths of a strip."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

LONGEST = 240
"""Characters of a text in a list, about three lines: enough to know it again."""


def shortened(value: str, limit: int = LONGEST) -> str:
    """Cut a text off, with an ellipsis where something is gone.

    >>> shortened("disarmament", 7)
    'disarm…'
    """
    return value if len(value) <= limit else f"{value[: limit - 1].rstrip()}…"


def per_cent(share: float) -> str:
    """Write a share of 0 to 1 with one decimal; only all is 100 %, only none is 0 %.

    >>> per_cent(0.99999), per_cent(0.00001), per_cent(0.5)
    ('99.9 %', '0.1 %', '50.0 %')
    """
    shown = f"{share:.1%}".replace("%", " %")
    if shown == "100.0 %" and share < 1:
        return "99.9 %"
    if shown == "0.0 %" and share > 0:
        return "0.1 %"
    return shown


_HEIGHTS = {"0": 3, "1": 6, "2": 9, "3": 12, "4": 14, "x": 16}
"""Of a strip's part, so that a weak place shows without colour too."""


def strip_paths(parts: str) -> list[tuple[str, str]]:
    """Give the SVG path of each kind of a strip's parts: kind, path.

    >>> strip_paths("00x")
    [('0', 'M0 16h2v-3h-2z'), ('x', 'M2 16h1v-16h-1z')]
    """
    paths: dict[str, str] = defaultdict(str)
    start = 0
    for kind, run in groupby(parts):
        wide = len(list(run))
        paths[kind] += f"M{start} 16h{wide}v-{_HEIGHTS[kind]}h-{wide}z"
        start += wide
    return list(paths.items())
