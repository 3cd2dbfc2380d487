"""Say why a CAT tool would refuse a TMX file, or lose units of it.

The rules are those of docs/TMX.md, by hand rather than by DTD: a DTD's message tells nobody which
tool minds and what to do, and knows nothing of dates, codes, props and texts. The file streams
through expat, which gives exact lines; entities are not expanded and nothing is fetched.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from corpora import UserError
from tmx_out.check.problems import SHOWN_PER_RULE, ProblemBook
from tmx_out.check.rules import TmxRules
from tmx_out.check.wellformed import UNKNOWN_ENCODING, explain

if TYPE_CHECKING:
    from tmx_out.check.problems import Problem

_BLOCK = 1 << 18  # bytes handed to the parser at a time
_MATECAT_BYTES = 300 * 10**6  # MateCat's limit (lib/Utils/Registry/AppConfig.php)


def validate_tmx(
    path: str | os.PathLike[str], *, limit: int | None = SHOWN_PER_RULE
) -> list[Problem]:
    """Check a TMX file; an empty list means that every tool known to us takes all of it.

    Args:
        path: of the file.
        limit: findings of one rule that are listed, the others are counted; None lists all.

    Returns:
        the findings in the order of the lines. A file that is not well-formed is checked up to
        that place, for no tool reads further.

    Raises:
        UserError: there is no such file, or it cannot be read.
    """
    book = ProblemBook(limit)
    try:
        size = os.stat(path).st_size
        with Path(path).open("rb") as stream:
            if size > _MATECAT_BYTES:
                book.add(1, "warning", "file-size", _TOO_LARGE.format(size=size / 10**6))
            rules = TmxRules(book)
            parser = _parser(rules)
            try:
                while block := stream.read(_BLOCK):
                    parser.Parse(block, False)
                parser.Parse(b"", True)
            except expat.ExpatError as error:
                stream.seek(0)
                message = explain(error, parser.ErrorByteIndex, stream)
                book.add(error.lineno, "error", "well-formed", message)
            except (ValueError, LookupError):
                # This is how Python's expat says that it has no such encoding.
                if rules.begun:
                    raise
                book.add(1, "error", "well-formed", UNKNOWN_ENCODING)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}: check its name.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): check the file.") from error
    return book.close()


_TOO_LARGE = "The file has {size:,.0f} MB and MateCat takes 300 MB: write several files."


def _parser(rules: TmxRules) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def line() -> int:
        return parser.CurrentLineNumber

    def start(name: str, attributes: dict[str, str]) -> None:
        rules.start(line(), name, attributes)

    def end(name: str) -> None:
        rules.end(line(), name)

    def doctype(_name: str, _system: str | None, _public: str | None, subset: int) -> None:
        if subset:
            rules.internal_subset(line())

    def default(data: str) -> None:
        # A default handler keeps expat from expanding entities: they come here as `&name;`.
        # So do comments and declarations, none of which begins with `&`.
        if data.startswith("&"):
            rules.entity(line(), data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = rules.text
    parser.StartDoctypeDeclHandler = doctype
    parser.DefaultHandler = default
    return parser
