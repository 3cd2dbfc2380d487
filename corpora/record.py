"""The whole way of a file: lines → furniture → paragraphs → turns → sentences → `Document`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from corpora.document import Document, DroppedLine, Language, Line, Sentence
from corpora.errors import RecordError
from corpora.identify import (
    guess_script,
    symbol_of_record,
)
from corpora.languages import choose_language, describe_mixture
from corpora.meeting import find_date, find_meeting_number
from corpora.read.encoding import decode_text
from corpora.read.file import PRINTED, RawText, read_lines
from corpora.read.text import lines_of
from corpora.repair.furniture import Parted, part_lines
from corpora.repair.layout import PASTED, PASTED_IN_PART, share_of_broken_lines
from corpora.repair.rules import Paragraph, repair_lines
from corpora.repair.sentences import split_sentences
from corpora.structure import Passage, find_turns


@dataclass(frozen=True, slots=True)
class Stages:
    """What a record is after each stage: `cdtm trace` shows one sentence in each.

    Attributes:
        raw: the file's lines as read.
        kept: the lines that are text.
        dropped: the lines that are furniture, with their reasons.
        paragraphs: repaired paragraphs, each with the rules that changed it.
        passages: the paragraphs with turn and speaker.
        document: the result, its sentences numbered as in an alignment.
    """

    raw: RawText
    kept: tuple[Line, ...]
    dropped: tuple[DroppedLine, ...]
    paragraphs: tuple[Paragraph, ...]
    passages: tuple[Passage, ...]
    document: Document


def read_document(
    path: Path | str, *, language: Language | None = None, encoding: str | None = None
) -> Document:
    """Read a record's file (TXT, PDF, DOCX) into a document.

    Args:
        path: the file.
        language: ``zh`` or ``en``; told from the text if None.
        encoding: of a TXT file; told from its bytes if None.

    Raises:
        RecordError: the file cannot be read as a record; the text says why and what to do.
    """
    return read_stages(path, language=language, encoding=encoding).document


def read_stages(
    path: Path | str, *, language: Language | None = None, encoding: str | None = None
) -> Stages:
    """Do what `read_document` does and return what each stage made. Raises the same errors."""
    return run_stages(read_lines(Path(path), encoding=encoding), language=language)


def document_from_text(text: str, *, name: str, language: Language | None = None) -> Document:
    """Make a document of a record's text in memory, laid out as in a file, furniture and all.

    Args:
        text: the lines of the record.
        name: what to call it, in messages and in the document.
        language: ``zh`` or ``en``; told from the text if None.

    Raises:
        RecordError: no sentence is in the text, or its language cannot be told.
    """
    raw = RawText(lines_of(text), kind="txt", encoding="", notes=(), sha256="", name=name)
    return run_stages(raw, language=language).document


def run_stages(raw: RawText, *, language: Language | None = None) -> Stages:
    """Take a file's lines the whole way to a document, keeping what each stage made."""
    language = language or choose_language((line.text for line in raw.lines), raw.name)
    symbol, _ = symbol_of_record(raw.lines, raw.name, raw.furniture, raw.kind)
    whole, told = _is_whole(raw, language)
    parted = part_lines(raw.lines, raw.furniture, symbol, whole=whole)
    kept, dropped = parted.kept, parted.dropped
    paragraphs = repair_lines(kept, language, by_line=whole)
    passages = find_turns(paragraphs)
    sentences = tuple(
        sentence
        for number, passage in enumerate(passages)
        for sentence in split_passage(passage, number, language)
    )
    if not sentences:
        raise RecordError(
            f"{raw.name} holds no sentence besides page furniture ({len(dropped)} lines left out): "
            "give the record itself, not its cover or an empty form."
        )
    mixture = describe_mixture([sentence.text for sentence in sentences], language)
    notes = (*parted.notes, *told, *([mixture] if mixture else ()))
    document = _make_document(raw, language, sentences, symbol, replace(parted, notes=notes))
    return Stages(raw, kept, dropped, paragraphs, passages, document)


def _is_whole(raw: RawText, language: Language) -> tuple[bool, tuple[str, ...]]:
    """Tell whether each line is a paragraph (DOCX), and what the user should know about that.

    Text that was pasted from a PDF has a paragraph for every printed line.
    """
    if raw.kind in PRINTED:
        return False, ()
    text = [line for line in raw.lines if line.number not in raw.furniture]
    broken = share_of_broken_lines(text, language)
    if broken >= PASTED:
        return False, (
            "It has a paragraph for every printed line, as text pasted from a PDF has: "
            "its lines were joined again.",
        )
    if broken >= PASTED_IN_PART:
        return True, (
            f"{broken:.0%} of its paragraphs end in mid-sentence at the width of a page: part of "
            "it may have been pasted line by line, and its sentences are cut there.",
        )
    return True, ()


def read_segmented(
    path: Path | str, *, language: Language | None = None, encoding: str | None = None
) -> Document:
    """Read a file that holds one sentence a line: line i is sentence i, empty lines included.

    Nothing is dropped or joined; only white space at a line's ends goes. Speakers are told by their
    labels. A paragraph begins where a turn begins, for the file says no more about paragraphs.

    Raises:
        RecordError: the file cannot be read, has no text, or its language cannot be told.
    """
    raw = read_lines(Path(path), encoding=encoding)
    if raw.kind != "txt":
        raise RecordError(
            f"{raw.name} is a {raw.kind.upper()} file: one sentence a line must be plain text, "
            "so save it as UTF-8 text or read it as a record."
        )
    lines = split_lines(decode_text(Path(path).read_bytes(), raw.name, encoding).text)
    if not any(line.strip() for line in lines):
        raise RecordError(f"{raw.name} holds no sentence: give a file with one sentence a line.")
    language = language or choose_language(lines, raw.name)
    paragraphs = [Paragraph(line.strip(), 0, number) for number, line in enumerate(lines, 1)]
    sentences = tuple(
        Sentence(
            passage.paragraph.text,
            passage.turn,
            passage.turn,
            passage.speaker,
            line=passage.paragraph.line,
            label=passage.label,
        )
        for passage in find_turns(paragraphs)
    )
    symbol, _ = symbol_of_record(raw.lines, raw.name, raw.furniture, raw.kind)
    return _make_document(raw, language, sentences, symbol, Parted((), ()))


def split_lines(text: str) -> list[str]:
    """Part `text` at line ends alone: other separators may stand in a sentence."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def split_passage(passage: Passage, number: int, language: Language) -> list[Sentence]:
    """Part one passage into sentences; the label stays at the head of the first.

    Args:
        passage: a paragraph with its turn and speaker.
        number: 0-based number of the paragraph in the document.
        language: of the document.
    """
    text = passage.paragraph.text
    speech = text[passage.label :]
    parts = split_sentences(speech.strip(), language)
    if passage.label:
        # The label keeps its own distance from what follows: a space in English, none in Chinese.
        space = speech[: len(speech) - len(speech.lstrip())]
        head = text[: passage.label] + (space + parts[0] if parts else "")
        parts = [head, *parts[1:]]
    sentences, place = [], 0
    for n, part in enumerate(parts):
        place = max(text.find(part, place), place)
        page, line = passage.paragraph.place(place)
        sentences.append(
            Sentence(
                part,
                number,
                passage.turn,
                passage.speaker,
                page,
                line,
                passage.label if n == 0 else 0,
            )
        )
        place += len(part)
    return sentences


def _make_document(
    raw: RawText,
    language: Language,
    sentences: tuple[Sentence, ...],
    symbol: str | None,
    parted: Parted,
) -> Document:
    texts = [line.text for line in raw.lines]
    return Document(
        name=raw.name,
        language=language,
        sentences=sentences,
        symbol=symbol,
        meeting=find_meeting_number(texts, symbol),
        date=find_date(texts, language, symbol),
        script=guess_script("\n".join(sentence.text for sentence in sentences), language),
        encoding=raw.encoding,
        dropped=parted.dropped,
        notes=raw.notes + parted.notes,
        sha256=raw.sha256,
    )
