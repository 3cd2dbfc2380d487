"""What a review book asks, and in which words: decisions, error labels, columns, instructions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

DECISIONS: Final = {
    "accept": "The unit is right as it stands. It goes into the tier accepted. Of a sentence "
    "without translation: it has none indeed.",
    "reject": "The two texts are no translations of each other. The unit goes out of every export "
    "and look-up.",
    "edit": "The unit is right once the text in the columns new zh, new en takes the place of the "
    "old one. A column left empty keeps its text. It goes into the tier accepted.",
    "merge with next": "This unit and the next one in the record are one: their texts are joined. "
    "The next one, which may be a sentence without translation, is shown in the columns after.",
    "split": "This unit is two: write both halves of each language into new zh and new en, with a "
    "line break (Alt+Enter; in LibreOffice Ctrl+Enter) between the first and the second.",
    "realign": "This unit and those after it are paired otherwise: write their texts into new zh "
    "and new en, a line for each pair, and — where a side has nothing. No text may be added or "
    "lost.",
    "pin": "The two texts belong together, and no new alignment parts them; nothing is said of the "
    "translation, and the unit stays in its tier.",
    "wrong segmentation": "A sentence is cut or joined wrongly. With new text it is an edit; "
    "without, the unit leaves the tier accepted.",
    "translation error": "The right sentences, but the translation is wrong. With new text it is "
    "an edit; without, the unit leaves the tier accepted.",
    "free translation": "The right sentences, translated too freely to be reused as they are. The "
    "unit leaves the tier accepted.",
}
"""Each decision and what it does."""

LABELS: Final = {
    "alignment: wrong pair": "The two sides say different things.",
    "alignment: too much zh": "The Chinese side holds more than the English one.",
    "alignment: too much en": "The English side holds more than the Chinese one.",
    "segmentation": "A sentence is cut in two, or two are joined.",
    "text: recognition or layout": "Broken characters, page furniture, lines out of order.",
    "accuracy: mistranslation": "MQM Accuracy.",
    "accuracy: omission": "MQM Accuracy.",
    "accuracy: addition": "MQM Accuracy.",
    "accuracy: untranslated": "MQM Accuracy.",
    "accuracy: number, date or symbol": "MQM Accuracy.",
    "terminology": "MQM Terminology: not the term that the UN uses.",
    "fluency: grammar or spelling": "MQM Linguistic conventions.",
    "style: free translation": "ELRC: correct, but free.",
    "wrong language": "ELRC: a side is in another language.",
    "other": "Say it in the comment.",
}
"""Error labels: of alignment after the validation guidelines of ELRC, of translation after MQM."""

ALIGNED: Final = ("accept", "edit", "pin", "translation error", "free translation")
"""Decisions by which the bead pairs the right sentences, unless the label says otherwise."""


OF_LINES: Final = ("split", "realign")
"""Decisions whose new texts have a line for each new unit."""

NOTHING: Final = "—"
"""Stands in a line of "realign" for a side that has nothing."""


def lines_of(text: str) -> list[str]:
    """Give the lines of a new text, without white space around them and without empty ones."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def is_aligned(decision: str, label: str) -> bool:
    """Whether a decision says that the bead pairs the right sentences."""
    return decision in ALIGNED and not label.startswith(("alignment", "segmentation"))


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of the sheet Review.

    Attributes:
        name: in the header row, by which it is found again.
        width: in characters.
        kind: ``locked`` and ``hidden`` ones are read-only, ``open`` ones are for the reviewer.
        hint: what the header says when it is pointed at.
    """

    name: str
    width: float
    kind: Literal["locked", "hidden", "open"] = "locked"
    hint: str = ""


COLUMNS: Final = (
    FormColumn("id", 26, "hidden"),
    FormColumn("hashes", 34, "hidden"),
    FormColumn("check", 18, "hidden"),
    FormColumn("stratum", 14, "hidden"),
    FormColumn("record", 12),
    FormColumn("date", 11),
    FormColumn("speaker", 18),
    FormColumn("confidence", 7, hint="That exactly this pair is right, 0 to 1."),
    FormColumn("why look", 30, hint="Flags and doubts in words."),
    FormColumn("before", 28, hint="The sentences before, for context."),
    FormColumn("zh", 44),
    FormColumn("en", 54),
    FormColumn("after", 28, hint="What comes next, and would be merged by merge with next."),
    FormColumn("decision", 19, "open", "Choose from the list."),
    FormColumn("new zh", 40, "open", "Only where the Chinese is to change."),
    FormColumn("new en", 48, "open", "Only where the English is to change."),
    FormColumn("label", 24, "open", "Kind of error; choose from the list."),
    FormColumn("comment", 30, "open"),
    FormColumn("reviewer", 14, "open", "Your name; once, in the first row, is enough."),
)
"""The columns of the sheet Review."""

SHEET: Final = "Review"
ABOUT: Final = "About"
"""A sheet that tells the program how the units were drawn."""
