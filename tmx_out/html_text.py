"""HTML templates whose texts are all made safe, whoever wrote them.

A control character shows as U+FFFD, so that a page is well formed and says what it seems to say.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from tmx_out.xml_text import without_controls


def safe(value: object) -> Markup:
    """Make any value safe as text, and as the value of an attribute in double quotes.

    >>> print(safe('a "b" <c>'))
    a &quot;b&quot; &lt;c&gt;
    """
    return value if isinstance(value, Markup) else Markup(escape(without_controls(str(value))))


def templates(room: Path) -> Environment:
    """Open the templates of a folder; what they show goes through `safe`."""
    return Environment(
        loader=FunctionLoader(lambda name: room.joinpath(name).read_text("utf-8")),
        autoescape=True,
        finalize=safe,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
