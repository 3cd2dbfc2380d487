"""Two files that should be one record in Chinese and English: which is which, and do they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpora.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpora import Document

LANGUAGES = {"zh": "Chinese", "en": "English"}


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
    if zh.symbol and en.symbol and zh.symbol != en.symbol:
        raise UserError(
            f"{zh.name} is {zh.symbol} and {en.name} is {en.symbol}: "
            "give two versions of one record, or add --force to align them all the same."
        )


def notes_on(zh: Document, en: Document) -> list[str]:
    """Collect what the user should know about the two files: sentences, each with its file."""
    notes = [f"{document.name}: {note}" for document in (zh, en) for note in document.notes]
    if zh.script == "traditional" and not any("raditional" in note for note in zh.notes):
        notes.append(
            f"{zh.name}: the text is in traditional script; --lang zh=zh-TW or zh=zh-HK says so "
            "in the memory."
        )
    unknown = [document.name for document in (zh, en) if document.symbol is None]
    if unknown:
        notes.append(f"No document symbol was found in {' nor in '.join(unknown)}.")
    if zh.symbol and en.symbol and zh.symbol != en.symbol:
        notes.append(f"The symbols differ, {zh.symbol} and {en.symbol}; --force was given.")
    if zh.date and en.date and zh.date != en.date:
        notes.append(f"The files give different dates, {zh.date} and {en.date}.")
    return notes


def split_encodings(encodings: Sequence[str]) -> tuple[str | None, str | None]:
    """Give each of the two files its encoding: none, one for both, or one each.

    Raises:
        UserError: there are more than two, or one has an unknown name.
    """
    import codecs

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


def count(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 sentence``, ``1,200 sentences``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
