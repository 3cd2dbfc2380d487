"""Days as users write them, with what is left out: ``2015``, ``2015-07``, ``2015-07-21``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from corpora.errors import UserError

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def parse_first_day(option: str, text: str) -> date:
    """Read a day; of a year or a month alone, its first.

    Raises:
        UserError: it is no day of the calendar, or written otherwise.
    """
    year, month, day = _day_parts(option, text)
    return _real_day(option, text, year, month or 1, day or 1)


def parse_last_day(option: str, text: str) -> date:
    """Read a day; of a year or a month alone, its last.

    Raises:
        UserError: it is no day of the calendar, or written otherwise.
    """
    year, month, day = _day_parts(option, text)
    first = _real_day(option, text, year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def _day_parts(option: str, text: str) -> tuple[int, int | None, int | None]:
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise UserError(f"{option} {text} is no date: write it as 2015-07-21, or the year 2015.")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    return year, month, day


def _real_day(option: str, text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError(
            f"{option} {text} is no day of the calendar: write it as 2015-07-21, or the year 2015."
        ) from None
