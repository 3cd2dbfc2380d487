"""In what a sentence that was found differs from the one that was asked for."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from cdtm.lookup.answer import PARTS

if TYPE_CHECKING:
    from corpora import Language

    Change = Literal["same", "missing", "more"]


def difference(asked: str, found: str, language: Language) -> list[tuple[Change, str]]:
    """Compare two sentences by words, in Chinese by characters, as their likeness is counted.

    Returns:
        The found sentence in pieces, ``same`` or ``more``, with what only the other one has,
        ``missing``, where it would stand.

    >>> difference("the arms race", "the new race", "en")
    [('same', 'the '), ('missing', 'arms'), ('more', 'new '), ('same', 'race')]
    """
    from rapidfuzz.distance import Levenshtein

    ours, theirs = (list(re.finditer(PARTS[language], text.lower())) for text in (asked, found))
    if len(asked.lower()) != len(asked) or len(found.lower()) != len(found):
        return [("same", found)]  # small letters of other lengths: the places are not those
    steps = Levenshtein.opcodes([part[0] for part in ours], [part[0] for part in theirs])
    out: list[tuple[Change, str]] = []
    at = 0
    for same, run in groupby(steps, key=lambda step: step.tag == "equal"):
        first, *others = run
        last = others[-1] if others else first
        if not same and first.src_start < last.src_end:
            start, end = ours[first.src_start].start(), ours[last.src_end - 1].end()
            out.append(("missing", asked[start:end]))
        if first.dest_start < last.dest_end:
            end = theirs[last.dest_end].start() if last.dest_end < len(theirs) else len(found)
            out.append(("same" if same else "more", found[at:end]))
            at = end
    return out
