"""HTML templates whose texts are all made safe, whoever wrote them.

A control character shows as U+FFFD, so that a page is well formed and says what it seems to say.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tmx_out.xml_text import without_controls


def safe(value: object) -> Markup:
    """Make any value safe as text, and as the value of an attribute in double quotes.

    >>> print(safe('a "b" <c>'))
    a &quot;b&quot; &lt;c&gt;
    """
    return value if isinstance(value, Markup) else Markup(escape(without_controls(str(value))))


SHARED = Path(__file__).with_name("shared")
"""What the audit page and the desk share: the frame of a page, and its style."""


def templates(room: Path) -> Environment:
    """Open the templates of a folder, with `SHARED` behind it; what they show is made `safe`."""
    return Environment(
        loader=FileSystemLoader([room, SHARED]),
        autoescape=True,
        finalize=safe,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
