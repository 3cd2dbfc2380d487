"""The types that travel through the house: from a file's lines to a document's sentences.

Everything here is frozen: a stage takes one of these and returns a new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Literal

Language = Literal["zh", "en"]
Script = Literal["simplified", "traditional", "latin"]


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line as a reader found it, furniture included.

    Attributes:
        text: the line's characters without leading and trailing white space.
        page: 1-based page; 0 where the format has no pages that the reader can know.
        number: 1-based position in reading order over the whole file.
        indent: white space before the first character, in characters of this line's size.
        gap: empty space above this line, in line heights: 0 for the next line of a paragraph,
            1 for one empty line, 0 for the first line of a page.
        begins: whether a paragraph begins here, where the reader knows it (a table's cells);
            None where the layout of the lines must tell.
    """

    text: str
    page: int
    number: int
    indent: float = 0.0
    gap: float = 0.0
    begins: bool | None = None


@dataclass(frozen=True, slots=True)
class DroppedLine:
    """A line that is not part of the record's text, kept with the reason why (`cdtm trace`).

    `reason` is one of the short fixed words that `corpora.repair.furniture` documents,
    such as ``running header``, ``page number``, ``job number`` or ``cover page``.
    """

    text: str
    page: int
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds the floor, as the record's own label says it.

    Attributes:
        name: ``Mr. Jadoon``, ``贾敦先生``, ``The President``, ``主席``.
        affiliation: what stands in the first parenthesis, ``Pakistan``; None if nothing does.
        spoken: ISO 639-1 code of the language that the label's note names (``以英语发言``,
            ``spoke in French``), updated by notes that stand alone in mid-speech; None without one.
        label: the label as printed, with its colon: ``贾敦先生(巴基斯坦)(以英语发言)：``.
    """

    name: str
    affiliation: str | None = None
    spoken: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a record, repaired, on one line.

    Attributes:
        text: the sentence; the first of a turn begins with the speaker's label, as printed.
        paragraph: 0-based number of the paragraph within the document.
        turn: 0-based number of the speaker's turn; text before the first speaker is turn 0
            with no speaker.
        speaker: who says it; None outside a turn.
        page: 1-based page on which the sentence begins; 0 if unknown.
        line: 1-based number of the physical line on which it begins; 0 if unknown.
        label: how many leading characters of `text` are the speaker's label (0 if none).
    """

    text: str
    paragraph: int = 0
    turn: int = 0
    speaker: Speaker | None = None
    page: int = 0
    line: int = 0
    label: int = 0

    def __reduce__(self) -> tuple[type[Sentence], tuple[Any, ...]]:
        """Pickle the values: the way of Python 3.11 for slots asks for the fields' names each time.

        A long document that another process reads has tens of thousands of sentences.
        """
        return Sentence, _values(self)


_values = attrgetter("text", "paragraph", "turn", "speaker", "page", "line", "label")


@dataclass(frozen=True, slots=True)
class Document:
    """A record in one language: what it is, and its sentences in order.

    Attributes:
        name: the file's name, or what the caller calls the text.
        language: ``zh`` or ``en``.
        sentences: in reading order.
        symbol: ``CD/PV.1579``; None if neither text nor file name tells.
        meeting: the meeting's number, 1579; None if unknown.
        date: the day of the meeting; None if unknown.
        script: ``simplified``, ``traditional`` or ``latin``.
        encoding: how the bytes were decoded (``utf-8``, ``gb18030``); ``""`` where it has no sense.
        dropped: every line that is not in `sentences`, with its reason.
        notes: sentences for the user about what was found (traditional script, a guessed encoding,
            unreadable pages), in the order of finding.
        sha256: of the file's bytes, hexadecimal; ``""`` for text that came from no file.
    """

    name: str
    language: Language
    sentences: tuple[Sentence, ...]
    symbol: str | None = None
    meeting: int | None = None
    date: date | None = None
    script: Script = "simplified"
    encoding: str = ""
    dropped: tuple[DroppedLine, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    sha256: str = ""
