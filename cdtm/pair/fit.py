"""Two files that should be one record in Chinese and English: which is which, and do they fit."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from cdtm.show import LANGUAGES
from corpora.errors import UserError
from corpora.left_out import describe_left_out
from corpora.meeting import normal_symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from align import Alignment
    from align.alignment import Span
    from corpora import Document

DOUBTFUL_CONFIDENCE = 0.75
"""Mean confidence of the pairs below which the files look like different records: five wrong pairs
of files reached 0.50 to 0.61, ten right ones 0.90 and more."""

DOUBTFUL_SHARE = 0.4
"""Share of one side's sentences without a partner from which part of the other side seems to be
missing: whole records reach 0.24 (titles on one side only), a record against its half 0.6."""


def order_pair(first: Document, second: Document) -> tuple[Document, Document]:
    """Put the Chinese document first, whatever order the files were given in.

    Raises:
        UserError: both are of one language.
    """
    if first.language == second.language:
        language = LANGUAGES[first.language]
        raise UserError(
            f"{first.name} and {second.name} are both {language}: "
            "give one Chinese file and its English version."
        )
    return (first, second) if first.language == "zh" else (second, first)


def check_fit(zh: Document, en: Document) -> None:
    """Refuse two files that name different records; `align_pair` refuses unlike lengths.

    Raises:
        UserError: the symbols are known and differ.
    """
    if zh.symbol and en.symbol and normal_symbol(zh.symbol) != normal_symbol(en.symbol):
        raise UserError(
            f"{zh.name} is {zh.symbol} and {en.name} is {en.symbol}: "
            "give two versions of one record, or add --force to align them all the same."
        )


def notes_on(zh: Document, en: Document) -> list[str]:
    """Collect what the user should know about the two files: sentences, each with its file."""
    notes = [f"{document.name}: {note}" for document in (zh, en) for note in document.notes]
    omitted = ((document, describe_left_out(document)) for document in (zh, en))
    notes += [f"{document.name}: {note}" for document, note in omitted if note]
    if zh.script == "traditional" and not any("raditional" in note for note in zh.notes):
        notes.append(
            f"{zh.name}: the text is in traditional script; --lang zh=zh-TW or zh=zh-HK says so "
            "in the memory."
        )
    unknown = [document.name for document in (zh, en) if document.symbol is None]
    if unknown:
        notes.append(f"No document symbol was found in {' nor in '.join(unknown)}.")
    if zh.symbol and en.symbol and normal_symbol(zh.symbol) != normal_symbol(en.symbol):
        notes.append(f"The symbols differ, {zh.symbol} and {en.symbol}; --force was given.")
    if zh.date and en.date and zh.date != en.date:
        notes.append(f"The files give different dates, {zh.date} and {en.date}.")
    return notes


def split_encodings(encodings: Sequence[str]) -> tuple[str | None, str | None]:
    """Give each of the two files its encoding: none, one for both, or one each.

    Raises:
        UserError: there are more than two, or one has an unknown name.
    """
    for encoding in encodings:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise UserError(
                f"There is no encoding {encoding!r}: write one such as utf-8, utf-16, gb18030, "
                "big5 or cp1252."
            ) from None
    match list(encodings):
        case []:
            return None, None
        case [both]:
            return both, both
        case [first, second]:
            return first, second
    raise UserError("--encoding was given more than twice: give one for both files, or one each.")


def check_inputs(files: Sequence[Path]) -> None:
    """Refuse one file given as both sides.

    Raises:
        UserError: the two paths are one file.
    """
    first, second = files
    if first.exists() and second.exists() and first.samefile(second):
        raise UserError(
            f"{first} was given as both files: give the Chinese one and the English one."
        )


def mean_confidence(alignment: Alignment) -> float:
    """Average the confidence of the beads that link sentences; 0 if none does."""
    values = [bead.confidence for bead in alignment.beads if not bead.is_null]
    return sum(values) / len(values) if values else 0.0


def doubts_about(alignment: Alignment) -> Iterator[str]:
    """Say what in the result speaks against the two files being one whole record."""
    nulls = [bead for bead in alignment.beads if bead.is_null]
    zh, en = alignment.zh, alignment.en
    for passage in alignment.reordered:
        yield (
            f"Sentences {passage.zh[0] + 1} to {passage.zh[1]} of {zh.name} stand elsewhere in "
            f"{en.name}, as its sentences {passage.en[0] + 1} to {passage.en[1]}: "
            "they are left out of the pairs."
        )
    alone = {
        "zh": _written(zh, [bead.zh for bead in nulls]) / len(zh.sentences),
        "en": _written(en, [bead.en for bead in nulls]) / len(en.sentences),
    }
    if mean_confidence(alignment) < DOUBTFUL_CONFIDENCE:
        yield "The pairs are doubtful: check that both files are the same record."
        return
    for document, other in ((zh, en), (en, zh)):
        share = alone[document.language]
        if share > DOUBTFUL_SHARE:
            yield (
                f"{share:.0%} of the sentences of {document.name} have no partner: "
                f"check that {other.name} is the whole record."
            )


def _written(document: Document, spans: Iterable[Span]) -> int:
    """Count the sentences of the spans that are no empty lines."""
    sentences = (sentence for span in spans for sentence in document.sentences[slice(*span)])
    return sum(bool(sentence.text.strip()) for sentence in sentences)
