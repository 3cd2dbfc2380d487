"""Who speaks: from paragraphs to passages, each with its turn and its speaker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpora.repair.labels import is_procedure, match_label, standing_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpora.document import Speaker
    from corpora.repair.rules import Paragraph


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and who says it.

    Attributes:
        paragraph: the repaired paragraph.
        turn: 0-based; a new one at each label, and where the record itself takes the word (a vote,
            the time of rising) after a speaker. Text before the first speaker is turn 0.
        speaker: who says it; None where nobody does.
        label: how many leading characters of the paragraph are the speaker's label.
    """

    paragraph: Paragraph
    turn: int
    speaker: Speaker | None
    label: int = 0


def find_turns(paragraphs: Sequence[Paragraph]) -> tuple[Passage, ...]:
    """Give each paragraph its turn and speaker.

    A label at a paragraph's start opens a turn. A note of language that stands alone,
    ``(以英语发言)``, keeps the turn and changes what is spoken. What the record itself says, votes
    and times, belongs to no speaker, and neither does what follows it up to the next label.
    """
    passages: list[Passage] = []
    turn, speaker = 0, None
    for paragraph in paragraphs:
        named = match_label(paragraph.text)
        if named is not None:
            turn += bool(passages)
            speaker = named
        elif speaker is not None:
            if is_procedure(paragraph.text):
                turn, speaker = turn + 1, None
            elif (spoken := standing_note(paragraph.text)) is not None:
                speaker = replace(speaker, spoken=spoken)
        label = len(named.label) if named is not None else 0
        passages.append(Passage(paragraph, turn, speaker, label))
    return tuple(passages)
