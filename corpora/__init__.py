"""From a record's file to a document: read, repair, structure, segment.

The way of a file: `read` → lines → `furniture` → `repair` → `structure` → `sentences` → `Document`.
"""

from corpora.document import Document, DroppedLine, Language, Line, Script, Sentence, Speaker
from corpora.errors import RecordError, UserError

__all__ = [
    "Document",
    "DroppedLine",
    "Language",
    "Line",
    "RecordError",
    "Script",
    "Sentence",
    "Speaker",
    "UserError",
]
