"""Text that was decoded wrongly once, saved, and is read rightly now: ``todayâ€™s``, ``鈥檚``.

UTF-8 bytes read in another encoding become runs of characters that no text has, and encoding them
again gives UTF-8, which nothing else does by chance. Where all of it goes back so, it is put right;
where a part is lost (``â€`` for a closing quotation mark) the user is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final

from corpora.errors import RecordError
from corpora.lazy import lazy_pattern

MOSTLY: Final = 0.5
"""Share of all letters: where more is decoded twice and cannot be put right, there is no text."""
LEAST_CHINESE: Final = 6
"""Characters of a run for it to be UTF-8 read as GB 18030; two or three may be so by chance."""

SAMPLE: Final = 60
"""Runs that are tried before all are: what half of them explains, some of these show."""
LEAST_MENDED: Final = 12
"""Characters in runs that go back to UTF-8, in all: single ones may be a typist's."""

_LOOKS: Final = (
    "The file's text looks as if it was decoded twice (UTF-8 read in another encoding and saved, "
    "â€™ for ’): get the file again, or mend it in an editor."
)
_RUN: Final = lazy_pattern("[^\x00-\x7f]+")
_WINDOWS: Final = {0x80 + n: bytes([0x80 + n]).decode("cp1252", "replace") for n in range(32)}
_BYTES: Final = {
    ch if ch != "\ufffd" else chr(code): bytes([code]) for code, ch in _WINDOWS.items()
}


def mend_decoding(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Put text right that was decoded twice, if all of it can be, and say so.

    Args:
        text: of a whole file.
        name: the file's name, for messages.

    Returns:
        The text and notes for the user, none as a rule.

    Raises:
        RecordError: most of it was decoded twice, and a part is lost.
    """
    if text.isascii():
        return text, ()
    signs = _SIGN.search(text) is not None
    sample = {found.group() for found in islice(_RUN.finditer(text), SAMPLE)}
    for encode, least in _WAYS:
        if not any(len(run) >= least and encode(run) for run in sample):
            continue
        found = _mend(text, encode, least, name)
        if found is not None:
            return found
    return text, (_LOOKS,) if signs else ()


def _mend(
    text: str, encode: Callable[[str], str], least: int, name: str
) -> tuple[str, tuple[str, ...]] | None:
    """Put the text right by one way of encoding it again; None if that way explains little."""
    runs = _RUN.findall(text)
    strange = sum(map(len, runs))
    meant = {run: back for run in set(runs) if len(run) >= least and (back := encode(run))}
    mended = sum(len(run) for run in runs if run in meant)
    if mended < LEAST_MENDED or 2 * mended <= strange:
        return None
    if mended == strange:
        parts = iter(_RUN.split(text))
        whole = next(parts) + "".join(
            meant[run] + part for run, part in zip(runs, parts, strict=True)
        )
        return whole, (
            "The file's text had been decoded twice (UTF-8 read in another encoding and saved) "
            "and was put right: compare it with the original.",
        )
    if strange > MOSTLY * sum(map(str.isalpha, text)):
        raise RecordError(
            f"{name} was decoded twice (UTF-8 read in another encoding and saved), and a part "
            "of it is lost: get the file again."
        )
    return text, (_LOOKS,)


def _windows(run: str) -> str:
    """The run as UTF-8 read as Windows-1252 or Latin-1; ``""`` if it is not."""
    try:
        return b"".join(_BYTES.get(ch) or ch.encode("latin-1") for ch in run).decode()
    except UnicodeError:
        return ""


def _codec(codec: str, run: str) -> str:
    """The run as UTF-8 read as `codec`; ``""`` if it is not."""
    try:
        return run.encode(codec).decode()
    except UnicodeError:
        return ""


_WAYS: Final[tuple[tuple[Callable[[str], str], int], ...]] = (
    (_windows, 2),
    (partial(_codec, "mac_roman"), 2),
    (partial(_codec, "cp437"), 2),
    (partial(_codec, "cp1251"), 2),
    (partial(_codec, "gb18030"), LEAST_CHINESE),
    (partial(_codec, "big5"), LEAST_CHINESE),
)
"""How UTF-8 is read wrongly, and the shortest run that tells."""


def _signs() -> Iterator[str]:
    """What a single mark of English becomes: no text has that as three odd letters."""
    for mark in "‘’“”–—…•\ufeff":
        for codec in ("cp1252", "latin-1", "mac_roman", "cp437", "cp1251"):
            wrong = mark.encode().decode(codec, "ignore")
            if len(wrong) > 1:
                yield wrong
    yield "锟斤拷"
    yield from ("鈥檚", "鈥斺", "鈥滃", "鈥濃")


_SIGN: Final = lazy_pattern("|".join(map(re.escape, sorted(set(_signs()), key=len, reverse=True))))
