"""Small pieces of HTML that the page's parts share; every text goes through `text` or `attribute`.

A control character that HTML forbids shows as U+FFFD, so that the page is always well formed.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tmx_out.units import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

LONGEST = 240
"""Characters of a text in a list, about three lines: enough to know it again."""


def text(value: object) -> str:
    """Make any value safe as text, and as the value of an attribute in double quotes.

    >>> text('a "b" <c>')
    'a &quot;b&quot; &lt;c&gt;'
    """
    return escape(_FORBIDDEN.sub("\ufffd", str(value)), quote=True)


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


def whole_per_cent(confidence: float) -> str:
    """Write a confidence as everywhere in the house: rounded down."""
    return f"{percent(confidence)} %"


def number(value: int) -> str:
    """Write a count with commas."""
    return f"{value:,}"


def side(language: str, value: str, *, limit: int = LONGEST) -> str:
    """Show one side of a bead in its language; a missing one is told in words."""
    if not value:
        return '<p class="none">nothing</p>'
    return f'<p lang="{language}" class="{language}">{text(shortened(value, limit))}</p>'


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = ""
) -> str:
    """Make a table of finished cells, the first of each row its heading.

    Args:
        caption: finished.
        heads: plain texts, of each column.
        rows: finished cells.
        kind: class of the table.
    """
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    labels = [text(name) for name in heads]
    body = "".join(
        f'<tr><th scope="row">{cells[0]}</th>'
        + "".join(
            f'<td data-label="{label}">{cell}</td>'
            for label, cell in zip(labels[1:], cells[1:], strict=True)
        )
        + "</tr>\n"
        for cells in rows
    )
    return (
        f'<table class="stack {kind}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
    )


def link_to(record: int, bead: int, shown: str) -> str:
    """Link to a bead of a record on the page; `shown` is finished."""
    return f'<a href="#r{record}-{bead}">{shown}</a>'
