"""From a record's file to a document: read, repair, structure, segment.

The way of a file: `read` → lines → `furniture` → `repair` → `structure` → `sentences` → `Document`.
"""

from typing import TYPE_CHECKING

from corpora.lazy import loader

if TYPE_CHECKING:
    from corpora.document import Document, DroppedLine, Language, Line, Script, Sentence, Speaker
    from corpora.errors import RecordError, UserError
    from corpora.record import (
        Stages,
        document_from_text,
        read_document,
        read_segmented,
        read_stages,
    )
    from corpora.repair.rules import Paragraph
    from corpora.structure import Passage

__all__ = [
    "Document",
    "DroppedLine",
    "Language",
    "Line",
    "Paragraph",
    "Passage",
    "RecordError",
    "Script",
    "Sentence",
    "Speaker",
    "Stages",
    "UserError",
    "document_from_text",
    "read_document",
    "read_segmented",
    "read_stages",
]

__getattr__ = loader(
    __name__,
    {
        "document": (
            *("Document", "DroppedLine", "Language", "Line"),
            *("Script", "Sentence", "Speaker"),
        ),
        "errors": ("RecordError", "UserError"),
        "record": (
            *("Stages", "document_from_text", "read_document", "read_segmented"),
            "read_stages",
        ),
        "repair.rules": ("Paragraph",),
        "structure": ("Passage",),
    },
)
