"""Dates as TMX writes them: ISO 8601 basic form, UTC, `20150721T103000Z`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

from corpora import UserError

BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)
"""The one form that every tool reads."""

_LOOSE = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(?:Z|[+-]00:?00)?)?", re.ASCII
)


def build_time(environment: Mapping[str, str] | None = None) -> datetime:
    """Give the time to date a build with: SOURCE_DATE_EPOCH where it is set, else now.

    The variable is that of https://reproducible-builds.org: seconds since 1970, so that the same
    input gives the same bytes.

    Raises:
        UserError: the variable is not a number of seconds.
    """
    epoch = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UserError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, not seconds since 1970: correct or unset it."
        ) from None


@lru_cache(maxsize=64)  # neighbours in a file are of one day
def basic_date(day: date) -> str:
    """Give the day without dashes.

    >>> basic_date(date(2015, 7, 21))
    '20150721'
    """
    return day.isoformat().replace("-", "")[:8]


@lru_cache(maxsize=64)
def basic_time(moment: datetime) -> str:
    """Give the second, UTC; a time without zone is taken as UTC.

    >>> basic_time(datetime(2015, 7, 21, 10, 30))
    '20150721T103000Z'
    """
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{basic_date(moment.date())}T{moment:%H%M%S}Z"


@lru_cache(maxsize=64)
def midnight(day: date) -> datetime:
    """Give the first second of the day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def is_basic_time(text: str) -> bool:
    """Whether the text is a date that exists, in the basic form."""
    return BASIC.fullmatch(text) is not None and read_time(text) is not None


def read_time(text: str | None) -> datetime | None:
    """Read a date of any tool, dashed or without time of day; None for what is no date.

    >>> read_time("2015-07-21T10:30:00Z") == read_time("20150721T103000Z")
    True
    >>> read_time("21 July 2015")
    """
    match = _LOOSE.fullmatch((text or "").strip())
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
