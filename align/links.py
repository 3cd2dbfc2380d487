"""Alignments as sentence numbers: the `.links` format and the field's gold files.

One link a line, `[0,1]:[0]:0.8731`: 0-based sentence numbers of the Chinese side, of the English
side, then the confidence with four decimals. An omission (null link) is `[3]:[]` or `[]:[3]`.
Gold files leave the confidence out, and their links may cross or have gaps, which is why a link
is two tuples of numbers and not a bead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpora import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from align.alignment import Alignment, Bead, Span

Link = tuple[tuple[int, ...], tuple[int, ...]]
"""Sentence numbers of both sides, Chinese first; an empty side is an omission."""

_NUMBERS = r"\[\s*(\d+(?:\s*,\s*\d+)*)?\s*\]"
_LINK = re.compile(rf"{_NUMBERS}\s*:\s*{_NUMBERS}\s*(?::.*)?", re.ASCII)


def parse_link(line: str) -> Link:
    """Read one line; what follows a second colon is not looked at.

    Raises:
        ValueError: the line is not a link; the message quotes it.
    """
    match = _LINK.fullmatch(line.strip())
    if match is None:
        raise ValueError(f"{line.strip()[:60]!r} is not a link such as [0,1]:[0]")
    return _numbers(match[1]), _numbers(match[2])


def read_links(path: str | Path) -> list[Link]:
    """Read a `.links` or gold file; empty lines count for nothing.

    Raises:
        UserError: the file is missing, is not UTF-8 text, or a line is not a link.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"There is no file {path}: check the name of the links file.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text: save the links file as UTF-8.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): check the file.") from error
    links = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            links.append(parse_link(line))
        except ValueError as error:
            raise UserError(f"{path}, line {number}: {error}: mend or remove the line.") from None
    return links


def links_of(alignment: Alignment) -> list[Link]:
    """Give the beads of an alignment as links, in their order."""
    return [(_range(bead.zh), _range(bead.en)) for bead in alignment.beads]


def format_link(bead: Bead) -> str:
    """One line of a `.links` file, without its line end."""
    sides = ":".join(f"[{','.join(map(str, range(*span)))}]" for span in (bead.zh, bead.en))
    return sides if bead.is_null else f"{sides}:{bead.confidence:.4f}"


def format_links(beads: Iterable[Bead]) -> Iterator[str]:
    """Give the lines of a `.links` file, each with its line end."""
    for bead in beads:
        yield format_link(bead) + "\n"


def _numbers(side: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in side.split(",")) if side else ()


def _range(span: Span) -> tuple[int, ...]:
    return tuple(range(*span))
