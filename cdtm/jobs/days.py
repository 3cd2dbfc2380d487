"""Days as users write them: ``2015-07-21``, or a month or a year, of which the end is meant too."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from corpora.errors import UserError

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def parse_days(
    since: str, until: str, names: tuple[str, str] = ("--since", "--until")
) -> tuple[date | None, date | None]:
    """Read the first and the last day that are wanted; an empty text sets no bound.

    Args:
        since: the first day.
        until: the last day.
        names: by which the user knows the two.

    Raises:
        UserError: one is no day of the calendar, or written otherwise; or the end is before the
            beginning.
    """
    first = parse_first_day(names[0], since) if since else None
    last = parse_last_day(names[1], until) if until else None
    if first and last and first > last:
        raise UserError(f"{names[0]} {since} is after {names[1]} {until}: exchange them.")
    return first, last


def parse_first_day(option: str, text: str) -> date:
    """Read a day; of a year or a month alone, its first.

    Raises:
        UserError: it is no day of the calendar, or written otherwise.
    """
    year, month, day = _day_parts(option, text)
    return _real_day(option, text, year, month or "1", day or "1")


def parse_last_day(option: str, text: str) -> date:
    """Read a day; of a year or a month alone, its last.

    Raises:
        UserError: it is no day of the calendar, or written otherwise.
    """
    year, month, day = _day_parts(option, text)
    first = _real_day(option, text, year, month or "12", day or "1")
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def _day_parts(option: str, text: str) -> tuple[str, str | None, str | None]:
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise UserError(f"{option} {text} is no date: write it as 2015-07-21, or the year 2015.")
    return match[1], match[2], match[3]


def _real_day(option: str, text: str, year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise UserError(
            f"{option} {text} is no day of the calendar: write it as 2015-07-21, or the year 2015."
        ) from None
