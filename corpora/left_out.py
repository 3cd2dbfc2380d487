"""How much text was left out of a record with its furniture: what a reader would miss.

Covers, heads and numbers say nothing; a file's own running heads, hidden text, watermarks and
turned text in margins may. Text that stands elsewhere (``doubled text``) and a publisher's notice,
which is told by its wording, are no loss.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpora.chinese import english_length
from corpora.prose import is_prose
from corpora.repair.mastheads import name_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpora.document import Document, DroppedLine

NO_LOSS: Final = frozenset({"publisher's notice", "doubled text", "form prompt", "dot leader"})
"""Reasons whose text is no loss whatever it says; a leader's entry was asked what it says."""
LARGE: Final = 200
"""Letters of sentences left out in one place of which an auditor is told: two long sentences.
The real records have none; one wrong rule takes a paragraph at least."""
TOGETHER: Final = 3
"""Lines between two that were left out in one place."""


@dataclass(frozen=True, slots=True)
class Omission:
    """Text that was left out in one place.

    Attributes:
        line: number of the physical line with which it begins.
        characters: of its sentences.
        reasons: why, the one that took most first.
    """

    line: int
    characters: int
    reasons: tuple[str, ...]


def is_text(line: DroppedLine) -> bool:
    """Whether a line that was left out says something.

    A cover's own lines may end with a stop: 2031年6月3日上午10时举行。
    """
    return (
        line.reason not in NO_LOSS
        and is_prose(line.text)
        and not (line.reason == "cover page" and name_marks(line.text))
    )


def count_text(dropped: Iterable[DroppedLine]) -> int:
    """Count the characters of the sentences among the lines that were left out."""
    return sum(len(line.text) for line in dropped if is_text(line))


def find_omissions(dropped: Sequence[DroppedLine]) -> list[Omission]:
    """Find the places where text of at least `LARGE` letters was left out, in order."""
    places: list[list[DroppedLine]] = []
    for line in sorted((line for line in dropped if is_text(line)), key=lambda line: line.number):
        if places and line.number - places[-1][-1].number <= TOGETHER:
            places[-1].append(line)
        else:
            places.append([line])
    found = []
    for lines in places:
        characters = sum(len(line.text) for line in lines)
        if sum(english_length(line.text) for line in lines) >= LARGE:
            reasons = Counter(line.reason for line in lines)
            found.append(
                Omission(lines[0].number, characters, tuple(r for r, _ in reasons.most_common()))
            )
    return found


def describe_left_out(document: Document) -> str | None:
    """Say in a sentence that much text was left out; None if it was not.

    >>> from corpora.document import Document, DroppedLine
    >>> lines = tuple(DroppedLine("We thank you for it. " * 5, 1, n, "hidden text") for n in (4, 5))
    >>> describe_left_out(Document("x.docx", "en", (), dropped=lines))
    '210 characters of sentences were left out as hidden text: look at them with cdtm read x.docx.'
    """
    found = find_omissions(document.dropped)
    if not found:
        return None
    characters = sum(place.characters for place in found)
    reasons = dict.fromkeys(reason for place in found for reason in place.reasons)
    return (
        f"{characters:,} characters of sentences were left out as {', '.join(reasons)}: "
        f"look at them with cdtm read {document.name}."
    )
