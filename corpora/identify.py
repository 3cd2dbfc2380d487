"""What record a text is: language, script, symbol, meeting, date. Pure functions on text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpora.document import Language, Script


def guess_language(text: str) -> Language | None:
    """Tell Chinese from English; None if the text is neither or too short to tell."""
    raise NotImplementedError


def guess_script(text: str, language: Language) -> Script:
    """Tell traditional from simplified Chinese; always ``latin`` for English."""
    raise NotImplementedError


def find_symbol(texts: Sequence[str], name: str) -> str | None:
    """The record's own symbol, ``CD/PV.1579``, from its lines first, its file's name second."""
    raise NotImplementedError


def find_meeting_number(texts: Sequence[str], symbol: str | None = None) -> int | None:
    """The meeting's number, 1579, from the cover or opening words, else from a PV symbol."""
    raise NotImplementedError


def find_date(lines: Sequence[str], language: Language) -> date | None:
    """The day of the meeting, from cover lines and running headers only."""
    raise NotImplementedError


def language_of_name(name: str) -> Language | None:
    """The language that a file's name tells (``…-EN.pdf``, ``….zh.txt``), None if it tells none."""
    raise NotImplementedError
